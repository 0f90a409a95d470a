"""How grants end: close-out with its figures, life events, and the transfers of other payers beside them."""

from dataclasses import replace

import pytest

from seedfund.grants.queries.supports import supports_of_household
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import EndReason, LifeEventKind
from seedfund.grants.service.demanding import LiftDemand, lift_demand
from seedfund.grants.service.external_transfers import record_external_transfer
from seedfund.grants.service.life_events import (
    LifeEventRecorded,
    RecordLifeEvent,
    record_life_event,
)
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.people.queries import household_by_number
from tests.grants.accounting_for import (
    accounted,
    available,
    closed,
    demanded,
    exceptions,
    figures,
    grant_of,
    handed_in,
    other_payer,
    receipt,
    refunded,
    reviewed,
)
from tests.grants.paying import (
    at,
    listed,
    paid,
    paid_grant,
    payable,
    payee,
    released,
    standing,
    told,
    wish,
)
from tests.support.grants import agreed, awarded, home, key, prepared, tranche, usd
from tests.support.programme import House


def not_closed(house: House, grant: str, *, despite_open: bool = False, reason: str = "") -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        closed(house, grant, despite_open=despite_open, reason=reason)
    return caught.value.codes


def lived(house: House, grant: str, kind: LifeEventKind) -> LifeEventRecorded:
    with house.work("coach") as work:
        return record_life_event(work, RecordLifeEvent(key=key(), grant=grant, kind=kind))


def test_a_grant_closes_with_its_five_amounts(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant, 1)
    accounted(house, grant, usd(250))
    refunded(house, grant, usd(50))
    before = available(house)

    result = closed(house, grant)

    assert (result.number, result.outcome) == ("AC-2026-0001", EndReason.COMPLETED)
    assert (result.awarded, result.committed, result.disbursed) == (usd(500), usd(500), usd(300))
    assert (result.justified, result.returned, result.released) == (usd(250), usd(50), usd(250))
    assert available(house) - before == usd(250)
    assert grant_of(house, grant).state == "closed"


def test_a_grant_with_anything_open_is_not_closed(house: House) -> None:
    prepared(house)
    in_flight, advanced, claimed, over = (
        payable(house),
        paid_grant(house),
        paid_grant(house),
        paid_grant(house),
    )
    sent = released(house, wish(in_flight))
    demanded(house, claimed)
    refunded(house, over, usd(510))

    assert not_closed(house, in_flight) == ("payment_in_flight",)
    assert not_closed(house, advanced) == ("advance_open",)
    assert not_closed(house, claimed) == ("refund_open",)
    assert not_closed(house, over) == ("excess_open",)
    told(house, sent.payments[0], Outcome.FAILED)
    assert closed(house, in_flight).disbursed == usd(0)


def test_a_grant_that_stands_in_a_list_or_has_receipts_to_review_is_never_closed(house: House) -> None:
    prepared(house)
    first, second = payable(house), payable(house)
    listed(house, wish(first))
    handed_in(house, second, receipt(usd(10)))

    assert not_closed(house, first, despite_open=True, reason="x") == ("payment_still_listed",)
    assert not_closed(house, second, despite_open=True, reason="x") == ("receipts_pending",)


