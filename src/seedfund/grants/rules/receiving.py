"""Whether the people a grant stands on may still receive: who died, who left, who takes a place. Must not know rows.

A grant whose owner died is not lost to the household: a substitute, another adult of it, signs an adenda, and a living
payee is approved (domain: life events). Without one nothing is signed, resumed or paid. Who left the programme early
receives nothing more; who finished it is still paid what was agreed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.grants.rules.payees import BY_ACCOUNT
from seedfund.grants.rules.words import PaymentMethod
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.people.rules import (
    HOUSEHOLD_NOT_ACTIVE,
    HOUSEHOLD_STATES,
    MAY_RECEIVE,
    Birth,
    Consent,
    ConsentPurpose,
    PersonField,
    Step,
    check_consents,
    check_fields,
    is_adult,
)

PAYEE_DECEASED: Final = RefusalCode(
    "payee_deceased",
    "The payee of {number} died on {day}.",
    "Propose another adult of the household as payee, with the paper that says so.",
)
SIGNATORY_DECEASED: Final = RefusalCode(
    "signatory_deceased",
    "The participant of {number} died on {day}, and nobody is named who signs in that place.",
    "Name the substitute as signatory; void a paper that the participant signed before, and have a new one signed.",
)
SUBSTITUTE_MISSING: Final = RefusalCode(
    "substitute_missing",
    "The participant of {number} died on {day}, and no substitute has signed since.",
    "Have a substitute sign an adenda, or end the grant.",
)
DEATH_NOT_TOLD: Final = RefusalCode(
    "death_not_told",
    "The participant of {number} died on {day}, and the grant was never told.",
    "Record the death as a life event of the grant; a substitute or its end comes next.",
)
OWNER_DECEASED: Final = RefusalCode(
    "owner_deceased",
    "{participant} died on {day}.",
    "Award to the household with another adult who stands for it, or to another person.",
)
NOT_TAKING_PART: Final = RefusalCode(
    "not_taking_part",
    "{participant} does not take part in the programme now: {state}.",
    "Record the person's enrolment first; who left or finished begins a new participation.",
)
PARTICIPATION_ENDED: Final = RefusalCode(
    "participation_ended",
    "{participant}, on whom {number} stands, left the programme: {reason}.",
    "End the grant; who came back begins a new participation first.",
)
PAYEE_LEFT: Final = RefusalCode(
    "payee_left",
    "{participant}, the payee of {number}, left the programme: {reason}.",
    "Approve another payee, or register the return as a new participation first.",
)
GRANTS_NOT_OVER: Final = RefusalCode(
    "grants_not_over",
    "{participant} still has to be known for: {grants}.",
    "Wait for the results on the way, then decline or close each grant, or approve another payee.",
)
REFUSALS: Final = (
    *(
        PAYEE_DECEASED,
        SIGNATORY_DECEASED,
        SUBSTITUTE_MISSING,
        DEATH_NOT_TOLD,
        OWNER_DECEASED,
        NOT_TAKING_PART,
    ),
    *(PARTICIPATION_ENDED, PAYEE_LEFT, GRANTS_NOT_OVER),
)
NEVER: Final = "never identified"
ENDED_EARLY: Final = "exited"
BY_PROVIDER: Final = (*BY_ACCOUNT, PaymentMethod.WITHDRAWAL_CODE)
"""Methods by which a bank or another provider is told who is paid: they rest on the consent for it."""


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """A person as steps see them; `state` is of the latest participation, empty where there never was one."""

    participant: str
    state: str = ""
    exit_reason: str = ""
    died_on: date | None = None
    birth: Birth | None = None
    consents: Sequence[Consent] = ()
    filled: Collection[PersonField] = ()

    def lacks(self, step: Step, day: date, *purposes: ConsentPurpose) -> tuple[Refusal, ...]:
        """The consents, of these purposes, that a step on a day lacks."""
        is_child = self.birth is not None and is_adult(self.birth, day) is False
        return check_consents(step, self.consents, day=day, is_child=is_child, purposes=purposes)


@dataclass(frozen=True, kw_only=True)
class OwnerFacts:
    """The person a grant stands on, the household that owns it (empty: none), and whether it was told of a death."""

    number: str
    person: PersonFacts
    household: str = ""
    household_state: str = ""
    is_death_told: bool = False


@dataclass(frozen=True, kw_only=True)
class PayeeFacts:
    """The person a grant is paid to, and how; None where a supplier is. Of the owner more is asked apart."""

    number: str
    person: PersonFacts | None
    method: str
    is_owner: bool = False


def check_award_to(person: PersonFacts, *, household: str, household_state: str) -> tuple[Refusal, ...]:
    """Why nothing is awarded to somebody now: only who takes part receives, and only a household that is there."""
    refusals = []
    if person.died_on is not None:
        refusals.append(OWNER_DECEASED(participant=person.participant, day=person.died_on))
    elif person.state not in MAY_RECEIVE:
        refusals.append(NOT_TAKING_PART(participant=person.participant, state=person.state or NEVER))
    return (*refusals, *_check_household(household, household_state))


def check_owner_signs(facts: OwnerFacts, day: date) -> tuple[Refusal, ...]:
    """Why an agreement does not bind its owner; for the dead a substitute signs, which is asked apart."""
    if facts.person.died_on is not None:
        return tuple(_check_household(facts.household, facts.household_state))
    return (
        *_check_stays(facts),
        *facts.person.lacks(Step.SIGN, day, ConsentPurpose.REGISTRATION),
        *check_fields(Step.SIGN, facts.person.filled),
    )


def check_owner_commits(facts: OwnerFacts, day: date) -> tuple[Refusal, ...]:
    """Why an award without an agreement does not come into force: nobody signs there in the place of the dead."""
    person = facts.person
    if person.died_on is None:
        return check_owner(facts, day)
    return (OWNER_DECEASED(participant=person.participant, day=person.died_on),)


def check_owner(facts: OwnerFacts, day: date) -> tuple[Refusal, ...]:
    """Why a grant in force is not paid, seen from the person it stands on.

    A grant that was told of the death is in force again only by its substitute, whose own papers the payee has.
    """
    person = facts.person
    if person.died_on is not None:
        untold = DEATH_NOT_TOLD(number=facts.number, day=person.died_on)
        gaps = [] if facts.is_death_told else [untold]
        return (*gaps, *_check_household(facts.household, facts.household_state))
    return (
        *_check_stays(facts),
        *person.lacks(Step.PAY, day, ConsentPurpose.REGISTRATION),
        *check_fields(Step.PAY, {*person.filled, PersonField.PAYEE}),
    )


def check_receiver(facts: PayeeFacts, day: date) -> tuple[Refusal, ...]:
    """Why a person is not paid for a grant: dead, gone from the programme, or named to a bank without consent."""
    person = facts.person
    if person is None:
        return ()
    if person.died_on is not None:
        return (PAYEE_DECEASED(number=facts.number, day=person.died_on),)
    unnamed = person.lacks(Step.PAY, day, ConsentPurpose.BANK) if facts.method in BY_PROVIDER else ()
    if person.state != ENDED_EARLY or facts.is_owner:
        return unnamed
    left = PAYEE_LEFT(participant=person.participant, number=facts.number, reason=person.exit_reason)
    return (left, *unnamed)


def _check_stays(facts: OwnerFacts) -> list[Refusal]:
    person, gaps = facts.person, _check_household(facts.household, facts.household_state)
    if person.state != ENDED_EARLY:
        return gaps
    ended = PARTICIPATION_ENDED(
        participant=person.participant, number=facts.number, reason=person.exit_reason
    )
    return [ended, *gaps]


def _check_household(household: str, state: str) -> list[Refusal]:
    is_gone = bool(household) and state != HOUSEHOLD_STATES.start
    return [HOUSEHOLD_NOT_ACTIVE(household=household, state=state)] if is_gone else []
