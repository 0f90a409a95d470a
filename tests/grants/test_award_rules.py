"""Schedules, stacking, signing, figures and lives: pure rules in tables."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.funds.rules.benefits import TrancheTemplate
from seedfund.grants.rules import REFUSALS
from seedfund.grants.rules.awarding import (
    DecisionFacts,
    check_amount_change,
    check_decision,
    check_end,
    check_range,
    split_change,
    split_signed,
)
from seedfund.grants.rules.conditions import (
    AllOf,
    Condition,
    DateReached,
    PreviousTrancheJustified,
    VisitDoneSince,
)
from seedfund.grants.rules.figures import Figures, contradictions, figures_of
from seedfund.grants.rules.payable import GrantStanding, TrancheStanding, refusals_of, standing_findings
from seedfund.grants.rules.schedule import (
    Schedule,
    TrancheTerms,
    check_amendment,
    check_schedule,
    conditions_from_text,
    schedule_from_plain,
    schedule_from_template,
)
from seedfund.grants.rules.stacking import Support, Wish, check_stacking
from seedfund.grants.rules.states import STATES
from seedfund.grants.rules.words import Delivery, EndReason
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.kernel.messages import untranslated
from seedfund.kernel.money import Money
from seedfund.ledger.rules.accounts import Line, Part
from seedfund.ledger.rules.positions import PartPosition

START = date(2026, 1, 5)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def terms(minor: int, *conditions: Condition, due_on: date | None = None) -> TrancheTerms:
    return TrancheTerms(amount=usd(minor), due_on=due_on, conditions=conditions)


def schedule(*tranches: TrancheTerms) -> Schedule:
    return Schedule(tranches=tranches)


FEB, MAR = date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("planned", "codes"),
    [
        (schedule(terms(300), terms(200)), ()),
        (schedule(), ("schedule_empty",)),
        (schedule(terms(300)), ("schedule_sum",)),
        (schedule(terms(0), terms(500)), ("tranche_amount",)),
        (schedule(terms(300, due_on=MAR), terms(200, due_on=FEB)), ("tranche_order",)),
        (schedule(terms(300, due_on=MAR), terms(100), terms(100, due_on=FEB)), ("tranche_order",)),
        (schedule(terms(500, due_on=date(2026, 1, 4))), ("tranche_before_start",)),
        (schedule(terms(500, PreviousTrancheJustified(1))), ("first_tranche_waits_for_earlier",)),
        (schedule(terms(500, AllOf((VisitDoneSince(),)))), ("first_tranche_waits_for_earlier",)),
        (schedule(terms(300), terms(200, PreviousTrancheJustified(1), VisitDoneSince())), ()),
        (schedule(terms(500, DateReached())), ("date_condition_without_date",)),
        (schedule(terms(500, DateReached(FEB))), ()),
        (schedule(terms(500, DateReached(), due_on=FEB)), ()),
    ],
)
def test_a_schedule_sums_exactly_in_its_order(planned: Schedule, codes: tuple[str, ...]) -> None:
    found = check_schedule(planned, usd(500), start=START)

    assert tuple(refusal.code for refusal in found) == codes


def test_a_schedule_in_another_currency_is_no_schedule_of_the_grant() -> None:
    with pytest.raises(InvalidInput):
        check_schedule(schedule(TrancheTerms(amount=Money(500, "EUR"))), usd(500), start=START)


@given(st.integers(3, 10**9), st.integers(1, 9_999))
def test_a_template_splits_to_the_last_cent(minor: int, share: int) -> None:
    templates = (TrancheTemplate(share_bps=share), TrancheTemplate(share_bps=10_000 - share, after_months=1))
    planned = schedule_from_template(templates, usd(minor), first_day=START, delivery=Delivery.MONEY)

    assert planned.total("USD") == usd(minor)


def test_a_template_dates_each_tranche_from_the_first_day() -> None:
    templates = tuple(TrancheTemplate(share_bps=5_000, after_months=months) for months in (0, 1))
    planned = schedule_from_template(
        templates, usd(100), first_day=date(2026, 1, 31), delivery=Delivery.IN_KIND
    )

    assert [tranche.due_on for tranche in planned.tranches] == [date(2026, 1, 31), date(2026, 2, 28)]
    assert {tranche.delivery for tranche in planned.tranches} == {Delivery.IN_KIND}


def test_a_schedule_is_read_back_with_its_hash() -> None:
    planned = schedule(terms(300, DateReached(FEB), due_on=FEB), terms(200))
    read = schedule_from_plain(planned.to_plain())

    assert (read, read.hash) == (planned, planned.hash)


@pytest.mark.parametrize(
    "other",
    [
        schedule(terms(300, due_on=FEB), terms(200)),
        schedule(terms(200), terms(300)),
        schedule(terms(300, DateReached(FEB)), terms(200)),
        schedule(replace(terms(300), delivery=Delivery.VOUCHER), terms(200)),
    ],
)
def test_any_change_of_a_schedule_changes_its_hash(other: Schedule) -> None:
    assert other.hash != schedule(terms(300), terms(200)).hash


@pytest.mark.parametrize("data", ["no list", [{"amount": 3}], [{}], ["x"], [{"amount": {"minor": 1}}]])
def test_plain_data_that_is_no_schedule_is_refused(data: Any) -> None:
    with pytest.raises(InvalidInput, match="schedule"):
        schedule_from_plain(data)


@pytest.mark.parametrize("text", ["{", "{}", '"x"'])
def test_conditions_are_a_json_list(text: str) -> None:
    with pytest.raises(InvalidInput, match="conditions"):
        conditions_from_text(text)


@pytest.mark.parametrize(
    ("new", "codes"),
    [
        (schedule(terms(300), terms(200)), ("schedule_unchanged",)),
        (schedule(terms(250), terms(200)), ()),
        (schedule(terms(249), terms(200)), ("tranche_below_paid",)),
        (schedule(terms(300)), ("tranche_below_paid",)),
    ],
)
def test_an_adenda_keeps_what_was_used_of_each_tranche(new: Schedule, codes: tuple[str, ...]) -> None:
    used = {1: usd(250), 2: usd(200)} if len(new.tranches) == 1 else {1: usd(250)}
    found = check_amendment(schedule(terms(300), terms(200)), new, used=used)

    assert tuple(refusal.code for refusal in found) == codes


WISH = Wish(owner="HH-1", benefit="seed", purpose="seed_capital", day=date(2026, 6, 1), months=12)
OLD = Support(number="SC-1", benefit="seed", purpose="seed_capital", day=date(2025, 6, 2), is_running=False)


@pytest.mark.parametrize(
    ("support", "codes"),
    [
        (OLD, ("one_per_household_and_period",)),
        (replace(OLD, day=date(2025, 6, 1)), ()),
        (replace(OLD, day=date(2027, 5, 31)), ("one_per_household_and_period",)),
        (replace(OLD, is_counted=False), ()),
        (replace(OLD, benefit="kit", is_running=True), ("double_support",)),
        (replace(OLD, benefit="kit", purpose="tools", is_running=True), ()),
        (replace(OLD, benefit="kit", is_running=True, until=date(2026, 6, 1)), ()),
        (replace(OLD, benefit="kit", is_running=True, until=date(2026, 6, 2)), ("double_support",)),
        (replace(OLD, payer="MIES", is_running=True), ("double_support",)),
        (replace(OLD, payer="MIES", purpose="Seed_Cápital", is_running=True), ("double_support",)),
    ],
)
def test_a_household_receives_nothing_twice(support: Support, codes: tuple[str, ...]) -> None:
    found = check_stacking(WISH, [support])

    assert tuple(refusal.code for refusal in found) == codes


def test_a_benefit_without_a_limit_keeps_nothing_away() -> None:
    assert check_stacking(replace(WISH, months=0), [OLD]) == ()


DECISION = DecisionFacts(
    number="CS-1",
    outcome="approved",
    is_granting=True,
    amount=usd(500),
    decided_on=START,
    line="UNHCR/A1",
    plan_state="approved",
)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, ()),
        ({"is_granting": False, "outcome": "deferred"}, ("basis_not_approved",)),
        ({"is_granting": False, "outcome": "deferred", "plan_state": "deferred"}, ("basis_not_approved",)),
        ({"plan_state": "withdrawn"}, ("plan_not_approved",)),
        ({"amount": usd(400)}, ("award_not_as_decided",)),
        ({"line": "UNHCR/A2"}, ("award_other_line",)),
        ({"used_by": "SC-1"}, ("basis_awarded_already",)),
        ({"decided_on": FEB}, ("award_before_decision",)),
    ],
)
def test_an_award_follows_its_decision(change: dict[str, Any], codes: tuple[str, ...]) -> None:
    found = check_decision(replace(DECISION, **change), amount=usd(500), lines=["UNHCR/A1"], day=START)

    assert tuple(refusal.code for refusal in found) == codes


@pytest.mark.parametrize(
    ("least", "most", "codes"),
    [
        (None, None, ()),
        (usd(500), usd(500), ()),
        (usd(501), None, ("award_range",)),
        (None, usd(499), ("award_range",)),
        (Money(900, "EUR"), None, ()),
    ],
)
def test_an_award_keeps_within_its_benefit(
    least: Money | None, most: Money | None, codes: tuple[str, ...]
) -> None:
    found = check_range("seed", usd(500), least=least, most=most)

    assert tuple(refusal.code for refusal in found) == codes


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=4), st.data())
def test_a_signed_amount_never_takes_more_of_a_part_than_was_awarded(
    awarded: list[int], data: st.DataObject
) -> None:
    amount = data.draw(st.integers(1, sum(awarded)))
    shares = split_signed(usd(amount), [usd(minor) for minor in awarded])

    assert sum(share.minor for share in shares) == amount
    assert all(0 <= share.minor <= minor for share, minor in zip(shares, awarded, strict=True))


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=4), st.data())
def test_a_lowered_amount_never_takes_more_of_a_part_than_is_free(
    free: list[int], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, sum(free)))
    changes = split_change([usd(minor) for minor in free], before=usd(10**9), after=usd(10**9 - cut))

    assert sum(change.minor for change in changes) == -cut
    assert all(-minor <= change.minor <= 0 for change, minor in zip(changes, free, strict=True))


def test_a_raise_needs_a_decision_and_a_cut_spares_what_is_used() -> None:
    raised = check_amount_change(before=usd(500), after=usd(600), used=(), has_basis=False)
    lowered = check_amount_change(before=usd(500), after=usd(299), used=(usd(200), usd(100)), has_basis=False)

    assert [refusal.code for refusal in (*raised, *lowered)] == ["raise_without_basis", "lowered_below_used"]


@pytest.mark.parametrize(
    ("step", "reason", "is_allowed"),
    [
        ("declined", EndReason.LAPSED, True),
        ("declined", EndReason.FRAUD, False),
        ("terminated", EndReason.DECEASED, True),
        ("terminated", EndReason.LAPSED, False),
    ],
)
def test_an_end_has_a_reason_of_its_own(step: str, reason: EndReason, is_allowed: bool) -> None:
    assert (check_end(step, reason) == ()) == is_allowed


def standing(delivered: tuple[int, int], **changes: Any) -> GrantStanding:
    tranches = tuple(
        TrancheStanding(
            position=place, amount=usd(300), delivered=usd(minor), in_payment=usd(0), offset=usd(0)
        )
        for place, minor in enumerate(delivered, start=1)
    )
    usual = GrantStanding(
        number="SC-1", state="in_force", tranches=tranches, has_duplicate_stop=False, on=START
    )
    return replace(usual, **changes)


@pytest.mark.parametrize(
    ("grant", "position", "codes"),
    [
        (standing((0, 0)), 1, ()),
        (standing((300, 0)), 2, ()),
        (standing((299, 0)), 2, ("earlier_tranche_not_delivered",)),
        (standing((300, 0)), 1, ("tranche_paid",)),
        (standing((0, 0), state="suspended"), 1, ("grant_not_in_force",)),
        (standing((0, 0), has_duplicate_stop=True), 1, ("duplicate_stops_payment",)),
    ],
)
def test_a_tranche_is_payable_when_nothing_of_the_grant_stands_against_it(
    grant: GrantStanding, position: int, codes: tuple[str, ...]
) -> None:
    found = refusals_of(standing_findings(grant, position))

    assert tuple(refusal.code for refusal in found) == codes


PART = Part(Line(1, Key("0" * 31 + "a"), "A1"), Key("0" * 31 + "b"), "SC-1")
SUMS = {
    "award.decided": 600,
    "agreement.signed": 500,
    "award.lapsed": 100,
    "agreement.lowered": 50,
    "payment.delivered.advances": 400,
    "payment.bounced.advances": 100,
    "refund.claims.committed": 30,
    "remainder.released": 20,
}
POSITION = PartPosition(
    PART,
    committed=160,
    in_payment=60,
    spent=270,
    expense=150,
    write_offs=10,
    advances={"participant": 90},
    claims={"participant": 20},
)


def test_the_five_amounts_are_never_merged() -> None:
    found = figures_of(SUMS, POSITION, "USD")
    expected = Figures(
        awarded=usd(600),
        lapsed=usd(100),
        committed=usd(450),
        released=usd(20),
        in_payment=usd(60),
        disbursed=usd(300),
        justified=usd(150),
        returned=usd(30),
        refund_due=usd(20),
        written_off=usd(10),
        borne_by_own=usd(0),
        to_disburse=usd(100),
        to_justify=usd(90),
    )

    assert found == expected
    assert contradictions(SUMS, POSITION) == ()
    assert (found + found).disbursed == usd(600)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"expense": 151}, "disbursed"),
        ({"committed": 161}, "committed"),
        ({"spent": 271}, "spent"),
        ({"awarded": 1}, "awarded"),
    ],
)
def test_books_that_do_not_add_up_are_named(change: dict[str, int], name: str) -> None:
    assert name in contradictions(SUMS, replace(POSITION, **change))  # type: ignore[arg-type] # its fields


@pytest.mark.parametrize("table", STATES, ids=lambda table: str(table.name))
def test_every_life_has_an_end_and_every_state_a_way_to_it(table: Any) -> None:
    reached, waiting = {table.start}, [table.start]
    while waiting:
        new = set(table.steps[waiting.pop()]) - reached
        reached |= new
        waiting += new

    assert reached == set(table.states)
    assert table.ends


def test_every_refusal_of_grants_is_told_in_spanish() -> None:
    codes = [kind.code for kind in REFUSALS]

    assert len(set(codes)) == len(codes)
    assert untranslated(REFUSALS, "es") == ()
