"""How far long work has come, for who looks at a terminal: done of how many, for how long, and how long still."""

import sys
import time
from collections.abc import Callable
from typing import Final

import click

from seedfund.kernel.messages import translate

STEP: Final = 0.5
"""Seconds between two lines; the last is always told."""
LEAST: Final = 2.0
"""Seconds before an estimate is worth telling."""


def counter(language: str) -> Callable[[int, int], None] | None:
    """Counts on a terminal what has been carried out; silent where nobody looks."""
    if not sys.stderr.isatty():
        return None
    began = last = time.monotonic()

    def count(done: int, whole: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done == whole or now - last >= STEP:
            last = now
            line = told(done, whole, now - began, language=language)
            click.echo(f"\r{line:<60}", nl=done == whole, err=True)

    return count


def told(done: int, whole: int, seconds: float, *, language: str) -> str:
    """A line such as `120/400 · 0:12 · about 0:28 left`; the estimate is missing while it would be a guess."""
    line = f"{done}/{whole} · {_clock(seconds)}"
    if not 0 < done < whole or seconds < LEAST:
        return line
    rest = _clock(seconds * (whole - done) / done)
    return f"{line} · {translate('about {rest} left', language).format(rest=rest)}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
