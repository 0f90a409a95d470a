"""From the settings to a unit of work: engine, key ring, programme, actor. Must not know any command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa

from seedfund.cli.app import Settings
from seedfund.kernel.errors import InvalidInput, MissingExtra, NotPrepared, StorageError
from seedfund.people.queries.access import roles_of
from seedfund.store.hooks import prepare
from seedfund.store.pins import assurance_by_pin
from seedfund.store.programmes import list_programmes
from seedfund.store.revision import require_current
from seedfund.store.rings import is_ring_of
from seedfund.store.sealing.keyring import KeyRing, load_keyring
from seedfund.store.work import Work, open_work

PIN_VARIABLE = "SEEDFUND_PIN"


def settings_of(ctx: click.Context) -> Settings:
    """What was said before the command's name."""
    found = ctx.find_object(Settings)
    if found is None:
        raise AssertionError("a command runs under the group, which sets the settings")
    return found


def database_url(db: str) -> sa.URL:
    """A URL as it is, or the SQLite file of that path."""
    if "://" in db:
        return sa.make_url(db)
    return sa.URL.create("sqlite", database=db)


def engine_of(settings: Settings, *, must_exist: bool = True) -> sa.Engine:
    """An engine on the database, prepared.

    Raises:
        NotPrepared: the SQLite file does not exist.
        MissingExtra: the driver of PostgreSQL is not installed.
    """
    url = database_url(settings.db)
    if must_exist and url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        raise NotPrepared(
            f"there is no database {Path(url.database).name} here; make one with: seedfund init"
        )
    try:
        return prepare(sa.create_engine(url))
    except ModuleNotFoundError:
        raise MissingExtra(extra="postgres", what="PostgreSQL") from None
    except sa.exc.ArgumentError:
        raise InvalidInput(
            field="db", problem="it is not a database URL", remedy="give a file or a URL"
        ) from None


def keys_path(settings: Settings) -> Path:
    """Where the key file is: as told, else beside the SQLite file.

    Raises:
        InvalidInput: the database is no file and no key file was named.
    """
    if settings.keys:
        return Path(settings.keys)
    url = database_url(settings.db)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(".key")
    raise InvalidInput(
        field="keys", problem="no key file was named", remedy="give --keys FILE or set SEEDFUND_KEYS"
    )


def keyring_of(settings: Settings, engine: sa.Engine) -> KeyRing:
    """The key ring of the database.

    Raises:
        NotPrepared: there is no key file, or it is that of another database.
    """
    path = keys_path(settings)
    ring = load_keyring(path)
    if not is_ring_of(engine, ring):
        raise NotPrepared(
            f"{path.name} is not the key file that sealed this database; put the copy that was kept in its place."
        )
    return ring


@contextmanager
def work_of(settings: Settings) -> Iterator[Work]:
    """A unit of work of the actor in the programme; the command commits. A stranger reads nothing either.

    Raises:
        NotAllowed: the actor is none of the programme's, or not active any more.
        NotPrepared: no database, no key ring, or another version's schema.
        InvalidInput: no actor was named, or the database has several programmes and none was named.
    """
    engine = engine_of(settings)
    try:
        require_current(engine)
        programme = _programme(engine, settings.programme)
        with open_work(
            engine,
            actor=_actor(settings),
            programme=programme,
            keyring=keyring_of(settings, engine),
        ) as work:
            roles_of(work)
            pin = os.environ.get(PIN_VARIABLE)
            if pin:
                work.assurance = assurance_by_pin(work, pin)
            yield work
    except sa.exc.OperationalError:
        raise StorageError("the database cannot be reached or read; check --db and the server.") from None
    finally:
        engine.dispose()


def _actor(settings: Settings) -> str:
    if not settings.actor:
        raise InvalidInput(
            field="actor", problem="nobody was named", remedy="give --actor HANDLE or set SEEDFUND_ACTOR"
        )
    return settings.actor


def _programme(engine: sa.Engine, asked: str | None) -> str:
    """The programme that was asked for, or the only one."""
    codes = list_programmes(engine)
    if not codes:
        raise InvalidInput(
            field="programme",
            problem="the database has no programme yet",
            remedy="make one with: seedfund init --code CODE",
        )
    if asked in codes:
        return asked
    if asked or len(codes) > 1:
        raise InvalidInput(
            field="programme",
            problem=f"the database has these programmes: {', '.join(codes)}",
            remedy="give --programme CODE",
        )
    return codes[0]
