"""The public commands of plans: calls, plans, scores and committee sessions."""

from typing import Final

from seedfund.plans.service.calls import ApproveCall, CallRecorded, ProposeCall, approve_call, propose_call
from seedfund.plans.service.committee import (
    CastVote,
    CloseSession,
    ConveneCommittee,
    DeclareInterest,
    InterestDeclared,
    SessionMoved,
    VoteCast,
    cast_vote,
    close_session,
    convene_committee,
    declare_interest,
)
from seedfund.plans.service.decisions import (
    DecidePlan,
    PlanDecided,
    decide_plan,
    write_decision_awarded,
)
from seedfund.plans.service.moves import (
    PlanMoved,
    ReturnPlan,
    VerifyPlan,
    WithdrawPlan,
    return_plan,
    verify_plan,
    withdraw_plan,
)
from seedfund.plans.service.plans import PlanSubmitted, SubmitPlan, plan_secret, submit_plan
from seedfund.plans.service.scores import PlanScored, ScorePlan, score_plan

COMMANDS: Final = (
    *(propose_call, approve_call),
    *(submit_plan, return_plan, verify_plan, withdraw_plan),
    *(score_plan, convene_committee, declare_interest, cast_vote, decide_plan, close_session),
)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "ApproveCall",
    "CallRecorded",
    "CastVote",
    "CloseSession",
    "ConveneCommittee",
    "DecidePlan",
    "DeclareInterest",
    "InterestDeclared",
    "PlanDecided",
    "PlanMoved",
    "PlanScored",
    "PlanSubmitted",
    "ProposeCall",
    "ReturnPlan",
    "ScorePlan",
    "SessionMoved",
    "SubmitPlan",
    "VerifyPlan",
    "VoteCast",
    "WithdrawPlan",
    "approve_call",
    "cast_vote",
    "close_session",
    "convene_committee",
    "decide_plan",
    "declare_interest",
    "plan_secret",
    "propose_call",
    "return_plan",
    "score_plan",
    "submit_plan",
    "verify_plan",
    "withdraw_plan",
    "write_decision_awarded",
]
