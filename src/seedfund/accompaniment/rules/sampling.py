"""The verification sample of a selection: drawn from a seed anybody can draw again, and what was found of each.

A household's lot is the SHA-256 of the seed and its number; the lowest lots are the sample. Must not know rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.states import StateTable

SAMPLE_STATES: Final = StateTable(
    "household of a sample",
    "to_verify",
    {"to_verify": ("verified", "differs"), "verified": (), "differs": ()},
)
"""One step at the door; what is corrected later is a further version, and both stay."""
WHOLE: Final = 10_000


class Finding(StrEnum):
    """What was found of a household at its door."""

    VERIFIED = "verified"
    DIFFERS = "differs"


class Difference(StrEnum):
    """In what a household differs from what it was selected by."""

    INCOME = "income"
    SCORE = "score"
    MEMBERS = "members"
    PLACE = "place"
    NOT_FOUND = "not_found"
    OTHER = "other"


SAMPLE_NOBODY_SELECTED = RefusalCode(
    "sample_nobody_selected",
    "Nobody holds a place in {selection}.",
    "Draw a sample once households are selected.",
)
SAMPLE_DRAWN_ALREADY = RefusalCode(
    "sample_drawn_already",
    "The sample of {selection} was drawn on {day}.",
    "Verify its households; a sample is not drawn again until it suits.",
)
SAMPLE_NOT_IN_IT = RefusalCode(
    "sample_not_in_it",
    "{household} is not in the sample of {selection}.",
    "Record what was found of the households of the sample.",
)
SAMPLE_OWN_SCREENING = RefusalCode(
    "sample_own_screening",
    "{household} was screened by the same person.",
    "Ask a colleague to verify it.",
)
SAMPLE_DIFFERENCE_MISSING = RefusalCode(
    "sample_difference_missing",
    "{household} differs, and it is not said in what.",
    "Say in what it differs.",
)
SAMPLE_DIFFERENCE_NOT_EXPECTED = RefusalCode(
    "sample_difference_not_expected",
    "{household} is verified, and a difference is told.",
    "Leave the difference out, or record that it differs.",
)
SAMPLE_REASON_MISSING = RefusalCode(
    "sample_reason_missing",
    "What was found of {household} is recorded already, and it is not said why it changes.",
    "Give the reason, without names.",
)
REFUSALS: Final = (
    *(SAMPLE_NOBODY_SELECTED, SAMPLE_DRAWN_ALREADY, SAMPLE_NOT_IN_IT, SAMPLE_OWN_SCREENING),
    *(SAMPLE_DIFFERENCE_MISSING, SAMPLE_DIFFERENCE_NOT_EXPECTED, SAMPLE_REASON_MISSING),
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of a sampled household: the finding, and what comes with it."""

    finding: Finding
    is_own_screening: bool
    has_difference: bool
    is_correction: bool
    has_reason: bool


@dataclass(frozen=True, kw_only=True)
class SampleFigures:
    """A sample in figures; `differing` is the share of those looked at, in hundredths of a percent, None if nobody."""

    drawn: int
    looked_at: int
    differ: int

    @property
    def differing(self) -> int | None:
        """The share that differs among those looked at, rounded half up, in hundredths of a percent."""
        if not self.looked_at:
            return None
        return (2 * WHOLE * self.differ + self.looked_at) // (2 * self.looked_at)


def sample_size(selected: int, *, share: int, least: int) -> int:
    """How many of those selected are verified: their share in hundredths of a percent rounded up, and at least `least`.

    Never more than were selected.
    """
    return min(selected, max(least, -(-selected * share // WHOLE)))


def draw(seed: str, households: Sequence[str], size: int) -> tuple[str, ...]:
    """The sample of these households from a seed, in the order of their lots, in whatever order they come."""
    return tuple(sorted(households, key=lambda one: (_lot(seed, one), one))[:size])


def _lot(seed: str, household: str) -> str:
    return sha256(f"{seed}\n{household}".encode()).hexdigest()


def check_draw(selection: str, *, selected: int, drawn_on: str | None) -> list[Refusal]:
    """Why no sample is drawn."""
    return [
        *([] if selected else [SAMPLE_NOBODY_SELECTED(selection=selection)]),
        *([] if drawn_on is None else [SAMPLE_DRAWN_ALREADY(selection=selection, day=drawn_on)]),
    ]


def check_finding(household: str, told: Told) -> list[Refusal]:
    """Why what was found cannot be recorded as told."""
    found = [SAMPLE_OWN_SCREENING(household=household)] if told.is_own_screening else []
    if told.finding is Finding.DIFFERS and not told.has_difference:
        found.append(SAMPLE_DIFFERENCE_MISSING(household=household))
    if told.finding is Finding.VERIFIED and told.has_difference:
        found.append(SAMPLE_DIFFERENCE_NOT_EXPECTED(household=household))
    if told.is_correction and not told.has_reason:
        found.append(SAMPLE_REASON_MISSING(household=household))
    return found


def figures(drawn: int, findings: Sequence[Finding]) -> SampleFigures:
    """A sample in figures: how many were drawn, looked at, and differ."""
    return SampleFigures(
        drawn=drawn, looked_at=len(findings), differ=sum(one is Finding.DIFFERS for one in findings)
    )
