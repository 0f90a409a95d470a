"""Donors' money, budget lines, cash, loans, exchanges, openings. Pure; rows 1–10, 34, 35, 37, 38 and 40."""

from typing import Final

from seedfund.kernel.errors import insist
from seedfund.ledger.rules.accounts import PARTICIPANT, AccountRef, Line, Part, other
from seedfund.ledger.rules.posting import Posting, both, budget, money

OPENING: Final = "opening"


def receive_instalment(bank: AccountRef, donor: str, amount: int) -> tuple[Posting, ...]:
    """Row 1: a donor's instalment, gross; the bank's charge is an event of its own."""
    return money("instalment.received", amount, bank, other("contributions", bank.book_id, donor))


def recall_instalment(bank: AccountRef, donor: str, amount: int) -> tuple[Posting, ...]:
    """Row 2: a donor took an instalment back, or it had been entered twice."""
    return money("instalment.recalled", amount, other("contributions", bank.book_id, donor), bank)


def receive_income(bank: AccountRef, kind: str, amount: int) -> tuple[Posting, ...]:
    """Row 3: interest, or a cash count that is over."""
    return money("income.received", amount, bank, other("income", bank.book_id, kind))


def pay_charge(bank: AccountRef, line: Line, amount: int) -> tuple[Posting, ...]:
    """Row 4: a bank's or provider's fee, on top of what was paid."""
    return _spend("charge.paid", bank, line, amount)


def pay_other(bank: AccountRef, line: Line, amount: int) -> tuple[Posting, ...]:
    """Row 5: spending outside grants, such as salaries or rent; without it no bank account foots."""
    return _spend("spending.paid", bank, line, amount)


def move_cash(source: AccountRef, target: AccountRef, amount: int, *, is_shown: bool) -> tuple[Posting, ...]:
    """Row 6: cash to another account of the book; `is_shown` when the statement already shows it: then it is a fact."""
    return money("cash.moved.shown" if is_shown else "cash.moved", amount, target, source)


def count_short(cash: AccountRef, amount: int, *, debtor: str = "") -> tuple[Posting, ...]:
    """Row 7: a cash count is short, or cash was stolen: a loss, or a claim on the custodian."""
    if debtor:
        return money("cash.short.claimed", amount, other("claims", cash.book_id, debtor), cash)
    return money("cash.short.lost", amount, other("losses", cash.book_id, "CASH"), cash)


def allot(line: Line, amount: int) -> tuple[Posting, ...]:
    """Row 8: a budget line is given an amount."""
    return budget("budget.allotted", amount, line.account("available"), line.account("allotted"))


def revise(source: Line, target: Line, amount: int) -> tuple[Posting, ...]:
    """Row 9: budget moves from one line to another, never below what is promised."""
    return (
        *budget("budget.revised.from", amount, source.account("allotted"), source.account("available")),
        *budget("budget.revised.to", amount, target.account("available"), target.account("allotted")),
    )


def cut(line: Line, amount: int) -> tuple[Posting, ...]:
    """Row 10: the donor cuts a line, promised or not."""
    return budget("budget.cut", amount, line.account("allotted"), line.account("available"))


def return_to_donor(bank: AccountRef, donor: str, line: Line, amount: int) -> tuple[Posting, ...]:
    """Row 37: unspent money goes back to the donor and leaves the line's ceiling."""
    return both(
        "donor.returned",
        amount,
        (other("donor_returns", bank.book_id, donor), bank),
        (line.account("allotted"), line.account("available")),
    )


def lend(
    lender: AccountRef, borrower: AccountRef, amount: int, *, names: tuple[str, str]
) -> tuple[Posting, ...]:
    """Row 34: one fund's cash serves another; `names` are lender's and borrower's codes."""
    insist(lender.book_id != borrower.book_id, "a loan is between two books")
    return (
        *money("loan.given", amount, other("due_from", lender.book_id, names[1]), lender),
        *money("loan.taken", amount, borrower, other("due_to", borrower.book_id, names[0])),
    )


