"""The ledger's own verbs: cash, counts, charges, income, tax, loans, exchanges, openings, cures."""

from collections.abc import Iterator
from itertools import count

import pytest

from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance
from seedfund.ledger.rules.events import funds
from seedfund.ledger.service import COMMANDS, loans, money, openings
from tests.ledger.readback import require_sound
from tests.ledger.support import FUND, LINE_IDS, BookOfTest, fund, open_book, post
from tests.support.programme import House

KEYS: Iterator[int] = count(1)


def usd(minor: int) -> Money:
    """An amount in dollars."""
    return Money(minor, "USD")


def key() -> str:
    """A key never used before."""
    return f"money:{next(KEYS)}"


def balance(house: House, book: BookOfTest, code: str) -> int:
    """What stands on an account, from rows alone, with the identities of its book."""
    return require_sound(house, {book.id: ([], list(LINE_IDS))}).balance(book.id, code)


def test_cash_moves_within_a_book_and_not_beyond_what_it_has(house: House, book: BookOfTest) -> None:
    move = money.MoveCash(key=key(), book="UNHCR", source="BANK", target="PETTY", amount=usd(5_000))
    with house.work("cashier") as work:
        money.move_cash(work, move)
        with pytest.raises(Refused) as refused:
            money.move_cash(
                work,
                money.MoveCash(key=key(), book="UNHCR", source="PETTY", target="BANK", amount=usd(5_001)),
            )

    assert refused.value.codes == ("cash_too_low",)
    assert balance(house, book, "cash:PETTY") == 5_000


def test_cash_that_the_statement_shows_moved_is_taken_in_beyond_what_there_was(
    house: House, book: BookOfTest
) -> None:
    move = money.MoveCash(
        key=key(), book="UNHCR", source="BANK", target="FLOAT", amount=usd(100_500), is_shown=True
    )
    with house.work("cashier") as work:
        posted = money.move_cash(work, move)

    assert posted.rooms == ("room.cash",)
    assert balance(house, book, "shortfall:BANK") == 500


def test_moving_cash_needs_an_assured_identity_a_known_account_and_two_of_them(
    house: House, book: BookOfTest
) -> None:
    with house.work("cashier", Assurance.CLAIMED) as work, pytest.raises(NotAllowed):
        money.move_cash(
            work, money.MoveCash(key=key(), book="UNHCR", source="BANK", target="PETTY", amount=usd(1))
        )
    with house.work("cashier") as work:
        with pytest.raises(NotFound):
            money.move_cash(
                work, money.MoveCash(key=key(), book="UNHCR", source="BANC", target="PETTY", amount=usd(1))
            )
        with pytest.raises(Refused) as same:
            money.move_cash(
                work, money.MoveCash(key=key(), book="UNHCR", source="BANK", target="BANK", amount=usd(1))
            )

    assert same.value.codes == ("same_account",)


def test_a_count_closes_the_difference_as_income_or_loss(house: House, book: BookOfTest) -> None:
    post(house, "cash_moved", funds.move_cash(book.bank, book.petty, 1_000, is_shown=False))
    with house.work("cashier") as work:
        over = money.record_cash_count(
            work, money.RecordCashCount(key=key(), book="UNHCR", account="PETTY", counted=usd(1_050))
        )
        with pytest.raises(InvalidInput, match="reason"):
            money.record_cash_count(
                work, money.RecordCashCount(key=key(), book="UNHCR", account="PETTY", counted=usd(900))
            )
        short = money.record_cash_count(
            work,
            money.RecordCashCount(
                key=key(),
                book="UNHCR",
                account="PETTY",
                counted=usd(900),
                debtor="CASHIER",
                reason="incident 4",
            ),
        )
        even = money.record_cash_count(
            work, money.RecordCashCount(key=key(), book="UNHCR", account="PETTY", counted=usd(900))
        )

    assert (over.expected, short.expected, even.entry) == (usd(1_000), usd(1_050), None)
    assert balance(house, book, "claims:CASHIER") == 150
    assert balance(house, book, "income:COUNT") == 50


def test_charges_and_other_spending_stand_on_their_lines(house: House, book: BookOfTest) -> None:
    with house.work("finance") as work:
        money.record_bank_charge(
            work, money.RecordBankCharge(key=key(), book="UNHCR", account="BANK", line="FEES", amount=usd(70))
        )
        money.record_other_spending(
            work,
            money.RecordOtherSpending(
                key=key(),
                book="UNHCR",
                account="BANK",
                line="OTHER",
                amount=usd(900),
                reason="rent of January",
            ),
        )
        money.record_income(
            work, money.RecordIncome(key=key(), book="UNHCR", account="BANK", kind="INTEREST", amount=usd(11))
        )

    assert balance(house, book, "spent:FEES") == 70
    assert balance(house, book, "spent:OTHER") == 900
    assert balance(house, book, "cash:BANK") == 100_000 - 70 - 900 + 11


def test_an_amount_is_in_the_currency_of_the_book_and_above_zero(house: House, book: BookOfTest) -> None:
    with house.work("finance") as work:
        with pytest.raises(Refused) as refused:
            money.record_income(
                work,
                money.RecordIncome(
                    key=key(), book="UNHCR", account="BANK", kind="INTEREST", amount=Money(11, "THB")
                ),
            )
        with pytest.raises(InvalidInput, match="above zero"):
            money.record_income(
                work,
                money.RecordIncome(key=key(), book="UNHCR", account="BANK", kind="INTEREST", amount=usd(0)),
            )

    assert refused.value.codes == ("currency_mismatch",)


