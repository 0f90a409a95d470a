"""What of a row may change: the declaration held against every statement of the verbs, and against raw SQL."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

import seedfund
from seedfund.schema import registry
from seedfund.schema.keeping import CHAINED, CHANGING, ERASABLE, ONCE, REWRITTEN, keeping
from seedfund.store.columns import METADATA
from seedfund.store.statements import Statement
from tests.grants.paying import payable, released, wish
from tests.support.databases import POSTGRESQL, DatabaseServer
from tests.support.grants import prepared
from tests.support.programme import House

BY_TEXT = {"sf_account": set(CHANGING["sf_account"].split()), "sf_counter": {"last"}}
"""What a trigger or a statement written as text changes."""


def statements() -> Iterator[Any]:
    """Every statement of every room."""
    for found in pkgutil.walk_packages(seedfund.__path__, "seedfund."):
        if not found.name.startswith("seedfund.cli"):
            for value in list(vars(importlib.import_module(found.name)).values()):
                yield from (one._build() for one in writes_in(value))


def writes_in(value: object) -> Iterator[Statement]:
    """The statements a name of a room stands for: itself, or those of a table of statements."""
    if isinstance(value, Statement):
        yield value
    if isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, Statement))


def named(statement: Any) -> str:
    """The table a statement writes."""
    return str(statement.table.name)


def changed_by_verbs() -> dict[str, set[str]]:
    """The columns each table's UPDATEs set."""
    changed = {table: set(columns) for table, columns in BY_TEXT.items()}
    for statement in statements():
        if isinstance(statement, sa.Update):
            values: Any = statement._values
            columns = {one if isinstance(one, str) else one.name for one in values}
            changed.setdefault(named(statement), set()).update(columns)
    return changed


def test_a_column_may_change_when_a_verb_changes_it_and_only_then() -> None:
    assert {table: set(columns.split()) for table, columns in CHANGING.items()} == changed_by_verbs()


def test_a_row_may_be_deleted_when_an_erasure_deletes_it_and_only_then() -> None:
    assert {named(one) for one in statements() if isinstance(one, sa.Delete)} == set(ERASABLE)


def test_what_is_set_once_is_something_that_changes() -> None:
    assert {(table, name) for table, names in ONCE.items() for name in names.split()} <= {
        (table, name) for table, names in CHANGING.items() for name in names.split()
    }


def test_every_table_is_kept_by_its_area_or_by_the_schema() -> None:
    names = {trigger.name.removeprefix("sf_tr_") for trigger in registry.TRIGGERS}
    for table in METADATA.tables:
        short = table.removeprefix("sf_")
        assert {f"{short}_no_update", f"{short}_stays"} & names, table
        assert table in ERASABLE or f"{short}_no_delete" in names, table


def test_a_key_over_some_rows_is_in_the_way_of_those_alone() -> None:
    table = sa.Table(
        "sf_t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Integer)
    )
    sa.Index("uq", table.c.a, unique=True, sqlite_where=sa.text("a > 5"))

    (found,) = [one for one in keeping([table], ()) if one.name == "sf_tr_t_overwriting_insert"]

    assert "x.a = NEW.a AND (x.a > 5) AND (NEW.a > 5)" in found.sqlite


@pytest.fixture
def paid(house: House) -> House:
    """A house in which a payment was released: most tables of money have rows."""
    prepared(house)
    released(house, wish(payable(house)))
    return house


def rows_of(connection: sa.Connection) -> Iterator[sa.Table]:
    """The tables that have rows."""
    for table in METADATA.sorted_tables:
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            yield table


def is_refused(connection: sa.Connection, statement: str) -> bool:
    """Whether the database refuses a statement; nothing of it is kept."""
    trial = connection.begin_nested()
    try:
        connection.exec_driver_sql(statement)
    except sa.exc.IntegrityError as error:
        return "sf_tr_" in str(error.orig)
    else:
        return False
    finally:
        trial.rollback()


def test_raw_sql_changes_no_row_beyond_what_verbs_change_and_deletes_none(paid: House) -> None:
    accepted = []
    with paid.engine.connect() as connection:
        for table in rows_of(connection):
            changing = CHANGING.get(table.name, "").split()
            attacks = [
                f"UPDATE {table.name} SET {c.name} = {c.name}" for c in table.c if c.name not in changing
            ]
            if table.name not in ERASABLE:
                attacks.append(f"DELETE FROM {table.name}")
            accepted += [attack for attack in attacks if not is_refused(connection, attack)]

    assert accepted == []


def test_no_row_is_replaced_by_any_of_its_keys(paid: House, database_server: DatabaseServer) -> None:
    if database_server.kind == POSTGRESQL:
        pytest.skip("only SQLite has INSERT OR REPLACE")
    accepted = []
    with paid.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("PRAGMA recursive_triggers=OFF")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        for table in rows_of(connection):
            if table.name not in (*REWRITTEN, *CHAINED):
                accepted += [attack for attack in replacing(table) if not is_refused(connection, attack)]

    assert accepted == []


def replacing(table: sa.Table) -> Iterator[str]:
    """The same row once more; and with another primary key, where a unique key beside it would make way."""
    names = [column.name for column in table.columns]
    own = [column.name for column in table.primary_key.columns]
    others = [
        {column.name for column in one.columns}
        for one in table.constraints
        if isinstance(one, sa.UniqueConstraint)
    ]
    whole = ", ".join(names)
    yield f"INSERT OR REPLACE INTO {table.name} ({whole}) SELECT {whole} FROM {table.name} LIMIT 1"
    if any(not set(own) & other for other in others):
        new = (
            "abs(random())"
            if isinstance(table.primary_key.columns[0].type, sa.Integer)
            else "hex(randomblob(16))"
        )
        moved = ", ".join(new if name in own else name for name in names)
        yield f"INSERT OR REPLACE INTO {table.name} ({whole}) SELECT {moved} FROM {table.name} LIMIT 1"


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE sf_payment_list SET released_by = (SELECT id FROM sf_actor WHERE handle = 'admin')",
        "UPDATE sf_disbursement SET released_on = NULL",
        "UPDATE sf_payee SET approved_by = proposed_by",
        "UPDATE sf_agreement SET signed_on = '2020-01-01'",
    ],
)
def test_whose_hand_it_was_and_when_is_set_once(paid: House, attack: str) -> None:
    with paid.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="set once"):
        connection.exec_driver_sql(attack)


def test_a_row_does_not_make_way_for_an_update_either(paid: House, database_server: DatabaseServer) -> None:
    if database_server.kind == POSTGRESQL:
        pytest.skip("only SQLite has UPDATE OR REPLACE")
    released(paid, wish(payable(paid)))
    twice = "UPDATE OR REPLACE sf_agreement SET number = (SELECT max(number) FROM sf_agreement)"
    with paid.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never replaced"):
        connection.exec_driver_sql("DROP TRIGGER sf_tr_agreement_set_once")
        connection.exec_driver_sql(twice)
