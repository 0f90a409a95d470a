"""The small command line: each command parses, calls one verb or one query, renders, exits. No SQL and no rules here.

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 not found or conflict, 4 corrupt, not prepared or storage.
"""

import gc
import os
import sys
from typing import Final

from seedfund import __version__
from seedfund.cli.front import EXTRA_MISSING, answer, default_language

_OBJECTS_BEFORE_A_SEARCH: Final = 50_000
"""How many objects more than were let go make the process look for cycles."""


def main() -> None:
    """Run the `seedfund` command; without the extra `cli` it says what to install and exits with 2."""
    told = answer(sys.argv[1:], os.environ, __version__)
    if told is not None:
        sys.stdout.write(told)
        return
    try:
        import click  # noqa: F401 - the optional extra, looked for before anything needs it
    except ModuleNotFoundError:
        sys.stderr.write(f"{EXTRA_MISSING[default_language(os.environ)]}\n")
        raise SystemExit(2) from None
    # One command a process: what it loads stays, and looking through it again and again took a seventh of its time.
    gc.set_threshold(_OBJECTS_BEFORE_A_SEARCH)
    from seedfund.cli.app import cli

    cli()
