"""What a team must do this week, by kind and by day. Must not know queries, or how a deadline is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, code, day, text
from seedfund.reports.totals import row_of, section_of
from seedfund.reports.value import Carry, Column, Kind, Phrase, Report, Standing, Word


class Due(StrEnum):
    """What is due; the value is the title of its part."""

    TRANCHE_PAYABLE = "Tranches that can be paid now"
    RECEIPTS_OVERDUE = "Receipts overdue"
    RECEIPTS_DUE = "Receipts due this week"
    VISIT_DUE = "Visits due"
    AGREEMENT_TO_SIGN = "Agreements to sign"
    PAYMENT_TO_RESOLVE = "Payments on their way too long"
    PAYOUT_TO_ANSWER = "Results of providers to answer"
    SUSPENDED = "Suspended grants to decide about"
    REFUND_DUE = "Refunds due"
    PAYEE_TO_APPROVE = "Payees to approve"
    SAVINGS_TO_FOLLOW = "Savings to follow up"
    TRAINING_TO_FOLLOW = "Training to follow up"
    ACCOMPANIMENT_TO_FOLLOW = "Accompaniment to follow up"
    BANK_TO_FOLLOW = "Bank statements to reconcile"
    DUPLICATE_TO_DECIDE = "Duplicates to decide"


COLUMNS: Final[tuple[Column, ...]] = (
    day("due_on", "Due on"),
    Column("days_late", "Days late", Kind.INTEGER, carry=Carry.NONE),
    code("number", "Number", width=13),
    text("participant", "Participant", width=20),
    text("place", "Place", width=14),
    text("what", "What to do", width=26),
    text("who", "Who", width=14),
    amount("amount", "Amount"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One thing to do: until when, about which number and whom (a name or an alias), and who does it."""

    due: Due
    due_on: date
    number: str
    participant: str
    what: str | Word
    place: str = ""
    who: str | Word = ""
    amount: Money | None = None


def week(
    items: Iterable[DueItem], *, scope: str, standing: Standing, notes: tuple[Phrase, ...] = ()
) -> Report:
    """The week's work: every kind of thing in its own part, also when nothing is due, the most urgent first."""
    waiting = sorted(items, key=lambda item: (item.due_on, item.number))
    return Report(
        name="week",
        title=Phrase("The week"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=tuple(
            section_of(
                COLUMNS,
                [
                    row_of(COLUMNS, item, days_late=max((standing.as_of - item.due_on).days, 0))
                    for item in waiting
                    if item.due is due
                ],
                title=Phrase(due.value),
            )
            for due in Due
        ),
        notes=notes,
    )
