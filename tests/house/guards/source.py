"""Reading a tree of sources for the guards: files, syntax trees, and what a dotted name really is.

It knows Python and folders; it knows no rule of the house.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

LIBRARY: Final = "src/seedfund"
EVERYWHERE: Final = ("src", "tests", "benchmarks", "examples", "migrations", "dev.py")
SHIPPED: Final = ("src", "benchmarks", "examples", "migrations", "dev.py")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, order=True)
class Offence:
    """One breach: where it is, relative to the tree, and what to do instead."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class Source:
    """One parsed file and its path relative to the tree, always with forward slashes."""

    path: str
    text: str
    module: ast.Module

    @cached_property
    def names(self) -> dict[str, str]:
        """What each imported name stands for, dotted: `D` is `datetime.datetime` after `… import datetime as D`."""
        found: dict[str, str] = {}
        for node in ast.walk(self.module):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name if alias.asname else alias.name.split(".")[0]
                    found[alias.asname or top] = top
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return found

    def offence(self, node: ast.AST, reason: str) -> Offence:
        """An offence at a node of this file."""
        return Offence(self.path, getattr(node, "lineno", 1), reason)


def sources(tree: Path, tops: Sequence[str] = (LIBRARY,)) -> Iterator[Source]:
    """Every Python file below these places of the tree, in a stable order."""
    for top in tops:
        place = tree / top
        for path in [place] if place.is_file() else sorted(place.glob("**/*.py")):
            yield _read(path, path.relative_to(tree).as_posix())


@cache
def _read(path: Path, relative: str) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(relative, text, ast.parse(text, filename=relative))


def is_below(path: str, *places: str) -> bool:
    """Whether a file is one of these, or the folder that it grew into, or lies below one of them."""
    stems = (place.removesuffix(".py").rstrip("/") for place in places)
    return any(path == f"{stem}.py" or path.startswith(f"{stem}/") for stem in stems)


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """The full dotted name behind `a.b.c`, imports resolved; empty when it does not start with a name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([names.get(node.id, node.id), *reversed(parts)])


def functions(module: ast.Module) -> Iterator[Function]:
    """Every function of a file, also the inner ones."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_without_docstring(node: Function) -> list[ast.stmt]:
    """The statements of a function, its docstring left out."""
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and _is_text(first.value)
    return node.body[1:] if has_docstring else node.body


def texts(module: ast.Module) -> Iterator[ast.Constant]:
    """Every text constant of a file that is not a docstring."""
    lone = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and _is_text(node) and id(node) not in lone:
            yield node


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
