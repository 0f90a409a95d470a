"""What the graduation of a household does to its people: those who take part graduate with it, each on the record."""

from typing import Final

from seedfund.accompaniment.rules.graduation import check_taking_part
from seedfund.accompaniment.service.reaching import reached
from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.people.queries import household_facts, participant_facts
from seedfund.people.rules import MAY_RECEIVE
from seedfund.people.service import ChangeParticipation, change_participation
from seedfund.store.unit import Unit

STEPS: Final = {"enrolled": ("active", "graduated"), "active": ("graduated",)}
"""The steps that lead from taking part to having graduated; whoever was never marked as active is, on that day."""


def stops_of(unit: Unit, household: str, person: Key) -> list[Refusal]:
    """Why a household does not graduate, seen from the person the graduation is recorded under."""
    facts = participant_facts(unit, [person])[person]
    return check_taking_part(household, facts.number, facts.participation)


def graduate_people(unit: Unit, household: Key, person: Key, number: str) -> tuple[str, ...]:
    """Take the participation of everybody of a household who takes part to graduated; returns who they are.

    Who left earlier, or never took part, is left as they are: a child that was only registered does not graduate.

    Raises:
        NotAllowed: one of them is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`.
        InvalidInput: the participation of one of them began after the day.
    """
    members = [one.participant.id for one in household_facts(unit, [household])[household].members]
    found = participant_facts(unit, list(dict.fromkeys((person, *members))))
    moving = [facts for facts in found.values() if facts.participation in MAY_RECEIVE]
    for facts in moving:
        reached(unit, facts.id, number)
        for state in STEPS[str(facts.participation)]:
            step = ChangeParticipation(key=unit.command_key, participant=facts.number, state=state)
            change_participation.write(unit, step)
    return tuple(facts.number for facts in moving)
