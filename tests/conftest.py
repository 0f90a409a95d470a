"""Fixtures of all tests: a clean engine on every database we claim, and the run's closing line."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from sqlalchemy import URL, Engine, create_engine
from xdist.scheduler import LoadFileScheduling

from tests.support import closing
from tests.support.databases import KINDS, POSTGRESQL, DatabaseServer, PostgresServer, SqliteServer
from tests.support.machines import load_profile
from tests.support.memory import folder_in_memory
from tests.support.postgres import Cluster, PostgresMissing, find_binaries, running_cluster
from tests.support.programme import House, build_founded, house_on

load_profile()

DEMO: Final = "test_demo"
"""How files begin whose tests share what the demo left."""
RESOURCES: Final = pytest.StashKey[ExitStack]()
CLUSTER: Final = pytest.StashKey[Cluster]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that continuous integration implies."""
    parser.addoption(
        "--require-postgres",
        action="store_true",
        help="fail when PostgreSQL does not run, instead of skipping its tests (implied by CI=true)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what the run as a whole owns; stop at once when PostgreSQL is required and absent."""
    config.stash[RESOURCES] = ExitStack()
    if _is_worker(config):
        return
    reason = _why_postgres_is_missing()
    required = _is_postgres_required(config)
    if reason and required:
        raise pytest.UsageError(f"PostgreSQL is required: {reason}")
    plugin = closing.ClosingLine(config, postgres_missing=reason, is_postgres_required=required)
    config.pluginmanager.register(plugin, "seedfund-closing-line")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what looks at the demo: nothing takes longer, and the other workers have the rest meanwhile."""
    items.sort(key=lambda item: not item.path.name.startswith(DEMO))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file on one worker, and all that look at the demo: what they share is made once."""
    return _ByFile(config, log) if config.getoption("dist") == "loadfile" else None


class _ByFile(LoadFileScheduling):  # type: ignore[misc]  # the package ships no types
    """Gives out files, those of the demo as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return DEMO if file.rpartition("/")[2].startswith(DEMO) else file


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, if this process started one."""
    config.stash[RESOURCES].close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Start the server that all workers share, in the process that outlives them, and tell them of it."""
    if not _why_postgres_is_missing():
        cluster = _start_once(node.config)
        node.workerinput["postgres"] = {"folder": cluster.folder, "version": cluster.version}


@pytest.fixture(scope="session")
def postgres_cluster(request: pytest.FixtureRequest) -> Cluster:
    """A running PostgreSQL server; without binaries the test is skipped, or fails where it is required."""
    config = request.config
    if _is_worker(config):
        told = config.workerinput.get("postgres")  # type: ignore[attr-defined]  # set by pytest-xdist
        if told:
            return Cluster(**told)
    reason = _why_postgres_is_missing()
    if not reason:
        return _start_once(config)
    if _is_postgres_required(config):
        pytest.fail(f"PostgreSQL is required: {reason}", pytrace=False)
    pytest.skip(f"PostgreSQL: {reason}")


@pytest.fixture(scope="session")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatabaseServer]:
    """Where SQLite databases of this worker are made: in memory where the system has such a folder.

    Every command is durable, so that on a busy disk the tests would measure its syncs; those that are about files
    that survive (killed processes, flipped bytes, full disks) make theirs themselves.
    """
    memory = folder_in_memory()
    if memory is not None:
        with TemporaryDirectory(prefix="seedfund-", dir=memory) as folder:
            yield SqliteServer(Path(folder))
    else:
        yield SqliteServer(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server(postgres_cluster: Cluster) -> DatabaseServer:
    """Where PostgreSQL databases of this worker are made."""
    return PostgresServer(postgres_cluster, worker=os.environ.get("PYTEST_XDIST_WORKER", "main"))


@pytest.fixture(params=KINDS)
def database_server(request: pytest.FixtureRequest) -> DatabaseServer:
    """Each kind of database in turn; what ran on it is told in the closing line."""
    name = "postgres_server" if request.param == POSTGRESQL else "sqlite_server"
    server: DatabaseServer = request.getfixturevalue(name)
    request.node.user_properties.append((closing.PROPERTY, server.label))
    return server


@pytest.fixture
def database_url(database_server: DatabaseServer) -> Iterator[URL]:
    """The address of an empty database of the test's own, removed after it."""
    url = database_server.create()
    yield url
    database_server.drop(url)


@pytest.fixture
def engine(database_url: URL) -> Iterator[Engine]:
    """An engine on an empty database of the test's own."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def founded_url(database_server: DatabaseServer) -> Iterator[URL]:
    """The address of a database of the test's own with the schema, a programme and its team."""
    url = database_server.create(database_server.template("founded", build_founded))
    yield url
    database_server.drop(url)


@pytest.fixture
def house(founded_url: URL) -> Iterator[House]:
    """A founded programme of the test's own, on each database in turn."""
    engine = create_engine(founded_url)
    yield house_on(engine)
    engine.dispose()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _is_postgres_required(config: pytest.Config) -> bool:
    option = bool(config.getoption("--require-postgres"))
    return closing.is_postgres_required(option=option, environment=os.environ)


def _why_postgres_is_missing() -> str:
    try:
        find_binaries()
    except PostgresMissing as missing:
        return str(missing)
    return ""


def _start_once(config: pytest.Config) -> Cluster:
    """The cluster of this process, started when first wanted and stopped when the run ends."""
    if CLUSTER not in config.stash:
        config.stash[CLUSTER] = config.stash[RESOURCES].enter_context(running_cluster())
    return config.stash[CLUSTER]
