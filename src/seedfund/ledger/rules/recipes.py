"""The recipes: every way a row may be posted, as a page of accounting. Pure data.

Source: accounting reference, "Recipes". Each line is one combination of account kinds; its first part is the event, its
number the row of that page. A *decision* may be refused; a *fact* has already happened and is always taken in.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

POST: Final = "post"
HOLD: Final = "hold"
SETTLE: Final = "settle"
VOID: Final = "void"
PHASES: Final = (POST, HOLD, SETTLE, VOID)

DECISION: Final = "decision"
FACT: Final = "fact"
NATURES: Final = (DECISION, FACT)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to post a row: kinds of the four accounts, phase, and whether it is a decision or a fact."""

    code: str
    number: int
    debit_kind: str | None
    credit_kind: str | None
    memo_debit_kind: str | None
    memo_credit_kind: str | None
    phase: str
    nature: str

    @property
    def is_fact(self) -> bool:
        """Whether it has already happened outside."""
        return self.nature == FACT


def _money(number: int, code: str, pair: str, *, nature: str, memo: str = "", phase: str = POST) -> Recipe:
    """A row of money, `debit / credit`, with or without its budget pair."""
    debit, credit = pair.split(" / ")
    memo_debit, memo_credit = memo.split(" / ") if memo else (None, None)
    return Recipe(code, number, debit, credit, memo_debit, memo_credit, phase, nature)


def _budget(number: int, code: str, pair: str, *, nature: str) -> Recipe:
    """A row of budget alone."""
    debit, credit = pair.split(" / ")
    return Recipe(code, number, None, None, debit, credit, POST, nature)


D: Final = DECISION
F: Final = FACT
SPEND: Final = "spent / available"
PAY: Final = "spent / committed"
BACK: Final = "committed / spent"
FREE: Final = "available / spent"

