"""Which version's schema a database has, read without the tools that change it. Must not know any table but that one.

Every command asks first; so nothing here loads Alembic, the migrations or the tables of other areas.
"""

from functools import cache
from typing import Final

import sqlalchemy as sa

from seedfund.kernel.errors import NotPrepared
from seedfund.kernel.resources import resource_dir

VERSION_TABLE: Final = "sf_alembic_version"
_ASKED: Final = sa.text("SELECT version_num FROM sf_alembic_version")


@cache
def head() -> str:
    """The revision this version of seedfund expects: the last of its migrations, which are numbered in their names."""
    return max(path.stem for path in resource_dir("migrations").glob("versions/[0-9]*.py"))


def revision_of(connection: sa.Connection) -> str | None:
    """The revision a database is at; None when seedfund was never set up in it."""
    if not connection.dialect.has_table(connection, VERSION_TABLE):
        return None
    found: str | None = connection.execute(_ASKED).scalar()
    return found


def current(engine: sa.Engine) -> str | None:
    """The same, of the database behind an engine."""
    with engine.connect() as connection:
        return revision_of(connection)


def require_current(engine: sa.Engine) -> None:
    """Do nothing when the database is at this version.

    Raises:
        NotPrepared: it is older, newer or empty; names the remedy.
    """
    found = current(engine)
    if found != head():
        raise NotPrepared(f"the database is at revision {found or 'none'}, not {head()}; run: seedfund init")