def test_a_grant_closed_all_the_same_says_why_and_gives_back_the_rest_of_a_late_payment(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    before = available(house)
    assert not_closed(house, grant, despite_open=True) == ("reason_missing",)

    closed(house, grant, despite_open=True, reason="year ends")
    between = available(house)
    told(house, payment, Outcome.PART, amount=usd(200))

    assert (between, available(house) - before) == (before, usd(300))
    assert figures(house, grant).contradictions == ()
    assert [reason for _, reason in exceptions(house, "close_out")] == ["year ends"]


def test_receipts_that_never_met_a_payment_are_own_contribution_at_the_close(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant, amount=usd(100))
    accounted(house, grant, usd(180))

    result = closed(house, grant)

    assert (result.justified, result.own, result.released) == (usd(100), usd(80), usd(400))


def test_what_was_paid_on_a_closed_grant_is_accounted_for_and_then_nothing_is_decided_on_it(
    house: House,
) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments
    closed(house, grant, despite_open=True, reason="year ends")
    told(house, payment)

    accounted(house, grant, usd(300))
    demand = demanded(house, grant, usd(150))
    with house.work("manager") as work:
        lift_demand(work, LiftDemand(key=key(), number=demand.number, reason="paid in cash"))
    refunded(house, grant, usd(200))
    late = handed_in(house, grant, receipt(usd(5), number="002-001-000000009"))
    with pytest.raises(Refused) as demand_again:
        demanded(house, grant)
    with pytest.raises(Refused) as review:
        reviewed(house, late.number)

    stands = at(house, grant)
    assert demand_again.value.codes == ("grant_closed", "nothing_to_demand")
    assert review.value.codes == ("grant_closed",)
    assert (stands.expense, stands.open_advance, stands.refund_due, stands.committed) == (30_000, 0, 0, 0)
    assert figures(house, grant).contradictions == ()


def test_who_withdraws_gets_nothing_more_and_the_rest_goes_back(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant, 1)

    result = lived(house, grant, LifeEventKind.WITHDRAWAL)

    assert (result.number, result.state, result.retired_payees) == ("LE-2026-0001", "terminated", 1)
    assert (at(house, grant).committed, at(house, grant).open_advance) == (0, 30_000)
    assert grant_of(house, grant).end_reason == "withdrawn"


def test_an_award_whose_owner_withdraws_lapses(house: House) -> None:
    prepared(house)
    grant = awarded(house).number

    result = lived(house, grant, LifeEventKind.WITHDRAWAL)

    assert (result.state, at(house, grant).awarded) == ("declined", 0)


@pytest.mark.parametrize(
    ("kind", "state", "retired"),
    [
        (LifeEventKind.RELOCATION, "suspended", 0),
        (LifeEventKind.DEATH, "suspended", 1),
        (LifeEventKind.THEFT, "in_force", 0),
        (LifeEventKind.PAYEE_REPLACEMENT, "in_force", 1),
    ],
    ids=str,
)
def test_other_events_stop_payments_or_the_payee_and_move_no_money(
    house: House, kind: LifeEventKind, state: str, retired: int
) -> None:
    prepared(house)
    grant = paid_grant(house)
    before = standing(house, grant)

    result = lived(house, grant, kind)

    assert (result.state, result.retired_payees, result.entry) == (state, retired, "")
    assert standing(house, grant) == before


def test_nothing_is_asked_back_after_a_death(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    lived(house, grant, LifeEventKind.DEATH)

    with pytest.raises(Refused) as caught:
        demanded(house, grant)

    assert caught.value.codes == ("demand_after_death",)


def test_a_replaced_payee_is_not_paid_by_a_list_approved_before(house: House) -> None:
    prepared(house)
    grant = payable(house)
    lived(house, grant, LifeEventKind.PAYEE_REPLACEMENT)

    with pytest.raises(Refused) as caught:
        listed(house, wish(grant))

    assert caught.value.codes == ("payee_missing",)


def test_a_life_event_of_an_ended_grant_is_taken_in_and_changes_nothing(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    lived(house, grant, LifeEventKind.WITHDRAWAL)

    assert lived(house, grant, LifeEventKind.DEATH).state == "terminated"


def test_a_transfer_of_another_payer_is_seen_by_later_awards_and_moves_nothing(house: House) -> None:
    prepared(house)
    owner = home(house)
    command = other_payer(owner.household)
    with house.work("field") as work:
        result = record_external_transfer(work, command)
        with pytest.raises(InvalidInput, match="field payer"):
            record_external_transfer(work, replace(command, key=key(), payer=" "))
        row = household_by_number(work.reader(), work.programme.id, owner.household)
        supports = supports_of_household(work.reader(), row.id)

    assert result.number == "ET-2026-0001"
    assert [(support.payer, support.purpose) for support in supports] == [("MIES", "consumption")]
