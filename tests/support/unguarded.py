"""The hand of somebody who changes rows of a table past its guards, which stand again afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from seedfund.schema.registry import TRIGGERS


@contextmanager
def unguarded(engine: Engine, table: str) -> Iterator[Connection]:
    """A transaction in which no trigger of a table fires; it is committed at the end, with the triggers again."""
    guards = [trigger for trigger in TRIGGERS if trigger.table == table]
    with engine.begin() as connection:
        for trigger in guards:
            for statement in trigger.drop(connection.dialect.name):
                connection.exec_driver_sql(statement)
        yield connection
        for trigger in guards:
            for statement in trigger.create(connection.dialect.name):
                connection.exec_driver_sql(statement)
