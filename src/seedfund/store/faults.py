"""A driver's error to one of ours. Must not know any rule; a broken CHECK comes back by its name, never with values."""

import re
import sqlite3
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from seedfund.kernel.errors import Busy, Corrupt, RefusalCode, Refused, SeedfundError, StorageError

DATABASE_REFUSED: Final = RefusalCode(
    "database_refused",
    "The database itself refused it by its rule {rule}.",
    "Somebody may have been faster: look at the present figures and decide again.",
)
REFUSALS: Final = (DATABASE_REFUSED,)
_SQLITE_RULE: Final = re.compile(
    r"CHECK constraint failed: (\w+)|(?:UNIQUE|NOT NULL) constraint failed: ([\w., ]+)|^(sf_tr_\w+)"
)
_BUSY_STATES: Final = ("40001", "40P01", "55P03")


def translated(error: BaseException) -> BaseException:
    """Our error for a driver's; our own and programming errors come back as they are."""
    if isinstance(error, SeedfundError) or not isinstance(error, Exception):
        return error
    if isinstance(error, DBAPIError) and error.orig is not None:
        return translated(error.orig)
    if isinstance(error, sqlite3.Error):
        return _sqlite(error)
    if hasattr(error, "sqlstate") and hasattr(error, "diag"):
        return _postgresql(error)
    return error


def _sqlite(error: sqlite3.Error) -> Exception:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy("another process is writing; run the unit again.")
    if isinstance(error, sqlite3.IntegrityError):
        found = _SQLITE_RULE.search(str(error))
        rule = next((group for group in found.groups() if group), "") if found else ""
        return _refused_by(rule or "a foreign key")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Corrupt("the database file is damaged; restore a backup and run: seedfund audit verify")
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return error
    return StorageError(
        f"SQLite could not do it ({name or 'no code'}); nothing of the unit was kept; "
        "check the disk and the file, and run it again."
    )


def _postgresql(error: Any) -> Exception:
    state = str(error.sqlstate or "")
    if state in _BUSY_STATES:
        return Busy("the database asked for a retry; run the unit again.")
    if state.startswith("23"):
        return _refused_by(str(error.diag.constraint_name or "a foreign key"))
    if state.startswith("42"):
        return (
            error
            if isinstance(error, Exception)
            else StorageError("the database does not know a statement of this version; run: seedfund doctor")
        )
    return StorageError(
        f"PostgreSQL could not do it (state {state or 'none'}); nothing of the unit was kept; "
        "run it again, or ask who keeps the server."
    )


def _refused_by(rule: str) -> Refused | Busy:
    if "sf_command" in rule:
        return Busy("the same key is being used at this moment; run the unit again.")
    return Refused([DATABASE_REFUSED(rule=rule)])
