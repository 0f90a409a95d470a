"""Reads of training: facts for rules and for higher areas, in batches of ids; rows for the desk.

`courses` providers, courses, cohorts and sessions · `enrolments` who is in which cohort, and certificates · `marks`
registers · `rates` what everybody attended, in one pass.

What the conditions of tranches ask is named here, and loaded when one does.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.training.queries.rates import RateFacts, rates_of_people
else:
    _HOMES: Final = {
        ".rates": (
            "RateFacts",
            "rates_of_people",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = ["RateFacts", "rates_of_people"]
