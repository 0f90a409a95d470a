"""Which commands told what became of a payment, by the audit record: what may have answered a row that waits."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.ids import Key
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor, AuditRecord

PAYMENTS: Final = "sf_disbursement"
"""Under which name the audit record notes what a command did to a payment."""
ANSWERING: Final = (
    *("grants.confirm_payment", "grants.confirm_payments", "grants.record_bounce"),
    *("grants.decide_late_result", "payouts.take_results", "payouts.answer_exception"),
)
"""Commands that can have answered an exception: those that tell what became of a payment."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A command that told of a payment: its key, which it was, whose and when; `changes` are its rows as noted."""

    key: str
    operation: str
    actor: str
    on: date
    changes: str

    def tells_of(self, payment: str) -> bool:
        """Whether it changed that very payment."""
        return any(
            table == PAYMENTS and which == payment and before
            for table, which, before, _ in parse_document(self.changes)
        )


_TELLINGS: Final = Query(
    Telling,
    lambda: (
        sa.select(
            *(col(AuditRecord.key), col(AuditRecord.operation), col(Actor.handle)),
            *(col(AuditRecord.occurred_on), col(AuditRecord.changes)),
        )
        .join(Actor, col(Actor.id) == col(AuditRecord.actor_id))
        .where(
            col(AuditRecord.programme_id) == sa.bindparam("programme"),
            col(AuditRecord.operation).in_(ANSWERING),
            col(AuditRecord.changes).contains(sa.bindparam("noted"), autoescape=False),
        )
        .order_by(col(AuditRecord.seq).desc())
    ),
)


def commands_about(reader: Reader, programme: Key, payment: str) -> list[Telling]:
    """The commands that told what became of a payment, the last first."""
    noted = canonical_text([PAYMENTS, payment])[1:-1]
    found = reader.all(_TELLINGS, programme=programme, noted=noted)
    return [one for one in found if one.tells_of(payment)]
