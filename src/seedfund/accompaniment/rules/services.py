"""The catalogue of services: who offers what, and whether it takes people in. Must not know who is referred."""

from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.states import StateTable


class ServiceProviderKind(StrEnum):
    """Who offers a service; cities and social enterprises are among them (domain: what the seeds require)."""

    CITY = "city"
    STATE = "state"
    NGO = "ngo"
    UN_AGENCY = "un_agency"
    SOCIAL_ENTERPRISE = "social_enterprise"
    COMMUNITY = "community"
    COMPANY = "company"


class ServiceKind(StrEnum):
    """What a service is about."""

    HEALTH = "health"
    EDUCATION = "education"
    PSYCHOSOCIAL = "psychosocial"
    LEGAL = "legal"
    DOCUMENTATION = "documentation"
    EMPLOYMENT = "employment"
    SOCIAL_PROTECTION = "social_protection"
    FINANCE = "finance"
    PROTECTION = "protection"
    SHELTER = "shelter"
    FOOD = "food"
    CHILD_CARE = "child_care"
    OTHER = "other"


SERVICE_STATES: Final = StateTable(
    "service",
    "open",
    {"open": ("paused", "closed"), "paused": ("open", "closed"), "closed": ()},
)
"""A service that takes nobody in for a while is paused; one that came back under other terms is listed anew."""

SERVICE_LISTED_TWICE = RefusalCode(
    "service_listed_twice",
    "{service} is the same service of the same provider at the same place already, and it is {state}.",
    "Use {service}, or open it again.",
)
SERVICE_STEP_BEFORE_LAST = RefusalCode(
    "service_step_before_last",
    "{service} became {state} on {last}, and this step is said to be of {day}.",
    "Give the day of the step; steps are recorded in the order in which they happened.",
)
REFUSALS: Final = (SERVICE_LISTED_TWICE, SERVICE_STEP_BEFORE_LAST)


def check_listing(twin: tuple[str, str] | None) -> list[Refusal]:
    """Why a service is not listed: `twin` is the number and state of the same one, not closed."""
    return [] if twin is None else [SERVICE_LISTED_TWICE(service=twin[0], state=twin[1])]
