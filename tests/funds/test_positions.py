"""Every amount of a fund comes from the ledger: promised, paid, accounted for, returned; and it all ties out."""

from seedfund.funds.queries.positions import fund_position, line_positions
from seedfund.funds.rules.positions import FundPosition, LinePosition, reported
from seedfund.funds.rules.words import Basis
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.events import funds as fund_events
from seedfund.ledger.rules.events import grants, refunds
from seedfund.ledger.rules.positions import PartPosition
from tests.funds.support import bank_of, deliver, entry, fund, funded, line, part, release, sign
from tests.support.programme import House


def at(house: House, number: int = 1) -> PartPosition:
    one = part(house, number)
    with house.work("finance") as work:
        return positions(work.reader(), [one.grant_id])[one.grant_id][0]


def seen(house: House) -> tuple[LinePosition, FundPosition]:
    with house.work("auditor") as work:
        return line_positions(work.reader(), fund(house))["A1"], fund_position(work.reader(), fund(house))


def test_a_grant_s_money_is_followed_from_award_to_refund(house: House) -> None:
    funded(house)
    entry(house, "award_decided", grants.award([(part(house, 2), 5_000)]))
    sign(house, 30_000)
    deliver(house, release(house, 20_000), 20_000)
    release(house, 6_000)
    rows, _ = grants.accept([at(house)], 12_000)
    entry(house, "evidence_accepted", rows)
    entry(house, "refund_demanded", refunds.demand([at(house)], 3_000))
    entry(
        house,
        "refund_received",
        refunds.refund(
            [at(house)], 1_000, banks={fund(house).book_id: bank_of(house)}, back=refunds.COMMITTED
        ),
    )

    found, whole = seen(house)

    assert found == LinePosition(
        allotted=50_000,
        available=15_000,
        pre_committed=5_000,
        committed=30_000,
        open_commitment=11_000,
        in_payment=6_000,
        paid=20_000,
        open_advances=5_000,
        refund_due=2_000,
        justified=12_000,
        returned=1_000,
        spent=19_000,
    )
    assert found.is_tied
    assert found.is_whole
    assert (whole.cash, whole.in_payment, whole.unreserved_cash) == (81_000, 6_000, 75_000)
    assert whole.unfunded_commitments == 0


def test_a_payment_that_needs_no_receipts_is_never_called_justified(house: House) -> None:
    funded(house)
    sign(house, 10_000)
    deliver(house, release(house, 10_000, needs_receipts=False), 8_000)

    found, _ = seen(house)

    assert (found.no_receipts_due, found.justified, found.paid) == (8_000, 0, 8_000)
    assert (found.open_commitment, found.in_payment) == (2_000, 0)
    assert found.is_tied


def test_spending_outside_grants_stands_on_its_line_and_both_views_agree_on_the_sum(house: House) -> None:
    funded(house)
    sign(house, 30_000)
    deliver(house, release(house, 20_000), 20_000)
    entry(house, "charge_paid", fund_events.pay_charge(bank_of(house), line(house, "A1").ref, 700))

    found, _ = seen(house)

    assert (found.other_spending, found.spent, found.is_tied, found.is_whole) == (700, 20_700, True, True)
    on_payment, justified = (reported(found, basis) for basis in Basis)
    assert (on_payment.expenditure, on_payment.advances) == (20_700, 0)
    assert (justified.expenditure, justified.advances) == (700, 20_000)


def test_promises_beyond_the_cash_are_unfunded(house: House) -> None:
    funded(house, received=100)
    sign(house, 30_000)
    release(house, 4_000)

    _, whole = seen(house)

    assert (whole.unreserved_cash, whole.unfunded_commitments, whole.uncommitted) == (6_000, 20_000, 120_000)
