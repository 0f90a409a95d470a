"""The ledger in forty lines of plain Python, and what has to hold after every step. Knows no seedfund code.

Counters by (book, code): `[debits, credits, debits held, credits held]`; a row is applied as an accountant would.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

DEBIT_KINDS = (
    *("cash", "advances", "claims", "expense", "write_offs", "losses", "due_from", "donor_returns"),
    *("available", "awarded", "committed", "spent"),
)
CREDIT_KINDS = (
    *("contributions", "income", "credit", "withheld", "due_to", "shortfall"),
    *("allotted", "over"),
)
MEMO_KINDS = ("available", "awarded", "committed", "spent", "allotted", "over")
Key = tuple[int, str]


@dataclass(frozen=True)
class Row:
    """A row as read back from the database; a reversal carries −1 as its sign."""

    book: int
    seq: int
    recipe: str
    phase: str
    amount: int
    pairs: tuple[tuple[str, str], ...]
    held: int
    sign: int = 1
    entry: str = ""
    booked: date | None = None


@dataclass
class Model:
    """Accounts rebuilt from rows alone."""

    at: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    events: dict[tuple[int, str, int], int] = field(default_factory=lambda: defaultdict(int))
    booked: dict[str, date] = field(default_factory=dict)

    @property
    def moved(self) -> dict[Key, list[int]]:
        """The accounts that anything ever moved."""
        return {key: counters for key, counters in self.at.items() if any(counters)}

    def apply(self, row: Row) -> None:
        """Move the accounts of one row."""
        if row.booked is not None:
            self.booked[row.entry] = row.booked
        for debit, credit in row.pairs:
            for side, code in enumerate((debit, credit)):
                counters = self.at[row.book, code]
                counters[side] += row.amount if row.phase in ("post", "settle") else 0
                counters[2 + side] += row.amount if row.phase == "hold" else -row.held
                if row.phase in ("post", "settle"):
                    side_of_original = side if row.sign > 0 else 1 - side
                    self.events[row.book, f"{row.recipe}|{code}", side_of_original] += row.sign * row.amount

    def balance(self, book: int, code: str) -> int:
        """Posted, on the side of the kind."""
        debits, credits, _, _ = self.at[book, code]
        return credits - debits if code.partition(":")[0] in CREDIT_KINDS else debits - credits

    def broken_floors(self) -> list[Key]:
        """Accounts below their floor, holds counted."""
        found = []
        for (book, code), (debits, credits, debits_held, credits_held) in self.at.items():
            kind = code.partition(":")[0]
            if kind in DEBIT_KINDS and debits - credits - credits_held < 0:
                found.append((book, code))
            if kind in CREDIT_KINDS and credits - debits - debits_held < 0:
                found.append((book, code))
        return found

    def _sum(self, book: int, kinds: tuple[str, ...], *parts: str) -> int:
        return sum(
            self.balance(book, code)
            for b, code in list(self.at)
            if b == book
            and code.split(":")[0] in kinds
            and all(part in code.split(":")[1:] for part in parts)
        )

    def _posted(self, book: int, grant: str, recipes: tuple[str, ...], kind: str, side: int) -> int:
        return sum(
            amount
            for (b, name, s), amount in self.events.items()
            if b == book
            and s == side
            and name.startswith(recipes)
            and name.partition("|")[2].startswith(f"{kind}:{grant}:")
        )

    def unequal(self, book: int, grants: list[str], lines: list[str]) -> list[str]:
        """The identities of the accounting reference that do not hold."""
        checks: list[tuple[str, int, int]] = []
        for grant in grants:
            given = self._sum(book, ("advances", "claims", "expense", "write_offs"), grant)
            checks.append((f"tie-out {grant}", self._sum(book, ("spent",), grant), given))
            checks.append((f"committed {grant}", *self._committed(book, grant)))
            checks.append((f"disbursed {grant}", *self._disbursed(book, grant)))
        for line in lines:
            promised = self._sum(book, ("available", "awarded", "committed", "spent"), line)
            checks.append((f"line {line}", self._sum(book, ("allotted", "over"), line), promised))
        money = sum(
            self.at[key][0] - self.at[key][1]
            for key in list(self.at)
            if key[0] == book and key[1].partition(":")[0] not in MEMO_KINDS
        )
        checks.append(("book", money, 0))
        return [f"{name}: {left} != {right}" for name, left, right in checks if left != right]

    def _committed(self, book: int, grant: str) -> tuple[int, int]:
        promised = self._posted(book, grant, ("agreement.signed", "agreement.raised"), "committed", 0)
        lowered = self._posted(book, grant, ("agreement.lowered",), "committed", 1)
        again = self._posted(book, grant, ("payment.bounced", "refund.", "excess.applied"), "committed", 0)
        spent = self._posted(book, grant, ("payment.delivered", "tax.withheld", "set_off"), "committed", 1)
        released = self._posted(book, grant, ("remainder",), "committed", 1)
        return promised - lowered + again, spent + released + self._sum(book, ("committed",), grant)

    def _disbursed(self, book: int, grant: str) -> tuple[int, int]:
        paid = ("payment.delivered", "tax.withheld", "set_off")
        disbursed = sum(self._posted(book, grant, paid, kind, 0) for kind in ("advances", "expense"))
        disbursed -= sum(
            self._posted(book, grant, ("payment.bounced",), kind, 1) for kind in ("advances", "expense")
        )
        back = ("refund.", "set_off", "excess.applied")
        returned = sum(
            self._posted(book, grant, back, kind, 1) for kind in ("claims", "advances", "write_offs")
        )
        # "refund.demanded" bears the word of a refund and moves none.
        returned -= self._posted(book, grant, ("refund.demanded",), "advances", 1)
        borne = sum(
            self._posted(book, grant, ("own_fund",), kind, 1) for kind in ("expense", "claims", "write_offs")
        )
        return disbursed, returned + borne + self._sum(
            book, ("expense", "write_offs", "claims", "advances"), grant
        )
