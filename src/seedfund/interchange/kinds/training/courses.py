"""Who gives courses, the courses, their cohorts and sessions, and who is enrolled in them."""

import re
from typing import Final

from seedfund.interchange.kinds import field_words as words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers, RowRefused
from seedfund.interchange.kinds.making import column, own_key
from seedfund.interchange.rules import LINE, CellKind, Column, Part
from seedfund.interchange.rules.refusals import TIME_UNREADABLE
from seedfund.kernel.errors import Refusal
from seedfund.training.rules.words import CourseUnit, Excused, SessionKind
from seedfund.training.service import (
    Enrol,
    OpenCohort,
    RecordCourse,
    RecordProvider,
    ScheduleSession,
    enrol,
    open_cohort,
    record_course,
    record_provider,
    schedule_session,
)

_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])[:hH]([0-5][0-9])", flags=re.ASCII)
_COLUMN_OF: Final = {
    "training_code_taken": "code",
    "cohort_closed": "cohort",
    "cohort_full": "cohort",
    "enrolled_already": "member",
    "person_erased": "member",
}
_PLACE: Final = column(
    "place",
    "lugar",
    told=(
        "Where; the cohort's where a session says nothing.",
        "Dónde; el del grupo si la sesión no dice nada.",
    ),
    length=120,
    can_wait=True,
)
_FACILITATOR: Final = column(
    "facilitator",
    "facilitador",
    told=("Who gives it.", "Quien lo imparte."),
    length=120,
    can_wait=True,
)


def _cohort(*, help_en: str, help_es: str) -> Column:
    return column("cohort", "grupo", told=(help_en, help_es), is_required=True)


