"""Imports go down only: the contracts of the import linter hold here, and fail when a floor is broken."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT: Final = Path(__file__).resolve().parents[2]
CONFIG: Final = ROOT / "pyproject.toml"
LINT: Final = "from importlinter.cli import lint_imports_command as main; main()"

SOUND: Final[Mapping[str, str]] = {
    "__init__.py": "",
    "kernel/__init__.py": "",
    "kernel/money.py": "",
    "store/__init__.py": "from seedfund.kernel import money",
    "ledger/__init__.py": "",
    "ledger/rules.py": "from seedfund.kernel import money",
    "ledger/tables.py": "import sqlalchemy\nfrom seedfund.ledger import rules",
    "ledger/service.py": "from seedfund import store\nfrom seedfund.ledger import tables",
    "people/__init__.py": "",
    "funds/__init__.py": "",
    "grants/__init__.py": "",
    "grants/service.py": "from seedfund.ledger import service",
    "reports/__init__.py": "from seedfund.ledger import tables",
}
BROKEN: Final[Mapping[str, tuple[str, str]]] = {
    "a lower floor imports a higher one": ("store/work.py", "from seedfund.ledger import service"),
    "neighbours see each other": ("people/service.py", "from seedfund import funds"),
    "an area stands on no floor": ("gossip/__init__.py", ""),
    "a type alone is imported upwards": (
        "people/service.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from seedfund.grants import service",
    ),
    "an area reads the tables of another": ("grants/queries.py", "from seedfund.ledger import tables"),
    "a rule knows the database": ("grants/rules.py", "import sqlalchemy"),
    "a rule knows the database through a friend": ("grants/rules.py", "from seedfund.ledger import service"),
    "the kernel knows a form": ("kernel/dates.py", "import pydantic"),
    "a table knows its service": ("grants/tables.py", "from seedfund.grants import service"),
    "an area goes through the roof": ("grants/queries.py", "import seedfund.cli"),
}


def test_the_floors_hold(capsys: pytest.CaptureFixture[str]) -> None:
    configure()

    holds = lint_imports(config_filename=str(CONFIG), cache_dir=None)

    assert holds, capsys.readouterr().out


def test_a_broken_copy_of_the_house_fails(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "src" / "seedfund", tmp_path / "seedfund", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (tmp_path / "seedfund" / "kernel" / "__init__.py").open("a", encoding="utf-8") as roof:
        roof.write("\nfrom seedfund import store\n")

    assert "seedfund.kernel is not allowed to import seedfund.store" in _lint(tmp_path)


def test_a_small_house_in_order_passes(tmp_path: Path) -> None:
    _build(tmp_path, SOUND)

    assert " 0 broken." in _lint(tmp_path)


@pytest.mark.parametrize("breach", BROKEN)
def test_each_contract_can_fail(breach: str, tmp_path: Path) -> None:
    path, text = BROKEN[breach]
    _build(tmp_path, {**SOUND, "cli/__init__.py": "", path: text})

    assert " 1 broken." in _lint(tmp_path)


def _build(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / "seedfund" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")


def _lint(folder: Path) -> str:
    """What the import linter says of the house in this folder, under our own contracts."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--config", str(CONFIG), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout
