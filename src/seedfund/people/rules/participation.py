"""The way of a person through the programme: its states, what each step needs, and consent.

Must not know names, documents or money; it is told which fields are filled, not what they hold.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import InvalidInput, Refusal, RefusalCode
from seedfund.kernel.states import StateTable

PARTICIPATION_STATES: Final = StateTable(
    "participation",
    "identified",
    {
        "identified": ("enrolled", "exited"),
        "enrolled": ("active", "exited"),
        "active": ("graduated", "completed", "exited"),
        "graduated": (),
        "completed": (),
        "exited": (),
    },
)
"""Somebody who comes back begins a new participation, so that both can be counted."""

MAY_RECEIVE: Final = ("enrolled", "active")
"""States in which a new award can be made."""


class ExitReason(StrEnum):
    """Why a participation ended early (domain: life events)."""

    DROPPED_OUT = "dropped_out"
    WITHDRAWN = "withdrawn"
    RELOCATED = "relocated"
    RETURNED = "returned"
    RESETTLED = "resettled"
    DECEASED = "deceased"
    EXCLUDED_DUPLICATE = "excluded_duplicate"
    EXCLUDED_FRAUD = "excluded_fraud"
    NOT_CONTACTED = "not_contacted"
    DECLINED = "declined"


class Step(StrEnum):
    """A moment at which more must be known of a person; each needs what the ones before it need."""

    REGISTER = "register"
    SIGN = "sign"
    PAY = "pay"
    REPORT = "report"


class PersonField(StrEnum):
    """What can be known of a person; "not collected" counts as filled where the table says a field is needed."""

    NAME_OR_ALIAS = "name_or_alias"
    SEX = "sex"
    BIRTH = "birth"
    POPULATION_GROUP = "population_group"
    PLACE = "place"
    HOUSEHOLD = "household"
    FULL_NAME = "full_name"
    IDENTITY_DOCUMENT = "identity_document"
    LANGUAGE = "language"
    PAYEE = "payee"
    CONTACT = "contact"
    NATIONALITY = "nationality"
    LEGAL_STATUS = "legal_status"
    DISABILITY = "disability"


NEEDED_BY: Final[tuple[tuple[PersonField, Step], ...]] = (
    (PersonField.NAME_OR_ALIAS, Step.REGISTER),
    (PersonField.SEX, Step.REGISTER),
    (PersonField.BIRTH, Step.REGISTER),
    (PersonField.POPULATION_GROUP, Step.REGISTER),
    (PersonField.PLACE, Step.REGISTER),
    (PersonField.HOUSEHOLD, Step.REGISTER),
    (PersonField.FULL_NAME, Step.SIGN),
    (PersonField.IDENTITY_DOCUMENT, Step.SIGN),
    (PersonField.LANGUAGE, Step.SIGN),
    (PersonField.PAYEE, Step.PAY),
    (PersonField.CONTACT, Step.PAY),
    (PersonField.NATIONALITY, Step.REPORT),
    (PersonField.LEGAL_STATUS, Step.REPORT),
    (PersonField.DISABILITY, Step.REPORT),
)
"""Few fields at the door: each field and the first step that needs it. An identity document of kind `none` fills it."""


class ConsentPurpose(StrEnum):
    """What somebody agreed to; aid never depends on the last two."""

    REGISTRATION = "registration"
    BANK = "bank"
    PARTNERS = "partners"
    CONTACT = "contact"
    PHOTOS = "photos"


class ConsentMethod(StrEnum):
    """How somebody agreed."""

    SIGNATURE = "signature"
    THUMBPRINT = "thumbprint"
    VERBAL = "verbal"
    ELECTRONIC = "electronic"


CONSENT_NEEDED: Final[tuple[tuple[ConsentPurpose, Step], ...]] = (
    (ConsentPurpose.REGISTRATION, Step.SIGN),
    (ConsentPurpose.BANK, Step.PAY),
)
"""Consents that the programme's work rests on, and the first step that needs each."""


