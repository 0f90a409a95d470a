"""Certificates of attendance, and letting somebody be certified below the threshold."""

from dataclasses import dataclass

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.kernel.errors import Refusal, refuse
from seedfund.people.service.identity import require_person
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.training.queries.enrolments import (
    EnrolmentFacts,
    WaiverFacts,
    certificates_of,
    enrolment_by_number,
    threshold_waivers_of,
)
from seedfund.training.queries.rates import RateFacts, rates_of
from seedfund.training.rules.attendance import Attendance, NoRate
from seedfund.training.rules.certifying import (
    CERTIFICATE_TWICE,
    ENROLMENT_ENDED,
    OWN_WAIVER,
    WAIVER_NOT_NEEDED,
    check_attendance,
    verification_code,
)
from seedfund.training.service.common import CERTIFIERS, WAIVERS, said
from seedfund.training.tables import Certificate, ThresholdWaiver


@dataclass(frozen=True, kw_only=True)
class WaiveThreshold(Command):
    """Whom to certify below the threshold, and why."""

    enrolment: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ThresholdWaived:
    """The enrolment, and the rate it is let through with, in basis points."""

    enrolment: str
    basis_points: int


@verb("training.waive_threshold", roles=WAIVERS)
def waive_threshold(unit: Unit, command: WaiveThreshold) -> ThresholdWaived:
    """Let somebody be certified below the threshold; it stands on the exceptions page and on the certificate's record.

    Raises:
        NotFound: there is no such enrolment.
        InvalidInput: no reason is given.
        Refused: `no_sessions_yet`, `waiver_not_needed`, `certificate_twice`, `enrolment_ended`, `sessions_unmarked`.
    """
    found = enrolment_by_number(unit, unit.programme.id, command.enrolment)
    reason = said(command.reason, field="reason", most=300)
    rate = rates_of(unit, [found.id], unit.occurred_on)[found.id]
    reached = rate.attendance
    refusals = [*_ended(found), *_twice(unit, found), *_earned(found, rate, is_waived=True)]
    if isinstance(reached, Attendance) and reached.reaches(rate.threshold):
        refusals.append(WAIVER_NOT_NEEDED(participant=found.participant))
    refuse(refusals)
    points = reached.basis_points if isinstance(reached, Attendance) else 0
    exception = write_exception(
        unit,
        ExceptionKind.WAIVER,
        subject_kind="enrolment",
        subject_number=found.number,
        reason=reason,
        facts={"basis_points": points, "threshold": rate.threshold, "course": rate.course},
    )
    unit.insert(
        ThresholdWaiver,
        id=unit.key(),
        enrolment_id=found.id,
        exception_id=exception,
        basis_points=points,
        reason=reason,
        waived_on=unit.occurred_on,
        waived_by=unit.actor.id,
    )
    return ThresholdWaived(enrolment=found.number, basis_points=points)


@dataclass(frozen=True, kw_only=True)
class IssueCertificate(Command):
    """Whose attendance is certified."""

    enrolment: str


@dataclass(frozen=True, kw_only=True)
class CertificateIssued:
    """The certificate's number and verification code, what was attended of what was possible, the rate, the waiver."""

    certificate: str
    enrolment: str
    verification_code: str
    attended: int
    possible: int
    basis_points: int
    is_waived: bool


@verb("training.issue_certificate", roles=CERTIFIERS)
def issue_certificate(unit: Unit, command: IssueCertificate) -> CertificateIssued:
    """Certify attendance that reaches the course's threshold, or for which the threshold was waived by another hand.

    Raises:
        NotFound: there is no such enrolment.
        NotAllowed: the person is restricted.
        Refused: `enrolment_ended`, `certificate_twice`, `no_sessions_yet`, `sessions_unmarked`,
            `attendance_below_threshold`, `own_threshold_waiver`, `person_erased`.
    """
    found = enrolment_by_number(unit, unit.programme.id, command.enrolment)
    require_person(unit, found.participant, goes_on=True)
    rate = rates_of(unit, [found.id], unit.occurred_on)[found.id]
    waiver = threshold_waivers_of(unit, [found.id]).get(found.id)
    is_own = waiver is not None and waiver.waived_by == unit.actor.id
    refuse(
        [
            *_ended(found),
            *_twice(unit, found),
            *_earned(found, rate, is_waived=waiver is not None),
            *([OWN_WAIVER(enrolment=found.number)] if is_own else []),
        ]
    )
    reached = rate.attendance
    if isinstance(reached, NoRate):
        raise AssertionError("a certificate without a rate was refused above")
    return _write(unit, found, rate, reached, waiver=waiver)


def _write(
    unit: Unit, found: EnrolmentFacts, rate: RateFacts, reached: Attendance, *, waiver: WaiverFacts | None
) -> CertificateIssued:
    is_waived = waiver is not None and not reached.reaches(rate.threshold)
    key, number = unit.key(), unit.human_number("CF")
    code = verification_code(number, found.number, salt=key)
    unit.insert(
        Certificate,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        enrolment_id=found.id,
        minutes=rate.minutes,
        attended=reached.attended,
        possible=reached.possible,
        basis_points=reached.basis_points,
        threshold_bps=rate.threshold,
        verification_code=code,
        waiver_id=waiver.id if waiver is not None and is_waived else None,
        issued_on=unit.occurred_on,
        issued_by=unit.actor.id,
    )
    told = {"enrolment": found.number, "minutes": rate.minutes, "threshold": rate.threshold}
    counts = {name: getattr(reached, name) for name in ("attended", "possible", "basis_points")}
    unit.created("sf_certificate", number, told | counts | {"code": code})
    return CertificateIssued(
        certificate=number,
        enrolment=found.number,
        verification_code=code,
        attended=reached.attended,
        possible=reached.possible,
        basis_points=reached.basis_points,
        is_waived=is_waived,
    )


def _ended(found: EnrolmentFacts) -> list[Refusal]:
    return [ENROLMENT_ENDED(enrolment=found.number, state=found.state)] if found.state == "withdrawn" else []


def _twice(unit: Unit, found: EnrolmentFacts) -> list[Refusal]:
    known = certificates_of(unit, [found.id]).get(found.id)
    return [] if known is None else [CERTIFICATE_TWICE(enrolment=found.number, certificate=known.number)]


def _earned(found: EnrolmentFacts, rate: RateFacts, *, is_waived: bool) -> list[Refusal]:
    return check_attendance(
        found.number, found.participant, rate.attendance, threshold=rate.threshold, is_waived=is_waived
    )
