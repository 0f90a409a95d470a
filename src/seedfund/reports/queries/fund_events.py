"""The rows of the fund ledger and of the cash book: what was booked, entry by entry, streamed in booking order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.locked import line_of
from seedfund.ledger.rules.accounts import HOLDERS
from seedfund.reports.books.cash_book import CashMovement
from seedfund.reports.books.fund_ledger import FundEvent, FundFigures
from seedfund.reports.effects import Leg, fund_columns
from seedfund.reports.queries.cleared import Cleared, cleared_in
from seedfund.reports.queries.counters import (
    Counted,
    accounts_by_id,
    accounts_of,
    cash_accounts,
    counted,
)
from seedfund.reports.queries.hidden import HIDDEN, hidden_entries
from seedfund.reports.queries.parties import Owner, owners, payment_references
from seedfund.reports.queries.rows import LONG_AGO, Booked, rows_of_book, rows_of_money
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import account_word, word


@dataclass(slots=True)
class _Movement:
    """An entry's effect on one budget line of the fund."""

    row: Booked
    line: str
    columns: Counter[str] = field(default_factory=Counter)
    parties: dict[str, None] = field(default_factory=dict)


def fund_figures(scope: Scope, book_id: int, *, since: date | None, opened_on: date) -> FundFigures:
    """Where the fund stood before the first event shown, and what is held and promised on the day."""
    now = [one for one in counted(scope) if one.leg.book_id == book_id]
    before = [] if since is None else counted(scope, as_of=since - timedelta(days=1))
    before = [one for one in before if one.leg.book_id == book_id]
    currency = scope.currency(book_id)
    held = sum(one.held for one in now if one.leg.kind == "cash")
    promised = balance_of(now, "committed") - held_on_grants(now)
    return FundFigures(
        opening_on=since or opened_on,
        opening_cash=Money(cash_of(before), currency),
        opening_uncommitted=Money(uncommitted_of(before), currency),
        holds=Money(held, currency),
        open_commitments=Money(promised + balance_of(now, "awarded"), currency),
    )


def balance_of(found: Iterable[Counted], kind: str) -> int:
    """The balances of a kind, added up."""
    return sum(one.balance for one in found if one.leg.kind == kind)


def held_on_grants(found: Iterable[Counted]) -> int:
    """What payments in flight hold of what was promised."""
    return sum(one.held for one in found if one.leg.kind == "committed")


def cash_of(found: Sequence[Counted]) -> int:
    """Cash as the bank sees it: what is booked, less what facts took beyond it."""
    return balance_of(found, "cash") - balance_of(found, "shortfall")


def uncommitted_of(found: Sequence[Counted]) -> int:
    """What nobody is promised, less what facts took beyond it."""
    return balance_of(found, "available") - balance_of(found, "over")


def fund_events(scope: Scope, book_id: int, *, since: date | None) -> Iterator[FundEvent]:
    """Every event of a fund's book, a row per entry and budget line, in booking order."""
    accounts = accounts_of(scope.reader, [book_id])
    found = owners(scope.reader, scope.work.programme.id)
    currency = scope.currency(book_id)
    rows = rows_of_book(scope, book_id, since=since)
    hidden = hidden_entries(scope.work)
    for _, group in groupby(rows, key=lambda row: row.entry_id):
        for movement in _by_line(group, accounts, found):
            yield _fund_event(movement, currency, is_hidden=movement.row.number in hidden)


def _by_line(
    rows: Iterable[Booked], accounts: Mapping[int, Leg], found: Mapping[Key, Owner]
) -> list[_Movement]:
    """An entry's rows, gathered by budget line; its rows of money alone stand on no line."""
    movements: dict[str, _Movement] = {}
    for row in rows:
        legs = row.legs(accounts)
        line = next(
            (code for leg in (*legs.debits, *legs.credits) if (code := line_of(leg.kind, leg.code))), ""
        )
        movement = movements.setdefault(line, _Movement(row, line))
        movement.columns.update(fund_columns(legs))
        for leg in (*legs.debits, *legs.credits):
            if leg.kind not in ("cash", "shortfall") and (party := party_of(leg, found)):
                movement.parties[party] = None
    return list(movements.values())


