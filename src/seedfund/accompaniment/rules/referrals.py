"""The life of a referral: nobody's data goes to a service without consent, or a recorded act in its place.

What keeps people from services is coded, so that it can be counted and taken up (domain: systems, referral).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.roles import Role
from seedfund.kernel.states import StateTable

REFERRAL_STATES: Final = StateTable(
    "referral",
    "offered",
    {
        "offered": ("accepted", "declined", "revoked"),
        "accepted": ("done", "declined", "revoked"),
        "done": (),
        "declined": (),
        "revoked": (),
    },
)
"""Declined also after it was accepted, where the person was not served; revoked by whom it is about."""

LIVE: Final = ("offered", "accepted")
"""States in which somebody still has to do something."""
CONNECTED: Final = ("accepted", "done")
"""States in which a service has taken the person in."""
OVERRIDERS: Final = (Role.PROTECTION_OFFICER, Role.PROGRAMME_MANAGER, Role.DIRECTOR)
"""Who may refer without consent, for a reason that stands on the exceptions page."""


class Barrier(StrEnum):
    """What keeps a person from a service; an account's refusals are coded alike (domain: savings linkage)."""

    STATUS = "status"
    DOCUMENT = "document"
    MONEY = "money"
    INFORMATION = "information"
    DISTANCE = "distance"
    OTHER = "other"


class DeclinedBy(StrEnum):
    """Who said no: the service, or the person."""

    SERVICE = "service"
    PARTICIPANT = "participant"


class ReferralGround(StrEnum):
    """On what ground a referral stands."""

    CONSENT = "consent"
    OVERRIDE = "override"


class ReferralIrregularity(StrEnum):
    """Why a step that was told stands on the exceptions page."""

    SERVED_AFTER_WITHDRAWAL = "served_after_withdrawal"


REFERRAL_SERVICE_NOT_OPEN = RefusalCode(
    "referral_service_not_open",
    "The service {service} is {state}; it takes nobody in.",
    "Choose another service with: seedfund list services.",
)
REFERRAL_CONSENT_MISSING = RefusalCode(
    "referral_consent_missing",
    "{participant} has not consented to sharing data with partners.",
    "Ask for the consent and record it; in danger, somebody with the authority refers without it and says why.",
)
REFERRAL_CONSENT_WITHDRAWN = RefusalCode(
    "referral_consent_withdrawn",
    "{participant} withdrew the consent to sharing data with partners on {day}.",
    "Respect it: revoke what is under way. If the person agrees anew, record the consent first.",
)
REFERRAL_GUARDIAN_MISSING = RefusalCode(
    "referral_guardian_missing",
    "{participant} is under 18, and no guardian has consented to sharing data with partners.",
    "Ask the guardian and record the consent as given by the guardian.",
)
REFERRAL_OVERRIDE_NOT_NEEDED = RefusalCode(
    "referral_override_not_needed",
    "{participant} has consented, and a reason for referring without consent is given.",
    "Leave the reason out.",
)
REFERRAL_TWICE = RefusalCode(
    "referral_twice",
    "{participant} is referred to {service} already: {referral} is {state}.",
    "Go on with {referral}.",
)
REFERRAL_STEP_BEFORE_LAST = RefusalCode(
    "referral_step_before_last",
    "{referral} became {state} on {last}, and this step is said to be of {day}.",
    "Give the day of the step; steps are recorded in the order in which they happened.",
)
REFERRAL_BARRIER_MISSING = RefusalCode(
    "referral_barrier_missing",
    "It is not said what kept {referral} from being served, and who said no.",
    "Give the barrier and whether the service or the participant declined.",
)
REFERRAL_BARRIER_NOT_EXPECTED = RefusalCode(
    "referral_barrier_not_expected",
    "A barrier or who declined is given for {referral}, and it was not declined.",
    "Leave both out, or record that the referral was declined.",
)
REFERRAL_BARRIER_UNTOLD = RefusalCode(
    "referral_barrier_untold",
    "The barrier of {referral} is another one than those listed, and it is not told.",
    "Tell it in the note; the note is kept sealed.",
)
REFUSALS: Final = (
    *(REFERRAL_SERVICE_NOT_OPEN, REFERRAL_CONSENT_MISSING, REFERRAL_CONSENT_WITHDRAWN),
    *(REFERRAL_GUARDIAN_MISSING, REFERRAL_OVERRIDE_NOT_NEEDED, REFERRAL_TWICE),
    *(REFERRAL_STEP_BEFORE_LAST, REFERRAL_BARRIER_MISSING, REFERRAL_BARRIER_NOT_EXPECTED),
    REFERRAL_BARRIER_UNTOLD,
)


