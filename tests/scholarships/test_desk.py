"""Scholarships at the desk: lists, what a number stands for, why a tranche waits, what the week asks for."""

from datetime import date, timedelta

import pytest

from seedfund.grants.queries.why import explain_grant
from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.secret import Secret
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.queries.desk.lists import list_rows
from seedfund.reports.queries.desk.things import show
from seedfund.reports.queries.scholarships_due import scholarships_due
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.value import Word
from seedfund.scholarships.rules.ending import Ending
from seedfund.scholarships.rules.words import Work
from seedfund.training.rules.words import Mark
from tests.scholarships.test_billing import complained
from tests.scholarships.test_placing import certified, checked
from tests.scholarships.trainees import (
    ENDS,
    FEE_FIRST,
    STIPEND_FIRST,
    at_day,
    attending,
    billed,
    confirmed,
    ended,
    schooled,
    taught,
    trainee,
)
from tests.support.grants import key, usd
from tests.support.programme import House


def _text(what: str | Word) -> str:
    return what.text if isinstance(what, Word) else what


def due(house: House, actor: str = "coach") -> list[tuple[str, str]]:
    """What the week asks of scholarships."""
    with house.work(actor) as work:
        return [
            (one.number, _text(one.what)) for one in scholarships_due(open_scope(work), timedelta(days=7))
        ]


def test_lists_tell_how_far_a_scholarship_is(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))
    confirmed(house, number, FEE_FIRST)
    bill = billed(house, (number, FEE_FIRST, usd(48)))
    complaint = complained(house, scholarship=number, note=Secret("llegaban tarde")).complaint

    with house.work("manager") as work:
        (scholarship,) = list_rows(work, "scholarships")
        (application,) = list_rows(work, "applications")
        (charged,) = list_rows(work, "bills")
        (complained_of,) = list_rows(work, "complaints")
    assert (scholarship["number"], scholarship["decided"], scholarship["cost"]) == (number, "1/5", usd(280))
    assert (application["number"], application["state"]) == ("AP-2026-0001", Word("awarded"))
    assert (charged["number"], charged["total"]) == (bill, usd(48))
    assert (complained_of["number"], complained_of["state"]) == (complaint, Word("open"))
    assert "note" not in complained_of


def test_an_application_tells_the_whole_story_and_its_note_to_those_who_accompany(house: House) -> None:
    number, _ = certified(house)
    at_day(house, ENDS)
    ended(house, number, Ending.COMPLETED)
    at_day(house, date(2026, 4, 11))
    checked(house, number, 1, Work.EMPLOYED, is_relevant=True)

    with house.work("coach") as work:
        thing = show(work, "AP-2026-0001")
        grant = show(work, number)
    assert thing.fields["scholarship"] == number
    assert [
        len(thing.parts[name]) for name in ("interviews", "employment_plans", "confirmations", "work")
    ] == [
        1,
        1,
        3,
        1,
    ]
    assert thing.parts["work"][0]["work"] == Word("employed")
    assert grant.parts["confirmations"] == thing.parts["confirmations"]


def test_a_bill_is_shown_with_its_lines(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))
    bill = billed(house, (number, FEE_FIRST, usd(48)))

    with house.work("finance") as work:
        thing = show(work, bill)
    assert (thing.fields["their_number"], thing.parts["lines"][0]["amount"]) == ("001-001-0000007", usd(48))


def test_what_a_tranche_waits_for_is_told_by_its_number(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))

    with house.work("coach") as work:
        told = {one.position: one for one in explain_grant(work, number)}
    waiting = [finding.missing.kind.code for finding in told[FEE_FIRST].findings if finding.missing]
    assert waiting == ["confirmation_missing", "bill_missing"]


def test_the_week_asks_for_what_comes_next(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    at_day(house, date(2026, 1, 12))
    first = due(house)
    confirmed(house, number, FEE_FIRST)
    billed(house, (number, FEE_FIRST, usd(48)))
    taught(house, owner.head, Mark.PRESENT)
    at_day(house, date(2026, 2, 12))

    assert first == [(number, "confirm what was reached, or refuse it")]
    assert due(house) == [
        (number, "confirm what was reached, or refuse it"),
        (number, "confirm what was reached, or refuse it"),
        ("FB-2026-0001", "decide about the bill"),
    ]
    confirmed(house, number, STIPEND_FIRST)
    assert len(due(house)) == 2


def test_the_week_asks_about_work_when_a_check_falls_due(house: House) -> None:
    number, _ = certified(house)
    at_day(house, ENDS)
    ended(house, number, Ending.COMPLETED)
    at_day(house, date(2026, 4, 6))

    assert (number, "ask about work") in due(house)
    at_day(house, date(2026, 4, 11))
    checked(house, number, 1, Work.UNREACHABLE)
    assert (number, "ask about work") not in due(house)


def test_scholarships_of_restricted_people_are_hidden_everywhere(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    bill = billed(house, (number, FEE_FIRST, usd(48)))
    with house.work("protection") as work:
        hiding = RestrictParticipant(key=key(), participant=owner.head, is_restricted=True)
        restrict_participant(work, hiding)

    with house.work("coach") as work:
        assert (list_rows(work, "scholarships"), list_rows(work, "applications")) == ([], [])
        assert show(work, bill).parts["lines"][0]["scholarship"] is None
        assert "confirmations" not in show(work, number).parts
        with pytest.raises(NotAllowed):
            show(work, "AP-2026-0001")
    assert [one for one in due(house) if one[0] == number] == []
    with pytest.raises(NotAllowed):
        confirmed(house, number, FEE_FIRST, actor="coach")
    with house.work("protection") as work:
        assert [row["number"] for row in list_rows(work, "scholarships")] == [number]
