"""Bringing a backup of an SQLite database back: copied beside its place first, put there whole or not at all.

Must not know how a copy is judged: whoever calls verifies the staged copy before it takes the place of anything.
"""

import os
import sqlite3
from pathlib import Path
from typing import Final
from urllib.parse import quote

from seedfund.kernel.errors import Corrupt, InvalidInput, StorageError

STAGED: Final = ".restoring"
ASIDE: Final = ".replaced"
COMPANIONS: Final = ("", "-journal", "-wal", "-shm")
"""The file and what SQLite keeps beside it; a journal left behind would be played into the restored file."""


def stage_copy(backup: Path, target: Path, *, replace: bool) -> Path:
    """Copy a backup beside its place with SQLite's own backup, and tell where the copy is; nothing else is touched.

    Raises:
        InvalidInput: there is no such backup, or a file is in the place and `replace` was not said.
        Corrupt: the backup is no SQLite database, or does not pass SQLite's own check.
        StorageError: it could not be read or written.
    """
    if not backup.is_file():
        raise InvalidInput(
            field="backup", problem="there is no such file", remedy="give the path of a backup"
        )
    if any(Path(f"{target}{ending}").exists() for ending in COMPANIONS) and not replace:
        raise InvalidInput(
            field="to",
            problem=f"{target.name} exists already",
            remedy="restore to another file, or say --replace; what is there is then kept aside",
        )
    staged = Path(f"{target}{STAGED}")
    discard(staged)
    try:
        _copy(backup, staged)
    except BaseException:
        discard(staged)
        raise
    return staged


def discard(staged: Path) -> None:
    """Remove a staged copy and what SQLite keeps beside it."""
    for ending in COMPANIONS:
        Path(f"{staged}{ending}").unlink(missing_ok=True)


def put_in_place(staged: Path, target: Path) -> Path | None:
    """Let a staged copy take its place; what was there is kept aside, and the answer tells where."""
    aside = _set_aside(target)
    try:
        os.replace(staged, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise StorageError(
            f"the copy could not take its place ({error.strerror}); close what holds the file open, and restore again."
        ) from None
    return aside


def _copy(backup: Path, staged: Path) -> None:
    source = copy = None
    try:
        source = sqlite3.connect(f"file:{quote(str(backup.resolve()))}?mode=ro", uri=True)
        copy = sqlite3.connect(staged)
        source.backup(copy)
        result = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        name = str(getattr(error, "sqlite_errorname", "no code"))
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise Corrupt(f"{backup.name} is no readable SQLite database; try an older backup.") from None
        raise StorageError(
            f"the backup could not be read ({name}); check the file, or try an older backup."
        ) from None
    finally:
        for connection in (source, copy):
            if connection is not None:
                connection.close()
    if result != "ok":
        raise Corrupt(f"{backup.name} does not pass SQLite's own check; try an older backup.")


def _set_aside(target: Path) -> Path | None:
    present = [ending for ending in COMPANIONS if Path(f"{target}{ending}").exists()]
    if not present:
        return None
    number = 1
    while any(Path(f"{target}{ASIDE}-{number}{ending}").exists() for ending in COMPANIONS):
        number += 1
    for ending in present:
        os.replace(f"{target}{ending}", f"{target}{ASIDE}-{number}{ending}")
    return Path(f"{target}{ASIDE}-{number}")


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
