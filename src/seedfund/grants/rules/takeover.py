"""What makes a running grant one that can be taken over from earlier books. Pure; must not know rows.

That it was awarded, agreed and paid there is a fact: no range, no eligibility and no other support keeps it out; where
it is against a rule of the programme, that is told (`against`). What our books cannot hold is refused: amounts that do
not foot, no agreement where one is needed, a statement of one's own.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

TAKEOVER_TWICE: Final = RefusalCode(
    "takeover_twice",
    "{outside} was taken over already, as {number}.",
    "If that was an error, end it with: seedfund do grants.terminate_grant, reason error; else leave the row.",
)
TAKEOVER_OWN_PAPER: Final = RefusalCode(
    "takeover_own_paper",
    "The statement that {outside} stands on was filed by who takes it over.",
    "Have another person file it with: seedfund do register.file_evidence.",
)
TAKEOVER_AGREEMENT: Final = RefusalCode(
    "takeover_agreement",
    "{outside} is of {benefit}, which asks for an agreement, and names none with its day.",
    "Give the agreement's number in the earlier books and the day it was signed.",
)
TAKEOVER_NO_AGREEMENT: Final = RefusalCode(
    "takeover_no_agreement",
    "{outside} names an agreement, and {benefit} asks for none.",
    "Leave out the agreement, or name the benefit it was signed for.",
)
TAKEOVER_TIED: Final = RefusalCode(
    "takeover_tied",
    "{benefit} pays by days attended; {outside} cannot be taken over without its employment plan.",
    "Award it from its plan, then enter what was paid with: seedfund do grants.bring_forward.",
)
TAKEOVER_PAID_BEFORE: Final = RefusalCode(
    "takeover_paid_before",
    "{outside} was approved on {approved}, and tranche {position} would have been paid before, on {day}.",
    "Correct the day that is wrong in the statement of the earlier books.",
)
REFUSALS: Final = (
    *(TAKEOVER_TWICE, TAKEOVER_OWN_PAPER, TAKEOVER_AGREEMENT, TAKEOVER_NO_AGREEMENT),
    *(TAKEOVER_TIED, TAKEOVER_PAID_BEFORE),
)


class TakeoverIrregularity(StrEnum):
    """Which rule a grant that was taken over would not have been awarded, or paid, under here."""

    OUT_OF_RANGE = "taken_over_out_of_range"
    NOT_ELIGIBLE = "taken_over_not_eligible"
    FUND_NOT_OPEN = "taken_over_fund_not_open"
    BESIDE_ANOTHER = "taken_over_beside_another"
    NOT_TAKING_PART = "taken_over_not_taking_part"
    NOT_SELECTED = "taken_over_not_selected"
    PAID_UNAGREED = "taken_over_paid_unagreed"
    SAME_AGREEMENT = "taken_over_same_agreement"


_AGAINST: Final[Mapping[str, TakeoverIrregularity]] = MappingProxyType(
    {
        "award_range": TakeoverIrregularity.OUT_OF_RANGE,
        "fund_not_eligible": TakeoverIrregularity.NOT_ELIGIBLE,
        "fund_not_open": TakeoverIrregularity.FUND_NOT_OPEN,
        "one_per_household_and_period": TakeoverIrregularity.BESIDE_ANOTHER,
        "double_support": TakeoverIrregularity.BESIDE_ANOTHER,
        "owner_deceased": TakeoverIrregularity.NOT_TAKING_PART,
        "not_taking_part": TakeoverIrregularity.NOT_TAKING_PART,
        "household_not_active": TakeoverIrregularity.NOT_TAKING_PART,
        "award_needs_selection": TakeoverIrregularity.NOT_SELECTED,
    }
)
"""What a new award would be refused for, as it is told of one that others made."""


def against(refusals: Iterable[Refusal]) -> dict[TakeoverIrregularity, Refusal]:
    """The rules a running grant is against, each once with the first refusal; of any other refusal nothing is told."""
    found: dict[TakeoverIrregularity, Refusal] = {}
    for one in refusals:
        if one.code in _AGAINST:
            found.setdefault(_AGAINST[one.code], one)
    return found


def check_paid_days(outside: str, *, approved_on: date, paid_on: Mapping[int, date]) -> list[Refusal]:
    """Why payments contradict the approval they stand on; `paid_on` by the position of the tranche."""
    return [
        TAKEOVER_PAID_BEFORE(outside=outside, approved=approved_on, position=position, day=day)
        for position, day in sorted(paid_on.items())
        if day < approved_on
    ]


def check_takeover(
    outside: str, *, taken_as: str, benefit: str, needs_agreement: bool, has_agreement: bool, is_tied: bool
) -> list[Refusal]:
    """Why a running grant is not taken over; `taken_as` is the number it was taken over as before, if it was."""
    return [
        *([TAKEOVER_TWICE(outside=outside, number=taken_as)] if taken_as else []),
        *(
            [TAKEOVER_AGREEMENT(outside=outside, benefit=benefit)]
            if needs_agreement and not has_agreement
            else []
        ),
        *(
            [TAKEOVER_NO_AGREEMENT(outside=outside, benefit=benefit)]
            if has_agreement and not needs_agreement
            else []
        ),
        *([TAKEOVER_TIED(outside=outside, benefit=benefit)] if is_tied else []),
    ]


def days_in_order(*, approved_on: date, agreed_on: date | None, cut_off: date) -> bool:
    """Whether the days of a running grant can be as they are told."""
    return approved_on <= cut_off and (agreed_on is None or approved_on <= agreed_on <= cut_off)
