"""The statements that read visits, each filling one value. Must not open anything sealed."""

import json
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.store.statements import Query
from seedfund.store.tables import Actor
from seedfund.visits.queries.facts import OwedVisit, ReportRow, StepShown, VisitRow
from seedfund.visits.rules import (
    WAITING,
    Irregularity,
    VisitFact,
    VisitMode,
    VisitRole,
    answers_a_condition,
)
from seedfund.visits.tables import Visit, VisitDecision, VisitReport, VisitStep


def _visit(*values: Any) -> VisitRow:
    this, number, plan, participant, household, role, due_on, state = values
    return VisitRow(this, number, plan, participant, household, VisitRole(role), due_on, state)


def _visits() -> Any:
    return sa.select(
        col(Visit.id),
        col(Visit.number),
        col(Visit.plan_id),
        col(Visit.participant_id),
        col(Visit.household_id),
        col(Visit.role),
        col(Visit.due_on),
        col(Visit.state),
    ).where(col(Visit.programme_id) == sa.bindparam("programme"))


VISIT: Final = Query(
    _visit, lambda: _visits().where(col(Visit.number) == sa.bindparam("number")).with_for_update(of=Visit)
)
VISITS: Final = Query(_visit, lambda: _visits().order_by(col(Visit.number)))

LAST_OWED: Final = Query(
    lambda day: day,
    lambda: sa.select(sa.func.max(col(Visit.due_on), type_=sa.Date)).where(
        col(Visit.participant_id) == sa.bindparam("participant"),
        col(Visit.role) == sa.bindparam("role"),
        col(Visit.plan_id).is_not(None),
        col(Visit.state).in_(WAITING),
    ),
)
"""The last day on which a planned visit is still owed; None where none is."""

STEPS: Final = Query(
    StepShown,
    lambda: (
        sa.select(
            col(VisitStep.to_state), col(VisitStep.reason), col(VisitStep.happened_on), col(Actor.handle)
        )
        .join(Actor, col(Actor.id) == col(VisitStep.recorded_by))
        .where(col(VisitStep.visit_id) == sa.bindparam("visit"))
        .order_by(col(VisitStep.position))
    ),
)

OWED: Final = Query(
    lambda number, participant, role, due_on, state: OwedVisit(
        number, Key(participant), VisitRole(role), due_on, state
    ),
    lambda: (
        sa.select(
            col(Visit.number), col(Visit.participant_id), col(Visit.role), col(Visit.due_on), col(Visit.state)
        )
        .where(
            col(Visit.programme_id) == sa.bindparam("programme"),
            col(Visit.state).in_(WAITING),
            col(Visit.due_on) <= sa.bindparam("until"),
        )
        .order_by(col(Visit.due_on), col(Visit.number))
    ),
)


def _last_version() -> Any:
    """Of a report its version that holds."""
    later = sa.orm.aliased(VisitReport)
    return ~sa.exists().where(
        col(later.visit_id) == col(VisitReport.visit_id), col(later.version) > col(VisitReport.version)
    )


HELD_THAT_DAY: Final = Query(
    int,
    lambda: (
        sa.select(sa.func.count())
        .select_from(VisitReport)
        .join(Visit, col(Visit.id) == col(VisitReport.visit_id))
        .where(
            col(Visit.participant_id) == sa.bindparam("participant"),
            col(Visit.role) == sa.bindparam("role"),
            col(VisitReport.held_on) == sa.bindparam("day"),
            _last_version(),
        )
    ),
)


def _report(*values: Any) -> ReportRow:
    visit, version, held_on, mode, dimensions, findings, actions, next_on, operating, irregular, *rest = (
        values
    )
    accepted, recorded_by, recorder = rest
    return ReportRow(
        visit_id=visit,
        version=version,
        held_on=held_on,
        mode=VisitMode(mode),
        dimensions=tuple(json.loads(dimensions)),
        findings=bytes(findings),
        actions=None if actions is None else bytes(actions),
        next_on=next_on,
        is_operating=operating,
        irregularity=None if irregular is None else Irregularity(irregular),
        is_accepted=accepted,
        recorded_by=recorded_by,
        recorder=recorder,
    )


def _reports() -> Any:
    return (
        sa.select(
            col(VisitReport.visit_id),
            col(VisitReport.version),
            col(VisitReport.held_on),
            col(VisitReport.mode),
            col(VisitReport.dimensions),
            col(VisitReport.findings),
            col(VisitReport.actions),
            col(VisitReport.next_on),
            col(VisitReport.is_operating),
            col(VisitReport.irregularity),
            col(VisitDecision.is_accepted),
            col(VisitReport.recorded_by),
            col(Actor.handle),
        )
        .select_from(VisitReport)
        .join(Actor, col(Actor.id) == col(VisitReport.recorded_by))
        .outerjoin(VisitDecision, col(VisitDecision.visit_id) == col(VisitReport.visit_id))
        .where(_last_version())
    )


REPORTS: Final = Query(
    _report, lambda: _reports().where(col(VisitReport.visit_id).in_(sa.bindparam("visits", expanding=True)))
)


def _fact(*values: Any) -> tuple[Sequence[Key], VisitFact]:
    participant, household, number, role, due_on, held_on, mode, operating, irregular, accepted, who = values
    fact = VisitFact(
        number=number,
        role=VisitRole(role),
        due_on=due_on,
        held_on=held_on,
        is_operating=operating,
        answers=held_on is not None
        and answers_a_condition(
            VisitMode(mode),
            None if irregular is None else Irregularity(irregular),
            is_accepted=bool(accepted),
        ),
        recorded_by=who or "",
    )
    return tuple(key for key in (participant, household) if key is not None), fact


FACTS: Final = Query(
    _fact,
    lambda: (
        sa.select(
            col(Visit.participant_id),
            col(Visit.household_id),
            col(Visit.number),
            col(Visit.role),
            col(Visit.due_on),
            col(VisitReport.held_on),
            col(VisitReport.mode),
            col(VisitReport.is_operating),
            col(VisitReport.irregularity),
            col(VisitDecision.is_accepted),
            col(Actor.handle),
        )
        .select_from(Visit)
        .outerjoin(VisitReport, sa.and_(col(VisitReport.visit_id) == col(Visit.id), _last_version()))
        .outerjoin(VisitDecision, col(VisitDecision.visit_id) == col(Visit.id))
        .outerjoin(Actor, col(Actor.id) == col(VisitReport.recorded_by))
        .where(
            col(Visit.state).in_((*WAITING, "held")),
            sa.or_(
                col(Visit.participant_id).in_(sa.bindparam("people", expanding=True)),
                col(Visit.household_id).in_(sa.bindparam("households", expanding=True)),
            ),
        )
        .order_by(col(Visit.number))
    ),
)
"""Visits held or owed, with whom they were to: the person, and the household where there is one."""
