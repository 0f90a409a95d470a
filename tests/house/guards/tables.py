"""Guards of tables: a table class stands alone, and its rows are protected from other areas."""

import ast
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.house.guards.source import LIBRARY, Offence, Source, dotted, sources

# The rooms that may read the rows of every area: one makes them, two count and check them.
READERS_OF_ALL: Final = ("schema", "reports", "assurance")
# Further readers of an area, and why: whoever shows a row says who wrote it.
ALSO_READ: Final[Mapping[str, str]] = {"store": "seedfund.*.queries"}


def find_table_inheritance(tree: Path) -> list[Offence]:
    """Table classes that inherit from a table class: SQLModel silently gives them no columns of their own."""
    classes = [
        (source, node)
        for source in sources(tree)
        for node in ast.walk(source.module)
        if isinstance(node, ast.ClassDef)
    ]
    tables = {node.name for _, node in classes if _is_table(node)}
    return [
        source.offence(node, f"{node.name} inherits from table {base}")
        for source, node in classes
        for base in (dotted(base, {}).rsplit(".", 1)[-1] for base in node.bases)
        if base in tables
    ]


def find_unprotected_tables(tree: Path) -> list[Offence]:
    """Areas whose `tables` no contract of the import linter protects, or protects for the wrong readers."""
    contracts = _protected(tree)
    found = []
    for source in sources(tree):
        area = _area_of_tables(source)
        if not any(isinstance(node, ast.ClassDef) and _is_table(node) for node in source.module.body):
            continue
        wanted = {f"*.{reader}" for reader in (area, *READERS_OF_ALL)}
        allowed = contracts.get(f"*.{area}.tables", set()) - {ALSO_READ.get(area)}
        if area and allowed != wanted:
            reason = f"pyproject.toml must protect {area}.tables for {', '.join(sorted(wanted))}"
            found.append(Offence(source.path, 1, reason))
    return found


def _area_of_tables(source: Source) -> str:
    """The area whose room of tables this file is or belongs to; empty for any other file."""
    parts = source.path.removeprefix(f"{LIBRARY}/").removesuffix(".py").split("/")
    return parts[0] if len(parts) > 1 and parts[1] == "tables" else ""


def _protected(tree: Path) -> dict[str, set[str]]:
    settings: dict[str, Any] = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings.get("tool", {}).get("importlinter", {}).get("contracts", [])
    return {
        module: set(contract["allowed_importers"])
        for contract in contracts
        if contract["type"] == "protected"
        for module in contract["protected_modules"]
    }


def _is_table(node: ast.ClassDef) -> bool:
    return any(
        keyword.arg == "table" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in node.keywords
    )
