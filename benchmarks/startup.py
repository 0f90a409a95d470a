"""How soon there is an answer: the command line's own words, and a library's first command.

Expected size: a fresh process each time.
Budget: `seedfund --help` and `--version` at most 5 × `python -c pass`, without SQLAlchemy, SQLModel, Alembic, ReportLab
or Rich; the first command of a library ready at most 1.6 × `import sqlmodel`.
Canonical workload: start, answer, end; limit and contender in turn.
"""

import compileall
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import seedfund
from benchmarks.harness import Measure, Place, Work, measured, take_turns

PYTHON: Final = sys.executable
SCRIPT: Final = Path(PYTHON).with_name("seedfund")
NOTHING: Final = (PYTHON, "-c", "pass")
SQLMODEL: Final = (PYTHON, "-c", "import sqlmodel")
HEAVY: Final = frozenset({"alembic", "reportlab", "rich", "sqlalchemy", "sqlmodel"})
REGISTER: Final = "from seedfund.people.service import register_household"
RELEASE: Final = "from seedfund.grants.service import release_payment_list"
CASES: Final = (
    ("seedfund --help", (str(SCRIPT), "--help"), NOTHING, 5.0),
    ("seedfund --version", (str(SCRIPT), "--version"), NOTHING, 5.0),
    ("first command of people", (PYTHON, "-c", REGISTER), SQLMODEL, 1.6),
    ("first command of grants", (PYTHON, "-c", RELEASE), SQLMODEL, 1.6),
)


def bench(place: Place) -> list[Measure]:
    """Every start-up, of packages compiled as an installer leaves them (a checkout's may never have been)."""
    compileall.compile_dir(Path(seedfund.__file__).parent, quiet=1)
    for option in ("--help", "--version"):
        loaded = _loaded_by(option)
        assert not loaded & HEAVY, f"seedfund {option} loads {sorted(loaded & HEAVY)}"
    return [
        measured(
            name,
            take_turns(_turns(contender, limit, place.sizes.starts)),
            n=place.sizes.starts,
            limit=" ".join(("python", *limit[1:])),
            goal=goal,
        )
        for name, contender, limit, goal in CASES
    ]


def _turns(contender: tuple[str, ...], limit: tuple[str, ...], count: int) -> Iterator[tuple[Work, Work]]:
    for command in (contender, limit):
        _run(command, keeps_compiled=True)
    for _ in range(count):
        yield lambda: _run(contender), lambda: _run(limit)


def _run(command: tuple[str, ...], *, keeps_compiled: bool = False) -> None:
    """Once; a first run keeps what it compiles of other packages, whatever the environment says of that."""
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=told if keeps_compiled else None)


def _loaded_by(option: str) -> set[str]:
    """The packages in memory when the command line has answered."""
    asked = (
        "import sys\nfrom seedfund.cli import main\n"
        f"sys.argv = ['seedfund', {option!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('loaded', *{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run((PYTHON, "-c", asked), check=True, capture_output=True, text=True)
    return set(done.stdout.splitlines()[-1].split()[1:])
