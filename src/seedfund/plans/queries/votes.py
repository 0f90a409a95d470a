"""The statements that read motions and votes, and the days a version was visited and scored."""

from datetime import date
from typing import Final, cast

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.money import Money
from seedfund.plans.queries.facts import (
    VoteFacts,
)
from seedfund.plans.rules import (
    Ballot,
    Choice,
    MotionPut,
    Outcome,
)
from seedfund.plans.tables import (
    CommitteeMotion,
    InterestDeclaration,
    Plan,
    PlanScoreRow,
    PlanVerification,
    PlanVersion,
    Vote,
)
from seedfund.store.statements import Query
from seedfund.store.tables import Actor

MOTIONS: Final = Query(
    lambda position, outcome, minor, currency: MotionPut(
        int(position), Outcome(outcome), Money(int(minor), str(currency))
    ),
    lambda: (
        sa.select(
            col(CommitteeMotion.position),
            col(CommitteeMotion.outcome),
            col(CommitteeMotion.amount_minor),
            col(CommitteeMotion.currency),
        )
        .where(
            col(CommitteeMotion.session_id) == sa.bindparam("session"),
            col(CommitteeMotion.version_id) == sa.bindparam("version"),
        )
        .order_by(col(CommitteeMotion.position))
    ),
)
"""What a session put to the vote about a version, the latest last."""
VOTES: Final = Query(
    lambda handle, choice: Ballot(str(handle), Choice(choice)),
    lambda: (
        sa.select(col(Actor.handle), col(Vote.choice))
        .join(Actor, col(Actor.id) == col(Vote.actor_id))
        .where(
            col(Vote.session_id) == sa.bindparam("session"),
            col(Vote.version_id) == sa.bindparam("version"),
            col(Vote.motion) == sa.bindparam("motion"),
        )
        .order_by(col(Actor.handle))
    ),
)
VOTES_OF_SESSION: Final = Query(
    VoteFacts,
    lambda: (
        sa.select(
            col(Plan.number),
            col(PlanVersion.version),
            col(Vote.motion),
            col(CommitteeMotion.outcome),
            col(CommitteeMotion.currency),
            col(CommitteeMotion.amount_minor),
            col(Actor.handle),
            col(Vote.choice),
            col(InterestDeclaration.plan_id).is_not(None),
        )
        .select_from(CommitteeMotion)
        .join(PlanVersion, col(PlanVersion.id) == col(CommitteeMotion.version_id))
        .join(Plan, col(Plan.id) == col(PlanVersion.plan_id))
        .outerjoin(
            Vote,
            sa.and_(
                col(Vote.session_id) == col(CommitteeMotion.session_id),
                col(Vote.version_id) == col(CommitteeMotion.version_id),
                col(Vote.motion) == col(CommitteeMotion.position),
            ),
        )
        .outerjoin(Actor, col(Actor.id) == col(Vote.actor_id))
        .outerjoin(
            InterestDeclaration,
            sa.and_(
                col(InterestDeclaration.session_id) == col(Vote.session_id),
                col(InterestDeclaration.actor_id) == col(Vote.actor_id),
                col(InterestDeclaration.plan_id) == col(Plan.id),
            ),
        )
        .where(col(CommitteeMotion.session_id) == sa.bindparam("session"))
        .order_by(
            col(Plan.number), col(PlanVersion.version), col(CommitteeMotion.position), col(Actor.handle)
        )
    ),
)
VISITED_ON: Final = Query(
    lambda day: cast("date | None", day),
    lambda: sa.select(sa.func.max(col(PlanVerification.visited_on))).where(
        col(PlanVerification.version_id) == sa.bindparam("version")
    ),
)
SCORED_ON: Final = Query(
    lambda day: cast("date | None", day),
    lambda: sa.select(sa.func.max(col(PlanScoreRow.scored_on))).where(
        col(PlanScoreRow.version_id) == sa.bindparam("version")
    ),
)
