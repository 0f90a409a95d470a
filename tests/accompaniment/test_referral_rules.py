"""The rules of referrals and services, as tables and properties."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.accompaniment.rules.referrals import (
    CONNECTED,
    LIVE,
    REFERRAL_STATES,
    Barrier,
    ConsentFound,
    DeclinedBy,
    Offer,
    ReferralStepTold,
    check_consent,
    check_offer,
    check_step,
    step_irregularity,
)
from seedfund.accompaniment.rules.services import SERVICE_STATES, check_listing
from seedfund.kernel.errors import Refusal
from seedfund.kernel.states import StateTable
from seedfund.savings.rules.words import Barrier as AccountBarrier

DAY = date(2026, 1, 5)
GIVEN = ConsentFound(stands=True)
NOT_GIVEN = ConsentFound(stands=False)
TAKEN_BACK = ConsentFound(stands=False, withdrawn_on=DAY)
OF_A_CHILD = ConsentFound(stands=True, is_needed_of_guardian=True)


def codes(refusals: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize("table", [REFERRAL_STATES, SERVICE_STATES], ids=lambda table: table.name)
@given(data=st.data())
def test_a_life_follows_its_table_and_nothing_leaves_an_end(table: StateTable, data: st.DataObject) -> None:
    state = table.start
    for wanted in data.draw(st.lists(st.sampled_from(table.states), max_size=8)):
        if table.allows(state, wanted):
            assert state not in table.ends
            state = wanted

    assert state in table.states


def test_a_referral_under_way_can_be_revoked_and_one_that_ended_cannot() -> None:
    assert [state for state in REFERRAL_STATES.states if REFERRAL_STATES.allows(state, "revoked")] == list(
        LIVE
    )
    assert set(REFERRAL_STATES.ends) == {"done", "declined", "revoked"}
    assert set(CONNECTED) == {"accepted", "done"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"service_state": "paused"}, ["referral_service_not_open"]),
        ({"consent": NOT_GIVEN}, ["referral_consent_missing"]),
        ({"consent": TAKEN_BACK}, ["referral_consent_withdrawn"]),
        ({"consent": OF_A_CHILD}, ["referral_guardian_missing"]),
        ({"consent": ConsentFound(stands=True, by_guardian=True, is_needed_of_guardian=True)}, []),
        ({"consent": NOT_GIVEN, "is_overridden": True}, []),
        ({"is_overridden": True}, ["referral_override_not_needed"]),
        (
            {"service_state": "closed", "consent": NOT_GIVEN, "twin": ("RF-2026-0001", "accepted")},
            ["referral_service_not_open", "referral_consent_missing", "referral_twice"],
        ),
    ],
)
def test_an_offer_says_every_reason_against_it_at_once(changes: dict[str, Any], expected: list[str]) -> None:
    usual: dict[str, Any] = {
        "participant": "PT-2026-0001",
        "service": "SV-2026-0001",
        "service_state": "open",
        "consent": GIVEN,
        "is_overridden": False,
    }

    assert codes(check_offer(Offer(**{**usual, **changes}))) == expected


@given(st.booleans(), st.booleans(), st.booleans(), st.one_of(st.none(), st.just(DAY)))
def test_no_referral_rests_on_a_consent_that_does_not_stand(
    stands: bool, by_guardian: bool, is_child: bool, withdrawn: date | None
) -> None:
    consent = ConsentFound(
        stands=stands, by_guardian=by_guardian, withdrawn_on=withdrawn, is_needed_of_guardian=is_child
    )

    rests = not check_consent("PT-2026-0001", consent)

    assert rests == (stands and (by_guardian or not is_child))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"to": "accepted"}, []),
        ({"to": "done"}, []),
        ({"to": "declined"}, ["referral_barrier_missing"]),
        ({"to": "declined", "barrier": Barrier.MONEY}, ["referral_barrier_missing"]),
        ({"to": "declined", "barrier": Barrier.MONEY, "declined_by": DeclinedBy.SERVICE}, []),
        (
            {"to": "declined", "barrier": Barrier.OTHER, "declined_by": DeclinedBy.PARTICIPANT},
            ["referral_barrier_untold"],
        ),
        (
            {
                "to": "declined",
                "barrier": Barrier.OTHER,
                "declined_by": DeclinedBy.SERVICE,
                "has_note": True,
            },
            [],
        ),
        ({"to": "done", "barrier": Barrier.STATUS}, ["referral_barrier_not_expected"]),
        ({"to": "done", "on": DAY - timedelta(days=1)}, ["referral_step_before_last"]),
    ],
)
def test_a_step_comes_after_the_last_and_only_a_refusal_has_a_barrier(
    told: dict[str, Any], expected: list[str]
) -> None:
    step = ReferralStepTold(**{"on": DAY, **told})

    assert codes(check_step("RF-2026-0001", "offered", step, last=DAY, gaps=[])) == expected


def test_taking_in_rests_on_the_consent_and_having_been_served_is_a_fact() -> None:
    gaps = check_consent("PT-2026-0001", TAKEN_BACK)

    accepted = check_step("x", "offered", ReferralStepTold(to="accepted", on=DAY), last=DAY, gaps=gaps)
    served = check_step("x", "accepted", ReferralStepTold(to="done", on=DAY), last=DAY, gaps=gaps)

    assert codes(accepted) == ["referral_consent_withdrawn"]
    assert served == []
    assert step_irregularity("done", is_withdrawn=True) is not None
    assert step_irregularity("done", is_withdrawn=False) is None
    assert step_irregularity("declined", is_withdrawn=True) is None


def test_barriers_to_services_are_coded_as_those_to_accounts_are() -> None:
    assert [one.value for one in Barrier][:-1] == [one.value for one in AccountBarrier]


def test_a_service_is_listed_once() -> None:
    assert check_listing(None) == []
    assert codes(check_listing(("SV-2026-0001", "paused"))) == ["service_listed_twice"]
