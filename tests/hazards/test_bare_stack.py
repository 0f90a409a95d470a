"""The hazards of the bare stack, each shown to bite without our cure, and shown to be cured.

Every test has two halves: the control does the thing with SQLAlchemy and the driver as they come; the second half does
it through seedfund. If a library ever cures a hazard itself, the control fails and tells us to drop our own cure.
"""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel

from seedfund.kernel.errors import Busy, InvalidInput, NotPrepared, StorageError
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.schema.registry import create_triggers, drop_triggers
from seedfund.store import hooks
from seedfund.store.columns import METADATA, table_of
from seedfund.store.hooks import prepare
from seedfund.store.programmes import GrantRole, RegisterActor, grant_role, register_actor
from seedfund.store.statements import Query, Writer
from seedfund.store.tables import Actor, Counter
from seedfund.store.work import Work
from tests.support.programme import CODE, RING, TEAM, House, build_founded, house_on
from tests.support.unguarded import unguarded


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "house.db"


@pytest.fixture
def founded(file: Path) -> Iterator[House]:
    engine = sa.create_engine(f"sqlite:///{file}")
    build_founded(engine)
    yield house_on(engine)
    engine.dispose()


def joining(number: int) -> RegisterActor:
    return RegisterActor(
        key=f"join{number}", handle=f"new{number}", display_name="New Actor", roles=(Role.COACH,)
    )


def bare(file: Path) -> sa.Engine:
    return sa.create_engine(f"sqlite:///{file}")


def test_h2_a_unit_that_read_first_is_busy_and_not_broken(
    founded: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(str(founded.engine.url.database), isolation_level=None)
    with founded.work("admin") as work:
        assert work.programme.code == CODE
        other.execute("BEGIN IMMEDIATE")
        work.session.connection().connection.cursor().execute("PRAGMA busy_timeout=20").fetchall()
        with pytest.raises(Busy):
            register_actor(work, joining(1))
        other.execute("ROLLBACK")
    other.close()

    with founded.work("admin") as work:
        assert register_actor(work, joining(1)).handle == "new1"


def test_h3_schema_changes_are_rolled_back(file: Path) -> None:
    def create_two(engine: sa.Engine) -> list[str]:
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE one (n INTEGER)")
            connection.exec_driver_sql("CREATE TABLE two (n INTEGER)")
            connection.rollback()
        names = sa.inspect(engine).get_table_names()
        engine.dispose()
        return names

    assert create_two(bare(file)) == ["one", "two"]
    file.unlink()
    assert create_two(prepare(bare(file))) == []


def test_h4_triggers_lost_by_rebuilding_a_table_are_seen_and_come_back(founded: House) -> None:
    def triggers(connection: sa.Connection) -> int:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'sf_actor_pin'"
        return int(connection.exec_driver_sql(query).scalar_one())

    with founded.engine.connect() as connection:
        before = triggers(connection)
        connection.exec_driver_sql("CREATE TABLE spare AS SELECT * FROM sf_actor_pin")
        connection.exec_driver_sql("DROP TABLE sf_actor_pin")
        connection.exec_driver_sql("ALTER TABLE spare RENAME TO sf_actor_pin")
        assert triggers(connection) == 0
        connection.rollback()
    with founded.engine.connect() as connection:
        drop_triggers(connection)
        create_triggers(connection)
        assert triggers(connection) == before > 0
        connection.rollback()


def test_h5_a_row_is_not_rewritten_by_insert_or_replace(founded: House) -> None:
    copy = "INSERT OR REPLACE INTO sf_audit SELECT * FROM sf_audit WHERE seq = 1"
    with founded.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never"):
        connection.exec_driver_sql(copy)

    unguarded = sqlite3.connect(":memory:")
    unguarded.executescript(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);"
        "CREATE TRIGGER u BEFORE UPDATE ON t BEGIN SELECT RAISE(ABORT, 'no'); END;"
        "CREATE TRIGGER d BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'no'); END;"
        "INSERT INTO t VALUES (1, 'true'); INSERT OR REPLACE INTO t VALUES (1, 'forged');"
    )
    assert unguarded.execute("SELECT v FROM t").fetchone() == ("forged",)


def test_h6_amounts_are_whole_minor_units_and_sum_exactly() -> None:
    control = sa.MetaData()
    table = sa.Table("t", control, sa.Column("amount", sa.Numeric(18, 2, asdecimal=False)))
    engine = sa.create_engine("sqlite://")
    control.create_all(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), [{"amount": 0.10}] * 3)
        assert connection.execute(sa.select(sa.func.sum(table.c.amount))).scalar_one() != 0.30

    assert Money(10, "USD") * 3 == Money(30, "USD")
    assert str(Money(9007199254740993, "USD")) == "USD 90071992547409.93"


