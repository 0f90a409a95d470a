"""Votes are cast on a motion; what is decided is the motion that carried, without the votes an interest struck."""

from dataclasses import replace
from datetime import date

import pytest

from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.plans.queries import SESSION, VOTES_OF_SESSION, decision_of_plan
from seedfund.plans.rules import Choice, Outcome, motions
from seedfund.plans.service import (
    CastVote,
    ConveneCommittee,
    DecidePlan,
    DeclareInterest,
    PutMotion,
    cast_vote,
    convene_committee,
    decide_plan,
    declare_interest,
    put_motion,
)
from tests.funds.support import funded
from tests.plans.samples import bakery, usd
from tests.plans.sittings import (
    MEMBERS,
    approving,
    call,
    cast,
    moved,
    rejecting,
    scored,
    session,
    submitted,
    verified,
)
from tests.support.programme import House


def agenda(house: House) -> tuple[str, str]:
    """A sitting of three, and a plan ready to be decided in it."""
    funded(house)
    call(house)
    number = submitted(house)[1].number
    verified(house, number)
    scored(house, number)
    return session(house), number


def decided(house: House, command: DecidePlan) -> None:
    with house.work("secretary") as work:
        decide_plan(work, command)


def refused(house: House, command: DecidePlan) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        decided(house, command)
    return caught.value.codes


def interested(house: House, sitting: str, number: str, member: str) -> None:
    with house.work(member) as work:
        declaring = DeclareInterest(
            key=f"i{member}", session=sitting, plan=number, member=member, reason="Cousin"
        )
        declare_interest(work, declaring)


def test_votes_for_an_approval_are_no_votes_for_a_rejection_or_another_amount(house: House) -> None:
    sitting, number = agenda(house)
    approval = approving(sitting, number, bakery())
    moved(house, approval, *MEMBERS)
    lower = replace(approval, outcome=Outcome.LOWER_AMOUNT, amount=usd(1), reasons=("The budget.",))

    assert refused(house, rejecting(sitting, number, bakery())) == ("decision_not_as_moved",)
    assert refused(house, lower) == ("decision_not_as_moved",)
    decided(house, approval)


def test_a_lost_motion_is_followed_by_another_one_with_votes_of_its_own(house: House) -> None:
    sitting, number = agenda(house)
    approval = approving(sitting, number, bakery())
    lower = replace(approval, outcome=Outcome.LOWER_AMOUNT, amount=usd(300), reasons=("The budget.",))
    assert moved(house, approval, *MEMBERS, choice=Choice.AGAINST) == 1
    assert refused(house, approval) == ("motion_not_carried",)

    assert moved(house, lower, *MEMBERS) == 2
    assert refused(house, approval) == ("decision_not_as_moved",)
    decided(house, lower)
    with house.work("secretary") as work:
        found = decision_of_plan(work.reader(), work.programme.id, number)

    assert found is not None
    assert (found.outcome, found.amount, len(found.ballots)) == ("lower_amount", usd(300), 3)


def test_a_vote_meant_for_a_motion_that_was_followed_is_not_counted_for_the_next(house: House) -> None:
    sitting, number = agenda(house)
    moved(house, approving(sitting, number, bakery()))
    moved(house, rejecting(sitting, number, bakery()))
    vote = CastVote(key="v", session=sitting, plan=number, member="member1", choice=Choice.FOR, motion=1)

    with house.work("member1") as work, pytest.raises(Refused) as caught:
        cast_vote(work, vote)

    assert caught.value.codes == ("motion_followed",)


def test_nothing_is_voted_on_or_decided_before_it_is_moved(house: House) -> None:
    sitting, number = agenda(house)

    with pytest.raises(Refused) as voting:
        cast(house, sitting, number, "member1")

    assert voting.value.codes == ("motion_missing",)
    assert refused(house, approving(sitting, number, bakery())) == ("motion_missing", "motion_not_carried")


