"""The rows of each command as the accounting reference lists them, by hand. Knows no seedfund code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.ledger.forecast import HOLD, SETTLE, VOID, Forecast, Move, Place, free, room_of, shared
from tests.ledger.model import Model

FUNDS: Final = {1: "A", 2: "B"}
"""Code of the fund by the number of its book; donors bear the same code."""
BANK, PETTY = "cash:BANK", "cash:PETTY"
WATERFALL: Final = ("claims", "advances", "write_offs")


@dataclass(frozen=True)
class Grant:
    """A grant, its parts by book and line, and whether receipts are due."""

    number: str
    parts: tuple[tuple[int, str], ...]
    needs_receipts: bool

    @property
    def target(self) -> str:
        """What a payment becomes."""
        return "advances" if self.needs_receipts else "expense"

    def codes(self, kind: str) -> list[tuple[int, str]]:
        """Its accounts of a kind, part by part; `available` is the line's own."""
        if kind == "available":
            return [(book, f"available:{line}") for book, line in self.parts]
        end = ":participant" if kind in ("advances", "claims") else ""
        return [(book, f"{kind}:{self.number}:{line}{end}") for book, line in self.parts]

    def balances(self, model: Model, kind: str) -> list[int]:
        """What stands on them."""
        return [model.balance(book, code) for book, code in self.codes(kind)]

    def promised(self, model: Model) -> list[int]:
        """Promised and not in flight, part by part."""
        return [free(model, book, code) for book, code in self.codes("committed")]


GRANTS: Final = (
    Grant("SC-2026-0001", ((1, "A1"),), needs_receipts=True),
    Grant("CT-2026-0002", ((1, "A1"), (1, "A2")), needs_receipts=False),
    Grant("SC-2026-0003", ((1, "A1"), (2, "A1")), needs_receipts=True),
)


def owner(hold: Move) -> int:
    """Whose payment is in flight: the grant's place in the list."""
    codes = [code for pair in hold.pairs for code in pair]
    return next(
        index for index, grant in enumerate(GRANTS) if any(f":{grant.number}:" in code for code in codes)
    )


# A book's own money and budget ---------------------------------------------------------------------------------------


def received(book: int, kind: str, amount: int) -> list[Move]:
    """Rows 1 and 3."""
    return [Move(book, amount, (BANK, kind), is_fact=True)]


def recalled(book: int, amount: int) -> list[Move]:
    """Row 2."""
    return [Move(book, amount, (f"contributions:{FUNDS[book]}", BANK), is_fact=True)]


def spent(book: int, line: str, amount: int) -> list[Move]:
    """Rows 4 and 5."""
    return [
        Move(book, amount, (f"expense:{line}", BANK), (f"spent:{line}", f"available:{line}"), is_fact=True)
    ]


def taken(book: int, account: str, debit: str, amount: int) -> list[Move]:
    """Rows 7 and 18: cash that is gone, against a loss or a claim."""
    return [Move(book, amount, (debit, account), is_fact=True)]


def moved(book: int, amount: int, *, is_shown: bool) -> list[Move]:
    """Row 6."""
    return [Move(book, amount, (PETTY, BANK), is_fact=is_shown)]


def allotted(book: int, line: str, amount: int) -> list[Move]:
    """Row 8."""
    return [Move(book, amount, memo=(f"available:{line}", f"allotted:{line}"))]


def cut(book: int, line: str, amount: int, *, is_fact: bool = True) -> list[Move]:
    """Row 10, and the first half of row 9."""
    return [Move(book, amount, memo=(f"allotted:{line}", f"available:{line}"), is_fact=is_fact)]


def revised(book: int, source: str, target: str, amount: int) -> list[Move]:
    """Row 9."""
    return cut(book, source, amount, is_fact=False) + allotted(book, target, amount)


def returned_to_donor(book: int, line: str, amount: int) -> list[Move]:
    """Row 37."""
    memo = (f"allotted:{line}", f"available:{line}")
    return [Move(book, amount, (f"donor_returns:{FUNDS[book]}", BANK), memo)]


