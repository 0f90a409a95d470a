"""Rules of accompaniment: scores, graduation, selection, the lives of plans and goals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.accompaniment.rules.graduation import (
    Goals,
    GraduationCriterion,
    GraduationTerms,
    check_terms,
    judge,
    unmet,
)
from seedfund.accompaniment.rules.scoring import (
    Answer,
    Instrument,
    Option,
    Question,
    check_answers,
    check_instrument,
    readiness,
)
from seedfund.accompaniment.rules.states import (
    GOAL_STATES,
    GRADUATION_STATES,
    HOUSEHOLD_PLAN_STATES,
)
from seedfund.accompaniment.rules.words import GraduationTest
from seedfund.kernel.errors import Refused
from seedfund.kernel.states import StateTable
from seedfund.visits.rules import Dimension

OPTIONS = (Option(code="no", text="No", points=0), Option(code="yes", text="Sí", points=100))
MEALS = Question(code="meals", text="¿Comen?", dimension=Dimension.HEALTH, weight=1, options=OPTIONS)
SCHOOL = replace(MEALS, code="school", dimension=Dimension.EDUCATION, weight=3)
ASKED = Instrument(questions=(MEALS, SCHOOL))
NONE = Goals(achieved=0, counted=0)
TERMS = GraduationTerms(
    instrument="base",
    criteria=(
        GraduationCriterion(
            code="eats", text="Come", test=GraduationTest.QUESTION, of="meals", least_basis_points=10_000
        ),
    ),
)


def codes(answers: dict[str, str]) -> list[str]:
    return [refusal.facts["finding"] for refusal in unmet("HH-2026-0001", judge(TERMS, ASKED, answers, NONE))]


def test_what_does_not_apply_leaves_the_denominator() -> None:
    score = readiness(ASKED, {"meals": "yes", "school": "not_applicable"})

    assert (score.basis_points, score.not_applicable, score.is_complete) == (10_000, ("school",), True)


def test_what_was_not_asked_is_named_and_the_score_is_not_complete() -> None:
    score = readiness(ASKED, {"meals": "no"})

    assert (score.basis_points, score.unanswered, score.is_complete) == (0, ("school",), False)


def test_a_household_to_which_nothing_applies_has_no_score() -> None:
    nothing = dict.fromkeys(("meals", "school"), "not_applicable")

    assert readiness(ASKED, nothing).basis_points is None


@given(
    st.dictionaries(st.sampled_from(["meals", "school"]), st.sampled_from(["yes", "no", "not_applicable"]))
)
def test_a_score_lies_between_nothing_and_everything(answers: dict[str, str]) -> None:
    score = readiness(ASKED, answers).basis_points

    assert score is None or 0 <= score <= 10_000


def test_an_instrument_tells_everything_that_is_wrong_with_it() -> None:
    broken = Instrument(questions=(MEALS, replace(MEALS, weight=0, options=OPTIONS[:1])))

    found = [refusal.code for refusal in check_instrument("base", broken)]

    assert found == ["question_repeated", "question_options", "question_weight"]


def test_answers_that_are_not_of_the_instrument_are_refused() -> None:
    told = (Answer(question="meals", option="maybe"), Answer(question="meals", option="yes"))

    assert [one.code for one in check_answers("base", ASKED, told)] == ["answer_unknown", "answer_repeated"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"meals": "yes"}, []),
        ({"meals": "no"}, ["not_met"]),
        ({}, ["unanswered"]),
        ({"meals": "not_applicable"}, ["not_applicable"]),
    ],
)
def test_a_required_criterion_that_is_unanswered_is_not_met(
    answers: dict[str, str], expected: list[str]
) -> None:
    assert codes(answers) == expected


def by_dimension(dimension: Dimension) -> GraduationTerms:
    looks = replace(TERMS.criteria[0], code="whole", test=GraduationTest.DIMENSION, of=dimension)
    return replace(TERMS, criteria=(*TERMS.criteria, looks))


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        (TERMS, Instrument(questions=(SCHOOL,))),
        (by_dimension(Dimension.EDUCATION), Instrument(questions=(MEALS,))),
    ],
    ids=["question", "dimension"],
)
def test_what_another_version_of_the_instrument_does_not_ask_is_unanswered_and_stops_a_graduation(
    terms: GraduationTerms, asked: Instrument
) -> None:
    assert check_terms("leave", terms, ASKED) == []

    everything = {one.code: "yes" for one in asked.questions}
    refusals = unmet("HH-2026-0001", judge(terms, asked, everything, NONE))

    assert [refusal.facts["finding"] for refusal in refusals] == ["unanswered"]


@pytest.mark.parametrize("dimension", list(Dimension))
def test_a_criterion_looks_at_a_dimension_that_the_instrument_asks_about(dimension: Dimension) -> None:
    is_asked = dimension in {question.dimension for question in ASKED.questions}

    assert (check_terms("leave", by_dimension(dimension), ASKED) == []) is is_asked


@given(
    st.lists(st.sampled_from([MEALS, SCHOOL]), unique_by=lambda one: one.code),
    st.dictionaries(st.sampled_from(["meals", "school"]), st.sampled_from(["yes", "no", "not_applicable"])),
)
def test_nobody_graduates_by_a_required_question_that_the_version_answered_does_not_ask(
    questions: list[Question], answers: dict[str, str]
) -> None:
    given_answers = {one.code: answers[one.code] for one in questions if one.code in answers}

    refusals = unmet(
        "HH-2026-0001", judge(TERMS, Instrument(questions=tuple(questions)), given_answers, NONE)
    )

    assert (refusals == []) is (given_answers.get("meals") == "yes")


@pytest.mark.parametrize("table", [HOUSEHOLD_PLAN_STATES, GOAL_STATES, GRADUATION_STATES])
def test_only_declared_steps_are_taken(table: StateTable) -> None:
    for state in table.states:
        for wanted in table.states:
            if wanted in table.steps[state]:
                table.require(state, wanted, which="X")
            else:
                with pytest.raises(Refused):
                    table.require(state, wanted, which="X")
