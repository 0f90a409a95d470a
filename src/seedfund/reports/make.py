"""Reports by name: each reads its rows as of a day and as known at an instant, and hands them to its book.

`participant_ledger`, `fund_ledger`, `cash_book`, `reconciliation`, `trial_balance`, `budget_vs_actual`, `face_form`,
`week`, `ageing`, `exceptions`, `fund_summary`; `REPORTS` lists them and `make_report` makes one by name. Nothing here
writes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from seedfund.funds.queries import bank_account, fund_facts, list_funds
from seedfund.funds.rules.words import Basis
from seedfund.grants.queries.grants import parts_of
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.money import Money
from seedfund.people.queries import names_of, sees_restricted
from seedfund.reports.asked import NOW as NOW
from seedfund.reports.asked import Asked as Asked
from seedfund.reports.asked import scope_of
from seedfund.reports.books import budget_vs_actual as budget_book
from seedfund.reports.books import cash_book as cash
from seedfund.reports.books import exceptions as exceptions_book
from seedfund.reports.books import face_form as face_book
from seedfund.reports.books import fund_ledger as fund_book
from seedfund.reports.books import fund_summary as summary_book
from seedfund.reports.books import open_advances_ageing as ageing_book
from seedfund.reports.books import participant_grant_ledger as participant_book
from seedfund.reports.books import trial_balance as trial_book
from seedfund.reports.books import week as week_book
from seedfund.reports.books.reconciliation import TITLE as RECONCILIATION
from seedfund.reports.brought import marked, marked_objects
from seedfund.reports.indicators import report as indicator_table
from seedfund.reports.indicators.compute import Counting, count, explain, indicator_of
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.reports.indicators.rules import dimensions_of, hide_small
from seedfund.reports.queries.advances import open_advances
from seedfund.reports.queries.balances import fund_summaries, line_figures, turnovers
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.fund_events import cash_movements, cash_opening, fund_events, fund_figures
from seedfund.reports.queries.grant_events import grant_events
from seedfund.reports.queries.parties import owners_of
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.week import due_items
from seedfund.reports.reconciled import reconciliation
from seedfund.reports.snapshots import refuse_with_snapshot, snapshot_listed, snapshot_report
from seedfund.reports.value import Phrase, Report
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
    found = owners_of(work.reader(), work.programme.id, number)
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


def week(work: Work, *, asked: Asked = NOW) -> Report:
    """What has to be done up to seven days after today or a later day, late things first.

    What is open is read as it stands now: a past day, or what was known then, would be told with today's state.

    Raises:
        InvalidInput: the day is past, or an earlier knowledge is asked for.
        NotAllowed: the actor is none of the programme's.
    """
    if asked.as_known is not None or (asked.as_of is not None and asked.as_of < work.today()):
        raise InvalidInput(
            field="as_of" if asked.as_known is None else "as_known",
            problem="the week tells what is open now, not what was open on a past day",
            remedy="leave it out or give a later day; ledgers and the ageing of advances can be asked for a past day",
        )
    scope = scope_of(work, asked)
    return week_book.week(
        due_items(scope),
        scope=work.programme.name,
        standing=scope.standing,
        notes=(Phrase("What concerns restricted people is shown to named roles only."),),
    )


def ageing(work: Work, *, asked: Asked = NOW) -> Report:
    """Advances nobody has accounted for, by age.

    Raises:
        NotFound: there is no such fund.
    """
    scope, said = _of_funds(work, asked)
    return ageing_book.open_advances_ageing(open_advances(scope), scope=said, standing=scope.standing)


def exceptions(work: Work, *, asked: Asked = NOW) -> Report:
    """Everything that left the usual way, kind by kind."""
    scope = scope_of(work, asked)
    standing = replace(scope.standing, since=asked.since)
    entries = exception_entries(scope, since=asked.since)
    return exceptions_book.exceptions(entries, scope=work.programme.name, standing=standing)


def indicators(work: Work, *, asked: Asked = NOW) -> Report:
    """What the programme achieved by a day, the rows behind one figure (`explain`), or either against a `snapshot`.

    Raises:
        NotFound: there is no such indicator or snapshot.
        InvalidInput: there is no such dimension, or an earlier knowledge is asked for.
        NotAllowed: the actor is none of the programme's.
    """
    if asked.snapshot:
        _only_snapshot(asked)
        return snapshot_report(work, asked.snapshot, explain=asked.explain)
    scope = scope_of(work, asked)
    counting = _counting(scope, asked)
    if asked.explain:
        rows = explain(counting, asked.explain, sees_restricted=sees_restricted(work))
        return indicator_table.rows_report(
            indicator_of(asked.explain), rows, scope=work.programme.name, standing=scope.standing
        )
    told = _told(counting, asked)
    return indicator_table.indicators_report(told, scope=work.programme.name, standing=scope.standing)


def indicators_listed(work: Work, asked: Asked) -> list[dict[str, Any]]:
    """The same as plain objects.

    Raises:
        NotFound, InvalidInput, NotAllowed: as `indicators`.
    """
    if asked.snapshot:
        _only_snapshot(asked)
        return snapshot_listed(work, asked.snapshot)
    sees_restricted(work)
    return indicator_table.indicators_list(_told(_counting(scope_of(work, asked), asked), asked))


def _only_snapshot(asked: Asked) -> None:
    """A snapshot is asked for alone, or with one indicator to be explained."""
    refuse_with_snapshot("as_of", asked.as_of)
    refuse_with_snapshot("as_known", asked.as_known)
    refuse_with_snapshot("by", asked.by)
    refuse_with_snapshot("shared", asked.is_shared)


def _counting(scope: Scope, asked: Asked) -> Counting:
    if asked.as_known is not None:
        raise InvalidInput(
            field="as_known",
            problem="indicators are counted from what is known now",
            remedy="compare with what was frozen: `report indicators --snapshot IS-…`; `seedfund list papers` has all",
        )
    return Counting(reader=scope.reader, programme=scope.work.programme.id, on=scope.as_of)


def _told(counting: Counting, asked: Asked) -> indicator_table.Told:
    figures = count(counting, list(INDICATORS.values()), dimensions_of(asked.by))
    return indicator_table.Told(
        figures=hide_small(figures) if asked.is_shared else figures,
        rule=counting.rule,
        as_of=counting.on,
        is_shared=asked.is_shared,
    )


def fund_summary(work: Work, *, asked: Asked = NOW) -> Report:
    """The five amounts of every fund, or of one, and what is free in each meaning.

    Raises:
        NotFound: there is no such fund.
    """
    scope, said = _of_funds(work, asked)
    return summary_book.fund_summary(fund_summaries(scope), scope=said, standing=scope.standing)


def _of_funds(work: Work, asked: Asked) -> tuple[Scope, str]:
    """The scope of one fund, or of all of them, and how it is called."""
    if not asked.fund:
        return scope_of(work, asked), work.programme.name
    facts = fund_facts(work.reader(), work.programme.id, asked.fund)
    return scope_of(work, asked, book_ids=[facts.book_id]), f"{facts.code} · {facts.name}"


def _first_day(work: Work, scope: Scope) -> date:
    """The day the first fund begins."""
    return min((fund.starts for fund in list_funds(work.reader(), work.programme.id)), default=scope.as_of)


# By name ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report by its file name: its title (a message id), and what of `Asked` has to be given.

    `listed` makes the list of plain objects that stands for it as JSON; without one it is the whole report.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    make: Callable[[Work, Asked], Report]
    listed: Callable[[Work, Asked], list[dict[str, Any]]] | None = None


REPORTS: Final[Mapping[str, ReportKind]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ReportKind("fund_summary", "Summary of funds", (), lambda w, a: fund_summary(w, asked=a)),
            ReportKind(
                "participant_grant_ledger",
                "Participant grant ledger",
                ("number",),
                lambda w, a: participant_ledger(w, a.number, asked=a),
            ),
            ReportKind("fund_ledger", "Fund ledger", ("fund",), lambda w, a: fund_ledger(w, a.fund, asked=a)),
            ReportKind("cash_book", "Cash book", ("account",), lambda w, a: cash_book(w, a.account, asked=a)),
            ReportKind(
                "reconciliation",
                RECONCILIATION,
                ("account",),
                lambda w, a: reconciliation(w, a.account, asked=a),
            ),
            ReportKind("trial_balance", "Trial balance", (), lambda w, a: trial_balance(w, asked=a)),
            ReportKind(
                "budget_vs_actual",
                "Budget against actual",
                ("fund",),
                lambda w, a: budget_vs_actual(w, a.fund, asked=a),
            ),
            ReportKind("face_form", face_book.TITLE, ("fund",), lambda w, a: face_form(w, a.fund, asked=a)),
            ReportKind("week", "The week", (), lambda w, a: week(w, asked=a)),
            ReportKind("open_advances_ageing", "Open advances by age", (), lambda w, a: ageing(w, asked=a)),
            ReportKind("exceptions", "Exceptions", (), lambda w, a: exceptions(w, asked=a)),
            ReportKind(
                "indicators", "Indicators", (), lambda w, a: indicators(w, asked=a), indicators_listed
            ),
        )
    }
)


def make_report(work: Work, name: str, asked: Asked = NOW) -> Report:
    """A report by its name; dashes and underscores are the same.

    Raises:
        NotFound: there is no report, fund, account or grant of that name.
        InvalidInput: what the report needs was not given, or the period is turned around.
        NotAllowed: the actor is none of the programme's.
    """
    report = _kind(name, asked).make(work, asked)
    return marked(work, report, number=asked.number, account=asked.account, is_shared=asked.is_shared)


def listed_report(work: Work, name: str, asked: Asked = NOW) -> list[dict[str, Any]] | None:
    """A report as a list of plain objects, or None where it has no such form.

    Raises:
        NotFound, InvalidInput, NotAllowed: as `make_report`.
    """
    kind = _kind(name, asked)
    found = None if kind.listed is None or asked.explain else kind.listed(work, asked)
    return found and marked_objects(work, found, as_of=asked.as_of)


def _kind(name: str, asked: Asked) -> ReportKind:
    kind = REPORTS.get(name.replace("-", "_"))
    if kind is None:
        raise NotFound(what="report", which=name, look="seedfund report")
    for field in kind.needs:
        if not getattr(asked, field):
            raise InvalidInput(
                field=field,
                problem=f"the report {kind.name} is made for one, and none was named",
                remedy=f"give --{field}",
            )
    return kind
