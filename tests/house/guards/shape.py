"""Guards of shape: a function is a screen, a file is a room, a signature can be read at the call."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.house.guards.source import (
    EVERYWHERE,
    LIBRARY,
    Function,
    Offence,
    body_without_docstring,
    functions,
    is_below,
    sources,
)

BODY_LINES_MAX: Final = 50
FILE_LINES_MAX: Final = 400
POSITIONAL_MAX: Final = 4
# Click hands every option to a command by its name.
CALLED_BY_NAME: Final = f"{LIBRARY}/cli"
SWAPPABLE: Final = frozenset({"Decimal", "Money", "date", "datetime"})
# Pairs whose order is how they are said aloud, so that naming them would help nobody.
READ_IN_ORDER: Final[Mapping[str, str]] = {
    "kernel/dates.py:years_between": "from a birth date to a later day",
    "reports/totals.py:percent_of": "a part of a whole",
}
# A migration is a list of statements, frozen once it is released: it is as long as what it makes.
MEASURED: Final = tuple(place for place in EVERYWHERE if place != "migrations")
IGNORE: Final = re.compile(
    r"#\s*(type:\s*ignore|noqa)\b(?P<code>\s*\[[\w, -]+\]|:\s*[A-Z]+[\w, ]*\d)?(?P<rest>.*)"
)


def find_long_bodies(tree: Path) -> list[Offence]:
    """Functions whose body, docstring left out, is longer than a screen."""
    found = []
    for source in sources(tree, MEASURED):
        for function in functions(source.module):
            body = body_without_docstring(function)
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > BODY_LINES_MAX:
                found.append(source.offence(function, f"{function.name} has {lines} lines, split it"))
    return found


def find_long_files(tree: Path) -> list[Offence]:
    """Files that outgrew one room and should become a folder of the same name."""
    counted = ((source, len(source.text.splitlines())) for source in sources(tree, MEASURED))
    return [
        Offence(source.path, lines, f"{lines} lines, make it a folder of the same name")
        for source, lines in counted
        if lines > FILE_LINES_MAX
    ]


def find_crowded_signatures(tree: Path) -> list[Offence]:
    """Functions of the library with more positional parameters than a reader can tell apart."""
    return [
        source.offence(function, f"{function.name}: more than {POSITIONAL_MAX} positional parameters")
        for source in sources(tree)
        if not is_below(source.path, CALLED_BY_NAME)
        for function in functions(source.module)
        if len(_positional(function)) > POSITIONAL_MAX
    ]


def find_swappable_parameters(tree: Path) -> list[Offence]:
    """Public functions that take two amounts or two days by position: swapped, they still run."""
    found = []
    for source in sources(tree):
        for function in functions(source.module):
            where = f"{source.path.removeprefix(LIBRARY + '/')}:{function.name}"
            if not function.name.startswith("_") and where not in READ_IN_ORDER:
                for repeated in _repeated_types(_positional(function)):
                    reason = f"{function.name}: two positional {repeated}, make them keyword-only"
                    found.append(source.offence(function, reason))
    return found


def find_unexplained_ignores(tree: Path) -> list[Offence]:
    """Comments that silence a checker without saying which rule and why."""
    found = []
    for source in sources(tree, EVERYWHERE):
        for line, comment in _comments(source.text):
            match = IGNORE.match(comment)
            if match and not (match["code"] and re.search(r"\w{2,}", match["rest"])):
                found.append(Offence(source.path, line, "an ignore names its code and gives its reason"))
    return found


def _positional(function: Function) -> list[ast.arg]:
    """Parameters a caller may give by position, without the object or class itself."""
    every = [*function.args.posonlyargs, *function.args.args]
    return every[1:] if every and every[0].arg in {"self", "cls"} else every


def _repeated_types(parameters: list[ast.arg]) -> Iterator[str]:
    """Types of amounts and times that stand on more than one positional parameter."""
    written = [ast.unparse(parameter.annotation) for parameter in parameters if parameter.annotation]
    yield from sorted({name for name in written if name in SWAPPABLE and written.count(name) > 1})


def _comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
