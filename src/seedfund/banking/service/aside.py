"""Setting a statement aside that tells what others tell, and bringing it back; by the reconciler, with a reason.

A bank gives a month whole and by days, and both are imported. One of the two is set aside: it stays as it came and
counts in no balance, no gap, no match and no signing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.banking.queries import (
    StatementRow,
    match_by_number,
    proposals_of,
    signings,
    statement_by_number,
    with_days,
)
from seedfund.banking.queries.asides import MOVES, TOLD_BY_OTHERS
from seedfund.banking.queries.statements import LINES_OF
from seedfund.banking.rules import STATEMENT_STATES, is_barred
from seedfund.banking.rules.deciding import STATEMENT_ENTERED, STATEMENT_MATCHED, STATEMENT_SIGNED
from seedfund.banking.service.common import account_by_id, closed_months, move_statement, why
from seedfund.banking.service.proposing import decide
from seedfund.kernel.dates import parse_month
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

ASIDE: Final = "set_aside"


@dataclass(frozen=True, kw_only=True)
class SetStatementAside(Command):
    """A statement that tells what others tell, and why it is set aside (no personal data)."""

    statement: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StatementSetAside:
    """The statement, its lines, how many of them another one tells in the same words, and the proposals withdrawn."""

    statement: str
    line_count: int
    told_by_others: int
    withdrawn: tuple[str, ...]


@verb("banking.set_statement_aside", roles=(Role.RECONCILER,))
def set_statement_aside(unit: Unit, command: SetStatementAside) -> StatementSetAside:
    """Let a statement count in nothing, because others tell the same; its proposals are withdrawn.

    Raises:
        NotFound: there is no such statement.
        InvalidInput: no reason is given.
        Refused: `no_such_step`, `statement_is_matched`, `statement_is_entered`, `statement_is_signed`.
    """
    reason = why(command.reason)
    # Matches before their statement, as confirming locks them.
    proposals = proposals_of(unit, unit.programme.id, command.statement.strip().upper())
    locked = [match_by_number(unit, unit.programme.id, number) for number in proposals]
    row = statement_by_number(unit, unit.programme.id, command.statement)
    lines = unit.among(LINES_OF, "statements", [row.id])
    matched = sorted({line.match for line in lines if line.match})
    entered = [number for number, is_entered in proposals.items() if is_entered]
    refuse([*_taken(row, matched, entered), *_signed(unit, row)])
    STATEMENT_STATES.require(row.state, ASIDE, which=row.number)
    told = unit.all(TOLD_BY_OTHERS, statement=row.id)
    withdrawn = [match for match in locked if match.state == "proposed"]
    for match in withdrawn:
        decide(unit, (match.id, match.number), "overtaken", reason)
    move_statement(unit, row, ASIDE, reason=reason)
    _tell(unit, row, reason)
    return StatementSetAside(
        statement=row.number,
        line_count=len(lines),
        told_by_others=len(told),
        withdrawn=tuple(match.number for match in withdrawn),
    )


@dataclass(frozen=True, kw_only=True)
class BringStatementBack(Command):
    """A statement that was set aside by mistake, and why it counts again (no personal data)."""

    statement: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StatementBroughtBack:
    """The statement and its state now."""

    statement: str
    state: str


@verb("banking.bring_statement_back", roles=(Role.RECONCILER,))
def bring_statement_back(unit: Unit, command: BringStatementBack) -> StatementBroughtBack:
    """Let a statement count again that was set aside; what of it may be in the books is proposed anew.

    Raises:
        NotFound: there is no such statement.
        InvalidInput: no reason is given.
        Refused: `no_such_step`, `statement_is_signed`.
    """
    reason = why(command.reason)
    row = statement_by_number(unit, unit.programme.id, command.statement)
    state = "does_not_foot" if is_barred(row.flags) else "foots"
    if row.state != ASIDE:
        STATEMENT_STATES.require(row.state, state, which=row.number)
    refuse(_signed(unit, row))
    move_statement(unit, row, state, reason=reason)
    _tell(unit, row, reason)
    return StatementBroughtBack(statement=row.number, state=state)


def _taken(row: StatementRow, matched: Sequence[str], entered: Sequence[str]) -> list[Refusal]:
    found = []
    if matched:
        found.append(STATEMENT_MATCHED(statement=row.number, matches=", ".join(matched)))
    if entered:
        found.append(STATEMENT_ENTERED(statement=row.number, matches=", ".join(entered)))
    return found


def _signed(unit: Unit, row: StatementRow) -> list[Refusal]:
    """The first month that was signed over a statement as it stands now; one that came after the signing is not.

    What was aside at a signing may come back as long as that month is open, and keeps it open until it is signed again.
    """
    (told,) = with_days(unit, [row])
    begins = told.from_day or date.min
    moves, is_aside = unit.all(MOVES, statement=row.id), row.state == ASIDE
    closed = closed_months(unit, row.bank_account_id)
    months = [
        one.month
        for one in signings(unit, unit.programme.id)
        if one.bank_account_id == row.bank_account_id
        and (not is_aside or one.month in closed)
        and begins <= parse_month(one.month).range.last_day
        and _was_aside(moves, one.signed_at) is is_aside
    ]
    if not months:
        return []
    bank = account_by_id(unit, row.bank_account_id)
    return [STATEMENT_SIGNED(account=bank.code, month=min(months), statement=row.number)]


def _was_aside(moves: Sequence[tuple[datetime, bool, str | None]], at: datetime) -> bool | None:
    """Whether a statement was set aside at an instant; None where it had not come in."""
    stood = [is_aside for moved, is_aside, _ in moves if moved <= at]
    return stood[-1] if stood else None


def _tell(unit: Unit, row: StatementRow, reason: str) -> None:
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind="bank_statement",
        subject_number=row.number,
        reason=reason,
        facts={"account": account_by_id(unit, row.bank_account_id).code},
    )
