"""Money that was never owed goes back or is given; a cost that a donor refuses is borne by a fund of our own."""

from dataclasses import replace

import pytest

from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.rules.settling_up import CostSource
from seedfund.grants.service.refunds import RecordRefund, record_refund
from seedfund.grants.service.settlements import (
    AbsorbCost,
    AcceptGift,
    CostAbsorbed,
    CostTerms,
    ExcessDecided,
    ProposeAbsorption,
    ProposeRepayment,
    RepayExcess,
    RepaymentTerms,
    absorb_cost,
    accept_gift,
    propose_absorption,
    propose_repayment,
    repay_excess,
)
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.queries.lines import balances_of
from seedfund.register.rules import EvidenceKind
from seedfund.store.programmes import RegisterActor, register_actor
from tests.funds.support import bank_of, fund, opened
from tests.grants.accounting_for import accounted, demanded, figures, filed, given_up, refunded
from tests.grants.paying import at, paid, payable
from tests.grants.test_settlements import assert_sound, available, demand_states, listed_exceptions
from tests.support.grants import key, prepared, usd
from tests.support.programme import House

PAPER = "ef" * 32


def overpaying(house: House) -> str:
    """A grant over 500 dollars, paid, of which 530 came back."""
    grant = payable(house)
    paid(house, grant)
    refunded(house, grant, usd(530))
    return grant


def cash_of(house: House) -> int:
    account = bank_of(house)
    with house.work("finance") as work:
        return balances_of(work.reader(), account.book_id, [account.code])[account.code].balance


def balance(house: House, code: str, fund_code: str = "UNHCR") -> int:
    book = fund(house, fund_code).book_id
    with house.work("finance") as work:
        found = balances_of(work.reader(), book, [code]).get(code)
    return found.balance if found is not None else 0


def repayment(house: House, grant: str, amount: Money, *, reason: str = "it was not owed") -> str:
    terms = RepaymentTerms(grant=grant, amount=amount, bank_account="BANK", reason=reason)
    with house.work("finance") as work:
        return propose_repayment(work, ProposeRepayment(key=key(), repayment=terms)).number


def repaid(house: House, number: str, *, actor: str = "approver") -> ExcessDecided:
    with house.work(actor) as work:
        return repay_excess(work, RepayExcess(key=key(), number=number))


def given(
    house: House,
    grant: str,
    amount: Money | None = None,
    *,
    actor: str = "approver",
    reason: str = "signed at the office",
) -> ExcessDecided:
    with house.work(actor) as work:
        command = AcceptGift(key=key(), grant=grant, reason=reason, paper_sha256=PAPER, amount=amount)
        return accept_gift(work, command)


def test_what_was_never_owed_is_paid_back_by_a_second_person(house: House) -> None:
    prepared(house)
    grant = overpaying(house)
    before, stood = cash_of(house), at(house, grant)

    result = repaid(house, repayment(house, grant, usd(30)))

    assert (result.grant, result.amount) == (grant, usd(30))
    assert (before - cash_of(house), at(house, grant)) == (3_000, replace(stood, credit=0))
    assert_sound(house, grant)


def test_no_more_is_paid_back_than_was_not_owed(house: House) -> None:
    prepared(house)
    grant = overpaying(house)

    with pytest.raises(Refused) as caught:
        repayment(house, grant, usd(30, 1), reason=" ")

    assert caught.value.codes == ("excess_exceeded", "reason_missing")


def test_what_was_owed_is_not_paid_back(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    refunded(house, grant, usd(100))

    with pytest.raises(Refused) as caught:
        repayment(house, grant, usd(10))

    assert caught.value.codes == ("excess_nothing",)


def test_what_is_paid_back_is_in_the_currency_of_the_grant(house: House) -> None:
    prepared(house)
    grant = overpaying(house)

    with pytest.raises(InvalidInput):
        repayment(house, grant, Money(100, "COP"))


def test_what_was_paid_back_is_not_paid_back_twice(house: House) -> None:
    prepared(house)
    grant = overpaying(house)
    first, second = repayment(house, grant, usd(30)), repayment(house, grant, usd(30))
    repaid(house, first)

    with pytest.raises(Refused) as caught:
        repaid(house, second)

    assert caught.value.codes == ("excess_nothing",)


def with_two_roles(house: House) -> None:
    """An actor `both` who takes money in, proposes and approves, as a small office may have."""
    with house.work("admin") as work:
        roles = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER)
        register_actor(work, RegisterActor(key=key(), handle="both", display_name="Actor both", roles=roles))


def test_neither_who_proposed_nor_who_took_the_money_pays_it_back_or_takes_it_as_a_gift(house: House) -> None:
    prepared(house)
    with_two_roles(house)
    grant = payable(house)
    with house.work("both") as work:
        record_refund(work, RecordRefund(key=key(), grant=grant, amount=usd(30), bank_account="BANK"))
        terms = RepaymentTerms(grant=grant, amount=usd(30), bank_account="BANK", reason="not owed")
        own = propose_repayment(work, ProposeRepayment(key=key(), repayment=terms)).number
    other = repayment(house, grant, usd(30))

    with pytest.raises(Refused) as proposed:
        repaid(house, own, actor="both")
    with pytest.raises(Refused) as taken:
        repaid(house, other, actor="both")
    with pytest.raises(Refused) as gift:
        given(house, grant, actor="both")

    assert proposed.value.codes == ("proposal_own",)
    assert taken.value.codes == ("excess_by_taker",)
    assert gift.value.codes == ("excess_by_taker", "gift_paper")


