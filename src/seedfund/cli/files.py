"""Files a command reads and writes: never larger than any paper, and nothing is written over unless told to."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

import click

from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.paper.reading.objects import FILE_MOST
from seedfund.paper.rules import PDF_TOO_LARGE

ONLY_MINE: Final = 0o600
"""A file with names and accounts is for whoever made it; others of the machine do not read it."""
force_option = click.option("--force", is_flag=True, help="Write over a file that is there.")


def read_file(path: Path) -> bytes:
    """The bytes of a file, when it is not larger than any paper.

    Raises:
        InvalidInput: it is not there, or cannot be read.
        Refused: it is too large.
    """
    try:
        if path.stat().st_size > FILE_MOST:
            raise Refused([PDF_TOO_LARGE(file=path.name, most=FILE_MOST // (1024 * 1024))])
        return path.read_bytes()
    except OSError:
        raise InvalidInput(
            field="file",
            problem=f"there is no file {path.name} that can be read",
            remedy="give the path of a file",
        ) from None


def open_private(path: Path) -> BinaryIO:
    """A file to write that nobody else of the machine can read at any moment, not even while it is written."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), ONLY_MINE)
    path.chmod(ONLY_MINE)
    return os.fdopen(handle, "wb")


def require_free(targets: Sequence[Path], *, force: bool) -> None:
    """Write over nothing unless told to, and two papers into one file never.

    Raises:
        InvalidInput: a file is there, or two papers would go into one file.
    """
    if len(set(targets)) < len(targets):
        raise InvalidInput(field="out", problem="there are two papers for one file", remedy="give a folder")
    for target in targets:
        if target.exists() and not force:
            raise InvalidInput(
                field="out", problem=f"{target.name} exists already", remedy="give another file, or --force"
            )
        if not target.parent.is_dir():
            raise InvalidInput(
                field="out", problem=f"there is no folder {target.parent.name}", remedy="make it first"
            )
