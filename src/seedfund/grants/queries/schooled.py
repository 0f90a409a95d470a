"""The members of owners' households and where they are enrolled, as a tranche's condition sees them."""

from collections.abc import Mapping, Sequence
from datetime import date

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.tranches import ConditionRow
from seedfund.grants.rules.conditions import ChildrenEnrolled
from seedfund.grants.rules.facts import HouseholdChild, SchoolTerm
from seedfund.kernel.ids import Key
from seedfund.people.queries import household_facts, participant_facts
from seedfund.people.rules import age_on
from seedfund.schooling import queries as schooling
from seedfund.store.statements import Reader


def read_children(
    reader: Reader, conditions: Mapping[Key, Sequence[ConditionRow]], grants: Sequence[GrantRow], on: date
) -> dict[Key, tuple[HouseholdChild, ...]]:
    """The members of these grants' households by grant, where a condition asks for children: most lists do not."""
    # A condition inside another one stands in its plain form too.
    if not any(ChildrenEnrolled.code in row.params for rows in conditions.values() for row in rows):
        return {}
    homes = _homes(reader, grants)
    households = household_facts(reader, list(homes.values()))
    members = {key: [one.participant for one in home.members] for key, home in households.items()}
    enrolled = schooling.schooling_facts(reader, [one.id for own in members.values() for one in own], on)
    found = {
        household: tuple(
            HouseholdChild(
                age=None if one.birth is None else age_on(one.birth, on),
                terms=tuple(
                    SchoolTerm(
                        ref=fact.number, name=fact.term, starts_on=fact.starts_on, ends_on=fact.ends_on
                    )
                    for fact in enrolled[one.id]
                    if fact.answers
                ),
            )
            for one in own
        )
        for household, own in members.items()
    }
    return {grant: found.get(household, ()) for grant, household in homes.items()}


def _homes(reader: Reader, grants: Sequence[GrantRow]) -> dict[Key, Key]:
    """The household of each grant: the one that owns it, else the one the person lives in."""
    alone = [grant.participant_id for grant in grants if not grant.household_id]
    people = participant_facts(reader, list(dict.fromkeys(alone)))
    homes = {grant.id: grant.household_id or people[grant.participant_id].household_id for grant in grants}
    return {grant: household for grant, household in homes.items() if household}
