"""Graduation: proposed on an assessment by one person, decided by another, followed up three times."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.households import (
    answers_in,
    follow_up_place,
    goals_of,
    graduation_by_number,
    last_assessment,
    versions_of,
    yardstick_on,
)
from seedfund.accompaniment.queries.rows import AssessmentRow, YardstickRow
from seedfund.accompaniment.queries.statements import FOLLOW_UPS, GRADUATIONS_OF, YARDSTICKS_BY_ID
from seedfund.accompaniment.queries.yardsticks import graduation_in, instrument_in
from seedfund.accompaniment.rules.days import check_day
from seedfund.accompaniment.rules.graduation import (
    ASSESSMENT_MISSING,
    ASSESSMENT_NEWER,
    FOLLOW_UP_MONTHS,
    FOLLOW_UP_NOT_DUE,
    GRADUATION_BY_ONE_PERSON,
    GRADUATION_STANDS,
    CriterionFound,
    check_follow_up,
    judge,
    unmet,
)
from seedfund.accompaniment.rules.states import GRADUATION_STATES
from seedfund.accompaniment.rules.words import FollowUpStanding, YardstickKind
from seedfund.accompaniment.service.common import (
    ACCOMPANY,
    DECIDE,
    reached_household,
    reached_person,
    told_reason,
)
from seedfund.accompaniment.service.graduating import graduate_people, stops_of
from seedfund.accompaniment.tables.households import Graduation, GraduationFollowUp
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import InvalidInput, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import household_facts
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "GD"
_DECIDE: Final = Write(
    lambda: (
        sa.update(Graduation)
        .where(col(Graduation.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            decided_on=sa.bindparam("new_day"),
            decided_by=sa.bindparam("new_actor"),
            reason=sa.bindparam("new_reason"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class ProposeGraduation(Command):
    """A household and the criteria it is held against."""

    household: str
    criteria: str


@dataclass(frozen=True, kw_only=True)
class DecideGraduation(Command):
    """Whether a proposed graduation is approved, and why (no personal data)."""

    number: str
    is_approved: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecordFollowUp(Command):
    """How a household was found 3, 6 or 12 months after it graduated; `correction` says why it is told again."""

    number: str
    months: int
    standing: FollowUpStanding
    note: Secret | None = None
    correction: str | None = None


@dataclass(frozen=True, kw_only=True)
class GraduationChanged:
    """The graduation's number and state, what every criterion found, and the participants who graduated with it."""

    number: str
    state: str
    found: tuple[CriterionFound, ...] = ()
    participants: tuple[str, ...] = ()


@verb("accompaniment.propose_graduation", roles=ACCOMPANY)
def propose_graduation(unit: Unit, command: ProposeGraduation) -> GraduationChanged:
    """Propose that a household graduates, on its last assessment; an unanswered required criterion is not met.

    Raises:
        NotFound: there is no such household, or the criteria are not in force.
        NotAllowed: its head is restricted, and the actor's roles do not reach them.
        Refused: `household_without_head`, `person_erased`, `graduation_stands`, `graduation_not_taking_part`,
            `assessment_missing`, `criterion_unmet`.
    """
    to = reached_household(unit, command.household)
    named = (YardstickKind.GRADUATION, command.criteria)
    yardstick = yardstick_on(unit, unit.programme.id, named, unit.occurred_on)
    standing = [
        row for row in unit.among(GRADUATIONS_OF, "households", [to.household_id]) if row.state != "declined"
    ]
    refusals = [
        GRADUATION_STANDS(household=to.household, graduation=row.number, state=row.state) for row in standing
    ]
    if not standing:
        refusals += stops_of(unit, to.household, to.participant_id)
    assessment = _last(unit, to.household_id, yardstick)
    if assessment is None:
        instrument = graduation_in(yardstick).instrument
        raise Refused([*refusals, ASSESSMENT_MISSING(household=to.household, instrument=instrument)])
    found = _judged(unit, yardstick, assessment)
    refuse([*refusals, *unmet(to.household, found)])
    number = unit.human_number(SERIES)
    unit.insert(
        Graduation,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        household_id=to.household_id,
        participant_id=to.participant_id,
        yardstick_id=yardstick.id,
        assessment_id=assessment.id,
        found=canonical_text([encode(one, []) for one in found]),
        state=GRADUATION_STATES.start,
        proposed_on=unit.occurred_on,
        proposed_by=unit.actor.id,
        decided_on=None,
        decided_by=None,
        reason=None,
    )
    unit.created("sf_graduation", number, {"state": GRADUATION_STATES.start, "household": to.household})
    return GraduationChanged(number=number, state=GRADUATION_STATES.start, found=found)


