"""Marks from signed registers: a row a session and person, each taken by itself."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.rules import SHORT, CellKind, Column, Part
from seedfund.kernel.errors import Refusal
from seedfund.training.rules.marking import MarkAsked
from seedfund.training.rules.words import Mark
from seedfund.training.service import RecordAttendance, record_attendance

_COLUMN_OF: Final = {
    "attendance_before_session": "session",
    "marked_already": "participant",
    "late_without_time": "missed",
    "minutes_not_expected": "missed",
    "make_up_missing": "make_up",
    "make_up_not_expected": "make_up",
    "make_up_unfit": "make_up",
    "make_up_used": "make_up",
}


def _mark(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    asked = MarkAsked(
        participant=intake.number(entry, "participant", kind="households", part="members"),
        mark=values.need_word("mark", Mark),
        missed=values.whole("missed"),
        make_up=values.text("make_up"),
    )
    command = RecordAttendance(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        session=intake.called(entry, "session", kind="sessions", part="sessions"),
        marks=(asked,),
    )
    record_attendance(intake.work, command)
    return {}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    return group.root, _COLUMN_OF.get(refusal.code)


ATTENDANCE: Final = Kind(
    name="attendance",
    title_en="Marks of attendance from signed registers",
    title_es="Marcas de asistencia de las listas firmadas",
    parts=(
        Part(
            name="attendance",
            spanish="asistencia",
            key=("session", "participant"),
            group=("session", "participant"),
            spreads=("session", "mark"),
            columns=(
                Column(
                    name="session",
                    spanish="sesion",
                    is_required=True,
                    length=SHORT,
                    help_en="Key of the session, or its number, such as CH-2026-0001/3.",
                    help_es="Clave de la sesión, o su número, como CH-2026-0001/3.",
                ),
                Column(
                    name="participant",
                    spanish="persona",
                    is_required=True,
                    length=SHORT,
                    help_en="Key or number of the person.",
                    help_es="Clave o número de la persona.",
                ),
                Column(
                    name="mark",
                    spanish="marca",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.MARKS,
                    help_en="What the register says.",
                    help_es="Lo que dice la lista.",
                ),
                Column(
                    name="missed",
                    spanish="minutos_perdidos",
                    kind=CellKind.WHOLE,
                    help_en="Minutes missed by who came late.",
                    help_es="Minutos que perdió quien llegó tarde.",
                ),
                Column(
                    name="make_up",
                    spanish="recuperacion",
                    length=SHORT,
                    help_en="Number of the make-up session, where one was made up.",
                    help_es="Número de la sesión de recuperación, si se recuperó.",
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_mark,
    locate=_locate,
)
