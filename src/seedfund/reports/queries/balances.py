"""The rows of the trial balance, of budget against actual and of the fund summary: balances, never single transfers."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.queries import FundFacts, bank_accounts, instalments_of, lines_of, list_funds
from seedfund.grants.rules.figures import (
    AWARDED,
    BOUNCED,
    DELIVERED,
    LAPSED,
    LOWERED,
    RAISED,
    RELEASED,
    RETURNED,
    SIGNED,
)
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.rules.accounts import KINDS
from seedfund.ledger.tables import Account, Transfer
from seedfund.reports.books.budget_vs_actual import LineFigures
from seedfund.reports.books.fund_summary import FundSummary
from seedfund.reports.books.trial_balance import AccountTurnover
from seedfund.reports.effects import Leg
from seedfund.reports.queries.counters import Counted, counted, grants_with_advances
from seedfund.reports.queries.fund_events import balance_of, cash_of, held_on_grants, uncommitted_of
from seedfund.reports.queries.parties import Owner, owners
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import account_word, word
from seedfund.store.statements import Query

_ORDER: Final = tuple(KINDS)


def turnovers(scope: Scope, *, since: date) -> list[AccountTurnover]:
    """Every account that ever moved, its totals before `since`, of the period, and what is on hold at its end."""
    before = {one.leg.id: one.counters for one in counted(scope, as_of=since - timedelta(days=1))}
    names = _names(scope)
    found = owners(scope.reader, scope.work.programme.id)
    moved = [one for one in counted(scope) if any(one.counters)]
    moved.sort(
        key=lambda one: (
            scope.books[one.leg.book_id].code,
            KINDS[one.leg.kind].is_memo,
            _ORDER.index(one.leg.kind),
            one.leg.code,
        )
    )
    return [
        _turnover(
            scope,
            one,
            before[one.leg.id],
            about=_about(one.leg, found, names),
            owner=found.get(one.leg.grant_id) if one.leg.grant_id is not None else None,
        )
        for one in moved
    ]


def _about(leg: Leg, found: Mapping[Key, Owner], names: Mapping[Key | str | None, str]) -> str:
    """Whose an account is: the grant and its participant, the bank account, the donor; and the budget line."""
    line = names.get(leg.line_id, "")
    if leg.grant_id is not None and leg.grant_id in found:
        owner = found[leg.grant_id]
        return " · ".join((owner.grant, owner.participant, line))
    return names.get(leg.bank_account_id) or line or leg.holder


def _turnover(
    scope: Scope, one: Counted, before: Sequence[int], *, about: str, owner: Owner | None
) -> AccountTurnover:
    currency = scope.currency(one.leg.book_id)

    def money(minor: int) -> Money:
        return Money(minor, currency)

    debits, credits, held_debits, held_credits = one.counters
    return AccountTurnover(
        book=scope.books[one.leg.book_id].code,
        is_budget=KINDS[one.leg.kind].is_memo,
        control=word(one.leg.kind),
        account=one.leg.code,
        name=account_word(one.leg),
        about=about,
        is_of_grant=owner is not None,
        is_done=owner is not None and owner.state == "closed" and one.leg.kind in ("expense", "spent"),
        opening_debits=money(before[0]),
        opening_credits=money(before[1]),
        debits=money(debits - before[0]),
        credits=money(credits - before[1]),
        debits_on_hold=money(held_debits),
        credits_on_hold=money(held_credits),
    )


def _names(scope: Scope) -> dict[Key | str | None, str]:
    """What bank accounts and budget lines are called, by their keys."""
    programme = scope.work.programme.id
    names: dict[Key | str | None, str] = {
        bank.id: bank.name for bank in bank_accounts(scope.reader, programme)
    }
    for fund in list_funds(scope.reader, programme):
        names |= {line.id: line.name for line in lines_of(scope.reader, fund.id)}
    names.pop(None, None)
    return names


# What recipes moved -----------------------------------------------------------------------------------------------


def _moved() -> Any:
    """What recipes that touch the budget moved, net of reversals."""
    signed = sa.case(
        (col(Transfer.reverses_seq).is_(None), col(Transfer.amount)), else_=-col(Transfer.amount)
    )
    return (
        sa.select(col(Transfer.recipe), sa.cast(sa.func.sum(signed), sa.BigInteger))
        .where(
            col(Transfer.book_id) == sa.bindparam("book"),
            col(Transfer.seq) <= sa.bindparam("last"),
            col(Transfer.booking_date) <= sa.bindparam("as_of", type_=sa.Date),
            col(Transfer.memo_credit_id).is_not(None),
            col(Transfer.phase).in_(("post", "settle")),
        )
        .group_by(col(Transfer.recipe))
    )


_MOVED: Final = Query(lambda recipe, amount: (str(recipe), int(amount)), _moved)


def moved(scope: Scope, book_id: int) -> dict[str, int]:
    """What every recipe moved in a book up to the day, in minor units.

    It reads every row of the book once: no account keeps the sum of one kind of event.
    """
    return dict(scope.reader.all(_MOVED, book=book_id, last=scope.ends[book_id].seq, as_of=scope.as_of))


def _sum(found: Mapping[str, int], recipes: tuple[str, ...]) -> int:
    return sum(found.get(recipe, 0) for recipe in recipes)


# Budget against actual --------------------------------------------------------------------------------------------


def _allotments() -> Any:
    """Allotments alone: the accounts that hold budgets are few, and so are their rows."""
    signed = sa.case(
        (col(Transfer.reverses_seq).is_(None), col(Transfer.amount)), else_=-col(Transfer.amount)
    )
    holds = sa.or_(
        col(Account.id) == col(Transfer.memo_credit_id), col(Account.id) == col(Transfer.memo_debit_id)
    )
    return (
        sa.select(col(Account.line_id), sa.cast(sa.func.sum(signed), sa.BigInteger))
        .select_from(sa.join(Account, Transfer, holds))
        .where(
            col(Account.book_id) == sa.bindparam("book"),
            col(Account.kind) == "allotted",
            col(Transfer.recipe) == "budget.allotted",
            col(Transfer.seq) <= sa.bindparam("last"),
            col(Transfer.booking_date) <= sa.bindparam("as_of", type_=sa.Date),
        )
        .group_by(col(Account.line_id))
    )


_ALLOTMENTS: Final = Query(lambda line, amount: (Key(line), int(amount)), _allotments)


def line_figures(scope: Scope, fund: FundFacts, *, since: date) -> list[LineFigures]:
    """The lines of a fund with what became of each; the period begins on `since`."""
    approved = dict(
        scope.reader.all(_ALLOTMENTS, book=fund.book_id, last=scope.ends[fund.book_id].seq, as_of=scope.as_of)
    )
    now = [one for one in counted(scope) if one.leg.book_id == fund.book_id]
    before = counted(scope, as_of=since - timedelta(days=1))
    before = [one for one in before if one.leg.book_id == fund.book_id]
    rate = _rate(scope, fund)
    return [
        _line(
            line.code,
            line.name,
            [one for one in now if one.leg.line_id == line.id],
            [one for one in before if one.leg.line_id == line.id],
            approved=approved.get(line.id, 0),
            currency=fund.currency,
            rate=rate,
        )
        for line in lines_of(scope.reader, fund.id)
    ]


def _line(
    code: str,
    title: str,
    now: Sequence[Counted],
    before: Sequence[Counted],
    *,
    approved: int,
    currency: str,
    rate: str,
) -> LineFigures:
    def money(minor: int) -> Money:
        return Money(minor, currency)

    paid, justified, free_of_receipts = _spent(now)
    paid_before, justified_before, free_before = _spent(before)
    in_payment = held_on_grants(now)
    return LineFigures(
        line=code,
        title=title,
        approved=money(approved),
        revisions=money(balance_of(now, "allotted") - approved),
        awarded=money(balance_of(now, "awarded")),
        committed=money(balance_of(now, "committed") - in_payment),
        in_payment=money(in_payment),
        paid_in_period=money(paid - paid_before),
        paid=money(paid),
        open_advances=money(balance_of(now, "advances")),
        refund_due=money(balance_of(now, "claims")),
        justified_in_period=money(justified - justified_before),
        justified=money(justified),
        no_receipts_due=money(free_of_receipts),
        no_receipts_due_in_period=money(free_of_receipts - free_before),
        written_off=money(balance_of(now, "write_offs")),
        rate=rate,
    )


def _spent(found: Sequence[Counted]) -> tuple[int, int, int]:
    """Paid, justified, and delivered where no receipts are due; what is spent outside grants is justified when paid."""
    advanced = grants_with_advances(found)
    expense = [one for one in found if one.leg.kind == "expense"]
    justified = sum(
        one.balance
        for one in expense
        if one.leg.grant_id is None or (one.leg.grant_id, one.leg.line_id) in advanced
    )
    return balance_of(found, "spent"), justified, balance_of(expense, "expense") - justified


def _rate(scope: Scope, fund: FundFacts) -> str:
    """The last rate a donor's amount was exchanged at, with its source."""
    rated = [
        one
        for one in instalments_of(scope.reader, fund.id)
        if one.rate is not None and one.received_on <= scope.as_of
    ]
    return f"{rated[-1].donor_currency} {rated[-1].rate} ({rated[-1].rate_source})" if rated else ""


