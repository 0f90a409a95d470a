"""Rules change under two persons, forwards only, and what they relax is shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from seedfund.approvals.queries import current_policy, exceptions_in, open_proposals, policy_on
from seedfund.approvals.rules.policy import PolicyTerms, Profile
from seedfund.approvals.rules.presets import preset
from seedfund.approvals.service import decline_proposal
from seedfund.approvals.service.delegations import ApproveDelegation, approve_delegation
from seedfund.approvals.service.policies import ApprovePolicy, ProposePolicy, approve_policy, propose_policy
from seedfund.approvals.service.proposals import DeclineProposal
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import NotFound, Refused
from tests.approvals.verbs import in_force
from tests.support.programme import House

SMALL, STANDARD = preset(Profile.SMALL), preset(Profile.STANDARD)
TODAY = date(2026, 1, 5)


def proposed(house: House, terms: PolicyTerms = SMALL, from_day: date | None = None) -> str:
    with house.work("manager") as work:
        return propose_policy(work, ProposePolicy(key="p", terms=terms, effective_from=from_day)).number


def refused(house: House, actor: str, number: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught, house.work(actor) as work:
        approve_policy(work, ApprovePolicy(key="a", number=number))
    return caught.value.codes


def test_a_policy_is_in_force_once_a_second_person_approved_it(house: House) -> None:
    number = proposed(house)
    with house.work("director") as work:
        assert policy_on(work.reader(), work.programme.id, TODAY) is None
        assert [one.number for one in open_proposals(work.reader(), work.programme.id)] == [number]
        approve_policy(work, ApprovePolicy(key="a", number=number))
        assert current_policy(work.reader(), work.programme.id, TODAY) == SMALL
        assert open_proposals(work.reader(), work.programme.id) == []


def test_who_proposed_does_not_approve_and_nobody_approves_twice(house: House) -> None:
    number = proposed(house)

    assert refused(house, " MANAGER", number) == ("proposal_own",)
    with house.work("director") as work:
        approve_policy(work, ApprovePolicy(key="ok", number=number))
    assert refused(house, "approver", number) == ("proposal_decided",)


def test_a_declined_proposal_cannot_be_approved(house: House) -> None:
    number = proposed(house)
    with pytest.raises(Refused) as caught, house.work("manager") as work:
        decline_proposal(work, DeclineProposal(key="d", number=number, reason=""))
    assert caught.value.codes == ("proposal_own", "reason_missing")
    with house.work("director") as work:
        decline_proposal(work, DeclineProposal(key="d2", number=number, reason="the tolerance is too wide"))

    assert refused(house, "approver", number) == ("proposal_decided",)


def test_a_proposal_is_decided_by_the_command_of_its_kind(house: House) -> None:
    number = proposed(house)
    with pytest.raises(Refused) as caught, house.work("director") as work:
        approve_delegation(work, ApproveDelegation(key="x", number=number))
    assert caught.value.codes == ("proposal_kind",)
    with pytest.raises(NotFound, match="PR-9"), house.work("director") as work:
        approve_policy(work, ApprovePolicy(key="y", number="PR-9"))


def test_a_policy_never_reaches_back(house: House) -> None:
    with pytest.raises(Refused) as caught:
        proposed(house, from_day=TODAY - timedelta(days=1))
    assert caught.value.codes == ("proposal_backdated",)

    number = proposed(house)
    house.clock.advance(timedelta(days=3))
    with house.work("director") as work:
        done = approve_policy(work, ApprovePolicy(key="a", number=number))
        with pytest.raises(Refused) as caught:
            current_policy(work.reader(), work.programme.id, TODAY)
    assert done.effective_from == TODAY + timedelta(days=3)
    assert caught.value.codes == ("policy_missing",)


def test_a_later_policy_holds_from_its_day_on(house: House) -> None:
    in_force(house)
    later = TODAY + timedelta(days=10)
    number = proposed(house, STANDARD, later)
    with house.work("director") as work:
        approve_policy(work, ApprovePolicy(key="a", number=number))
        reader, programme = work.reader(), work.programme.id
        found = [policy_on(reader, programme, day) for day in (later - timedelta(days=1), later)]

    assert [one.version for one in found if one is not None] == [1, 2]


def test_unusable_terms_are_refused_with_every_reason(house: House) -> None:
    with pytest.raises(Refused) as caught:
        proposed(house, replace(SMALL, thresholds=(), quorum=0), TODAY - timedelta(days=1))

    assert caught.value.codes == ("policy_without_other", "policy_quorum", "proposal_backdated")


def test_what_a_policy_relaxes_stands_on_the_exceptions_page(house: House) -> None:
    in_force(house, replace(SMALL, overdue_days=90))
    number = proposed(house, replace(SMALL, overdue_days=90, quorum=1))
    with house.work("director") as work:
        done = approve_policy(work, ApprovePolicy(key="a", number=number))
        rows = exceptions_in(work.reader(), work.programme.id, DateRange(TODAY, TODAY + timedelta(days=1)))

    assert done.relaxed == ("quorum",)
    assert [(row.kind, row.reason) for row in rows] == [
        ("relaxation", "overdue_days: 60 -> 90"),
        ("relaxation", "quorum: 2 -> 1"),
    ]
