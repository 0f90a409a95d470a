"""Who may be shown to the one who looks. Must not know what is shown."""

from collections.abc import Iterable

from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.ids import Key
from seedfund.people.queries import (
    HouseholdFacts,
    household_facts,
    participant_facts,
    sees_restricted,
)
from seedfund.store.work import Work


def shown_people(work: Work, people: Iterable[Key]) -> frozenset[Key]:
    """Those of these people whom the actor may see."""
    wanted = list(dict.fromkeys(people))
    if sees_restricted(work):
        return frozenset(wanted)
    facts = participant_facts(work.reader(), wanted)
    return frozenset(key for key, one in facts.items() if not one.is_restricted)


def require_shown(work: Work, person: Key, number: str) -> None:
    """Do nothing when the actor may see the person.

    Raises:
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
    """
    if person not in shown_people(work, [person]):
        raise NotAllowed(f"{number} is restricted; ask the protection officer or the director.")


def is_restricted(household: HouseholdFacts) -> bool:
    """Whether somebody of a household is restricted now: then the whole household is."""
    return any(member.participant.is_restricted for member in household.members)


def shown_households(work: Work, households: Iterable[Key]) -> frozenset[Key]:
    """Those of these households whom the actor may see: a household with a restricted member is restricted."""
    wanted = list(dict.fromkeys(households))
    if sees_restricted(work):
        return frozenset(wanted)
    facts = household_facts(work.reader(), wanted)
    return frozenset(key for key, one in facts.items() if not is_restricted(one))
