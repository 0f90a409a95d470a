"""A graduation whose assessment is corrected afterwards stands where an auditor looks, with what it would find now."""

from datetime import date, timedelta

import pytest

from seedfund.accompaniment.service import CorrectAssessment, correct_assessment
from seedfund.kernel.secret import Secret
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.books.exceptions import ExceptionEntry
from seedfund.reports.queries.desk import Thing, list_rows, show
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.graduations import MOVED, STILL_MET, UNMET
from seedfund.reports.queries.hidden import HIDDEN
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from tests.accompaniment.test_graduation import assessed, decided, governed, proposed
from tests.support.grants import Home, home, key
from tests.support.programme import House


def corrected(house: House, number: str, answers: str) -> None:
    """The assessment of that number, written down again the day after."""
    house.clock.advance(timedelta(days=1))
    command = CorrectAssessment(
        key=key(), number=number, answers=Secret(answers), reason="Two lines were exchanged"
    )
    with house.work("coach") as work:
        correct_assessment(work, command)


def graduation(house: House, *, approved: bool = True) -> tuple[Home, str, str]:
    """A household, the number of its assessment, and that of its graduation."""
    governed(house)
    owner = home(house)
    assessment = assessed(house, owner.household, "meals=yes").number
    number = proposed(house, owner.household)
    if approved:
        decided(house, number)
    return owner, assessment, number


def page(house: House, by: str = "auditor", as_of: date | None = None) -> list[ExceptionEntry]:
    with house.work(by) as work:
        return [
            one
            for one in exception_entries(open_scope(work, as_of=as_of), since=None)
            if one.what == word(MOVED)
        ]


def listed(house: House) -> Row:
    with house.work("auditor") as work:
        (row,) = list_rows(work, "graduations")
    return row


def seen(house: House, number: str) -> Thing:
    with house.work("coach") as work:
        return show(work, number)


@pytest.mark.parametrize("approved", [True, False])
def test_a_graduation_whose_assessment_was_corrected_stands_on_the_exceptions_page(
    house: House, approved: bool
) -> None:
    _, assessment, number = graduation(house, approved=approved)
    corrected(house, assessment, "meals=no")

    (entry,) = page(house)

    assert (entry.number, entry.on, entry.recorded_by) == (number, date(2026, 1, 6), "coach")
    assert entry.reason == Word(UNMET, "1")
    assert entry.state == word("approved" if approved else "proposed")


def test_a_correction_that_changes_no_finding_is_told_as_one(house: House) -> None:
    _, assessment, _ = graduation(house)
    corrected(house, assessment, "meals=yes;school=no")

    (entry,) = page(house)

    assert entry.reason == word(STILL_MET)
    assert listed(house)["not_met_today"] == 0


def test_the_page_of_an_earlier_day_does_not_know_the_correction(house: House) -> None:
    _, assessment, _ = graduation(house)
    corrected(house, assessment, "meals=no")

    assert page(house, as_of=date(2026, 1, 5)) == []
    assert len(page(house, as_of=date(2026, 1, 6))) == 1


def test_the_list_and_the_graduation_itself_say_when_and_what_is_not_met_any_more(house: House) -> None:
    _, assessment, number = graduation(house)
    assert listed(house)["assessment_corrected_on"] is None
    assert "assessment_corrected_on" not in seen(house, number).fields
    corrected(house, assessment, "meals=no")

    row, thing = listed(house), seen(house, number)

    assert (row["assessment_corrected_on"], row["not_met_today"]) == (date(2026, 1, 6), 1)
    assert thing.fields["assessment"] == f"{assessment} v2"
    assert (thing.fields["correction"], thing.fields["corrected_by"]) == (
        *("Two lines were exchanged", "coach"),
    )
    assert thing.parts["criteria"] == [
        {"criterion": "eats", "finding": Word("met"), "by_todays_answers": Word("not_met")}
    ]


def test_of_several_corrections_the_last_one_tells(house: House) -> None:
    _, assessment, _ = graduation(house)
    corrected(house, assessment, "meals=no")
    corrected(house, assessment, "meals=yes")

    assert (listed(house)["assessment_corrected_on"], listed(house)["not_met_today"]) == (
        date(2026, 1, 7),
        0,
    )


def test_a_restricted_household_is_told_without_number_and_finding(house: House) -> None:
    owner, assessment, number = graduation(house)
    corrected(house, assessment, "meals=no")
    with house.work("protection") as work:
        hiding = RestrictParticipant(key=key(), participant=owner.head, is_restricted=True)
        restrict_participant(work, hiding)

    (hidden,), (told,) = page(house), page(house, by="protection")

    assert (hidden.number, hidden.reason) == ("", word(HIDDEN))
    assert (told.number, told.reason) == (number, Word(UNMET, "1"))