def test_a_provider_pays_back_its_claim_and_what_is_beyond_is_income(house: House, book: BookOfTest) -> None:
    from_bank = funds.count_short(book.bank, 300, debtor="BANCO")
    post(house, "overpaid", from_bank)
    with house.work("finance") as work:
        money.record_claim_refund(
            work,
            money.RecordClaimRefund(key=key(), book="UNHCR", account="BANK", debtor="BANCO", amount=usd(350)),
        )

    assert balance(house, book, "claims:BANCO") == 0
    assert balance(house, book, "income:OTHER") == 50


def test_withheld_tax_is_paid_over_up_to_what_was_withheld(house: House, book: BookOfTest) -> None:
    with house.work("finance") as work, pytest.raises(NotFound):
        money.pay_withheld_tax(
            work, money.PayWithheldTax(key=key(), book="UNHCR", account="BANK", tax="IVA", amount=usd(5))
        )


def test_one_fund_lends_to_another_and_is_repaid(house: House, book: BookOfTest) -> None:
    other = open_book(house, "MIES")
    loan = loans.LendBetweenFunds(
        key=key(),
        lender="UNHCR",
        lender_account="BANK",
        borrower="MIES",
        borrower_account="BANK",
        amount=usd(2_000),
        authority="letters of both donors, 3 January",
    )
    with house.work("director") as work:
        loans.lend_between_funds(work, loan)
    assert (balance(house, book, "due_from:MIES"), balance(house, other, "due_to:UNHCR")) == (2_000, 2_000)
    with house.work("director") as work:
        loans.repay_loan(
            work,
            loans.RepayLoan(
                key=key(),
                lender="UNHCR",
                lender_account="BANK",
                borrower="MIES",
                borrower_account="BANK",
                amount=usd(2_000),
            ),
        )
        with pytest.raises(Refused) as same:
            loans.repay_loan(
                work,
                loans.RepayLoan(
                    key=key(),
                    lender="MIES",
                    lender_account="BANK",
                    borrower="MIES",
                    borrower_account="BANK",
                    amount=usd(1),
                ),
            )

    assert same.value.codes == ("same_book",)
    assert (balance(house, book, "due_from:MIES"), balance(house, other, "cash:BANK")) == (0, 0)


def test_an_exchange_stands_in_both_books_at_its_own_amounts(house: House, book: BookOfTest) -> None:
    baht = open_book(house, "IOM", "THB")
    command = loans.ExchangeCurrency(
        key=key(),
        source="UNHCR",
        source_account="BANK",
        sold=usd(1_000),
        target="IOM",
        target_account="BANK",
        bought=Money(36_000, "THB"),
        authority="36.00, bank slip 77",
    )
    with house.work("director") as work:
        loans.exchange_currency(work, command)

    assert balance(house, book, "cash:BANK") == 99_000
    assert balance(house, baht, "cash:BANK") == 36_000


def test_an_opening_is_gross_and_comes_to_zero(house: House) -> None:
    book = open_book(house, "OLD")
    post(house, "allot", funds.allot(book.line("OTHER"), 50_000))
    kinds = openings.OpeningKind
    items = (
        openings.OpeningItem(kind=kinds.CONTRIBUTIONS, name="MIES", amount=usd(80_000)),
        openings.OpeningItem(kind=kinds.INCOME, name="INTEREST", amount=usd(100)),
        openings.OpeningItem(kind=kinds.SPENDING, name="OTHER", amount=usd(30_000)),
        openings.OpeningItem(kind=kinds.CASH, name="BANK", amount=usd(50_100)),
    )
    with house.work("director") as work:
        openings.record_opening(work, openings.RecordOpening(key=key(), book="OLD", items=items))

    assert balance(house, book, "opening:BOOK") == 0
    assert balance(house, book, "available:OTHER") == 20_000


def test_a_shortfall_is_cured_from_what_is_there_and_only_then(house: House, book: BookOfTest) -> None:
    post(house, "budget_cut", funds.cut(book.line(), 40_000))
    post(house, "other", funds.pay_other(book.bank, book.line("OTHER"), 60_000))
    with house.work("reconciler") as work, pytest.raises(Refused) as refused:
        openings.cure_shortfall(
            work, openings.CureShortfall(key=key(), book="UNHCR", account="available:OTHER")
        )
    post(house, "revised", funds.revise(book.line("A2"), book.line("OTHER"), 10_000))

    assert refused.value.codes == ("nothing_to_cure",)
    assert balance(house, book, "over:OTHER") == 0


def test_a_book_is_opened_once(house: House, book: BookOfTest) -> None:
    with house.work("director") as work, pytest.raises(Refused) as refused:
        money.open_book(work, money.OpenBook(key=key(), fund_id=FUND, code="UNHCR", currency="USD"))

    assert refused.value.codes == ("book_exists",)


def test_every_verb_is_listed_once() -> None:
    names = [verb.name for verb in COMMANDS]

    assert len(set(names)) == len(names)
    assert all(name.startswith("ledger.") for name in names)


def test_funding_a_book_again_leaves_it_sound(house: House, book: BookOfTest) -> None:
    fund(house, book)

    assert balance(house, book, "cash:BANK") == 200_000
