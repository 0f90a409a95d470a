"""Enrolling people, and letting them go."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import RefusalCode, refuse
from seedfund.people.service.identity import require_person
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import cohort_by_number
from seedfund.training.queries.enrolments import enrolment_by_number, enrolments_of_cohorts
from seedfund.training.rules.states import COHORT_STATES, ENROLMENT_STATES
from seedfund.training.rules.words import LeftFor
from seedfund.training.service.common import ENROLLERS
from seedfund.training.service.courses import COHORT_CLOSED
from seedfund.training.tables import Enrolment

COHORT_FULL: Final = RefusalCode(
    "cohort_full",
    "The cohort {cohort} has room for {capacity}, and as many are enrolled.",
    "Enrol the person in another cohort of the course, or withdraw somebody who left.",
)
ENROLLED_ALREADY: Final = RefusalCode(
    "enrolled_already",
    "{participant} is in {cohort} already: {enrolment}.",
    "Go on with that enrolment.",
)
REFUSALS: Final = (COHORT_FULL, ENROLLED_ALREADY)
END: Final = Write(
    lambda: (
        sa.update(Enrolment)
        .where(col(Enrolment.id) == sa.bindparam("this"))
        .values(
            state=sa.bindparam("new_state"),
            ended_on=sa.bindparam("new_day"),
            left_for=sa.bindparam("new_reason"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class Enrol(Command):
    """A person in a cohort, from the day of the command on."""

    cohort: str
    participant: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentMoved:
    """The enrolment's number, whose it is, in which cohort, and its state."""

    enrolment: str
    cohort: str
    participant: str
    state: str


@verb("training.enrol", roles=ENROLLERS)
def enrol(unit: Unit, command: Enrol) -> EnrolmentMoved:
    """Enrol somebody in a cohort that is open and has room; who left may come back with a new enrolment.

    Raises:
        NotFound: there is no such cohort or person.
        NotAllowed: the person is restricted.
        Refused: `person_erased`, `cohort_closed`, `cohort_full`, `enrolled_already`.
    """
    cohort = cohort_by_number(unit, unit.programme.id, command.cohort)
    person = require_person(unit, command.participant)
    here = [one for one in enrolments_of_cohorts(unit, [cohort.id])[cohort.id] if one.state != "withdrawn"]
    own = [one for one in here if one.participant_id == person.id]
    is_full = len(here) >= cohort.capacity
    refuse(
        [
            *(
                [COHORT_CLOSED(cohort=cohort.number, state=cohort.state)]
                if cohort.state != COHORT_STATES.start
                else []
            ),
            *([COHORT_FULL(cohort=cohort.number, capacity=cohort.capacity)] if is_full and not own else []),
            *(
                ENROLLED_ALREADY(participant=person.number, cohort=cohort.number, enrolment=one.number)
                for one in own
            ),
        ]
    )
    number = unit.human_number("MT")
    unit.insert(
        Enrolment,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        cohort_id=cohort.id,
        participant_id=person.id,
        enrolled_on=unit.occurred_on,
        state=ENROLMENT_STATES.start,
        ended_on=None,
        left_for=None,
    )
    after = {"cohort": cohort.number, "participant": person.number, "state": ENROLMENT_STATES.start}
    unit.created("sf_enrolment", number, after)
    return EnrolmentMoved(
        enrolment=number, cohort=cohort.number, participant=person.number, state=ENROLMENT_STATES.start
    )


@dataclass(frozen=True, kw_only=True)
class WithdrawEnrolment(Command):
    """Somebody who left a course on the day of the command, and why."""

    enrolment: str
    left_for: LeftFor


@verb("training.withdraw_enrolment", roles=ENROLLERS)
def withdraw_enrolment(unit: Unit, command: WithdrawEnrolment) -> EnrolmentMoved:
    """Record that somebody left; sessions after this day count for them no more.

    Raises:
        NotFound: there is no such enrolment.
        Refused: `no_such_step`.
    """
    found = enrolment_by_number(unit, unit.programme.id, command.enrolment)
    ENROLMENT_STATES.require(found.state, "withdrawn", which=found.number)
    unit.execute(
        END,
        this=found.id,
        new_state="withdrawn",
        new_day=unit.occurred_on,
        new_reason=command.left_for.value,
    )
    after = {"state": "withdrawn", "left_for": command.left_for}
    unit.changed("sf_enrolment", found.number, {"state": found.state}, after)
    return EnrolmentMoved(
        enrolment=found.number, cohort=found.cohort, participant=found.participant, state="withdrawn"
    )
