"""Who owns a grant, who stands for the owner, and in which population group the grant is counted."""

from dataclasses import dataclass
from typing import Protocol

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.words import OwnerKind
from seedfund.kernel.errors import Corrupt, InvalidInput
from seedfund.kernel.ids import Key
from seedfund.people.queries import (
    HouseholdFacts,
    ParticipantFacts,
    household_by_number,
    household_facts,
    participant_by_number,
    participant_facts,
)
from seedfund.people.rules import PopulationGroup
from seedfund.people.service.leading import require_leading, require_leading_household
from seedfund.plans.queries import DecisionFacts
from seedfund.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner: the person who stands for it, its household if it has one, its group (empty: not collected)."""

    kind: OwnerKind
    name: str
    participant_id: Key
    participant: str
    household_id: Key | None
    household: str
    group: str

    @property
    def shown(self) -> str:
        """The number it is known by."""
        return self.household if self.kind is OwnerKind.HOUSEHOLD else self.participant


class OwnerAsked(Protocol):
    """What a command says of an owner."""

    @property
    def owner_kind(self) -> OwnerKind:
        """Whose grant it shall be."""
        ...

    @property
    def owner_name(self) -> str:
        """The name of a group or organisation."""
        ...

    @property
    def participant(self) -> str:
        """The number of the person, or of who represents a group."""
        ...

    @property
    def household(self) -> str:
        """The number of the household."""
        ...


def owner_asked(unit: Unit, asked: OwnerAsked) -> Owner:
    """The owner a command names; its household is locked.

    Raises:
        InvalidInput: a field that this kind of owner needs is empty.
        NotFound: there is no such household or participant.
        Refused: `person_merged`, `household_merged`.
    """
    if asked.owner_kind is OwnerKind.HOUSEHOLD:
        row = household_by_number(unit, unit.programme.id, _given("household", asked.household))
        require_leading_household(unit, row.id)
        return _of_household(unit, row.id)
    number = _given("participant", asked.participant)
    person = _person(unit, participant_by_number(unit, unit.programme.id, number).id)
    require_leading(unit, person.id)
    if asked.owner_kind is OwnerKind.PERSON:
        return _of_person(unit, person)
    return _of_group(asked.owner_kind, person, _given("owner_name", asked.owner_name))


def owner_of_decision(unit: Unit, decision: DecisionFacts, *, name: str) -> Owner:
    """The owner of the plan a decision is about, locked; a group or organisation is given its `name`.

    Raises:
        InvalidInput: a group or organisation has none.
        Refused: `person_merged`.
    """
    kind = OwnerKind(decision.owner_kind)
    person = _person(unit, decision.participant_id)
    require_leading(unit, person.id)
    if kind is OwnerKind.HOUSEHOLD and decision.household_id is not None:
        return _of_household(unit, decision.household_id, person=person)
    if kind in (OwnerKind.PERSON, OwnerKind.HOUSEHOLD):
        return _of_person(unit, person)
    return _of_group(kind, person, _given("owner_name", name))


def owner_of_grant(unit: Unit, grant: GrantRow) -> Owner:
    """The owner of a grant as it stands today, locked: a person in the household of today."""
    kind, person = OwnerKind(grant.owner_kind), _person(unit, grant.participant_id)
    if kind is OwnerKind.HOUSEHOLD and grant.household_id is not None:
        return _of_household(unit, grant.household_id, person=person)
    if kind is OwnerKind.PERSON:
        return _of_person(unit, person)
    return _of_group(kind, person, grant.owner_name)


def _of_household(unit: Unit, household_id: Key, *, person: ParticipantFacts | None = None) -> Owner:
    """The head stands for it, unless the plan names another member."""
    facts = _household(unit, household_id)
    stands = person or facts.head
    if stands is None:
        raise InvalidInput(
            field="household", problem=f"{facts.number} has no head", remedy="register who heads it"
        )
    group = facts.group.group if facts.group is not None else PopulationGroup.NOT_COLLECTED
    return Owner(
        OwnerKind.HOUSEHOLD, "", stands.id, stands.number, facts.id, facts.number, _group_word(group)
    )


def _of_person(unit: Unit, person: ParticipantFacts) -> Owner:
    """A person is counted in the own group; household and person are locked, for support is stacked in neither."""
    if person.household_id is not None:
        _household(unit, person.household_id)
    participant_by_number(unit, unit.programme.id, person.number)
    return Owner(
        OwnerKind.PERSON,
        "",
        person.id,
        person.number,
        person.household_id,
        person.household or "",
        _group_word(person.population_group),
    )


def _of_group(kind: OwnerKind, person: ParticipantFacts, name: str) -> Owner:
    return Owner(kind, name, person.id, person.number, None, "", _group_word(person.population_group))


def _household(unit: Unit, household_id: Key) -> HouseholdFacts:
    """A household's facts, its row locked so that two awards to it queue."""
    facts = household_facts(unit, [household_id]).get(household_id)
    if facts is None:
        raise Corrupt("a household that is referred to does not exist; run: seedfund audit verify")
    household_by_number(unit, unit.programme.id, facts.number)
    return facts


def _person(unit: Unit, participant_id: Key) -> ParticipantFacts:
    facts = participant_facts(unit, [participant_id]).get(participant_id)
    if facts is None:
        raise Corrupt("a participant that is referred to does not exist; run: seedfund audit verify")
    return facts


def _group_word(group: PopulationGroup) -> str:
    return "" if group is PopulationGroup.NOT_COLLECTED else group.value


def _given(field: str, value: str) -> str:
    if not value.strip():
        raise InvalidInput(field=field, problem="it is empty", remedy="say whose grant it shall be")
    return value.strip()
