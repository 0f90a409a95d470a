"""What stands between a plan and its money: its own call's committee, enough reviewers, the stricter of two rules."""

from dataclasses import replace
from typing import Final

import pytest

from seedfund.approvals.rules.policy import Profile
from seedfund.approvals.rules.presets import preset
from seedfund.kernel.errors import Refused
from seedfund.plans.queries import CallTerms
from seedfund.plans.rules import Choice, CommitteePolicy, PlanPolicy
from seedfund.plans.service import (
    ApproveCall,
    CastVote,
    DeclareInterest,
    ProposeCall,
    approve_call,
    cast_vote,
    decide_plan,
    declare_interest,
    propose_call,
)
from tests.approvals.verbs import in_force
from tests.funds.support import funded
from tests.plans.samples import bakery
from tests.plans.sittings import (
    MEMBERS,
    SHEET,
    TERMS,
    approving,
    call,
    scored,
    session,
    submitted,
    verified,
    voted,
)
from tests.support.programme import House

UNSCORED: Final = CallTerms(
    PlanPolicy(version="1"), CommitteePolicy(version="1", quorum=1, scoring_required=False), None
)


def refused(house: House, sitting: str, number: str) -> tuple[str, ...]:
    """The codes an approval of a bakery is refused with."""
    with house.work("secretary") as work, pytest.raises(Refused) as caught:
        decide_plan(work, approving(sitting, number, bakery()))
    return caught.value.codes


def test_a_plan_is_interest_of_vote_of_and_decision_of_its_own_calls_committee_only(house: House) -> None:
    funded(house)
    call(house)
    call(house, UNSCORED, code="LAX")
    _, result = submitted(house)
    verified(house, result.number)
    sitting = session(house, code="LAX")
    vote = CastVote(key="v", session=sitting, plan=result.number, member="member1", choice=Choice.FOR)
    interest = DeclareInterest(
        key="i", session=sitting, member="member1", plan=result.number, reason="Neighbour"
    )

    with house.work("member1") as work:
        with pytest.raises(Refused) as voting:
            cast_vote(work, vote)
        with pytest.raises(Refused) as declaring:
            declare_interest(work, interest)

    assert refused(house, sitting, result.number) == ("plan_of_other_call",)
    assert voting.value.codes == declaring.value.codes == ("plan_of_other_call",)


def test_a_later_version_of_the_call_decides_with_the_stricter_rules_of_both(house: House) -> None:
    funded(house)
    call(house, replace(TERMS, committee_policy=CommitteePolicy(version="1", quorum=3)))
    _, result = submitted(house)
    verified(house, result.number)
    call(house, UNSCORED, version="2")
    sitting = session(house, "member1", "member2")
    voted(house, sitting, result.number, "member1", "member2")

    assert refused(house, sitting, result.number) == ("committee_no_quorum", "score_missing")


def test_money_waits_for_as_many_reviewers_as_the_call_names(house: House) -> None:
    funded(house)
    call(house, replace(TERMS, sheet=replace(SHEET, reviewers_min=2)))
    _, result = submitted(house)
    verified(house, result.number)
    scored(house, result.number)
    sitting = session(house)
    voted(house, sitting, result.number, *MEMBERS)

    assert refused(house, sitting, result.number) == ("score_reviewers_too_few",)
    scored(house, result.number, by="member1")
    with house.work("secretary") as work:
        assert decide_plan(work, approving(sitting, result.number, bakery())).plan == result.number


def test_the_policy_in_force_asks_for_scores_quorum_and_members_where_the_call_does_not(house: House) -> None:
    funded(house)
    call(house, UNSCORED)
    _, result = submitted(house)
    verified(house, result.number)
    sitting = session(house, "member1")
    voted(house, sitting, result.number, "member1")
    in_force(house, preset(Profile.STRICT))

    assert refused(house, sitting, result.number) == (
        "committee_too_small",
        "committee_no_quorum",
        "score_missing",
    )


def test_a_committee_smaller_than_the_policy_asks_is_not_convened(house: House) -> None:
    call(house)
    in_force(house, preset(Profile.SMALL))

    with pytest.raises(Refused) as caught:
        session(house, "member1", "member2")

    assert caught.value.codes == ("committee_too_small",)


def test_a_call_without_a_sheet_does_not_come_into_force_under_a_policy_that_scores(house: House) -> None:
    proposing = ProposeCall(key="p", code="C1", version="1", terms=UNSCORED)
    with house.work("expert") as work:
        proposed = propose_call(work, proposing)
    in_force(house, preset(Profile.STANDARD))
    approving_it = ApproveCall(key="a", code="C1", version="1", content_hash=proposed.content_hash)

    with house.work("manager") as work, pytest.raises(Refused) as approved:
        approve_call(work, approving_it)
    with house.work("expert") as work, pytest.raises(Refused) as again:
        propose_call(work, replace(proposing, key="p2", version="2"))

    assert approved.value.codes == again.value.codes == ("call_without_sheet",)
