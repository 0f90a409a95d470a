"""Activities, their steps, and versions of what was reported: who came, heads counted, employers. Schema only.

Names of outsiders and the note are sealed under the activity's own data key. Everything but an activity's state is
only ever appended: a corrected report is a further version with its reason.
"""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.accompaniment.rules.activities import (
    ACTIVITY_STATES,
    ActivityKind,
    AttendeeRole,
    CalledOffFor,
)
from seedfund.kernel.ids import Key
from seedfund.people.rules import PopulationGroup, Sex
from seedfund.store.columns import (
    Table,
    choice,
    day,
    instant,
    integer,
    primary_key,
    reference,
    sealed,
    state,
    text,
)

REPORT = ("sf_activity_report.activity_id", "sf_activity_report.version")


def _of_report() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(("activity_id", "version"), REPORT)


class Activity(Table, table=True):
    """Something done together: planned for a day, then held or called off."""

    __tablename__ = "sf_activity"
    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    number: str = text(30)
    kind: str = choice("kind", ActivityKind)
    title: str = text(120)
    topic: str = text(120)
    locality: str = text(40)
    planned_on: date = day()
    state: str = state(ACTIVITY_STATES)


class ActivityStep(Table, table=True):
    """One step of an activity; append-only."""

    __tablename__ = "sf_activity_step"
    __table_args__ = (
        sa.CheckConstraint("(position = 1) = (from_state IS NULL)", name="first_comes_from_nothing"),
        sa.CheckConstraint(
            "(to_state = 'cancelled') = (reason IS NOT NULL)", name="cancelled_has_its_reason"
        ),
    )
    activity_id: Key = reference("sf_activity.id", primary=True)
    position: int = integer("position", least=1, primary=True)
    from_state: str | None = choice("from_state", ACTIVITY_STATES.states, nullable=True)
    to_state: str = choice("to_state", ACTIVITY_STATES.states)
    reason: str | None = choice("reason", CalledOffFor, nullable=True)
    happened_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class ActivityReport(Table, table=True):
    """A version of what was reported of an activity held; append-only, the last version holds."""

    __tablename__ = "sf_activity_report"
    __table_args__ = (
        sa.CheckConstraint("(version = 1) = (correction IS NULL)", name="correction_has_its_reason"),
    )
    activity_id: Key = reference("sf_activity.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    held_on: date = day()
    note: bytes | None = sealed("note", nullable=True)
    correction: str | None = text(300, nullable=True)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class ActivityAttendee(Table, table=True):
    """Somebody who came: a participant, or an outsider whose name is sealed; append-only."""

    __tablename__ = "sf_activity_attendee"
    __table_args__ = (
        _of_report(),
        sa.CheckConstraint("(participant_id IS NULL) <> (name IS NULL)", name="participant_or_name"),
        sa.CheckConstraint("(role = 'participant') = (participant_id IS NOT NULL)", name="role_fits"),
    )
    activity_id: Key = reference("sf_activity.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    position: int = integer("position", least=1, primary=True)
    participant_id: Key | None = reference("sf_participant.id", nullable=True)
    role: str = choice("role", AttendeeRole)
    name: bytes | None = sealed("name", nullable=True)
    organisation: str = text(120)
    sex: str = choice("sex", Sex)


class ActivityHeadcount(Table, table=True):
    """So many of a group and sex who came and whose names were not taken; append-only."""

    __tablename__ = "sf_activity_headcount"
    __table_args__ = (_of_report(),)
    activity_id: Key = reference("sf_activity.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    position: int = integer("position", least=1, primary=True)
    population_group: str = choice("population_group", PopulationGroup)
    sex: str = choice("sex", Sex)
    heads: int = integer("heads", least=1)


class ActivityEmployer(Table, table=True):
    """An employer at a job fair, and how many posts were offered there; append-only."""

    __tablename__ = "sf_activity_employer"
    __table_args__ = (_of_report(),)
    activity_id: Key = reference("sf_activity.id", primary=True)
    version: int = integer("version", least=1, primary=True)
    position: int = integer("position", least=1, primary=True)
    name: str = text(120)
    posts: int = integer("posts", least=0)
