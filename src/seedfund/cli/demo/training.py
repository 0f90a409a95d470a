"""Training: providers and courses, cohorts with their sessions, signed registers, certificates."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Final

from seedfund.cli.demo.dated import Planned, Row
from seedfund.cli.demo.stage import Stage
from seedfund.kernel.dates import parse_date
from seedfund.kernel.money import parse_money
from seedfund.training.rules.marking import MarkAsked
from seedfund.training.rules.words import LeftFor, Mark
from seedfund.training.service import (
    EndCohort,
    Enrol,
    IssueCertificate,
    OpenCohort,
    RecordAttendance,
    RecordCourse,
    RecordProvider,
    ScheduleSession,
    WithdrawEnrolment,
    end_cohort,
    enrol,
    issue_certificate,
    open_cohort,
    record_attendance,
    record_course,
    record_provider,
    schedule_session,
    withdraw_enrolment,
)

PLANNER: Final = "inclusion1"
SUNDAY: Final = 6
LATE_MINUTES: Final = 15
GONE: Final = "-"
MARK_OF: Final[Mapping[str, Mark]] = MappingProxyType(
    {"P": Mark.PRESENT, "T": Mark.LATE, "A": Mark.ABSENT, "E": Mark.EXCUSED}
)
"""A letter a session, as the example writes a register; a dash from where on somebody had left."""


def set_up(stage: Stage) -> None:
    """Providers and what they teach."""
    with stage.acting(PLANNER) as work:
        for row in stage.rows("providers"):
            recording = RecordProvider(
                key=stage.key("provider", row["code"]),
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                place=row["place"],
            )
            record_provider(work, recording)
        for row in stage.rows("courses"):
            teaching = RecordCourse(
                key=stage.key("course", row["course"]),
                code=row["course"],
                provider=row["provider"],
                name=row["name"],
                topic=row["topic"],
                minutes=int(row["minutes"]),
                fee=parse_money(row["fee"], row["currency"], style=stage.style.numbers, field="fee"),
                threshold_bps=int(row["threshold"]) * 100,
            )
            record_course(work, teaching)


Enrolments = dict[tuple[str, str], str]
"""Number of an enrolment, by cohort and member as the example names them."""


class CohortPlayed:
    """A cohort of the example: its row, who is in it, and the numbers it was given."""

    def __init__(self, stage: Stage, row: Row, people: list[Row], known: Enrolments):
        self.stage, self.row, self.people, self.known = stage, row, people, known
        courses = {one["course"]: int(one["minutes"]) for one in stage.rows("courses")}
        minutes = courses[row["course"]]
        self.minutes = minutes // int(row["sessions"])
        self.number = ""
        self.sessions: list[str] = []
        self.enrolments: dict[str, str] = {}

    @property
    def days(self) -> list[date]:
        """The days of its sessions; nobody teaches on a Sunday."""
        day, found = parse_date(self.row["starts_on"]), []
        for _ in range(int(self.row["sessions"])):
            if day.weekday() == SUNDAY:
                day += timedelta(days=1)
            found.append(day)
            day += timedelta(days=int(self.row["every_days"]))
        return found

    def begin(self) -> None:
        """Open it, schedule its sessions and enrol its people."""
        stage, row = self.stage, self.row
        members = stage.members([one["member"] for one in self.people])
        hours, _, minutes = row["hour"].partition(":")
        with stage.acting(row["planner"]) as work:
            opening = OpenCohort(
                key=stage.key("cohort", row["cohort"]),
                course=row["course"],
                starts_on=self.days[0],
                ends_on=self.days[-1],
                capacity=int(row["capacity"]),
                place=row["place"],
                facilitator=row["facilitator"],
            )
            self.number = open_cohort(work, opening).cohort
            for position, day in enumerate(self.days, start=1):
                scheduling = ScheduleSession(
                    key=stage.key("session", row["cohort"], position),
                    cohort=self.number,
                    on_day=day,
                    begins_at=int(hours) * 60 + int(minutes),
                    minutes=self.minutes,
                )
                self.sessions.append(schedule_session(work, scheduling).session)
            for one in self.people:
                enrolling = Enrol(
                    key=stage.key("enrolment", row["cohort"], one["member"]),
                    cohort=self.number,
                    participant=members[one["member"]],
                )
                enrolment = enrol(work, enrolling).enrolment
                self.enrolments[one["member"]] = enrolment
                self.known[self.row["cohort"], one["member"]] = enrolment

    def hold(self, position: int) -> None:
        """Take the register of a session; whoever left before it is taken out of the course that day."""
        stage, row = self.stage, self.row
        members = stage.members([one["member"] for one in self.people])
        marks, leaving = [], []
        for one in self.people:
            letter = one["marks"][position - 1]
            if letter != GONE:
                mark = MARK_OF[letter]
                missed = LATE_MINUTES if mark is Mark.LATE else 0
                marks.append(MarkAsked(participant=members[one["member"]], mark=mark, missed=missed))
            elif one["marks"].index(GONE) == position - 1:
                leaving.append(self.enrolments[one["member"]])
        with stage.acting(row["marker"]) as work:
            for enrolment in leaving:
                key = stage.key("left", enrolment)
                going = WithdrawEnrolment(key=key, enrolment=enrolment, left_for=LeftFor.WORK)
                withdraw_enrolment(work, going)
            if marks:
                key = stage.key("register", row["cohort"], position)
                session = self.sessions[position - 1]
                record_attendance(work, RecordAttendance(key=key, session=session, marks=tuple(marks)))

    def end(self) -> None:
        """Whoever stayed has completed it; who attended enough is certified."""
        stage, row = self.stage, self.row
        with stage.acting(row["planner"]) as work:
            end_cohort(work, EndCohort(key=stage.key("cohort ended", row["cohort"]), cohort=self.number))
            for one in self.people:
                if one["certificate"] == "yes":
                    enrolment = self.enrolments[one["member"]]
                    key = stage.key("certificate", enrolment)
                    issue_certificate(work, IssueCertificate(key=key, enrolment=enrolment))


def read_cohorts(stage: Stage, known: Enrolments) -> list[CohortPlayed]:
    """The cohorts of the example with their people; `known` takes the enrolments up."""
    people: dict[str, list[Row]] = {}
    for row in stage.rows("enrolments"):
        people.setdefault(row["cohort"], []).append(row)
    return [CohortPlayed(stage, row, people[row["cohort"]], known) for row in stage.rows("cohorts")]


def planned(stage: Stage, known: Enrolments) -> Iterator[Planned]:
    """What happens in each course on which day; on one day courses begin, then sessions are held, then courses end."""
    steps: list[tuple[date, int, Planned]] = []
    for cohort in read_cohorts(stage, known) if stage.has("cohorts") else ():
        days = cohort.days
        steps.append((days[0], 0, Planned(days[0], "courses begin", cohort.begin)))
        for position, day in enumerate(days, start=1):
            steps.append((day, 1, Planned(day, "training sessions", partial(cohort.hold, position))))
        steps.append((days[-1], 2, Planned(days[-1], "courses end, certificates", cohort.end)))
    for _, _, step in sorted(steps, key=lambda one: one[:2]):
        yield step
