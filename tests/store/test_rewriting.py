"""A rewritten file holds its rows and nothing else, and is rewritten by nobody who would disturb others."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.cli.commands import do
from seedfund.kernel.errors import Busy, StorageError
from seedfund.people.rules import ExitReason
from seedfund.store.hooks import prepare
from seedfund.store.revision import head
from seedfund.store.rewriting import rewrite_file
from seedfund.store.sealing.keyring import save_keyring
from tests.people.samples import head as head_of
from tests.people.samples import identity, person, register
from tests.support.grants import left
from tests.support.programme import RING, build_founded, house_on

NEEDLE = b"Apellido-Que-Nadie-Lleva"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with a row, and in a free page of it the copy of one that is gone."""
    path = tmp_path / "seedfund.db"
    leave_a_copy(path)
    return path


def leave_a_copy(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE t (text TEXT)")
    connection.execute("INSERT INTO t VALUES (?), ('stays')", (NEEDLE.decode(),))
    connection.execute("DELETE FROM t WHERE text <> 'stays'")
    connection.commit()
    connection.close()
    assert NEEDLE in path.read_bytes()


@pytest.fixture
def engine(file: Path) -> Iterator[sa.Engine]:
    engine = prepare(sa.create_engine(f"sqlite:///{file}"))
    yield engine
    engine.dispose()


def test_nothing_but_its_rows_stands_in_a_rewritten_file(file: Path, engine: sa.Engine) -> None:
    rewrite_file(engine)

    assert NEEDLE not in file.read_bytes()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT text FROM t").scalars().all() == ["stays"]


def test_a_file_that_somebody_writes_to_is_left_as_it_is(file: Path, engine: sa.Engine) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy):
            rewrite_file(engine, wait_seconds=0)
    finally:
        other.execute("ROLLBACK")
        other.close()

    assert NEEDLE in file.read_bytes()


def test_a_server_is_not_rewritten_by_us() -> None:
    server = sa.create_engine("postgresql+psycopg://nobody@localhost/none")

    with pytest.raises(StorageError, match="VACUUM FULL"):
        rewrite_file(server)


def somebody(path: Path) -> str:
    """The number of a person of a database, who has left, and beside it the key file."""
    engine = sa.create_engine(f"sqlite:///{path}")
    build_founded(engine)
    house = house_on(engine)
    rosa = register(house, head_of(person(identity("Rosa Ejemplo")))).members[0].participant
    left(house, rosa, ExitReason.RELOCATED)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql(f"INSERT INTO sf_alembic_version VALUES ('{head()}')")
    engine.dispose()
    save_keyring(RING, path.with_suffix(".key"))
    return rosa


def erase(path: Path, number: str) -> Result:
    options = ("--db", str(path), "--lang", "es", "--actor", "protection")
    fields = ("--set", f"participant={number}", "--set", "ground=requested")
    return CliRunner().invoke(cli, [*options, "do", "people.erase_participant", *fields])


def test_who_is_erased_at_the_command_line_leaves_nothing_between_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "seedfund.db"
    rosa = somebody(path)
    leave_a_copy(path)

    done = erase(path, rosa)

    assert done.exit_code == 0, done.output
    assert NEEDLE not in path.read_bytes()


def test_an_erasing_is_kept_and_told_where_the_file_could_not_be_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "seedfund.db"
    rosa = somebody(path)

    def busy(engine: sa.Engine) -> None:
        raise Busy("another process uses the database; rewrite it when nobody does.")

    monkeypatch.setattr(do, "rewrite_file", busy)
    first, second = erase(path, rosa), erase(path, rosa)

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "! El archivo no se reescribió" in first.stderr
    assert "otro proceso usa la base de datos" in first.stderr


def test_a_file_is_rewritten_by_the_doctor(tmp_path: Path) -> None:
    path = tmp_path / "seedfund.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    build_founded(engine)
    engine.dispose()
    leave_a_copy(path)

    CliRunner().invoke(cli, ["--db", str(path), "doctor", "--rewrite"])

    assert NEEDLE not in path.read_bytes()
