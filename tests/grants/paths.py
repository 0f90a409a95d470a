"""A small fund with four grants, driven through the public verbs; what each takes from its lines is kept beside it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from sqlalchemy import Engine, create_engine

from seedfund.funds.queries import fund_facts, line_positions
from seedfund.grants.queries.figures import GrantFigures, grant_figures
from seedfund.grants.queries.grants import list_grants
from seedfund.grants.rules.deliveries import BROUGHT_NOTHING, Outcome
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.late import LateDecision
from seedfund.grants.rules.words import EndReason, LifeEventKind
from seedfund.grants.service import decline_award, resume_grant, suspend_grant, terminate_grant
from seedfund.grants.service.awards import DeclineAward
from seedfund.grants.service.course import ResumeGrant, SuspendGrant, TerminateGrant
from seedfund.grants.service.late_results import DecideLateResult, decide_late_result
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.payment_lists import (
    ApprovePaymentList,
    PaymentListSent,
    VoidPaymentList,
    approve_payment_list,
    void_payment_list,
)
from seedfund.grants.service.reviews import WithdrawAcceptance, withdraw_acceptance
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.kernel.ids import CountingIds
from seedfund.kernel.money import Money
from seedfund.register.rules import EvidenceKind
from tests.grants import accounting_for, paying
from tests.grants.paying import payable_transfer, payee, told, wish
from tests.grants.purse import Purse
from tests.support.databases import DatabaseServer
from tests.support.grants import agreed, awarded, drafted, home, issued, key, prepared, signed, tranche, usd
from tests.support.programme import House, build_founded, house_on

R = TypeVar("R")
RUNNING: Final = ("in_force", "suspended")
DONOR: Final = "dd" * 32


def attempt(act: Callable[[], R]) -> R | None:
    """What a verb answers; None when it is refused, which has to leave no trace."""
    try:
        return act()
    except (Refused, InvalidInput, NotFound):
        return None


def dollars(minor: int | None) -> Money | None:
    """An amount, or none given."""
    return None if minor is None else Money(minor, "USD")


@dataclass
class Fund:
    """The grants with their purses, and the payments, lists and receipts there ever were, each with its grant."""

    house: House
    purses: dict[str, Purse] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    shared: str = ""
    payments: list[tuple[str, str]] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    told: int = 0

    def grant(self, which: int) -> str:
        """One of the grants."""
        return list(self.purses)[which % len(self.purses)]

    def payment(self, which: int) -> tuple[str, str] | None:
        """One of the payments, the newest first, with its grant."""
        return self.payments[-1 - which % len(self.payments)] if self.payments else None

    def _entered(self, grant: str, state: str) -> None:
        self.states[grant] = state
        if state in ("declined", "terminated", "closed"):
            self.purses[grant].end()

    # The award --------------------------------------------------------------------------------------------------------

    def sign(self, which: int, amount: int) -> None:
        """An award becomes an agreement, perhaps for less; the rest of the award is free again."""
        grant = self.grant(which)
        if self.states[grant] != "awarded":
            return
        drafted(self.house, grant, tranche(Money(amount, "USD")), amount=Money(amount, "USD"))
        signed(self.house, issued(self.house, grant))
        self._entered(grant, "in_force")
        self.purses[grant].promised = amount

    def decline(self, which: int, reason: EndReason) -> None:
        """An award does not become an agreement."""
        grant = self.grant(which)
        with self.house.work("manager") as work:
            if attempt(lambda: decline_award(work, DeclineAward(key=key(), grant=grant, reason=reason))):
                self._entered(grant, "declined")

    # Payments ---------------------------------------------------------------------------------------------------------

    def pay(self, which: int, number: int, amount: int | None, *, is_released: bool) -> None:
        """A tranche is listed, approved and released, or left on its list."""
        wanted = wish(self.grant(which), number, dollars(amount))
        self._send(
            attempt(lambda: paying.listed(self.house, wanted)), self.grant(which), is_released=is_released
        )

    def retry(self, which: int) -> None:
        """A payment that brought nothing is tried again."""
        found = self.payment(which)
        if found is not None:
            self._send(attempt(lambda: paying.retried(self.house, found[1])), found[0], is_released=True)

    def _send(self, sent: PaymentListSent | None, grant: str, *, is_released: bool) -> None:
        if sent is None:
            return
        self.lists.append(sent.number)
        if is_released and attempt(lambda: self._approved(sent.number)):
            (payment,) = sent.payments
            self.payments.append((grant, payment))
            self.purses[grant].release(payment, sent.total.minor)

    def _approved(self, number: str) -> bool:
        with self.house.work("director") as work:
            approve_payment_list(work, ApprovePaymentList(key=key(), number=number))
        paying.release(self.house, number)
        return True

    def void_list(self, which: int) -> None:
        """A list is given up; nothing of it had left."""
        if self.lists:
            command = VoidPaymentList(key=key(), number=self.lists[which % len(self.lists)], reason="x")
            with self.house.work("manager") as work:
                attempt(lambda: void_payment_list(work, command))

    def tell(self, which: int, outcome: Outcome, amount: int | None, *, rest_stays_open: bool) -> None:
        """What came of a payment, possible or not: a fact is taken in."""
        found = self.payment(which)
        if found is None:
            return
        grant, payment = found
        self.told += 1
        if outcome is Outcome.PART and amount is None:
            amount = 1  # a part is told with its amount
        told(
            self.house,
            payment,
            outcome,
            amount=dollars(amount),
            rest_stays_open=rest_stays_open,
            reference=str(self.told),
        )
        held = self.purses[grant].flying.get(payment, 0)
        paid = amount if amount is not None else (0 if outcome in BROUGHT_NOTHING else held)
        self.purses[grant].result(payment, paid, rest_stays_open=rest_stays_open)

    def bounce(self, which: int, amount: int | None) -> None:
        """A payment comes back."""
        found = self.payment(which)
        if found is None:
            return
        grant, payment = found
        purse = self.purses[grant]
        back, spent = purse.whole(payment) if amount is None else amount, self.spent(grant)
        if attempt(lambda: paying.bounced(self.house, payment, dollars(amount))):
            # Over two lines the shares decide what was covered; else the purse knows by itself.
            covered = max(spent - self.spent(grant), 0) if grant == self.shared else None
            purse.bounce(payment, back, covered=covered)

    # Accounting for it ------------------------------------------------------------------------------------------------

    def account(self, which: int, amount: int, decision: ReviewDecision | None) -> None:
        """A receipt comes and is decided, or waits; nothing is free by it."""
        line = accounting_for.receipt(Money(amount, "USD"), number=f"R{len(self.receipts)}")
        done = attempt(lambda: accounting_for.handed_in(self.house, self.grant(which), line))
        if done is not None:
            self.receipts.append(done.number)
            if decision is not None:
                attempt(lambda: self._review(done.number, decision))

    def _review(self, number: str, decision: ReviewDecision) -> None:
        accounting_for.reviewed(self.house, number, decision=decision, observation="seen")

    def withdraw(self, which: int, *, is_slip: bool) -> None:
        """An acceptance is taken back; nothing is free by it."""
        if self.receipts:
            number = self.receipts[which % len(self.receipts)]
            command = WithdrawAcceptance(
                key=key(), justification=number, position=1, reason="x", is_slip=is_slip
            )
            with self.house.work("director") as work:
                attempt(lambda: withdraw_acceptance(work, command))

    def demand(self, which: int, amount: int | None) -> None:
        """Money is asked back; nothing is free by it."""
        attempt(lambda: accounting_for.demanded(self.house, self.grant(which), dollars(amount)))

    def refund(self, which: int, amount: int) -> None:
        """Money comes back: a fact. While the agreement is in force it can be paid again, later it is free."""
        grant = self.grant(which)
        done = accounting_for.refunded(self.house, grant, Money(amount, "USD"))
        total = self.figures()[grant].total
        assert not done.excess or not (total.to_justify.minor or total.refund_due.minor)
        stays = self.states[grant] in RUNNING
        self.purses[grant].refund(amount, done.excess.minor, stays_promised=stays)

    def give_up(self, which: int, amount: int | None) -> None:
        """Money is written off: spent it stays."""
        grant = self.grant(which)
        attempt(lambda: accounting_for.given_up(self.house, grant, dollars(amount), donor=DONOR))

    # The course of a grant --------------------------------------------------------------------------------------------

    def suspend(self, which: int) -> None:
        """No payment for a while."""
        grant = self.grant(which)
        with self.house.work("manager") as work:
            if attempt(lambda: suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="x"))):
                self._entered(grant, "suspended")

    def resume(self, which: int) -> None:
        """Payments go on."""
        grant = self.grant(which)
        with self.house.work("manager") as work:
            if attempt(lambda: resume_grant(work, ResumeGrant(key=key(), grant=grant, reason="x"))):
                self._entered(grant, "in_force")

    def terminate(self, which: int, reason: EndReason) -> None:
        """No payment any more."""
        grant = self.grant(which)
        with self.house.work("manager") as work:
            if attempt(lambda: terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=reason))):
                self._entered(grant, "terminated")

    def happen(self, which: int, kind: LifeEventKind) -> None:
        """Something happens to the participant."""
        grant = self.grant(which)
        with self.house.work("field") as work:
            command = RecordLifeEvent(key=key(), grant=grant, kind=kind)
            done = attempt(lambda: record_life_event(work, command))
        if done is not None and done.state != self.states[grant]:
            self._entered(grant, done.state)

    def close(self, which: int, *, despite_open: bool) -> None:
        """The last word, most times too early."""
        grant = self.grant(which)
        if attempt(lambda: accounting_for.closed(self.house, grant, despite_open=despite_open, reason="x")):
            self._entered(grant, "closed")

    def finish(self) -> None:
        """Every result is in, nothing waits on a list or a desk, and every grant is at an end."""
        for back, (grant, payment) in enumerate(reversed(self.payments)):
            if payment in self.purses[grant].flying:
                self.tell(back, (Outcome.FULL, Outcome.FAILED)[back % 2], None, rest_stays_open=False)
        for _, payment in self.payments:
            attempt(partial(self._not_received, payment))
        for which in range(len(self.lists)):
            self.void_list(which)
        for number in self.receipts:
            attempt(partial(self._review, number, ReviewDecision.REJECTED))
        for which, grant in enumerate(self.purses):
            self.decline(which, EndReason.LAPSED)
            if self.states[grant] == "suspended":
                self.terminate(which, EndReason.BREACH)
            if self.states[grant] != "declined":
                self.close(which, despite_open=True)

    def _not_received(self, payment: str) -> None:
        """Late money is the provider's debt; nothing of the grant is spent by it."""
        command = DecideLateResult(
            key=key(), payment=payment, decision=LateDecision.NOT_RECEIVED, reason="not seen"
        )
        with self.house.work("approver") as work:
            decide_late_result(work, command)

    # What always holds ------------------------------------------------------------------------------------------------

    def figures(self) -> dict[str, GrantFigures]:
        """The grants in figures, by number."""
        with self.house.work("auditor") as work:
            rows = list_grants(work.reader(), work.programme.id)
            return {one.grant.number: one for one in grant_figures(work.reader(), rows).values()}

    def spent(self, grant: str) -> int:
        """What the books say was spent of a grant."""
        return sum(part.position.spent for part in self.figures()[grant].parts)

    def require_that_money_adds_up(self) -> None:
        """Each grant takes what its purse says and no unit more; the fund has the rest; no identity is broken."""
        figures = self.figures()
        with self.house.work("auditor") as work:
            lines = line_positions(work.reader(), fund_facts(work.reader(), work.programme.id, "UNHCR"))
        for number, found in figures.items():
            purse, at = self.purses[number], [part.position for part in found.parts]
            assert found.contradictions == (), number
            assert found.grant.state == self.states[number]
            assert sum(one.spent for one in at) == purse.spent, number
            assert sum(one.in_payment for one in at) == purse.on_its_way, number
            assert sum(one.awarded + one.committed + one.spent for one in at) == purse.taken, number
            total = found.total
            accounted = total.justified + total.returned + total.written_off + total.borne_by_own
            assert total.disbursed == accounted + total.refund_due + total.to_justify, number
        free = sum(line.available - line.over for line in lines.values())
        allotted = sum(line.allotted for line in lines.values())
        assert free == allotted - sum(purse.taken for purse in self.purses.values())
        for line in lines.values():
            promised = line.pre_committed + line.open_commitment
            assert line.allotted + line.over == line.available + promised + line.spent

    def require_that_nothing_is_left_over(self) -> None:
        """At the end each unit is spent or free."""
        for number, found in self.figures().items():
            assert self.purses[number].has_ended, number
            at = [part.position for part in found.parts]
            assert [(one.awarded, one.committed, one.in_payment) for one in at] == [(0, 0, 0)] * len(at), (
                number
            )


