"""What the commands of banking share: who reconciles, accounts and lines by their names, the steps of a statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.banking.queries import LineRow, StatementRow, signings, statement_by_number
from seedfund.banking.queries.statements import LINES_OF
from seedfund.banking.rules import STATEMENT_STATES, USABLE
from seedfund.banking.rules.deciding import LINE_NOT_USABLE
from seedfund.banking.tables import BankStatement, BankStatementStep
from seedfund.funds.queries import BankAccountFacts, bank_account, bank_accounts
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.ledger.queries.closing import MONTHS
from seedfund.ledger.rules.periods import CLOSED
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

RECORDERS: Final = (Role.RECONCILER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.CASHIER)
"""Who takes in what a bank says, and asks what it may be."""
RECONCILERS: Final = (Role.RECONCILER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.DIRECTOR)
"""Who confirms; whoever paid is turned away by the rule whatever their roles."""
REASON_MAX: Final = 300
_MOVE: Final = Write(
    lambda: (
        sa.update(BankStatement)
        .where(col(BankStatement.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)
_STEPS: Final = Query(
    int,
    lambda: (
        sa.select(sa.func.count())
        .select_from(BankStatementStep)
        .where(col(BankStatementStep.statement_id) == sa.bindparam("statement"))
    ),
)


@dataclass(frozen=True, kw_only=True)
class MatchMoved:
    """A match and its state now."""

    match: str
    state: str


def account_of(unit: Unit, code: str) -> BankAccountFacts:
    """One of our accounts by its code.

    Raises:
        NotFound: there is none.
    """
    return bank_account(unit, unit.programme.id, code)


def account_by_id(unit: Unit, wanted: Key) -> BankAccountFacts:
    """One of our accounts by its key."""
    return next(one for one in bank_accounts(unit, unit.programme.id) if one.id == wanted)


def why(text: str) -> str:
    """A reason in a few words.

    Raises:
        InvalidInput: it is empty or too long.
    """
    plain = text.strip()
    if not 0 < len(plain) <= REASON_MAX:
        raise InvalidInput(
            field="reason", problem="it is empty or too long", remedy="say why in a few words, without names"
        )
    return plain


def lines_by_number(unit: Unit, numbers: Iterable[str]) -> list[LineRow]:
    """Lines such as `BS-2026-0001/3`, in the order asked; their statements are locked.

    Raises:
        NotFound: there is none of a number.
    """
    found: list[LineRow] = []
    read: dict[str, list[LineRow]] = {}
    for number in dict.fromkeys(one.strip().upper() for one in numbers):
        statement, _, position = number.partition("/")
        if statement not in read:
            row = statement_by_number(unit, unit.programme.id, statement)
            read[statement] = unit.among(LINES_OF, "statements", [row.id])
        line = next((one for one in read[statement] if str(one.position) == position), None)
        if line is None:
            raise NotFound(what="line", which=number)
        found.append(line)
    return found


def move_statement(unit: Unit, statement: StatementRow, *states: str, reason: str | None = None) -> None:
    """Take a statement one step after the other, and keep the steps, with a reason where one is given.

    Raises:
        Refused: `no_such_step`.
    """
    before, position = statement.state, unit.one(_STEPS, statement=statement.id)
    for state in states:
        STATEMENT_STATES.require(before, state, which=statement.number)
        position += 1
        unit.insert(
            BankStatementStep,
            statement_id=statement.id,
            position=position,
            from_state=before,
            to_state=state,
            recorded_at=unit.now,
            recorded_by=unit.actor.id,
            reason=reason,
        )
        before = state
    unit.execute(_MOVE, this_id=statement.id, new_state=before)
    unit.changed("sf_bank_statement", statement.number, {"state": statement.state}, {"state": before})


def follow_statements(unit: Unit, statements: Sequence[Key]) -> None:
    """Statements whose every line is explained are reconciled; one that has an open line again is not.

    Raises:
        Refused: `line_not_usable`, when somebody was faster and a statement does not count any more.
    """
    lines = unit.among(LINES_OF, "statements", list(dict.fromkeys(statements)))
    for number in dict.fromkeys(line.statement for line in lines):
        own = [line for line in lines if line.statement == number]
        wanted = "reconciled" if all(line.match or not line.amount_minor for line in own) else "foots"
        row = statement_by_number(unit, unit.programme.id, number)
        if row.state not in USABLE:
            raise Refused([LINE_NOT_USABLE(line=own[0].number, state=row.state)])
        if row.state != wanted:
            move_statement(unit, row, wanted)


def closed_months(unit: Unit, bank_account: Key) -> frozenset[str]:
    """The months of an account that are signed and closed."""
    closed = {row.month for row in unit.all(MONTHS, programme=unit.programme.id) if row.state == CLOSED}
    signed = signings(unit, unit.programme.id)
    return frozenset(
        row.month for row in signed if row.bank_account_id == bank_account and row.month in closed
    )
