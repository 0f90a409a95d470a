"""Whether the people a grant stands on may still receive: who died, who left, who takes a place. Must not know rows.

A grant whose owner died is not lost to the household: a substitute, another adult of it, signs an adenda, and a living
payee is approved (domain: life events). Without one nothing is signed, resumed or paid.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

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
REFUSALS: Final = (PAYEE_DECEASED, SIGNATORY_DECEASED, SUBSTITUTE_MISSING, DEATH_NOT_TOLD)


@dataclass(frozen=True, kw_only=True)
class OwnerFacts:
    """The person a grant stands on: when they died, and whether this grant was told and so waited for a substitute."""

    number: str
    died_on: date | None = None
    is_death_told: bool = False


@dataclass(frozen=True, kw_only=True)
class PayeeFacts:
    """The person a grant is paid to."""

    number: str
    died_on: date | None = None


def check_owner(facts: OwnerFacts) -> tuple[Refusal, ...]:
    """Why a grant in force is not paid, seen from the person it stands on.

    A grant that was told of the death is in force again only by its substitute.
    """
    if facts.died_on is None or facts.is_death_told:
        return ()
    return (DEATH_NOT_TOLD(number=facts.number, day=facts.died_on),)


def check_receiver(facts: PayeeFacts) -> tuple[Refusal, ...]:
    """Why a person is not paid for a grant."""
    return () if facts.died_on is None else (PAYEE_DECEASED(number=facts.number, day=facts.died_on),)
