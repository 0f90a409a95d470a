"""The mark of what was brought forward: every report in which such a figure stands says so, and how much of it.

Running grants and funds are entered as earlier books tell them; nothing of it was verified here. The mark is made from
the rows of the books themselves, so that no figure can be entered without it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from seedfund.funds.queries import bank_account
from seedfund.grants.queries.history import told_by_others
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.reports.queries.brought import (
    Approved,
    approved_elsewhere,
    numbers_brought,
    opening_rows,
    paid_into,
)
from seedfund.reports.queries.parties import owners_of
from seedfund.reports.queries.rows import Booked
from seedfund.reports.queries.scope import Scope, open_scope
from seedfund.reports.value import Phrase, Report, phrase
from seedfund.store.work import Work

OF_GRANTS: Final = (
    "Brought forward, not verified here: {paid} paid of {grants} grants up to {day}, {accounted} of it accounted for, "
    "{returned} returned."
)
OF_APPROVALS: Final = (
    "Brought forward, not verified here: {approved} approved for {grants} grants up to {day}."
)
OF_FUNDS: Final = (
    "Brought forward, not verified here: {given} received up to {day}, {held} in hand, "
    "{spent} spent outside grants."
)
OF_CASH: Final = "Brought forward, not verified here: {held} in hand on {day}."
OF_ONE: Final = "Brought forward, not verified here: {grant} was {outside} in the earlier books."
SHARED: Final = "Brought forward, not verified here: some of these figures."
"""Where small counts are not told, neither how much nor of how many grants is."""
NAMED: Final = "Brought forward, not verified here: {grants}."
_FIGURE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "opening.contributions": "given",
        "opening.income": "given",
        "opening.cash": "held",
        "opening.spending": "spent",
        "opening.disbursed.advances": "paid",
        "opening.disbursed.expense": "paid",
        "opening.returned.committed": "returned",
        "opening.returned.available": "returned",
    }
)
"""What an opening row says, by its recipe; what was paid and accounted for is told twice."""
_ACCOUNTED: Final = "opening.disbursed.expense"


@dataclass(frozen=True, slots=True)
class _About:
    """What a report was asked about: the number of a grant or person, the code of an account."""

    number: str
    account: str


def marked(
    work: Work, report: Report, *, number: str = "", account: str = "", is_shared: bool = False
) -> Report:
    """The report with the marks that its figures need; `number` and `account` are what it was asked about.

    One that is shared tells no counts of grants.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the actor is none of the programme's.
    """
    mark = _MARKS.get(report.name)
    if mark is None:
        return report
    notes = mark(_scope_of(work, report), report, _About(number, account))
    if not notes:
        return report
    notes = shared(notes) if is_shared else notes
    standing = replace(report.standing, is_brought_forward=True)
    return replace(report, notes=(*report.notes, *notes), standing=standing)


def marked_objects(work: Work, found: list[dict[str, Any]], *, as_of: date | None) -> list[dict[str, Any]]:
    """Plain objects of figures, each with the mark where the books hold something that was brought forward."""
    if not book_marks(open_scope(work, as_of=as_of)):
        return found
    return [{**one, "brought_forward_unverified": True} for one in found]


def _scope_of(work: Work, report: Report) -> Scope:
    """The scope the report was made in: its books, its day, and what was known."""
    told = report.standing
    scope = open_scope(work, as_of=told.as_of, as_known=told.known_at)
    if not told.funds:
        return scope
    return of_books(scope, [key for key, book in scope.books.items() if book.code in told.funds])


def of_books(scope: Scope, book_ids: Sequence[int]) -> Scope:
    """A scope without the other books."""
    return replace(
        scope,
        books={key: scope.books[key] for key in book_ids},
        ends={key: scope.ends[key] for key in book_ids},
        is_whole=False,
    )


def book_marks(scope: Scope) -> tuple[Phrase, ...]:
    """The marks of everything in the books of a scope: of grants, of what was approved of them, of funds."""
    rows = opening_rows(scope)
    return (*_of_grants(scope, rows), *_of_approvals(approved_elsewhere(scope)), *_of_funds(scope, rows))


def shared(notes: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The same marks without how much and of how many, for who may not be told small counts."""
    return (Phrase(SHARED),) if notes else ()


def grant_marks(scope: Scope, grants: Mapping[str, Key]) -> tuple[Phrase, ...]:
    """The marks of some grants, by number: which number each had outside, and what was paid of them."""
    outside = told_by_others(scope.reader, list(grants.values()))
    named = tuple(
        phrase(OF_ONE, grant=number, outside=outside[key]) for number, key in grants.items() if key in outside
    )
    rows = [row for row in opening_rows(scope) if row.subject in grants]
    return (*named, *_of_grants(scope, rows))


