"""Bills and complaints on both databases: taken in as they come, paid for who attends, held while one complains."""

from datetime import date

import pytest

from seedfund.grants.service.demanding import DemandOverpayment, demand_overpayment
from seedfund.grants.service.refunds import RecordRefund, record_refund
from seedfund.grants.service.settlements import KeepBack, keep_back
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.scholarships.queries.bills import bill_by_number, complaint_by_number, complaint_place
from seedfund.scholarships.queries.scholarships import scholarship_by_number
from seedfund.scholarships.rules.ending import Ending
from seedfund.scholarships.rules.words import ComplaintKind
from seedfund.scholarships.service import (
    BillNetted,
    CloseComplaint,
    ComplaintMoved,
    DecideBill,
    NetProviderBill,
    OpenComplaint,
    close_complaint,
    decide_bill,
    net_bill,
    open_complaint,
)
from seedfund.store.unit import open_vault
from seedfund.training.rules.words import Mark
from seedfund.training.service import RecordProvider, record_provider
from tests.grants.accounting_for import figures, require_sound
from tests.grants.paying import at, listed, paid, wish
from tests.grants.test_undoing import open_demands, undone
from tests.scholarships.trainees import (
    FEE_FIRST,
    FEE_PROGRESS,
    STIPEND_FIRST,
    accepted,
    at_day,
    attending,
    billed,
    confirmed,
    ended,
    schooled,
    taught,
    trainee,
)
from tests.support.grants import key, usd
from tests.support.programme import House
from tests.training.courses import done, left, mark, registered, session


def confirmed_first(house: House) -> tuple[str, str]:
    """A scholarship whose first fee is confirmed, and its enrolment."""
    schooled(house)
    number, enrolment = attending(house, trainee(house))
    confirmed(house, number, FEE_FIRST)
    return number, enrolment


def complained(house: House, **told: object) -> ComplaintMoved:
    """A complaint against the training centre, taken in by the coach."""
    usual: dict[str, object] = {"provider": "CENTRO", "kind": ComplaintKind.CLASSES_NOT_HELD}
    command = OpenComplaint(key=key(), **(usual | told))  # type: ignore[arg-type] # fields as a test wants them
    found: ComplaintMoved = done(house, open_complaint, command)
    return found


def closed(house: House, number: str, actor: str = "manager") -> ComplaintMoved:
    """A complaint that is dismissed by the manager."""
    command = CloseComplaint(key=key(), complaint=number, is_upheld=False, finding="las clases se dieron")
    found: ComplaintMoved = done(house, close_complaint, command, actor)
    return found


def netted(house: House, bill: str, actor: str = "director") -> BillNetted:
    """A bill that the provider's debts are taken off by the director."""
    found: BillNetted = done(house, net_bill, NetProviderBill(key=key(), bill=bill), actor)
    return found


def test_a_wrong_bill_is_taken_in_and_every_reason_against_it_is_told(house: House) -> None:
    number, _ = confirmed_first(house)
    bill = billed(
        house,
        (number, FEE_FIRST, usd(49)),
        (number, FEE_FIRST, usd(1)),
        (number, STIPEND_FIRST, usd(5)),
        (number, FEE_PROGRESS, usd(36)),
        total=usd(90),
    )

    with pytest.raises(Refused) as caught:
        accepted(house, bill)

    assert caught.value.codes == (
        *("bill_sum", "billed_above_fee", "billed_twice", "billed_no_fee", "billed_unconfirmed"),
    )
    with house.work("auditor") as work:
        assert bill_by_number(work.reader(), work.programme.id, bill).state == "received"


def test_a_bill_is_rejected_with_its_reason_by_another_hand_than_took_it_in(house: House) -> None:
    number, _ = confirmed_first(house)
    bill = billed(house, (number, FEE_FIRST, usd(48)))
    rejecting = DecideBill(key=key(), bill=bill, is_accepted=False)

    with pytest.raises(InvalidInput, match="reason"):
        done(house, decide_bill, rejecting, "manager")
    with pytest.raises(NotAllowed):
        done(house, decide_bill, rejecting, "finance")
    own = billed(house, (number, FEE_FIRST, usd(48)), actor="manager")
    with pytest.raises(Refused) as caught:
        accepted(house, own)
    rejected = DecideBill(key=key(), bill=bill, is_accepted=False, reason="no es de este mes")
    assert done(house, decide_bill, rejected, "manager").state == "rejected"
    with pytest.raises(Refused) as again:
        accepted(house, bill)
    accepted(house, billed(house, (number, FEE_FIRST, usd(48))))

    assert caught.value.codes == ("bill_own",)
    assert again.value.codes == ("no_such_step",)


def test_a_bill_without_a_line_or_in_two_currencies_is_not_accepted(house: House) -> None:
    number, _ = confirmed_first(house)

    for wrong, code in (
        (billed(house, total=usd(10)), "bill_empty"),
        (billed(house, (number, FEE_FIRST, Money(4_800, "EUR"))), "bill_currency"),
    ):
        with pytest.raises(Refused) as caught:
            accepted(house, wrong)
        assert caught.value.codes == (code,)