@dataclass(frozen=True)
class Consent:
    """One agreement of a person: for what, in which language it was explained, how and when, until withdrawn.

    Raises:
        InvalidInput: it was withdrawn before it was given, or explained in no language.
    """

    purpose: ConsentPurpose
    language: str
    method: ConsentMethod
    given_on: date
    text_version: str
    withdrawn_on: date | None = None
    by_guardian: bool = False

    def __post_init__(self) -> None:
        if self.withdrawn_on is not None and self.withdrawn_on < self.given_on:
            raise InvalidInput(
                field="withdrawn_on",
                problem="the consent was withdrawn before it was given",
                remedy="look at the two dates again",
            )
        if not self.language.strip():
            raise InvalidInput(
                field="language",
                problem="the consent was explained in no language",
                remedy="give its code, for example es",
            )

    def stands_on(self, day: date) -> bool:
        """Whether it was given and not withdrawn by that day; on the day it is withdrawn it no longer stands."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)


EXIT_REASON_MISSING = RefusalCode(
    "exit_reason_missing",
    "The participation ends early and no reason is given.",
    "Choose one of: {possible}.",
)
EXIT_REASON_NOT_EXPECTED = RefusalCode(
    "exit_reason_not_expected",
    "A participation that becomes {state} has no reason for leaving.",
    "Leave the reason empty, or record it as exited.",
)
PERSON_FIELD_NEEDED = RefusalCode(
    "person_field_needed",
    "{field} is not known, and it is needed to {step}.",
    "Ask the person and fill it in; where nobody may ask, record that it was not collected.",
)
CONSENT_MISSING = RefusalCode(
    "consent_missing",
    "There is no consent for {purpose}, and it is needed to {step}.",
    "Explain it in the person's language and record their answer.",
)
CONSENT_WITHDRAWN = RefusalCode(
    "consent_withdrawn",
    "The consent for {purpose} was withdrawn on {day}.",
    "Ask again only if the person wishes; without it this cannot go on.",
)
GUARDIAN_CONSENT_NEEDED = RefusalCode(
    "guardian_consent_needed",
    "The person is under 18, and no guardian has consented to {purpose}.",
    "Ask the guardian beside the young person, and record both.",
)
REFUSALS: Final = (
    *(EXIT_REASON_MISSING, EXIT_REASON_NOT_EXPECTED, PERSON_FIELD_NEEDED, CONSENT_MISSING),
    *(CONSENT_WITHDRAWN, GUARDIAN_CONSENT_NEEDED),
)


ORDER: Final = MappingProxyType({step: place for place, step in enumerate(Step)})
"""Which step comes before which."""


def check_exit(wanted: str, reason: ExitReason | None) -> tuple[Refusal, ...]:
    """Why a participation may not end so: leaving early has a reason, the other ends have none."""
    if wanted == "exited" and reason is None:
        return (EXIT_REASON_MISSING(possible=", ".join(reason.value for reason in ExitReason)),)
    if wanted != "exited" and reason is not None:
        return (EXIT_REASON_NOT_EXPECTED(state=wanted),)
    return ()


@cache
def fields_needed(step: Step) -> tuple[PersonField, ...]:
    """The fields that must be filled at a step, those of earlier steps first."""
    return tuple(field for field, first in NEEDED_BY if _reached(first, step))


def check_fields(step: Step, filled: Collection[PersonField]) -> tuple[Refusal, ...]:
    """Which fields are still missing at a step, in the order of the table."""
    return tuple(
        PERSON_FIELD_NEEDED(field=field.value, step=step.value)
        for field in fields_needed(step)
        if field not in filled
    )


def check_consents(
    step: Step,
    consents: Sequence[Consent],
    *,
    day: date,
    is_child: bool,
    purposes: Collection[ConsentPurpose] = tuple(ConsentPurpose),
) -> tuple[Refusal, ...]:
    """Which consents a step still lacks on a day; of a person under 18, also the guardian's.

    `purposes` are those the step is about: nobody is asked for the bank's who is paid in cash.
    """
    found = []
    for purpose in _consents_needed(step, tuple(purposes)):
        given = [consent for consent in consents if consent.purpose is purpose and consent.given_on <= day]
        standing = [consent for consent in given if consent.stands_on(day)]
        withdrawn = [consent.withdrawn_on for consent in given if consent.withdrawn_on is not None]
        if not standing and withdrawn:
            found.append(CONSENT_WITHDRAWN(purpose=purpose.value, day=max(withdrawn)))
        elif not standing:
            found.append(CONSENT_MISSING(purpose=purpose.value, step=step.value))
        elif is_child and not any(consent.by_guardian for consent in standing):
            found.append(GUARDIAN_CONSENT_NEEDED(purpose=purpose.value))
    if not found:
        return ()
    order = [kind.code for kind in REFUSALS]
    return tuple(sorted(found, key=lambda refusal: order.index(refusal.code)))


@cache
def _consents_needed(step: Step, purposes: tuple[ConsentPurpose, ...]) -> tuple[ConsentPurpose, ...]:
    return tuple(
        purpose for purpose, first in CONSENT_NEEDED if purpose in purposes and _reached(first, step)
    )


def _reached(first: Step, step: Step) -> bool:
    return ORDER[first] <= ORDER[step]
