"""What grants had received before our books began, as far as it stands. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.words import EndReason
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.history import BroughtForward, BroughtForwardTranche, GrantTakenOver
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.reversed import reversals_of
from seedfund.store.statements import Query, Reader

BROUGHT_FORWARD: Final = "brought_forward"
"""The state of what was paid before our books began, beside those of payments."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A grant's history as told: the number it had outside, the day it was cut off, and the gross amounts."""

    id: Key
    grant_id: Key
    outside_number: str
    cut_off: date
    paid_minor: int
    justified_minor: int
    returned_minor: int
    entry_id: Key


@dataclass(frozen=True, slots=True)
class PaidEarlier:
    """What of a tranche was paid before our books began."""

    entry_id: Key
    grant_id: Key
    position: int
    amount_minor: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class TakenOverRow:
    """A grant that was awarded and agreed on before our books began, and what it was called there."""

    grant_id: Key
    outside_number: str
    approved_on: date
    approved_minor: int
    agreement_number: str
    agreed_on: date | None
    cut_off: date


def _taken_over() -> Any:
    """The numbers of grants that were taken over and are no error."""
    return (
        sa.select(col(Grant.number))
        .join(GrantTakenOver, col(GrantTakenOver.grant_id) == col(Grant.id))
        .where(
            col(GrantTakenOver.programme_id) == sa.bindparam("programme"),
            sa.or_(
                col(Grant.end_reason).is_(None),
                col(Grant.end_reason).not_in([EndReason.ERROR.value, EndReason.DUPLICATE.value]),
            ),
        )
        .order_by(col(Grant.number))
    )


_TAKEN_OVER: Final = Query(
    TakenOverRow,
    lambda: (
        sa.select(*(col(getattr(GrantTakenOver, name)) for name in TakenOverRow.__slots__))
        .where(col(GrantTakenOver.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(GrantTakenOver.grant_id))
    ),
)
TAKEN_AS: Final = Query(
    str, lambda: _taken_over().where(col(GrantTakenOver.outside_number) == sa.bindparam("outside"))
)
"""The grant an outside number was taken over as, but for one that was ended as an error."""
UNDER_AGREEMENT: Final = Query(
    str, lambda: _taken_over().where(col(GrantTakenOver.agreement_number) == sa.bindparam("agreement"))
)
"""The grants that were taken over under an agreement of the earlier books, but for those that were ended as errors."""
_IN_CURRENCY: Final = Query(str, lambda: _taken_over().where(col(Grant.currency) == sa.bindparam("currency")))
_OF_PEOPLE: Final = Query(
    str, lambda: _taken_over().where(col(Grant.participant_id).in_(sa.bindparam("people", expanding=True)))
)
_HISTORIES: Final = Query(
    HistoryRow,
    lambda: (
        sa.select(*(col(getattr(BroughtForward, name)) for name in HistoryRow.__slots__))
        .where(col(BroughtForward.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(BroughtForward.grant_id), col(BroughtForward.id))
    ),
)
_TRANCHES: Final = Query(
    PaidEarlier,
    lambda: (
        sa.select(
            col(BroughtForward.entry_id),
            col(BroughtForward.grant_id),
            col(BroughtForwardTranche.tranche_position),
            col(BroughtForwardTranche.amount_minor),
            col(BroughtForwardTranche.paid_on),
        )
        .join(BroughtForward, col(BroughtForward.id) == col(BroughtForwardTranche.history_id))
        .where(col(BroughtForward.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(BroughtForward.grant_id), col(BroughtForwardTranche.tranche_position))
    ),
)


def numbers_taken_over(reader: Reader, programme: Key, currency: str) -> list[str]:
    """The numbers of grants of a currency that were taken over, but for those that were ended as errors."""
    return reader.all(_IN_CURRENCY, programme=programme, currency=currency)


def taken_over_of_people(reader: Reader, programme: Key, people: Sequence[Key]) -> list[str]:
    """The numbers of these people's grants that were taken over."""
    return reader.among(_OF_PEOPLE, "people", people, programme=programme)


def histories_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, HistoryRow]:
    """The history of each grant that was brought forward and stands."""
    rows = reader.among(_HISTORIES, "ids", list(dict.fromkeys(grant_ids)))
    undone = reversals_of(reader, [row.entry_id for row in rows]) if rows else {}
    return {row.grant_id: row for row in rows if row.entry_id not in undone}


def paid_earlier(reader: Reader, grant_ids: Sequence[Key]) -> list[PaidEarlier]:
    """What was paid of tranches of grants before our books began, and stands."""
    rows = reader.among(_TRANCHES, "ids", list(dict.fromkeys(grant_ids)))
    undone = reversals_of(reader, [row.entry_id for row in rows]) if rows else {}
    return [row for row in rows if row.entry_id not in undone]


def taken_over(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, TakenOverRow]:
    """Those of these grants that were taken over from earlier books."""
    rows = reader.among(_TAKEN_OVER, "ids", list(dict.fromkeys(grant_ids)))
    return {row.grant_id: row for row in rows}


def told_by_others(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, str]:
    """The grants of which a figure was brought forward and not verified here, with the numbers they had outside."""
    histories, taken = histories_of(reader, grant_ids), taken_over(reader, grant_ids)
    found = {grant_id: row.outside_number for grant_id, row in histories.items()}
    return found | {grant_id: row.outside_number for grant_id, row in taken.items()}