def test_another_provider_is_not_paid_for_the_course(house: House) -> None:
    number, _ = confirmed_first(house)
    other = RecordProvider(
        key=key(), code="OTRO", name="Otro Ejemplo", kind="training_centre", place="Ibarra"
    )
    done(house, record_provider, other)

    with pytest.raises(Refused) as caught:
        accepted(house, billed(house, (number, FEE_FIRST, usd(48)), provider="OTRO"))
    with pytest.raises(NotFound):
        billed(house, (number, FEE_FIRST, usd(48)), provider="NADIE")

    assert caught.value.codes == ("billed_by_other_provider",)


def test_nobody_is_billed_who_left(house: House) -> None:
    number, enrolment = confirmed_first(house)
    bill = billed(house, (number, FEE_FIRST, usd(48)))
    left(house, enrolment)

    with pytest.raises(Refused) as caught:
        accepted(house, bill)

    assert caught.value.codes == ("billed_above_attending",)


def test_an_amount_below_zero_is_no_line_of_a_bill(house: House) -> None:
    number, _ = confirmed_first(house)

    with pytest.raises(InvalidInput, match="below zero"):
        billed(house, (number, FEE_FIRST, usd(-1)))


def test_while_a_complaint_is_open_nothing_billed_is_paid_confirmed_or_accepted(house: House) -> None:
    number, _ = confirmed_first(house)
    accepted(house, billed(house, (number, FEE_FIRST, usd(48))))
    complaint = complained(house)

    with pytest.raises(Refused) as payment:
        listed(house, wish(number, FEE_FIRST))
    with pytest.raises(Refused) as bill:
        accepted(house, billed(house, (number, FEE_PROGRESS, usd(36))))
    with pytest.raises(Refused) as confirmation:
        confirmed(house, number, FEE_PROGRESS)
    with pytest.raises(NotAllowed):
        closed(house, complaint.complaint, "coach")
    opened = closed(house, complaint.complaint)

    assert payment.value.codes == ("bill_missing",)
    assert bill.value.codes[0] == "complaint_open"
    assert confirmation.value.codes[0] == "complaint_open"
    assert (complaint.tranches, opened.tranches) == (1, 1)
    paid(house, number, FEE_FIRST)
    require_sound(house)


def test_two_complaints_hold_a_payment_until_both_are_closed(house: House) -> None:
    number, _ = confirmed_first(house)
    accepted(house, billed(house, (number, FEE_FIRST, usd(48))))
    first, second = complained(house), complained(house, kind=ComplaintKind.QUALITY)

    closed(house, first.complaint)
    with pytest.raises(Refused):
        listed(house, wish(number, FEE_FIRST))
    closed(house, second.complaint)

    assert listed(house, wish(number, FEE_FIRST)).total == usd(48)


def test_who_opened_a_complaint_does_not_close_it(house: House) -> None:
    confirmed_first(house)
    command = OpenComplaint(key=key(), provider="CENTRO", kind=ComplaintKind.OTHER)
    number = done(house, open_complaint, command, "manager").complaint

    with pytest.raises(Refused) as caught:
        closed(house, number, "manager")

    assert caught.value.codes == ("complaint_own",)
    assert closed(house, number, "director").state == "dismissed"


def test_what_a_trainee_complained_of_is_sealed_under_the_trainee(house: House) -> None:
    number, _ = confirmed_first(house)

    with pytest.raises(InvalidInput, match="nobody"):
        complained(house, note=Secret("gritó a la alumna"))
    opened = complained(house, scholarship=number, note=Secret("gritó a la alumna"))

    with house.work("protection") as work:
        found = complaint_by_number(work.reader(), work.programme.id, opened.complaint)
        assert found.note is not None
        assert b"alumna" not in found.note
        row, _ = scholarship_by_number(work.reader(), work.programme.id, number)
        vault = open_vault(work.reader(), work, row.participant_id)
        assert vault.open(found.note, complaint_place(found.id)).reveal() == "gritó a la alumna"


def test_what_was_paid_for_who_left_is_taken_off_the_next_bill(house: House) -> None:
    schooled(house)
    stays, leaves = trainee(house), trainee(house)
    number, _ = attending(house, stays)
    other, enrolment = attending(house, leaves)
    for one in (number, other):
        confirmed(house, one, FEE_FIRST)
    accepted(house, billed(house, (number, FEE_FIRST, usd(48)), (other, FEE_FIRST, usd(48))))
    paid(house, number, FEE_FIRST)
    paid(house, other, FEE_FIRST)
    at_day(house, date(2026, 1, 13))
    registered(
        house,
        session(house, "CH-2026-0001", date(2026, 1, 13)),
        mark(stays.head, Mark.PRESENT),
        mark(leaves.head, Mark.PRESENT),
    )
    left(house, enrolment)
    end = ended(house, other, Ending.DROPPED_OUT, fee_back=usd(30))
    confirmed(house, number, FEE_PROGRESS)
    bill = billed(house, (number, FEE_PROGRESS, usd(36)))
    accepted(house, bill)

    taken_off = netted(house, bill)

    assert (end.demand, taken_off.amount, taken_off.closed) == ("RD-2026-0001", usd(30), ("RD-2026-0001",))
    assert [(one.scholarship, one.against, one.tranche) for one in taken_off.taken] == [
        (other, number, FEE_PROGRESS)
    ]
    paid(house, number, FEE_PROGRESS)
    # 48 + 36 for who stayed, 48 less 30 for who left; in cash only 6 of the second bill.
    assert at(house, number).expense == 8_400
    assert at(house, other).expense == 1_800
    assert figures(house, other).total.returned == usd(30)
    require_sound(house)


