"""Every area's tables, triggers and reference rows in one place. Importing it defines all tables; nothing else does."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from seedfund.accompaniment import tables as accompaniment_tables  # noqa: F401 # defines its tables
from seedfund.accompaniment import triggers as accompaniment_triggers
from seedfund.approvals import tables as approvals_tables  # noqa: F401 # defines its tables
from seedfund.approvals import triggers as approvals_triggers
from seedfund.banking import tables as banking_tables  # noqa: F401 # defines its tables
from seedfund.banking import triggers as banking_triggers
from seedfund.documents import tables as documents_tables
from seedfund.funds import tables as funds_tables  # noqa: F401 # defines its tables
from seedfund.funds import triggers as funds_triggers
from seedfund.grants import triggers as grants_triggers
from seedfund.interchange import tables as interchange_tables
from seedfund.ledger import tables as ledger_tables
from seedfund.ledger import triggers as ledger_triggers
from seedfund.payouts import tables as payouts_tables  # noqa: F401 # defines its tables
from seedfund.payouts import triggers as payouts_triggers
from seedfund.people import tables as people_tables  # noqa: F401 # defines its tables
from seedfund.people import triggers as people_triggers
from seedfund.plans import tables as plans_tables  # noqa: F401 # defines its tables
from seedfund.plans import triggers as plans_triggers
from seedfund.register import tables as register_tables  # noqa: F401 # defines its tables
from seedfund.register import triggers as register_triggers
from seedfund.savings import tables as savings_tables  # noqa: F401 # defines its tables
from seedfund.savings import triggers as savings_triggers
from seedfund.schema.keeping import keeping
from seedfund.scholarships import tables as scholarships_tables  # noqa: F401 # defines its tables
from seedfund.scholarships import triggers as scholarships_triggers
from seedfund.schooling import tables as schooling_tables  # noqa: F401 # defines its tables
from seedfund.schooling import triggers as schooling_triggers
from seedfund.store import audit, pins
from seedfund.store import tables as store_tables
from seedfund.store.columns import METADATA, Table, all_tables, table_of
from seedfund.store.statements import Writer
from seedfund.store.triggers import Trigger
from seedfund.training import tables as training_tables  # noqa: F401 # defines its tables
from seedfund.training import triggers as training_triggers
from seedfund.visits import tables as visits_tables  # noqa: F401 # defines its tables
from seedfund.visits import triggers as visits_triggers

_OF_AREAS: Final[tuple[Trigger, ...]] = (
    *audit.TRIGGERS,
    *pins.TRIGGERS,
    *ledger_triggers.TRIGGERS,
    *approvals_triggers.TRIGGERS,
    *register_triggers.TRIGGERS,
    *people_triggers.TRIGGERS,
    *funds_triggers.TRIGGERS,
    *plans_triggers.TRIGGERS,
    *savings_triggers.TRIGGERS,
    *training_triggers.TRIGGERS,
    *visits_triggers.TRIGGERS,
    *schooling_triggers.TRIGGERS,
    *grants_triggers.TRIGGERS,
    *accompaniment_triggers.TRIGGERS,
    *scholarships_triggers.TRIGGERS,
    *payouts_triggers.TRIGGERS,
    *banking_triggers.TRIGGERS,
    *documents_tables.TRIGGERS,
    *interchange_tables.TRIGGERS,
)
TRIGGERS: Final[tuple[Trigger, ...]] = (*_OF_AREAS, *keeping(all_tables(), _OF_AREAS))
"""What areas declare for themselves, and what keeps the rows of every table."""
REFERENCE_ROWS: Final[tuple[tuple[type[Table], tuple[str, ...], Iterable[Mapping[str, Any]]], ...]] = (
    (store_tables.WriteLock, ("n",), ({"n": 0},)),
    (ledger_tables.Recipe, ("code",), ledger_tables.RECIPE_ROWS),
)
"""Rows that belong to the schema: the table, its key, and the rows every database of this version holds."""


def create_triggers(connection: sa.Connection) -> None:
    """Create every trigger of the registry."""
    for trigger in TRIGGERS:
        for statement in trigger.create(connection.dialect.name):
            connection.exec_driver_sql(statement)


def drop_triggers(connection: sa.Connection) -> None:
    """Remove every trigger of the registry, before tables are changed under them."""
    present = set(sa.inspect(connection).get_table_names())
    for trigger in TRIGGERS:
        if trigger.table in present:
            for statement in trigger.drop(connection.dialect.name):
                connection.exec_driver_sql(statement)


def write_reference_rows(connection: sa.Connection) -> None:
    """Add the reference rows that are missing; those present are never changed."""
    writer = Writer(connection)
    for table, key, rows in REFERENCE_ROWS:
        columns = [table_of(table).c[name] for name in key]
        present = {tuple(row) for row in connection.execute(sa.select(*columns))}
        writer.insert_many(table, [row for row in rows if tuple(row[name] for name in key) not in present])


def create_from_models(connection: sa.Connection) -> None:
    """The schema as the models say, without migrations: the yardstick that a migrated database is compared with."""
    METADATA.create_all(connection)
    create_triggers(connection)
    write_reference_rows(connection)
