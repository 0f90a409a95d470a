"""Plans on their way to a committee in tests: a call, a plan, its visit and its score, a sitting, votes."""

from dataclasses import replace
from datetime import date
from typing import Any

from seedfund.kernel.money import zero
from seedfund.plans.queries import (
    CallTerms,
)
from seedfund.plans.rules import (
    BusinessPlan,
    Choice,
    CommitteePolicy,
    Criterion,
    Mark,
    Outcome,
    PlanPolicy,
    ScoringSheet,
)
from seedfund.plans.service import (
    ApproveCall,
    CastVote,
    ConveneCommittee,
    DecidePlan,
    PlanSubmitted,
    ProposeCall,
    PutMotion,
    ScorePlan,
    SubmitPlan,
    VerifyPlan,
    approve_call,
    cast_vote,
    convene_committee,
    decide_plan,
    plan_secret,
    propose_call,
    put_motion,
    score_plan,
    submit_plan,
    verify_plan,
)
from tests.people.samples import register
from tests.plans.samples import bakery
from tests.support.programme import House

MEMBERS = ("member1", "member2", "member3")
SHEET = ScoringSheet(
    code="S",
    version="1",
    criteria=(Criterion("market", "Market", 6_000), Criterion("skills", "Skills", 4_000)),
    scale_min=1,
    scale_max=5,
    pass_mark=6_000,
    reviewers_min=1,
)
TERMS = CallTerms(PlanPolicy(version="1"), CommitteePolicy(version="1", quorum=2), SHEET)


def call(house: House, terms: CallTerms = TERMS, *, code: str = "C1", version: str = "1") -> None:
    """A version of a call in force under these terms."""
    key = f"call {code} {version}"
    with house.work("expert") as work:
        proposed = propose_call(work, ProposeCall(key=key, code=code, version=version, terms=terms))
    with house.work("manager") as work:
        hashed = proposed.content_hash
        approve_call(work, ApproveCall(key=f"{key}+", code=code, version=version, content_hash=hashed))


def submitting(house: House, plan: BusinessPlan, **changes: object) -> SubmitPlan:
    """A new household's command to submit a plan."""
    household = register(house)
    return SubmitPlan(
        key=f"bp {household.household}",
        call="C1",
        participant=household.members[0].participant,
        household=household.household,
        plan=plan_secret(plan),
        **changes,  # type: ignore[arg-type] # the fields of the command
    )


def submitted(house: House, plan: BusinessPlan | None = None) -> tuple[SubmitPlan, PlanSubmitted]:
    """A plan of a new household, submitted by the expert."""
    command = submitting(house, plan or bakery())
    with house.work("expert") as work:
        return command, submit_plan(work, command)


def verified(house: House, number: str) -> None:
    """A plan visited by the field officer."""
    with house.work("field") as work:
        verify_plan(work, VerifyPlan(key=f"v{number}", number=number, visited_on=date(2026, 1, 5)))


def scored(house: House, number: str, value: int = 5, by: str = "reviewer") -> None:
    """A plan with every mark of one value by a reviewer."""
    with house.work(by) as work:
        marks = (Mark("market", value), Mark("skills", value))
        score_plan(work, ScorePlan(key=f"s{number} {by}", number=number, marks=marks))


def session(house: House, *members: str, code: str = "C1") -> str:
    """A call's sitting of these members, or of the three of the team; the first one takes the chair."""
    members = members or MEMBERS
    with house.work("secretary") as work:
        return convene_committee(
            work,
            ConveneCommittee(
                key=f"cs {code} {len(members)}",
                call=code,
                held_on=date(2026, 1, 5),
                members=members,
                present=members,
                chair=members[0],
            ),
        ).number


def moved(house: House, command: DecidePlan, *members: str, choice: Choice = Choice.FOR) -> int:
    """What a command would decide, put to the vote, and the votes of these members; returns the motion's number."""
    with house.work("secretary") as work:
        putting = PutMotion(
            key=f"m{work.ids.key(work.clock.now())}",
            session=command.session,
            plan=command.plan,
            outcome=command.outcome,
            amount=command.amount,
        )
        motion = put_motion(work, putting).motion
    for member in members:
        cast(house, command.session, command.plan, member, choice)
    return motion


def cast(house: House, sitting: str, number: str, member: str, choice: Choice = Choice.FOR) -> None:
    """A member's vote on the latest motion."""
    with house.work(member) as work:
        key = f"v{work.ids.key(work.clock.now())}"
        cast_vote(work, CastVote(key=key, session=sitting, plan=number, member=member, choice=choice))


def voted(house: House, sitting: str, number: str, *members: str) -> None:
    """Votes in favour of giving a bakery all it asks for."""
    moved(house, approving(sitting, number, bakery()), *members)


def approving(sitting: str, number: str, plan: BusinessPlan) -> DecidePlan:
    """The command that gives a plan all it asks for, from the line A1."""
    return DecidePlan(
        key=f"a{number} {sitting}",
        session=sitting,
        plan=number,
        outcome=Outcome.APPROVED,
        amount=plan.sources.grant,
        fund="UNHCR",
        line="A1",
    )


def decided(house: House, number: str, plan: BusinessPlan, **changes: Any) -> None:
    """A verified plan, scored, and decided by a sitting of all three: approved in full unless told otherwise."""
    scored(house, number)
    sitting = session(house)
    deciding = replace(approving(sitting, number, plan), **changes)
    moved(house, deciding, *MEMBERS)
    with house.work("secretary") as work:
        decide_plan(work, deciding)


def rejecting(sitting: str, number: str, plan: BusinessPlan) -> DecidePlan:
    """The command that rejects a plan."""
    return DecidePlan(
        key=f"d{number}",
        session=sitting,
        plan=number,
        outcome=Outcome.REJECTED,
        amount=zero(plan.currency),
        reasons=("Other plans serve the market already.",),
    )