@pytest.mark.parametrize("value", ["'abc'", "1.5"])
def test_h7_a_whole_number_column_takes_whole_numbers_only(founded: House, value: str) -> None:
    control = sqlite3.connect(":memory:")
    control.execute("CREATE TABLE t (n INTEGER)")
    control.execute(f"INSERT INTO t VALUES ({value})")

    with founded.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="whole"):
        connection.exec_driver_sql(f"UPDATE sf_audit_head SET seq = {value}")


def test_h8_an_instant_keeps_its_meaning_and_a_naive_one_is_refused(founded: House) -> None:
    control = sa.MetaData()
    table = sa.Table("t", control, sa.Column("at", sa.DateTime(timezone=True)))
    engine = sa.create_engine("sqlite://")
    control.create_all(engine)
    bangkok = datetime(2026, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=7)))
    with engine.begin() as connection:
        connection.execute(table.insert(), {"at": bangkok})
        read: datetime = connection.execute(sa.select(table.c.at)).scalar_one()
        assert read.replace(tzinfo=UTC) != bangkok

    column = table_of(Actor).c.registered_at
    with unguarded(founded.engine, "sf_actor") as connection:
        connection.execute(sa.update(table_of(Actor)).values(registered_at=bangkok))
        assert connection.execute(sa.select(column)).scalars().first() == bangkok
        with pytest.raises(sa.exc.StatementError) as caught:
            connection.execute(sa.update(table_of(Actor)).values(registered_at=bangkok.replace(tzinfo=None)))
        assert isinstance(caught.value.orig, InvalidInput)


def test_h9_a_row_model_checks_nothing_so_the_database_does(founded: House) -> None:
    class Loose(SQLModel, table=True):
        """A control that declares a floor and does not hold it."""

        id: int | None = Field(default=None, primary_key=True)
        amount: int = Field(gt=0)

    assert Loose(amount=-5).amount == -5

    with (
        founded.engine.connect() as connection,
        pytest.raises(sa.exc.IntegrityError, match="ck_sf_counter_last"),
    ):
        statement = "INSERT INTO sf_counter SELECT id, 'XX', 2026, -1 FROM sf_programme"
        connection.exec_driver_sql(statement)


def test_h10_every_pragma_is_set_also_on_connections_opened_before(file: Path) -> None:
    def pragmas(engine: sa.Engine) -> dict[str, Any]:
        with engine.connect() as connection:
            names = ("foreign_keys", "journal_mode", "synchronous", "recursive_triggers", "trusted_schema")
            return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}

    engine = bare(file)
    control = pragmas(engine)
    assert (control["foreign_keys"], control["recursive_triggers"], control["journal_mode"]) == (
        0,
        0,
        "delete",
    )

    expected = {
        "foreign_keys": 1,
        "journal_mode": "truncate",
        "synchronous": 2,
        "recursive_triggers": 1,
        "trusted_schema": 0,
    }
    assert pragmas(prepare(engine)) == expected
    engine.dispose()


def test_h13_after_a_full_disk_nothing_of_the_unit_is_kept_and_the_host_cannot_go_on(founded: House) -> None:
    with founded.work("admin") as work:
        register_actor(work, joining(1))
    full = _pages(founded)
    with pytest.raises(StorageError), founded.work("admin") as work:
        cursor = work.session.connection().connection.cursor()
        cursor.execute(f"PRAGMA max_page_count = {full}").fetchall()
        for number in range(2, 500):
            register_actor(work, joining(number))

    founded.engine.dispose()
    with founded.work("admin") as work:
        assert work.reader().all(_handles()) == sorted([*_team(), "new1"])
        register_actor(work, joining(900))


def _pages(house: House) -> int:
    with house.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) + 2


def _handles() -> Any:
    return Query(str, lambda: sa.select(table_of(Actor).c.handle).order_by(table_of(Actor).c.handle))


def _team() -> list[str]:
    return list(TEAM)


def test_an_engine_that_was_not_prepared_is_refused_with_the_remedy(founded: House) -> None:
    engine = bare(Path(str(founded.engine.url.database)))
    with Session(engine) as session:
        work = Work(session, "admin", CODE, RING)
        with pytest.raises(NotPrepared, match="prepare"):
            grant_role(work, GrantRole(key="g", handle="coach", role=Role.REVIEWER))
    engine.dispose()


def test_an_engine_in_autocommit_is_refused_with_the_remedy(file: Path) -> None:
    with pytest.raises(NotPrepared, match="AUTOCOMMIT"):
        prepare(sa.create_engine(f"sqlite:///{file}", isolation_level="AUTOCOMMIT"))


def test_a_column_forgotten_in_an_insert_is_a_mistake_told_at_once(founded: House) -> None:
    with founded.engine.connect() as connection, pytest.raises(TypeError, match="last"):
        Writer(connection).insert(Counter, programme_id="0" * 32, series="X", year=2026)


def test_our_tables_stay_out_of_a_hosts_metadata() -> None:
    assert not [name for name in SQLModel.metadata.tables if name.startswith("sf_")]
    assert "sf_actor" in METADATA.tables
