"""The form on which UN agencies are told what became of an authorisation, line by line. Must not know queries.

D = A - C: what is left of an authorisation is what the agency has not accepted, whatever was spent (domain: FACE-like
form). It is worked out on every line, also where nothing is authorised or accepted yet. A is the present budget less
what was accepted before the period, so that D at the end of a period is A at the beginning of the next. E, F and G are
left to be filled in: what is asked for next, what the agency authorises, and G = D + F.
"""

from collections.abc import Iterable
from typing import Final

from seedfund.kernel.money import Money, zero
from seedfund.reports.books.budget_vs_actual import LineFigures
from seedfund.reports.books.columns import amount, code, text
from seedfund.reports.totals import totals_of
from seedfund.reports.value import Column, Kind, NotKnown, Phrase, Report, Row, Section, Standing

TITLE: Final = "Funding authorisation and certificate of expenditure (FACE)"
TO_FILL_IN: Final = NotKnown("to be filled in")
COLUMNS: Final[tuple[Column, ...]] = (
    code("line", "Budget line", width=10),
    text("title", "Title", width=24),
    amount("authorised", "A Authorised amount"),
    amount("spent", "B Actual expenditure"),
    amount("accepted", "C Expenditure accepted"),
    amount("balance", "D Balance (A - C)"),
    Column("requested", "E New request", Kind.MONEY),
    Column("new_authorised", "F New authorisation", Kind.MONEY),
    Column("outstanding", "G Outstanding (D + F)", Kind.MONEY),
)
NOTES: Final = (
    Phrase("D = A - C. What was spent and is not accepted yet (B - C) stays in D."),
    Phrase(
        "C is what our review accepted, and what was delivered where no receipts are due; the agency may accept less."
    ),
    Phrase("Certified: the request follows the plan and its budget. Name, title, date: ____________________"),
    Phrase(
        "Certified: the expenditure was made as the plan says, and its papers are kept."
        " Name, title, date: ____________________"
    ),
)


def face_form(lines: Iterable[LineFigures], *, scope: str, standing: Standing) -> Report:
    """The form of one fund for a period, a row a budget line."""
    rows = tuple(_row(line) for line in lines)
    return Report(
        name="face_form",
        title=Phrase(TITLE),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=(Section(rows),),
        totals=totals_of(COLUMNS, rows),
        notes=NOTES,
    )


def _row(line: LineFigures) -> Row:
    nothing = zero(line.approved.currency)
    accepted = line.justified_in_period + (line.no_receipts_due_in_period or nothing)
    accepted_before = line.justified + (line.no_receipts_due or nothing) - accepted
    authorised: Money = line.approved + line.revisions - accepted_before
    return (
        line.line,
        line.title,
        authorised,
        line.paid_in_period,
        accepted,
        authorised - accepted,
        *(TO_FILL_IN for _ in range(3)),
    )
