"""Entering what a line tells and the books do not know yet: charges, income, spending, by the commands of funds."""

from dataclasses import dataclass
from typing import Any

from seedfund.banking.queries import LineRow
from seedfund.banking.queries.known import Known, entry_item, known_of
from seedfund.banking.rules import LineIs
from seedfund.banking.rules.deciding import (
    ITEM_NOT_OF_ACCOUNT,
    LINE_WRONG_WAY,
    LineState,
    check_free,
)
from seedfund.banking.service.common import account_of, lines_by_number, why
from seedfund.banking.service.proposing import pair
from seedfund.funds.rules.words import IncomeKind
from seedfund.funds.service.cash import (
    RECORDERS,
    RecordCharge,
    RecordIncome,
    RecordSpending,
    record_charge,
    record_income,
    record_spending,
)
from seedfund.kernel.errors import InvalidInput, insist, refuse
from seedfund.kernel.money import Money
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class EnterLine(Command):
    """A line and what it is: a charge or other spending on a budget line of a fund, or a fund's income of a kind.

    `reason` says what it was for, without names.
    """

    account: str
    line: str
    what: LineIs
    fund: str
    reason: str
    budget_line: str | None = None
    income: IncomeKind | None = None


@dataclass(frozen=True, kw_only=True)
class LineEntered:
    """The entry that was made, and the match of line and entry that another person confirms."""

    entry: str
    match: str


@verb("banking.enter_line", roles=RECORDERS)
def enter_line(unit: Unit, command: EnterLine) -> LineEntered:
    """Enter a charge, spending or income from the line that shows it; whoever enters it does not confirm the match.

    Raises:
        NotFound: there is no such account, line, fund or budget line.
        InvalidInput: no reason is given, or the budget line or the kind of income is missing.
        Refused: `line_not_usable`, `line_matched`, `item_not_of_account`, `line_wrong_way`, and what the commands of
            funds refuse: `fund_other_currency`, `bank_account_other_currency`, `line_not_for`.
    """
    reason = why(command.reason)
    known = known_of(unit, unit.programme.id, account_of(unit, command.account))
    (line,) = lines_by_number(unit, [command.line])
    state = LineState(id=line.number, statement_state=line.statement_state, matched_by=line.match)
    refuse(check_free([state], []))
    if line.number not in known.lines:
        refuse([ITEM_NOT_OF_ACCOUNT(item=line.number, account=known.bank.code)])
    entry = _entered(unit, command, known, line, reason=reason)
    after = known_of(unit, unit.programme.id, known.bank)
    made = next((one for one in after.entries.values() if one.number == entry), None)
    insist(made is not None, "an entry from a line moves its account")
    items = [entry_item(made.entry_id)] if made is not None else []
    match = pair(unit, after, [line.number], items, reason=reason)
    return LineEntered(entry=entry, match=match)


def _entered(unit: Unit, command: EnterLine, known: Known, line: LineRow, *, reason: str) -> str:
    moved = Money(line.amount_minor or 0, known.bank.currency)
    is_in = command.what is LineIs.INCOME
    if not moved or (moved.minor > 0) is not is_in:
        refuse([LINE_WRONG_WAY(line=line.number, amount=moved, what=command.what.value)])
    value = line.value_date or line.counted_on
    shared: dict[str, Any] = {
        "key": unit.command_key,
        "occurred_on": unit.occurred_on,
        "fund": command.fund,
        "bank_account": known.bank.code,
        "amount": moved if is_in else -moved,
        "value_date": value if value <= unit.work.today() else None,
        "reason": reason,
    }
    if command.what is LineIs.INCOME:
        if command.income is None:
            raise InvalidInput(field="income", problem="no kind of income is named", remedy="say which it is")
        return record_income.write(unit, RecordIncome(**shared, kind=command.income)).entry
    if command.budget_line is None:
        raise InvalidInput(
            field="budget_line", problem="no budget line is named", remedy="name the one that bears it"
        )
    if command.what is LineIs.CHARGE:
        return record_charge.write(unit, RecordCharge(**shared, line=command.budget_line)).entry
    return record_spending.write(unit, RecordSpending(**shared, line=command.budget_line)).entry
