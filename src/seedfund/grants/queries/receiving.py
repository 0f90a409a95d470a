"""The people behind grants, as awards, signatures and payments see them: read in batches, judged by the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from seedfund.grants.queries.deaths import Deaths, deaths_among
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.receiving import OwnerFacts, PayeeFacts, PersonFacts
from seedfund.grants.rules.words import OwnerKind
from seedfund.kernel.ids import Key
from seedfund.people.queries import (
    HouseholdRow,
    ParticipantFacts,
    household_rows,
    participant_facts,
)
from seedfund.store.statements import Reader


@dataclass(frozen=True, slots=True)
class Receiving:
    """What is known of the owners and payees of a batch of grants."""

    deaths: Deaths
    people: Mapping[Key, PersonFacts]
    households: Mapping[Key, HouseholdRow]
    homes: Mapping[Key, Key]
    """The household each person is in now."""

    def owner(self, grant: GrantRow) -> OwnerFacts:
        """The person a grant stands on, and the household that owns it."""
        owns = grant.owner_kind == OwnerKind.HOUSEHOLD and grant.household_id is not None
        household = self.households[grant.household_id] if owns and grant.household_id else None
        return OwnerFacts(
            number=grant.number,
            person=self.people[grant.participant_id],
            household="" if household is None else household.number,
            household_state="" if household is None else household.state,
            is_death_told=grant.id in self.deaths.told,
        )

    def payee(self, grant: GrantRow, participant: Key | None, method: str) -> PayeeFacts:
        """The person a grant is paid to; a supplier is none."""
        person = None if participant is None else self.people[participant]
        is_owner = participant == grant.participant_id
        return PayeeFacts(number=grant.number, person=person, method=method, is_owner=is_owner)


def read_receiving(reader: Reader, grants: Sequence[GrantRow], payees: Iterable[Key] = ()) -> Receiving:
    """Read what is known of the people these grants stand on and of those who are paid for them."""
    people = list(dict.fromkeys([*(grant.participant_id for grant in grants), *payees]))
    facts = participant_facts(reader, people)
    deaths = _deaths(reader, facts)
    households = household_rows(reader, [grant.household_id for grant in grants if grant.household_id])
    homes = {key: person.household_id for key, person in facts.items() if person.household_id}
    return Receiving(deaths, _people(facts, deaths), households, homes)


def person_facts(reader: Reader, participant: Key) -> PersonFacts:
    """One person as steps see them."""
    facts = participant_facts(reader, [participant])
    return _people(facts, _deaths(reader, facts))[participant]


def _deaths(reader: Reader, facts: Mapping[Key, ParticipantFacts]) -> Deaths:
    ends = {key: person.latest for key, person in facts.items() if person.latest is not None}
    return deaths_among(reader, list(facts), ends)


def _people(facts: Mapping[Key, ParticipantFacts], deaths: Deaths) -> dict[Key, PersonFacts]:
    return {
        key: PersonFacts(
            participant=person.number,
            state="" if person.latest is None else person.latest.state,
            exit_reason="" if person.latest is None else person.latest.reason or "",
            died_on=deaths.days.get(key),
            birth=person.birth,
            consents=person.consents,
            filled=person.filled,
        )
        for key, person in facts.items()
    }
