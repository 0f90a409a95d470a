"""Closing a month: announced by one hand, closed by another, counters frozen and hashed, never reopened.

Closing holds the heads of all books, so that no entry of the month can come between the count and the close.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.dates import DateRange, Month, parse_month
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.queries import closing, locked
from seedfund.ledger.queries.closing import MonthFrame, NamedAccount
from seedfund.ledger.queries.locked import BookEnd, BookFrame
from seedfund.ledger.rules import refusals as no
from seedfund.ledger.rules.accounts import CREDIT, KINDS
from seedfund.ledger.rules.periods import CLOSED, CLOSING, HOLD_DAYS_MAX, OPEN, Four, freeze_hash
from seedfund.ledger.tables import Period, PeriodBalance, PeriodBook
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

NOTHING: Final[Four] = (0, 0, 0, 0)
_CLOSE: Final = Write(
    lambda: (
        sa.update(Period)
        .where(
            col(Period.programme_id) == sa.bindparam("programme"),
            col(Period.month) == sa.bindparam("this_month"),
        )
        .values(
            state=CLOSED,
            closed_at=sa.bindparam("now"),
            closed_by=sa.bindparam("actor"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class BeginClosingPeriod(Command):
    """A month that is over, `2026-11`: from now on only finance enters facts in it."""

    month: str


@dataclass(frozen=True, kw_only=True)
class ClosePeriod(Command):
    """A month to close.

    `reconciled` names each cash account compared with its statement or count, as `BOOK/cash:BANK`; `explained` gives
    the reason for each shortfall or overrun (`BOOK/over:A1`) and each payment long in flight (`BOOK/123`, its row).
    """

    month: str
    reconciled: tuple[str, ...] = ()
    explained: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PeriodChanged:
    """A month and what it is now."""

    month: str
    state: str


@verb("ledger.begin_closing_period", roles=(Role.FINANCE_OFFICER, Role.RECONCILER, Role.DIRECTOR))
def begin_closing_period(unit: Unit, command: BeginClosingPeriod) -> PeriodChanged:
    """Begin to close a month: decisions go to the next one, and only finance still enters facts.

    Raises:
        Refused: `month_not_over`, `month_state`, `earlier_month_open`.
    """
    month = parse_month(command.month)
    months = {frame.month: frame for frame in unit.all(closing.MONTHS, programme=unit.programme.id)}
    state = _state_of(month, months)
    refusals = []
    if month.next.range.start > unit.work.today():
        refusals.append(no.MONTH_NOT_OVER(month=month, first=month.next.range.start))
    if state != OPEN:
        refusals.append(no.MONTH_STATE(month=month, state=state, wanted=OPEN))
    refusals += _earlier(unit, month, months)
    refuse(refusals)
    unit.insert(
        Period,
        programme_id=unit.programme.id,
        month=str(month),
        state=CLOSING,
        closing_at=unit.now,
        closing_by=unit.actor.id,
        closed_at=None,
        closed_by=None,
    )
    unit.changed("sf_period", str(month), {"state": OPEN}, {"state": CLOSING})
    return PeriodChanged(str(month), CLOSING)


@verb("ledger.close_period", roles=(Role.FINANCE_APPROVER, Role.RECONCILER, Role.DIRECTOR))
def close_period(unit: Unit, command: ClosePeriod) -> PeriodChanged:
    """Close a month as the second person: nothing is booked in it any more, its figures are frozen and hashed.

    Raises:
        Refused: `month_state`, `closed_by_other_hand`, `opening_not_zero`, `cash_not_reconciled`, `room_unexplained`,
            `hold_unexplained`.
    """
    month = parse_month(command.month)
    months = {frame.month: frame for frame in unit.all(closing.MONTHS, programme=unit.programme.id)}
    frame = months.get(str(month))
    refuse(_state_refusals(unit, month, frame))
    books = unit.all(locked.BOOKS, programme=unit.programme.id)
    ends = {end.book_id: end for end in unit.among(locked.LOCKED_HEADS, "books", [book.id for book in books])}
    counts = [_count(unit, book, ends[book.id], month) for book in books]
    refuse(refusal for count in counts for refusal in _open_questions(unit, count, command))
    for count in counts:
        _freeze(unit, count)
    unit.execute(
        _CLOSE,
        programme=unit.programme.id,
        this_month=str(month),
        now=unit.now,
        actor=unit.actor.id,
    )
    unit.changed(
        "sf_period",
        str(month),
        {"state": CLOSING},
        {"state": CLOSED, "hashes": {count.book.code: count.hash for count in counts}},
    )
    return PeriodChanged(str(month), CLOSED)


def _state_of(month: Month, months: Mapping[str, MonthFrame]) -> str:
    """A month's state; what lies before a month that is closing or closed closes, and is frozen, with it."""
    later = {frame.state for text, frame in months.items() if parse_month(text) >= month}
    return next((state for state in (CLOSED, CLOSING) if state in later), OPEN)


