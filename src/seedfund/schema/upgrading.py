"""Bringing a database to this version: forward only, one transaction, triggers from one registry, then checked.

On SQLite a backup is made first (backup API, never a file copy), foreign keys are off while tables change and are
checked afterwards. A killed upgrade leaves the old version with all of its triggers.
"""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from seedfund.kernel.errors import Corrupt, StorageError
from seedfund.kernel.resources import resource_dir
from seedfund.schema.check import differences
from seedfund.schema.registry import create_triggers, drop_triggers, write_reference_rows
from seedfund.store.backup import backup_file
from seedfund.store.hooks import prepare
from seedfund.store.revision import current, head

TABLE_PREFIX: Final = "sf_"


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """For a host's `context.configure(include_name=…)`: everything but our tables."""
    return not (kind == "table" and name is not None and name.startswith(TABLE_PREFIX))


def upgrade(engine: sa.Engine) -> str:
    """Bring the database to this version and return its revision; already there, it changes nothing.

    Raises:
        StorageError: the database was written by a newer seedfund.
        Corrupt: after upgrading, the schema differs from what this version expects; nothing was kept.
    """
    prepare(engine)
    before, wanted = current(engine), head()
    if before == wanted:
        return wanted
    if before is not None:
        _check_known(before)
    if engine.dialect.name == "sqlite":
        _upgrade_sqlite(engine, before)
    else:
        with engine.begin() as connection:
            _steps(connection)
    return wanted


def _upgrade_sqlite(engine: sa.Engine, before: str | None) -> None:
    database = engine.url.database
    if before is not None and database and database != ":memory:":
        backup_file(engine, Path(f"{database}.before-{head()}"))
    with engine.connect() as connection:
        autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
        autocommit.exec_driver_sql("PRAGMA foreign_keys=OFF")
        try:
            autocommit.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                _steps(autocommit)
                if autocommit.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise Corrupt(
                        "after the upgrade a row points at nothing; nothing was kept. Restore a backup from before."
                    )
                autocommit.exec_driver_sql("COMMIT")
            except BaseException:
                autocommit.exec_driver_sql("ROLLBACK")
                raise
        finally:
            autocommit.exec_driver_sql("PRAGMA foreign_keys=ON")


def _steps(connection: sa.Connection) -> None:
    drop_triggers(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    create_triggers(connection)
    write_reference_rows(connection)
    found = differences(connection)
    if found:
        listed = "; ".join(str(difference) for difference in found[:5])
        raise Corrupt(
            f"the upgraded schema differs from what this version expects ({listed}); "
            "nothing was kept. Run: seedfund doctor"
        )


def _check_known(revision: str) -> None:
    known = {script.revision for script in migrations().walk_revisions()}
    if revision not in known:
        raise StorageError(
            f"the database is at revision {revision}, newer than this seedfund; upgrade seedfund first."
        )


def migrations() -> ScriptDirectory:
    """Every step from an empty database to this version."""
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resource_dir("migrations")))
    config.set_main_option("path_separator", "os")
    return config
