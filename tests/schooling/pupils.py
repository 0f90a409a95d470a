"""Children at school in tests: a family with children of given births, and their enrolments."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from seedfund.kernel.secret import Secret
from seedfund.people.rules import AgeSource, Birth
from seedfund.people.service import HouseholdRegistered, MemberEntry
from seedfund.schooling.rules import SchoolKind, SchoolProof
from seedfund.schooling.service import (
    DecideSchooling,
    RecordSchooling,
    RecordSchoolStep,
    SchoolingRecorded,
    decide_schooling,
    record_school_step,
    record_schooling,
)
from tests.people.samples import child, head, identity, person, register
from tests.support.grants import key
from tests.support.programme import House

TERM: Final = "2025-2026"
SCHOOL: Final = "Escuela Ejemplo del Río"
PROOF: Final = "Matrícula de prueba 77"


def born(year: int) -> Birth:
    """Known by a paper, on 1 March."""
    return Birth(AgeSource.DOCUMENT, born_on=date(year, 3, 1))


def pupil(birth: Birth, *, is_restricted: bool = False) -> MemberEntry:
    """A child of the head."""
    return child(person(identity("Luz", "Prueba"), birth=birth, is_restricted=is_restricted))


def family(house: House, *births: Birth, actor: str = "field") -> HouseholdRegistered:
    """A head born in 1990 and children of these births."""
    return register(house, head(), *(pupil(birth) for birth in births), actor=actor)


def enrolling(number: str, **changes: Any) -> RecordSchooling:
    """An enrolment in a school, proven by its certificate."""
    usual = RecordSchooling(
        key=key(),
        child=number,
        kind=SchoolKind.SCHOOL,
        school=Secret(SCHOOL),
        term=TERM,
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 6, 30),
        proof=SchoolProof.ENROLMENT_CERTIFICATE,
        proof_ref=Secret(PROOF),
    )
    return replace(usual, **changes)


def enrolled(house: House, number: str, by: str = "coach", **changes: Any) -> SchoolingRecorded:
    """A child enrolled in school, as the coach recorded it."""
    with house.work(by) as work:
        return record_schooling(work, enrolling(number, **changes))


def step(house: House, number: str, state: str, by: str = "coach", **changes: Any) -> SchoolingRecorded:
    """A step of a schooling, seen in a register."""
    usual = RecordSchoolStep(
        key=key(), number=number, state=state, proof=SchoolProof.ATTENDANCE_REGISTER, proof_ref=None
    )
    with house.work(by) as work:
        return record_school_step(work, replace(usual, **changes))


def decided(house: House, number: str, *, accepted: bool, by: str = "manager") -> SchoolingRecorded:
    """What another person decided about an irregular schooling."""
    command = DecideSchooling(
        key=key(), number=number, is_accepted=accepted, reason="The school was asked and said so"
    )
    with house.work(by) as work:
        return decide_schooling(work, command)
