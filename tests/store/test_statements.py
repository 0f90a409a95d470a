"""What a statement binds: lists are written out, and single values beside them keep their processors."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
import sqlalchemy as sa

from seedfund.ledger.queries.closing import MOVED
from seedfund.people.tables import IdentitySheet
from seedfund.schema.registry import create_from_models  # noqa: F401 # importing it defines all tables
from seedfund.store.columns import METADATA, table_of
from seedfund.store.statements import ROWS_AT_ONCE, Reader, Writer

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
SQLITE_VARIABLES_MAX: Final = 32_766
"""SQLITE_MAX_VARIABLE_NUMBER of every SQLite since 3.32."""


def test_a_day_beside_a_list_is_bound_as_the_database_stores_it() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        reader = Reader(connection)
        given = {"book": 1, "first": 1, "after": date(2026, 1, 1), "until": date(2026, 1, 31)}
        _, values = reader._bound(MOVED.plan(reader.dialect), given)
    engine.dispose()

    assert {"2026-01-01", "2026-01-31"} <= set(values)
    assert not any(isinstance(value, date) for value in values)


@pytest.fixture
def writer() -> Iterator[Writer]:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        table_of(IdentitySheet).create(connection)
        yield Writer(connection)
    engine.dispose()


def sheets(count: int) -> list[dict[str, Any]]:
    """Rows of which some follow another with the same instant, and some with another one."""
    return [
        {
            "id": f"{number:032x}",
            "participant_id": f"{number // 3:032x}",
            "version": number + 1,
            "content": b"\x01" + bytes([number % 256]) * 40,
            "filled": "[]",
            "recorded_at": NOON + timedelta(seconds=number // 7 % 5),
            "recorded_by": "0" * 32,
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 24, 99, 100, 399, 400, 401, 926])
def test_many_rows_are_stored_as_they_were_given_however_many(writer: Writer, count: int) -> None:
    rows = sheets(count)
    writer.insert_many(IdentitySheet, rows)
    read = writer.connection.execute(sa.select(table_of(IdentitySheet)).order_by(sa.text("version")))

    assert [dict(row) for row in read.mappings()] == rows


def test_a_row_without_a_column_is_a_mistake_that_is_named(writer: Writer) -> None:
    rows = sheets(3)
    del rows[2]["filled"]

    with pytest.raises(TypeError, match="IdentitySheet") as told:
        writer.insert_many(IdentitySheet, rows)
    assert "'filled'" in str(told.value)


def test_the_largest_insert_of_every_table_fits_what_sqlite_takes() -> None:
    widest = max(len(table.columns) for table in METADATA.tables.values())

    assert max(ROWS_AT_ONCE) * widest <= SQLITE_VARIABLES_MAX
    assert min(ROWS_AT_ONCE) == 1
    assert list(ROWS_AT_ONCE) == sorted(ROWS_AT_ONCE, reverse=True)
