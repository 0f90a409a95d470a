"""What a person decides about two records that may be one person, and what is refused. Must not know names or rows.

A search only proposes. The decision is kept for the pair for good: what was found to be two people is not proposed
again, whatever their records say later; only a further decision, by a person and with a reason, turns it. One person
means that one number leads and the other is kept beside it, with everything that was done under it.
"""

from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.states import StateTable

LIKELY_STATES: Final = StateTable(
    "likely duplicate",
    "waiting",
    {
        "waiting": ("put_off", "different_people", "same_person", "erased"),
        "put_off": ("different_people", "same_person", "erased"),
        "different_people": ("same_person", "erased"),
        "same_person": ("different_people", "erased"),
        "erased": (),
    },
)
"""A decision can be turned by a further one and never goes back to waiting; it ends when one of the two is erased."""
UNDECIDED: Final = ("waiting", "put_off")
"""States in which somebody still has to decide."""


class LikelyDecision(StrEnum):
    """What a look at two people found."""

    PUT_OFF = "put_off"
    DIFFERENT_PEOPLE = "different_people"
    SAME_PERSON = "same_person"


LIKENESS_OWN_DECISION = RefusalCode(
    "likeness_own_decision",
    "Whoever entered the later of the two records does not decide whether they are one person.",
    "Ask a colleague to look at both.",
)
LIKENESS_STANDS = RefusalCode(
    "likeness_stands",
    "{first} and {second} were found to be {decision} before.",
    "Nothing has to be done; to turn it, decide otherwise.",
)
LIKENESS_LEADS_MISSING = RefusalCode(
    "likeness_leads_missing",
    "It is one person, and it is not said under which number they go on.",
    "Name the number that leads: {first} or {second}.",
)
LIKENESS_LEADS_NOT_EXPECTED = RefusalCode(
    "likeness_leads_not_expected",
    "A number is named to lead, and the decision does not say that it is one person.",
    "Leave the leading number empty, or decide that it is the same person.",
)
LIKENESS_SELF = RefusalCode(
    "likeness_self", "{participant} is proposed beside itself.", "Give the numbers of two people."
)
PERSON_MERGED = RefusalCode(
    "person_merged",
    "{participant} is the same person as {leads}, who goes on under that number.",
    "Do it for {leads}; to undo it, decide again with: seedfund do people.decide_likely_duplicate.",
)
HOUSEHOLD_MERGED = RefusalCode(
    "household_merged",
    "The household {household} is the same as {leads}, which goes on under that number.",
    "Do it for {leads}; to undo it, decide again with: seedfund do people.decide_likely_duplicate.",
)
REFUSALS: Final = (
    *(LIKENESS_SELF, LIKENESS_OWN_DECISION, LIKENESS_STANDS),
    *(LIKENESS_LEADS_MISSING, LIKENESS_LEADS_NOT_EXPECTED),
    *(PERSON_MERGED, HOUSEHOLD_MERGED),
)


def check_likeness_decision(
    decision: LikelyDecision,
    *,
    state: str,
    pair: tuple[str, str],
    leads: str | None,
    is_own: bool,
) -> tuple[Refusal, ...]:
    """Why a decision about two people cannot stand; `pair` and `leads` are their numbers."""
    first, second = pair
    found = []
    if is_own:
        found.append(LIKENESS_OWN_DECISION())
    if state == decision.value and decision is not LikelyDecision.PUT_OFF:
        found.append(LIKENESS_STANDS(first=first, second=second, decision=decision.value))
    is_same = decision is LikelyDecision.SAME_PERSON
    if is_same and leads not in pair:
        found.append(LIKENESS_LEADS_MISSING(first=first, second=second))
    if not is_same and leads is not None:
        found.append(LIKENESS_LEADS_NOT_EXPECTED())
    return tuple(found)
