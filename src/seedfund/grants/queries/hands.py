"""Which hands touched the payments of a grant, so that no one of them takes a step that needs another."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries import hands_of
from seedfund.approvals.rules.hands import Decision
from seedfund.grants.tables.payments import Disbursement, PaymentList
from seedfund.grants.tables.tranches import ConditionWaiver, Tranche
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader

UNFINISHED: Final = ("prepared", "in_approval", "approved")
_Pair = tuple[Key, Key]


def _pair(grant: str, actor: str) -> _Pair:
    return Key(grant), Key(actor)


def _listed(*columns: Any) -> Any:
    """Payments that wait in a list which is not released yet."""
    return (
        sa.select(*columns)
        .select_from(Disbursement)
        .join(PaymentList, col(PaymentList.id) == col(Disbursement.list_id))
        .where(
            col(Disbursement.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(PaymentList.state).in_(UNFINISHED),
            col(Disbursement.state) == "listed",
        )
    )


PREPARERS: Final = Query(_pair, lambda: _listed(col(Disbursement.grant_id), col(PaymentList.prepared_by)))
LISTS: Final = Query(
    lambda grant, number: (Key(grant), str(number)),
    lambda: (
        _listed(col(Disbursement.grant_id), col(PaymentList.number))
        .order_by(col(PaymentList.number))
        .distinct()
    ),
)
LIST_KEYS: Final = Query(Key, lambda: _listed(col(PaymentList.id)).distinct())
WAIVED_TRANCHES: Final = Query(
    lambda grant, position: (Key(grant), int(position)),
    lambda: (
        sa.select(col(Tranche.grant_id), col(Tranche.position))
        .join(ConditionWaiver, col(ConditionWaiver.tranche_id) == col(Tranche.id))
        .where(
            col(Tranche.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(ConditionWaiver.authorised_by) == sa.bindparam("actor"),
        )
    ),
)
WAIVED_BY: Final = Query(
    _pair,
    lambda: (
        sa.select(col(Tranche.grant_id), col(ConditionWaiver.authorised_by))
        .join(Tranche, col(Tranche.id) == col(ConditionWaiver.tranche_id))
        .where(col(Tranche.grant_id).in_(sa.bindparam("ids", expanding=True)))
    ),
)


def preparers_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, frozenset[Key]]:
    """Who prepared a payment of each grant that is not released yet: none of them waives its conditions."""
    return _grouped(reader, PREPARERS, grant_ids)


def approvers_of(reader: Reader, grant_id: Key) -> frozenset[Key]:
    """Who approved a list with a payment of a grant that is not released yet: none of them waives its conditions."""
    given = hands_of(reader, reader.all(LIST_KEYS, ids=[grant_id]))
    return frozenset(one.approver_id for one in given if one.decision == Decision.APPROVED)


def waived_tranches(reader: Reader, grant_ids: Sequence[Key], actor: Key) -> frozenset[tuple[Key, int]]:
    """Tranches, by grant and place, of which an actor waived a condition: the actor approves no payment of them."""
    return frozenset(reader.among(WAIVED_TRANCHES, "ids", list(grant_ids), actor=actor))


def waivers_by(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, frozenset[Key]]:
    """Who waived a condition of each grant: none of them prepares its payment."""
    return _grouped(reader, WAIVED_BY, grant_ids)


def open_lists(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, tuple[str, ...]]:
    """The numbers of the payment lists each grant stands in that are not released yet."""
    found: dict[Key, tuple[str, ...]] = dict.fromkeys(grant_ids, ())
    for grant_id, number in reader.among(LISTS, "ids", list(found)):
        found[grant_id] = (*found[grant_id], number)
    return found


def _grouped(reader: Reader, query: Query[_Pair], grant_ids: Sequence[Key]) -> dict[Key, frozenset[Key]]:
    found: dict[Key, set[Key]] = {grant_id: set() for grant_id in grant_ids}
    for grant_id, actor in reader.among(query, "ids", list(found)):
        found[grant_id].add(actor)
    return {grant_id: frozenset(actors) for grant_id, actors in found.items()}
