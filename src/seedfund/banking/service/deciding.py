"""Saying that a proposal is wrong, and undoing a match that was confirmed by mistake; what it settled stays."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.banking.queries import (
    day_within,
    match_by_number,
    parts_of,
    statement_by_number,
    with_days,
)
from seedfund.banking.queries.statements import LINES_OF
from seedfund.banking.rules import MATCH_STATES
from seedfund.banking.rules.deciding import (
    MONTH_SIGNED,
)
from seedfund.banking.service.common import (
    RECONCILERS,
    MatchMoved,
    account_by_id,
    closed_months,
    follow_statements,
    why,
)
from seedfund.banking.service.proposing import decide
from seedfund.banking.tables import BankReconciledItem, BankReconciledLine
from seedfund.kernel.errors import Refused
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

_UNDO_LINES: Final = Write(
    lambda: (
        sa.update(BankReconciledLine)
        .where(col(BankReconciledLine.match_id) == sa.bindparam("this_id"))
        .values(is_standing=False)
    )
)
_UNDO_ITEMS: Final = Write(
    lambda: (
        sa.update(BankReconciledItem)
        .where(col(BankReconciledItem.match_id) == sa.bindparam("this_id"))
        .values(is_standing=False)
    )
)


@dataclass(frozen=True, kw_only=True)
class RejectMatch(Command):
    """A match that is not so, and why (no personal data)."""

    match: str
    reason: str


@verb("banking.reject_match", roles=RECONCILERS)
def reject_match(unit: Unit, command: RejectMatch) -> MatchMoved:
    """Say that a proposal is wrong; the same is not proposed again.

    Raises:
        NotFound: there is no such match.
        InvalidInput: no reason is given.
        Refused: `no_such_step`.
    """
    reason = why(command.reason)
    match = match_by_number(unit, unit.programme.id, command.match)
    MATCH_STATES.require(match.state, "rejected", which=match.number)
    decide(unit, (match.id, match.number), "rejected", reason)
    return MatchMoved(match=match.number, state="rejected")


@dataclass(frozen=True, kw_only=True)
class UndoMatch(Command):
    """A match that was confirmed by mistake, and why (no personal data)."""

    match: str
    reason: str


@verb("banking.undo_match", roles=(Role.FINANCE_APPROVER, Role.DIRECTOR, Role.RECONCILER))
def undo_match(unit: Unit, command: UndoMatch) -> MatchMoved:
    """Undo a match: its lines and entries are open again, on the exceptions page; what it settled stays settled.

    Raises:
        NotFound: there is no such match.
        InvalidInput: no reason is given.
        Refused: `no_such_step`, `month_is_signed`.
    """
    reason = why(command.reason)
    match = match_by_number(unit, unit.programme.id, command.match)
    MATCH_STATES.require(match.state, "undone", which=match.number)
    bank = account_by_id(unit, match.bank_account_id)
    statements = [one.statement_id for one in parts_of(unit, [match.id])[match.id].lines]
    rows = unit.among(LINES_OF, "statements", list(dict.fromkeys(statements)))
    own = [row for row in rows if row.match == match.number]
    numbers = dict.fromkeys(row.statement for row in own)
    told = with_days(unit, [statement_by_number(unit, unit.programme.id, number) for number in numbers])
    spans = {row.id: row for row in told}
    days = [day_within(row, spans[row.statement_id]) for row in own]
    months = sorted({f"{day:%Y-%m}" for day in days}.intersection(closed_months(unit, match.bank_account_id)))
    if months:
        raise Refused([MONTH_SIGNED(account=bank.code, month=months[0])])
    unit.execute(_UNDO_LINES, this_id=match.id)
    unit.execute(_UNDO_ITEMS, this_id=match.id)
    decide(unit, (match.id, match.number), "undone", reason)
    follow_statements(unit, statements)
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind="bank_match",
        subject_number=match.number,
        reason=reason,
        facts={"account": bank.code},
    )
    return MatchMoved(match=match.number, state="undone")
