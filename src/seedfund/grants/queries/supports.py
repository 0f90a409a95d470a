"""What an owner receives or received: grants of ours, and transfers that somebody else pays.

A grant goes with the person who stands for its owner: who moves to another household takes it along. What stands under
another number of the same person or household counts as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.queries import benefit_by_id
from seedfund.funds.rules.words import BenefitUnit
from seedfund.grants.rules.stacking import Support
from seedfund.grants.rules.words import OwnerKind
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import ExternalTransfer
from seedfund.grants.tables.payments import Disbursement
from seedfund.kernel.ids import Key
from seedfund.people.names import fold
from seedfund.people.queries.merged import same_households, same_people
from seedfund.store.statements import Query, Reader

OF_PEOPLE: Final = (OwnerKind.PERSON.value, OwnerKind.HOUSEHOLD.value)
"""Owners whose grant goes with the person who stands for them; a group's stays with the group."""


@dataclass(frozen=True, slots=True)
class _Grant:
    """A grant as a support: whose it is, and what it is for."""

    number: str
    benefit_type_id: Key
    owner_name: str
    participant_id: Key
    support: Support


def _grant(*values: Any) -> _Grant:
    number, type_id, owner_name, participant, benefit, purpose, day, state, ended_on, was_paid = values
    has_ended = state in ("declined", "terminated", "closed")
    support = Support(
        number=number,
        benefit=benefit,
        purpose=purpose,
        day=day,
        until=ended_on,
        is_counted=state != "declined" and (bool(was_paid) or not has_ended),
        is_running=not has_ended,
    )
    return _Grant(number, type_id, owner_name, participant, support)


def _paid() -> Any:
    return sa.exists().where(
        col(Disbursement.grant_id) == col(Grant.id),
        col(Disbursement.state).in_(("released", "part_open", "delivered", "part")),
    )


def _grants(*owners: Any) -> Any:
    return (
        sa.select(
            col(Grant.number),
            col(Grant.benefit_type_id),
            col(Grant.owner_name),
            col(Grant.participant_id),
            col(Grant.benefit),
            col(Grant.purpose),
            col(Grant.awarded_on),
            col(Grant.state),
            col(Grant.ended_on),
            _paid(),
        )
        .where(*owners)
        .order_by(col(Grant.awarded_on), col(Grant.number))
    )


OF_HOUSEHOLDS: Final = Query(
    _grant, lambda: _grants(col(Grant.household_id).in_(sa.bindparam("households", expanding=True)))
)
OF_PERSONS: Final = Query(
    _grant,
    lambda: _grants(
        col(Grant.participant_id).in_(sa.bindparam("people", expanding=True)),
        col(Grant.owner_kind).in_(OF_PEOPLE),
    ),
)
OF_KIND: Final = Query(
    _grant,
    lambda: _grants(
        col(Grant.programme_id) == sa.bindparam("programme"), col(Grant.owner_kind) == sa.bindparam("kind")
    ),
)
EXTERNAL: Final = Query(
    lambda number, benefit, purpose, payer, day, until: Support(
        number=str(number), benefit=str(benefit), purpose=str(purpose), payer=str(payer), day=day, until=until
    ),
    lambda: (
        sa.select(
            col(ExternalTransfer.number),
            col(ExternalTransfer.benefit),
            col(ExternalTransfer.purpose),
            col(ExternalTransfer.payer),
            col(ExternalTransfer.from_day),
            col(ExternalTransfer.until_day),
        )
        .where(col(ExternalTransfer.household_id).in_(sa.bindparam("households", expanding=True)))
        .order_by(col(ExternalTransfer.from_day), col(ExternalTransfer.number))
    ),
)


def supports_of_household(reader: Reader, household: Key, people: Sequence[Key] = ()) -> list[Support]:
    """What a household and `people` of it receive or received, together, paid by us or by somebody else.

    A grant that was declined, or ended before anything was paid, does not count.
    """
    homes = same_households(reader, [household])
    ours = [
        *reader.among(OF_HOUSEHOLDS, "households", homes),
        *reader.among(OF_PERSONS, "people", same_people(reader, people)),
    ]
    return [*_once(ours), *reader.among(EXTERNAL, "households", homes)]


def supports_of_person(reader: Reader, person: Key, household: Key | None) -> list[Support]:
    """What a person receives or received: alone, standing for a household, or with the household of today.

    What another member owns alone is not the person's: a benefit of persons is given to each.
    """
    own = reader.among(OF_PERSONS, "people", same_people(reader, [person]))
    if household is None:
        return _once(own)
    homes = same_households(reader, [household])
    rows = reader.among(OF_HOUSEHOLDS, "households", homes)
    shared = [row for row in rows if _is_shared(reader, row)]
    return [*_once([*own, *shared]), *reader.among(EXTERNAL, "households", homes)]


def supports_of_group(
    reader: Reader, programme: Key, kind: OwnerKind, *, name: str, person: Key
) -> list[Support]:
    """What a group or organisation receives or received: known by its name, or by the person who stands for it."""
    rows = reader.all(OF_KIND, programme=programme, kind=kind.value)
    return _once(row for row in rows if row.participant_id == person or fold(row.owner_name) == fold(name))


def _is_shared(reader: Reader, row: _Grant) -> bool:
    """Whether a grant's benefit is counted by household, whoever of it owns the grant."""
    return benefit_by_id(reader, row.benefit_type_id).terms.unit is BenefitUnit.HOUSEHOLD


def _once(rows: Iterable[_Grant]) -> list[Support]:
    return list({row.number: row.support for row in rows}.values())
