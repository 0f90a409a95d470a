"""The public commands of training: courses and sessions, enrolments, registers, certificates."""

from typing import Final

from seedfund.training.service.certificates import (
    CertificateIssued,
    IssueCertificate,
    ThresholdWaived,
    WaiveThreshold,
    issue_certificate,
    waive_threshold,
)
from seedfund.training.service.courses import (
    CancelSession,
    CohortMoved,
    CourseRecorded,
    EndCohort,
    OpenCohort,
    ProviderRecorded,
    RecordCourse,
    RecordProvider,
    ScheduleSession,
    SessionMoved,
    cancel_session,
    end_cohort,
    open_cohort,
    record_course,
    record_provider,
    schedule_session,
)
from seedfund.training.service.enrolments import (
    Enrol,
    EnrolmentMoved,
    WithdrawEnrolment,
    enrol,
    withdraw_enrolment,
)
from seedfund.training.service.registers import (
    AttendanceRecorded,
    CorrectMark,
    DecideMark,
    MarkChanged,
    RecordAttendance,
    correct_mark,
    decide_mark,
    record_attendance,
)

COMMANDS: Final = (
    *(record_provider, record_course, open_cohort, schedule_session, cancel_session),
    *(enrol, withdraw_enrolment, record_attendance, correct_mark, decide_mark),
    *(end_cohort, waive_threshold, issue_certificate),
)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "AttendanceRecorded",
    "CancelSession",
    "CertificateIssued",
    "CohortMoved",
    "CorrectMark",
    "CourseRecorded",
    "DecideMark",
    "EndCohort",
    "Enrol",
    "EnrolmentMoved",
    "IssueCertificate",
    "MarkChanged",
    "OpenCohort",
    "ProviderRecorded",
    "RecordAttendance",
    "RecordCourse",
    "RecordProvider",
    "ScheduleSession",
    "SessionMoved",
    "ThresholdWaived",
    "WaiveThreshold",
    "WithdrawEnrolment",
    "cancel_session",
    "correct_mark",
    "decide_mark",
    "end_cohort",
    "enrol",
    "issue_certificate",
    "open_cohort",
    "record_attendance",
    "record_course",
    "record_provider",
    "schedule_session",
    "waive_threshold",
    "withdraw_enrolment",
]
