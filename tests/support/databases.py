"""Databases for tests: one small face over SQLite files and PostgreSQL, empty or copied from a template.

A test that asks for the fixture `engine` runs once on every kind. To begin from something richer than
an empty database (migrated tables, sample rows), build it once per worker with `DatabaseServer.template`
and let each test have its own copy: copying is ten times cheaper than building.
"""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import URL, Engine, create_engine

from tests.support.postgres import Cluster

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
KINDS: Final = (SQLITE, POSTGRESQL)

Builder = Callable[[Engine], object]


class DatabaseServer(Protocol):
    """Where databases of one kind are made; `label` names kind and version for the closing line."""

    kind: str
    label: str

    def create(self, template: str | None = None) -> URL:
        """Make a database of its own for one test, empty or as a copy of a named template."""

    def drop(self, url: URL) -> None:
        """Remove a database that `create` made; its engines are disposed of already."""

    def template(self, name: str, build: Builder) -> str:
        """Build a template the first time it is asked for; answer its name for `create`.

        When building fails, nothing is left behind: whoever asks next is told the same fault.
        """


class SqliteServer:
    """SQLite: each database is a file in one folder."""

    kind = SQLITE

    def __init__(self, folder: Path) -> None:
        self.label = f"SQLite {sqlite3.sqlite_version}"
        self._folder = folder
        self._made = 0
        self._templates: set[str] = set()

    def create(self, template: str | None = None) -> URL:
        """Make a file of its own, empty or copied from a template whose engine is closed."""
        self._made += 1
        path = self._folder / f"test_{self._made}.db"
        if template is not None:
            shutil.copyfile(self._path_of(template), path)
        return _sqlite_url(path)

    def drop(self, url: URL) -> None:
        """Remove the file and the journal beside it."""
        assert url.database is not None
        for ending in ("", "-journal", "-wal", "-shm"):
            Path(url.database + ending).unlink(missing_ok=True)

    def template(self, name: str, build: Builder) -> str:
        """Build the template's file once."""
        if name not in self._templates:
            _build(self, _sqlite_url(self._path_of(name)), build)
            self._templates.add(name)
        return name

    def _path_of(self, template: str) -> Path:
        return self._folder / f"template_{template}.db"


class PostgresServer:
    """PostgreSQL: databases of one worker in a cluster that all workers share."""

    kind = POSTGRESQL

    def __init__(self, cluster: Cluster, *, worker: str) -> None:
        self.label = f"PostgreSQL {cluster.version}"
        self._cluster = cluster
        self._worker = worker
        self._made = 0
        self._templates: set[str] = set()

    def create(self, template: str | None = None) -> URL:
        """Make a database of its own, empty or copied from a template whose engine is closed."""
        self._made += 1
        name = f"test_{self._worker}_{self._made}"
        if template is None:
            self._cluster.create_database(name)
        else:
            self._cluster.create_database(name, template=self._name_of(template))
        return self._cluster.url(name)

    def drop(self, url: URL) -> None:
        """Remove the database."""
        assert url.database is not None
        self._cluster.drop_database(url.database)

    def template(self, name: str, build: Builder) -> str:
        """Build the template's database once."""
        if name not in self._templates:
            self._cluster.create_database(self._name_of(name))
            _build(self, self._cluster.url(self._name_of(name)), build)
            self._templates.add(name)
        return name

    def _name_of(self, template: str) -> str:
        return f"template_{self._worker}_{template}"


def _sqlite_url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def _build(server: DatabaseServer, url: URL, build: Builder) -> None:
    """Let the builder work, then close every connection: nobody may hold a template while it is copied.

    A template that was half built is dropped, so that a later test meets the builder's fault again and not a
    database that is there already.
    """
    engine = create_engine(url)
    try:
        build(engine)
    except BaseException:
        engine.dispose()
        server.drop(url)
        raise
    engine.dispose()
