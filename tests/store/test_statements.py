"""What a statement binds: lists are written out, and single values beside them keep their processors."""

from datetime import date

import sqlalchemy as sa

from seedfund.ledger.queries.closing import MOVED
from seedfund.store.statements import Reader


def test_a_day_beside_a_list_is_bound_as_the_database_stores_it() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        reader = Reader(connection)
        given = {"book": 1, "first": 1, "after": date(2026, 1, 1), "until": date(2026, 1, 31)}
        _, values = reader._bound(MOVED.plan(reader.dialect), given)
    engine.dispose()

    assert {"2026-01-01", "2026-01-31"} <= set(values)
    assert not any(isinstance(value, date) for value in values)