def _record_provider(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    command = RecordProvider(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        code=values.need_text("code"),
        name=values.need_text("name"),
        kind=values.need_text("kind"),
        tax_id=values.text("tax_id"),
        place=values.text("place"),
    )
    return {(entry.part, entry.key): record_provider(intake.work, command).code}


def _record_course(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    command = RecordCourse(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        code=values.need_text("code"),
        provider=values.need_text("provider"),
        name=values.need_text("name"),
        topic=values.need_text("topic"),
        minutes=values.whole("minutes"),
        fee=values.need_money("fee"),
        threshold_bps=values.whole("threshold"),
        unit=values.word("unit", CourseUnit) or CourseUnit.SESSIONS,
        excused=values.word("excused", Excused) or Excused.NEUTRAL,
        excused_most=values.whole("excused_most"),
    )
    return {(entry.part, entry.key): record_course(intake.work, command).code}


def _open_cohort(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    command = OpenCohort(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        course=values.need_text("course"),
        starts_on=values.need_day("starts_on"),
        ends_on=values.need_day("ends_on"),
        capacity=values.whole("capacity"),
        place=values.need_text("place"),
        facilitator=values.text("facilitator"),
    )
    return {(entry.part, entry.key): open_cohort(intake.work, command).cohort}


def _schedule(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    command = ScheduleSession(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        cohort=intake.number(entry, "cohort", kind="cohorts", part="cohorts"),
        on_day=values.need_day("on_day"),
        begins_at=_minutes(entry),
        minutes=values.whole("minutes"),
        kind=values.word("kind", SessionKind) or SessionKind.REGULAR,
        place=values.text("place"),
        facilitator=values.text("facilitator"),
        topic=values.text("topic"),
    )
    return {(entry.part, entry.key): schedule_session(intake.work, command).session}


def _minutes(entry: Entry) -> int:
    """Minutes after midnight, from `09:00` or `9h00`."""
    match = _TIME.fullmatch(entry.values.need_text("begins_at"))
    if match is None:
        raise RowRefused(entry.complaint(TIME_UNREADABLE(), "begins_at"))
    return int(match[1]) * 60 + int(match[2])


def _enrol(intake: Intake, group: Group) -> Numbers:
    entry = group.root
    command = Enrol(
        key=intake.key(group),
        occurred_on=entry.values.day("enrolled_on") or intake.occurred_on,
        cohort=intake.number(entry, "cohort", kind="cohorts", part="cohorts"),
        participant=intake.number(entry, "member", kind="households", part="members"),
    )
    return {(entry.part, entry.key): enrol(intake.work, command).enrolment}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    return group.root, _COLUMN_OF.get(refusal.code)


def _part(name: str, spanish: str, *columns: Column, key: tuple[str, ...]) -> Part:
    return Part(name=name, spanish=spanish, key=key, group=key, columns=columns)


def _kind(title: tuple[str, str], part: Part, carry_out: object) -> Kind:
    english, spanish = title
    return Kind(
        name=part.name,
        title_en=english,
        title_es=spanish,
        parts=(part,),
        is_whole=False,
        carry_out=carry_out,  # type: ignore[arg-type] # one of the functions above
        locate=_locate,
    )


CODE: Final = column("code", "codigo", told=("Its code.", "Su código."), is_required=True)
NAME: Final = column(
    "name", "nombre", told=("As printed on papers.", "Como se imprime."), is_required=True, length=LINE
)
PROVIDERS: Final = _kind(
    (
        "Providers of training, and other vendors of services",
        "Entidades que capacitan y otras que prestan servicios",
    ),
    _part(
        "providers",
        "entidades",
        CODE,
        NAME,
        column(
            "kind",
            "tipo",
            told=(
                "What it is: training_centre, city, social_enterprise …",
                "Qué es: training_centre, city, …",
            ),
            is_required=True,
            length=40,
        ),
        column(
            "tax_id",
            "ruc",
            CellKind.IDENTIFIER,
            told=("Its number at the tax office.", "Su número tributario."),
            length=30,
            can_wait=True,
        ),
        _PLACE,
        key=("code",),
    ),
    _record_provider,
)
COURSES: Final = _kind(
    ("Courses and how their attendance is counted", "Cursos y cómo se cuenta su asistencia"),
    _part(
        "courses",
        "cursos",
        CODE,
        column(
            "provider", "entidad", told=("Code of who gives it.", "Código de quien lo da."), is_required=True
        ),
        NAME,
        column("topic", "tema", told=("What it teaches.", "Qué enseña."), is_required=True, length=80),
        column(
            "minutes",
            "minutos",
            CellKind.WHOLE,
            told=("Of the whole course.", "Del curso entero."),
            is_required=True,
        ),
        column(
            "fee",
            "costo",
            CellKind.AMOUNT,
            told=("A head; 0 for none.", "Por persona; 0 si no hay."),
            is_required=True,
        ),
        column("currency", "moneda", CellKind.CURRENCY, told=("Of the fee.", "Del costo.")),
        column(
            "threshold",
            "asistencia_minima",
            CellKind.PERCENT,
            told=("Attendance that is certified.", "Asistencia que se certifica."),
            is_required=True,
        ),
        column(
            "unit",
            "se_cuenta_en",
            CellKind.WORD,
            words=words.COURSE_UNIT,
            told=("Sessions where empty.", "Sesiones si está vacío."),
        ),
        column(
            "excused",
            "justificadas",
            CellKind.WORD,
            words=words.EXCUSED,
            told=("What an excused absence does.", "Qué hace una falta justificada."),
        ),
        column(
            "excused_most",
            "justificadas_maximo",
            CellKind.WHOLE,
            told=("How many count as attended, if they do.", "Cuántas cuentan como asistidas, si cuentan."),
        ),
        key=("code",),
    ),
    _record_course,
)
COHORTS: Final = _kind(
    ("Cohorts: courses given once, with their room", "Grupos: cursos que se dan una vez, con su cupo"),
    _part(
        "cohorts",
        "grupos",
        own_key("cohort", "grupo", told=("Your own key of the cohort.", "Su propia clave del grupo.")),
        column("course", "curso", told=("Code of the course.", "Código del curso."), is_required=True),
        column(
            "starts_on", "empieza_el", CellKind.DATE, told=("First day.", "Primer día."), is_required=True
        ),
        column("ends_on", "termina_el", CellKind.DATE, told=("Last day.", "Último día."), is_required=True),
        column(
            "capacity",
            "cupo",
            CellKind.WHOLE,
            told=("For how many.", "Para cuántas personas."),
            is_required=True,
        ),
        column("place", "lugar", told=("Where.", "Dónde."), is_required=True, length=120),
        _FACILITATOR,
        key=("cohort",),
    ),
    _open_cohort,
)
SESSIONS: Final = _kind(
    ("Sessions of cohorts", "Sesiones de los grupos"),
    _part(
        "sessions",
        "sesiones",
        own_key("session", "sesion", told=("Your own key of the session.", "Su propia clave de la sesión.")),
        _cohort(help_en="Key or number of the cohort.", help_es="Clave o número del grupo."),
        column("on_day", "fecha", CellKind.DATE, told=("The day.", "El día."), is_required=True),
        column(
            "begins_at",
            "hora",
            told=("When it begins, such as 09:00.", "A qué hora empieza, como 09:00."),
            is_required=True,
            length=5,
        ),
        column("minutes", "minutos", CellKind.WHOLE, told=("How long.", "Cuánto dura."), is_required=True),
        column(
            "kind",
            "tipo",
            CellKind.WORD,
            words=words.SESSION_KIND,
            told=("Regular where empty.", "Regular si está vacío."),
        ),
        _PLACE,
        _FACILITATOR,
        column("topic", "tema", told=("What it is about.", "De qué trata."), length=120, can_wait=True),
        key=("session",),
    ),
    _schedule,
)
ENROLMENTS: Final = _kind(
    ("Enrolments in cohorts", "Matrículas en los grupos"),
    _part(
        "enrolments",
        "matriculas",
        _cohort(help_en="Key or number of the cohort.", help_es="Clave o número del grupo."),
        column(
            "member",
            "miembro",
            told=("Key or number of the person.", "Clave o número de la persona."),
            is_required=True,
        ),
        column(
            "enrolled_on",
            "matriculada_el",
            CellKind.DATE,
            told=("The day; today where empty.", "El día; hoy si está vacío."),
        ),
        key=("cohort", "member"),
    ),
    _enrol,
)
