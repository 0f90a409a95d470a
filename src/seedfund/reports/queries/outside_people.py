"""People and payments as an extract tells them: groups and bands in the place of who they are. Reads only.

No name, number, document, phone, account, place or free text is read here; the keys are for tokens and never leave.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.payments import Disbursement
from seedfund.kernel.ids import Key
from seedfund.people.rules import Relationship
from seedfund.people.tables import Household, HouseholdMember, Participant
from seedfund.reports.indicators.bases import ON, age_band, current, known, reported, restricted_household
from seedfund.reports.queries.scope import Scope
from seedfund.store.statements import Query


@dataclass(frozen=True, slots=True)
class PersonOutside:
    """A person who lives in a household on the day, by groups."""

    participant_id: Key
    number: str
    household_id: Key
    household: str
    is_head: bool
    sex: str
    age_band: str
    population_group: str
    disability: str
    phase: str
    is_restricted: bool

    @property
    def traits(self) -> tuple[str, ...]:
        """What taken together could point at a person."""
        return self.sex, self.age_band, self.population_group, self.disability


def _person(*values: Any) -> PersonOutside:
    *told, sex, age, group, disability, phase, is_restricted, lives_with_restricted = values
    key, number, household_id, household, relationship = told
    return PersonOutside(
        participant_id=Key(key),
        number=str(number),
        household_id=Key(household_id),
        household=str(household),
        is_head=relationship == Relationship.HEAD.value,
        sex=str(sex),
        age_band=str(age),
        population_group=str(group),
        disability=str(disability),
        phase=str(phase),
        is_restricted=bool(is_restricted or lives_with_restricted),
    )


def _people(on: date) -> Any:
    return (
        sa.select(
            col(Participant.id),
            col(Participant.number),
            col(Household.id),
            col(Household.number),
            col(HouseholdMember.relationship),
            known(col(Participant.sex)),
            age_band(Participant, on),
            reported(col(Participant.population_group)),
            known(col(Participant.disability)),
            known(col(Household.phase)),
            col(Participant.is_restricted),
            restricted_household(),
        )
        .select_from(HouseholdMember)
        .join(Participant, col(Participant.id) == col(HouseholdMember.participant_id))
        .join(Household, col(Household.id) == col(HouseholdMember.household_id))
        .where(col(Household.programme_id) == sa.bindparam("programme"), current(HouseholdMember))
        .order_by(col(Participant.number))
    )


def people_outside(scope: Scope) -> list[PersonOutside]:
    """Everybody who lives in a household on the day, restricted people among them and marked."""
    query: Query[PersonOutside] = Query(_person, lambda: _people(scope.as_of))
    return scope.reader.all(query, programme=scope.work.programme.id, **{ON: scope.as_of})


@dataclass(frozen=True, slots=True)
class PaymentOutside:
    """A payment that was released, and what became of it."""

    payment_id: Key
    number: str
    grant_id: Key
    tranche: int
    method: str
    amount_minor: int
    delivered_minor: int
    state: str
    released_on: date
    delivered_on: date | None


_PAYMENTS: Final = Query(
    PaymentOutside,
    lambda: (
        sa.select(
            col(Disbursement.id),
            col(Disbursement.number),
            col(Disbursement.grant_id),
            col(Disbursement.tranche_position),
            col(Disbursement.method),
            col(Disbursement.amount_minor),
            col(Disbursement.delivered_minor),
            col(Disbursement.state),
            col(Disbursement.released_on),
            col(Disbursement.delivered_on),
        )
        .where(
            col(Disbursement.programme_id) == sa.bindparam("programme"),
            col(Disbursement.released_on) <= sa.bindparam("as_of", type_=sa.Date),
        )
        .order_by(col(Disbursement.number))
    ),
)


def payments_outside(scope: Scope) -> list[PaymentOutside]:
    """Every payment that was released by the day, as it stands now."""
    return scope.reader.all(_PAYMENTS, programme=scope.work.programme.id, as_of=scope.as_of)
