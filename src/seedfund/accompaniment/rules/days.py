"""Nothing happens to what a household set out before its last step. Must not know how steps are stored."""

from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

HOUSEHOLD_STEP_BEFORE = RefusalCode(
    "household_step_before",
    "{number} had its last step on {last}; it cannot have another on {day}, before that.",
    "Give the day on which it happened, from {last} on.",
)
REFUSALS: Final = (HOUSEHOLD_STEP_BEFORE,)


def check_day(number: str, day: date, *, last: date) -> list[Refusal]:
    """Why a step may not stand on `day`; on the same day it may."""
    return [HOUSEHOLD_STEP_BEFORE(number=number, last=last, day=day)] if day < last else []