@dataclass(frozen=True, kw_only=True)
class ConsentFound:
    """The consent to sharing data with partners as it stands on the day; `withdrawn_on` the last withdrawal."""

    stands: bool
    by_guardian: bool = False
    withdrawn_on: date | None = None
    is_needed_of_guardian: bool = False

    @property
    def suffices(self) -> bool:
        """Whether a referral may rest on it."""
        return self.stands and (self.by_guardian or not self.is_needed_of_guardian)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What an offer is judged by; `twin` is a live referral of the person to the same service, and its state."""

    participant: str
    service: str
    service_state: str
    consent: ConsentFound
    is_overridden: bool
    twin: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralStepTold:
    """A step that is told: where it leads, its day, what kept the person from the service, and whether that is told."""

    to: str
    on: date
    barrier: Barrier | None = None
    declined_by: DeclinedBy | None = None
    has_note: bool = False


def check_offer(offer: Offer) -> list[Refusal]:
    """Why a person is not referred to a service."""
    found = []
    if offer.service_state != "open":
        found.append(REFERRAL_SERVICE_NOT_OPEN(service=offer.service, state=offer.service_state))
    if not offer.is_overridden:
        found += check_consent(offer.participant, offer.consent)
    elif offer.consent.suffices:
        found.append(REFERRAL_OVERRIDE_NOT_NEEDED(participant=offer.participant))
    if offer.twin is not None:
        referral, state = offer.twin
        found.append(
            REFERRAL_TWICE(
                participant=offer.participant, service=offer.service, referral=referral, state=state
            )
        )
    return found


def check_consent(participant: str, consent: ConsentFound) -> list[Refusal]:
    """Why a referral cannot rest on a consent."""
    if consent.suffices:
        return []
    if consent.stands:
        return [REFERRAL_GUARDIAN_MISSING(participant=participant)]
    if consent.withdrawn_on is not None:
        return [REFERRAL_CONSENT_WITHDRAWN(participant=participant, day=consent.withdrawn_on)]
    return [REFERRAL_CONSENT_MISSING(participant=participant)]


def check_step(
    referral: str, state: str, told: ReferralStepTold, *, last: date, gaps: list[Refusal]
) -> list[Refusal]:
    """Why a step cannot follow the last one, of the day `last`; `gaps` is what its ground lacks now.

    Taking somebody in rests on the consent; that somebody was served is a fact, and is taken in even so.
    """
    found = []
    if told.on < last:
        found.append(REFERRAL_STEP_BEFORE_LAST(referral=referral, state=state, last=last, day=told.on))
    if told.to == "accepted":
        found += gaps
    if told.to == "declined" and (told.barrier is None or told.declined_by is None):
        found.append(REFERRAL_BARRIER_MISSING(referral=referral))
    if told.to != "declined" and (told.barrier is not None or told.declined_by is not None):
        found.append(REFERRAL_BARRIER_NOT_EXPECTED(referral=referral))
    if told.barrier is Barrier.OTHER and not told.has_note:
        found.append(REFERRAL_BARRIER_UNTOLD(referral=referral))
    return found


def step_irregularity(to: str, *, is_withdrawn: bool) -> ReferralIrregularity | None:
    """Why a step stands on the exceptions page, or None."""
    return ReferralIrregularity.SERVED_AFTER_WITHDRAWAL if to == "done" and is_withdrawn else None
