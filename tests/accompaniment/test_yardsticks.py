"""Instruments and criteria of graduation are seen as they were defined, and an assessment says what it lacks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from seedfund.accompaniment.rules.graduation import (
    REFUSALS,
    GraduationCriterion,
    GraduationTerms,
    check_terms,
)
from seedfund.accompaniment.rules.scoring import Instrument
from seedfund.accompaniment.rules.words import GraduationTest
from seedfund.accompaniment.service import (
    ApproveYardstick,
    DefineGraduation,
    DefineInstrument,
    approve_yardstick,
    define_graduation,
    define_instrument,
)
from seedfund.kernel.errors import NotFound
from seedfund.kernel.messages import remedy, sentence
from seedfund.reports.queries.desk import Thing, list_rows, show
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.value import Word
from seedfund.visits.rules import Dimension
from tests.accompaniment.test_assessment_rules import ASKED, SCHOOL, TERMS
from tests.accompaniment.test_graduation import assessed, governed
from tests.support.grants import home, key
from tests.support.programme import House

EATS = TERMS.criteria[0]
WIDER = Instrument(
    questions=(*ASKED.questions, replace(SCHOOL, code="savings", dimension=Dimension.ECONOMIC_INCLUSION))
)


def seen(house: House, number: str, by: str = "coach") -> Thing:
    with house.work(by) as work:
        return show(work, number)


def rows(house: House, noun: str) -> list[Row]:
    with house.work("auditor") as work:
        return list_rows(work, noun)


def widened(house: House, *, in_days: int = 0) -> None:
    """A second version of the instrument `base`, which asks one question more."""
    with house.work("expert") as work:
        from_day = work.today() + timedelta(days=in_days)
        asked = DefineInstrument(key=key(), code="base", terms=WIDER, effective_from=from_day)
        number = define_instrument(work, asked).number
    with house.work("manager") as work:
        approve_yardstick(work, ApproveYardstick(key=key(), number=number))


def test_an_instrument_is_listed_with_every_version_and_both_hands(house: House) -> None:
    governed(house)
    widened(house)

    listed = rows(house, "instruments")

    assert [(one["code"], one["version"], one["questions"], one["dimensions"]) for one in listed] == [
        ("base", 1, 2, 2),
        ("base", 2, 3, 3),
    ]
    assert [(one["proposed_by"], one["approved_by"]) for one in listed] == [("expert", "manager")] * 2
    assert [one["in_force"] for one in listed] == [Word("no"), Word("yes")]


def test_an_instrument_shows_its_questions_by_dimension_with_weights_options_and_who_requires_them(
    house: House,
) -> None:
    governed(house)

    parts = seen(house, "base", by="auditor").parts

    assert [(one["dimension"].text, one["questions"], one["weight"]) for one in parts["dimensions"]] == [
        ("health", 1, "25.0 %"),
        ("education_and_child_labour", 1, "75.0 %"),
    ]
    assert [(one["question"], one["weight"], one["required_by"]) for one in parts["questions"]] == [
        ("meals", 1, ["leave/eats"]),
        ("school", 3, []),
    ]
    assert [(one["question"], one["option"], one["points"]) for one in parts["options"]] == [
        *(("meals", "no", 0), ("meals", "yes", 100)),
        *(("school", "no", 0), ("school", "yes", 100)),
    ]


def test_readiness_and_a_dimension_require_every_question_they_look_at(house: House) -> None:
    governed(house)
    criteria = (
        replace(EATS, code="ready", test=GraduationTest.READINESS, of=None),
        replace(EATS, code="learns", test=GraduationTest.DIMENSION, of=Dimension.EDUCATION.value),
        replace(EATS, code="plan", test=GraduationTest.GOALS, of=None),
        replace(EATS, code="maybe", of="school", is_required=False),
    )
    with house.work("expert") as work:
        defining = DefineGraduation(key=key(), code="leave", terms=replace(TERMS, criteria=criteria))
        number = define_graduation(work, defining).number
    with house.work("manager") as work:
        approve_yardstick(work, ApproveYardstick(key=key(), number=number))

    asked = {one["question"]: one["required_by"] for one in seen(house, "base").parts["questions"]}

    assert asked == {"meals": ["leave/ready"], "school": ["leave/ready", "leave/learns"]}


def test_a_version_that_does_not_hold_yet_is_shown_when_it_is_named(house: House) -> None:
    governed(house)
    widened(house, in_days=7)

    assert seen(house, "base").fields["version"] == 1
    assert seen(house, "base v2").fields["in_force"] == Word("no")
    house.clock.advance(timedelta(days=7))
    assert seen(house, "base").fields["version"] == 2
    with pytest.raises(NotFound):
        seen(house, "base v3")


def test_criteria_of_graduation_show_what_each_looks_at_its_bar_and_whether_it_is_required(
    house: House,
) -> None:
    governed(house)

    (listed,) = rows(house, "graduation-criteria")
    thing = seen(house, "leave")

    assert (listed["code"], listed["instrument"], listed["criteria"], listed["required"]) == (
        *("leave", "base"),
        *(1, 1),
    )
    assert (thing.kind, thing.fields["instrument"]) == ("graduation criteria", "base")
    (criterion,) = thing.parts["criteria"]
    assert (criterion["looks_at"], criterion["of"]) == (Word("question"), "meals")
    assert (criterion["least"], criterion["is_required"]) == ("100.0 %", Word("yes"))


def test_criteria_called_as_their_instrument_is_are_shown_by_their_kind(house: House) -> None:
    governed(house)
    with house.work("expert") as work:
        number = define_graduation(work, DefineGraduation(key=key(), code="base", terms=TERMS)).number
    with house.work("manager") as work:
        approve_yardstick(work, ApproveYardstick(key=key(), number=number))

    assert seen(house, "base").kind == "instrument"
    assert seen(house, "graduation base").kind == "graduation criteria"


def test_an_assessment_names_the_questions_left_unanswered_to_those_who_accompany(house: House) -> None:
    governed(house)
    number = assessed(house, home(house).household, "meals=yes").number

    missing = seen(house, number).parts["unanswered"]

    assert missing == [
        {"dimension": Word(Dimension.EDUCATION.value), "question": "school", "text": "¿Comen?"}
    ]
    assert seen(house, number, by="finance").parts["unanswered"] == []
    assert seen(house, number, by="finance").fields["unanswered"] == 1


def test_an_assessment_is_not_said_to_lack_what_only_a_later_version_asks(house: House) -> None:
    governed(house)
    number = assessed(house, home(house).household, "meals=yes\nschool=not_applicable").number
    widened(house)

    assert seen(house, number).parts["unanswered"] == []


MISTAKEN = [
    ((replace(EATS, is_required=False),), "graduation_requires_nothing"),
    ((EATS, EATS), "graduation_criterion_repeated"),
    ((replace(EATS, least_basis_points=0),), "graduation_bar"),
    ((replace(EATS, least_basis_points=10_001),), "graduation_bar"),
    ((replace(EATS, of="unknown"),), "graduation_on_no_question"),
    ((replace(EATS, test=GraduationTest.DIMENSION, of="unknown"),), "graduation_on_no_dimension"),
]


@pytest.mark.parametrize(("criteria", "code"), MISTAKEN)
def test_each_mistake_in_criteria_is_refused_by_its_own_code_and_said_in_spanish(
    criteria: tuple[GraduationCriterion, ...], code: str
) -> None:
    (refusal,) = check_terms("leave", replace(TERMS, criteria=criteria), ASKED)

    assert refusal.code == code
    assert refusal.kind in REFUSALS
    assert sentence(refusal, "es") != refusal.sentence
    assert remedy(refusal, "es") != refusal.remedy


def test_every_mistake_in_criteria_is_told_at_once() -> None:
    loose = GraduationTerms(instrument="base", criteria=(replace(EATS, is_required=False, of="unknown"),))

    assert [one.code for one in check_terms("leave", loose, ASKED)] == [
        "graduation_requires_nothing",
        "graduation_on_no_question",
    ]