def _earlier(unit: Unit, month: Month, months: Mapping[str, MonthFrame]) -> list[Refusal]:
    """The first earlier month that is being closed, or has entries and is not closed."""
    begun = [parse_month(text) for text, frame in months.items() if frame.state == CLOSING]
    if begun and min(begun) < month:
        return [no.EARLIER_MONTH_OPEN(month=min(begun))]
    closed = [parse_month(text) for text, frame in months.items() if frame.state == CLOSED]
    after = max(closed).range.last_day if closed else date.min
    first = unit.first(closing.EARLIEST, programme=unit.programme.id, after=after)
    if first is None or Month(first.year, first.month) >= month:
        return []
    return [no.EARLIER_MONTH_OPEN(month=Month(first.year, first.month))]


def _state_refusals(unit: Unit, month: Month, frame: MonthFrame | None) -> list[Refusal]:
    state = frame.state if frame is not None else OPEN
    if frame is None or state != CLOSING:
        return [no.MONTH_STATE(month=month, state=state, wanted=CLOSING)]
    if frame.closing_by == unit.actor.id:
        return [no.CLOSED_BY_OTHER_HAND(month=month)]
    return []


# Counting ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Count:
    """A book's accounts in order of code with their counters at the end of the month."""

    book: BookFrame
    month: Month
    end: BookEnd
    next_seq: int
    accounts: Sequence[NamedAccount]
    counters: Mapping[int, Four]

    @property
    def hash(self) -> str:
        """The hash of what is frozen."""
        frozen = ((account.code, self.at(account)) for account in self.accounts)
        head = (self.end.seq, self.end.hash)
        return freeze_hash(self.book.code, str(self.month), head=head, next_seq=self.next_seq, frozen=frozen)

    def at(self, account: NamedAccount) -> Four:
        """An account's counters."""
        return self.counters.get(account.id, NOTHING)

    def balance(self, account: NamedAccount) -> int:
        """An account's balance on its own side."""
        debits, credits, _, _ = self.at(account)
        return credits - debits if KINDS[account.kind].floor == CREDIT else debits - credits

    def amount(self, account: NamedAccount) -> Money:
        """The balance in the book's currency."""
        return Money(self.balance(account), self.book.currency)


def _count(unit: Unit, book: BookFrame, end: BookEnd, month: Month) -> _Count:
    """The frozen counters of the last close and the rows since, up to the end of the month."""
    last = unit.first(closing.LAST_CLOSE, programme=unit.programme.id, book=book.id)
    counters: dict[int, list[int]] = {}
    first, after = 1, date.min
    if last is not None:
        first, after = last.next_seq, parse_month(last.month).range.last_day
        frozen = unit.all(closing.FROZEN, programme=unit.programme.id, month=last.month, book=book.id)
        counters = {account: list(four) for account, four in frozen}
    until = month.range.last_day
    for moved in unit.all(closing.MOVED, book=book.id, first=first, after=after, until=until):
        four = counters.setdefault(moved.account_id, list(NOTHING))
        four[moved.side] += moved.posted
        four[2 + moved.side] += moved.pending
    later = unit.first(closing.FIRST_LATER, book=book.id, first=first, until=until)
    accounts = sorted(unit.all(closing.ACCOUNTS_OF_BOOK, book=book.id), key=lambda account: account.code)
    return _Count(
        book,
        month,
        end,
        end.seq + 1 if later is None else later,
        accounts,
        {account: (four[0], four[1], four[2], four[3]) for account, four in counters.items()},
    )


def _open_questions(unit: Unit, count: _Count, command: ClosePeriod) -> list[Refusal]:
    """What has to be zero, reconciled or explained before the month is closed."""
    found = []
    code, month = count.book.code, count.month
    for account in count.accounts:
        which = f"{code}/{account.code}"
        if account.kind == "opening" and count.balance(account):
            found.append(no.OPENING_NOT_ZERO(book=code, amount=count.amount(account)))
        if account.kind == "cash" and any(count.at(account)) and which not in command.reconciled:
            found.append(no.CASH_NOT_RECONCILED(account=which, month=month))
        is_explained = bool(command.explained.get(which, "").strip())
        if account.kind in ("shortfall", "over") and count.balance(account) and not is_explained:
            found.append(no.ROOM_UNEXPLAINED(account=which, amount=count.amount(account)))
    return [*found, *_long_in_flight(unit, count, command)]


def _long_in_flight(unit: Unit, count: _Count, command: ClosePeriod) -> list[Refusal]:
    days: DateRange = count.month.range
    longest = days.end - timedelta(days=HOLD_DAYS_MAX)
    return [
        no.HOLD_UNEXPLAINED(seq=held.seq, book=count.book.code, since=held.since)
        for held in unit.all(closing.IN_FLIGHT, book=count.book.id)
        if held.since < longest and not command.explained.get(f"{count.book.code}/{held.seq}", "").strip()
    ]


def _freeze(unit: Unit, count: _Count) -> None:
    programme, month = unit.programme.id, str(count.month)
    rows = []
    for account in count.accounts:
        debits, credits, debits_held, credits_held = count.at(account)
        rows.append(
            {
                "programme_id": programme,
                "month": month,
                "account_id": account.id,
                "debits_posted": debits,
                "credits_posted": credits,
                "debits_pending": debits_held,
                "credits_pending": credits_held,
            }
        )
    unit.insert_many(PeriodBalance, rows)
    unit.insert(
        PeriodBook,
        programme_id=programme,
        month=month,
        book_id=count.book.id,
        head_seq=count.end.seq,
        head_hash=count.end.hash,
        next_seq=count.next_seq,
        hash=count.hash,
    )
