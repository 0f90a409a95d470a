"""The week on real rows: what is due, what is late, what waits for a decision, and who may see it."""

from datetime import date
from io import StringIO

import pytest

from seedfund.grants.rules.words import LifeEventKind
from seedfund.grants.service.course import ResumeGrant, SuspendGrant, resume_grant, suspend_grant
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.kernel.errors import InvalidInput
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.render.text import render_text
from seedfund.reports.value import Word
from tests.reports.story import Story, days
from tests.reports.test_queries import cell, column, made, section
from tests.support.grants import key, usd
from tests.support.programme import START


def test_the_week_tells_what_can_be_paid_what_failed_and_whose_receipts_are_due(story: Story) -> None:
    report = made(story, "week")
    payable = section(report, "Tranches that can be paid now")
    receipts = section(report, "Receipts due this week")

    assert [cell(report, row, "number") for row in payable] == ["PG-2026-0002", f"{story.first}/2"]
    assert [cell(report, row, "amount") for row in receipts] == [usd(70)]


def test_the_week_of_a_past_day_is_refused_and_that_of_a_later_one_told(story: Story) -> None:
    with pytest.raises(InvalidInput, match="give a later day"):
        made(story, "week", as_of=date(2026, 3, 8))
    with pytest.raises(InvalidInput, match="open now"):
        made(story, "week", as_known=START)

    assert section(made(story, "week", as_of=date(2026, 3, 20)), "Receipts overdue")


def test_a_suspended_grant_waits_in_the_week_for_a_decision_with_its_reason(story: Story) -> None:
    with story.house.work("manager") as work:
        suspend_grant(work, SuspendGrant(key=key(), grant=story.first, reason="negocio cerrado"))
    days(story.house, 3)

    report = made(story, "week")
    (row,) = section(report, "Suspended grants to decide about")

    assert (cell(report, row, "number"), cell(report, row, "what")) == (story.first, "negocio cerrado")
    assert (cell(report, row, "due_on"), cell(report, row, "days_late")) == (date(2026, 3, 9), 3)
    assert cell(report, row, "who") == Word("programme manager")

    with story.house.work("manager") as work:
        resume_grant(work, ResumeGrant(key=key(), grant=story.first, reason="abrió otra vez"))
    assert section(made(story, "week"), "Suspended grants to decide about") == []


def test_a_grant_suspended_by_an_event_waits_in_the_week_with_its_kind_and_number(story: Story) -> None:
    with story.house.work("coach") as work:
        event = RecordLifeEvent(key=key(), grant=story.first, kind=LifeEventKind.RELOCATION)
        number = record_life_event(work, event).number

    report = made(story, "week")
    (row,) = section(report, "Suspended grants to decide about")

    assert cell(report, row, "what") == Word("relocation", number)
    out = StringIO()
    render_text(report, out, language="es")
    assert f"cambio de domicilio {number}" in out.getvalue()


def test_receipts_past_their_term_are_overdue(story: Story) -> None:
    days(story.house, 10)

    (row,) = section(made(story, "week"), "Receipts overdue")

    assert cell(made(story, "week"), row, "days_late") == 8


def test_a_restricted_person_stands_in_the_week_of_named_roles_only(story: Story) -> None:
    with story.house.work("protection") as work:
        restrict_participant(
            work, RestrictParticipant(key=key(), participant=story.participant, is_restricted=True)
        )

    seen = {
        actor: {str(number).partition("/")[0] for number in column(made(story, "week", actor), "number")}
        for actor in ("expert", "protection")
    }

    assert story.first not in seen["expert"]
    assert story.first in seen["protection"]
    assert made(story, "participant_grant_ledger", "expert").scope == f"{story.participant} · {story.first}"
