"""Runs a page of the docs as its reader would: files are saved, commands are given in order, answers are compared.

A fence `csv NAME` or `json NAME` is a file to save, `sh` is typed, and a `text` fence after it is what appears; a line
`…` in it stands for lines left out, and a command after `!` is one that is refused. A comment such as
`<!-- day: 2026-04-09 -->` is a day that has come.
"""

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from seedfund.cli.app import cli
from seedfund.kernel.clock import ManualClock, SystemClock

FENCE: Final = re.compile(r"^```(\w+)(?: ([\w.-]+))?\n(.*?)^```$", re.M | re.S)
DAY: Final = re.compile(r"^<!-- day: ([0-9-]{10}) -->$", re.M)
"""A day that has come when the reader reaches the line."""
MADE_ANEW: Final = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b")
"""What differs on every machine: keys and hashes."""
LEFT_OUT: Final = "…"
"""A line of an answer that stands for lines the page does not show."""
VARIABLE: Final = re.compile(r"^[A-Z][A-Z_]*=")
PAGE_DAY: Final = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""The day on which the pages' answers were printed."""


@dataclass(frozen=True)
class Block:
    """A fence of a page: its kind, the file it is to be saved as, and what it holds."""

    kind: str
    name: str
    text: str


def blocks(page: Path, section: str | None = None) -> Iterator[Block]:
    """The fences of a page, or of one section of it, and the days that come between them, in order.

    Raises:
        ValueError: the page has no section whose title begins so.
    """
    text = page.read_text(encoding="utf-8")
    if section is not None:
        text = text[text.index(f"\n## {section}") + 1 :].split("\n## ")[0]
    fences = [(found.start(), Block(found[1], found[2] or "", found[3])) for found in FENCE.finditer(text)]
    days = [(found.start(), Block("day", "", found[1])) for found in DAY.finditer(text)]
    for _, block in sorted((*fences, *days), key=lambda one: one[0]):
        yield block


@dataclass
class Reader:
    """Somebody who follows a page, on a day of the test's choosing."""

    monkeypatch: pytest.MonkeyPatch
    day: datetime = PAGE_DAY
    clock: ManualClock = field(init=False)
    known: dict[str, str] = field(default_factory=dict)
    _said: str = ""

    def __post_init__(self) -> None:
        """Set the clock of the command line, and forget what the shell of the test exports."""
        self.clock = ManualClock(self.day)
        self.monkeypatch.setattr(SystemClock, "now", lambda _: self.clock.now())
        for name in [name for name in os.environ if name.startswith("SEEDFUND_")]:
            self.monkeypatch.delenv(name)

    def follow(self, page: Path, section: str | None = None) -> int:
        """Do everything the page, or one section of it, says; returns how many commands were given.

        Raises:
            AssertionError: a command failed, or what appears is not what the page shows.
        """
        given = 0
        for block in blocks(page, section):
            if block.name:
                Path(block.name).write_text(block.text, encoding="utf-8")
            elif block.kind == "sh":
                given += self._type(block.text)
            elif block.kind == "text":
                self._compare(block.text)
            elif block.kind == "day":
                self.clock.set(datetime.fromisoformat(f"{block.text}T15:00:00+00:00"))
        return given

    def _type(self, text: str) -> int:
        self._said = ""
        lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
        for line in lines:
            self._give(line)
        return len(lines)

    def _give(self, line: str) -> None:
        for shown, real in self.known.items():
            line = line.replace(shown, real)
        words = shlex.split(line, comments=True)
        if words[:1] == ["export"]:
            for pair in words[1:]:
                name, _, value = pair.partition("=")
                self.monkeypatch.setenv(name, value)
            return
        variables = {}
        while words and VARIABLE.match(words[0]):
            name, _, value = words.pop(0).partition("=")
            variables[name] = value
        wanted = 0
        if words[:1] == ["!"]:
            words, wanted = words[1:], 1
        if words[:1] != ["seedfund"]:
            raise AssertionError(f"the page gives a command that is not ours: {line}")
        self.clock.advance(timedelta(seconds=30))
        result = CliRunner().invoke(cli, words[1:], env=variables)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        if result.exit_code != wanted:
            raise AssertionError(f"{line}\n{result.output}")
        self._said += _without_key(result.output) if wanted else result.stdout

    def _compare(self, shown: str) -> None:
        if LEFT_OUT in shown.splitlines():
            pieces = [_masked(piece) for piece in re.split(rf"^{LEFT_OUT}$", shown, flags=re.M)]
            is_same = re.fullmatch(".*".join(map(re.escape, pieces)), _masked(self._said), re.S) is not None
        else:
            is_same = _masked(self._said) == _masked(shown)
        if not is_same:
            raise AssertionError(f"the page shows:\n{shown}\nbut this appears:\n{self._said}")
        if LEFT_OUT not in shown.splitlines():
            self.known.update(zip(MADE_ANEW.findall(shown), MADE_ANEW.findall(self._said), strict=True))


def _without_key(said: str) -> str:
    """What a refusal says, without the key that was made for the command."""
    return "\n".join(line for line in said.splitlines() if not line.startswith("--key "))


def _masked(text: str) -> str:
    return MADE_ANEW.sub("0", "\n".join(line.rstrip() for line in text.strip().splitlines()))
