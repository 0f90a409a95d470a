"""Cash of one fund becomes another currency's, and the budget it pays for goes with it (accounting: row 35)."""

from dataclasses import replace

import pytest

from seedfund.assurance.verify import Request, verify
from seedfund.funds.queries.positions import fund_position, line_positions
from seedfund.funds.rules.words import LineKind
from seedfund.funds.service import (
    add_budget_line,
    approve_donor_return,
    approve_exchange,
    approve_loan,
    open_fund,
    propose_donor_return,
    propose_exchange,
    propose_loan,
)
from seedfund.funds.service.decisions import (
    ApproveFundMove,
    LoanTerms,
    ProposeDonorReturn,
    ProposeLoan,
    ReturnTerms,
)
from seedfund.funds.service.exchange import ExchangeSide, ExchangeTerms, ProposeExchange
from seedfund.funds.service.opening import AddBudgetLine, OpenFund
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.money import Money
from seedfund.ledger.service.reversals import ReverseEntry, reverse_entry
from tests.funds.support import ENDS, STARTS, bank, fund, funded, governed, key, opened, usd
from tests.support.programme import RING, House


def eur(units: int) -> Money:
    """Whole euros."""
    return Money(units * 100, "EUR")


def in_two_currencies(house: House) -> None:
    """The fund UNHCR in dollars, and another of the same donor in euros with a line E1 that holds nothing yet."""
    funded(house)
    governed(house)
    bank(house, "BANK-EUR", "EUR")
    with house.work("finance") as work:
        command = OpenFund(
            key=key(), code="UNHCR-E", donor="UNHCR", name="Fondo", currency="EUR", starts=STARTS, ends=ENDS
        )
        open_fund(work, command)
        line = AddBudgetLine(key=key(), fund="UNHCR-E", code="E1", name="Partida", kind=LineKind.GRANTS)
        add_budget_line(work, line)


TERMS = ExchangeTerms(
    sold=ExchangeSide(fund="UNHCR", line="A1", bank_account="BANK", amount=usd(200)),
    bought=ExchangeSide(fund="UNHCR-E", line="E1", bank_account="BANK-EUR", amount=eur(180)),
    rate_source="bank advice of 5 January",
    reason="the supplier is paid in euros",
)


def proposed(house: House, terms: ExchangeTerms = TERMS) -> str:
    """An exchange proposed by finance."""
    with house.work("finance") as work:
        return propose_exchange(work, ProposeExchange(key=key(), exchange=terms)).number


def exchanged(house: House, terms: ExchangeTerms = TERMS, actor: str = "director") -> str:
    """An exchange approved by the director; the number of its entry."""
    number = proposed(house, terms)
    with house.work(actor) as work:
        return approve_exchange(work, ApproveFundMove(key=key(), number=number)).entry


def stands(house: House) -> list[tuple[int, int, int]]:
    """Cash of the two funds, and what the line of each is allotted and has available."""
    result = []
    with house.work("finance") as work:
        for code, line in (("UNHCR", "A1"), ("UNHCR-E", "E1")):
            found = line_positions(work.reader(), fund(house, code)).get(line)
            cash = fund_position(work.reader(), fund(house, code)).cash
            result.append((cash, found.allotted if found else 0, found.available if found else 0))
    return result


def test_the_ceiling_moves_with_the_money_from_one_currency_to_the_other(house: House) -> None:
    in_two_currencies(house)

    exchanged(house)

    assert stands(house) == [(80_000, 30_000, 30_000), (18_000, 18_000, 18_000)]
    assert verify(house.engine, Request(keyring=RING)).findings == ()


def test_an_exchange_made_in_error_leaves_both_funds_as_they_were(house: House) -> None:
    in_two_currencies(house)
    before = stands(house)
    entry = exchanged(house)

    with house.work("approver") as work:
        reverse_entry(work, ReverseEntry(key=key(), number=entry, reason="another rate"))

    assert stands(house) == before


def test_no_more_is_exchanged_than_there_is_in_cash_and_budget(house: House) -> None:
    in_two_currencies(house)
    side = replace(TERMS.sold, amount=usd(600))

    with pytest.raises(Refused) as budget:
        exchanged(house, replace(TERMS, sold=side))
    with pytest.raises(Refused) as cash:
        exchanged(house, replace(TERMS, sold=replace(side, amount=usd(1_100))))

    assert "available_too_low" in budget.value.codes
    assert "cash_too_low" in cash.value.codes


def test_an_exchange_is_between_two_currencies_of_one_donor_with_its_rate(house: House) -> None:
    in_two_currencies(house)
    opened(house, "EU", currency="EUR")
    other = ExchangeSide(fund="EU", line="A1", bank_account="BANK-EUR", amount=eur(180))

    with pytest.raises(Refused) as same:
        proposed(house, replace(TERMS, bought=replace(TERMS.sold, line="A2")))
    with pytest.raises(Refused) as donor:
        proposed(house, replace(TERMS, bought=other, rate_source=" "))
    with pytest.raises(Refused) as amounts:
        proposed(house, replace(TERMS, sold=replace(TERMS.sold, amount=eur(0))))

    assert same.value.codes == ("exchange_same_currency",)
    assert donor.value.codes == ("exchange_other_donor", "reason_missing")
    assert amounts.value.codes == ("amount_not_above_zero", "fund_other_currency")


def test_who_proposes_an_exchange_does_not_approve_it(house: House) -> None:
    in_two_currencies(house)
    number = proposed(house)

    with pytest.raises(NotAllowed), house.work("finance") as work:
        approve_exchange(work, ApproveFundMove(key=key(), number=number))


def test_money_leaves_a_fund_only_within_the_ceiling_of_who_decides(house: House) -> None:
    funded(house, received=50_000, allotted=40_000)
    governed(house)
    opened(house, "EU")
    loan = LoanTerms(
        lender="UNHCR", borrower="EU", bank_account="BANK", amount=usd(20_000), reason="letters of both"
    )
    unspent = ReturnTerms(
        fund="UNHCR", line="A1", bank_account="BANK", amount=usd(20_000), reason="end of the fund"
    )
    with house.work("finance") as work:
        lent = propose_loan(work, ProposeLoan(key=key(), loan=loan)).number
        returned = propose_donor_return(work, ProposeDonorReturn(key=key(), unspent=unspent)).number

    with pytest.raises(Refused) as first, house.work("approver") as work:
        approve_loan(work, ApproveFundMove(key=key(), number=lent))
    with pytest.raises(Refused) as second, house.work("approver") as work:
        approve_donor_return(work, ApproveFundMove(key=key(), number=returned))
    with house.work("director") as work:
        approve_donor_return(work, ApproveFundMove(key=key(), number=returned))

    assert (first.value.codes, second.value.codes) == (("fund_move_authority",), ("fund_move_authority",))
