"""Any path of a grant, through the public verbs: after every step the money adds up, every end frees what it should."""

from collections.abc import Iterator

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.words import EndReason, LifeEventKind
from seedfund.grants.service import refunds
from seedfund.ledger.rules.events import grants
from tests.grants.paths import Fund, begun
from tests.support.databases import DatabaseServer
from tests.support.machines import OnServer, live

WHICH = st.integers(0, 3)
SOME = st.one_of(st.none(), st.integers(1, 30_000))
AMOUNT = st.integers(1, 30_000)
DECISIONS = st.sampled_from((ReviewDecision.ACCEPTED, ReviewDecision.ACCEPTED, ReviewDecision.REJECTED, None))


TURNS = ("suspend", "resume", "resume", "resume", "close", *EndReason, *LifeEventKind)


class PathOfGrants(OnServer):
    """Verbs in any order; many are refused, and a refusal leaves no trace."""

    def __init__(self) -> None:
        super().__init__()
        self.fund, self.end = begun(self.server)
        self.adds_up = False

    @rule(which=WHICH, number=st.sampled_from((1, 1, 2)), amount=SOME, is_released=st.integers(0, 7))
    def a_tranche_is_paid(self, which: int, number: int, amount: int | None, is_released: int) -> None:
        self.fund.pay(which, number, amount, is_released=is_released > 0)

    @rule(which=WHICH, outcome=st.sampled_from(Outcome), amount=SOME, rest=st.booleans())
    def a_result_comes(self, which: int, outcome: Outcome, amount: int | None, rest: bool) -> None:
        self.fund.tell(which, outcome, amount, rest_stays_open=rest)

    @rule(which=WHICH, outcome=st.sampled_from((Outcome.FULL, Outcome.FULL, Outcome.FAILED)))
    def it_is_delivered_or_not(self, which: int, outcome: Outcome) -> None:
        self.fund.tell(which, outcome, None, rest_stays_open=False)

    @rule(which=WHICH, amount=SOME)
    def a_payment_bounces(self, which: int, amount: int | None) -> None:
        self.fund.bounce(which, amount)

    @rule(which=WHICH, is_list=st.booleans())
    def a_payment_is_tried_again_or_a_list_given_up(self, which: int, is_list: bool) -> None:
        if is_list:
            self.fund.void_list(which)
        else:
            self.fund.retry(which)

    @rule(which=WHICH, amount=AMOUNT, decision=DECISIONS)
    def a_receipt_comes(self, which: int, amount: int, decision: ReviewDecision | None) -> None:
        self.fund.account(which, amount, decision)

    @rule(which=WHICH, is_slip=st.booleans())
    def an_acceptance_is_taken_back(self, which: int, is_slip: bool) -> None:
        self.fund.withdraw(which, is_slip=is_slip)

    @rule(which=WHICH, amount=SOME)
    def money_is_asked_back(self, which: int, amount: int | None) -> None:
        self.fund.demand(which, amount)

    @rule(which=WHICH, amount=AMOUNT)
    def money_comes_back(self, which: int, amount: int) -> None:
        self.fund.refund(which, amount)

    @rule(which=WHICH, amount=SOME)
    def money_is_given_up(self, which: int, amount: int | None) -> None:
        self.fund.give_up(which, amount)

    @rule(amount=st.integers(1, 50_000), is_signed=st.booleans(), reason=st.sampled_from(EndReason))
    def an_offer_is_answered(self, amount: int, is_signed: bool, reason: EndReason) -> None:
        if is_signed:
            self.fund.sign(2, amount)
        else:
            self.fund.decline(2, reason)

    @rule(which=WHICH, how=st.sampled_from(TURNS), is_early=st.booleans())
    def a_grant_takes_a_turn(self, which: int, how: str | EndReason | LifeEventKind, is_early: bool) -> None:
        if isinstance(how, LifeEventKind):
            self.fund.happen(which, how)
        elif isinstance(how, EndReason):
            self.fund.terminate(which, how)
        elif how == "close":
            self.fund.close(which, despite_open=is_early)
        elif how == "suspend":
            self.fund.suspend(which)
        else:
            self.fund.resume(which)

    @invariant()
    def the_money_adds_up(self) -> None:
        self.adds_up = False
        self.fund.require_that_money_adds_up()
        self.adds_up = True

    def teardown(self) -> None:
        try:
            if self.adds_up:
                self.fund.finish()
                self.fund.require_that_money_adds_up()
                self.fund.require_that_nothing_is_left_over()
        finally:
            self.end()


def test_the_money_adds_up_on_every_path_and_every_end_frees_what_it_should(
    database_server: DatabaseServer,
) -> None:
    live(PathOfGrants, database_server, lives=14, steps=40)


@pytest.fixture
def fund(database_server: DatabaseServer) -> Iterator[Fund]:
    """A fund at its beginning."""
    fund, end = begun(database_server)
    yield fund
    end()


def test_an_end_that_keeps_the_promise_is_seen(fund: Fund, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grants, "release_remainder", lambda positions: ())
    fund.terminate(0, EndReason.BREACH)

    with pytest.raises(AssertionError):
        fund.require_that_money_adds_up()


def test_a_refund_that_frees_what_is_still_promised_is_seen(
    fund: Fund, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refunds, "goes_back_to", lambda *_: "available")
    fund.refund(0, 1_000)

    with pytest.raises(AssertionError):
        fund.require_that_money_adds_up()


def test_a_promise_left_over_at_the_end_is_seen(fund: Fund) -> None:
    with pytest.raises(AssertionError):
        fund.require_that_nothing_is_left_over()