def repay(
    lender: AccountRef, borrower: AccountRef, amount: int, *, names: tuple[str, str]
) -> tuple[Posting, ...]:
    """Row 34, pairs swapped: the loan is paid back."""
    return (
        *money("loan.repaid", amount, other("due_to", borrower.book_id, names[0]), borrower),
        *money("loan.returned", amount, lender, other("due_from", lender.book_id, names[1])),
    )


def exchange(
    source: AccountRef, target: AccountRef, *, sold: int, bought: int, currencies: tuple[str, str]
) -> tuple[Posting, ...]:
    """Row 35: cash of one currency for another, each in its own book; `currencies` are those sold and bought."""
    return (
        *money("exchange.sold", sold, other("fx", source.book_id, currencies[1]), source),
        *money("exchange.bought", bought, target, other("fx", target.book_id, currencies[0])),
    )


def move_ceiling(source: Line, target: Line, *, sold: int, bought: int) -> tuple[Posting, ...]:
    """Row 35: the ceiling moves with the money, from a line of one book to a line of the other."""
    return (
        *budget("exchange.ceiling.from", sold, source.account("allotted"), source.account("available")),
        *budget("exchange.ceiling.to", bought, target.account("available"), target.account("allotted")),
    )


# The opening of a running programme: gross history, each side that is missing stands in opening:BOOK. -----------------


def opening(book_id: int) -> AccountRef:
    """`opening:BOOK`, zero before the first month can close."""
    return other(OPENING, book_id, "BOOK")


def opened_contributions(book_id: int, donor: str, amount: int) -> tuple[Posting, ...]:
    """Row 38: all that a donor gave before the opening."""
    return money("opening.contributions", amount, opening(book_id), other("contributions", book_id, donor))


def opened_income(book_id: int, kind: str, amount: int) -> tuple[Posting, ...]:
    """Row 38: all other income before the opening."""
    return money("opening.income", amount, opening(book_id), other("income", book_id, kind))


def opened_cash(bank: AccountRef, amount: int) -> tuple[Posting, ...]:
    """Row 38: what a bank account or a cash box holds at the opening."""
    return money("opening.cash", amount, bank, opening(bank.book_id))


def opened_spending(line: Line, amount: int) -> tuple[Posting, ...]:
    """Row 38: all that was spent on a line outside grants before the opening."""
    return both(
        "opening.spending",
        amount,
        (line.account("expense"), opening(line.book_id)),
        (line.account("spent"), line.account("available")),
    )


def opened_disbursement(
    part: Part, amount: int, *, needs_receipts: bool, holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 38: all that was delivered to a grant before the opening, gross; its evidence is accepted by row 21."""
    kind = "advances" if needs_receipts else "expense"
    receiver = part.account(kind, holder) if needs_receipts else part.account(kind)
    return both(
        f"opening.disbursed.{kind}",
        amount,
        (receiver, opening(part.book_id)),
        (part.account("spent"), part.account("committed")),
    )


def opened_return(part: Part, amount: int, *, back: str, holder: str = PARTICIPANT) -> tuple[Posting, ...]:
    """Row 38: all that came back from a grant before the opening."""
    memo = part.account("committed") if back == "committed" else part.line.account("available")
    return both(
        f"opening.returned.{back}",
        amount,
        (opening(part.book_id), part.account("advances", holder)),
        (memo, part.account("spent")),
    )


# Room for a fact --------------------------------------------------------------------------------------------------


def cure_cash(cash: AccountRef, amount: int) -> tuple[Posting, ...]:
    """Row 40: cash that is there again covers what a fact took too much of."""
    shortfall = AccountRef(
        cash.book_id,
        str(cash.companion),
        "shortfall",
        bank_account_id=cash.bank_account_id,
        holder=cash.holder,
    )
    return money("cure.cash", amount, shortfall, cash)


def cure_line(line: Line, amount: int) -> tuple[Posting, ...]:
    """Row 40: budget that is there again covers what a fact took too much of."""
    return budget("cure.line", amount, line.account("over"), line.account("available"))


def _spend(recipe: str, bank: AccountRef, line: Line, amount: int) -> tuple[Posting, ...]:
    return both(
        recipe,
        amount,
        (line.account("expense"), bank),
        (line.account("spent"), line.account("available")),
    )
