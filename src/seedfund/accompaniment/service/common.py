"""What the commands of accompaniment share: who may do what, whom they reach, and how a reason is told."""

from dataclasses import dataclass
from typing import Final

from seedfund.accompaniment.rules.planning import HOUSEHOLD_WITHOUT_HEAD
from seedfund.accompaniment.service.reaching import reached
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.people.queries import household_by_number, household_facts
from seedfund.people.queries.facts import HouseholdFacts
from seedfund.people.service.leading import require_leading_household
from seedfund.store.unit import Unit

ACCOMPANY: Final = (Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.FIELD_OFFICER, Role.PROTECTION_OFFICER)
"""Who sits with households and writes down what they say."""
MANAGE: Final = (Role.PROGRAMME_MANAGER, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROTECTION_OFFICER)
DECIDE: Final = (Role.PROGRAMME_MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A household and who heads it: their data key seals what is told of it."""

    household_id: Key
    household: str
    participant_id: Key
    facts: HouseholdFacts


def reached_household(unit: Unit, number: str) -> Reached:
    """A household whose head the actor may see.

    Raises:
        NotFound: there is no such household.
        NotAllowed: its head is restricted, and the actor's roles do not reach them.
        Refused: `household_merged`, `household_without_head`, `person_erased`.
    """
    row = household_by_number(unit, unit.programme.id, number)
    require_leading_household(unit, row.id)
    facts = household_facts(unit, [row.id])[row.id]
    if facts.head is None:
        raise Refused([HOUSEHOLD_WITHOUT_HEAD(household=row.number)])
    reached_person(unit, facts.head.id, row.number)
    return Reached(household_id=row.id, household=row.number, participant_id=facts.head.id, facts=facts)


def reached_person(unit: Unit, person: Key, number: str) -> str:
    """The number of a person the actor may see, of whom the thing called `number` tells.

    Raises:
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`.
    """
    return reached(unit, person, number).number


def told_reason(reason: str) -> str:
    """A reason without the blanks around it.

    Raises:
        InvalidInput: it is empty.
    """
    if not reason.strip():
        raise InvalidInput(field="reason", problem="it is empty", remedy="say why in a few words")
    return reason.strip()
