"""Every kind of database is real, starts empty, and a template's copy is a test's own."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from tests.support.databases import DatabaseServer
from tests.support.postgres import Cluster


def _plant(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE seed (kind VARCHAR(20))"))
        connection.execute(text("INSERT INTO seed VALUES ('maize')"))


@pytest.fixture
def planted(database_server: DatabaseServer) -> Iterator[Engine]:
    template = database_server.template("planted", _plant)
    url = database_server.create(template)
    engine = create_engine(url)
    yield engine
    engine.dispose()
    database_server.drop(url)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_an_engine_starts_on_an_empty_database_each_time(engine: Engine, turn: str) -> None:
    before = inspect(engine).get_table_names()

    _plant(engine)

    assert before == []
    assert inspect(engine).get_table_names() == ["seed"]


class BuilderFault(Exception):
    """What a builder stumbles over."""


def _stumble(engine: Engine) -> None:
    _plant(engine)
    raise BuilderFault


def test_a_builder_that_fails_tells_the_same_fault_each_time_and_leaves_room_for_a_sound_one(
    database_server: DatabaseServer,
) -> None:
    for _ in range(2):
        with pytest.raises(BuilderFault):
            database_server.template("stumbling", _stumble)

    url = database_server.create(database_server.template("stumbling", _plant))
    engine = create_engine(url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    database_server.drop(url)
    assert names == ["seed"]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_copy_of_a_template_is_not_changed_by_another_test(planted: Engine, turn: str) -> None:
    with planted.begin() as connection:
        connection.execute(text("INSERT INTO seed VALUES ('bean')"))
        kinds = connection.execute(text("SELECT kind FROM seed ORDER BY kind")).scalars().all()

    assert kinds == ["bean", "maize"]


def test_the_engine_speaks_to_the_kind_of_database_it_is_named_after(
    engine: Engine, database_server: DatabaseServer
) -> None:
    assert engine.dialect.name == database_server.kind


def test_the_cluster_is_private_and_listens_on_no_port(postgres_cluster: Cluster) -> None:
    engine = create_engine(postgres_cluster.url("postgres"))
    with engine.connect() as connection:
        listening = connection.execute(text("SHOW listen_addresses")).scalar_one()
        folder = connection.execute(text("SHOW unix_socket_directories")).scalar_one()
    engine.dispose()

    assert listening == ""
    assert folder == postgres_cluster.folder
