"""Where findings are gathered while a database is verified, and what a verification hands out in the end."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from seedfund.assurance.rules.findings import (
    FILE_DAMAGED,
    KINDS,
    ROW_UNREADABLE,
    Finding,
    FindingKind,
    Severity,
)
from seedfund.assurance.rules.papers import KINDS as PAPER_KINDS
from seedfund.assurance.scan import Unreadable

SHOWN_MAX: Final = 50
"""How many findings of one kind are kept; the others are only counted."""


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a chain ends: its programme, its name (`audit`, or a book's code), the seq and hash of its last row."""

    programme: str
    chain: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Verification:
    """What was found: findings in the order of the checks, how many of each kind, rows read by check, chain heads."""

    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    rows: Mapping[str, int]
    heads: tuple[ChainHead, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that say that something is not what was written."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong; warnings and notes may still be there."""
        return not self.errors

    @property
    def first(self) -> Finding | None:
        """The first row that is wrong, in the order of the checks; None when nothing is.

        What SQLite says of its file names no row by number: it is only first where nothing else is found.
        """
        rows = (one for one in self.errors if one.kind is not FILE_DAMAGED)
        return next(rows, next(iter(self.errors), None))

    @property
    def errors_count(self) -> int:
        """How many errors were found, those not kept included."""
        graves = {kind.code for kind in (*KINDS, *PAPER_KINDS) if kind.severity is Severity.ERROR}
        return sum(count for code, count in self.counts.items() if code in graves)


@dataclass
class Report:
    """Gathers findings; `progress` is told each check's name and how many rows it has read."""

    progress: Callable[[str, int], None] | None = None
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)

    def found(self, kind: FindingKind, table: str, which: object, **facts: object) -> None:
        """Note a finding."""
        self.counts[kind.code] += 1
        if self.counts[kind.code] <= SHOWN_MAX:
            shown = {name: printable(value) for name, value in facts.items()}
            self.findings.append(Finding(kind, table, printable(which), shown))

    def unreadable(self, table: str, row: Unreadable) -> None:
        """Note a row that cannot be read."""
        self.found(ROW_UNREADABLE, table, row.which)

    def read(self, check: str, rows: int = 1) -> None:
        """Note that rows were read."""
        before = self.rows[check]
        self.rows[check] = before + rows
        if self.progress is not None and before // 10_000 != self.rows[check] // 10_000:
            self.progress(check, self.rows[check])

    def done(self) -> Verification:
        """What was found."""
        return Verification(tuple(self.findings), dict(self.counts), dict(self.rows), ())


def printable(value: object) -> str:
    """A value as it can be written on any terminal, also when it was read from damaged bytes."""
    return str(value).encode("utf-8", "backslashreplace").decode("utf-8")[:200]
