"""The public commands of plans: calls, plans, scores and committee sessions."""

from typing import Final

from seedfund.plans.service.calls import ApproveCall, CallRecorded, ProposeCall, approve_call, propose_call
from seedfund.plans.service.committee import (
    CloseSession,
    ConveneCommittee,
    DeclareInterest,
    InterestDeclared,
    SessionMoved,
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
from seedfund.plans.service.motions import CastVote, MotionMade, PutMotion, VoteCast, cast_vote, put_motion
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
    *(score_plan, convene_committee, declare_interest, put_motion, cast_vote, decide_plan, close_session),
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
    "MotionMade",
    "PlanDecided",
    "PlanMoved",
    "PlanScored",
    "PlanSubmitted",
    "ProposeCall",
    "PutMotion",
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
    "put_motion",
    "return_plan",
    "score_plan",
    "submit_plan",
    "verify_plan",
    "withdraw_plan",
    "write_decision_awarded",
]
