"""The schema against its yardstick: equal when fresh, and every kind of damage named."""

import pytest
import sqlalchemy as sa

from seedfund.schema.check import check
from tests.support.programme import House


def test_a_fresh_schema_has_no_difference(house: House) -> None:
    assert check(house.engine) == []


@pytest.mark.parametrize(
    ("sqlite", "postgresql", "expected"),
    [
        (
            "DROP TRIGGER sf_tr_audit_no_update",
            "DROP TRIGGER sf_tr_audit_no_update ON sf_audit",
            "trigger sf_tr_audit_no_update is missing",
        ),
        (
            "CREATE INDEX ix_sf_extra ON sf_actor (handle)",
            "CREATE INDEX ix_sf_extra ON sf_actor (handle)",
            "index ix_sf_extra is unexpected",
        ),
    ],
)
def test_damage_to_the_schema_is_named(house: House, sqlite: str, postgresql: str, expected: str) -> None:
    with house.engine.begin() as connection:
        connection.execute(sa.text(sqlite if connection.dialect.name == "sqlite" else postgresql))

    assert expected in [str(difference) for difference in check(house.engine)]
