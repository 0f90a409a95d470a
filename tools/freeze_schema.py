"""Write a new revision for an area's tables that no revision creates yet: frozen SQL for both databases.

    python tools/freeze_schema.py 0002 ledger "Books, accounts, entries and transfers"

Run it from the root of the checkout. It never touches a revision that exists.
"""

import re
import sys
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import seedfund.schema.registry  # noqa: F401 - defines every table
from seedfund.schema.frozen import SEPARATOR
from seedfund.store.columns import METADATA, Table

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
REVISION = '''"""{intent}."""

from alembic import op

from seedfund.schema.frozen import run_frozen

revision = "{name}"
down_revision = {down}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """{intent}."""
    run_frozen(op.get_bind(), revision)
'''


def tables_of(area: str) -> list[sa.Table]:
    """The area's tables in an order in which each finds what it refers to."""
    homes = {mapper.local_table.name: mapper.class_.__module__ for mapper in Table._sa_registry.mappers}
    return [table for table in METADATA.sorted_tables if homes[table.name].startswith(f"seedfund.{area}.")]


def frozen_tables() -> set[str]:
    """The tables that the frozen files create."""
    texts = [path.read_text(encoding="utf-8") for path in (MIGRATIONS / "sql").glob("*.sqlite.sql")]
    return {name for text in texts for name in re.findall(r"CREATE TABLE (\w+)", text)}


def statements(tables: list[sa.Table], dialect: sa.Dialect) -> str:
    """CREATE TABLE and CREATE INDEX of the tables on a dialect."""
    made = []
    for table in tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += [
            str(CreateIndex(index).compile(dialect=dialect)) for index in sorted(table.indexes, key=_name)
        ]
    return SEPARATOR.join(re.sub(r"[ \t]+\n", "\n", text.strip()) for text in made) + "\n"


def _name(index: sa.Index) -> str:
    return str(index.name)


def main() -> None:
    """Write the revision and its two SQL files."""
    number, area, intent = sys.argv[1:4]
    fresh = [table for table in tables_of(area) if table.name not in frozen_tables()]
    if not fresh:
        raise SystemExit(f"every table of {area} is in a revision already")
    name = f"{number}_{area}"
    earlier = sorted(path.stem for path in (MIGRATIONS / "versions").glob("0*.py"))
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        (MIGRATIONS / "sql" / f"{name}.{dialect.name}.sql").write_text(
            statements(fresh, dialect), encoding="utf-8"
        )
    down = f'"{earlier[-1]}"' if earlier else "None"
    text = REVISION.format(intent=intent.rstrip("."), name=name, down=down)
    (MIGRATIONS / "versions" / f"{name}.py").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{name}: {', '.join(table.name for table in fresh)}\n")


if __name__ == "__main__":
    main()
