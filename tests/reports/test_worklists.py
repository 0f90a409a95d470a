"""What has to be looked at: the week, open advances, exceptions."""

from datetime import date

import pytest

from seedfund.grants.service.course import ResumeGrant, SuspendGrant, resume_grant, suspend_grant
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.value import Word
from tests.reports.asking import cell, column, made, section, total
from tests.reports.story import Story, cut, days
from tests.support.grants import awarded, key, usd
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


def test_an_advance_is_open_from_the_day_it_was_paid(story: Story) -> None:
    report = made(story, "open_advances_ageing", as_of=date(2026, 3, 20))
    (row,) = report.rows

    assert cell(report, row, "paid_on") == date(2026, 1, 10)
    assert cell(report, row, "open") == usd(70)
    assert cell(report, row, "days_1_30") == usd(70)


def test_what_was_refused_stands_on_the_exceptions_page(story: Story) -> None:
    with pytest.raises(Refused):
        awarded(story.house, None, usd(5_000))

    report = made(story, "exceptions")
    (row,) = section(report, "Decisions that were refused")

    assert cell(report, row, "what") == "grants.award_grant"
    assert "available_too_low" in str(cell(report, row, "reason"))


def test_a_line_cut_below_its_promises_is_an_open_exception_and_free_falls_below_zero(story: Story) -> None:
    cut(story.house, "A1", usd(2_500))

    report = made(story, "exceptions")
    open_rows = [
        row for row in section(report, "Entries in suspense") if cell(report, row, "what") == "over:A1"
    ]

    assert [cell(report, row, "amount") for row in open_rows] == [usd(560)]
    assert total(made(story, "fund_summary"), "free") == usd(3_000 + 2_997, 50) - usd(560)
    assert total(made(story, "fund_ledger"), "uncommitted") == total(made(story, "fund_summary"), "free")