def party_of(leg: Leg, found: Mapping[Key, Owner]) -> str:
    """Who stands on the other side, as a token: a participant's number, a donor's, tax's or fund's code."""
    if leg.grant_id is not None and leg.grant_id in found:
        return found[leg.grant_id].participant if leg.holder in ("", "participant") else leg.holder
    return "" if leg.line_id is not None else leg.holder


def _fund_event(movement: _Movement, currency: str, *, is_hidden: bool) -> FundEvent:
    row, parties = movement.row, list(movement.parties)
    amounts = {name: Money(minor, currency) for name, minor in movement.columns.items() if minor}
    return FundEvent(
        entry_number=row.number,
        booking_date=row.booking_date,
        value_date=row.value_date,
        event=word(row.event),
        voucher=row.subject,
        description=word(HIDDEN) if is_hidden and row.reason else row.reason,
        party=parties[0] if len(parties) == 1 else "",
        line=movement.line,
        **amounts,
    )


# The cash book ----------------------------------------------------------------------------------------------------


def cash_opening(scope: Scope, bank_account_id: Key, *, since: date | None) -> int:
    """The balance of a bank account over all funds before the first day shown, in minor units."""
    if since is None:
        return 0
    ours = [
        one
        for one in counted(scope, as_of=since - timedelta(days=1))
        if one.leg.bank_account_id == bank_account_id
    ]
    return cash_of(ours)


def cash_movements(
    scope: Scope, bank_account_id: Key, *, currency: str, since: date | None
) -> Iterator[CashMovement]:
    """What went in and out of a bank account over all funds, in booking order.

    Room made for a fact, and its cure, are no movements of the bank: they are left out, and the balance is what its
    statement says.
    """
    shares = {
        leg.id: leg for leg in cash_accounts(scope.reader, bank_account_id) if leg.book_id in scope.books
    }
    ours = {key for key, leg in shares.items() if leg.kind == "cash"}
    rows = [
        row
        for row in rows_of_money(scope, sorted(ours), since=since or LONG_AGO)
        if row.phase in ("post", "settle") and not row.recipe.startswith(("room.", "cure."))
    ]
    others = [found for row in rows for found in (row.debit_id, row.credit_id, row.memo_credit_id) if found]
    accounts = accounts_by_id(scope.reader, others) | shares
    found = owners(scope.reader, scope.work.programme.id)
    references = payment_references(scope.reader, scope.work.programme.id, [row.subject for row in rows])
    cleared = cleared_in(scope.reader, bank_account_id, until=scope.as_of)
    hidden = hidden_entries(scope.work)
    for row in rows:
        for is_in, own, other in (
            (True, row.debit_id, row.credit_id),
            (False, row.credit_id, row.debit_id),
        ):
            if own in ours and other is not None:
                contra, memo = accounts[other], accounts.get(row.memo_credit_id or 0)
                party, reference = references.get(row.entry_id, ("", ""))
                amount = Money(row.amount, currency)
                yield CashMovement(
                    entry_number=row.number,
                    booking_date=row.booking_date,
                    value_date=row.value_date,
                    event=word(row.event),
                    fund=scope.books[row.book_id].code,
                    contra=account_word(contra),
                    contra_about=_kept_for(contra, found),
                    voucher=row.subject,
                    description=word(HIDDEN) if row.reason and row.number in hidden else row.reason,
                    party=party or party_of(contra, found),
                    reference=reference,
                    line=line_of(memo.kind, memo.code) if memo is not None else "",
                    amount_in=amount if is_in else None,
                    amount_out=None if is_in else amount,
                    **_cleared(cleared.get(row.entry_id)),
                )


def _cleared(found: Cleared | None) -> dict[str, Any]:
    """The last day on which the bank showed it, and the first of its lines."""
    return {} if found is None else {"cleared_on": found.on, "statement_line": found.lines[0]}


def _kept_for(leg: Leg, found: Mapping[Key, Owner]) -> str:
    """The number of the grant an account is kept for, else the code of the donor, the fund or the bank account."""
    if leg.grant_id is not None and leg.grant_id in found:
        return found[leg.grant_id].grant
    return "" if leg.holder in HOLDERS else leg.holder
