"""Whether a household graduates, and when it is seen again afterwards. Must not know how answers are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.accompaniment.rules.scoring import (
    BASIS_POINTS,
    NOT_APPLICABLE,
    POINTS_MOST,
    Instrument,
    points_of,
    readiness,
)
from seedfund.accompaniment.rules.words import Finding, GraduationTest
from seedfund.grants.rules.receiving import NEVER
from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.people.rules import MAY_RECEIVE
from seedfund.visits.rules import Dimension

FOLLOW_UP_MONTHS: Final = (3, 6, 12)
"""When a household is seen again, in months after it graduated."""

NOTHING_REQUIRED = RefusalCode(
    "graduation_requires_nothing",
    "None of the criteria {code} of graduation is required.",
    "Give at least one that is required.",
)
CRITERION_REPEATED = RefusalCode(
    "graduation_criterion_repeated",
    "The criterion {criterion} stands twice in the criteria {code} of graduation.",
    "Give every criterion a code of its own.",
)
CRITERION_BAR = RefusalCode(
    "graduation_bar",
    "The bar of the criterion {criterion} of {code} is {bar} basis points.",
    "Give 1 to 10000: 10000 is all of it.",
)
CRITERION_ON_NO_QUESTION = RefusalCode(
    "graduation_on_no_question",
    "The criterion {criterion} of {code} looks at no question that the instrument {instrument} asks.",
    "Name a question of it; see them with: seedfund show {instrument}.",
)
CRITERION_ON_NO_DIMENSION = RefusalCode(
    "graduation_on_no_dimension",
    "The criterion {criterion} of {code} looks at no dimension that the instrument {instrument} asks about.",
    "Name a dimension of it; see them with: seedfund show {instrument}.",
)
CRITERION_UNMET = RefusalCode(
    "criterion_unmet",
    "{household} does not meet the criterion {criterion}: {finding}.",
    "Work on it with the household and assess it again.",
)
GRADUATION_STANDS = RefusalCode(
    "graduation_stands",
    "{household} has the graduation {graduation} already, which is {state}.",
    "Look at it with: seedfund show {graduation}.",
)
GRADUATION_BY_ONE_PERSON = RefusalCode(
    "graduation_by_one_person",
    "Whoever proposed the graduation {graduation} cannot decide it.",
    "Ask another person with the authority to decide it.",
)
ASSESSMENT_MISSING = RefusalCode(
    "assessment_missing",
    "{household} was not assessed with the instrument {instrument}.",
    "Record an assessment with that instrument first.",
)
ASSESSMENT_NEWER = RefusalCode(
    "assessment_newer",
    "{household} was assessed again since the graduation {graduation} was proposed.",
    "Decline it and propose it again on the newest assessment.",
)
NOBODY_TAKES_PART = RefusalCode(
    "graduation_not_taking_part",
    "{participant}, under whom the graduation of {household} is recorded, does not take part: {state}.",
    "Record with people.change_participation that they take part; where they left for good, decline the graduation.",
)
FOLLOW_UP_NOT_DUE = RefusalCode(
    "follow_up_not_due",
    "The graduation {graduation}, which is {state}, has no follow-up after {months} months.",
    "A graduation that was approved is followed up after 3, 6 and 12 months.",
)
FOLLOW_UP_EARLY = RefusalCode(
    "follow_up_early",
    "The follow-up after {months} months of the graduation {graduation} is due on {due}; {day} is too early for it.",
    "Hold it from {earliest} on; what was found before then is recorded as a visit.",
)
REFUSALS: Final = (
    *(NOTHING_REQUIRED, CRITERION_REPEATED),
    *(CRITERION_BAR, CRITERION_ON_NO_QUESTION, CRITERION_ON_NO_DIMENSION),
    *(CRITERION_UNMET, GRADUATION_STANDS, GRADUATION_BY_ONE_PERSON),
    *(NOBODY_TAKES_PART, ASSESSMENT_MISSING, ASSESSMENT_NEWER, FOLLOW_UP_NOT_DUE, FOLLOW_UP_EARLY),
)


@dataclass(frozen=True, kw_only=True)
class GraduationCriterion:
    """What has to be so: a test and a bar in basis points; `of` names the question or the dimension it looks at."""

    code: str
    text: str
    test: GraduationTest
    least_basis_points: int
    of: str | None = None
    is_required: bool = True


@dataclass(frozen=True, kw_only=True)
class GraduationTerms:
    """The instrument that is looked at, and the criteria."""

    instrument: str
    criteria: tuple[GraduationCriterion, ...]


@dataclass(frozen=True, kw_only=True)
class Goals:
    """How many goals of a household's plan were achieved, of those not dropped."""

    achieved: int
    counted: int


@dataclass(frozen=True, kw_only=True)
class CriterionFound:
    """What one criterion found."""

    code: str
    is_required: bool
    finding: Finding


