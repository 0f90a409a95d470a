"""Training is sound through the doors, and each fee, mark, enrolment and certificate altered behind them is named."""

import pytest

from seedfund.training.rules.words import LeftFor, Mark, MarkDecision
from seedfund.training.service import (
    CorrectMark,
    DecideMark,
    EndCohort,
    correct_mark,
    decide_mark,
    end_cohort,
)
from tests.assurance.support import Lived, found_after
from tests.ledger.support import BookOfTest
from tests.support.programme import House
from tests.training.courses import (
    cohort,
    course,
    done,
    enrolled,
    key,
    later,
    left,
    mark,
    registered,
    session,
    trainee,
)
from tests.training.test_certificates import issued, waived


@pytest.fixture
def trained(house: House) -> Lived:
    """A course that ended: marks of every kind, one corrected, one decided, one waiting, a certificate by waiver."""
    course(house)
    number, rosa, luz, ana = cohort(house), trainee(house), trainee(house, "Luz"), trainee(house, "Ana")
    own, other = enrolled(house, number, rosa), enrolled(house, number, luz)
    first, second = session(house, number), session(house, number)
    registered(house, first, mark(rosa), mark(luz, Mark.LATE, missed=20), mark(ana))
    registered(house, second, mark(rosa), mark(luz), mark(trainee(house, "Eva")))
    wrong = CorrectMark(key=key(), session=second, mark=mark(rosa, Mark.ABSENT), reason="no vino")
    done(house, correct_mark, wrong)
    visit = DecideMark(
        key=key(), session=first, participant=ana, decision=MarkDecision.VISITOR, reason="vino a mirar"
    )
    done(house, decide_mark, visit, "field")
    waived(house, own)
    issued(house, own)
    left(house, other, LeftFor.WORK)
    later(house, 61)
    done(house, end_cohort, EndCohort(key=key(), cohort=number))
    return Lived(house, BookOfTest(1, "F1"))


def test_training_in_every_state_is_sound(trained: Lived) -> None:
    found = trained.verified()

    assert [(one.code, one.table, one.which, dict(one.facts)) for one in found.findings] == []


CHANGES = (
    ("sf_course", "fee_minor = fee_minor + 1"),
    ("sf_course", "fee_minor = fee_minor - 1"),
    ("sf_course", "currency = 'EUR'"),
    ("sf_course", "threshold_bps = threshold_bps - 1"),
    ("sf_course", "excused = 'counted'"),
    ("sf_cohort", "state = 'open'"),
    ("sf_training_session", "state = 'cancelled', held_by = NULL"),
    ("sf_enrolment", "state = 'enrolled', ended_on = NULL, left_for = NULL WHERE state = 'withdrawn'"),
    ("sf_enrolment", "left_for = 'moved' WHERE state = 'withdrawn'"),
    ("sf_attendance_mark", "mark = 'present' WHERE mark = 'absent'"),
    ("sf_attendance_mark", "mark = 'absent' WHERE mark = 'present' AND version = 1"),
    ("sf_attendance_mark", "missed = missed - 1 WHERE mark = 'late'"),
    ("sf_attendance_mark", "irregular = NULL WHERE irregular IS NOT NULL AND decision IS NULL"),
    ("sf_attendance_mark", "decision = 'mistake' WHERE decision IS NOT NULL"),
    ("sf_certificate", "minutes = minutes + 1"),
    ("sf_certificate", "attended = attended + 1"),
    ("sf_certificate", "possible = possible + 1"),
    ("sf_certificate", "basis_points = basis_points + 1"),
    ("sf_certificate", "threshold_bps = threshold_bps - 1"),
    ("sf_certificate", "verification_code = 'AAAA-AAAA'"),
)


def test_each_fee_mark_enrolment_and_certificate_that_was_altered_is_named(trained: Lived) -> None:
    missed = [
        (table, change)
        for table, change in CHANGES
        if ("noted_otherwise", table)
        not in {(one.code, one.table) for one in found_after(trained, f"UPDATE {table} SET {change}").errors}
    ]

    assert missed == []


@pytest.mark.parametrize("table", ["sf_attendance_mark", "sf_certificate"])
def test_a_mark_or_certificate_that_was_taken_away_is_named(trained: Lived, table: str) -> None:
    found = found_after(trained, f"DELETE FROM {table}").errors

    assert ("noted_missing", table) in {(one.code, one.table) for one in found}
