"""Criteria of a selection as data: what is asked of a household, and what is said of one that is told so far.

What was not collected is a reason of its own: never a zero, never a no (domain: disaggregation). Must not know rows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.people.rules import AGE_MAX, Birth, GroupRule, PopulationGroup, age_range, is_adult

SCORE_MAX: Final = 1_000_000
"""The highest score, in thousandths of a point: no registry goes beyond 1000 points."""
SHARE_MAX: Final = 10_000


class CriterionKind(StrEnum):
    """What a criterion asks of a household."""

    EXTREME_POVERTY = "extreme_poverty"
    CHILD_UNDER = "child_under"
    SCORE_AT_LEAST = "score_at_least"
    SCORE_AT_MOST = "score_at_most"
    LOCALITY = "locality"
    POPULATION_GROUP = "population_group"
    SIZE_AT_LEAST = "size_at_least"
    SIZE_AT_MOST = "size_at_most"


class ScoreSource(StrEnum):
    """Where a poverty score or an income comes from."""

    REGISTRY = "registry"
    SURVEY = "survey"
    DECLARED = "declared"


class ScoreOrder(StrEnum):
    """Which score comes first: of most registries the lowest is the poorest, of a score of need the highest."""

    LOWEST_FIRST = "lowest_first"
    HIGHEST_FIRST = "highest_first"


class TieRule(StrEnum):
    """What decides between households of one score; the household's number decides at last."""

    MORE_CHILDREN = "more_children"
    LARGER_HOUSEHOLD = "larger_household"
    EARLIER_SCREENING = "earlier_screening"


class Shortfall(StrEnum):
    """Why a household is not ranked."""

    NOT_MET = "not_met"
    NOT_COLLECTED = "not_collected"
    OTHER_CURRENCY = "other_currency"
    TOO_FEW_MET = "too_few_met"
    SCORE_NOT_COLLECTED = "score_not_collected"
    HOUSEHOLD_NOT_ACTIVE = "household_not_active"
    DUPLICATE_OPEN = "duplicate_open"
    HOLDS_A_PLACE = "holds_a_place"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing asked: `number` is thousandths of a point, years or people, as its kind needs.

    `income_below` is an income of a month per person; `among` are localities or population groups. A criterion that is
    not required refuses nobody by itself: `SelectionTerms.others_least` of those have to be met.
    """

    kind: CriterionKind
    number: int | None = None
    income_below: Money | None = None
    among: tuple[str, ...] = ()
    is_required: bool = True


@dataclass(frozen=True, kw_only=True)
class SelectionTerms:
    """The rules of a selection: criteria, order, ties, places, and how large a sample is verified.

    `sample_share` is in hundredths of a percent of those selected (1000 = 10 %), rounded up; `sample_least` is the
    smallest sample, or all where fewer were selected.
    """

    criteria: tuple[Criterion, ...]
    places: int
    order: ScoreOrder = ScoreOrder.LOWEST_FIRST
    ties: tuple[TieRule, ...] = (TieRule.MORE_CHILDREN, TieRule.EARLIER_SCREENING)
    others_least: int = 0
    group_rule: GroupRule = GroupRule.HEAD
    sample_share: int = 1000
    sample_least: int = 5


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a household is not ranked: the criterion, what falls short, and the fact that was found."""

    shortfall: Shortfall
    criterion: CriterionKind | None = None
    fact: str = ""


@dataclass(frozen=True, kw_only=True)
class Screened:
    """What is known of a household on the day of a selection; None is what was not collected."""

    household: str
    screened_on: date
    version: int
    score: int | None
    income: Money | None
    births: tuple[Birth | None, ...]
    group: PopulationGroup | None
    locality: str
    stops: tuple[Reason, ...] = ()

    @property
    def size(self) -> int:
        """How many live in the household."""
        return len(self.births)

    def children(self, on: date) -> int:
        """How many are under 18 for certain on a day."""
        return sum(birth is not None and is_adult(birth, on) is False for birth in self.births)


