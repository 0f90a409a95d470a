"""The database as such: what SQLite says of its file and its references, and how the schema differs (handed in)."""

from collections.abc import Sequence

from seedfund.assurance.checks.context import Context
from seedfund.assurance.rules import findings as kinds

OK = "ok"


def check_database(context: Context, differences: Sequence[str]) -> None:
    """Differences of the schema first, because guards may be missing; then the file itself."""
    for difference in differences:
        context.report.found(kinds.SCHEMA_DIFFERS, "schema", difference, difference=difference)
    if context.scan.dialect.name != "sqlite":
        return
    run = context.scan.connection.exec_driver_sql
    for (problem,) in run("PRAGMA integrity_check(50)").fetchall():
        if problem != OK:
            context.report.found(kinds.FILE_DAMAGED, "file", problem, problem=problem)
    for table, row, target, _ in run("PRAGMA foreign_key_check").fetchall():
        context.report.found(kinds.REFERENCE_BROKEN, str(table), "?" if row is None else row, target=target)
