"""Courses, cohorts, sessions, enrolments and certificates as the desk shows them; hidden people are left out."""

from collections.abc import Mapping, Sequence

from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.ids import Key
from seedfund.people.queries import PersonName, names_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.parties import handles
from seedfund.reports.value import Rate, Word
from seedfund.store.work import Work
from seedfund.training.queries.courses import (
    SessionFacts,
    cohort_by_number,
    cohorts_by_id,
    courses_by_id,
    list_cohorts,
    list_courses,
    list_providers,
    list_sessions,
    session_by_number,
    sessions_of,
)
from seedfund.training.queries.enrolments import (
    EnrolmentFacts,
    certificates_of,
    enrolment_by_number,
    enrolments_of_cohorts,
    enrolments_of_people,
    list_certificates,
    list_enrolments,
    threshold_waivers_of,
)
from seedfund.training.queries.marks import MarkFacts, history_of, marks_of
from seedfund.training.queries.rates import rates_of
from seedfund.training.rules.attendance import Attendance
from seedfund.training.rules.certifying import rate_text


def clock_text(minutes: int) -> str:
    """`09:00` of 540 minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def provider_rows(work: Work) -> list[Row]:
    """Providers of courses."""
    return [
        {"code": one.code, "name": one.name, "kind": one.kind, "place": one.place}
        for one in list_providers(work.reader(), work.programme.id)
    ]


def course_rows(work: Work) -> list[Row]:
    """Courses with how their attendance counts."""
    reader = work.reader()
    providers = {one.id: one.code for one in list_providers(reader, work.programme.id)}
    return [
        {
            "code": one.code,
            "name": one.name,
            "topic": one.topic,
            "given_by": providers[one.provider_id],
            "minutes": one.minutes,
            "fee": one.fee,
            "threshold": rate_text(one.threshold),
            "unit": Word(one.rule.unit.value),
        }
        for one in list_courses(reader, work.programme.id)
    ]


def cohort_rows(work: Work) -> list[Row]:
    """Cohorts with how many are in them."""
    reader = work.reader()
    found = list_cohorts(reader, work.programme.id)
    courses = courses_by_id(reader, [one.course_id for one in found])
    people = enrolments_of_cohorts(reader, [one.id for one in found])
    return [
        {
            "number": one.number,
            "course": courses[one.course_id].code,
            "place": one.place,
            "starts": one.starts_on,
            "ends": one.ends_on,
            "enrolled": sum(each.state != "withdrawn" for each in people[one.id]),
            "capacity": one.capacity,
            "state": Word(one.state),
        }
        for one in found
    ]


def session_rows(work: Work) -> list[Row]:
    """Every session with its register in numbers."""
    reader = work.reader()
    found = list_sessions(reader, work.programme.id)
    return _sessions(found, marks_of(reader, [one.id for one in found]))


def _sessions(found: Sequence[SessionFacts], marks: Mapping[Key, Mapping[Key, MarkFacts]]) -> list[Row]:
    return [
        {
            "number": one.number,
            "on": one.on_day,
            "begins": clock_text(one.begins_at),
            "minutes": one.minutes,
            "kind": Word(one.kind.value),
            "facilitator": one.facilitator,
            "marked": len(marks[one.id]),
            "state": Word(one.state),
        }
        for one in found
    ]


def enrolment_rows(work: Work, found: Sequence[EnrolmentFacts] | None = None) -> list[Row]:
    """Enrolments with what was attended by today, those of hidden people left out."""
    reader = work.reader()
    every = list_enrolments(reader, work.programme.id) if found is None else found
    names = names_of(work, [one.participant_id for one in every])
    shown = [one for one in every if not names[one.participant_id].is_hidden]
    rates = rates_of(reader, [one.id for one in shown], work.today())
    certificates = certificates_of(reader, [one.id for one in shown])
    return [
        {
            "number": one.number,
            "cohort": one.cohort,
            "course": rates[one.id].course,
            "participant": names[one.participant_id].printed,
            "enrolled_on": one.enrolled_on,
            "state": Word(one.state),
            "attendance": _attended(rates[one.id].attendance),
            "certificate": certificates[one.id].number if one.id in certificates else None,
        }
        for one in shown
    ]


def _attended(found: object) -> Rate | Word:
    if isinstance(found, Attendance):
        return Rate(found.attended, found.possible)
    return Word("no sessions yet")


def enrolments_of_person(work: Work, person: Key) -> list[Row]:
    """The courses of one person, for their own page."""
    return enrolment_rows(work, enrolments_of_people(work.reader(), [person])[person])


def certificate_rows(work: Work) -> list[Row]:
    """Certificates, those of hidden people left out."""
    reader = work.reader()
    known = {one.id: one for one in list_enrolments(reader, work.programme.id)}
    names = names_of(work, [one.participant_id for one in known.values()])
    return [
        {
            "number": one.number,
            "enrolment": known[one.enrolment_id].number,
            "participant": names[known[one.enrolment_id].participant_id].printed,
            "attendance": Rate(one.attended, one.possible),
            "threshold": rate_text(one.threshold_bps),
            "waived": one.waiver_id is not None,
            "issued_on": one.issued_on,
            "verification_code": one.verification_code,
        }
        for one in list_certificates(reader, work.programme.id)
        if not names[known[one.enrolment_id].participant_id].is_hidden
    ]


def show_cohort(work: Work, number: str) -> Thing:
    """A cohort: its course, its sessions, who is in it and what they attended.

    Raises:
        NotFound: there is no such cohort.
    """
    reader = work.reader()
    cohort = cohort_by_number(reader, work.programme.id, number)
    course = courses_by_id(reader, [cohort.course_id])[cohort.course_id]
    sessions = sessions_of(reader, [cohort.id])[cohort.id]
    fields: Row = {
        "state": Word(cohort.state),
        "course": f"{course.code} · {course.name}",
        "place": cohort.place,
        "facilitator": cohort.facilitator,
        "starts": cohort.starts_on,
        "ends": cohort.ends_on,
        "capacity": cohort.capacity,
        "threshold": rate_text(course.threshold),
    }
    parts = {
        "sessions": _sessions(sessions, marks_of(reader, [one.id for one in sessions])),
        "enrolments": enrolment_rows(work, enrolments_of_cohorts(reader, [cohort.id])[cohort.id]),
    }
    return Thing("cohort", cohort.number, fields, parts)


def show_session(work: Work, number: str) -> Thing:
    """A session with its register; of a hidden person nothing but that a line is theirs.

    Raises:
        NotFound: there is no such session.
    """
    reader = work.reader()
    session = session_by_number(reader, work.programme.id, number)
    marks = marks_of(reader, [session.id])[session.id]
    names = names_of(work, list(marks))
    fields: Row = {
        "state": Word(session.state),
        "on": session.on_day,
        "begins": clock_text(session.begins_at),
        "minutes": session.minutes,
        "kind": Word(session.kind.value),
        "place": session.place,
        "facilitator": session.facilitator,
        "topic": session.topic,
    }
    return Thing(
        "session", session.number, fields, {"register": [_line(work, one, names) for one in marks.values()]}
    )


def _line(work: Work, one: MarkFacts, names: Mapping[Key, PersonName]) -> Row:
    name, actors = names[one.participant_id], handles(work.reader(), work.programme.id)
    before = history_of(work.reader(), one.session_id, one.participant_id)
    return {
        "participant": None if name.is_hidden else name.printed,
        "mark": Word(one.mark.value),
        "minutes_missed": one.missed or None,
        "irregular": None if one.irregular is None else Word(one.irregular.value),
        "decision": None if one.decision is None else Word(one.decision.value),
        "marked_by": actors.get(one.marked_by, ""),
        "before": Word(before[-1].mark.value) if before else None,
    }


def show_enrolment(work: Work, number: str) -> Thing:
    """A person in a course: every session of their time, the rate, the certificate and the waiver.

    Raises:
        NotFound: there is no such enrolment.
        NotAllowed: the person is restricted.
    """
    reader = work.reader()
    found = enrolment_by_number(reader, work.programme.id, number)
    name = names_of(work, [found.participant_id])[found.participant_id]
    if name.is_hidden:
        raise NotAllowed(f"{found.number} is restricted; ask the protection officer or the director.")
    cohort = cohorts_by_id(reader, [found.cohort_id])[found.cohort_id]
    rate = rates_of(reader, [found.id], work.today())[found.id]
    certificate = certificates_of(reader, [found.id]).get(found.id)
    waiver = threshold_waivers_of(reader, [found.id]).get(found.id)
    fields: Row = {
        "state": Word(found.state),
        "participant": name.printed,
        "cohort": cohort.number,
        "course": rate.course,
        "enrolled_on": found.enrolled_on,
        "ended_on": found.ended_on,
        "left_for": None if found.left_for is None else Word(found.left_for),
        "attendance": _attended(rate.attendance),
        "threshold": rate_text(rate.threshold),
        "certificate": None if certificate is None else certificate.number,
        "verification_code": None if certificate is None else certificate.verification_code,
        "waived_by": None if waiver is None else handles(reader, work.programme.id).get(waiver.waived_by, ""),
        "waived_because": None if waiver is None else waiver.reason,
    }
    sessions = sessions_of(reader, [cohort.id])[cohort.id]
    marks = marks_of(reader, [one.id for one in sessions])
    rows: list[Row] = [
        {
            "number": one.number,
            "on": one.on_day,
            "state": Word(one.state),
            "mark": Word(own.mark.value) if (own := marks[one.id].get(found.participant_id)) else None,
        }
        for one in sessions
    ]
    return Thing("enrolment", found.number, fields, {"sessions": rows})