SELECTION_WITHOUT_CRITERIA = RefusalCode(
    "selection_without_criteria",
    "The rules name no criterion, so that everybody would be eligible.",
    "Give at least one criterion.",
)
SELECTION_WITHOUT_PLACES = RefusalCode(
    "selection_without_places",
    "The rules give {places} places.",
    "Give how many households can be taken in, at least one.",
)
CRITERION_INCOMPLETE = RefusalCode(
    "criterion_incomplete",
    "The criterion {criterion} lacks {lacking}.",
    "Give it with the criterion.",
)
CRITERION_NOT_EXPECTED = RefusalCode(
    "criterion_not_expected",
    "The criterion {criterion} has {field}, which it does not look at.",
    "Leave it out, or use the criterion that looks at it.",
)
CRITERION_OUT_OF_RANGE = RefusalCode(
    "criterion_out_of_range",
    "{number} is no limit of the criterion {criterion}.",
    "Give a number from {least} to {most}; scores are in thousandths of a point.",
)
CRITERION_GROUP_UNKNOWN = RefusalCode(
    "criterion_group_unknown",
    "{group} is no population group.",
    "Give one of the groups in which people are registered; not collected is none.",
)
CRITERION_TWICE = RefusalCode(
    "criterion_twice",
    "The criterion {criterion} stands twice in the same words.",
    "Name each criterion once.",
)
TIE_TWICE = RefusalCode(
    "tie_twice",
    "The tie rule {tie} stands twice.",
    "Name each tie rule once, the first to be looked at first.",
)
OTHERS_TOO_MANY = RefusalCode(
    "others_too_many",
    "{asked} criteria that are not required have to be met, and there are {given} of them.",
    "Ask for no more than there are.",
)
SAMPLE_RULE_OUT_OF_RANGE = RefusalCode(
    "sample_rule_out_of_range",
    "A sample of {share} hundredths of a percent and at least {least} cannot be drawn.",
    "Give a share from 1 to 10000 and at least one household.",
)
REFUSALS: Final = (
    *(SELECTION_WITHOUT_CRITERIA, SELECTION_WITHOUT_PLACES, CRITERION_INCOMPLETE, CRITERION_NOT_EXPECTED),
    *(CRITERION_GROUP_UNKNOWN, CRITERION_OUT_OF_RANGE, CRITERION_TWICE, TIE_TWICE, OTHERS_TOO_MANY),
    SAMPLE_RULE_OUT_OF_RANGE,
)

_RANGES: Final = {
    CriterionKind.EXTREME_POVERTY: (0, SCORE_MAX),
    CriterionKind.CHILD_UNDER: (1, AGE_MAX),
    CriterionKind.SCORE_AT_LEAST: (0, SCORE_MAX),
    CriterionKind.SCORE_AT_MOST: (0, SCORE_MAX),
    CriterionKind.SIZE_AT_LEAST: (1, 100),
    CriterionKind.SIZE_AT_MOST: (1, 100),
}
_FIELDS: Final = {
    CriterionKind.EXTREME_POVERTY: ("income_below", "number"),
    CriterionKind.LOCALITY: ("among",),
    CriterionKind.POPULATION_GROUP: ("among",),
}
_GROUPS: Final = frozenset(PopulationGroup) - {PopulationGroup.NOT_COLLECTED}


def check_terms(terms: SelectionTerms) -> list[Refusal]:
    """Why rules of a selection cannot be proposed, in the declared order."""
    found = [] if terms.criteria else [SELECTION_WITHOUT_CRITERIA()]
    if terms.places < 1:
        found.append(SELECTION_WITHOUT_PLACES(places=terms.places))
    for criterion in terms.criteria:
        found += _check_criterion(criterion)
    criteria, ties = Counter(terms.criteria), Counter(terms.ties)
    found += [CRITERION_TWICE(criterion=one.kind.value) for one in criteria if criteria[one] > 1]
    found += [TIE_TWICE(tie=tie.value) for tie in ties if ties[tie] > 1]
    given = sum(not one.is_required for one in terms.criteria)
    if not 0 <= terms.others_least <= given:
        found.append(OTHERS_TOO_MANY(asked=terms.others_least, given=given))
    if not 1 <= terms.sample_share <= SHARE_MAX or terms.sample_least < 1:
        found.append(SAMPLE_RULE_OUT_OF_RANGE(share=terms.sample_share, least=terms.sample_least))
    return found


def _check_criterion(one: Criterion) -> list[Refusal]:
    told = {"number": one.number is not None, "income_below": one.income_below is not None}
    told["among"] = bool(one.among)
    allowed = _FIELDS.get(one.kind, ("number",))
    name = one.kind.value
    if not any(told[field] for field in allowed):
        return [CRITERION_INCOMPLETE(criterion=name, lacking=allowed[0])]
    found = [
        CRITERION_NOT_EXPECTED(criterion=name, field=field)
        for field, is_told in told.items()
        if is_told and field not in allowed
    ]
    if one.kind is CriterionKind.POPULATION_GROUP:
        found += [CRITERION_GROUP_UNKNOWN(group=group) for group in one.among if group not in _GROUPS]
    if one.number is not None and one.kind in _RANGES:
        least, most = _RANGES[one.kind]
        if not least <= one.number <= most:
            found.append(CRITERION_OUT_OF_RANGE(number=one.number, criterion=name, least=least, most=most))
    return found


