"""Ledgers and books: what became of the money of a grant, a fund, an account. Nothing here writes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from seedfund.funds.queries import bank_account, fund_facts, list_funds
from seedfund.funds.rules.words import Basis
from seedfund.grants.queries.grants import parts_of
from seedfund.kernel.errors import NotFound
from seedfund.kernel.money import Money
from seedfund.people.queries import names_of
from seedfund.reports.asked import NOW, Asked, scope_of
from seedfund.reports.books import budget_vs_actual as budget_book
from seedfund.reports.books import cash_book as cash
from seedfund.reports.books import face_form as face_book
from seedfund.reports.books import fund_ledger as fund_book
from seedfund.reports.books import fund_summary as summary_book
from seedfund.reports.books import open_advances_ageing as ageing_book
from seedfund.reports.books import participant_grant_ledger as participant_book
from seedfund.reports.books import trial_balance as trial_book
from seedfund.reports.queries.advances import open_advances
from seedfund.reports.queries.balances import fund_summaries, line_figures, turnovers
from seedfund.reports.queries.fund_events import cash_movements, cash_opening, fund_events, fund_figures
from seedfund.reports.queries.grant_events import grant_events
from seedfund.reports.queries.parties import Owner, owners_of
from seedfund.reports.queries.scope import Scope
from seedfund.reports.value import Report
from seedfund.store.work import Work

BASES: Final[Mapping[Basis, str]] = MappingProxyType(
    {
        Basis.EXPENSE_ON_PAYMENT: "cash basis with commitments; the donor counts what is paid",
        Basis.WHEN_JUSTIFIED: "cash basis with commitments; the donor counts what is justified",
    }
)
"""What a donor counts as spent, as a budget report says it; both columns stand in it."""


def participant_ledger(work: Work, number: str, *, asked: Asked = NOW) -> Report:
    """The ledger of a grant, or of all grants of a participant or household, part by part.

    Raises:
        NotFound: nobody has a grant by that number.
        NotAllowed: the actor is none of the programme's.
    """
    found = _told_by(work, number)
    if not found:
        raise NotFound(what="grant, participant or household with a grant", which=number)
    parts = parts_of(work.reader(), [owner.grant_id for owner in found])
    books = [part.book_id for rows in parts.values() for part in rows]
    scope = scope_of(work, asked, book_ids=books)
    names = names_of(work, [owner.participant_id for owner in found])
    people = {owner.participant: names[owner.participant_id].printed.reveal() for owner in found}
    said = [number if name == number else f"{number} {name}" for number, name in people.items()]
    numbers = [owner.grant for owner in found]
    return participant_book.participant_grant_ledger(
        grant_events(scope, found), scope=" · ".join((*said, *numbers)), standing=scope.standing
    )


def _told_by(work: Work, number: str) -> list[Owner]:
    """The grants of a number; those of a restricted person are not told by their household."""
    found = owners_of(work.reader(), work.programme.id, number)
    names = names_of(work, [owner.participant_id for owner in found])
    home = number.strip().upper()
    return [one for one in found if one.household != home or not names[one.participant_id].is_hidden]


def fund_ledger(work: Work, fund: str, *, asked: Asked = NOW) -> Report:
    """The ledger of a fund, event by event, with its cash and what is free.

    Raises:
        NotFound: there is no such fund.
    """
    facts = fund_facts(work.reader(), work.programme.id, fund)
    scope = scope_of(work, asked, book_ids=[facts.book_id])
    figures = fund_figures(scope, facts.book_id, since=asked.since, opened_on=facts.starts)
    return fund_book.fund_ledger(
        fund_events(scope, facts.book_id, since=asked.since),
        figures=figures,
        scope=f"{facts.code} · {facts.name}",
        standing=replace(scope.standing, since=asked.since),
    )


def cash_book(work: Work, account: str, *, asked: Asked = NOW) -> Report:
    """The book of a bank account, cash box or float, over all funds.

    Raises:
        NotFound: there is no such account.
    """
    bank = bank_account(work.reader(), work.programme.id, account)
    scope = scope_of(work, asked)
    opening = cash_opening(scope, bank.id, since=asked.since)
    return cash.cash_book(
        cash_movements(scope, bank.id, currency=bank.currency, since=asked.since),
        opening=Money(opening, bank.currency),
        opening_on=asked.since or _first_day(work, scope),
        scope=f"{bank.code} · {bank.name}",
        standing=replace(scope.standing, since=asked.since),
    )


def trial_balance(work: Work, *, asked: Asked = NOW) -> Report:
    """The trial balance of all funds, or of one.

    Raises:
        NotFound: there is no such fund.
    """
    scope, said = _of_funds(work, asked)
    since = asked.since or scope.as_of.replace(day=1)
    standing = replace(scope.standing, since=since)
    return trial_book.trial_balance(turnovers(scope, since=since), scope=said, standing=standing)


def budget_vs_actual(work: Work, fund: str, *, asked: Asked = NOW) -> Report:
    """Every line of a fund: its budget, what was promised and paid of it, and both bases.

    Raises:
        NotFound: there is no such fund.
    """
    facts = fund_facts(work.reader(), work.programme.id, fund)
    scope = scope_of(work, asked, book_ids=[facts.book_id])
    since = asked.since or scope.as_of.replace(day=1)
    return budget_book.budget_vs_actual(
        line_figures(scope, facts, since=since),
        scope=f"{facts.code} · {facts.name}",
        standing=replace(scope.standing, basis=BASES[facts.basis], since=since),
    )


def face_form(work: Work, fund: str, *, asked: Asked = NOW) -> Report:
    """What became of a fund's authorisation in a period, from the fund's first day where none is given.

    Raises:
        NotFound: there is no such fund.
    """
    facts = fund_facts(work.reader(), work.programme.id, fund)
    scope = scope_of(work, asked, book_ids=[facts.book_id])
    since = asked.since or facts.starts
    return face_book.face_form(
        line_figures(scope, facts, since=since),
        scope=f"{facts.code} · {facts.name}",
        standing=replace(scope.standing, basis=BASES[facts.basis], since=since),
    )


def fund_summary(work: Work, *, asked: Asked = NOW) -> Report:
    """The five amounts of every fund, or of one, and what is free in each meaning.

    Raises:
        NotFound: there is no such fund.
    """
    scope, said = _of_funds(work, asked)
    return summary_book.fund_summary(fund_summaries(scope), scope=said, standing=scope.standing)


def ageing(work: Work, *, asked: Asked = NOW) -> Report:
    """Advances nobody has accounted for, by age.

    Raises:
        NotFound: there is no such fund.
    """
    scope, said = _of_funds(work, asked)
    return ageing_book.open_advances_ageing(open_advances(scope), scope=said, standing=scope.standing)


def _of_funds(work: Work, asked: Asked) -> tuple[Scope, str]:
    """The scope of one fund, or of all of them, and how it is called."""
    if not asked.fund:
        return scope_of(work, asked), work.programme.name
    facts = fund_facts(work.reader(), work.programme.id, asked.fund)
    return scope_of(work, asked, book_ids=[facts.book_id]), f"{facts.code} · {facts.name}"


def _first_day(work: Work, scope: Scope) -> date:
    """The day the first fund begins."""
    return min((fund.starts for fund in list_funds(work.reader(), work.programme.id)), default=scope.as_of)
