"""Holes an audit looked for in the money of grants, each as the promise that closes it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from seedfund.grants.queries.endings import demands_of
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import Delivery, EndReason, LifeEventKind
from seedfund.grants.service.common import GrantMoved
from seedfund.grants.service.course import TerminateGrant, terminate_grant
from seedfund.grants.service.demanding import DemandLifted, LiftDemand, lift_demand
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import Refused
from seedfund.ledger.service.reversals import ReverseEntry, reverse_entry
from tests.grants.accounting_for import accounted, demanded, figures, given_up, grant_of, refunded
from tests.grants.paying import (
    at,
    bounced,
    paid,
    payable,
    payee,
    payment_of,
    released,
    retried,
    supplier,
    told,
    wish,
)
from tests.support.grants import agreed, home, key, prepared, tranche, usd
from tests.support.programme import House


def mixed(house: House) -> str:
    """A grant of which the supplier holds 250 for goods not handed over, and the participant 250 in cash."""
    owner = home(house)
    in_kind = TrancheAsked(amount=usd(250), delivery=Delivery.IN_KIND)
    grant = agreed(house, in_kind, tranche(usd(250)), owner=owner)
    supplier(house, grant)
    payee(house, grant, owner.head)
    paid(house, grant, 1)
    paid(house, grant, 2)
    return grant


def states(house: House, grant: str) -> dict[str, str]:
    """The demands of a grant by number."""
    row = grant_of(house, grant)
    with house.work("finance") as work:
        return {one.number: one.state for one in demands_of(work.reader(), [row.id])[row.id]}


def lifted(house: House, demand: str) -> DemandLifted:
    with house.work("director") as work:
        return lift_demand(work, LiftDemand(key=key(), number=demand, reason="asked in error"))


def terminated(house: House, grant: str, reason: EndReason) -> GrantMoved:
    day = house.clock.now().date() + timedelta(days=30)
    command = TerminateGrant(key=key(), grant=grant, reason=reason, refund_due_on=day)
    with house.work("manager") as work:
        return terminate_grant(work, command)


def numbers(house: House, event: str) -> list[str]:
    """The entries of an event, by number."""
    with house.engine.connect() as connection:
        found = sa.text("SELECT number FROM sf_entry WHERE event = :event ORDER BY number")
        return [str(number) for number in connection.execute(found, {"event": event}).scalars()]


@pytest.mark.parametrize("event", ["payment_delivered", "evidence_accepted"])
def test_a_reversal_never_leaves_payments_and_receipts_saying_what_the_books_do_not(
    house: House, event: str
) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    accounted(house, grant, usd(200))
    (number,) = numbers(house, event)
    before = figures(house, grant)

    with pytest.raises(Refused) as caught, house.work("director") as work:
        reverse_entry(work, ReverseEntry(key=key(), number=number, reason="entered in error"))

    assert caught.value.codes == ("entry_undone_elsewhere",)
    assert figures(house, grant) == before


def test_write_offs_of_one_grant_weigh_together_so_that_splitting_does_not_help(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    given_up(house, grant, usd(300))

    with pytest.raises(Refused) as caught:
        given_up(house, grant, usd(200))

    assert caught.value.codes == ("write_off_donor_paper",)


def test_a_refund_closes_the_demand_on_who_paid_and_not_the_suppliers(house: House) -> None:
    prepared(house)
    grant = mixed(house)
    of_supplier = demanded(house, grant, from_supplier=True).number
    of_participant = demanded(house, grant, usd(100)).number

    settled = refunded(house, grant, usd(100)).settled

    assert settled == (of_participant,)
    assert states(house, grant) == {of_supplier: "open", of_participant: "settled"}


def test_a_demand_that_is_let_go_opens_the_advance_of_whom_it_was_on(house: House) -> None:
    prepared(house)
    grant = mixed(house)
    of_supplier = demanded(house, grant, from_supplier=True).number
    demanded(house, grant, usd(100))

    amount = lifted(house, of_supplier).amount

    position = at(house, grant)
    assert amount == usd(250)
    assert dict(position.claims) == {"participant": 10_000, "supplier": 0}
    assert dict(position.advances) == {"participant": 15_000, "supplier": 25_000}


def test_a_grant_that_ends_asks_back_of_the_participant_what_the_participant_holds(house: House) -> None:
    prepared(house)
    grant = mixed(house)

    terminated(house, grant, EndReason.BREACH)

    position = at(house, grant)
    assert dict(position.claims) == {"participant": 25_000}
    assert position.advances["supplier"] == 25_000


@pytest.mark.parametrize("is_recorded", [True, False])
def test_a_grant_that_ends_by_death_asks_nothing_back(house: House, *, is_recorded: bool) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    if is_recorded:
        with house.work("coach") as work:
            record_life_event(work, RecordLifeEvent(key=key(), grant=grant, kind=LifeEventKind.DEATH))

    with pytest.raises(Refused) as caught:
        terminated(house, grant, EndReason.DECEASED)

    assert caught.value.codes == ("demand_after_death",)
    assert at(house, grant).refund_due == 0


def test_a_payment_once_irregular_stays_marked_after_a_regular_result(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    early = house.clock.now().date() - timedelta(days=3)
    told(house, payment, Outcome.PART, amount=usd(100), rest_stays_open=True, on=early)

    told(house, payment, Outcome.FULL, reference="rest")
    bounced(house, payment)

    with house.engine.connect() as connection:
        marks = connection.execute(
            sa.text("SELECT is_irregular FROM sf_disbursement WHERE number = :number"), {"number": payment}
        ).scalars()
        assert [bool(mark) for mark in marks] == [True]


def test_a_bounced_payment_is_retried_for_what_its_tranche_still_lacks(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.PART, amount=usd(300))
    paid(house, grant, 1)
    bounced(house, payment)

    sent = retried(house, payment)

    assert payment_of(house, sent.payments[0]).amount == usd(300)
