"""The life of a plan and of its versions. Must not know how a plan is judged.

A submitted version never changes; what changes is a new version, and the plan points at it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.kernel.states import StateTable

PLAN_STATES: Final = StateTable(
    "plan",
    "draft",
    {
        "draft": ("submitted", "withdrawn"),
        "submitted": ("returned", "verified", "withdrawn"),
        "returned": ("submitted", "withdrawn"),
        "verified": ("returned", "approved", "deferred", "waiting_list", "rejected", "withdrawn"),
        "deferred": ("returned", "approved", "waiting_list", "rejected", "withdrawn"),
        "waiting_list": ("approved", "deferred", "rejected", "withdrawn"),
        "approved": ("withdrawn",),
        "rejected": (),
        "withdrawn": (),
    },
)
"""From the first draft over the field visit (verified) to the decision (domain: lifecycle, steps 5 to 8)."""

OPEN_TO_VERSIONS: Final = ("draft", "returned", "approved")
"""States in which a further version may be written: drafting, or bringing it to what the committee asked for."""


WAITING: Final = ("verified", "deferred", "waiting_list")
"""States in which a plan waits for a committee's decision, and so stands in the ranking of its call."""


class Outcome(StrEnum):
    """What a committee decides about a plan."""

    APPROVED = "approved"
    APPROVED_WITH_OBSERVATIONS = "approved_with_observations"
    LOWER_AMOUNT = "lower_amount"
    DEFERRED = "deferred"
    WAITING_LIST = "waiting_list"
    REJECTED = "rejected"


STATE_AFTER: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.APPROVED: "approved",
        Outcome.APPROVED_WITH_OBSERVATIONS: "approved",
        Outcome.LOWER_AMOUNT: "approved",
        Outcome.DEFERRED: "deferred",
        Outcome.WAITING_LIST: "waiting_list",
        Outcome.REJECTED: "rejected",
    }
)
"""The state a plan takes by each outcome."""

GRANTING: Final = (Outcome.APPROVED, Outcome.APPROVED_WITH_OBSERVATIONS, Outcome.LOWER_AMOUNT)
"""The outcomes that give money."""

PLAN_CLOSED_TO_VERSIONS = RefusalCode(
    "plan_closed_to_versions",
    "The plan is {state}; no other version of it can be written now.",
    "Have it returned to draft first; what was submitted stays as it is.",
)
PLAN_ABOVE_APPROVED_AMOUNT = RefusalCode(
    "plan_above_approved_amount",
    "The version asks for a grant of {asked}, and {approved} were approved.",
    "Bring the items funded by the grant down to {approved}, or take the plan to the committee again.",
)
REFUSALS: Final = (PLAN_CLOSED_TO_VERSIONS, PLAN_ABOVE_APPROVED_AMOUNT)


def check_version(state: str, *, asked: Money, approved: Money | None) -> tuple[Refusal, ...]:
    """Why a further version may not be written; after approval it may not ask for more than approved."""
    if state not in OPEN_TO_VERSIONS:
        return (PLAN_CLOSED_TO_VERSIONS(state=state),)
    if approved is not None and asked > approved:
        return (PLAN_ABOVE_APPROVED_AMOUNT(asked=asked, approved=approved),)
    return ()
