"""Passwords of workbooks: from a file or typed unseen, never from the command line, where others could read them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.secret import Secret

_LONGEST: Final = 1_000


def password_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that bring a password."""
    for option in reversed(
        (
            click.option(
                "--password-file",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="Its first line is the password of the workbook.",
            ),
            click.option("--ask-password", is_flag=True, help="Have the workbook's password asked for."),
        )
    ):
        function = option(function)
    return function


def password_of(password_file: Path | None, *, ask: bool, again: bool = False) -> Secret | None:
    """The password that was given, or None; `again` has it typed twice, where a file is put under it.

    Raises:
        InvalidInput: it is empty, or two ways were given.
    """
    if password_file is not None and ask:
        raise InvalidInput(
            field="--password-file", problem="the password comes from two places", remedy="give one of them"
        )
    if ask:
        return Secret(click.prompt("Password", hide_input=True, confirmation_prompt=again, err=True))
    if password_file is None:
        return None
    try:
        with password_file.open(encoding="utf-8-sig") as file:
            text = file.readline(_LONGEST).rstrip("\r\n")
    except UnicodeDecodeError:
        raise InvalidInput(
            field="--password-file", problem="it is not UTF-8", remedy="save it as UTF-8"
        ) from None
    if not text:
        raise InvalidInput(
            field="--password-file", problem="its first line is empty", remedy="write the password there"
        )
    return Secret(text)
