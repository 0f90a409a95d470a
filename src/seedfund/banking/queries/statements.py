"""The statements that read banking's rows, each filling one value. Must not open anything sealed."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.banking.queries.facts import (
    LineRow,
    MatchedItem,
    MatchedLine,
    MatchRow,
    SignedRow,
    StatementRow,
)
from seedfund.banking.rules import USABLE, LineFlag, MatchKind, MatchReason, StatementFlag
from seedfund.banking.tables import (
    BankLine,
    BankMatch,
    BankMatchItem,
    BankMatchLine,
    BankReconciledItem,
    BankReconciledLine,
    BankReconciliation,
    BankStatement,
)
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query
from seedfund.store.tables import Actor


def _read(values: Sequence[Any], **readers: Callable[[Any], Any]) -> list[Any]:
    """The columns of a row, those at the places named (`at_13`) through their reader."""
    told = list(values)
    for name, reader in readers.items():
        place = int(name.removeprefix("at_"))
        told[place] = reader(told[place])
    return told


def _flags_of_statement(text: str) -> tuple[StatementFlag, ...]:
    return tuple(map(StatementFlag, json.loads(text)))


def _statement(*values: Any) -> StatementRow:
    return StatementRow(*_read(values, at_13=_flags_of_statement))


def _statements() -> Any:
    return (
        sa.select(
            col(BankStatement.id),
            col(BankStatement.number),
            col(BankStatement.bank_account_id),
            col(BankStatement.bank_ref),
            col(BankStatement.sequence),
            col(BankStatement.version),
            col(BankStatement.corrects_id),
            col(BankStatement.currency),
            col(BankStatement.from_day),
            col(BankStatement.until_day),
            col(BankStatement.opening_minor),
            col(BankStatement.closing_minor),
            col(BankStatement.line_count),
            col(BankStatement.flags),
            col(BankStatement.number_digest),
            col(BankStatement.content_digest),
            col(BankStatement.state),
            col(BankStatement.recorded_on),
            col(Actor.handle),
        )
        .select_from(BankStatement)
        .join(Actor, col(Actor.id) == col(BankStatement.recorded_by))
        .where(col(BankStatement.programme_id) == sa.bindparam("programme"))
    )


STATEMENT: Final = Query(
    _statement,
    lambda: (
        _statements()
        .where(col(BankStatement.number) == sa.bindparam("number"))
        .with_for_update(of=BankStatement)
    ),
)
STATEMENTS: Final = Query(_statement, lambda: _statements().order_by(col(BankStatement.number)))
STATEMENTS_OF_ACCOUNT: Final = Query(
    _statement,
    lambda: (
        _statements()
        .where(col(BankStatement.bank_account_id) == sa.bindparam("bank_account"))
        .order_by(col(BankStatement.number))
    ),
)
SAME_STATEMENT: Final = Query(
    _statement,
    lambda: (
        _statements()
        .where(
            col(BankStatement.bank_account_id) == sa.bindparam("bank_account"),
            col(BankStatement.bank_ref) == sa.bindparam("bank_ref"),
            col(BankStatement.sequence) == sa.bindparam("sequence"),
        )
        .order_by(col(BankStatement.version).desc())
    ),
)
"""The statements that a bank told under one identification, the newest version first."""


def _line(*values: Any) -> LineRow:
    return LineRow(
        *_read(
            values,
            at_16=lambda blob: None if blob is None else bytes(blob),
            at_17=lambda text: tuple(map(LineFlag, json.loads(text))),
            at_18=lambda match: match or "",
        )
    )


def _lines() -> Any:
    return (
        sa.select(
            col(BankLine.statement_id),
            col(BankStatement.number),
            col(BankStatement.state),
            col(BankLine.position),
            col(BankLine.booking_date),
            col(BankLine.value_date),
            col(BankLine.counted_on),
            col(BankLine.amount_minor),
            col(BankLine.is_reversal),
            col(BankLine.bank_ref),
            col(BankLine.batch),
            col(BankLine.batch_count),
            col(BankLine.code),
            col(BankLine.foreign_minor),
            col(BankLine.foreign_currency),
            col(BankLine.account_digest),
            col(BankLine.details),
            col(BankLine.flags),
            col(BankMatch.number),
            col(BankLine.mark),
        )
        .select_from(BankLine)
        .join(BankStatement, col(BankStatement.id) == col(BankLine.statement_id))
        .outerjoin(
            BankReconciledLine,
            sa.and_(
                col(BankReconciledLine.statement_id) == col(BankLine.statement_id),
                col(BankReconciledLine.line) == col(BankLine.position),
                col(BankReconciledLine.is_standing).is_(True),
            ),
        )
        .outerjoin(BankMatch, col(BankMatch.id) == col(BankReconciledLine.match_id))
        .order_by(col(BankStatement.number), col(BankLine.position))
    )


LINES_OF: Final = Query(
    _line, lambda: _lines().where(col(BankLine.statement_id).in_(sa.bindparam("statements", expanding=True)))
)
LINES_OF_ACCOUNT: Final = Query(
    _line,
    lambda: (
        _lines()
        .where(
            col(BankStatement.bank_account_id) == sa.bindparam("bank_account"),
            col(BankStatement.state).in_(USABLE),
        )
        .order_by(None)
        .order_by(col(BankStatement.recorded_at), col(BankStatement.number), col(BankLine.position))
    ),
)
"""The lines of an account that count, those of statements that foot, in the order in which they came in."""
OPEN_LINES: Final = Query(
    lambda account, count: (Key(account), int(count)),
    lambda: (
        sa.select(col(BankStatement.bank_account_id), sa.func.count())
        .select_from(BankLine)
        .join(BankStatement, col(BankStatement.id) == col(BankLine.statement_id))
        .outerjoin(
            BankReconciledLine,
            sa.and_(
                col(BankReconciledLine.statement_id) == col(BankLine.statement_id),
                col(BankReconciledLine.line) == col(BankLine.position),
                col(BankReconciledLine.is_standing).is_(True),
            ),
        )
        .where(
            col(BankStatement.programme_id) == sa.bindparam("programme"),
            col(BankStatement.state) == "foots",
            col(BankReconciledLine.match_id).is_(None),
            col(BankLine.amount_minor) != 0,
        )
        .group_by(col(BankStatement.bank_account_id))
        .order_by(col(BankStatement.bank_account_id))
    ),
)
"""How many lines of each account wait for somebody."""
SEEN_MARKS: Final = Query(
    str,
    lambda: (
        sa.select(col(BankLine.mark))
        .join(BankStatement, col(BankStatement.id) == col(BankLine.statement_id))
        .where(
            col(BankStatement.bank_account_id) == sa.bindparam("bank_account"),
            col(BankStatement.state) != "replaced",
            col(BankLine.mark).in_(sa.bindparam("marks", expanding=True)),
        )
        .distinct()
    ),
)

_DECIDER: Final = aliased(Actor)


def _match(*values: Any) -> MatchRow:
    return MatchRow(
        *_read(values, at_3=MatchKind, at_6=lambda text: tuple(map(MatchReason, json.loads(text))))
    )


def _matches() -> Any:
    return (
        sa.select(
            col(BankMatch.id),
            col(BankMatch.number),
            col(BankMatch.bank_account_id),
            col(BankMatch.kind),
            col(BankMatch.is_by_hand),
            col(BankMatch.score),
            col(BankMatch.reasons),
            col(BankMatch.hand_reason),
            col(BankMatch.content_digest),
            col(BankMatch.state),
            col(BankMatch.proposed_on),
            col(BankMatch.proposed_by),
            col(Actor.handle),
            col(BankMatch.decided_on),
            col(_DECIDER.handle),
            col(BankMatch.reason),
        )
        .select_from(BankMatch)
        .join(Actor, col(Actor.id) == col(BankMatch.proposed_by))
        .outerjoin(_DECIDER, col(_DECIDER.id) == col(BankMatch.decided_by))
        .where(col(BankMatch.programme_id) == sa.bindparam("programme"))
    )


MATCH: Final = Query(
    _match,
    lambda: _matches().where(col(BankMatch.number) == sa.bindparam("number")).with_for_update(of=BankMatch),
)
MATCHES: Final = Query(_match, lambda: _matches().order_by(col(BankMatch.number)))
MATCHES_OF_ACCOUNT: Final = Query(
    _match,
    lambda: (
        _matches()
        .where(col(BankMatch.bank_account_id) == sa.bindparam("bank_account"))
        .order_by(col(BankMatch.number))
    ),
)
MATCH_LINES: Final = Query(
    MatchedLine,
    lambda: (
        sa.select(col(BankMatchLine.match_id), col(BankMatchLine.statement_id), col(BankMatchLine.line))
        .where(col(BankMatchLine.match_id).in_(sa.bindparam("matches", expanding=True)))
        .order_by(col(BankMatchLine.match_id), col(BankMatchLine.position))
    ),
)
MATCH_ITEMS: Final = Query(
    MatchedItem,
    lambda: (
        sa.select(
            col(BankMatchItem.match_id),
            col(BankMatchItem.position),
            col(BankMatchItem.entry_id),
            col(BankMatchItem.payment_id),
            col(BankMatchItem.amount_minor),
        )
        .where(col(BankMatchItem.match_id).in_(sa.bindparam("matches", expanding=True)))
        .order_by(col(BankMatchItem.match_id), col(BankMatchItem.position))
    ),
)
RECONCILED_ENTRIES: Final = Query(
    lambda entry, match: (Key(entry), str(match)),
    lambda: (
        sa.select(col(BankReconciledItem.entry_id), col(BankMatch.number))
        .join(BankMatch, col(BankMatch.id) == col(BankReconciledItem.match_id))
        .where(
            col(BankReconciledItem.bank_account_id) == sa.bindparam("bank_account"),
            col(BankReconciledItem.is_standing).is_(True),
        )
    ),
)
"""The entries of an account that the bank shows, each with its match."""


def _signed(*values: Any) -> SignedRow:
    return SignedRow(*_read(values, at_12=json.loads))


def _signings() -> Any:
    later = aliased(BankReconciliation)
    is_last = ~sa.exists().where(
        col(later.bank_account_id) == col(BankReconciliation.bank_account_id),
        col(later.month) == col(BankReconciliation.month),
        col(later.version) > col(BankReconciliation.version),
    )
    return (
        sa.select(
            col(BankReconciliation.number),
            col(BankReconciliation.bank_account_id),
            col(BankReconciliation.month),
            col(BankReconciliation.version),
            col(BankReconciliation.currency),
            col(BankReconciliation.bank_minor),
            col(BankReconciliation.books_minor),
            col(BankReconciliation.in_bank_minor),
            col(BankReconciliation.in_bank_count),
            col(BankReconciliation.in_books_minor),
            col(BankReconciliation.in_books_count),
            col(BankReconciliation.unexplained_minor),
            col(BankReconciliation.explained),
            col(BankReconciliation.signed_on),
            col(BankReconciliation.signed_at),
            col(Actor.handle),
        )
        .select_from(BankReconciliation)
        .join(Actor, col(Actor.id) == col(BankReconciliation.signed_by))
        .where(col(BankReconciliation.programme_id) == sa.bindparam("programme"), is_last)
        .order_by(col(BankReconciliation.month), col(BankReconciliation.number))
    )


SIGNINGS: Final = Query(_signed, _signings)
"""Every account's months that are signed, each in its last version."""