# Where a path begins --------------------------------------------------------------------------------------------------

_BEGUN: Final[dict[str, Fund]] = {}


def begun(server: DatabaseServer) -> tuple[Fund, Callable[[], None]]:
    """A fund on a database of its own, and what removes it."""
    url = server.create(server.template("paths", lambda engine: _begin(server.label, engine)))
    engine = create_engine(url)
    house = house_on(engine)
    house.ids = CountingIds(start=9_000_000)
    start = _BEGUN[server.label]
    fund = Fund(house, *deepcopy((start.purses, start.states, start.shared, start.payments)))
    fund.lists, fund.receipts, fund.told = list(start.lists), list(start.receipts), start.told

    def end() -> None:
        engine.dispose()
        server.drop(url)

    return fund, end


def _begin(label: str, engine: Engine) -> None:
    """One grant in two tranches, one over two lines, one without receipts, one only awarded; payments at every step."""
    build_founded(engine)
    house = house_on(engine)
    prepared(house)
    accounting_for.filed(house, DONOR, EvidenceKind.DONOR_LETTER)
    owners = [home(house) for _ in range(3)]
    simple = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owners[0])
    shared = awarded(house, owners[1], usd(300), usd(200)).number
    drafted(house, shared, tranche(usd(250)), tranche(usd(250)))
    signed(house, issued(house, shared))
    offered = awarded(house, owners[2]).number
    for grant, owner in zip((simple, shared, offered), owners, strict=True):
        payee(house, grant, owner.head)
    transfer = payable_transfer(house)
    purses = {simple: 50_000, shared: 50_000, offered: 50_000, transfer: 6_000}
    states = {grant: "awarded" if grant == offered else "in_force" for grant in purses}
    fund = Fund(house, {grant: Purse(minor) for grant, minor in purses.items()}, states, shared)
    for which in (0, 1):
        fund.pay(which, 1, None, is_released=True)
        fund.tell(0, Outcome.FULL, None, rest_stays_open=False)
        fund.account(which, 9_000, ReviewDecision.ACCEPTED)
    fund.pay(0, 2, 5_000, is_released=True)
    fund.pay(3, 1, None, is_released=True)
    fund.require_that_money_adds_up()
    assert len(fund.payments) == 4
    _BEGUN[label] = fund
