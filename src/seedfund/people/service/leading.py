"""What is said to somebody who names a record that was merged: the number under which the person goes on."""

from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries.merged import leading_households, leading_people, numbers_of_households
from seedfund.people.queries.records import participant_numbers
from seedfund.people.rules import HOUSEHOLD_MERGED, PERSON_MERGED
from seedfund.store.unit import Unit


def require_leading(unit: Unit, participant: Key) -> None:
    """Do nothing when no other record leads this person's.

    Raises:
        Refused: `person_merged`.
    """
    leads = leading_people(unit, [participant]).get(participant)
    if leads is not None:
        numbers = participant_numbers(unit, [participant, leads])
        refuse([PERSON_MERGED(participant=numbers[participant], leads=numbers[leads])])


def require_leading_household(unit: Unit, household: Key) -> None:
    """Do nothing when no other household leads this one.

    Raises:
        Refused: `household_merged`.
    """
    leads = leading_households(unit, [household]).get(household)
    if leads is not None:
        numbers = numbers_of_households(unit, [household, leads])
        refuse([HOUSEHOLD_MERGED(household=numbers[household], leads=numbers[leads])])
