"""Importing the package is cheap: it loads no database, no paper and no command line."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import seedfund

ROOT: Final = Path(__file__).resolve().parents[2]
HEAVY: Final = frozenset({
    "alembic", "babel", "click", "cryptography", "jinja2", "num2words", "psycopg", "pydantic", "reportlab", "rich",
    "sqlalchemy", "sqlmodel",
})  # fmt: skip


def _loaded_by(statement: str) -> set[str]:
    """The top-level packages in memory after one statement, in a Python of its own."""
    question = f"{statement}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_package_loads_no_heavy_dependency() -> None:
    assert _loaded_by("import seedfund") & HEAVY == set()


def test_a_heavy_dependency_would_be_seen() -> None:
    assert _loaded_by("import seedfund, sqlalchemy") & HEAVY == {"sqlalchemy"}


@pytest.mark.parametrize(
    "module", ["seedfund.cli.commands.list_", "seedfund.cli.commands.show", "seedfund.cli.commands.do"]
)
def test_who_only_looks_waits_neither_for_migrations_nor_for_pages(module: str) -> None:
    assert _loaded_by(f"import {module}") & {"alembic", "PIL", "reportlab", "xlsxwriter"} == set()


def test_a_report_on_the_screen_waits_for_no_workbook_and_no_page() -> None:
    assert _loaded_by("import seedfund.cli.commands.week") & {"PIL", "reportlab", "xlsxwriter"} == set()


@pytest.mark.parametrize("name", seedfund.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(seedfund, name) is not None


def test_a_name_that_does_not_exist_is_refused() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        seedfund.nonsense  # type: ignore[attr-defined]  # noqa: B018  # asking is the test
