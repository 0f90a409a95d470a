"""What the commands of accompaniment share: whom the actor reaches, and texts in clear."""

from typing import Final

from seedfund.accompaniment.queries.showing import is_restricted
from seedfund.kernel.errors import InvalidInput, NotAllowed
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import (
    HouseholdFacts,
    ParticipantFacts,
    household_facts,
    participant_facts,
)
from seedfund.people.rules import SEE_RESTRICTED, plain_text
from seedfund.people.service.identity import REGISTRARS, require_living, require_person
from seedfund.store.sealing.vault import Place
from seedfund.store.unit import Unit

COMPANIONS: Final = REGISTRARS
"""Who accompanies people: refers, arranges, asks again."""
ORGANISERS: Final = (*REGISTRARS, Role.ADMINISTRATOR)
"""Who keeps catalogues and activities, which are about nobody in particular."""


def person_of(unit: Unit, number: str) -> ParticipantFacts:
    """The facts of a person the actor reaches, locked.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`.
    """
    person = require_person(unit, number)
    return participant_facts(unit, [person.id])[person.id]


def reached(unit: Unit, person: Key, number: str) -> ParticipantFacts:
    """The facts of the person a thing of this number is about.

    Raises:
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`.
    """
    facts = participant_facts(unit, [person])[person]
    if facts.is_restricted and not unit.actor.roles.intersection(SEE_RESTRICTED):
        raise NotAllowed(f"{number} is restricted; ask the protection officer or the director.")
    require_living(unit, facts.number, goes_on=True)
    return facts


def named(value: str, *, field: str, most: int = 120) -> str:
    """A short text in clear that has to be given.

    Raises:
        InvalidInput: it is empty, too long, or holds signs that cannot be printed.
    """
    plain = plain_text(value, field=field, most=most)
    if not plain:
        raise InvalidInput(field=field, problem="it is empty", remedy="say it in a few words")
    return plain


def told(value: Secret, *, field: str) -> Secret:
    """A sealed text that has to be given.

    Raises:
        InvalidInput: it is empty.
    """
    if not value.reveal().strip():
        raise InvalidInput(field=field, problem="it is empty", remedy="say it in a few words")
    return value


def sealed_note(unit: Unit, subject: Key, note: Secret | None, place: Place) -> bytes | None:
    """A note sealed under its subject's data key, or None where nothing is told."""
    unit.owns(subject, note)
    if note is None or not note.reveal().strip():
        return None
    return unit.vault(subject).seal(note, place)


def require_household(unit: Unit, household: Key, told: str) -> HouseholdFacts:
    """The facts of a household the actor reaches; `told` is how it is called where they do not.

    Raises:
        NotAllowed: somebody of it is restricted, and the actor's roles do not reach them.
    """
    facts = household_facts(unit, [household])[household]
    if is_restricted(facts) and not unit.actor.roles.intersection(SEE_RESTRICTED):
        raise NotAllowed(f"{told} is restricted; ask the protection officer or the director.")
    return facts
