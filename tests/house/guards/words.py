"""Guards of every text the repository carries: it speaks of the project alone and of no machine."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.house.guards.source import Offence

PLACES: Final = ("src", "tests", "benchmarks", "examples", "migrations", "templates", "docs", ".ci")
READ: Final = frozenset(
    {".cfg", ".ini", ".json", ".mako", ".md", ".po", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml", ""}
)
# Folders of somebody's machine, and indexes of packages: a checkout works wherever it stands.
MACHINE: Final = re.compile(r"(?<![\w.~])/(?:home|Users|root|work)/\w|\b(?:pypi|pythonhosted)\.(?:org|io)\b")
PIN: Final = re.compile(r"[a-z0-9-]+==[\w.+!]+")


def find_machine_traces(tree: Path) -> list[Offence]:
    """Paths of one person's machine and addresses of package indexes, in any text file."""
    return [
        Offence(path.relative_to(tree).as_posix(), number, f"names a machine: {match.group()}")
        for path in _text_files(tree)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (match := MACHINE.search(line))
    ]


def find_loose_pins(tree: Path) -> list[Offence]:
    """Lines of constraints.txt that are no comment and not `name==version`, or out of order."""
    path = tree / "constraints.txt"
    lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    pins = [(number, line) for number, line in lines if line and not line.startswith("#")]
    found = [
        Offence(path.name, number, f"not a pin: {line}") for number, line in pins if not PIN.fullmatch(line)
    ]
    names = [line.split("==")[0] for _, line in pins]
    if names != sorted(set(names)):
        found.append(Offence(path.name, 1, "pins are sorted by name, one line each"))
    return found


def _text_files(tree: Path) -> Iterator[Path]:
    for path in sorted(tree.iterdir()):
        if path.is_file() and path.suffix in READ and not path.name.startswith(".git"):
            yield path
    for place in PLACES:
        for path in sorted((tree / place).glob("**/*")):
            if path.is_file() and path.suffix in READ and "__pycache__" not in path.parts:
                yield path
