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
    """The tables that only revisions after one create and keep, the last one first; what they rebuild is older."""
    texts = {
        path.name.removesuffix(".sqlite.sql"): path.read_text(encoding="utf-8")
        for path in sorted((Path(__file__).resolve().parents[2] / "migrations" / "sql").glob("*.sqlite.sql"))
    }
    earlier = "\n".join(text for name, text in texts.items() if name <= than)
    later = "\n".join(text for name, text in texts.items() if name > than)
    known = {*re.findall(r"CREATE TABLE (\w+)", earlier), *re.findall(r"DROP TABLE (\w+)", later)}
    return [name for name in re.findall(r"CREATE TABLE (\w+)", later) if name not in known][::-1]


def conditions(house: House) -> list[tuple[object, ...]]:
    """The conditions of tranches as they are stored."""
    with house.engine.connect() as connection:
        asked = "SELECT tranche_id, position, code, params FROM sf_tranche_condition ORDER BY 1, 2"
        return [tuple(row) for row in connection.execute(sa.text(asked))]


def test_receipts_and_conditions_recorded_before_the_upgrade_are_there_after_it(house: House) -> None:
    prepared(house)
    grant = payable(house)
    handed_in(house, grant, receipt(usd(50)))
    with house.engine.begin() as connection:
        for table in made_later("0014_receipt_marks"):
            connection.execute(sa.text(f"DROP TABLE {table}"))
        for statement in BEFORE_MARKS:
            connection.execute(sa.text(statement))

    kept = conditions(house)

    upgrade(house.engine)

    assert check(house.engine) == []
    assert conditions(house) == kept != []
    assert handed_in(house, grant, receipt(usd(50))).duplicates == (1,)
