"""Scholarships are sound through the doors, and each figure altered behind them is named."""

from datetime import date

import pytest

from seedfund.kernel.secret import Secret
from seedfund.scholarships.rules.ending import Ending
from seedfund.scholarships.rules.words import Work
from seedfund.scholarships.service import InterviewApplicant, interview_applicant
from tests.assurance.support import Lived, found_after
from tests.grants.paying import paid
from tests.ledger.support import BookOfTest
from tests.scholarships.test_billing import closed, complained
from tests.scholarships.test_placing import certified, checked
from tests.scholarships.trainees import (
    ENDS,
    accepted,
    applied,
    at_day,
    billed,
    confirmed,
    ended,
    trainee,
)
from tests.support.grants import key, usd
from tests.support.programme import House
from tests.training.courses import done


@pytest.fixture
def trained(house: House) -> Lived:
    """A course completed, billed for less than agreed and paid, with a complaint, a check of work, an application."""
    number, _ = certified(house)
    at_day(house, ENDS)
    ended(house, number, Ending.COMPLETED)
    confirmed(house, number, 1)
    accepted(house, billed(house, (number, 1, usd(50))))
    closed(house, complained(house, scholarship=number, note=Secret("llegaban tarde")).complaint)
    paid(house, number, 1)
    at_day(house, date(2026, 4, 11))
    checked(house, number, 1, Work.EMPLOYED, is_relevant=True)
    billed(house, (number, 2, usd(7)))
    second = applied(house, trainee(house))
    told = InterviewApplicant(
        key=key(), application=second, is_recommended=True, is_within_income=True, note=Secret("vive lejos")
    )
    done(house, interview_applicant, told)
    return Lived(house, BookOfTest(1, "UNHCR"))


def test_scholarships_in_every_state_are_sound(trained: Lived) -> None:
    found = trained.verified()

    assert [(one.code, one.table, one.which, dict(one.facts)) for one in found.errors] == []


CHANGES = (
    ("UPDATE sf_employment_plan SET cost_minor = cost_minor + 1", "noted_otherwise"),
    ("UPDATE sf_employment_plan SET terms = REPLACE(terms, '12000', '13000')", "content_altered"),
    ("UPDATE sf_scholarship SET state = 'dropped_out'", "noted_otherwise"),
    ("UPDATE sf_tranche_confirmation SET due_minor = due_minor + 1", "noted_otherwise"),
    ("UPDATE sf_tranche_lapse SET amount_minor = amount_minor + 1", "noted_otherwise"),
    ("UPDATE sf_provider_bill SET total_minor = total_minor + 1", "noted_otherwise"),
    ("UPDATE sf_provider_bill_line SET amount_minor = amount_minor + 1", "noted_otherwise"),
    ("UPDATE sf_provider_complaint SET kind = 'other'", "noted_otherwise"),
    ("UPDATE sf_placement_check SET work = 'studying', is_relevant = FALSE", "noted_otherwise"),
    (
        "UPDATE sf_scholarship_application SET state = 'planned' WHERE state = 'interviewed'",
        "noted_otherwise",
    ),
)


def test_each_figure_that_was_altered_is_named(trained: Lived) -> None:
    missed = [
        (statement, code)
        for statement, code in CHANGES
        if code not in {one.code for one in found_after(trained, statement).errors}
    ]

    assert missed == []


def test_a_note_moved_to_another_interview_does_not_open(trained: Lived) -> None:
    moved = (
        "UPDATE sf_provider_complaint SET note = (SELECT i.note FROM sf_scholarship_interview i "
        "WHERE i.note IS NOT NULL)"
    )

    assert ("sealed_closed", "sf_provider_complaint") in {
        (one.code, one.table) for one in found_after(trained, moved).errors
    }
