"""How plans are scored, with the sheet as data. Must not know who sits in the committee.

A sheet is frozen with each decision by its code and version. Scores are basis points of the best possible
score; they are what is printed, and what is ranked, so that a ranking can be checked from the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import InvalidInput, Refusal, RefusalCode
from seedfund.plans.rules.values import NOTHING_SCORED, Undefined

_WHOLE: Final = 10_000


@dataclass(frozen=True)
class Criterion:
    """What is marked, and how much it weighs in basis points of the whole."""

    code: str
    title: str
    weight: int
    may_be_not_applicable: bool = False


@dataclass(frozen=True)
class Disqualifier:
    """A condition that keeps a plan out whatever its score."""

    code: str
    title: str


class TieBreakKind(StrEnum):
    """What decides between plans of one score."""

    CRITERION = "criterion"
    PRIORITY = "priority"
    SMALLER_GRANT = "smaller_grant"
    EARLIER_SUBMISSION = "earlier_submission"


@dataclass(frozen=True)
class TieBreak:
    """One step of the tie-break order; `criterion` names the one whose mean mark decides, highest first.

    For a priority it names the population group that goes first.
    """

    kind: TieBreakKind
    criterion: str = ""


@dataclass(frozen=True)
class ScoringSheet:
    """The rules of one call: what is marked, on which scale, what passes, disqualifies and breaks a tie.

    Weights add up to 10,000 basis points. `scale_min` to `scale_max` is the range of a mark. `pass_mark`
    and `spread_max` (how far reviewers may differ before a further one is asked) are basis points. With
    `fills_gaps`, a smaller plan may be approved after a larger one no longer fits; `lower_amount_min` is
    the least share of the amount asked for that is still offered, or None when no lower amount is offered.
    """

    code: str
    version: str
    criteria: tuple[Criterion, ...]
    scale_min: int
    scale_max: int
    pass_mark: int
    disqualifiers: tuple[Disqualifier, ...] = ()
    tie_breaks: tuple[TieBreak, ...] = ()
    reviewers_min: int = 1
    spread_max: int = _WHOLE
    fills_gaps: bool = False
    lower_amount_min: int | None = None

    def __post_init__(self) -> None:
        codes = [criterion.code for criterion in self.criteria]
        problem = (
            "the weights do not add up to 10000 basis points"
            if sum(c.weight for c in self.criteria) != _WHOLE or any(c.weight <= 0 for c in self.criteria)
            else "a criterion stands twice"
            if len(codes) != len(set(codes))
            else "the scale is empty"
            if self.scale_max <= self.scale_min
            else "the pass mark is not between 0 and 10000"
            if not 0 <= self.pass_mark <= _WHOLE
            else "a tie-break names no criterion of the sheet"
            if any(t.kind is TieBreakKind.CRITERION and t.criterion not in codes for t in self.tie_breaks)
            else None
        )
        if problem:
            raise InvalidInput(field="scoring_sheet", problem=problem, remedy="correct the sheet")


@dataclass(frozen=True)
class Mark:
    """One criterion's mark; None says that it does not apply, which is neither zero nor forgotten."""

    criterion: str
    value: int | None


@dataclass(frozen=True)
class ScoreSheet:
    """What one reviewer wrote about one plan; `disqualified` holds codes of conditions found to be met."""

    reviewer: str
    marks: tuple[Mark, ...]
    disqualified: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanScore:
    """The score of a plan over its reviewers.

    `total` is basis points, rounded half up; `spread` the distance between the highest and the lowest
    reviewer. `by_criterion` holds the mean of each criterion in basis points of the scale, for tie-breaks
    and the minutes.
    """

    total: int | Undefined
    spread: int
    by_criterion: Mapping[str, int]
    disqualified: tuple[str, ...]
    passes: bool
    needs_further_reviewer: bool


SCORE_REVIEWERS_TOO_FEW = RefusalCode(
    "score_reviewers_too_few",
    "The plan has {found} score sheets; this call needs {needed}.",
    "Ask another reviewer to score it.",
)
SCORE_REVIEWER_TWICE = RefusalCode(
    "score_reviewer_twice",
    "{reviewer} scored the same plan twice.",
    "Keep one of the two sheets.",
)
SCORE_BY_AUTHOR = RefusalCode(
    "score_by_author",
    "{reviewer} helped to prepare the plan and cannot score it.",
    "Ask somebody who had no hand in it.",
)
SCORE_CRITERION_UNKNOWN = RefusalCode(
    "score_criterion_unknown",
    "{criterion} is no criterion of the sheet {sheet}.",
    "Mark the criteria of that sheet.",
)
SCORE_CRITERION_TWICE = RefusalCode(
    "score_criterion_twice",
    "{reviewer} marked {criterion} twice.",
    "Keep one mark.",
)
SCORE_CRITERION_UNANSWERED = RefusalCode(
    "score_criterion_unanswered",
    "{reviewer} left {criterion} without a mark.",
    "Give a mark, or say that it does not apply where the sheet allows that.",
)
SCORE_NOT_APPLICABLE = RefusalCode(
    "score_not_applicable",
    "{reviewer} says that {criterion} does not apply, and the sheet does not allow that.",
    "Give a mark from {least} to {most}.",
)
SCORE_OUT_OF_SCALE = RefusalCode(
    "score_out_of_scale",
    "{reviewer} gave {criterion} a mark of {mark}.",
    "Give a mark from {least} to {most}.",
)
SCORE_DISQUALIFIER_UNKNOWN = RefusalCode(
    "score_disqualifier_unknown",
    "{disqualifier} is no disqualifying condition of the sheet {sheet}.",
    "Use the conditions of that sheet.",
)
REFUSALS: Final = (
    *(SCORE_REVIEWERS_TOO_FEW, SCORE_REVIEWER_TWICE, SCORE_BY_AUTHOR, SCORE_CRITERION_UNKNOWN),
    *(SCORE_CRITERION_TWICE, SCORE_CRITERION_UNANSWERED, SCORE_NOT_APPLICABLE, SCORE_OUT_OF_SCALE),
    SCORE_DISQUALIFIER_UNKNOWN,
)
"""What keeps score sheets out, in the order in which it is said."""


