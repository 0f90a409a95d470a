"""How far long work is and how long it will take, on a terminal; silent where nobody looks."""

import sys
from collections.abc import Callable
from time import monotonic
from typing import Final

import click

from seedfund.kernel.messages import translate

_EVERY: Final = 0.2
"""Seconds between two lines: writing them must cost nothing beside the work."""
_MINUTE: Final = 60


def counter(language: str) -> Callable[[int, int], None] | None:
    """What is told after each step how many are done, of how many; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        return None
    started = told = monotonic()

    def count(done: int, whole: int) -> None:
        nonlocal told
        now = monotonic()
        if done < whole and now - told < _EVERY:
            return
        told = now
        line = f"{done}/{whole} {remaining(now - started, done, whole, language=language)}"
        click.echo(f"\r{line:<48}", nl=done == whole, err=True)

    return count


def remaining(seconds: float, done: int, whole: int, *, language: str) -> str:
    """How long the rest will take, going by what is done: whole minutes, or seconds below two; nothing at the end."""
    if not done or done >= whole:
        return ""
    left = round(seconds * (whole - done) / done)
    if left < 2 * _MINUTE:
        return translate("about {count} s to go", language).format(count=max(left, 1))
    return translate("about {count} min to go", language).format(count=-(-left // _MINUTE))
