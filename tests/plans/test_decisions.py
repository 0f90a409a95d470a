"""A committee sits: members speak and vote for themselves, and a decision names all that stands against it."""

import dataclasses

import pytest

from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money, zero
from seedfund.plans.queries import (
    decision_of_plan,
)
from seedfund.plans.rules import (
    Choice,
    Outcome,
)
from seedfund.plans.service import (
    CastVote,
    CloseSession,
    DecidePlan,
    DeclareInterest,
    PlanDecided,
    cast_vote,
    close_session,
    decide_plan,
    declare_interest,
)
from tests.funds.support import opened
from tests.plans.samples import bakery
from tests.plans.sittings import (
    MEMBERS,
    call,
    moved,
    rejecting,
    scored,
    session,
    submitted,
    verified,
    voted,
)
from tests.support.programme import House


def test_a_committee_decision_freezes_its_basis_and_moves_the_plan(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)
    verified(house, result.number)
    scored(house, result.number)
    sitting = session(house)
    moved(house, rejecting(sitting, result.number, plan), *MEMBERS)
    with house.work("secretary") as work:
        decided = decide_plan(work, rejecting(sitting, result.number, plan))
        facts = decision_of_plan(work.reader(), work.programme.id, result.number)

    expected = PlanDecided(
        session=sitting, plan=result.number, outcome=Outcome.REJECTED, amount=zero(plan.currency)
    )
    assert decided == expected
    assert facts is not None
    assert (facts.outcome, facts.plan_state, facts.amount) == (
        "rejected",
        "rejected",
        Money(0, plan.currency),
    )


def test_an_approval_without_a_budget_line_quorum_or_votes_names_every_reason(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)
    sitting = session(house)
    for member in ("member1", "member2"):
        with house.work(member) as work:
            declare_interest(
                work,
                DeclareInterest(
                    key=f"i{member}", session=sitting, member=member, plan=result.number, reason="Neighbour"
                ),
            )
    command = DecidePlan(
        key="d", session=sitting, plan=result.number, outcome=Outcome.APPROVED, amount=plan.sources.grant
    )

    with house.work("secretary") as work, pytest.raises(Refused) as caught:
        decide_plan(work, command)

    assert caught.value.codes == (
        "plan_not_verified",
        "decision_without_line",
        "motion_missing",
        "committee_no_quorum",
        "budget_exceeded",
        "score_missing",
        "motion_not_carried",
    )


def test_only_the_member_or_the_secretary_speaks_for_a_member(house: House) -> None:
    call(house)
    _, result = submitted(house)
    sitting = session(house)

    with house.work("member1") as work, pytest.raises(Refused) as caught:
        cast_vote(
            work, CastVote(key="x", session=sitting, plan=result.number, member="member2", choice=Choice.FOR)
        )

    assert caught.value.codes == ("member_cannot_recuse_others",)


def test_a_closed_session_decides_nothing_more_and_an_item_is_decided_once(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)
    verified(house, result.number)
    sitting = session(house)
    moved(house, rejecting(sitting, result.number, plan), *MEMBERS)
    with house.work("secretary") as work:
        decide_plan(work, rejecting(sitting, result.number, plan))
        with pytest.raises(Refused) as twice:
            decide_plan(work, dataclasses.replace(rejecting(sitting, result.number, plan), key="again"))
        close_session(work, CloseSession(key="close", session=sitting))
        with pytest.raises(Refused) as closed:
            decide_plan(work, dataclasses.replace(rejecting(sitting, result.number, plan), key="late"))

    assert "session_item_decided" in twice.value.codes
    assert closed.value.codes == ("session_not_open",)


def test_a_plan_is_not_paid_from_a_line_in_another_currency(house: House) -> None:
    call(house)
    plan = bakery()
    _, result = submitted(house, plan)
    verified(house, result.number)
    scored(house, result.number)
    sitting = session(house)
    voted(house, sitting, result.number, *MEMBERS)
    opened(house, "COSUDE", currency="CHF")
    command = DecidePlan(
        key="d",
        session=sitting,
        plan=result.number,
        outcome=Outcome.APPROVED,
        amount=plan.sources.grant,
        fund="COSUDE",
        line="A1",
    )

    with pytest.raises(Refused) as caught, house.work("secretary") as work:
        decide_plan(work, command)

    assert caught.value.codes == ("line_currency",)
    assert "COSUDE/A1" in str(caught.value)


def test_a_committee_is_convened_of_actors_the_programme_knows(house: House) -> None:
    call(house)

    with pytest.raises(Refused) as caught:
        session(house, "member1", "member2", "stranger")

    assert caught.value.codes == ("actor_unknown",)
    assert "stranger" in str(caught.value)
