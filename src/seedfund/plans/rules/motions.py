"""Motions of a session about one plan: votes are cast on the latest, and the decision is the one that carried.

Must not know how votes are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.plans.rules.states import Outcome


@dataclass(frozen=True)
class MotionPut:
    """A motion as it was put to the vote, by its place among those on the plan in the session."""

    position: int
    outcome: Outcome
    amount: Money


MOTION_MISSING = RefusalCode(
    "motion_missing",
    "Nothing was put to the vote about plan {plan} in the session {session}.",
    "Put a motion to the vote first, with plans.put_motion.",
)
MOTION_FOLLOWED = RefusalCode(
    "motion_followed",
    "Motion {motion} on plan {plan} was followed by motion {latest}.",
    "Vote on motion {latest}.",
)
DECISION_NOT_AS_MOVED = RefusalCode(
    "decision_not_as_moved",
    "The session voted on {moved} of {amount} for plan {plan}; the decision says {outcome} of {decided}.",
    "Write down what was voted on, or put another motion to the vote.",
)
REFUSALS: Final = (MOTION_MISSING, MOTION_FOLLOWED, DECISION_NOT_AS_MOVED)


def check_motion(
    motions: Sequence[MotionPut], asked: int | None, *, plan: str, session: str
) -> tuple[Refusal, ...]:
    """Why no vote can be cast on the motion `asked` for; None asks for the latest."""
    if not motions:
        return (MOTION_MISSING(plan=plan, session=session),)
    latest = motions[-1].position
    if asked is not None and asked != latest:
        return (MOTION_FOLLOWED(motion=asked, plan=plan, latest=latest),)
    return ()


def check_as_moved(
    motions: Sequence[MotionPut], outcome: Outcome, amount: Money, *, plan: str, session: str
) -> tuple[Refusal, ...]:
    """Why a decision is not the motion that was voted on; whether that one carried is for the count to say."""
    if not motions:
        return (MOTION_MISSING(plan=plan, session=session),)
    put = motions[-1]
    if (put.outcome, put.amount) == (outcome, amount):
        return ()
    said = {"outcome": outcome.value, "decided": amount}
    return (DECISION_NOT_AS_MOVED(plan=plan, moved=put.outcome.value, amount=put.amount, **said),)
