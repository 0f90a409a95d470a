"""The statements that read plans, each filling one value. Must not open anything sealed."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.codec import decode
from seedfund.kernel.ids import Key
from seedfund.plans.queries.facts import (
    CallFacts,
    DecisionFacts,
    ItemFacts,
    PlanFacts,
    SessionFacts,
    VersionFacts,
)
from seedfund.plans.rules import (
    GRANTING,
    WAITING,
    Interest,
    ScoreSheet,
)
from seedfund.plans.tables import (
    Call,
    CommitteeDecision,
    CommitteeSession,
    DecisionAward,
    InterestDeclaration,
    Plan,
    PlanItem,
    PlanScoreRow,
    PlanVerification,
    PlanVersion,
    SessionMember,
)
from seedfund.store.records import parse_document
from seedfund.store.statements import Query
from seedfund.store.tables import Actor

_Author: Final = sa.orm.aliased(Actor)
_Chair: Final = sa.orm.aliased(Actor)
_Secretary: Final = sa.orm.aliased(Actor)


def _calls() -> Any:
    return sa.select(
        col(Call.id),
        col(Call.code),
        col(Call.version),
        col(Call.content),
        col(Call.content_hash),
        col(Call.proposed_by),
        col(Call.approved_by),
    )


CALL: Final = Query(
    CallFacts,
    lambda: (
        _calls()
        .where(
            col(Call.programme_id) == sa.bindparam("programme"),
            col(Call.code) == sa.bindparam("code"),
            col(Call.version) == sa.bindparam("version"),
        )
        .with_for_update()
    ),
)
CALL_IN_FORCE: Final = Query(
    CallFacts,
    lambda: (
        _calls()
        .where(
            col(Call.programme_id) == sa.bindparam("programme"),
            col(Call.code) == sa.bindparam("code"),
            col(Call.approved_by).is_not(None),
        )
        .order_by(col(Call.approved_at).desc(), col(Call.id).desc())
        .limit(1)
    ),
)
CALL_BY_ID: Final = Query(CallFacts, lambda: _calls().where(col(Call.id) == sa.bindparam("id")))


def _plans() -> Any:
    return (
        sa.select(
            col(Plan.id),
            col(Plan.number),
            col(Plan.state),
            col(Plan.call_id),
            col(Plan.owner_kind),
            col(Plan.household_id),
            col(Plan.participant_id),
            col(Plan.approved_minor),
            col(PlanVersion.id),
            col(PlanVersion.version),
            col(PlanVersion.content_hash),
            col(PlanVersion.currency),
            col(PlanVersion.sector),
            col(PlanVersion.grant_minor),
            col(PlanVersion.start_up_minor),
            col(PlanVersion.author_id),
            col(_Author.handle),
            col(PlanVersion.submitted_on),
        )
        .select_from(Plan)
        .join(
            PlanVersion,
            sa.and_(
                col(PlanVersion.plan_id) == col(Plan.id),
                col(PlanVersion.version) == col(Plan.current_version),
            ),
        )
        .join(_Author, col(_Author.id) == col(PlanVersion.author_id))
        .where(col(Plan.programme_id) == sa.bindparam("programme"))
    )


PLAN: Final = Query(
    PlanFacts, lambda: _plans().where(col(Plan.number) == sa.bindparam("number")).with_for_update(of=Plan)
)
PLANS: Final = Query(PlanFacts, lambda: _plans().order_by(col(Plan.number)))
PLANS_WAITING: Final = Query(
    PlanFacts,
    lambda: (
        _plans()
        .join(Call, col(Call.id) == col(Plan.call_id))
        .where(col(Call.code) == sa.bindparam("call"), col(Plan.state).in_(WAITING))
        .order_by(col(Plan.number))
    ),
)
PLANS_OF_VERSIONS: Final = Query(
    lambda version, plan: (Key(version), Key(plan)),
    lambda: sa.select(col(PlanVersion.id), col(PlanVersion.plan_id)).where(
        col(PlanVersion.id).in_(sa.bindparam("versions", expanding=True))
    ),
)
PLAN_OF_VERSION: Final = Query(
    lambda plan, version, participant, content: (Key(plan), int(version), Key(participant), bytes(content)),
    lambda: (
        sa.select(
            col(PlanVersion.plan_id),
            col(PlanVersion.version),
            col(Plan.participant_id),
            col(PlanVersion.content),
        )
        .join(Plan, col(Plan.id) == col(PlanVersion.plan_id))
        .where(col(PlanVersion.id) == sa.bindparam("id"))
    ),
)
VERSION_LAST: Final = Query(
    VersionFacts,
    lambda: (
        sa.select(
            col(PlanVersion.id),
            col(PlanVersion.version),
            col(PlanVersion.content_hash),
            col(PlanVersion.author_id),
        )
        .where(col(PlanVersion.plan_id) == sa.bindparam("plan"))
        .order_by(col(PlanVersion.version).desc())
        .limit(1)
    ),
)
VERSION_ID: Final = Query(
    Key,
    lambda: sa.select(col(PlanVersion.id)).where(
        col(PlanVersion.plan_id) == sa.bindparam("plan"), col(PlanVersion.version) == sa.bindparam("version")
    ),
)
ITEMS: Final = Query(
    ItemFacts,
    lambda: (
        sa.select(
            col(PlanItem.version_id),
            col(PlanItem.line),
            col(PlanItem.description),
            col(PlanItem.category),
            col(PlanItem.quantity_thousandths),
            col(PlanItem.unit),
            col(PlanItem.unit_price_minor),
            col(PlanItem.total_minor),
            col(PlanItem.funded_by),
            col(PlanItem.month),
        )
        .where(col(PlanItem.version_id).in_(sa.bindparam("versions", expanding=True)))
        .order_by(col(PlanItem.version_id), col(PlanItem.line))
    ),
)
SCORES: Final = Query(
    lambda content: decode(ScoreSheet, parse_document(content)),
    lambda: (
        sa.select(col(PlanScoreRow.content))
        .where(col(PlanScoreRow.version_id) == sa.bindparam("version"))
        .order_by(col(PlanScoreRow.id))
    ),
)
SCORES_AMONG: Final = Query(
    lambda version, content: (Key(version), decode(ScoreSheet, parse_document(content))),
    lambda: (
        sa.select(col(PlanScoreRow.version_id), col(PlanScoreRow.content))
        .where(col(PlanScoreRow.version_id).in_(sa.bindparam("versions", expanding=True)))
        .order_by(col(PlanScoreRow.version_id), col(PlanScoreRow.id))
    ),
)
VERIFIERS: Final = Query(
    str,
    lambda: (
        sa.select(col(Actor.handle))
        .join(PlanVerification, col(PlanVerification.verifier_id) == col(Actor.id))
        .where(col(PlanVerification.version_id) == sa.bindparam("version"))
    ),
)
SESSION: Final = Query(
    SessionFacts,
    lambda: (
        sa.select(
            col(CommitteeSession.id),
            col(CommitteeSession.number),
            col(CommitteeSession.call_id),
            col(CommitteeSession.held_on),
            col(_Chair.handle),
            col(_Secretary.handle),
            col(CommitteeSession.state),
        )
        .select_from(CommitteeSession)
        .join(_Chair, col(_Chair.id) == col(CommitteeSession.chair_id))
        .join(_Secretary, col(_Secretary.id) == col(CommitteeSession.secretary_id))
        .where(
            col(CommitteeSession.programme_id) == sa.bindparam("programme"),
            col(CommitteeSession.number) == sa.bindparam("number"),
        )
        .with_for_update(of=CommitteeSession)
    ),
)
MEMBERS: Final = Query(
    lambda actor, handle, name, present: (Key(actor), str(handle), str(name), bool(present)),
    lambda: (
        sa.select(
            col(SessionMember.actor_id),
            col(Actor.handle),
            col(Actor.display_name),
            col(SessionMember.is_present),
        )
        .join(Actor, col(Actor.id) == col(SessionMember.actor_id))
        .where(col(SessionMember.session_id) == sa.bindparam("session"))
        .order_by(col(Actor.handle))
    ),
)
INTERESTS: Final = Query(
    Interest,
    lambda: (
        sa.select(col(Actor.handle), col(Plan.number), col(InterestDeclaration.reason))
        .select_from(InterestDeclaration)
        .join(Actor, col(Actor.id) == col(InterestDeclaration.actor_id))
        .join(Plan, col(Plan.id) == col(InterestDeclaration.plan_id))
        .where(col(InterestDeclaration.session_id) == sa.bindparam("session"))
        .order_by(col(Plan.number), col(Actor.handle))
    ),
)


def _decisions() -> Any:
    return (
        sa.select(
            col(CommitteeDecision.id),
            col(CommitteeSession.number),
            col(CommitteeSession.held_on),
            col(Plan.id),
            col(Plan.number),
            col(Plan.state),
            col(PlanVersion.id),
            col(PlanVersion.version),
            col(PlanVersion.content_hash),
            col(Plan.owner_kind),
            col(Plan.household_id),
            col(Plan.participant_id),
            col(CommitteeDecision.outcome),
            col(CommitteeDecision.currency),
            col(CommitteeDecision.amount_minor),
            col(CommitteeDecision.line_id),
            col(CommitteeDecision.reasons),
            col(CommitteeDecision.decided_on),
            col(CommitteeDecision.basis),
        )
        .select_from(CommitteeDecision)
        .join(CommitteeSession, col(CommitteeSession.id) == col(CommitteeDecision.session_id))
        .join(Plan, col(Plan.id) == col(CommitteeDecision.plan_id))
        .join(PlanVersion, col(PlanVersion.id) == col(CommitteeDecision.version_id))
        .where(col(Plan.programme_id) == sa.bindparam("programme"))
        .order_by(col(CommitteeDecision.id).desc())
    )


DECISION_OF_PLAN: Final = Query(
    DecisionFacts, lambda: _decisions().where(col(Plan.number) == sa.bindparam("number")).limit(1)
)
DECISIONS_OF_SESSION: Final = Query(
    DecisionFacts, lambda: _decisions().where(col(CommitteeSession.number) == sa.bindparam("number"))
)
PROMISED: Final = Query(
    int,
    lambda: (
        sa.select(sa.func.coalesce(sa.func.sum(col(CommitteeDecision.amount_minor)), 0))
        .join(Plan, col(Plan.id) == col(CommitteeDecision.plan_id))
        .outerjoin(DecisionAward, col(DecisionAward.decision_id) == col(CommitteeDecision.id))
        .where(
            col(CommitteeDecision.line_id) == sa.bindparam("line"),
            col(CommitteeDecision.outcome).in_([outcome.value for outcome in GRANTING]),
            col(Plan.state) == "approved",
            col(DecisionAward.decision_id).is_(None),
        )
    ),
)
"""What committees gave of a budget line and no award holds yet; a plan taken back asks for nothing."""
