"""What a trainee attended and has reached: days of a period with their marks, the rate, the certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from seedfund.kernel.dates import DateRange
from seedfund.kernel.ids import Key
from seedfund.scholarships.queries.placements import placements_of, working_at
from seedfund.scholarships.queries.scholarships import ScholarshipRow
from seedfund.scholarships.rules.confirming import Reached
from seedfund.scholarships.rules.effective import DaySeen
from seedfund.store.statements import Reader
from seedfund.training.queries.courses import SessionFacts, sessions_of
from seedfund.training.queries.enrolments import EnrolmentFacts, certificates_of, enrolments_by_id
from seedfund.training.queries.marks import marks_of
from seedfund.training.queries.rates import rates_of
from seedfund.training.rules.attendance import Attendance
from seedfund.training.rules.words import SessionKind


@dataclass(frozen=True, slots=True)
class PeriodSeen:
    """The days of a period that have a register, the sessions that lack one, and whose hands took the registers."""

    days: tuple[DaySeen, ...]
    missing: int
    hands: frozenset[Key]


def reached_of(reader: Reader, rows: Sequence[ScholarshipRow], on: date) -> dict[Key, Reached]:
    """What these trainees have reached by a day."""
    ids = [row.enrolment_id for row in rows if row.enrolment_id]
    enrolments, rates = enrolments_by_id(reader, ids), rates_of(reader, ids, on)
    certificates = certificates_of(reader, ids)
    checks = placements_of(reader, [row.id for row in rows])
    found = {}
    for row in rows:
        enrolment = enrolments.get(row.enrolment_id) if row.enrolment_id else None
        if enrolment is None:
            found[row.id] = Reached(is_enrolled=False)
            continue
        rate = rates[enrolment.id].attendance
        found[row.id] = Reached(
            is_enrolled=True,
            left_on=enrolment.ended_on if enrolment.state == "withdrawn" else None,
            rate=rate.basis_points if isinstance(rate, Attendance) else None,
            has_certificate=enrolment.id in certificates,
            working_at=working_at(checks[row.id]),
        )
    return found


def period_seen(reader: Reader, enrolment: EnrolmentFacts, period: DateRange) -> PeriodSeen:
    """What registers say of a trainee in a period, in the time of the enrolment; irregular marks say nothing."""
    sessions = [
        one
        for one in sessions_of(reader, [enrolment.cohort_id])[enrolment.cohort_id]
        if one.on_day in period and _counts(one, enrolment)
    ]
    marks = marks_of(reader, [one.id for one in sessions])
    days, missing, hands = [], 0, set()
    for one in sessions:
        mark = marks[one.id].get(enrolment.participant_id)
        if mark is None or mark.irregular is not None:
            missing += 1
            continue
        days.append(DaySeen(one.on_day, mark.mark))
        hands.add(mark.marked_by)
    return PeriodSeen(tuple(days), missing, frozenset(hands))


def _counts(one: SessionFacts, enrolment: EnrolmentFacts) -> bool:
    is_own = one.kind is SessionKind.REGULAR and one.state != "cancelled"
    days = enrolment.days
    return is_own and one.on_day >= days.since and (days.until is None or one.on_day <= days.until)