RECIPES: Final[tuple[Recipe, ...]] = (
    # Money of donors, income, and the cash itself.
    _money(1, "instalment.received", "cash / contributions", nature=F),
    _money(2, "instalment.recalled", "contributions / cash", nature=F),
    _money(3, "income.received", "cash / income", nature=F),
    _money(4, "charge.paid", "expense / cash", memo=SPEND, nature=F),
    _money(5, "spending.paid", "expense / cash", memo=SPEND, nature=F),
    _money(6, "cash.moved", "cash / cash", nature=D),
    _money(6, "cash.moved.shown", "cash / cash", nature=F),
    _money(7, "cash.short.lost", "losses / cash", nature=F),
    _money(7, "cash.short.claimed", "claims / cash", nature=F),
    # Budget lines.
    _budget(8, "budget.allotted", "available / allotted", nature=D),
    _budget(9, "budget.revised.from", "allotted / available", nature=D),
    _budget(9, "budget.revised.to", "available / allotted", nature=D),
    _budget(10, "budget.cut", "allotted / available", nature=F),
    # Award and agreement.
    _budget(11, "award.decided", "awarded / available", nature=D),
    _budget(12, "award.lapsed", "available / awarded", nature=F),
    _budget(13, "agreement.signed", "committed / awarded", nature=D),
    _budget(14, "agreement.raised", "committed / available", nature=D),
    _budget(14, "agreement.lowered", "available / committed", nature=D),
    # Payments. Where the benefit needs no receipts the payment is expense at once.
    _money(15, "payment.released.advances", "advances / cash", memo=PAY, phase=HOLD, nature=D),
    _money(15, "payment.released.expense", "expense / cash", memo=PAY, phase=HOLD, nature=D),
    _money(16, "payment.delivered.advances", "advances / cash", memo=PAY, phase=SETTLE, nature=F),
    _money(16, "payment.delivered.expense", "expense / cash", memo=PAY, phase=SETTLE, nature=F),
    _money(16, "payment.rest.advances", "advances / cash", memo=PAY, phase=HOLD, nature=F),
    _money(16, "payment.rest.expense", "expense / cash", memo=PAY, phase=HOLD, nature=F),
    _money(17, "payment.voided.advances", "advances / cash", memo=PAY, phase=VOID, nature=F),
    _money(17, "payment.voided.expense", "expense / cash", memo=PAY, phase=VOID, nature=F),
    _money(18, "payment.overpaid", "claims / cash", nature=F),
    _money(19, "payment.bounced.advances", "cash / advances", memo=BACK, nature=F),
    _money(19, "payment.bounced.expense", "cash / expense", memo=BACK, nature=F),
    _money(19, "payment.bounced.advances.ended", "cash / advances", memo=FREE, nature=F),
    _money(19, "payment.bounced.expense.ended", "cash / expense", memo=FREE, nature=F),
    # What stood on a bounced payment is undone first, in the same entry.
    _money(19, "bounce.unaccepted", "advances / expense", nature=F),
    _money(19, "bounce.unclaimed", "advances / claims", nature=F),
    _money(20, "tax.withheld.advances", "advances / withheld", memo=PAY, nature=D),
    _money(20, "tax.withheld.expense", "expense / withheld", memo=PAY, nature=D),
    _money(20, "tax.paid", "withheld / cash", nature=D),
    # Evidence and refunds.
    _money(21, "evidence.accepted", "expense / advances", nature=D),
    _money(22, "refund.demanded", "claims / advances", nature=D),
    _money(23, "demand.lifted", "advances / claims", nature=D),
    _money(23, "demand.lifted.expense", "expense / claims", nature=D),
    _money(24, "acceptance.withdrawn", "claims / expense", nature=D),
    _money(24, "acceptance.corrected", "advances / expense", nature=D),
    _money(25, "refund.claims.committed", "cash / claims", memo=BACK, nature=F),
    _money(25, "refund.claims.available", "cash / claims", memo=FREE, nature=F),
    _money(25, "refund.advances.committed", "cash / advances", memo=BACK, nature=F),
    _money(25, "refund.advances.available", "cash / advances", memo=FREE, nature=F),
    _money(25, "refund.write_offs.committed", "cash / write_offs", memo=BACK, nature=F),
    _money(25, "refund.write_offs.available", "cash / write_offs", memo=FREE, nature=F),
    _money(25, "refund.other_claims", "cash / claims", nature=F),
    _money(26, "excess.received", "cash / credit", nature=F),
    _money(26, "excess.repaid", "credit / cash", nature=D),
    _money(26, "excess.donated", "credit / income", nature=D),
    _money(26, "excess.applied.committed", "credit / claims", memo=BACK, nature=D),
    _money(26, "excess.applied.available", "credit / claims", memo=FREE, nature=D),
    _money(27, "kept_back.expense", "expense / claims", nature=D),
    _money(27, "kept_back.advances", "advances / claims", nature=D),
    _money(28, "set_off.advances", "advances / claims", memo=PAY, nature=D),
    _money(28, "set_off.expense", "expense / claims", memo=PAY, nature=D),
    _budget(28, "set_off.restored", FREE, nature=D),
    _money(29, "written_off.claims", "write_offs / claims", nature=D),
    _money(29, "written_off.advances", "write_offs / advances", nature=D),
    _money(30, "own_fund.expense", "due_from / expense", memo=FREE, nature=D),
    _money(30, "own_fund.claims", "due_from / claims", memo=FREE, nature=D),
    _money(30, "own_fund.write_offs", "due_from / write_offs", memo=FREE, nature=D),
    _money(30, "own_fund.absorbed", "losses / due_to", nature=D),
    _budget(31, "remainder.released", "available / committed", nature=D),
    # Between funds, between currencies, back to the donor.
    _money(34, "loan.given", "due_from / cash", nature=D),
    _money(34, "loan.taken", "cash / due_to", nature=D),
    _money(34, "loan.repaid", "due_to / cash", nature=D),
    _money(34, "loan.returned", "cash / due_from", nature=D),
    _money(35, "exchange.sold", "fx / cash", nature=D),
    _money(35, "exchange.bought", "cash / fx", nature=D),
    _budget(35, "exchange.ceiling.from", "allotted / available", nature=D),
    _budget(35, "exchange.ceiling.to", "available / allotted", nature=D),
    _money(37, "donor.returned", "donor_returns / cash", memo="allotted / available", nature=D),
    # The opening of a running programme: gross history, with the missing side in opening:BOOK.
    _money(38, "opening.contributions", "opening / contributions", nature=D),
    _money(38, "opening.income", "opening / income", nature=D),
    _money(38, "opening.cash", "cash / opening", nature=D),
    _money(38, "opening.spending", "expense / opening", memo=SPEND, nature=D),
    _money(38, "opening.disbursed.advances", "advances / opening", memo=PAY, nature=D),
    _money(38, "opening.disbursed.expense", "expense / opening", memo=PAY, nature=D),
    _money(38, "opening.returned.committed", "opening / advances", memo=BACK, nature=D),
    _money(38, "opening.returned.available", "opening / advances", memo=FREE, nature=D),
    # Room for a fact that a floor would refuse, and its cure by the next inflow.
    _money(40, "room.cash", "cash / shortfall", nature=F),
    _money(40, "cure.cash", "shortfall / cash", nature=F),
    _budget(40, "room.line", "available / over", nature=F),
    _budget(40, "cure.line", "over / available", nature=F),
)
RECIPE: Final = MappingProxyType({recipe.code: recipe for recipe in RECIPES})