def shortfalls(terms: SelectionTerms, one: Screened, on: date) -> tuple[Reason, ...]:
    """Why a household is not ranked, every reason at once in the order of the criteria; none when it is eligible."""
    found = list(one.stops)
    met = 0
    for criterion in terms.criteria:
        reason = judge(criterion, one, on)
        if criterion.is_required and reason is not None:
            found.append(reason)
        met += not criterion.is_required and reason is None
    if met < terms.others_least:
        found.append(Reason(shortfall=Shortfall.TOO_FEW_MET, fact=f"{met}/{terms.others_least}"))
    if one.score is None and not any(reason.shortfall is Shortfall.NOT_COLLECTED for reason in found):
        found.append(Reason(shortfall=Shortfall.SCORE_NOT_COLLECTED))
    return tuple(found)


def judge(criterion: Criterion, one: Screened, on: date) -> Reason | None:
    """Why a criterion is not met, or None when it is."""
    kind, number = criterion.kind, criterion.number or 0
    if kind is CriterionKind.EXTREME_POVERTY:
        return _poverty(criterion, one)
    if kind is CriterionKind.CHILD_UNDER:
        return _child(number, one.births, on)
    if kind in (CriterionKind.SCORE_AT_LEAST, CriterionKind.SCORE_AT_MOST):
        if one.score is None:
            return Reason(shortfall=Shortfall.NOT_COLLECTED, criterion=kind)
        met = one.score >= number if kind is CriterionKind.SCORE_AT_LEAST else one.score <= number
        return _unless(met, kind, points(one.score))
    if kind is CriterionKind.LOCALITY:
        met = one.locality.casefold() in {place.casefold() for place in criterion.among}
        return _unless(met, kind, one.locality)
    if kind is CriterionKind.POPULATION_GROUP:
        if one.group in (None, PopulationGroup.NOT_COLLECTED):
            return Reason(shortfall=Shortfall.NOT_COLLECTED, criterion=kind)
        return _unless(one.group in criterion.among, kind, str(one.group))
    met = one.size >= number if kind is CriterionKind.SIZE_AT_LEAST else one.size <= number
    return _unless(met, kind, str(one.size))


def points(score: int) -> str:
    """A score in points, as it is written in a registry: `34.679`."""
    return f"{score // 1000}.{score % 1000:03d}"


def _unless(met: bool, kind: CriterionKind, fact: str) -> Reason | None:
    return None if met else Reason(shortfall=Shortfall.NOT_MET, criterion=kind, fact=fact)


def _poverty(criterion: Criterion, one: Screened) -> Reason | None:
    """Below one of the lines drawn is extreme poverty; a line that nothing was collected for leaves it open."""
    kind, line, facts, is_open = criterion.kind, criterion.income_below, [], False
    if criterion.number is not None:
        if one.score is not None and one.score < criterion.number:
            return None
        is_open |= one.score is None
        facts += [] if one.score is None else [points(one.score)]
    is_other = line is not None and one.income is not None and one.income.currency != line.currency
    if line is not None:
        if one.income is not None and not is_other and one.income.minor < line.minor:
            return None
        is_open |= one.income is None
        facts += [] if one.income is None else [str(one.income)]
    shortfall = Shortfall.NOT_COLLECTED if is_open else Shortfall.NOT_MET
    return Reason(
        shortfall=Shortfall.OTHER_CURRENCY if is_other else shortfall, criterion=kind, fact=", ".join(facts)
    )


def _child(years: int, births: Iterable[Birth | None], on: date) -> Reason | None:
    """Somebody certainly younger meets it; somebody who may be is not collected, which is no "no"."""
    kind = CriterionKind.CHILD_UNDER
    ages = [None if birth is None else age_range(birth, on) for birth in births]
    known = [age for age in ages if age is not None]
    if any(age.most < years for age in known):
        return None
    if len(known) < len(ages) or not ages or any(age.least < years for age in known):
        return Reason(shortfall=Shortfall.NOT_COLLECTED, criterion=kind)
    return Reason(shortfall=Shortfall.NOT_MET, criterion=kind, fact=str(min(age.least for age in known)))
