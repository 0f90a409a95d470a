"""Receipts: taken in, known again, reviewed by another hand, within plan line and agreement; goods handed over."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.approvals.queries.exceptions import exceptions_in
from seedfund.approvals.rules.policy import Profile
from seedfund.approvals.rules.presets import also_in, preset
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.words import Delivery, DocumentKind, PaymentMethod
from seedfund.grants.service.handovers import HandedItem, RecordHandover, record_handover
from seedfund.grants.service.justifications import RecordJustification, record_justification
from seedfund.grants.service.reviews import (
    AcceptanceWithdrawn,
    WithdrawAcceptance,
    withdraw_acceptance,
)
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.secret import Secret
from tests.approvals.verbs import in_force
from tests.grants.accounting_for import accounted, figures, handed_in, handed_over, receipt, reviewed
from tests.grants.paying import (
    at,
    bounced,
    listed,
    paid,
    payable,
    payable_transfer,
    payee,
    released,
    retried,
    supplier,
    told,
    wish,
)
from tests.support.grants import (
    TODAY,
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


def test_the_same_document_is_known_again_in_another_household_however_it_is_written(house: House) -> None:
    prepared(house)
    first, second = payable(house), payable(house)
    accounted(house, first, usd(50))

    again = handed_in(
        house,
        second,
        receipt(usd(50), number="001 001 000000001", supplier="FERRETERÍA EJEMPLO"),
    )
    with pytest.raises(Refused) as caught:
        reviewed(house, again.number)

    assert again.duplicates == (1,)
    assert caught.value.codes == ("receipt_used_before",)
    assert (
        reviewed(house, again.number, decision=ReviewDecision.REJECTED, observation="twice").state
        == "rejected"
    )


def test_a_document_that_was_rejected_before_may_be_accepted_elsewhere(house: House) -> None:
    prepared(house)
    first, second = payable(house), payable(house)
    one = handed_in(house, first, receipt(usd(50))).number
    two = handed_in(house, second, receipt(usd(50))).number
    reviewed(house, one, decision=ReviewDecision.REJECTED, observation="wrong file")

    assert reviewed(house, two).accepted == usd(50)


def test_of_three_copies_one_is_accepted_whichever_was_rejected(house: House) -> None:
    prepared(house)
    grant = payable(house)
    first, second, third = (handed_in(house, grant, receipt(usd(50))).number for _ in range(3))
    reviewed(house, first, decision=ReviewDecision.REJECTED, observation="blurred")
    with pytest.raises(Refused) as early:
        reviewed(house, third)
    reviewed(house, second)

    with pytest.raises(Refused) as late:
        reviewed(house, third)

    assert (early.value.codes, late.value.codes) == (("receipt_used_before",),) * 2
    assert f"{second}/1, which is accepted" in str(late.value)


KNOWN_AGAIN = [
    ("accents", {"supplier": Secret("FERRETERIA EJEMPLO")}),
    ("tax id beside the name", {"tax_id": Secret("9900000001001")}),
    ("shortened number", {"number": Secret("1-1-1")}),
    ("number without dashes", {"number": Secret("001001000000001")}),
    ("same photo", {"number": Secret("77"), "supplier": Secret("Otra"), "file_sha256": "12" * 32}),
]


@pytest.mark.parametrize(("how", "changed"), KNOWN_AGAIN, ids=[how for how, _ in KNOWN_AGAIN])
def test_a_document_is_known_again_by_any_of_its_marks(house: House, how: str, changed: Any) -> None:
    prepared(house)
    grant = payable(house)
    one = replace(receipt(usd(50)), file_sha256="12" * 32)
    reviewed(house, handed_in(house, grant, one).number)

    again = handed_in(house, grant, replace(receipt(usd(50)), **changed))
    with pytest.raises(Refused) as caught:
        reviewed(house, again.number)

    assert again.duplicates == (1,), how
    assert caught.value.codes == ("receipt_used_before",)


def test_a_receipt_by_its_tax_id_is_known_again_when_the_name_stands_beside_it(house: House) -> None:
    prepared(house)
    grant = payable(house)
    one = replace(receipt(usd(50)), supplier=None, tax_id=Secret("9900000001001"))
    accepted = handed_in(house, grant, one).number
    reviewed(house, accepted)

    again = handed_in(house, grant, replace(receipt(usd(50)), tax_id=Secret("9900000001001")))

    assert again.duplicates == (1,)


def test_one_photo_of_several_documents_handed_in_together_marks_none(house: House) -> None:
    prepared(house)
    grant = payable(house)
    lines = [replace(receipt(usd(10), number=number), file_sha256="12" * 32) for number in ("1-1-7", "1-1-8")]

    recorded = handed_in(house, grant, *lines)

    assert recorded.duplicates == ()
    assert [reviewed(house, recorded.number, place).accepted for place in (1, 2)] == [usd(10), usd(10)]


def test_a_receipt_older_than_its_grant_is_taken_in_listed_and_accepted_with_words_alone(
    house: House,
) -> None:
    prepared(house)
    grant = payable(house)
    recorded = handed_in(house, grant, receipt(usd(50), on=date(2019, 1, 1)), receipt(usd(20), number="A7"))
    with pytest.raises(Refused) as silent:
        reviewed(house, recorded.number)

    told_why = reviewed(house, recorded.number, observation="Deposit on the oven, paid before.")

    assert recorded.early == (1,)
    assert silent.value.codes == ("receipt_before_grant",)
    assert told_why.accepted == usd(50)
    assert reviewed(house, recorded.number, 2).accepted == usd(20)
    with house.work("auditor") as work:
        days = DateRange(TODAY, TODAY + timedelta(days=1))
        found = [row.subject_number for row in exceptions_in(work.reader(), work.programme.id, days)]
    assert found == [f"{recorded.number}/1"]


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


def test_a_declaration_in_lieu_of_a_receipt_has_a_cap(house: House) -> None:
    prepared(house)
    grant = payable(house)
    number = handed_in(house, grant, receipt(usd(80), kind=DocumentKind.DECLARATION)).number

    with pytest.raises(Refused) as caught:
        reviewed(house, number)
    result = reviewed(
        house,
        number,
        decision=ReviewDecision.ACCEPTED_WITH_OBSERVATION,
        accepted=usd(50),
        observation="market stall",
    )

    assert caught.value.codes == ("declaration_above_cap",)
    assert result.accepted == usd(50)


def test_declarations_of_a_grant_share_one_cap_however_they_are_split(house: House) -> None:
    prepared(house)
    grant, other = payable(house), payable(house)
    declared = receipt(usd(30), kind=DocumentKind.DECLARATION)
    numbers = [handed_in(house, grant, declared).number for _ in range(2)]
    reviewed(house, numbers[0])

    with pytest.raises(Refused) as caught:
        reviewed(house, numbers[1])

    assert caught.value.codes == ("declaration_above_cap",)
    assert "accept USD 20.00" in str(caught.value)
    assert reviewed(house, handed_in(house, other, declared).number).accepted == usd(30)


def test_a_declaration_waits_until_the_policy_has_a_cap_in_its_currency(house: House) -> None:
    prepared(house)
    terms = also_in(preset(Profile.SMALL, "EUR"), "USD", times=1)
    in_force(house, replace(terms, declaration_caps=()))
    number = handed_in(house, payable(house), receipt(usd(30), kind=DocumentKind.DECLARATION)).number
    with pytest.raises(Refused) as caught:
        reviewed(house, number)

    in_force(house, terms)

    assert caught.value.codes == ("declaration_cap_missing",)
    assert reviewed(house, number).accepted == usd(30)


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


def in_kind(house: House) -> tuple[str, str, str]:
    """A grant given in kind: its number, its owner's number, and the supplier's released payment."""
    owner = home(house)
    grant = agreed(house, TrancheAsked(amount=usd(500), delivery=Delivery.IN_KIND), owner=owner)
    supplier(house, grant)
    (payment,) = released(house, wish(grant)).payments
    return grant, owner.head, payment


def test_the_supplier_owes_until_the_goods_are_handed_over(house: House) -> None:
    prepared(house)
    grant, head, payment = in_kind(house)
    told(house, payment)
    before = at(house, grant).advances
    act = handed_over(house, grant, head, usd(500), payment=payment)

    reviewed(house, act.justification)

    assert before == {"supplier": 50_000}
    assert (at(house, grant).expense, at(house, grant).open_advance) == (50_000, 0)
    assert act.number == "AE-2026-0001"


def test_goods_accepted_before_the_supplier_is_paid_wait_for_the_payment(house: House) -> None:
    prepared(house)
    grant, head, payment = in_kind(house)
    act = handed_over(house, grant, head, usd(500), payment=payment)
    applied = reviewed(house, act.justification).applied

    told(house, payment)

    assert (applied, at(house, grant).expense) == (usd(0), 50_000)


def test_goods_never_account_for_money_that_a_person_was_given(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head)
    cash = paid(house, grant)
    acts = [
        handed_over(house, grant, owner.head, usd(500)),
        handed_over(house, grant, owner.head, usd(500), payment=cash),
    ]

    for act in acts:
        with pytest.raises(Refused) as caught:
            reviewed(house, act.justification)
        assert caught.value.codes == ("handover_without_payment",)
    assert at(house, grant).advances == {"participant": 50_000}


def test_acts_show_no_more_than_their_supplier_was_paid(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(
        house, TrancheAsked(amount=usd(300), delivery=Delivery.IN_KIND), tranche(usd(200)), owner=owner
    )
    supplier(house, grant)
    payment = paid(house, grant, 1)
    first, again = (handed_over(house, grant, owner.head, usd(200), payment=payment) for _ in range(2))
    reviewed(house, first.justification)

    with pytest.raises(Refused) as caught:
        reviewed(house, again.justification)
    result = reviewed(house, again.justification, accepted=usd(100), observation="200 before")

    assert caught.value.codes == ("handover_above_payment",)
    assert "USD 100.00 is left to show" in str(caught.value)
    assert (result.accepted, at(house, grant).expense) == (usd(100), 30_000)


def test_a_retry_to_the_supplier_stands_for_the_payment_it_repeats(house: House) -> None:
    prepared(house)
    grant, head, payment = in_kind(house)
    acts = [handed_over(house, grant, head, usd(500), payment=payment)]
    told(house, payment, Outcome.FAILED)
    with pytest.raises(Refused) as failed:
        reviewed(house, acts[0].justification)
    again = retried(house, payment).payments[0]
    acts.append(handed_over(house, grant, head, usd(500), payment=again))
    reviewed(house, acts[0].justification)

    with pytest.raises(Refused) as twice:
        reviewed(house, acts[1].justification)

    assert (failed.value.codes, twice.value.codes) == (("handover_above_payment",),) * 2


def test_money_goes_to_a_person_and_goods_are_paid_to_a_supplier(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    supplier(house, grant)
    with pytest.raises(Refused) as unpaid:
        listed(house, wish(grant))
    with pytest.raises(Refused) as wrong:
        payee(house, grant, owner.head, method=PaymentMethod.IN_KIND)

    assert unpaid.value.codes == ("payee_missing",)
    assert wrong.value.codes == ("payee_supplier_method",)


def test_who_hands_goods_over_does_not_witness_it(house: House) -> None:
    prepared(house)
    grant, head, _ = in_kind(house)
    item = HandedItem(description="horno", quantity=Decimal(1), unit_value=usd(1))

    with pytest.raises(Refused) as caught, house.work("coach") as work:
        record_handover(
            work,
            RecordHandover(
                key=key(),
                grant=grant,
                receiver=head,
                items=(item,),
                delivered_by="field",
                witnessed_by="field",
            ),
        )

    assert caught.value.codes == ("witness_delivered",)


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
