"""The statements that read schooling, each filling one value. Must not open anything sealed."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.schooling.queries.facts import SchoolingRow, SchoolingStepRow
from seedfund.schooling.rules import SchoolingIrregularity, SchoolKind, SchoolProof
from seedfund.schooling.tables import Schooling, SchoolingDecision, SchoolingStep
from seedfund.store.statements import Query
from seedfund.store.tables import Actor


def _schooling(*values: Any) -> SchoolingRow:
    this, number, participant, household, kind, school, term, starts, ends, state, irregular, accepted = (
        values
    )
    return SchoolingRow(
        id=this,
        number=number,
        participant_id=participant,
        household_id=household,
        kind=SchoolKind(kind),
        school=bytes(school),
        term=term,
        starts_on=starts,
        ends_on=ends,
        state=state,
        irregularity=None if irregular is None else SchoolingIrregularity(irregular),
        is_accepted=accepted,
    )


def _schoolings() -> Any:
    return (
        sa.select(
            col(Schooling.id),
            col(Schooling.number),
            col(Schooling.participant_id),
            col(Schooling.household_id),
            col(Schooling.kind),
            col(Schooling.school),
            col(Schooling.term),
            col(Schooling.starts_on),
            col(Schooling.ends_on),
            col(Schooling.state),
            col(Schooling.irregularity),
            col(SchoolingDecision.is_accepted),
        )
        .select_from(Schooling)
        .outerjoin(SchoolingDecision, col(SchoolingDecision.schooling_id) == col(Schooling.id))
        .order_by(col(Schooling.number))
    )


SCHOOLING: Final = Query(
    _schooling,
    lambda: (
        _schoolings()
        .where(
            col(Schooling.programme_id) == sa.bindparam("programme"),
            col(Schooling.number) == sa.bindparam("number"),
        )
        .with_for_update(of=Schooling)
    ),
)
SCHOOLINGS: Final = Query(
    _schooling,
    lambda: _schoolings().where(col(Schooling.programme_id) == sa.bindparam("programme")),
)
OF_CHILDREN: Final = Query(
    _schooling,
    lambda: _schoolings().where(col(Schooling.participant_id).in_(sa.bindparam("children", expanding=True))),
)


def _step(*values: Any) -> SchoolingStepRow:
    schooling, position, to_state, reason, proof, ref, happened_on, recorded_by, recorder = values
    return SchoolingStepRow(
        schooling_id=schooling,
        position=position,
        to_state=to_state,
        reason=reason,
        proof=SchoolProof(proof),
        proof_ref=None if ref is None else bytes(ref),
        happened_on=happened_on,
        recorded_by=recorded_by,
        recorder=recorder,
    )


STEPS: Final = Query(
    _step,
    lambda: (
        sa.select(
            col(SchoolingStep.schooling_id),
            col(SchoolingStep.position),
            col(SchoolingStep.to_state),
            col(SchoolingStep.reason),
            col(SchoolingStep.proof),
            col(SchoolingStep.proof_ref),
            col(SchoolingStep.happened_on),
            col(SchoolingStep.recorded_by),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(SchoolingStep.recorded_by))
        .where(col(SchoolingStep.schooling_id).in_(sa.bindparam("schoolings", expanding=True)))
        .order_by(col(SchoolingStep.schooling_id), col(SchoolingStep.position))
    ),
)
