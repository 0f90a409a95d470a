"""What makes a running grant one that can be taken over from earlier books. Pure; must not know rows.

That it was awarded, agreed and paid there is a fact: no range, no eligibility and no other support keeps it out. What
our books cannot hold is refused: amounts that do not foot, no agreement where one is needed, a statement of one's own.
"""

from datetime import date
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
REFUSALS: Final = (
    *(TAKEOVER_TWICE, TAKEOVER_OWN_PAPER, TAKEOVER_AGREEMENT, TAKEOVER_NO_AGREEMENT),
    TAKEOVER_TIED,
)


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