def test_a_set_off_of_a_provider_is_undone_and_its_demand_stands_again(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))
    other, enrolment = attending(house, trainee(house))
    confirmed(house, other, FEE_FIRST)
    accepted(house, billed(house, (other, FEE_FIRST, usd(48))))
    paid(house, other, FEE_FIRST)
    left(house, enrolment)
    ended(house, other, Ending.DROPPED_OUT, fee_back=usd(48))
    confirmed(house, number, FEE_FIRST)
    bill = billed(house, (number, FEE_FIRST, usd(48)))
    accepted(house, bill)
    (entry,) = [one.entry for one in netted(house, bill).taken]

    undone(house, entry, "approver")

    assert open_demands(house, other) == [4_800]
    assert listed(house, wish(number, FEE_FIRST)).total == usd(48)
    require_sound(house)


def test_netting_needs_an_accepted_bill_a_debt_and_another_hand_than_demanded_it(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))
    other, enrolment = attending(house, trainee(house))
    confirmed(house, other, FEE_FIRST)
    accepted(house, billed(house, (other, FEE_FIRST, usd(48))))
    paid(house, other, FEE_FIRST)
    confirmed(house, number, FEE_FIRST)
    bill = billed(house, (number, FEE_FIRST, usd(48)))

    with pytest.raises(Refused) as early:
        netted(house, bill)
    accepted(house, bill)
    with pytest.raises(Refused) as nothing:
        netted(house, bill)
    left(house, enrolment)
    with pytest.raises(Refused) as too_much:
        ended(house, other, Ending.DROPPED_OUT, fee_back=usd(49))
    ended(house, other, Ending.DROPPED_OUT, fee_back=usd(48), actor="manager")
    with pytest.raises(Refused) as own:
        netted(house, bill, "manager")

    assert early.value.codes == ("bill_not_accepted",)
    assert nothing.value.codes == ("netted_nothing",)
    assert too_much.value.codes == ("fee_back_above_paid",)
    assert own.value.codes == ("netted_by_demander",)
    assert netted(house, bill).amount == usd(48)


def test_a_fee_asked_back_may_be_refunded_instead(house: House) -> None:
    schooled(house)
    number, enrolment = attending(house, trainee(house))
    confirmed(house, number, FEE_FIRST)
    accepted(house, billed(house, (number, FEE_FIRST, usd(48))))
    paid(house, number, FEE_FIRST)
    left(house, enrolment)
    ended(house, number, Ending.DROPPED_OUT, fee_back=usd(48))

    refunding = RecordRefund(key=key(), grant=number, amount=usd(48), bank_account="BANK", from_supplier=True)
    back = done(house, record_refund, refunding, "cashier")

    assert back.settled == ("RD-2026-0001",)
    assert at(house, number).spent == 0
    require_sound(house)


def test_the_register_of_somebody_else_pays_no_stipend(house: House) -> None:
    schooled(house)
    owner, other = trainee(house), trainee(house)
    number, _ = attending(house, owner)
    attending(house, other)
    taught(house, other.head, Mark.PRESENT)
    at_day(house, date(2026, 2, 12))

    with pytest.raises(Refused) as caught:
        confirmed(house, number, STIPEND_FIRST)

    assert caught.value.codes == ("stipend_registers_lack",)


def test_a_fee_paid_too_much_is_kept_back_from_the_next_fee_of_the_same_trainee(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    confirmed(house, number, FEE_FIRST)
    accepted(house, billed(house, (number, FEE_FIRST, usd(48))))
    paid(house, number, FEE_FIRST)
    asking = DemandOverpayment(
        key=key(), grant=number, amount=usd(8), reason="cobró materiales dos veces", from_supplier=True
    )
    done(house, demand_overpayment, asking, "finance")

    keeping = KeepBack(key=key(), grant=number, reason="se descuenta", from_supplier=True)
    kept = done(house, keep_back, keeping, "director")
    taught(house, owner.head, Mark.PRESENT)
    confirmed(house, number, FEE_PROGRESS)
    with pytest.raises(Refused) as whole:
        accepted(house, billed(house, (number, FEE_PROGRESS, usd(36))))
    accepted(house, billed(house, (number, FEE_PROGRESS, usd(28)), their_number="001-001-0000008"))
    paid(house, number, FEE_PROGRESS)

    assert (kept.tranche, kept.amount) == (f"{number}/{FEE_PROGRESS}", usd(8))
    assert whole.value.codes == ("billed_above_fee",)
    assert at(house, number).claims == {"supplier": 0}
    assert figures(house, number).total.disbursed == usd(76)
    require_sound(house)
