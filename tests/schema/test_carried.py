"""What an upgrade carries from the rows of an earlier revision, on both databases."""

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


def test_a_receipt_recorded_before_the_upgrade_is_known_again_after_it(house: House) -> None:
    prepared(house)
    grant = payable(house)
    handed_in(house, grant, receipt(usd(50)))
    with house.engine.begin() as connection:
        for statement in BEFORE_MARKS:
            connection.execute(sa.text(statement))

    upgrade(house.engine)

    assert check(house.engine) == []
    assert handed_in(house, grant, receipt(usd(50))).duplicates == (1,)
