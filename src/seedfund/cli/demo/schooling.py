"""Children at school: enrolments seen on paper, and what became of them in the term."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from seedfund.cli.demo.dated import Planned, Row, by_day
from seedfund.cli.demo.stage import Stage
from seedfund.kernel.dates import parse_date
from seedfund.kernel.secret import Secret
from seedfund.schooling.rules.words import LeftSchoolFor, SchoolKind, SchoolProof
from seedfund.schooling.service import (
    RecordSchooling,
    RecordSchoolStep,
    record_school_step,
    record_schooling,
)

REGISTRAR: Final = "campo1"


def planned(stage: Stage) -> Iterator[Planned]:
    """Enrolments on the day they were seen, and children who left."""
    numbers: dict[str, str] = {}
    rows = stage.rows("schooling") if stage.has("schooling") else []
    for day, found in by_day(rows, "seen_on"):
        yield Planned(day, "school enrolments seen", partial(_enrolled, stage, found, numbers))
    for day, found in by_day(rows, "left_on"):
        yield Planned(day, "children who left school", partial(_left, stage, found, numbers))


def _enrolled(stage: Stage, rows: list[Row], numbers: dict[str, str]) -> None:
    with stage.acting(REGISTRAR) as work:
        for row in rows:
            recording = RecordSchooling(
                key=stage.key("schooling", row["record"]),
                child=stage.members([row["child"]])[row["child"]],
                kind=SchoolKind(row["kind"]),
                school=Secret(row["school"]),
                term=row["term"],
                starts_on=parse_date(row["starts_on"]),
                ends_on=parse_date(row["ends_on"]),
                proof=SchoolProof(row["proof"]),
            )
            numbers[row["record"]] = record_schooling(work, recording).number


def _left(stage: Stage, rows: list[Row], numbers: dict[str, str]) -> None:
    with stage.acting(REGISTRAR) as work:
        for row in rows:
            leaving = RecordSchoolStep(
                key=stage.key("left school", row["record"]),
                number=numbers[row["record"]],
                state="left",
                proof=SchoolProof.TEACHER_LETTER,
                reason=LeftSchoolFor(row["reason"]),
            )
            record_school_step(work, leaving)