def test_what_is_moved_fits_the_plan_and_is_not_decided_yet(house: House) -> None:
    sitting, number = agenda(house)
    approval = approving(sitting, number, bakery())
    moved(house, approval, *MEMBERS)
    decided(house, approval)
    again = PutMotion(key="again", session=sitting, plan=number, outcome=Outcome.APPROVED, amount=usd(400))

    with house.work("secretary") as work, pytest.raises(Refused) as putting:
        put_motion(work, again)
    with pytest.raises(Refused) as voting:
        cast(house, sitting, number, "member1")

    assert putting.value.codes == ("plan_not_verified", "session_item_decided", "outcome_amount")
    assert voting.value.codes == ("session_item_decided",)


def test_a_member_votes_once_on_a_motion_and_not_with_an_interest(house: House) -> None:
    sitting, number = agenda(house)
    moved(house, approving(sitting, number, bakery()), "member1")
    interested(house, sitting, number, "member2")

    with pytest.raises(Refused) as twice:
        cast(house, sitting, number, "member1", Choice.AGAINST)
    with pytest.raises(Refused) as recused:
        cast(house, sitting, number, "member2")

    assert twice.value.codes == ("voter_twice",)
    assert recused.value.codes == ("voter_has_interest",)


def test_a_member_who_is_not_there_has_no_vote(house: House) -> None:
    _, number = agenda(house)
    with house.work("secretary") as work:
        convening = ConveneCommittee(
            key="two",
            call="C1",
            held_on=work.today(),
            members=MEMBERS,
            present=("member1", "member2"),
            chair="member1",
        )
        sitting = convene_committee(work, convening).number
    moved(house, approving(sitting, number, bakery()))

    with pytest.raises(Refused) as caught:
        cast(house, sitting, number, "member3")

    assert caught.value.codes == ("voter_not_present",)


def test_an_interest_declared_after_the_vote_strikes_it_and_leaves_its_trace(house: House) -> None:
    sitting, number = agenda(house)
    approval = approving(sitting, number, bakery())
    moved(house, approval, "member3")
    cast(house, sitting, number, "member1", Choice.AGAINST)
    cast(house, sitting, number, "member2")
    interested(house, sitting, number, "member3")

    assert refused(house, approval) == ("motion_not_carried",)
    with house.work("secretary") as work:
        reader = work.reader()
        row = reader.one(SESSION, programme=work.programme.id, number=sitting)
        votes = reader.all(VOTES_OF_SESSION, session=row.id)
    assert [(vote.member, vote.choice, vote.is_struck) for vote in votes] == [
        ("member1", "against", False),
        ("member2", "for", False),
        ("member3", "for", True),
    ]


def test_an_interest_is_declared_once(house: House) -> None:
    sitting, number = agenda(house)
    interested(house, sitting, number, "member3")
    again = DeclareInterest(
        key="again", session=sitting, plan=number, member="member3", reason="Cousin and neighbour"
    )

    with house.work("member3") as work, pytest.raises(Refused) as caught:
        declare_interest(work, again)

    assert caught.value.codes == ("database_refused",)


def test_a_plan_is_decided_without_the_vote_of_who_was_recused_after_it(house: House) -> None:
    sitting, number = agenda(house)
    approval = approving(sitting, number, bakery())
    moved(house, approval, *MEMBERS)
    interested(house, sitting, number, "member3")
    decided(house, approval)
    with house.work("secretary") as work:
        found = decision_of_plan(work.reader(), work.programme.id, number)

    assert found is not None
    assert [ballot.member for ballot in found.ballots] == ["member1", "member2"]


def test_a_session_is_neither_held_tomorrow_nor_before_what_it_decides(house: House) -> None:
    _, number = agenda(house)
    convening = ConveneCommittee(
        key="then", call="C1", held_on=date(2030, 1, 1), members=MEMBERS, present=MEMBERS, chair="member1"
    )
    with house.work("secretary") as work:
        with pytest.raises(InvalidInput, match="held_on"):
            convene_committee(work, convening)
        early = convene_committee(work, replace(convening, key="early", held_on=date(2019, 1, 1))).number
    approval = approving(early, number, bakery())
    moved(house, approval, *MEMBERS)

    assert refused(house, approval) == ("session_before_plan",)


def test_every_code_of_motions_is_tried() -> None:
    tried = {"motion_missing", "motion_followed", "decision_not_as_moved"}

    assert {kind.code for kind in motions.REFUSALS} == tried