def check_scores(
    sheet: ScoringSheet, scores: Sequence[ScoreSheet], *, authors: Sequence[str]
) -> tuple[Refusal, ...]:
    """Why these score sheets cannot stand, in the declared order; `authors` prepared the plan."""
    found: list[Refusal] = []
    if len(scores) < sheet.reviewers_min:
        found.append(SCORE_REVIEWERS_TOO_FEW(found=len(scores), needed=sheet.reviewers_min))
    reviewers = [score.reviewer for score in scores]
    twice = sorted({name for name in reviewers if reviewers.count(name) > 1})
    found += [SCORE_REVIEWER_TWICE(reviewer=name) for name in twice]
    found += [SCORE_BY_AUTHOR(reviewer=name) for name in dict.fromkeys(reviewers) if name in authors]
    for score in scores:
        found += _check_marks(sheet, score)
    order = [kind.code for kind in REFUSALS]
    return tuple(sorted(found, key=lambda refusal: order.index(refusal.code)))


def score_plan(sheet: ScoringSheet, scores: Sequence[ScoreSheet]) -> PlanScore:
    """The score of a plan from sheets that `check_scores` found nothing against.

    A reviewer's score is the weighted mean of the marks that apply, each as its part of the scale; weights
    of criteria that do not apply are left out, not counted as zero. The plan's score is the mean of its
    reviewers.
    """
    each = [part for part in (_reviewer_score(sheet, score) for score in scores) if part is not None]
    whole = _basis_points(sum(each, Fraction(0)) / len(each)) if each else Undefined(NOTHING_SCORED)
    spread = _basis_points(max(each) - min(each)) if each else 0
    met = {code for score in scores for code in score.disqualified}
    disqualified = tuple(item.code for item in sheet.disqualifiers if item.code in met)
    return PlanScore(
        total=whole,
        spread=spread,
        by_criterion=MappingProxyType(_by_criterion(sheet, scores)),
        disqualified=disqualified,
        passes=not disqualified and not isinstance(whole, Undefined) and whole >= sheet.pass_mark,
        needs_further_reviewer=spread > sheet.spread_max,
    )


def _check_marks(sheet: ScoringSheet, score: ScoreSheet) -> list[Refusal]:
    criteria = {criterion.code: criterion for criterion in sheet.criteria}
    given = [mark.criterion for mark in score.marks]
    reviewer, scale = score.reviewer, {"least": sheet.scale_min, "most": sheet.scale_max}
    found = [
        SCORE_CRITERION_UNKNOWN(criterion=code, sheet=sheet.code)
        for code in dict.fromkeys(given)
        if code not in criteria
    ]
    for code, criterion in criteria.items():
        values = [mark.value for mark in score.marks if mark.criterion == code]
        if not values:
            found.append(SCORE_CRITERION_UNANSWERED(reviewer=reviewer, criterion=code))
        if len(values) > 1:
            found.append(SCORE_CRITERION_TWICE(reviewer=reviewer, criterion=code))
        for value in values:
            if value is None and not criterion.may_be_not_applicable:
                found.append(SCORE_NOT_APPLICABLE(reviewer=reviewer, criterion=code, **scale))
            if value is not None and not sheet.scale_min <= value <= sheet.scale_max:
                found.append(SCORE_OUT_OF_SCALE(reviewer=reviewer, criterion=code, mark=value, **scale))
    known = {item.code for item in sheet.disqualifiers}
    unknown = [code for code in dict.fromkeys(score.disqualified) if code not in known]
    return found + [SCORE_DISQUALIFIER_UNKNOWN(disqualifier=code, sheet=sheet.code) for code in unknown]


def _reviewer_score(sheet: ScoringSheet, score: ScoreSheet) -> Fraction | None:
    weights = {criterion.code: criterion.weight for criterion in sheet.criteria}
    applying = [(weights[mark.criterion], mark.value) for mark in score.marks if mark.value is not None]
    if not applying:
        return None
    points = sum(weight * _of_scale(sheet, value) for weight, value in applying)
    return Fraction(points) / sum(weight for weight, _ in applying)


def _by_criterion(sheet: ScoringSheet, scores: Sequence[ScoreSheet]) -> dict[str, int]:
    means = {}
    for criterion in sheet.criteria:
        marks = [mark.value for score in scores for mark in score.marks if mark.criterion == criterion.code]
        parts = [_of_scale(sheet, value) for value in marks if value is not None]
        if parts:
            means[criterion.code] = _basis_points(sum(parts, Fraction(0)) / len(parts))
    return means


def _of_scale(sheet: ScoringSheet, value: int) -> Fraction:
    return Fraction(value - sheet.scale_min, sheet.scale_max - sheet.scale_min)


def _basis_points(part: Fraction) -> int:
    """Rounded half up, for parts of 0 or more."""
    return int(part * _WHOLE + Fraction(1, 2))
