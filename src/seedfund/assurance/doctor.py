"""Looks at the installation and says what it sees: SQLite, drive, key file, extras, schema, templates, fonts.

Each look gives diagnoses, which are findings: fine is a note. Must not change anything, and must not know the schema:
what the schema check said is handed in.
"""

import os
import platform
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from seedfund.assurance.report import printable
from seedfund.assurance.rules import installation as kinds
from seedfund.assurance.rules.findings import SCHEMA_DIFFERS, Finding, FindingKind
from seedfund.documents.wording import check_templates
from seedfund.kernel.errors import NotPrepared, SeedfundError
from seedfund.kernel.messages import remedy, sentence
from seedfund.paper.faces import BOLD, ITALIC, REGULAR, face
from seedfund.store.rings import is_ring_of
from seedfund.store.sealing.keyring import load_keyring

MOUNTS: Final = Path("/proc/mounts")
SETTINGS: Final = ("fsync", "synchronous_commit")
EXTRAS: Final = (
    ("cli", ("click", "rich"), "seedfund on the command line"),
    ("postgres", ("psycopg",), "PostgreSQL"),
    ("xlsx", ("xlsxwriter", "openpyxl"), "XLSX in and out"),
    ("ids", ("stdnum",), "check digits of identity documents"),
    ("phone", ("phonenumbers",), "the form of phone numbers"),
    ("match", ("rapidfuzz",), "the search for people registered twice"),
)
"""Extra → the packages it brings, and what needs them."""


@dataclass(frozen=True, kw_only=True)
class SchemaSeen:
    """What the schema check said: the revision that is there, the one that is wanted, and the differences."""

    revision: str | None
    wanted: str
    differences: Sequence[str] = ()


def examine_machine() -> Iterator[Finding]:
    """Python and the extras."""
    yield _seen(kinds.PYTHON_HERE, "python", platform.python_version())
    for extra, packages, uses in EXTRAS:
        is_here = all(find_spec(package) is not None for package in packages)
        kind = kinds.EXTRA_HERE if is_here else kinds.EXTRA_MISSING
        yield _seen(kind, "extras", extra, uses=uses)


def examine_papers(language: str, templates: Path | None = None) -> Iterator[Finding]:
    """Templates and fonts; `templates` is the programme's own folder."""
    unusable = check_templates(templates)
    for refusal in unusable:
        facts = {"problem": sentence(refusal, language), "remedy": remedy(refusal, language)}
        yield _seen(kinds.TEMPLATE_UNUSABLE, "templates", refusal.facts.get("template", ""), **facts)
    if not unusable:
        yield _seen(kinds.TEMPLATES_FINE, "templates", "")
    broken = [weight for weight in (REGULAR, BOLD, ITALIC) if not _is_readable(weight)]
    for weight in broken:
        yield _seen(kinds.FONT_UNREADABLE, "fonts", weight)
    if not broken:
        yield _seen(kinds.FONTS_FINE, "fonts", "")


def examine_keys(path: Path) -> Iterator[Finding]:
    """The key file: there, whole, and closed to others."""
    if not path.exists():
        yield _seen(kinds.KEY_FILE_MISSING, "keys", path.name)
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        yield _seen(kinds.KEY_FILE_OPEN, "keys", path.name, mode=f"{mode:o}")
        return
    try:
        load_keyring(path)
    except NotPrepared:
        yield _seen(kinds.KEY_FILE_BROKEN, "keys", path.name)
    else:
        yield _seen(kinds.KEY_FILE_FINE, "keys", path.name)


def examine_ring(engine: sa.Engine, path: Path) -> Iterator[Finding]:
    """Whether the key file is that of the database; one that cannot be read was told already."""
    try:
        ring = load_keyring(path)
    except NotPrepared:
        return
    if not is_ring_of(engine, ring):
        yield _seen(kinds.KEY_FILE_OTHER, "keys", path.name)


def examine_drive(path: Path, mounts: Path = MOUNTS) -> Iterator[Finding]:
    """What kind of drive an SQLite file lies on; told from the table of mounts, where there is one."""
    kind = None
    if mounts.is_file():
        kind = kinds.mount_of(str(path.resolve()), mounts.read_text(encoding="utf-8", errors="replace"))
    if kind is None:
        yield _seen(kinds.DRIVE_UNKNOWN, "drive", path.name)
    else:
        found = kinds.DRIVE_NETWORK if kinds.is_network_drive(kind) else kinds.DRIVE_LOCAL
        yield _seen(found, "drive", path.name, drive=kind)


def examine_sqlite(path: Path) -> Iterator[Finding]:
    """The library's version, and whether the file's journal mode is safe with it; the file is only read."""
    version = sqlite3.sqlite_version
    major, minor, patch = sqlite3.sqlite_version_info
    journal = _journal_of(path)
    yield _seen(kinds.SQLITE_HERE, "sqlite", version, journal=journal)
    if not kinds.is_wal_safe((major, minor, patch)):
        kind = kinds.SQLITE_WAL_UNSAFE if journal == "wal" else kinds.SQLITE_WAL_RISK
        yield _seen(kind, "sqlite", version, journal=journal)


def examine_server(connection: sa.Connection) -> Iterator[Finding]:
    """The server's version, and whether it keeps what it acknowledges."""
    version = connection.exec_driver_sql("SHOW server_version").scalar_one()
    yield _seen(kinds.SERVER_HERE, "server", version)
    for setting in SETTINGS:
        if connection.exec_driver_sql(f"SHOW {setting}").scalar_one() == "off":
            yield _seen(kinds.SERVER_FORGETS, "server", setting, setting=setting)


def examine_schema(seen: SchemaSeen) -> Iterator[Finding]:
    """The revision and every difference."""
    if seen.revision != seen.wanted:
        yield _seen(kinds.SCHEMA_OLD, "schema", seen.revision or "none", wanted=seen.wanted)
    for difference in seen.differences:
        yield _seen(SCHEMA_DIFFERS, "schema", difference, difference=difference)
    if seen.revision == seen.wanted and not seen.differences:
        yield _seen(kinds.SCHEMA_FINE, "schema", seen.wanted)


def unreachable(error: SeedfundError) -> Finding:
    """The diagnosis of a database that cannot be opened."""
    return _seen(kinds.DATABASE_UNREADABLE, "database", error.code, problem=str(error))


def missing(path: Path) -> Finding:
    """The diagnosis of a database that is not there."""
    return _seen(kinds.DATABASE_MISSING, "database", path.name)


def _seen(kind: FindingKind, subject: str, which: object, **facts: object) -> Finding:
    return Finding(kind, subject, printable(which), {name: printable(fact) for name, fact in facts.items()})


def _journal_of(path: Path) -> str:
    """The journal mode in the file's header (bytes 18 and 19: 2 for WAL), without opening it as a database."""
    with path.open("rb") as file:
        header = file.read(20)
    return "wal" if header[18:20] == b"\x02\x02" else "rollback"


def _is_readable(weight: str) -> bool:
    try:
        return bool(face(weight).glyphs)
    except (OSError, ValueError, LookupError):
        return False