@verb("accompaniment.decide_graduation", roles=DECIDE)
def decide_graduation(unit: Unit, command: DecideGraduation) -> GraduationChanged:
    """Approve or decline a graduation as the second person; it is judged again, on the assessment it was proposed on.

    With the household graduates everybody of it who takes part: each participation is taken to graduated.

    Raises:
        NotFound: there is no such graduation.
        NotAllowed: somebody of the household is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given, or a participation began after the day.
        Refused: `no_such_step`, `person_erased`, `household_step_before`, `graduation_by_one_person`,
            `graduation_not_taking_part`, `assessment_newer`, `criterion_unmet`.
    """
    reason = told_reason(command.reason)
    row = graduation_by_number(unit, unit.programme.id, command.number)
    reached_person(unit, row.participant_id, row.number)
    state = "approved" if command.is_approved else "declined"
    GRADUATION_STATES.require(row.state, state, which=row.number)
    refusals = check_day(row.number, unit.occurred_on, last=row.proposed_on)
    if row.proposed_by == unit.actor.id:
        refusals.append(GRADUATION_BY_ONE_PERSON(graduation=row.number))
    found: tuple[CriterionFound, ...] = ()
    if command.is_approved:
        yardstick = unit.among(YARDSTICKS_BY_ID, "ids", [row.yardstick_id])[0]
        household = household_facts(unit, [row.household_id])[row.household_id].number
        refusals += stops_of(unit, household, row.participant_id)
        assessment = _last(unit, row.household_id, yardstick)
        if assessment is None or assessment.id != row.assessment_id:
            refusals.append(ASSESSMENT_NEWER(household=household, graduation=row.number))
        else:
            found = _judged(unit, yardstick, assessment)
            refusals += unmet(household, found)
    refuse(refusals)
    people: tuple[str, ...] = ()
    if command.is_approved:
        people = graduate_people(unit, row.household_id, row.participant_id, row.number)
    unit.execute(
        _DECIDE,
        this_id=row.id,
        new_state=state,
        new_day=unit.occurred_on,
        new_actor=unit.actor.id,
        new_reason=reason,
    )
    unit.changed("sf_graduation", row.number, {"state": row.state}, {"state": state})
    return GraduationChanged(number=row.number, state=state, found=found, participants=people)


def _last(unit: Unit, household: Key, yardstick: YardstickRow) -> AssessmentRow | None:
    """The last assessment with any version of the instrument that the criteria look at."""
    code = graduation_in(yardstick).instrument
    versions = versions_of(unit, unit.programme.id, YardstickKind.INSTRUMENT, code)
    return last_assessment(unit, household, list(versions))


def _judged(unit: Unit, yardstick: YardstickRow, assessment: AssessmentRow) -> tuple[CriterionFound, ...]:
    instrument = instrument_in(unit.among(YARDSTICKS_BY_ID, "ids", [assessment.yardstick_id])[0])
    answers = answers_in(unit.vault(assessment.participant_id), assessment)
    goals = goals_of(unit, [assessment.household_id])[assessment.household_id]
    return judge(graduation_in(yardstick), instrument, answers, goals)


@verb("accompaniment.record_follow_up", roles=ACCOMPANY)
def record_follow_up(unit: Unit, command: RecordFollowUp) -> GraduationChanged:
    """Take in how a household was found after it graduated; told again, the row before stays.

    Raises:
        NotFound: there is no such graduation.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: it was told already and no correction is given, or one is given of nothing.
        Refused: `person_erased`, `follow_up_not_due`, `follow_up_early`.
    """
    row = graduation_by_number(unit, unit.programme.id, command.number)
    reached_person(unit, row.participant_id, row.number)
    if row.decided_on is None or row.state != "approved" or command.months not in FOLLOW_UP_MONTHS:
        raise Refused([FOLLOW_UP_NOT_DUE(graduation=row.number, state=row.state, months=command.months)])
    refuse(check_follow_up(row.number, command.months, unit.occurred_on, graduated_on=row.decided_on))
    told = [one for one in unit.among(FOLLOW_UPS, "graduations", [row.id]) if one.months == command.months]
    if bool(told) != bool(command.correction and command.correction.strip()):
        raise InvalidInput(
            field="correction",
            problem="what was told already is told again with a reason, and nothing else",
            remedy="say why it is corrected, or leave it out the first time",
        )
    version = told[0].version + 1 if told else 1
    note = None
    if command.note is not None:
        unit.owns(row.participant_id, command.note)
        place = follow_up_place(row.id, command.months, version)
        note = unit.vault(row.participant_id).seal(command.note, place)
    unit.insert(
        GraduationFollowUp,
        graduation_id=row.id,
        months=command.months,
        version=version,
        held_on=unit.occurred_on,
        standing=command.standing.value,
        note=note,
        correction=command.correction,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    which = f"{row.number}/{command.months} v{version}"
    unit.created("sf_graduation_follow_up", which, {"standing": command.standing.value})
    return GraduationChanged(number=row.number, state=row.state)
