"""Graduations whose assessment was written down again afterwards, and what the corrected answers would find.

A graduation keeps what it was proposed on: nothing here changes it. Whoever looks at it has to know that the ground
moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.accompaniment.queries.households import answers_in, goals_of
from seedfund.accompaniment.queries.rows import AssessmentRow
from seedfund.accompaniment.queries.statements import YARDSTICKS_BY_ID
from seedfund.accompaniment.queries.yardsticks import graduation_in, instrument_in
from seedfund.accompaniment.rules.graduation import CriterionFound, judge, unmet
from seedfund.accompaniment.tables.households import Assessment, Graduation
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query
from seedfund.store.tables import Actor
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class _Later:
    """A later version of the assessment that a graduation rests on."""

    graduation_id: Key
    graduation: str
    state: str
    yardstick_id: Key
    recorded_at: datetime
    recorder: str
    correction: str
    assessment: AssessmentRow


@dataclass(frozen=True, slots=True)
class Corrected:
    """That the assessment of a graduation was corrected: which, when, by whom and why, and what its answers find.

    `found` is None where nobody can open the answers any more.
    """

    graduation_id: Key
    graduation: str
    state: str
    participant_id: Key
    assessment: str
    version: int
    corrected_at: datetime
    corrected_by: str
    reason: str
    found: tuple[CriterionFound, ...] | None

    @property
    def unmet(self) -> int | None:
        """How many criteria stand in the way by the corrected answers; None where nobody can tell."""
        return None if self.found is None else len(unmet(self.graduation, self.found))


def _later(*values: Any) -> _Later:
    graduation, number, state, yardstick, recorded_at, recorder, correction, *assessment = values
    told = AssessmentRow(*assessment)
    return _Later(graduation, number, state, yardstick, recorded_at, recorder, correction, told)


def _laters() -> Any:
    rested, later = aliased(Assessment), aliased(Assessment)
    return (
        sa.select(
            *(col(Graduation.id), col(Graduation.number), col(Graduation.state)),
            *(col(Graduation.yardstick_id), col(later.recorded_at), col(Actor.handle), col(later.correction)),
            *(col(getattr(later, name)) for name in AssessmentRow.__slots__),
        )
        .select_from(Graduation)
        .join(rested, col(rested.id) == col(Graduation.assessment_id))
        .join(
            later,
            sa.and_(
                col(later.programme_id) == col(rested.programme_id),
                col(later.number) == col(rested.number),
                col(later.version) > col(rested.version),
            ),
        )
        .join(Actor, col(Actor.id) == col(later.recorded_by))
        .where(
            col(Graduation.programme_id) == sa.bindparam("programme"),
            col(Graduation.state) != "declined",
        )
        .order_by(col(Graduation.number), col(later.version))
    )


_LATERS: Final = Query(_later, _laters)


def corrected_graduations(work: Work, known_at: datetime | None = None) -> list[Corrected]:
    """Graduations, proposed or approved, that rest on an assessment corrected since; by number, whoever may see whom.

    Of several corrections the last one tells, and of those after `known_at` none. Goals are those of today.
    """
    rows = work.reader().all(_LATERS, programme=work.programme.id)
    last = {
        row.graduation_id: row for row in rows if known_at is None or row.recorded_at <= known_at
    }.values()
    return _judged(work, list(last))


def _judged(work: Work, rows: Sequence[_Later]) -> list[Corrected]:
    reader = work.reader()
    wanted = {key for row in rows for key in (row.yardstick_id, row.assessment.yardstick_id)}
    yardsticks = {one.id: one for one in reader.among(YARDSTICKS_BY_ID, "ids", sorted(wanted))}
    goals = goals_of(reader, [row.assessment.household_id for row in rows])
    vaults = open_vaults(reader, work, list(dict.fromkeys(row.assessment.participant_id for row in rows)))
    found = []
    for row in rows:
        one, vault = row.assessment, vaults.get(row.assessment.participant_id)
        terms = graduation_in(yardsticks[row.yardstick_id])
        asked = instrument_in(yardsticks[one.yardstick_id])
        judged = (
            None if vault is None else judge(terms, asked, answers_in(vault, one), goals[one.household_id])
        )
        found.append(
            Corrected(
                graduation_id=row.graduation_id,
                graduation=row.graduation,
                state=row.state,
                participant_id=one.participant_id,
                assessment=one.number,
                version=one.version,
                corrected_at=row.recorded_at,
                corrected_by=row.recorder,
                reason=row.correction,
                found=judged,
            )
        )
    return found
