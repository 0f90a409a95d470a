"""Random lives of grants through the public verbs: after every step the money adds up, at the end nothing is left over.

A path is drawn from a seed. Verbs are tried in any order, so that many are refused; a refusal has to leave no trace.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import pytest

from seedfund.funds.queries import fund_facts, line_positions
from seedfund.grants.queries.figures import grant_figures
from seedfund.grants.queries.grants import list_grants
from seedfund.grants.queries.payments import payments_of_grants
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.words import EndReason, LifeEventKind
from seedfund.grants.service import resume_grant, suspend_grant, terminate_grant
from seedfund.grants.service.course import ResumeGrant, SuspendGrant, TerminateGrant
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.payment_lists import (
    ApprovePaymentList,
    VoidPaymentList,
    approve_payment_list,
    void_payment_list,
)
from seedfund.grants.service.retries import RecordBounce, RetryPayments, record_bounce, retry_payments
from seedfund.grants.service.reviews import WithdrawAcceptance, withdraw_acceptance
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.register.rules import EvidenceKind
from tests.grants.accounting_for import (
    closed,
    demanded,
    filed,
    given_up,
    grant_of,
    handed_in,
    receipt,
    refunded,
    reviewed,
)
from tests.grants.paying import listed, payable_transfer, payee, release, told, wish
from tests.support.grants import agreed, awarded, drafted, home, issued, key, prepared, signed, tranche, usd
from tests.support.programme import House

SEEDS: Final = range(4)
STEPS: Final = 40
RUNNING: Final = ("awarded", "in_force", "suspended", "terminated")


@dataclass
class Path:
    """One random life of a small fund: three grants, one of them from two lines, one without receipts."""

    house: House
    draw: random.Random
    grants: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    donor: str = ""
    done: int = 0

    def begin(self) -> None:
        """Three grants in force, each with its payee."""
        prepared(self.house)
        self.donor = filed(self.house, "dd" * 32, EvidenceKind.DONOR_LETTER)
        owner = home(self.house)
        simple = agreed(self.house, tranche(usd(300)), tranche(usd(200)), owner=owner)
        payee(self.house, simple, owner.head)
        second = home(self.house)
        shared = awarded(self.house, second, usd(300), usd(200)).number
        drafted(self.house, shared, tranche(usd(250)), tranche(usd(250)))
        signed(self.house, issued(self.house, shared))
        payee(self.house, shared, second.head)
        self.grants = [simple, shared, payable_transfer(self.house)]

    @property
    def grant(self) -> str:
        """Any of the grants."""
        return self.draw.choice(self.grants)

    def amount(self) -> Money:
        """Any amount, odd cents included."""
        return Money(self.draw.randint(1, 30_000), "USD")

    def payment(self) -> str:
        """Any payment there ever was."""
        with self.house.work("finance") as work:
            ids = [row.id for row in list_grants(work.reader(), work.programme.id)]
            rows = [row for found in payments_of_grants(work.reader(), ids).values() for row in found]
        if not rows:
            raise InvalidInput(field="payment", problem="there is none", remedy="list one")
        return self.draw.choice(rows).number

    # Verbs ---------------------------------------------------------------------------------------------------------

    def list_one(self) -> None:
        """Prepare a list, and most times approve and release it."""
        amount = self.amount() if self.draw.random() < 0.3 else None
        sent = listed(self.house, wish(self.grant, self.draw.choice((1, 1, 2)), amount))
        self.lists.append(sent.number)
        self.pay(sent.number)

    def pay(self, number: str) -> None:
        """Approve and release a list, most times."""
        if self.draw.random() < 0.9:
            with self.house.work("director") as work:
                approve_payment_list(work, ApprovePaymentList(key=key(), number=number))
            release(self.house, number)

    def void_list(self) -> None:
        """Give up a list."""
        with self.house.work("manager") as work:
            number = self.draw.choice(self.lists or ["PL-2026-0001"])
            void_payment_list(work, VoidPaymentList(key=key(), number=number, reason="x"))

    def tell(self) -> None:
        """A result, sometimes impossible."""
        outcome = self.draw.choice(list(Outcome))
        amount = self.amount() if self.draw.random() < 0.4 else None
        told(
            self.house,
            self.payment(),
            outcome,
            amount=amount,
            rest_stays_open=self.draw.random() < 0.3,
            reference=str(self.done),
        )

    def bounce(self) -> None:
        """A payment comes back."""
        amount = self.amount() if self.draw.random() < 0.5 else None
        with self.house.work("reconciler") as work:
            command = RecordBounce(key=key(), payment=self.payment(), amount=amount, reference=str(self.done))
            record_bounce(work, command)

    def retry(self) -> None:
        """A failed payment is tried again."""
        with self.house.work("finance") as work:
            sent = retry_payments(
                work, RetryPayments(key=key(), payments=(self.payment(),), bank_account="BANK")
            )
        self.lists.append(sent.number)
        self.pay(sent.number)

    def account(self) -> None:
        """A receipt comes and is decided."""
        number = handed_in(self.house, self.grant, receipt(self.amount(), number=f"R{self.done}")).number
        self.receipts.append(number)
        if self.draw.random() < 0.9:
            rejects = self.draw.random() < 0.2
            decision = ReviewDecision.REJECTED if rejects else ReviewDecision.ACCEPTED
            reviewed(self.house, number, decision=decision, observation="seen")

    def withdraw(self) -> None:
        """An acceptance is taken back."""
        number = self.draw.choice(self.receipts or ["JU-2026-9999"])
        with self.house.work("director") as work:
            command = WithdrawAcceptance(
                key=key(),
                justification=number,
                position=1,
                reason="x",
                is_slip=self.draw.random() < 0.5,
            )
            withdraw_acceptance(work, command)

    def demand(self) -> None:
        """Money is asked back."""
        demanded(self.house, self.grant, self.amount() if self.draw.random() < 0.5 else None)

    def refund(self) -> None:
        """Money comes back."""
        refunded(self.house, self.grant, self.amount())

    def give_up(self) -> None:
        """Money is given up."""
        amount = self.amount() if self.draw.random() < 0.5 else None
        given_up(self.house, self.grant, amount, donor=self.donor)

    def turn(self) -> None:
        """A grant is suspended, resumed or ended, or something happens to the participant."""
        grant = self.grant
        with self.house.work("manager") as work:
            which = self.draw.random()
            if which < 0.3:
                suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="x"))
            elif which < 0.7:
                resume_grant(work, ResumeGrant(key=key(), grant=grant, reason="x"))
            elif which < 0.85:
                terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=EndReason.BREACH))
            else:
                kind = self.draw.choice((LifeEventKind.RELOCATION, LifeEventKind.WITHDRAWAL))
                record_life_event(work, RecordLifeEvent(key=key(), grant=grant, kind=kind))

    def close(self) -> None:
        """A grant is closed, most times too early."""
        closed(self.house, self.grant, despite_open=self.draw.random() < 0.2, reason="x")

    def step(self) -> None:
        """One verb, often refused."""
        verbs: list[Callable[[], None]] = [
            *([self.list_one] * 4 + [self.tell] * 5 + [self.account] * 3 + [self.refund, self.demand]),
            *(self.bounce, self.retry, self.void_list, self.withdraw, self.give_up, self.turn, self.close),
        ]
        self.done += 1
        try:
            self.draw.choice(verbs)()
        except (Refused, InvalidInput, NotFound):
            return

    def finish(self) -> None:
        """Everything on the way gets a result, every list that waits is given up, every grant is closed."""
        with self.house.work("finance") as work:
            ids = [row.id for row in list_grants(work.reader(), work.programme.id)]
            rows = [row for found in payments_of_grants(work.reader(), ids).values() for row in found]
        for row in rows:
            if row.facts.is_in_flight:
                outcome = self.draw.choice((Outcome.FULL, Outcome.FAILED))
                told(self.house, row.number, outcome, reference="last")
        for number in self.lists:
            try:
                with self.house.work("manager") as work:
                    void_payment_list(work, VoidPaymentList(key=key(), number=number, reason="x"))
            except Refused:
                continue
        for number in self.receipts:
            try:
                reviewed(self.house, number, decision=ReviewDecision.REJECTED, observation="late")
            except Refused:
                continue
        for grant in self.grants:
            if grant_of(self.house, grant).state in RUNNING:
                self._end(grant)

    def _end(self, grant: str) -> None:
        """A suspended grant is ended before it is closed."""
        if grant_of(self.house, grant).state == "suspended":
            with self.house.work("manager") as work:
                terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=EndReason.BREACH))
        closed(self.house, grant, despite_open=True, reason="the path ends")


def money_adds_up(house: House) -> None:
    """The identities of every grant, every line and the whole fund."""
    with house.work("auditor") as work:
        reader, programme = work.reader(), work.programme.id
        grants = list_grants(reader, programme)
        found = grant_figures(reader, grants)
        lines = line_positions(reader, fund_facts(reader, programme, "UNHCR"))
    assert {row.number: found[row.id].contradictions for row in grants} == {row.number: () for row in grants}
    for line in lines.values():
        promised = line.pre_committed + line.open_commitment
        assert line.allotted + line.over == line.available + promised + line.spent
    for figures in found.values():
        total = figures.total
        accounted = total.justified + total.returned + total.written_off + total.borne_by_own
        assert total.disbursed == accounted + total.refund_due + total.to_justify


def nothing_is_left_over(house: House) -> None:
    """Whatever the end: nothing promised, nothing on the way, and what was not spent is free on its line."""
    with house.work("auditor") as work:
        reader, programme = work.reader(), work.programme.id
        found = grant_figures(reader, list_grants(reader, programme))
        lines = line_positions(reader, fund_facts(reader, programme, "UNHCR"))
    for figures in found.values():
        assert [part.position.committed for part in figures.parts] == [0] * len(figures.parts)
        assert [part.position.in_payment for part in figures.parts] == [0] * len(figures.parts)
        assert [part.position.awarded for part in figures.parts] == [0] * len(figures.parts)
    for line in lines.values():
        assert line.available + line.spent == line.allotted + line.over


@pytest.mark.parametrize("seed", SEEDS)
def test_the_money_adds_up_on_every_path_and_every_end_releases_what_it_should(
    house: House, seed: int
) -> None:
    path = Path(house, random.Random(seed))
    path.begin()
    for _ in range(STEPS):
        path.step()
        money_adds_up(house)

    path.finish()

    money_adds_up(house)
    nothing_is_left_over(house)
