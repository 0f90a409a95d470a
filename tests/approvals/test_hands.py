"""Who may decide: stages in order, authority by amount, split payments weighed together, three hands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.approvals.rules.hands import (
    GRANTED,
    OPEN,
    REJECTED,
    VOID,
    Ask,
    Authority,
    Decider,
    DelegationFacts,
    Exposure,
    Given,
    PastExposure,
    authorities,
    check_decider,
    check_granted,
    check_hands,
    open_step,
    weighed_amount,
    window_start,
)
from seedfund.approvals.rules.policy import Profile, Stage, Step
from seedfund.approvals.rules.presets import preset
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance, Role
from tests.approvals.verbs import usd

MAKER, REVIEWER, BOSS, CASHIER = Key("m"), Key("r"), Key("b"), Key("c")
STEPS = (
    Step(Stage.REVIEW, (Role.REVIEWER, Role.DIRECTOR)),
    Step(Stage.APPROVE, (Role.DIRECTOR,), 1, needs_authority=True),
)
REVIEWED = Given("review", REVIEWER, "approved")


def ask(state: str = OPEN) -> Ask:
    return Ask("PL-1", MAKER, state, "h1", usd(500), STEPS, Assurance.PIN)


def boss(
    key: Key = BOSS, ceiling: int = 500, assurance: Assurance = Assurance.PIN, role: Role = Role.DIRECTOR
) -> Decider:
    return Decider(key, assurance, (Authority(role, usd(ceiling)),))


TABLE = [
    ([], {}),
    (["request_closed"], {"state": GRANTED}),
    (["request_closed"], {"state": REJECTED}),
    (["request_closed"], {"state": VOID}),
    (["content_changed"], {"content_hash": "h2"}),
    (["stage_unknown"], {"stage": "bless"}),
    (["stage_not_now"], {"given": []}),
    (["stage_not_now"], {"stage": "review"}),
    (["maker_decides"], {"decider": boss(MAKER)}),
    (["decided_twice"], {"decider": boss(REVIEWER)}),
    (["role_lacking"], {"decider": boss(role=Role.COACH)}),
    (["above_authority"], {"decider": boss(ceiling=499)}),
    (["above_authority"], {"decider": Decider(BOSS, Assurance.PIN, (Authority(Role.DIRECTOR, None),))}),
    (["assurance_lacking"], {"decider": boss(assurance=Assurance.CLAIMED)}),
    (
        ["content_changed", "stage_unknown", "maker_decides", "assurance_lacking"],
        {"content_hash": "h2", "stage": "bless", "decider": boss(MAKER, assurance=Assurance.CLAIMED)},
    ),
]


@pytest.mark.parametrize(("codes", "change"), TABLE)
def test_a_decision_is_refused_for_every_reason_in_the_declared_order(
    codes: list[str], change: dict[str, object]
) -> None:
    row = {
        "state": OPEN,
        "given": [REVIEWED],
        "decider": boss(),
        "stage": "approve",
        "content_hash": "h1",
    } | change

    found = check_decider(
        ask(str(row["state"])),
        row["given"],  # type: ignore[arg-type] # a table of mixed fields
        row["decider"],  # type: ignore[arg-type] # a table of mixed fields
        stage=str(row["stage"]),
        content_hash=str(row["content_hash"]),
    )

    assert [refusal.code for refusal in found] == codes


def test_a_stage_without_authority_asks_no_ceiling() -> None:
    reviewer = Decider(REVIEWER, Assurance.PIN, (Authority(Role.REVIEWER, None),))

    assert check_decider(ask(), [], reviewer, stage="review", content_hash="h1") == []


@pytest.mark.parametrize("ceilings", [(100, 500), (500, 100)])
def test_of_several_authorities_the_highest_counts(ceilings: tuple[int, ...]) -> None:
    given = tuple(Authority(Role.DIRECTOR, usd(ceiling)) for ceiling in ceilings)
    decider = Decider(BOSS, Assurance.PIN, given)

    assert check_decider(ask(), [REVIEWED], decider, stage="approve", content_hash="h1") == []


def test_stages_open_one_after_the_other_and_a_rejection_counts_for_none() -> None:
    assert open_step(STEPS, []) == STEPS[0]
    assert open_step(STEPS, [Given("review", REVIEWER, "rejected")]) == STEPS[0]
    assert open_step(STEPS, [REVIEWED]) == STEPS[1]
    assert open_step(STEPS, [REVIEWED, Given("approve", BOSS, "approved")]) is None


FULL = [REVIEWED, Given("approve", BOSS, "approved")]


@pytest.mark.parametrize(
    ("codes", "state", "given_so_far", "content_hash"),
    [
        ([], GRANTED, FULL, "h1"),
        (["request_open"], OPEN, [REVIEWED], "h1"),
        (["request_open"], GRANTED, [REVIEWED], "h1"),
        (["request_closed"], REJECTED, FULL, "h1"),
        (["request_closed"], VOID, FULL, "h1"),
        (["content_changed"], GRANTED, FULL, "h2"),
        (["request_open", "content_changed"], OPEN, [], "h2"),
    ],
)
def test_only_a_granted_request_of_the_same_content_carries_a_payment(
    codes: list[str], state: str, given_so_far: list[Given], content_hash: str
) -> None:
    found = check_granted(ask(state), given_so_far, content_hash=content_hash)

    assert [refusal.code for refusal in found] == codes


@pytest.mark.parametrize(
    ("codes", "payer"), [([], CASHIER), (["maker_pays"], MAKER), (["approver_pays"], BOSS)]
)
def test_who_prepares_who_approves_and_who_pays_are_three_persons(codes: list[str], payer: Key) -> None:
    found = check_hands("PL-1", maker=MAKER, approvers=[REVIEWER, BOSS], payer=payer)

    assert [refusal.code for refusal in found] == codes


DAY = date(2026, 3, 31)


def test_split_payments_weigh_as_one() -> None:
    since = window_start(DAY, 30)
    earlier = [PastExposure("payee:a", date(2026, 3, day), usd(400)) for day in (1, 15, 30)]

    assert since == date(2026, 3, 1)
    assert weighed_amount(usd(400), [Exposure("payee:a", usd(400))], earlier, since=since) == usd(1_600)


def test_what_lies_before_the_window_or_was_for_others_or_in_other_money_weighs_nothing() -> None:
    earlier = [
        PastExposure("payee:a", date(2026, 2, 28), usd(400)),
        PastExposure("payee:b", DAY, usd(400)),
        PastExposure("payee:a", DAY, Money(40_000, "EUR")),
    ]

    found = weighed_amount(usd(300), [Exposure("payee:a", usd(300))], earlier, since=window_start(DAY, 30))

    assert found == usd(300)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=20), st.integers(0, 20))
def test_however_a_sum_is_split_its_last_part_weighs_the_whole(parts: list[int], at: int) -> None:
    at = min(at, len(parts) - 1)
    earlier = [PastExposure("p", DAY, Money(part, "USD")) for index, part in enumerate(parts) if index != at]

    last = Money(parts[at], "USD")

    assert weighed_amount(last, [Exposure("p", last)], earlier, since=DAY).minor == sum(parts)


def test_authority_comes_from_the_role_the_policy_and_what_was_lent() -> None:
    terms = preset(Profile.SMALL)
    lent = [
        DelegationFacts(BOSS, Role.DIRECTOR, usd(3_000)),
        DelegationFacts(None, Role.PROGRAMME_MANAGER, usd(9_000)),
        DelegationFacts(BOSS, Role.FINANCE_APPROVER, Money(1, "EUR")),
    ]

    found = {
        one.role: one.ceiling
        for one in authorities(terms, [Role.PROGRAMME_MANAGER, Role.COACH], lent, currency="USD")
    }

    assert found == {
        Role.COACH: None,
        Role.PROGRAMME_MANAGER: usd(9_000),
        Role.DIRECTOR: usd(3_000),
    }
