"""Every place where somebody went around the rule, on one page. Must not know queries, or the rules themselves.

Each kind has its own part, also when nothing happened: an empty part is a statement, a missing one is a gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, code, day, hash_code, text
from seedfund.reports.totals import rows_of, section_of
from seedfund.reports.value import Column, Phrase, Report, Standing, Word


class Irregularity(StrEnum):
    """What kind of exception; the value is the title of its part."""

    WAIVER = "Conditions waived"
    OVERRIDE = "Refusals overridden"
    IRREGULAR_FACT = "Irregular facts taken in"
    MANUAL_ENTRY = "Manual entries"
    SUSPENSE_ENTRY = "Entries in suspense"
    RELAXED_POLICY = "Relaxations of policy"
    WRITE_OFF = "Write-offs"
    DUPLICATE = "Duplicates decided"
    PAID_AGAIN = "Failed payments made again"
    LIFE_EVENT = "What happened to participants"
    STOPPED = "Grants suspended or ended early"
    ROUND_TRIP = "Payments mirrored by savings"
    REGISTER = "Registers to be looked at"
    ONE_MACHINE = "Chains kept on one machine"
    REFUSED = "Decisions that were refused"


COLUMNS: Final[tuple[Column, ...]] = (
    day("on", "Date"),
    code("number", "Number", width=13),
    text("what", "What happened", width=26),
    text("reason", "Reason", width=26),
    code("decided_by", "Decided by", width=11),
    code("recorded_by", "Recorded by", width=11, under="decided_by"),
    hash_code("evidence_hash", "Evidence hash"),
    text("state", "State", width=9),
    amount("amount", "Amount"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionEntry:
    """One exception: when, about which number, what and why, who decided and who wrote it down, open or closed."""

    kind: Irregularity
    on: date
    number: str
    what: str | Word
    reason: str | Word
    decided_by: str
    recorded_by: str
    state: Word
    evidence_hash: str = ""
    amount: Money | None = None


def exceptions(entries: Iterable[ExceptionEntry], *, scope: str, standing: Standing) -> Report:
    """The exceptions page: each kind in its own part, in the order of days."""
    found = sorted(entries, key=lambda entry: (entry.on, entry.number))
    return Report(
        name="exceptions",
        title=Phrase("Exceptions"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=tuple(
            section_of(
                COLUMNS,
                rows_of(COLUMNS, [entry for entry in found if entry.kind is kind]),
                title=Phrase(kind.value),
            )
            for kind in Irregularity
        ),
    )
