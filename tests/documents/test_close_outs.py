"""What a closing statement says of receipts that never met a payment."""

from seedfund.register.queries import read_paper
from tests.documents.test_service_acts import close_out_paper, one_tranche
from tests.grants.accounting_for import closed, handed_in, receipt, refunded, reviewed
from tests.grants.paying import paid
from tests.support.grants import usd
from tests.support.programme import House


def test_a_receipt_accepted_after_the_whole_refund_is_own_contribution_on_its_line(house: House) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    refunded(house, found.grant, usd(500))
    late = handed_in(house, found.grant, receipt(usd(195), plan_line=1)).number
    reviewed(house, late)
    number = closed(house, found.grant).number
    close_out_paper(house, number)

    with house.work("expert") as work:
        content = read_paper(work, number).values()

    assert content["own_spent"]["minor"] == 195_00
    assert next((line["justified"]["minor"], line["own"]["minor"]) for line in content["lines"]) == (
        0,
        195_00,
    )
    assert sum(line["own"]["minor"] for line in content["lines"]) == 195_00
