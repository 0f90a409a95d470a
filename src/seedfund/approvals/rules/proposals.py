"""Rules that change under two persons: a proposal is decided once, by somebody else, as it was proposed. Pure.

Policies, delegations, benefit types and eligibility all change this way, so that no single hand moves a threshold.
"""

from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

PROPOSAL_OWN: Final = RefusalCode(
    "proposal_own",
    "{number} was proposed by the same person.",
    "Ask a second person to decide it.",
)
PROPOSAL_DECIDED: Final = RefusalCode(
    "proposal_decided",
    "{number} was {outcome} before.",
    "Make a new proposal.",
)
PROPOSAL_KIND: Final = RefusalCode(
    "proposal_kind",
    "{number} proposes a {kind}, not a {wanted}.",
    "Decide it with the command of its kind.",
)
PROPOSAL_BACKDATED: Final = RefusalCode(
    "proposal_backdated",
    "It would be in force from {day}, which has passed.",
    "Propose it from today or a later day on.",
)
REASON_MISSING: Final = RefusalCode(
    "reason_missing",
    "A decision of this kind needs its reason in words.",
    "Write why, without names of persons.",
)
REFUSALS: Final = (PROPOSAL_OWN, PROPOSAL_DECIDED, PROPOSAL_KIND, PROPOSAL_BACKDATED, REASON_MISSING)


def check_start(effective_from: date, *, today: date) -> list[Refusal]:
    """A rule that begins in the past would change what was decided under another one."""
    return [PROPOSAL_BACKDATED(day=effective_from)] if effective_from < today else []


def check_reason(reason: str) -> list[Refusal]:
    """An empty reason is none."""
    return [] if reason.strip() else [REASON_MISSING()]


def check_decision(
    number: str, *, kind: str, wanted: str, is_own: bool, outcome: str | None
) -> list[Refusal]:
    """Why a proposal cannot be decided now, in the declared order; `outcome` is an earlier decision's."""
    return [
        *([PROPOSAL_OWN(number=number)] if is_own else []),
        *([PROPOSAL_DECIDED(number=number, outcome=outcome)] if outcome is not None else []),
        *([PROPOSAL_KIND(number=number, kind=kind, wanted=wanted)] if kind != wanted else []),
    ]