def lent(book: int, amount: int) -> list[Move]:
    """Row 34."""
    other = 3 - book
    return [
        Move(book, amount, (f"due_from:{FUNDS[other]}", BANK)),
        Move(other, amount, (BANK, f"due_to:{FUNDS[book]}")),
    ]


def repaid(book: int, amount: int) -> list[Move]:
    """Row 34, pairs swapped."""
    return [move._replace(money=move.money and move.money[::-1]) for move in reversed(lent(book, amount))]


def exchanged(book: int, amount: int) -> list[Move]:
    """Row 35."""
    return [Move(book, amount, ("fx:THB", BANK)), Move(3 - book, amount * 36, (BANK, "fx:USD"))]


def cured(model: Model, book: int, code: str) -> list[Move]:
    """Row 40."""
    amount = min(model.balance(book, room_of(code)), free(model, book, code))
    return [Move(book, amount, memo=(room_of(code), code), is_fact=True)] if amount > 0 else []


def paid_out(book: int, kind: str, amount: int) -> list[Move]:
    """Row 20, second half."""
    return [Move(book, amount, (kind, BANK))]


def paid_back(model: Model, book: int, claim: str, amount: int) -> list[Move]:
    """Rows 7 and 18: a provider or custodian pays; what is beyond the claim is income."""
    owed = min(amount, model.balance(book, claim))
    rows = [(owed, claim), (amount - owed, "income:OTHER")]
    return [Move(book, minor, (BANK, credit), is_fact=True) for minor, credit in rows if minor]


# Grants ---------------------------------------------------------------------------------------------------------------


def between(
    grant: Grant,
    amounts: Iterable[int],
    debit: str,
    credit: str,
    *,
    is_fact: bool = False,
    is_new: bool = False,
) -> list[Move]:
    """Rows 11 to 14 and 31: budget from one account of each part to another."""
    pairs = zip(grant.codes(debit), grant.codes(credit), amounts, strict=True)
    return [
        Move(book, amount, memo=(to, source), is_fact=is_fact, is_new=is_new)
        for (book, to), (_, source), amount in pairs
        if amount
    ]


def released(grant: Grant, amounts: Sequence[int]) -> list[Move]:
    """Row 15."""
    rows = between(grant, amounts, "spent", "committed", is_new=True)
    receivers = [code for (_, code), amount in zip(grant.codes(grant.target), amounts, strict=True) if amount]
    return [row._replace(money=(to, BANK), phase=HOLD) for row, to in zip(rows, receivers, strict=True)]


def resulted(
    world: Forecast, places: Sequence[Place], amount: int, *, tax: int, rest_stays_open: bool, has_ended: bool
) -> list[Move]:
    """Rows 16 to 18 and 20."""
    holds = [world.flying[place][0] for place in places]
    parts = shared(amount, [hold.amount for hold in holds])
    rows = []
    for hold, settled, kept in zip(holds, parts, shared(tax, parts), strict=True):
        net, rest = settled - kept, hold.amount - settled
        phase = SETTLE if net else VOID
        rows.append(
            hold._replace(
                amount=net or hold.amount, phase=phase, held=hold.amount, is_fact=True, is_new=False
            )
        )
        if kept and hold.money:
            rows.append(Move(hold.book, kept, (hold.money[0], "withheld:IVA"), hold.memo))
        if rest and rest_stays_open:
            rows.append(hold._replace(amount=rest, is_fact=True, is_new=False))
        elif rest and has_ended and hold.memo:
            line = hold.memo[1].split(":")[-1]
            rows.append(Move(hold.book, rest, memo=(f"available:{line}", hold.memo[1])))
    above = amount - sum(parts)
    return rows + (taken(holds[0].book, BANK, "claims:provider", above) if above > 0 else [])