# The summary of funds ---------------------------------------------------------------------------------------------


def fund_summaries(scope: Scope) -> list[FundSummary]:
    """Where every fund of the scope stands, by code."""
    found = counted(scope)
    return [
        _summary(scope, fund, [one for one in found if one.leg.book_id == fund.book_id])
        for fund in list_funds(scope.reader, scope.work.programme.id)
        if fund.book_id in scope.books
    ]


def _summary(scope: Scope, fund: FundFacts, found: Sequence[Counted]) -> FundSummary:
    events = moved(scope, fund.book_id)
    spent = [one for one in found if one.leg.grant_id is not None]
    _, justified, free_of_receipts = _spent(spent)
    in_payment = held_on_grants(found)
    cash, held = cash_of(found), sum(one.held for one in found if one.leg.kind == "cash")
    promised = balance_of(found, "awarded") + balance_of(found, "committed") - in_payment

    def money(minor: int) -> Money:
        return Money(minor, fund.currency)

    return FundSummary(
        fund=fund.code,
        donor=fund.donor,
        received=money(balance_of(found, "contributions") - balance_of(found, "donor_returns")),
        budget=money(balance_of(found, "allotted")),
        awarded=money(_sum(events, AWARDED)),
        lapsed=money(_sum(events, LAPSED)),
        committed=money(_sum(events, SIGNED) + _sum(events, RAISED) - _sum(events, LOWERED)),
        released=money(_sum(events, RELEASED)),
        in_payment=money(in_payment),
        disbursed=money(_sum(events, DELIVERED) - _sum(events, BOUNCED)),
        justified=money(justified),
        no_receipts_due=money(free_of_receipts),
        returned=money(_sum(events, RETURNED)),
        refund_due=money(balance_of(spent, "claims")),
        open_advances=money(balance_of(spent, "advances")),
        written_off=money(balance_of(spent, "write_offs")),
        other_spending=money(balance_of([one for one in found if one.leg.grant_id is None], "expense")),
        cash=money(cash),
        free=money(uncommitted_of(found)),
        unreserved_cash=money(cash - held),
        unfunded_commitments=money(max(promised - (cash - held), 0)),
    )