def check_terms(code: str, terms: GraduationTerms, instrument: Instrument) -> list[Refusal]:
    """Why criteria cannot be judged; every reason."""
    codes = [one.code for one in terms.criteria]
    questions = {one.code for one in instrument.questions}
    dimensions = {one.dimension for one in instrument.questions}
    is_any_required = any(one.is_required for one in terms.criteria)
    found = [] if is_any_required else [NOTHING_REQUIRED(code=code)]
    found += [
        CRITERION_REPEATED(code=code, criterion=one)
        for one in sorted({o for o in codes if codes.count(o) > 1})
    ]
    for one in terms.criteria:
        named = {"code": code, "criterion": one.code}
        if not 0 < one.least_basis_points <= BASIS_POINTS:
            found.append(CRITERION_BAR(**named, bar=one.least_basis_points))
        if one.test is GraduationTest.QUESTION and one.of not in questions:
            found.append(CRITERION_ON_NO_QUESTION(**named, instrument=terms.instrument))
        if one.test is GraduationTest.DIMENSION and one.of not in dimensions:
            found.append(CRITERION_ON_NO_DIMENSION(**named, instrument=terms.instrument))
    return found


def judge(
    terms: GraduationTerms, instrument: Instrument, answers: Mapping[str, str], goals: Goals
) -> tuple[CriterionFound, ...]:
    """What every criterion finds, in their order.

    The instrument is the version that was answered: what a criterion looks at and that version does not ask is
    unanswered, never not applicable.
    """
    return tuple(
        CriterionFound(
            code=one.code, is_required=one.is_required, finding=_finding(one, instrument, answers, goals)
        )
        for one in terms.criteria
    )


def unmet(household: str, found: Sequence[CriterionFound]) -> list[Refusal]:
    """Why a household does not graduate: a required criterion that is unanswered is not met.

    One that does not apply stands in nobody's way, but a household to which none applies has shown nothing: then
    each of them is told.
    """
    required = [one for one in found if one.is_required]
    open_ones = [one for one in required if one.finding in (Finding.NOT_MET, Finding.UNANSWERED)]
    if not open_ones and not any(one.finding is Finding.MET for one in required):
        open_ones = required
    return [
        CRITERION_UNMET(household=household, criterion=one.code, finding=one.finding.value)
        for one in open_ones
    ]


def check_taking_part(household: str, participant: str, participation: str | None) -> list[Refusal]:
    """Why a household does not graduate whose person was never enrolled, or left: nothing would be there to end."""
    if participation in MAY_RECEIVE:
        return []
    state = participation or NEVER
    return [NOBODY_TAKES_PART(household=household, participant=participant, state=state)]


def follow_up_due(graduated_on: date, months: int) -> date:
    """The day a household is seen again, `months` after it graduated."""
    return add_months(graduated_on, months)


def check_follow_up(graduation: str, months: int, day: date, *, graduated_on: date) -> list[Refusal]:
    """Why a follow-up may not be held on `day`: from a month before it is due it may, and late it always may.

    What is found earlier would tick off a look that nobody is then sent to make.
    """
    earliest = add_months(graduated_on, months - 1)
    if day >= earliest:
        return []
    due = follow_up_due(graduated_on, months)
    return [FOLLOW_UP_EARLY(graduation=graduation, months=months, due=due, day=day, earliest=earliest)]


def _finding(
    criterion: GraduationCriterion, instrument: Instrument, answers: Mapping[str, str], goals: Goals
) -> Finding:
    bar = criterion.least_basis_points
    if criterion.test is GraduationTest.GOALS:
        if goals.counted == 0:
            return Finding.UNANSWERED
        return _met(goals.achieved * BASIS_POINTS >= bar * goals.counted)
    if criterion.test is GraduationTest.QUESTION:
        return _question(criterion, instrument, answers)
    only = Dimension(criterion.of) if criterion.test is GraduationTest.DIMENSION and criterion.of else None
    if only is not None and all(one.dimension is not only for one in instrument.questions):
        return Finding.UNANSWERED
    score = readiness(instrument, answers, only=only)
    if score.unanswered:
        return Finding.UNANSWERED
    if score.basis_points is None:
        return Finding.NOT_APPLICABLE
    return _met(score.basis_points >= bar)


def _question(criterion: GraduationCriterion, instrument: Instrument, answers: Mapping[str, str]) -> Finding:
    question = next((one for one in instrument.questions if one.code == criterion.of), None)
    option = None if question is None else answers.get(question.code)
    if question is None or option is None:
        return Finding.UNANSWERED
    if option == NOT_APPLICABLE:
        return Finding.NOT_APPLICABLE
    points = points_of(question, option) * (BASIS_POINTS // POINTS_MOST)
    return _met(points >= criterion.least_basis_points)


def _met(holds: bool) -> Finding:
    return Finding.MET if holds else Finding.NOT_MET
