"""How grants end: demands, refunds, write-offs, close-out with its figures, life events, transfers of other payers."""

from dataclasses import replace
from datetime import date

import pytest

from seedfund.approvals.queries import exceptions_in
from seedfund.funds.queries import budget_line
from seedfund.grants.queries.endings import demands_of
from seedfund.grants.queries.grants import supports_of_household
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.refunding import DemandReason
from seedfund.grants.rules.words import EndReason, LifeEventKind
from seedfund.grants.service import terminate_grant
from seedfund.grants.service.course import TerminateGrant
from seedfund.grants.service.demanding import DemandRefund, LiftDemand, demand_refund, lift_demand
from seedfund.grants.service.external_transfers import (
    RecordExternalTransfer,
    record_external_transfer,
)
from seedfund.grants.service.life_events import (
    LifeEventRecorded,
    RecordLifeEvent,
    record_life_event,
)
from seedfund.grants.service.refunds import RecordRefund, record_refund
from seedfund.grants.service.write_offs import (
    AuthoriseWriteOff,
    RequestWriteOff,
    request_write_off,
    write_off,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance
from seedfund.people.queries import household_by_number
from seedfund.register.rules import EvidenceKind
from tests.grants.accounting_for import (
    accounted,
    closed,
    demanded,
    figures,
    filed,
    given_up,
    grant_of,
    handed_in,
    receipt,
    refunded,
)
from tests.grants.paying import (
    at,
    listed,
    paid,
    payable,
    payee,
    released,
    standing,
    told,
    wish,
)
from tests.support.grants import agreed, awarded, drafted, home, issued, key, prepared, signed, tranche, usd
from tests.support.programme import House


def paid_grant(house: House) -> str:
    """A grant over 500 dollars that was paid in full."""
    grant = payable(house)
    paid(house, grant)
    return grant


def demand_states(house: House, grant: str) -> list[str]:
    row = grant_of(house, grant)
    with house.work("finance") as work:
        return [demand.state for demand in demands_of(work.reader(), [row.id])[row.id]]


def available(house: House) -> Money:
    with house.work("finance") as work:
        return budget_line(work.reader(), work.programme.id, "UNHCR", "A1").available


def not_closed(house: House, grant: str, *, despite_open: bool = False, reason: str = "") -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        closed(house, grant, despite_open=despite_open, reason=reason)
    return caught.value.codes


def lived(house: House, grant: str, kind: LifeEventKind) -> LifeEventRecorded:
    with house.work("coach") as work:
        return record_life_event(work, RecordLifeEvent(key=key(), grant=grant, kind=kind))


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


def test_a_refund_while_in_force_can_be_paid_again_and_after_the_end_goes_to_its_line(house: House) -> None:
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
    with house.work("auditor") as work:
        days = DateRange(date(2026, 1, 1), date(2027, 1, 1))
        reasons = [row.reason for row in exceptions_in(work.reader(), work.programme.id, days)]
    assert reasons == ["year ends"]


def test_receipts_that_never_met_a_payment_are_own_contribution_at_the_close(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant, amount=usd(100))
    accounted(house, grant, usd(180))

    result = closed(house, grant)

    assert (result.justified, result.own, result.released) == (usd(100), usd(80), usd(400))


def test_nothing_is_decided_on_a_closed_grant_but_money_that_comes_is_taken_in(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    closed(house, grant, despite_open=True, reason="moved")

    with pytest.raises(Refused) as caught:
        demanded(house, grant)
    refunded(house, grant, usd(100))

    assert caught.value.codes == ("grant_closed",)
    assert (at(house, grant).open_advance, at(house, grant).committed) == (40_000, 0)


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
    command = RecordExternalTransfer(
        key=key(),
        household=owner.household,
        payer="MIES",
        benefit="bono",
        purpose="consumption",
        amount=usd(55),
        from_day=date(2026, 1, 1),
        source="certificate of the ministry",
    )
    with house.work("field") as work:
        result = record_external_transfer(work, command)
        with pytest.raises(InvalidInput, match="field payer"):
            record_external_transfer(work, replace(command, key=key(), payer=" "))
        row = household_by_number(work.reader(), work.programme.id, owner.household)
        supports = supports_of_household(work.reader(), row.id)

    assert result.number == "ET-2026-0001"
    assert [(support.payer, support.purpose) for support in supports] == [("MIES", "consumption")]


def test_an_expert_does_not_take_refunds_in(house: House) -> None:
    prepared(house)
    grant = paid_grant(house)
    with pytest.raises(NotAllowed), house.work("expert", Assurance.PIN) as work:
        record_refund(work, RecordRefund(key=key(), grant=grant, amount=usd(1), bank_account="BANK"))
