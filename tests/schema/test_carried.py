"""What an upgrade carries from the rows of an earlier revision, on both databases."""

import re
from pathlib import Path

import sqlalchemy as sa

from seedfund.schema import check, upgrade
from tests.grants.accounting_for import handed_in, receipt
from tests.grants.paying import payable
from tests.support.grants import prepared, usd
from tests.support.programme import House

BEFORE_MARKS = (
    "ALTER TABLE sf_justification_line ADD COLUMN digest VARCHAR(64)",
    "UPDATE sf_justification_line SET digest = "
    "(SELECT min(m.digest) FROM sf_receipt_mark m WHERE m.line_id = sf_justification_line.id)",
    "DROP TABLE sf_receipt_mark",
    "DROP INDEX ix_sf_justification_line_file",
    "CREATE INDEX ix_sf_justification_line_digest ON sf_justification_line (digest)",
    "CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)",
    "INSERT INTO sf_alembic_version VALUES ('0013_plans')",
)
"""From the models back to the revision before receipts had several marks."""


def made_later(than: str) -> list[str]:
    """The tables that revisions after one add and keep, the last one first; one made anew was there before."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((Path(__file__).resolve().parents[2] / "migrations" / "sql").glob("*.sqlite.sql"))
        if path.name.removesuffix(".sqlite.sql") > than
    ]
    gone = {name for text in texts for name in re.findall(r"DROP TABLE (\w+)", text)}
    made = [name for text in texts for name in re.findall(r"CREATE TABLE (\w+)", text)]
    return [name for name in reversed(made) if name not in gone]


def test_a_receipt_recorded_before_the_upgrade_is_known_again_after_it(house: House) -> None:
    prepared(house)
    grant = payable(house)
    handed_in(house, grant, receipt(usd(50)))
    with house.engine.begin() as connection:
        for table in made_later("0014_receipt_marks"):
            connection.execute(sa.text(f"DROP TABLE {table}"))
        for statement in BEFORE_MARKS:
            connection.execute(sa.text(statement))

    upgrade(house.engine)

    assert check(house.engine) == []
    assert handed_in(house, grant, receipt(usd(50))).duplicates == (1,)
