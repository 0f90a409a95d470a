"""Running the frozen statements of a revision. Must not know what they create."""

import sqlalchemy as sa

from seedfund.kernel.resources import resource_dir

SEPARATOR = ";\n\n"


def run_frozen(connection: sa.Connection, revision: str) -> None:
    """Run every statement of `migrations/sql/<revision>.<dialect>.sql`, in order."""
    path = resource_dir("migrations") / "sql" / f"{revision}.{connection.dialect.name}.sql"
    for statement in path.read_text(encoding="utf-8").split(SEPARATOR):
        if statement.strip():
            connection.exec_driver_sql(statement)
