"""How funds and their lines stand, from the ledger's balances and what its recipes moved. Reads only."""

from collections.abc import Iterable
from typing import Final

from seedfund.funds.queries.funds import FundFacts, lines_of
from seedfund.funds.rules.positions import FundPosition, LinePosition, total_of
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.lines import KindTotal, RecipeTotal, kind_totals, recipe_totals
from seedfund.store.statements import Reader

PAID: Final = (
    "payment.delivered.advances",
    "payment.delivered.expense",
    "tax.withheld.advances",
    "tax.withheld.expense",
    "set_off.advances",
    "set_off.expense",
    "opening.disbursed.advances",
    "opening.disbursed.expense",
)
"""What reached payees (accounting: disbursed = 16 + 20 + 28 − 19)."""
BOUNCED: Final = (
    "payment.bounced.advances",
    "payment.bounced.expense",
    "payment.bounced.advances.ended",
    "payment.bounced.expense.ended",
)
RETURNED: Final = (
    "refund.claims.committed",
    "refund.claims.available",
    "refund.advances.committed",
    "refund.advances.available",
    "refund.write_offs.committed",
    "refund.write_offs.available",
    "excess.applied.committed",
    "excess.applied.available",
    "set_off.restored",
    "opening.returned.committed",
    "opening.returned.available",
)
"""What came back from payees (accounting: rows 25 and 28)."""
SIGNED: Final = ("agreement.signed", "agreement.raised")
LOWERED: Final = ("agreement.lowered",)


def line_positions(reader: Reader, fund: FundFacts) -> dict[str, LinePosition]:
    """How each line of a fund stands, by the line's code; lines without movement stand at zero."""
    balances = kind_totals(reader, [fund.book_id])
    moved = recipe_totals(reader, [fund.book_id])
    return {
        line.code: _line_position(
            [one for one in balances if one.line_id == line.id],
            [one for one in moved if one.line_id == line.id],
        )
        for line in lines_of(reader, fund.id)
    }


def fund_position(reader: Reader, fund: FundFacts) -> FundPosition:
    """How a fund stands over all its lines, with its cash; integers in minor units of its currency."""
    balances = kind_totals(reader, [fund.book_id])
    cash = [one.total for one in balances if one.kind == "cash"]
    return FundPosition(
        received=_balance(balances, "contributions"),
        income=_balance(balances, "income"),
        cash=sum(one.balance for one in cash),
        in_payment=sum(one.held for one in cash),
        shortfall=_balance(balances, "shortfall"),
        returned_to_donor=_balance(balances, "donor_returns"),
        total=total_of(line_positions(reader, fund).values()),
    )


def cash_by_account(reader: Reader, fund: FundFacts) -> dict[Key, tuple[int, int]]:
    """The fund's share of each bank account: what is booked, and what payments in flight hold of it."""
    return {
        one.bank_account_id: (one.total.balance, one.total.held)
        for one in kind_totals(reader, [fund.book_id])
        if one.kind == "cash" and one.bank_account_id is not None
    }


def _balance(totals: Iterable[KindTotal], kind: str) -> int:
    return sum(one.total.balance for one in totals if one.kind == kind)


def _line_position(totals: list[KindTotal], moved: list[RecipeTotal]) -> LinePosition:
    of_grants = [one for one in totals if one.of_grants]
    own = [one for one in totals if not one.of_grants]
    return LinePosition(
        allotted=_balance(own, "allotted"),
        available=_balance(own, "available"),
        over=_balance(own, "over"),
        pre_committed=_balance(of_grants, "awarded"),
        committed=_moved(moved, SIGNED) - _moved(moved, LOWERED),
        open_commitment=_balance(of_grants, "committed"),
        in_payment=sum(one.total.held for one in of_grants if one.kind == "committed"),
        paid=_moved(moved, PAID) - _moved(moved, BOUNCED),
        open_advances=_balance(of_grants, "advances"),
        refund_due=_balance(of_grants, "claims"),
        justified=_balance((one for one in of_grants if one.with_advances), "expense"),
        no_receipts_due=_balance((one for one in of_grants if not one.with_advances), "expense"),
        returned=_moved(moved, RETURNED),
        written_off=_balance(of_grants, "write_offs"),
        other_spending=_balance(own, "expense"),
        spent=_balance(totals, "spent"),
    )


def _moved(totals: Iterable[RecipeTotal], recipes: tuple[str, ...]) -> int:
    return sum(one.amount for one in totals if one.recipe in recipes)
