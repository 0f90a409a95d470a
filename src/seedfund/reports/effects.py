"""What one row of a book does to the columns of the ledgers people read. Pure; must not know queries or languages.

Balances (to disburse, to justify, refund due, cash, uncommitted) are read off the accounts a row names, never off its
recipe, so that a ledger always ends on the account's own balance. The recipe tells only which event column a change
belongs to. Mirrors of reversed rows swap their pairs, and so undo what the row did.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from seedfund.grants.rules.figures import BORNE, BOUNCED, DELIVERED, LAPSED, RELEASED, RETURNED
from seedfund.kernel.ids import Key

AWARDS: Final = ("award.decided", "award.lapsed")
PROMISES: Final = ("agreement.signed", "agreement.raised", "agreement.lowered")
RECEIVED: Final = ("instalment.received", "instalment.recalled", "opening.contributions")
INCOME: Final = ("income.received", "opening.income")
OTHER_SPENDING: Final = ("charge.paid", "spending.paid", "opening.spending")
EXCHANGED: Final = ("exchange.sold", "exchange.bought")
REFUNDS: Final = (
    *("refund.claims.committed", "refund.claims.available"),
    *("refund.advances.committed", "refund.advances.available"),
    *("refund.write_offs.committed", "refund.write_offs.available"),
    *("excess.received", "excess.repaid"),
)


@dataclass(frozen=True, slots=True)
class Leg:
    """An account as a ledger sees it."""

    id: int
    book_id: int
    code: str
    kind: str
    grant_id: Key | None
    line_id: Key | None
    bank_account_id: Key | None
    holder: str


@dataclass(frozen=True, slots=True)
class RowLegs:
    """A row with the accounts it names; `is_mirror` for the mirror of a reversed row."""

    recipe: str
    phase: str
    amount: int
    held: int
    is_mirror: bool
    debits: tuple[Leg, ...]
    credits: tuple[Leg, ...]

    @property
    def posted(self) -> int:
        """What it posts: nothing while it is only held."""
        return self.amount if self.phase in ("post", "settle") else 0

    @property
    def pending(self) -> int:
        """What it puts on hold, or takes off."""
        return self.amount if self.phase == "hold" else -self.held

    def signed(self) -> Iterable[tuple[Leg, int]]:
        """Every account with what was posted on it, debit above zero."""
        for leg in self.debits:
            yield leg, self.posted
        for leg in self.credits:
            yield leg, -self.posted


def grant_columns(row: RowLegs, *, grant_id: Key, line_id: Key, needs_receipts: bool) -> Counter[str]:
    """What a row changes in each column of one grant part, in minor units; nothing where it names another part.

    Disbursed is always accepted + no receipts due + returned + written off + borne by us + refund due + to justify
    (accounting: identities).
    """
    found: Counter[str] = Counter()
    for leg, change in row.signed():
        if leg.grant_id == grant_id and leg.line_id == line_id:
            for column, amount in _of_part(leg.kind, change, row.recipe, needs_receipts=needs_receipts):
                found[column] += amount
    for leg in row.credits:
        if leg.kind == "committed" and leg.grant_id == grant_id and leg.line_id == line_id:
            found["in_payment"] += row.pending
            found["to_disburse"] -= row.pending
    return found


def _of_part(kind: str, change: int, recipe: str, *, needs_receipts: bool) -> list[tuple[str, int]]:
    match kind:
        case "awarded":
            return [("awarded", change)] if recipe in AWARDS else []
        case "committed":
            promised = [("committed", change)] if recipe in PROMISES else []
            return [*promised, ("to_disburse", change)]
        case "spent":
            return _spent(change, recipe)
        case "expense":
            return [("accepted" if needs_receipts else "no_receipts_due", change)]
        case "advances":
            return [("to_justify", change)]
        case "claims":
            return [("refund_due", change)]
        case "write_offs":
            return [("written_off", change)]
        case _:
            return []


def _spent(change: int, recipe: str) -> list[tuple[str, int]]:
    if recipe in RETURNED:
        return [("returned", -change)]
    if recipe in BORNE:
        return [("borne_by_us", -change)]
    return [("disbursed", change)]


def fund_columns(row: RowLegs) -> Counter[str]:
    """What a row changes in each column of its fund's ledger, in minor units.

    `transfers` and `back_to_line` take what no other column names, so that cash and what is uncommitted always end on
    the accounts: cash less shortfall, available less what is over. `released` is what closing sets free and `lapsed`
    what an award never signed does, as everywhere else; a refund or a cut cured goes back to its line.
    """
    cash = sum(change for leg, change in row.signed() if leg.kind in ("cash", "shortfall"))
    free = sum(change for leg, change in row.signed() if leg.kind in ("available", "over"))
    found = _named(row)
    inflow = found["received"] + found["income"] + found["refunded"] + found["exchange"]
    found["transfers"] = cash - inflow + found["disbursed"] + found["other_spending"]
    freed = found["allotted"] + found["released"] + found["lapsed"]
    found["back_to_line"] = free - freed + found["awarded"] + found["other_spending"]
    return found


def _named(row: RowLegs) -> Counter[str]:
    """The columns that a recipe or an account names."""
    found: Counter[str] = Counter()
    sign = -1 if row.is_mirror else 1
    posted = sign * row.posted
    if row.recipe in RECEIVED:
        found["received"] = -posted if row.recipe == "instalment.recalled" else posted
    if row.recipe in INCOME:
        found["income"] = posted
    if row.recipe in REFUNDS:
        found["refunded"] = -posted if row.recipe == "excess.repaid" else posted
    if row.recipe in EXCHANGED:
        found["exchange"] = -posted if row.recipe == "exchange.sold" else posted
    if row.recipe in OTHER_SPENDING:
        found["other_spending"] = posted
    if row.recipe in (*DELIVERED, *BOUNCED):
        found["disbursed"] = -posted if row.recipe in BOUNCED else posted
    if row.recipe == "award.decided":
        found["awarded"] = posted
    if row.recipe in LAPSED:
        found["lapsed"] = posted
    if row.recipe in RELEASED:
        found["released"] = posted
    if row.recipe in PROMISES:
        found["committed"] = -posted if row.recipe == "agreement.lowered" else posted
    found["allotted"] = sum(-change for leg, change in row.signed() if leg.kind == "allotted")
    if any(leg.kind == "cash" for leg in row.credits):
        found["in_payment"] = row.pending
    return found


def legs_of(row_ids: Iterable[int | None], accounts: Mapping[int, Leg]) -> tuple[Leg, ...]:
    """The accounts of a row that are known here."""
    return tuple(accounts[found] for found in row_ids if found is not None and found in accounts)
