"""Reads of activities: by number, of the programme, and who came to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.accompaniment.queries.showing import shown_people
from seedfund.accompaniment.rules.activities import ActivityKind, AttendeeRole, Came
from seedfund.accompaniment.tables.activities import (
    Activity,
    ActivityAttendee,
    ActivityEmployer,
    ActivityHeadcount,
    ActivityReport,
    ActivityStep,
)
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.rules import PopulationGroup, Sex
from seedfund.store.sealing.vault import Place, Vault
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as stored; `version` is that of the report that holds, 0 while there is none."""

    id: Key
    number: str
    kind: ActivityKind
    title: str
    topic: str
    locality: str
    planned_on: date
    state: str
    version: int
    held_on: date | None
    note: bytes | None


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Somebody who came; of a participant the key, of an outsider the sealed name."""

    position: int
    participant_id: Key | None
    role: AttendeeRole
    name: bytes | None
    organisation: str
    sex: Sex


@dataclass(frozen=True, slots=True)
class HeadcountRow:
    """So many of a group and sex whose names were not taken."""

    population_group: PopulationGroup
    sex: Sex
    heads: int


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """An employer at a fair, and the posts offered."""

    name: str
    posts: int


@dataclass(frozen=True, slots=True)
class ActivityStepRow:
    """A step of an activity; `recorder` is who recorded it."""

    to_state: str
    reason: str | None
    happened_on: date
    recorder: str


@dataclass(frozen=True, slots=True)
class AttendeeShown:
    """Somebody who came, as the one who looks may see them; the name of an outsider opened."""

    row: AttendeeRow
    name: Secret | None


@dataclass(frozen=True, slots=True)
class ActivityOpened:
    """An activity with its report: note, who came (hidden people left out), heads, employers, and all by sex."""

    activity: ActivityRow
    note: Secret | None
    attendees: tuple[AttendeeShown, ...]
    headcounts: tuple[HeadcountRow, ...]
    employers: tuple[EmployerRow, ...]
    came: tuple[Came, ...]
    steps: tuple[ActivityStepRow, ...]


def _activity(*values: Any) -> ActivityRow:
    this, number, kind, title, topic, locality, planned_on, state, version, held_on, note = values
    return ActivityRow(
        id=this,
        number=number,
        kind=ActivityKind(kind),
        title=title,
        topic=topic,
        locality=locality,
        planned_on=planned_on,
        state=state,
        version=version or 0,
        held_on=held_on,
        note=None if note is None else bytes(note),
    )


def last_report() -> Any:
    """Of a report its version that holds."""
    later = aliased(ActivityReport)
    return ~sa.exists().where(
        col(later.activity_id) == col(ActivityReport.activity_id),
        col(later.version) > col(ActivityReport.version),
    )


def _activities() -> Any:
    return (
        sa.select(
            col(Activity.id),
            col(Activity.number),
            col(Activity.kind),
            col(Activity.title),
            col(Activity.topic),
            col(Activity.locality),
            col(Activity.planned_on),
            col(Activity.state),
            col(ActivityReport.version),
            col(ActivityReport.held_on),
            col(ActivityReport.note),
        )
        .select_from(Activity)
        .outerjoin(
            ActivityReport, sa.and_(col(ActivityReport.activity_id) == col(Activity.id), last_report())
        )
        .where(col(Activity.programme_id) == sa.bindparam("programme"))
        .order_by(col(Activity.number))
    )


_ACTIVITY: Final = Query(
    _activity,
    lambda: _activities().where(col(Activity.number) == sa.bindparam("number")).with_for_update(of=Activity),
)
_ACTIVITIES: Final = Query(_activity, _activities)
_STEPS: Final = Query(
    ActivityStepRow,
    lambda: (
        sa.select(
            col(ActivityStep.to_state),
            col(ActivityStep.reason),
            col(ActivityStep.happened_on),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(ActivityStep.recorded_by))
        .where(col(ActivityStep.activity_id) == sa.bindparam("activity"))
        .order_by(col(ActivityStep.position))
    ),
)


def _holding(table: Any) -> Any:
    """Of these rows those of the report that holds."""
    later = aliased(ActivityReport)
    return ~sa.exists().where(
        col(later.activity_id) == col(table.activity_id), col(later.version) > col(table.version)
    )


_ATTENDEES: Final = Query(
    lambda activity, position, person, role, name, organisation, sex: (
        Key(activity),
        AttendeeRow(
            position,
            person,
            AttendeeRole(role),
            None if name is None else bytes(name),
            organisation,
            Sex(sex),
        ),
    ),
    lambda: (
        sa.select(
            col(ActivityAttendee.activity_id),
            col(ActivityAttendee.position),
            col(ActivityAttendee.participant_id),
            col(ActivityAttendee.role),
            col(ActivityAttendee.name),
            col(ActivityAttendee.organisation),
            col(ActivityAttendee.sex),
        )
        .where(
            col(ActivityAttendee.activity_id).in_(sa.bindparam("activities", expanding=True)),
            _holding(ActivityAttendee),
        )
        .order_by(col(ActivityAttendee.activity_id), col(ActivityAttendee.position))
    ),
)
_HEADS: Final = Query(
    lambda activity, group, sex, heads: (
        Key(activity),
        HeadcountRow(PopulationGroup(group), Sex(sex), heads),
    ),
    lambda: (
        sa.select(
            col(ActivityHeadcount.activity_id),
            col(ActivityHeadcount.population_group),
            col(ActivityHeadcount.sex),
            col(ActivityHeadcount.heads),
        )
        .where(
            col(ActivityHeadcount.activity_id).in_(sa.bindparam("activities", expanding=True)),
            _holding(ActivityHeadcount),
        )
        .order_by(col(ActivityHeadcount.activity_id), col(ActivityHeadcount.position))
    ),
)
_EMPLOYERS: Final = Query(
    EmployerRow,
    lambda: (
        sa.select(col(ActivityEmployer.name), col(ActivityEmployer.posts))
        .where(col(ActivityEmployer.activity_id) == sa.bindparam("activity"), _holding(ActivityEmployer))
        .order_by(col(ActivityEmployer.position))
    ),
)


def activity_note_place(activity: Key, version: int) -> Place:
    """Where the note of a report stands."""
    return Place("sf_activity_report", f"{activity}:{version}", "note")


def attendee_place(activity: Key, version: int, position: int) -> Place:
    """Where the name of an outsider stands."""
    return Place("sf_activity_attendee", f"{activity}:{version}:{position}", "name")


def activity_by_number(reader: Reader, programme: Key, number: str) -> ActivityRow:
    """An activity; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_ACTIVITY, programme=programme, number=number)
    if found is None:
        raise NotFound(what="activity", which=number)
    return found