def _whole(scope: Scope, report: Report, about: _About) -> tuple[Phrase, ...]:
    return book_marks(scope)


def _of_owner(scope: Scope, report: Report, about: _About) -> tuple[Phrase, ...]:
    owners = owners_of(scope.reader, scope.work.programme.id, about.number)
    return grant_marks(scope, {owner.grant: owner.grant_id for owner in owners})


def _of_account(scope: Scope, report: Report, about: _About) -> tuple[Phrase, ...]:
    """Of an account only what it held itself."""
    bank = bank_account(scope.reader, scope.work.programme.id, about.account)
    mine = paid_into(scope, bank.id)
    rows = [row for row in opening_rows(scope) if row.debit_id in mine or row.credit_id in mine]
    return tuple(
        phrase(OF_CASH, held=Money(sums["held"], currency), day=_last_day(rows))
        for currency, sums in sorted(_sums(scope, rows).items())
        if sums["held"]
    )


def _of_counted(scope: Scope, report: Report, about: _About) -> tuple[Phrase, ...]:
    """Behind a figure, the rows it stands on that were brought forward, as far as they may be seen."""
    shown = {row[0] for row in report.rows if isinstance(row[0], str)}
    named = {number for one in numbers_brought(scope) for number in one if number in shown}
    own = (phrase(NAMED, grants=", ".join(sorted(named))),) if named else ()
    return (*own, *book_marks(scope))


_MARKS: Final[Mapping[str, Callable[[Scope, Report, _About], tuple[Phrase, ...]]]] = MappingProxyType(
    {
        "fund_summary": _whole,
        "fund_ledger": _whole,
        "trial_balance": _whole,
        "budget_vs_actual": _whole,
        "face_form": _whole,
        "open_advances_ageing": _whole,
        "indicators": _whole,
        "indicator_rows": _of_counted,
        "participant_grant_ledger": _of_owner,
        "cash_book": _of_account,
        "reconciliation": _of_account,
    }
)
"""The reports with figures; the week tells what is due, and the exceptions list each act of bringing forward."""


def _sums(scope: Scope, rows: Iterable[Booked]) -> dict[str, Counter[str]]:
    """What the rows say by currency and figure; what was reversed takes itself away."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        amount = -row.amount if row.reverses_seq is not None else row.amount
        sums = found[scope.currency(row.book_id)]
        sums[_FIGURE[row.recipe]] += amount
        if row.recipe == _ACCOUNTED:
            sums["accounted"] += amount
    return found


def _last_day(rows: Sequence[Booked]) -> date:
    return max(row.value_date for row in rows)


def _of_grants(scope: Scope, rows: Sequence[Booked]) -> tuple[Phrase, ...]:
    mine = [row for row in rows if _FIGURE[row.recipe] in ("paid", "returned")]
    grants: dict[str, Counter[str]] = defaultdict(Counter)
    for row in mine:
        if _FIGURE[row.recipe] == "paid":
            amount = -row.amount if row.reverses_seq is not None else row.amount
            grants[scope.currency(row.book_id)][row.subject] += amount
    return tuple(
        phrase(
            OF_GRANTS,
            paid=Money(sums["paid"], currency),
            grants=sum(1 for amount in grants[currency].values() if amount),
            day=_last_day(mine),
            accounted=Money(sums["accounted"], currency),
            returned=Money(sums["returned"], currency),
        )
        for currency, sums in sorted(_sums(scope, mine).items())
        if sums["paid"]
    )


def _of_approvals(found: Sequence[Approved]) -> tuple[Phrase, ...]:
    return tuple(
        phrase(
            OF_APPROVALS,
            approved=Money(one.amount_minor, one.currency),
            grants=one.grants,
            day=one.cut_off,
        )
        for one in found
    )


def _of_funds(scope: Scope, rows: Sequence[Booked]) -> tuple[Phrase, ...]:
    mine = [row for row in rows if _FIGURE[row.recipe] in ("given", "held", "spent")]
    return tuple(
        phrase(
            OF_FUNDS,
            given=Money(sums["given"], currency),
            day=_last_day(mine),
            held=Money(sums["held"], currency),
            spent=Money(sums["spent"], currency),
        )
        for currency, sums in sorted(_sums(scope, mine).items())
        if any(sums.values())
    )
