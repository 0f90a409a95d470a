"""Activities of a community: planned, held with who came, or called off; a report is corrected by a further one."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.activities import (
    ActivityRow,
    activity_by_number,
    activity_note_place,
    activity_steps,
    attendee_place,
)
from seedfund.accompaniment.rules.activities import (
    ACTIVITY_STATES,
    ActivityKind,
    AttendeeRole,
    CalledOffFor,
    check_attendees,
    check_report,
)
from seedfund.accompaniment.service.reaching import ORGANISERS, named, person_of, sealed_note, told
from seedfund.accompaniment.tables.activities import (
    Activity,
    ActivityAttendee,
    ActivityEmployer,
    ActivityHeadcount,
    ActivityReport,
    ActivityStep,
)
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import ParticipantFacts
from seedfund.people.rules import PopulationGroup, Sex, plain_text
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "CA"
_MOVE: Final = Write(
    lambda: (
        sa.update(Activity)
        .where(col(Activity.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class PlanActivity(Command):
    """Something to be done together: its kind, a title, what it is about, where and when."""

    kind: ActivityKind
    title: str
    locality: str
    planned_on: date
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityMoved:
    """The activity's number and its state now."""

    number: str
    state: str


@verb("accompaniment.plan_activity", roles=ORGANISERS)
def plan_activity(unit: Unit, command: PlanActivity) -> ActivityMoved:
    """Plan a community activity, an outreach campaign, a meeting of the steering committee, a job fair.

    Raises:
        InvalidInput: a text is empty or too long.
    """
    key, number = unit.key(), unit.human_number(SERIES)
    unit.insert(
        Activity,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        kind=command.kind.value,
        title=named(command.title, field="title"),
        topic=plain_text(command.topic, field="topic", most=120),
        locality=named(command.locality, field="locality", most=40),
        planned_on=command.planned_on,
        state=ACTIVITY_STATES.start,
    )
    _write_step(unit, key, (None, ACTIVITY_STATES.start), position=1)
    unit.created("sf_activity", number, {"state": ACTIVITY_STATES.start, "kind": command.kind})
    return ActivityMoved(number=number, state=ACTIVITY_STATES.start)


