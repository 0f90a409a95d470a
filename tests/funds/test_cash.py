"""Money outside grants: facts always taken in, cash moved within what is free, two persons for what leaves a fund."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from seedfund.approvals.queries import exceptions_in
from seedfund.funds.queries.positions import cash_by_account, fund_position, line_positions
from seedfund.funds.rules.positions import FundPosition, LinePosition
from seedfund.funds.rules.words import IncomeKind
from seedfund.funds.service import (
    approve_donor_return,
    approve_loan,
    move_cash,
    propose_donor_return,
    propose_loan,
    record_cash_short,
    record_charge,
    record_income,
    record_spending,
    repay_loan,
)
from seedfund.funds.service.cash import MoveCash, RecordCashShort, RecordCharge, RecordIncome, RecordSpending
from seedfund.funds.service.decisions import (
    ApproveFundMove,
    LoanTerms,
    ProposeDonorReturn,
    ProposeLoan,
    RepayLoan,
    ReturnTerms,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance
from seedfund.store.work import Work
from tests.funds.support import add_operations, bank, fund, funded, governed, key, opened, release, sign, usd
from tests.support.programme import House


def seen(house: House, code: str = "UNHCR") -> FundPosition:
    with house.work("auditor") as work:
        return fund_position(work.reader(), fund(house, code))


def line_seen(house: House, code: str) -> LinePosition:
    with house.work("auditor") as work:
        return line_positions(work.reader(), fund(house))[code]


def refused(house: House, actor: str, act: Callable[[Work], object]) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught, house.work(actor) as work:
        act(work)
    return caught.value.codes


def charge(amount: Money, line: str = "CH") -> RecordCharge:
    return RecordCharge(key=key(), fund="UNHCR", bank_account="BANK", amount=amount, line=line)


def move(amount: Money, **change: object) -> MoveCash:
    base = MoveCash(key=key(), fund="UNHCR", bank_account="BANK", to_account="BOX", amount=amount)
    return replace(base, **change)  # type: ignore[arg-type] # fields by name


def test_income_charges_and_spending_keep_cash_and_budget_together(house: House) -> None:
    funded(house)
    add_operations(house, 300)
    with house.work("finance") as work:
        income = RecordIncome(
            key=key(), fund="UNHCR", bank_account="BANK", amount=usd(5), kind=IncomeKind.INTEREST
        )
        record_income(work, income)
        record_charge(work, charge(usd(7)))
        record_spending(
            work,
            RecordSpending(
                key=key(), fund="UNHCR", bank_account="BANK", amount=usd(200), line="OP", reason="rent"
            ),
        )

    whole = seen(house)
    assert (whole.income, whole.cash) == (500, 100_000 + 500 - 700 - 20_000)
    assert (line_seen(house, "CH").other_spending, line_seen(house, "OP").other_spending) == (700, 20_000)
    assert line_seen(house, "OP").is_whole
    assert line_seen(house, "OP").is_tied


def test_charges_and_salaries_never_eat_what_is_for_participants(house: House) -> None:
    funded(house)

    assert refused(house, "finance", lambda work: record_charge(work, charge(usd(7), "A1"))) == (
        "line_not_for",
    )
    wrong = RecordSpending(
        key=key(), fund="UNHCR", bank_account="BANK", amount=Money(0, "EUR"), line="A1", reason="rent"
    )
    assert refused(house, "finance", lambda work: record_spending(work, wrong)) == (
        "amount_not_above_zero",
        "fund_other_currency",
        "line_not_for",
    )


def test_a_charge_beyond_budget_and_cash_is_taken_in_and_named(house: House) -> None:
    funded(house, received=100)
    with house.work("reconciler") as work:
        record_charge(work, charge(usd(600)))
        rows = exceptions_in(work.reader(), work.programme.id, DateRange(date(2026, 1, 1), date(2026, 2, 1)))

    assert (seen(house).cash, seen(house).shortfall, line_seen(house, "CH").over) == (0, 50_000, 10_000)
    assert [row.kind for row in rows] == ["suspense"]


def test_cash_moves_within_what_no_payment_holds(house: House) -> None:
    funded(house)
    bank(house, "BOX")
    sign(house, 30_000)
    release(house, 30_000)
    with house.work("finance") as work:
        move_cash(work, move(usd(700)))
        shares = sorted(booked for booked, _ in cash_by_account(work.reader(), fund(house)).values())

    assert shares == [30_000, 70_000]
    assert refused(house, "finance", lambda work: move_cash(work, move(usd(1)))) == ("cash_too_low",)
    with house.work("finance") as work, pytest.raises(NotAllowed, match="reconciles"):
        move_cash(work, move(usd(1), is_shown=True))
    with house.work("reconciler") as work:
        move_cash(work, move(usd(1), is_shown=True))
    assert seen(house).shortfall == 100


def test_cash_needs_two_accounts_of_the_fund_s_currency_and_an_assured_hand(house: House) -> None:
    funded(house)
    bank(house, "BOX", "EUR")

    assert refused(house, "finance", lambda work: move_cash(work, move(usd(1)))) == (
        "bank_account_other_currency",
    )
    assert refused(house, "finance", lambda work: move_cash(work, move(usd(1), to_account="BANK"))) == (
        "same_account_moved",
    )
    with pytest.raises(NotAllowed), house.work("finance", Assurance.CLAIMED) as work:
        move_cash(work, move(usd(1)))
    with pytest.raises(InvalidInput, match="value_date"), house.work("finance") as work:
        record_charge(work, replace(charge(usd(1)), value_date=date(2026, 1, 6)))


def short(amount: Money, custodian: str = "", reason: str = "count of 5 January") -> RecordCashShort:
    return RecordCashShort(
        key=key(), fund="UNHCR", bank_account="BANK", amount=amount, custodian=custodian, reason=reason
    )


def test_missing_cash_is_a_loss_or_a_claim_and_needs_its_report(house: House) -> None:
    funded(house)
    with house.work("reconciler") as work:
        lost = record_cash_short(work, short(usd(10)))
        record_cash_short(work, replace(short(usd(20), "cashier"), evidence_sha256="ef" * 32))

    assert lost.papers_missing == ("incident_report",)
    assert seen(house).cash == 97_000
    assert refused(house, "reconciler", lambda work: record_cash_short(work, short(usd(1), reason=" "))) == (
        "reason_missing",
    )


def loan(amount: Money, borrower: str = "EU", reason: str = "letters of both donors") -> LoanTerms:
    return LoanTerms(lender="UNHCR", borrower=borrower, bank_account="BANK", amount=amount, reason=reason)


def test_one_fund_lends_to_another_only_by_two_persons_and_within_free_cash(house: House) -> None:
    funded(house)
    governed(house)
    opened(house, "EU")
    with house.work("finance") as work:
        number = propose_loan(work, ProposeLoan(key=key(), loan=loan(usd(200)))).number
    assert refused(
        house, "director", lambda work: approve_donor_return(work, ApproveFundMove(key=key(), number=number))
    ) == ("proposal_kind",)
    with house.work("director") as work:
        approve_loan(work, ApproveFundMove(key=key(), number=number))
    assert (seen(house).cash, seen(house, "EU").cash) == (80_000, 20_000)

    with house.work("finance") as work:
        repay_loan(work, RepayLoan(key=key(), loan=loan(usd(150))))
        too_much = propose_loan(work, ProposeLoan(key=key(), loan=loan(usd(2_000)))).number
    assert (seen(house).cash, seen(house, "EU").cash) == (95_000, 5_000)
    assert "balance_too_low" in refused(
        house, "finance", lambda work: repay_loan(work, RepayLoan(key=key(), loan=loan(usd(51))))
    )
    assert refused(
        house, "director", lambda work: approve_loan(work, ApproveFundMove(key=key(), number=too_much))
    ) == ("cash_too_low",)


def test_a_loan_needs_two_funds_an_amount_and_both_authorities(house: House) -> None:
    funded(house)
    wrong = ProposeLoan(key=key(), loan=loan(Money(0, "USD"), "UNHCR", " "))

    assert refused(house, "finance", lambda work: propose_loan(work, wrong)) == (
        "amount_not_above_zero",
        "same_fund",
        "reason_missing",
    )


def test_unspent_money_goes_back_to_the_donor_by_two_persons_and_leaves_the_budget(house: House) -> None:
    funded(house)
    governed(house)
    terms = ReturnTerms(
        fund="UNHCR", line="A2", bank_account="BANK", amount=usd(100), reason="end of the fund"
    )
    with house.work("finance") as work:
        number = propose_donor_return(work, ProposeDonorReturn(key=key(), unspent=terms)).number
    with house.work("approver") as work:
        approve_donor_return(work, ApproveFundMove(key=key(), number=number))

    whole = seen(house)
    assert (whole.cash, whole.returned_to_donor, line_seen(house, "A2").allotted) == (90_000, 10_000, 40_000)
    with house.work("finance") as work:
        number = propose_donor_return(
            work, ProposeDonorReturn(key=key(), unspent=replace(terms, amount=usd(450)))
        ).number
    assert refused(
        house, "director", lambda work: approve_donor_return(work, ApproveFundMove(key=key(), number=number))
    ) == ("balance_too_low", "available_too_low")
    assert refused(
        house,
        "finance",
        lambda work: propose_donor_return(
            work, ProposeDonorReturn(key=key(), unspent=replace(terms, amount=usd(0), reason=""))
        ),
    ) == ("amount_not_above_zero", "reason_missing")