def within(model: Model, grant: Grant, amount: int, debit: str, credit: str) -> list[Move]:
    """Rows 22 to 24, 27 and 29: by what is open in each part; what is beyond that is asked of the first."""
    parts = shared(amount, grant.balances(model, credit))
    parts[0] += amount - sum(parts)
    pairs = zip(grant.codes(debit), grant.codes(credit), parts, strict=True)
    return [Move(book, part, (to, source)) for (book, to), (_, source), part in pairs if part]


def accepted(model: Model, grant: Grant, amount: int) -> list[Move]:
    """Row 21: no more than is open; the rest waits."""
    return within(model, grant, min(amount, sum(grant.balances(model, "advances"))), "expense", "advances")


def came_back(grant: Grant, part: int, kind: str, amount: int, back: str) -> list[Move]:
    """One row of 19, 25: cash in, spending undone."""
    book, source = grant.codes(kind)[part]
    memo = (grant.codes(back)[part][1], grant.codes("spent")[part][1])
    return [Move(book, amount, (BANK, source), memo, is_fact=True)] if amount else []


def excess(grant: Grant, part: int, amount: int) -> list[Move]:
    """Row 26."""
    book, credit = grant.codes("credit")[part]
    return [Move(book, amount, (BANK, credit), is_fact=True)] if amount else []


def refunded(model: Model, grant: Grant, amount: int, back: str) -> list[Move]:
    """Rows 25 and 26."""
    rows, left = [], amount
    for kind in WATERFALL:
        parts = shared(left, grant.balances(model, kind))
        left -= sum(parts)
        rows += [row for index, part in enumerate(parts) for row in came_back(grant, index, kind, part, back)]
    return rows + excess(grant, 0, left)


def bounced(model: Model, grant: Grant, part: int, amount: int, back: str) -> list[Move]:
    """Row 19: what stood on the payment is undone first."""
    book, advances = grant.codes("advances")[part]
    at = {kind: grant.balances(model, kind)[part] for kind in (*WATERFALL, "expense")}
    rows, left = [], amount
    if grant.needs_receipts:
        there = at["advances"]
        for kind in ("expense", "claims"):
            undone = min(max(left - there, 0), at[kind])
            there += undone
            source = grant.codes(kind)[part][1]
            rows += [Move(book, undone, (advances, source), is_fact=True)] if undone else []
    else:
        there = at["expense"]
    rows += came_back(grant, part, grant.target, min(left, there), back)
    left -= min(left, there)
    recovered = min(left, at["write_offs"])
    return (
        rows + came_back(grant, part, "write_offs", recovered, back) + excess(grant, part, left - recovered)
    )


def set_off(source: Grant, target: Grant, amount: int) -> list[Move]:
    """Row 28, between the first parts."""
    book, claims = source.codes("claims")[0]
    receiver, (_, spent_there) = target.codes(target.target)[0][1], target.codes("spent")[0]
    return [
        Move(book, amount, (receiver, claims), (spent_there, target.codes("committed")[0][1])),
        Move(book, amount, memo=(source.codes("available")[0][1], source.codes("spent")[0][1])),
    ]


def absorbed(grant: Grant, part: int, kind: str, amount: int) -> list[Move]:
    """Row 30: the other fund bears it."""
    book, given = grant.codes(kind)[part]
    memo = (grant.codes("available")[part][1], grant.codes("spent")[part][1])
    return [
        Move(book, amount, (f"due_from:{FUNDS[3 - book]}", given), memo),
        Move(3 - book, amount, ("losses:REFUSED-COSTS", f"due_to:{FUNDS[book]}")),
    ]


def settled_excess(grant: Grant, how: int, amount: int) -> list[Move]:
    """Row 26: paid back, given to the programme, or applied to a demand."""
    book, credit = grant.codes("credit")[0]
    if how == 2:
        memo = (grant.codes("available")[0][1], grant.codes("spent")[0][1])
        return [Move(book, amount, (credit, grant.codes("claims")[0][1]), memo)]
    return [Move(book, amount, (credit, "income:GIFT" if how else BANK))]
