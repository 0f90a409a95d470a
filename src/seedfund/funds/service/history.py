"""The opening of a running fund: what its donor gave, what it earned, holds and spent before our books began (row 38).

Gross, with the other side in `opening:BOOK`; no month closes before that is zero. The history of its grants is theirs.
"""

from dataclasses import dataclass
from datetime import date

from seedfund.funds.queries.funds import FundFacts, bank_account, fund_facts, line_row
from seedfund.funds.rules.budgets import check_amount, check_bank
from seedfund.funds.rules.words import IncomeKind
from seedfund.funds.service.posting import day_that_came, post
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import funds as events
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.ledger.service.openings import OpeningKind
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class OpeningLine:
    """One line of a fund's opening.

    `name` is the kind of income, the bank account or cash box, or the budget line; the donor is the fund's own.
    """

    kind: OpeningKind
    amount: Money
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordFundOpening(Command):
    """A fund's gross history up to a day, without its grants; `source` says which statement it is from."""

    fund: str
    cut_off: date
    lines: tuple[OpeningLine, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class FundOpeningRecorded:
    """The number of the entry."""

    entry: str


@verb("funds.record_opening", roles=(Role.FINANCE_APPROVER, Role.DIRECTOR))
def record_fund_opening(unit: Unit, command: RecordFundOpening) -> FundOpeningRecorded:
    """Enter a fund's opening: a decision, row 38; what was spent outside grants within what its line has available.

    Raises:
        NotFound: there is no such fund, account or line.
        InvalidInput: the cut-off lies in the future, the source is empty, or a kind of income is unknown.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `available_too_low`,
            `nothing_to_post`.
    """
    fund = fund_facts(unit, unit.programme.id, command.fund)
    if not command.source.strip():
        raise InvalidInput(field="source", problem="it is empty", remedy="name the statement it is from")
    refusals: list[Refusal] = []
    rows: list[Posting] = []
    for line in command.lines:
        refusals += check_amount(fund.code, fund.currency, line.amount)
        rows += _opened(unit, fund, line, refusals)
    refuse(refusals)
    draft = EntryDraft(
        event="opening",
        subject=fund.code,
        postings=tuple(rows),
        value_date=day_that_came(unit, command.cut_off, field="cut_off"),
        reason=command.source.strip(),
    )
    return FundOpeningRecorded(entry=post(unit, draft).number)


def _opened(unit: Unit, fund: FundFacts, line: OpeningLine, refusals: list[Refusal]) -> tuple[Posting, ...]:
    amount = line.amount.minor
    match line.kind:
        case OpeningKind.CONTRIBUTIONS:
            return events.opened_contributions(fund.book_id, fund.donor, amount)
        case OpeningKind.INCOME:
            return events.opened_income(fund.book_id, _income(line.name), amount)
        case OpeningKind.CASH:
            bank = bank_account(unit, unit.programme.id, line.name)
            refusals += check_bank(fund.code, fund.currency, code=bank.code, kept=bank.currency)
            return events.opened_cash(fund.cash(bank), amount)
        case OpeningKind.SPENDING:
            return events.opened_spending(line_row(unit, unit.programme.id, fund.code, line.name).ref, amount)


def _income(name: str) -> str:
    """A kind of income as accounts are named by it.

    Raises:
        InvalidInput: there is no such kind.
    """
    known = [kind.value for kind in IncomeKind]
    if name not in known:
        raise InvalidInput(
            field="name", problem=f"{name!r} is no kind of income", remedy=f"use one of {known}"
        )
    return name