def test_a_gift_by_signed_paper_is_income(house: House) -> None:
    prepared(house)
    grant = overpaying(house)
    filed(house, PAPER, EvidenceKind.SIGNED_PAPER)
    before = cash_of(house)

    result = given(house, grant)

    assert (result.amount, balance(house, "income:GIFT")) == (usd(30), 3_000)
    assert (at(house, grant).credit, cash_of(house)) == (0, before)
    assert_sound(house, grant)


def test_a_gift_in_part_leaves_the_rest_to_be_decided(house: House) -> None:
    prepared(house)
    grant = overpaying(house)
    filed(house, PAPER, EvidenceKind.SIGNED_PAPER)

    given(house, grant, usd(10))

    assert at(house, grant).credit == 2_000


def test_without_a_signed_paper_nothing_is_a_gift(house: House) -> None:
    prepared(house)
    grant = overpaying(house)
    filed(house, PAPER, EvidenceKind.MINUTES)

    with pytest.raises(Refused) as caught:
        given(house, grant, usd(31), reason=" ")

    assert caught.value.codes == ("excess_exceeded", "gift_paper", "reason_missing")


def refused_cost(house: House, *, letter: bool = True) -> str:
    """A grant over 500 dollars, paid and accounted for with 200; a fund of our own; the donor's letter."""
    prepared(house)
    opened(house, "OWN")
    grant = payable(house)
    paid(house, grant)
    accounted(house, grant, usd(200))
    if letter:
        filed(house, PAPER, EvidenceKind.DONOR_LETTER)
    return grant


def absorption(
    house: House,
    grant: str,
    amount: Money,
    *,
    source: CostSource = CostSource.EXPENSE,
    own_fund: str = "OWN",
    reason: str = "refused by the audit",
) -> str:
    cost = CostTerms(
        grant=grant,
        fund="UNHCR",
        own_fund=own_fund,
        source=source,
        amount=amount,
        reason=reason,
        letter_sha256=PAPER,
    )
    with house.work("finance") as work:
        return propose_absorption(work, ProposeAbsorption(key=key(), cost=cost)).number


def absorbed(house: House, number: str) -> CostAbsorbed:
    with house.work("director") as work:
        return absorb_cost(work, AbsorbCost(key=key(), number=number))


def test_our_own_fund_bears_what_the_donor_refused(house: House) -> None:
    grant = refused_cost(house)
    free = available(house)

    result = absorbed(house, absorption(house, grant, usd(80)))

    total = figures(house, grant).total
    assert (result.amount, total.justified, total.borne_by_own) == (usd(80), usd(120), usd(80))
    assert available(house) == free + usd(80)
    assert (balance(house, "due_from:OWN"), balance(house, "due_to:UNHCR", "OWN")) == (8_000, 8_000)
    assert balance(house, "losses:REFUSED-COSTS", "OWN") == 8_000
    assert listed_exceptions(house, "cost_absorbed") == [grant]
    assert_sound(house, grant)


def test_a_refused_claim_is_borne_and_its_demand_is_let_go(house: House) -> None:
    grant = refused_cost(house)
    demanded(house, grant, usd(100))

    result = absorbed(house, absorption(house, grant, usd(100), source=CostSource.CLAIMS))

    assert (result.closed, demand_states(house, grant)) == (("RD-2026-0001",), ["lifted"])
    assert figures(house, grant).total.refund_due == usd(0)
    assert_sound(house, grant)


def test_a_refused_write_off_is_borne(house: House) -> None:
    grant = refused_cost(house)
    given_up(house, grant, usd(50))

    absorbed(house, absorption(house, grant, usd(50), source=CostSource.WRITE_OFFS))

    assert figures(house, grant).total.written_off == usd(0)
    assert_sound(house, grant)


def test_no_more_is_borne_than_there_is_and_every_reason_is_told(house: House) -> None:
    grant = refused_cost(house, letter=False)

    with pytest.raises(Refused) as caught:
        absorption(house, grant, usd(201), own_fund="UNHCR", reason=" ")
    with pytest.raises(Refused) as nothing:
        absorption(house, grant, usd(1), source=CostSource.WRITE_OFFS)

    assert caught.value.codes == ("cost_exceeded", "cost_same_donor", "cost_letter", "reason_missing")
    assert nothing.value.codes == ("cost_nothing", "cost_letter")


def test_a_fund_of_another_currency_bears_nothing(house: House) -> None:
    grant = refused_cost(house)
    opened(house, "PESO", currency="COP")

    with pytest.raises(Refused) as caught:
        absorption(house, grant, usd(10), own_fund="PESO")

    assert caught.value.codes == ("cost_other_currency",)


def test_a_cost_is_borne_once_and_by_a_second_person(house: House) -> None:
    grant = refused_cost(house)
    with_two_roles(house)
    number = absorption(house, grant, usd(150))
    second = absorption(house, grant, usd(150))
    absorbed(house, number)

    with pytest.raises(Refused) as again:
        absorbed(house, number)
    with pytest.raises(Refused) as beyond:
        absorbed(house, second)

    assert again.value.codes == ("proposal_decided",)
    assert beyond.value.codes == ("cost_exceeded",)
    with house.work("finance") as work:
        assert grant_by_number(work.reader(), work.programme.id, grant).state == "in_force"


def test_who_proposed_a_cost_does_not_let_our_fund_bear_it(house: House) -> None:
    grant = refused_cost(house)
    with_two_roles(house)
    cost = CostTerms(
        grant=grant,
        fund="UNHCR",
        own_fund="OWN",
        source=CostSource.EXPENSE,
        amount=usd(10),
        reason="refused by the audit",
        letter_sha256=PAPER,
    )
    with house.work("both") as work:
        number = propose_absorption(work, ProposeAbsorption(key=key(), cost=cost)).number

    with pytest.raises(Refused) as caught, house.work("both") as work:
        absorb_cost(work, AbsorbCost(key=key(), number=number))

    assert caught.value.codes == ("proposal_own",)