def _write_step(
    unit: Unit,
    activity: Key,
    steps: tuple[str | None, str],
    *,
    position: int,
    reason: CalledOffFor | None = None,
) -> None:
    unit.insert(
        ActivityStep,
        activity_id=activity,
        position=position,
        from_state=steps[0],
        to_state=steps[1],
        reason=None if reason is None else reason.value,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


def _move(unit: Unit, row: ActivityRow, state: str, reason: CalledOffFor | None = None) -> None:
    ACTIVITY_STATES.require(row.state, state, which=row.number)
    unit.execute(_MOVE, this_id=row.id, new_state=state)
    position = len(activity_steps(unit, row.id)) + 1
    _write_step(unit, row.id, (row.state, state), position=position, reason=reason)
    unit.changed("sf_activity", row.number, {"state": row.state}, {"state": state})


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody who came: a participant by number, or an outsider by role and name, which is kept sealed."""

    participant: str | None = None
    name: Secret | None = None
    role: AttendeeRole = AttendeeRole.PARTICIPANT
    organisation: str = ""
    sex: Sex = Sex.NOT_COLLECTED


@dataclass(frozen=True, kw_only=True)
class Headcount:
    """So many of a group and sex who came and whose names were not taken."""

    heads: int
    population_group: PopulationGroup = PopulationGroup.NOT_COLLECTED
    sex: Sex = Sex.NOT_COLLECTED


@dataclass(frozen=True, kw_only=True)
class FairEmployer:
    """An employer at a job fair, and how many posts were offered there."""

    name: str
    posts: int = 0


@dataclass(frozen=True, kw_only=True)
class ActivityTold:
    """What is told of an activity: a note (sealed), who came by name, heads counted, employers; all may be left out."""

    note: Secret | None = None
    attendees: tuple[Attendee, ...] = ()
    headcounts: tuple[Headcount, ...] = ()
    employers: tuple[FairEmployer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HoldActivity(Command):
    """An activity that was held on the day it occurred, and what is told of it."""

    number: str
    told: ActivityTold = ActivityTold()


@verb("accompaniment.hold_activity", roles=ORGANISERS)
def hold_activity(unit: Unit, command: HoldActivity) -> ActivityMoved:
    """Record that an activity was held, with those who came, named or counted; attendance is optional.

    Raises:
        NotFound: there is no such activity or participant.
        NotAllowed: a participant is restricted, and the actor's roles do not reach them.
        InvalidInput: somebody is neither a participant nor named, or a count is none.
        Refused: `person_erased`, `no_such_step`, `activity_attendee_twice`.
    """
    row = activity_by_number(unit, unit.programme.id, command.number)
    _move(unit, row, "held")
    _write_report(unit, row, command.told, _Version(1, unit.occurred_on, None))
    return ActivityMoved(number=row.number, state="held")


@dataclass(frozen=True, kw_only=True)
class CallOffActivity(Command):
    """An activity that will not be held, and why."""

    number: str
    reason: CalledOffFor


@verb("accompaniment.call_off_activity", roles=ORGANISERS)
def call_off_activity(unit: Unit, command: CallOffActivity) -> ActivityMoved:
    """Call an activity off; one that is held on another day is planned anew.

    Raises:
        NotFound: there is no such activity.
        Refused: `no_such_step`.
    """
    row = activity_by_number(unit, unit.programme.id, command.number)
    _move(unit, row, "cancelled", command.reason)
    return ActivityMoved(number=row.number, state="cancelled")


@dataclass(frozen=True, kw_only=True)
class CorrectActivity(Command):
    """All that should have been told of an activity held, and why it is told again (no personal data)."""

    number: str
    told: ActivityTold
    reason: str


@verb("accompaniment.correct_activity", roles=ORGANISERS)
def correct_activity(unit: Unit, command: CorrectActivity) -> ActivityMoved:
    """Tell an activity again; the version before stays with who wrote it.

    Raises:
        NotFound: there is no such activity or participant.
        NotAllowed: a participant is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given, somebody is neither a participant nor named, or a count is none.
        Refused: `person_erased`, `activity_not_held`, `activity_attendee_twice`.
    """
    reason = named(command.reason, field="reason", most=300)
    row = activity_by_number(unit, unit.programme.id, command.number)
    refuse(check_report(row.number, row.state))
    held_on = row.held_on or unit.occurred_on
    _write_report(unit, row, command.told, _Version(row.version + 1, held_on, reason))
    return ActivityMoved(number=row.number, state=row.state)


@dataclass(frozen=True)
class _Version:
    """Which version of a report is written, and why."""

    number: int
    held_on: date
    correction: str | None


def _write_report(unit: Unit, row: ActivityRow, said: ActivityTold, version: _Version) -> None:
    people = [None if one.participant is None else person_of(unit, one.participant) for one in said.attendees]
    refuse(check_attendees(person.number for person in people if person is not None))
    if version.number == 1:
        unit.new_vault(row.id)  # outsiders have no key of their own
    unit.insert(
        ActivityReport,
        activity_id=row.id,
        version=version.number,
        held_on=version.held_on,
        note=sealed_note(unit, row.id, said.note, activity_note_place(row.id, version.number)),
        correction=version.correction,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    for position, (one, person) in enumerate(zip(said.attendees, people, strict=True), start=1):
        _write_attendee(unit, (row.id, version.number, position), one, person)
    _write_counts(unit, row.id, version.number, said)
    after = {"named": len(said.attendees), "heads": sum(one.heads for one in said.headcounts)}
    unit.created("sf_activity_report", f"{row.number} v{version.number}", after)


def _write_attendee(
    unit: Unit, place: tuple[Key, int, int], one: Attendee, person: ParticipantFacts | None
) -> None:
    is_participant = one.role is AttendeeRole.PARTICIPANT
    if (person is None) is is_participant or (person is None) is (one.name is None):
        raise InvalidInput(
            field="attendees",
            problem="somebody is neither a participant by number nor an outsider by role and name",
            remedy="give a participant's number alone, or the role and the name of somebody from outside",
        )
    activity, version, position = place
    name = None if one.name is None else told(one.name, field="name")
    unit.insert(
        ActivityAttendee,
        activity_id=activity,
        version=version,
        position=position,
        participant_id=None if person is None else person.id,
        role=one.role.value,
        name=sealed_note(unit, activity, name, attendee_place(activity, version, position)),
        organisation=plain_text(one.organisation, field="organisation", most=120),
        sex=one.sex.value if person is None else person.sex.value,
    )


def _write_counts(unit: Unit, activity: Key, version: int, said: ActivityTold) -> None:
    for position, head in enumerate(said.headcounts, start=1):
        if head.heads < 1:
            raise InvalidInput(field="heads", problem="there is none", remedy="give at least one")
        unit.insert(
            ActivityHeadcount,
            activity_id=activity,
            version=version,
            position=position,
            population_group=head.population_group.value,
            sex=head.sex.value,
            heads=head.heads,
        )
    for position, employer in enumerate(said.employers, start=1):
        if employer.posts < 0:
            raise InvalidInput(field="posts", problem="it is negative", remedy="give 0 or more")
        unit.insert(
            ActivityEmployer,
            activity_id=activity,
            version=version,
            position=position,
            name=named(employer.name, field="employers"),
            posts=employer.posts,
        )