def list_activities(reader: Reader, programme: Key) -> list[ActivityRow]:
    """Every activity, by number."""
    return reader.all(_ACTIVITIES, programme=programme)


def activity_steps(reader: Reader, activity: Key) -> list[ActivityStepRow]:
    """The steps of an activity, in their order."""
    return reader.all(_STEPS, activity=activity)


def came_to(reader: Reader, activities: Sequence[Key]) -> Mapping[Key, list[Came]]:
    """Everybody counted at these activities, by activity: the named ones and the heads, restricted people too."""
    ids = list(activities)
    found: dict[Key, list[Came]] = {key: [] for key in ids}
    for activity, row in reader.among(_ATTENDEES, "activities", ids):
        found[activity].append(Came(sex=row.sex))
    for activity, head in reader.among(_HEADS, "activities", ids):
        found[activity].append(Came(sex=head.sex, count=head.heads))
    return found


def open_activity(work: Work, number: str) -> ActivityOpened:
    """An activity with who came; participants whom the actor may not see are counted and not listed.

    Raises:
        NotFound: there is no such activity.
        Corrupt: the words were altered.
    """
    reader = work.reader()
    row = activity_by_number(reader, work.programme.id, number)
    vault = open_vaults(reader, work, [row.id]).get(row.id)
    people = [one for _, one in reader.among(_ATTENDEES, "activities", [row.id])]
    shown = shown_people(work, [one.participant_id for one in people if one.participant_id is not None])
    note = None
    if vault is not None and row.note is not None:
        note = vault.open(row.note, activity_note_place(row.id, row.version))
    return ActivityOpened(
        activity=row,
        note=note,
        attendees=tuple(
            AttendeeShown(one, _name(row, one, vault))
            for one in people
            if one.participant_id is None or one.participant_id in shown
        ),
        headcounts=tuple(head for _, head in reader.among(_HEADS, "activities", [row.id])),
        employers=tuple(reader.all(_EMPLOYERS, activity=row.id)),
        came=tuple(came_to(reader, [row.id])[row.id]),
        steps=tuple(activity_steps(reader, row.id)),
    )


def _name(activity: ActivityRow, one: AttendeeRow, vault: Vault | None) -> Secret | None:
    if vault is None or one.name is None:
        return None
    return vault.open(one.name, attendee_place(activity.id, activity.version, one.position))
