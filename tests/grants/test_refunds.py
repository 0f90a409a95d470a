"""Money that was paid and comes back or is given up: demands, refunds, write-offs."""

from dataclasses import replace
from datetime import date

import pytest

from seedfund.grants.queries.endings import demands_of
from seedfund.grants.rules.conditions import DateReached
from seedfund.grants.rules.refunding import DemandReason
from seedfund.grants.rules.words import EndReason
from seedfund.grants.service import terminate_grant
from seedfund.grants.service.course import TerminateGrant
from seedfund.grants.service.demanding import DemandRefund, LiftDemand, demand_refund, lift_demand
from seedfund.grants.service.refunds import RecordRefund, record_refund
from seedfund.grants.service.write_offs import (
    AuthoriseWriteOff,
    RequestWriteOff,
    request_write_off,
    write_off,
)
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.roles import Assurance
from seedfund.register.rules import EvidenceKind
from tests.grants.accounting_for import (
    accounted,
    available,
    closed,
    demanded,
    figures,
    filed,
    given_up,
    grant_of,
    refunded,
)
from tests.grants.paying import (
    at,
    listed,
    paid,
    paid_grant,
    payable,
    payee,
    released,
    told,
    wish,
)
from tests.support.grants import (
    TODAY,
    agreed,
    amended,
    awarded,
    drafted,
    home,
    issued,
    key,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House


def demand_states(house: House, grant: str) -> list[str]:
    row = grant_of(house, grant)
    with house.work("finance") as work:
        return [demand.state for demand in demands_of(work.reader(), [row.id])[row.id]]


def test_a_demand_ages_from_its_day_and_a_refund_answers_it(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    asked = demanded(house, grant, usd(200))

    result = refunded(house, grant, usd(200))

    position = at(house, grant)
    assert (asked.number, asked.due_on) == ("RD-2026-0001", date(2026, 2, 19))
    assert (result.number, result.excess, result.settled) == ("RO-2026-0001", usd(0), ("RD-2026-0001",))
    assert (position.refund_due, position.open_advance, position.spent) == (0, 30_000, 30_000)
    assert figures(house, grant).total.returned == usd(200)


def test_a_refund_in_part_leaves_the_demand_open(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    demanded(house, grant, usd(200))

    result = refunded(house, grant, usd(50))

    assert (result.settled, demand_states(house, grant)) == ((), ["open"])


def test_a_refund_beyond_all_that_was_open_is_kept_apart(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)

    result = refunded(house, grant, usd(510))

    assert (result.excess, at(house, grant).credit) == (usd(10), 1_000)


def test_a_refund_while_in_force_is_paid_again_once_and_closes_with_the_grant(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    refunded(house, grant, usd(200))
    with pytest.raises(Refused) as above:
        listed(house, wish(grant, amount=usd(200, 1)))
    sent = released(house, wish(grant))
    with pytest.raises(Refused) as twice:
        listed(house, wish(grant, amount=usd(1)))
    told(house, sent.payments[0])

    assert (above.value.codes, twice.value.codes) == (("tranche_exceeded",), ("tranche_paid",))
    assert (at(house, grant).committed, at(house, grant).spent) == (0, 50_000)
    accounted(house, grant, usd(500))
    result = closed(house, grant)
    assert (result.disbursed, result.returned, result.justified) == (usd(700), usd(200), usd(500))
    assert figures(house, grant).contradictions == ()


def test_a_refund_of_a_first_tranche_does_not_hold_up_the_second(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    paid(house, grant, 1)
    refunded(house, grant, usd(100))
    paid(house, grant, 2)
    paid(house, grant, 2, usd(100))

    assert (at(house, grant).committed, at(house, grant).spent) == (0, 50_000)


def test_a_refund_of_the_last_tranche_is_paid_again_or_dropped_as_that_tranche(house: House) -> None:
    prepared(house)
    grants = []
    for owner in (home(house), home(house)):
        grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
        payee(house, grant, owner.head)
        paid(house, grant, 1)
        paid(house, grant, 2)
        refunded(house, grant, usd(200))
        grants.append(grant)
    again, dropped = grants

    with pytest.raises(Refused) as first:
        listed(house, wish(again, 1))
    paid(house, again, 2)
    amended(house, dropped, tranche(usd(300)))
    signed(house, issued(house, dropped))

    assert first.value.codes == ("tranche_paid",)
    assert (at(house, again).committed, at(house, again).spent) == (0, 50_000)
    assert (at(house, dropped).committed, at(house, dropped).spent) == (0, 30_000)


def test_a_refund_is_scheduled_anew_or_given_back_by_an_adenda_that_raises_nothing(house: House) -> None:
    prepared(house)
    owner, other = home(house), home(house)
    anew, cut = agreed(house, owner=owner), agreed(house, owner=other)
    for grant, who in ((anew, owner), (cut, other)):
        payee(house, grant, who.head)
        paid(house, grant)
        refunded(house, grant, usd(200))
    before = available(house)
    amended(house, anew, tranche(usd(300)), tranche(usd(200), DateReached(TODAY), due_on=TODAY))
    amended(house, cut, tranche(usd(300)))
    for grant in (anew, cut):
        signed(house, issued(house, grant))

    with pytest.raises(Refused) as paid_up:
        listed(house, wish(anew, 1, usd(1)), wish(cut, 1, usd(1)))
    assert paid_up.value.codes == ("tranche_paid", "tranche_paid")
    assert (at(house, cut).committed, available(house) - before) == (0, usd(200))
    paid(house, anew, 2)
    assert (at(house, anew).committed, at(house, anew).spent) == (0, 50_000)


def test_a_cut_waiting_for_signatures_still_counts_what_was_paid_and_stayed(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    amended(house, grant, tranche(usd(150)), tranche(usd(200)))
    adenda = issued(house, grant)
    paid(house, grant, 1)
    refunded(house, grant, usd(100))

    with pytest.raises(Refused) as caught:
        signed(house, adenda)

    assert caught.value.codes == ("tranche_below_paid",)
    refunded(house, grant, usd(50))
    signed(house, adenda)
    assert (at(house, grant).committed, at(house, grant).spent) == (20_000, 15_000)


def test_a_refund_while_in_force_is_promised_again_and_after_the_end_goes_to_its_line(house: House) -> None:
    prepared(house)
    first, second = paid_grant(house), paid_grant(house)
    with house.work("manager") as work:
        terminate_grant(work, TerminateGrant(key=key(), grant=second, reason=EndReason.BREACH))
    before = available(house)

    refunded(house, first, usd(100))
    refunded(house, second, usd(100))

    assert (at(house, first).committed, at(house, second).committed) == (10_000, 0)
    assert available(house) - before == usd(100)


def test_more_than_is_open_is_not_demanded(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)

    with pytest.raises(Refused) as above:
        demanded(house, grant, usd(501))
    accounted(house, grant, usd(500))
    with pytest.raises(Refused) as nothing:
        demanded(house, grant)

    assert above.value.codes == ("demand_exceeds_open",)
    assert nothing.value.codes == ("nothing_to_demand",)


def test_a_lifted_demand_opens_the_advance_for_receipts_that_came_late(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    asked = demanded(house, grant)
    late = accounted(house, grant, usd(500))
    with pytest.raises(Refused) as own, house.work("manager") as work:
        lift_demand(work, LiftDemand(key=key(), number="RD-2026-0001", reason=""))
    with house.work("manager") as work:
        lifted = lift_demand(work, LiftDemand(key=key(), number=asked.number, reason="receipts came"))

    assert own.value.codes == ("reason_missing",)
    assert (late.applied, lifted.amount) == (usd(0), usd(500))
    assert (at(house, grant).expense, demand_states(house, grant)) == (50_000, ["lifted"])
    with pytest.raises(Refused) as again, house.work("manager") as work:
        lift_demand(work, LiftDemand(key=key(), number=asked.number, reason="again"))
    assert again.value.codes == ("demand_answered",)


def test_who_demanded_a_refund_does_not_let_it_go(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    with house.work("manager") as work:
        asked = demand_refund(work, DemandRefund(key=key(), grant=grant, reason=DemandReason.OVERDUE))

    with pytest.raises(Refused) as caught, house.work("manager") as work:
        lift_demand(work, LiftDemand(key=key(), number=asked.number, reason="pity"))

    assert caught.value.codes == ("lifted_by_demander",)


def test_money_is_given_up_by_an_authority_on_its_paper(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    demanded(house, grant, usd(200))

    result = given_up(house, grant, usd(300))

    position = at(house, grant)
    assert (result.amount, result.numbers, result.closed) == (usd(300), ("WO-2026-0001",), ("RD-2026-0001",))
    assert (position.write_offs, position.refund_due, position.open_advance) == (30_000, 0, 20_000)
    assert (position.spent, demand_states(house, grant)) == (50_000, ["written_off"])


def test_a_refund_after_a_write_off_recovers_it(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    given_up(house, grant, usd(400))

    refunded(house, grant, usd(250))

    assert (at(house, grant).open_advance, at(house, grant).write_offs) == (0, 25_000)


def test_a_write_off_needs_paper_authority_and_a_second_hand(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    command = RequestWriteOff(key=key(), grant=grant, reason="lost", evidence_sha256="ee" * 32)
    with pytest.raises(Refused) as unproven, house.work("manager") as work:
        request_write_off(work, command)
    filed(house, "ee" * 32, EvidenceKind.AUTHORITY)
    with house.work("manager") as work:
        asked = request_write_off(work, replace(command, key=key()))
    with pytest.raises(Refused) as own, house.work("manager") as work:
        write_off(work, AuthoriseWriteOff(key=key(), number=asked.number))
    with pytest.raises(Refused) as unlettered, house.work("director") as work:
        write_off(work, AuthoriseWriteOff(key=key(), number=asked.number))

    assert unproven.value.codes == ("write_off_paper",)
    assert own.value.codes == ("proposal_own",)
    assert unlettered.value.codes == ("write_off_donor_paper",)


def test_a_large_write_off_takes_the_donors_letter(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)

    assert given_up(house, grant, donor=filed(house, "dd" * 32, EvidenceKind.DONOR_LETTER)).amount == usd(500)


def test_no_more_is_given_up_than_is_open(house: House) -> None:
    prepared(house)
    first, second = paid_grant(house), payable(house)

    with pytest.raises(Refused) as above:
        given_up(house, first, usd(501))
    with pytest.raises(Refused) as nothing:
        given_up(house, second)

    assert above.value.codes == ("write_off_exceeds",)
    assert nothing.value.codes == ("write_off_nothing",)


def test_a_write_off_above_ones_ceiling_asks_for_a_higher_hand(house: House) -> None:
    prepared(house, received=20_000, allotted=9_000)
    owner = home(house)
    grant = awarded(house, owner, usd(6_000)).number
    drafted(house, grant, tranche(usd(6_000)))
    signed(house, issued(house, grant))
    payee(house, grant, owner.head)
    paid(house, grant)
    minutes = filed(house, "ab" * 32, EvidenceKind.MINUTES)
    letter = filed(house, "ef" * 32, EvidenceKind.DONOR_LETTER)
    with house.work("finance") as work:
        asked = request_write_off(
            work,
            RequestWriteOff(
                key=key(), grant=grant, reason="lost", evidence_sha256=minutes, donor_sha256=letter
            ),
        )

    with pytest.raises(Refused) as caught, house.work("manager") as work:
        write_off(work, AuthoriseWriteOff(key=key(), number=asked.number))

    assert "write_off_authority" in caught.value.codes


def test_an_expert_does_not_take_refunds_in(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    with pytest.raises(NotAllowed), house.work("expert", Assurance.PIN) as work:
        record_refund(work, RecordRefund(key=key(), grant=grant, amount=usd(1), bank_account="BANK"))
