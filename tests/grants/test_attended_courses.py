"""A tranche waits for attendance: our own registers count, and the refusal says how many sessions are missing."""

from seedfund.grants.queries.why import explain_tranche
from seedfund.grants.rules.conditions import AttendanceAtLeast
from seedfund.grants.rules.facts import Finding
from seedfund.grants.rules.words import EvidenceKind
from seedfund.kernel.messages import sentence
from seedfund.training.rules.words import CourseUnit, Mark
from tests.grants.asking import WAITING, granted, observed, why
from tests.support.programme import House
from tests.training.courses import cohort, course, enrolled, mark, registered, session


def waiting(house: House, grant: str) -> Finding:
    """How the condition stands."""
    return why(house, grant).findings[WAITING]


def attended(house: House, participant: str, *marks: Mark, number: str = "") -> str:
    """The number of a cohort in which somebody has these marks."""
    number = number or cohort(house)
    enrolled(house, number, participant)
    for what in marks:
        registered(house, session(house, number), mark(participant, what))
    return number


def test_a_tranche_waits_until_attendance_reaches_its_threshold(house: House) -> None:
    grant, owner = granted(house, AttendanceAtLeast(8_000, course="PAN-1"))
    course(house)
    assert waiting(house, grant).missing is not None
    number = attended(house, owner.head, *[Mark.PRESENT] * 3, Mark.ABSENT)
    found = waiting(house, grant)
    assert found.missing is not None
    assert found.missing.code == "attended_too_little"
    assert sentence(found.missing, "en").startswith("Attended 3 of 4 sessions of PAN-1 (75 %), 80 % needed.")
    assert "Asistió a 3 de 4 sesiones de PAN-1 (75 %); se necesita 80 %" in sentence(found.missing, "es")
    registered(house, session(house, number), mark(owner.head))
    found = waiting(house, grant)

    assert (found.holds, found.evaluator, found.evidence) == (True, "registers", "MT-2026-0001: 4/5 (80 %)")


def test_a_course_without_a_session_yet_says_so(house: House) -> None:
    grant, owner = granted(house, AttendanceAtLeast(8_000))
    course(house)
    attended(house, owner.head)
    missing = waiting(house, grant).missing

    assert missing is not None
    assert missing.code == "no_session_held"


def test_hours_are_told_as_hours(house: House) -> None:
    grant, owner = granted(house, AttendanceAtLeast(8_000))
    course(house, unit=CourseUnit.HOURS)
    attended(house, owner.head, Mark.PRESENT, Mark.ABSENT)
    missing = waiting(house, grant).missing

    assert missing is not None
    assert "Attended 2:00 of 4:00 hours" in sentence(missing, "en")


def test_a_rate_handed_in_counts_where_nobody_is_enrolled_with_us(house: House) -> None:
    grant, owner = granted(house, AttendanceAtLeast(8_000))
    observed(house, owner.head, EvidenceKind.ATTENDANCE, 9_000)

    assert waiting(house, grant).holds


def test_attendance_is_read_as_it_stood_on_the_day(house: House) -> None:
    grant, owner = granted(house, AttendanceAtLeast(5_000))
    course(house)
    attended(house, owner.head, Mark.PRESENT)
    with house.work("finance") as work:
        today = explain_tranche(work, grant, 1).findings[WAITING]

    assert today.holds
