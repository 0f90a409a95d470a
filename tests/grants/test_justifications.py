"""Receipts: taken in, known again, reviewed by another hand, within plan line and agreement; goods handed over."""

import pytest
import sqlalchemy as sa

from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.service.justifications import RecordJustification, record_justification
from seedfund.grants.service.reviews import (
    AcceptanceWithdrawn,
    WithdrawAcceptance,
    withdraw_acceptance,
)
from seedfund.kernel.errors import InvalidInput, Refused
from tests.grants.accounting_for import accounted, figures, handed_in, receipt, reviewed
from tests.grants.paying import (
    at,
    bounced,
    paid,
    payable,
    payable_transfer,
    payee,
)
from tests.support.grants import (
    agreed,
    awarded_on_plan,
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


def withdrawn(
    house: House, justification: str, *, is_slip: bool = False, actor: str = "director"
) -> AcceptanceWithdrawn:
    with house.work(actor) as work:
        return withdraw_acceptance(
            work,
            WithdrawAcceptance(
                key=key(), justification=justification, position=1, reason="copied", is_slip=is_slip
            ),
        )


def in_two(house: House) -> str:
    """A grant of two tranches, 300 and 200, its owner paid in cash."""
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    return grant


def on_plan(house: House) -> str:
    """A grant over 500 dollars on a committee's decision, paid in full."""
    owner = home(house)
    grant = awarded_on_plan(house, owner).number
    drafted(house, grant, tranche(usd(500)))
    signed(house, issued(house, grant))
    payee(house, grant, owner.head)
    paid(house, grant)
    return grant


def test_an_accepted_receipt_answers_the_open_advance(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)

    result = accounted(house, grant, usd(120))

    position = at(house, grant)
    assert (result.accepted, result.own, result.applied) == (usd(120), usd(0), usd(120))
    assert (position.expense, position.open_advance) == (12_000, 38_000)


def test_what_is_accepted_beyond_the_open_advance_waits_and_meets_the_next_delivery(house: House) -> None:
    prepared(house)
    grant = in_two(house)
    paid(house, grant, 1)
    result = accounted(house, grant, usd(450))
    before = figures(house, grant)
    paid(house, grant, 2)

    after = figures(house, grant)
    assert (result.accepted, result.applied) == (usd(450), usd(300))
    assert (before.unapplied, before.total.justified) == (usd(150), usd(300))
    assert (after.unapplied, after.total.justified, after.total.to_justify) == (usd(0), usd(450), usd(50))


def test_who_recorded_a_receipt_does_not_review_it(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    with house.work("expert") as work:
        number = record_justification(
            work, RecordJustification(key=key(), grant=grant, lines=(receipt(usd(10)),))
        ).number

    with pytest.raises(Refused) as caught:
        reviewed(house, number)

    assert caught.value.codes == ("recorder_reviews",)


def test_a_receipt_is_decided_once(house: House) -> None:
    prepared(house)
    number = handed_in(house, payable(house), receipt(usd(10))).number
    reviewed(house, number)

    with pytest.raises(Refused) as caught:
        reviewed(house, number, decision=ReviewDecision.REJECTED, observation="torn")

    assert caught.value.codes == ("no_such_step",)


def test_items_of_one_invoice_stand_on_several_plan_lines(house: House) -> None:
    prepared(house)
    grant = on_plan(house)

    recorded = handed_in(
        house,
        grant,
        receipt(usd(10), plan_line=1),
        receipt(usd(20), plan_line=2),
        receipt(usd(5), plan_line=2),
    )

    assert recorded.duplicates == (3,)


def test_what_goes_beyond_a_plan_line_and_its_tolerance_is_own_contribution(house: House) -> None:
    prepared(house)
    grant = on_plan(house)
    with house.engine.connect() as connection:
        line, total = connection.execute(
            sa.text("SELECT line, total_minor FROM sf_plan_item WHERE funded_by = 'grant' ORDER BY line")
        ).first() or (0, 0)
    number = handed_in(house, grant, receipt(usd(10_000), plan_line=line)).number

    result = reviewed(house, number)

    assert result.accepted.minor == min(total + total // 10, 50_000)
    assert result.accepted + result.own == usd(10_000)


def test_all_receipts_together_are_never_more_than_the_agreement(house: House) -> None:
    prepared(house)
    grant = payable(house)
    accounted(house, grant, usd(400), number="A1")

    result = accounted(house, grant, usd(300), number="A2")

    assert (result.accepted, result.own) == (usd(100), usd(200))


def test_a_receipt_of_a_grant_with_a_plan_names_its_line(house: House) -> None:
    prepared(house)
    grant = on_plan(house)
    number = handed_in(house, grant, receipt(usd(10))).number

    with pytest.raises(Refused) as caught:
        reviewed(house, number)

    assert caught.value.codes == ("plan_line_missing",)


def test_a_plan_has_the_lines_it_has(house: House) -> None:
    prepared(house)
    grant = on_plan(house)

    with pytest.raises(InvalidInput, match=r"row 1, field plan_line.*no line 99"):
        handed_in(house, grant, receipt(usd(10), plan_line=99))


def test_a_rejection_says_why_and_nothing_above_the_receipt_is_accepted(house: House) -> None:
    prepared(house)
    number = handed_in(house, payable(house), receipt(usd(80))).number

    with pytest.raises(Refused) as silent:
        reviewed(house, number, decision=ReviewDecision.REJECTED)
    with pytest.raises(Refused) as above:
        reviewed(house, number, accepted=usd(81))

    assert silent.value.codes == ("observation_missing",)
    assert above.value.codes == ("accepted_above_receipt",)


def test_an_acceptance_that_proves_wrong_is_demanded_back_by_a_third_person(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    number = handed_in(house, grant, receipt(usd(100))).number
    reviewed(house, number, actor="manager")
    with pytest.raises(Refused) as own:
        withdrawn(house, number, actor="manager")

    result = withdrawn(house, number)

    position = at(house, grant)
    assert own.value.codes == ("withdrawn_by_reviewer",)
    assert (result.amount, result.demand) == (usd(100), "RD-2026-0001")
    assert (position.expense, position.refund_due, position.open_advance) == (0, 10_000, 40_000)


def test_a_reviewers_slip_opens_the_advance_again(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    number = handed_in(house, grant, receipt(usd(100))).number
    reviewed(house, number)

    result = withdrawn(house, number, is_slip=True)

    assert (result.demand, at(house, grant).open_advance, at(house, grant).refund_due) == ("", 50_000, 0)


def test_receipts_of_a_benefit_without_receipts_post_nothing(house: House) -> None:
    prepared(house)
    grant = payable_transfer(house)
    paid(house, grant)
    before = at(house, grant)

    result = accounted(house, grant, usd(10))

    assert result.applied == usd(0)
    assert at(house, grant) == before


def test_receipts_that_met_a_payment_wait_again_when_it_bounces(house: House) -> None:
    prepared(house)
    grant = in_two(house)
    payment = paid(house, grant, 1)
    accounted(house, grant, usd(200))

    bounced(house, payment)

    found = figures(house, grant)
    assert (found.total.justified, found.unapplied, found.contradictions) == (usd(0), usd(200), ())


def test_names_on_receipts_are_nowhere_in_clear(house: House) -> None:
    prepared(house)
    grant = payable(house)
    handed_in(house, grant, receipt(usd(10), supplier="Rosa Prueba Cuasi", number="998877665544"))

    with house.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM sf_justification_line")).all()
        audit = connection.execute(sa.text("SELECT payload, changes FROM sf_audit")).all()
    shown = f"{rows} {audit}"
    assert "998877665544" not in shown
    assert "Rosa Prueba" not in shown
