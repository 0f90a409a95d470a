"""What has to be equal in a book at every moment, per part of a grant, per budget line and as a whole. Pure.

Source: accounting reference, identities. That debits equal credits is true by construction and proves nothing; here the
sums of events are held against balances, and the budget (memo) against the money it stands for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from seedfund.assurance.rules.books import AccountFacts
from seedfund.ledger.rules.accounts import CREDIT, KINDS

DEBIT_SIDE, CREDIT_SIDE, MEMO_DEBIT_SIDE, MEMO_CREDIT_SIDE = range(4)
DELIVERED: Final = (
    "payment.delivered.",
    "tax.withheld.",
    "set_off.advances",
    "set_off.expense",
    "opening.disbursed.",
)
BOUNCED: Final = ("payment.bounced.",)
RETURNED: Final = (
    "refund.claims.",
    "refund.advances.",
    "refund.write_offs.",
    "excess.applied.",
    "set_off.advances",
    "set_off.expense",
    "opening.returned.",
)
BORNE: Final = ("own_fund.expense", "own_fund.claims", "own_fund.write_offs")
PROMISED: Final = ("agreement.signed", "agreement.raised")
LOWERED: Final = ("agreement.lowered",)
RELEASED: Final = ("remainder.released",)
GIVEN: Final = ("advances", "claims", "expense", "write_offs")
CREDITS: Final = ("contributions", "income", "due_to", "credit", "withheld", "shortfall")
DEBITS: Final = (
    *("cash", "advances", "claims", "expense", "write_offs"),
    *("losses", "due_from", "donor_returns"),
)
UNFLOORED: Final = ("fx", "opening")


@dataclass(frozen=True, slots=True)
class Unequal:
    """An identity that does not hold: its name, its two sides in minor units, and of what."""

    of: str
    identity: str
    left: int
    right: int


@dataclass(slots=True)
class Group:
    """Accounts that belong together: balances by kind on the kind's own side, and sums of events by recipe and side."""

    balances: dict[str, int] = field(default_factory=dict)
    events: dict[tuple[str, int], int] = field(default_factory=dict)

    def of(self, *kinds: str) -> int:
        """The balances of kinds, summed."""
        return sum(self.balances.get(kind, 0) for kind in kinds)

    def posted(self, recipes: tuple[str, ...], side: int) -> int:
        """What was posted on a side under recipes whose codes begin so."""
        return sum(
            amount for (code, at), amount in self.events.items() if at == side and code.startswith(recipes)
        )


def unequal(
    accounts: Mapping[int, AccountFacts],
    counters: Mapping[int, Iterable[int]],
    sums: Mapping[tuple[int, str, int], int],
) -> Iterator[Unequal]:
    """Every identity of a book that does not hold: parts by code, then lines, then the book as a whole."""
    parts: dict[tuple[str, str], Group] = {}
    lines: dict[str, Group] = {}
    book = Group()
    groups: dict[int, tuple[Group, ...]] = {}
    for number, account in accounts.items():
        grant, line = account.labels
        mine = [book]
        if grant:
            mine.append(parts.setdefault((grant, line), Group()))
        elif line:
            mine.append(lines.setdefault(line, Group()))
        groups[number] = tuple(mine)
        balance = _balance(account.kind, counters[number])
        for group in mine:
            group.balances[account.kind] = group.balances.get(account.kind, 0) + balance
    for (number, recipe, side), amount in sums.items():
        for group in groups[number][1:]:
            group.events[recipe, side] = group.events.get((recipe, side), 0) + amount
    for (grant, line), part in sorted(parts.items()):
        yield from _differing(f"{grant}:{line}", part_identities(part))
        lines.setdefault(line, Group())
    for code, group in sorted(lines.items()):
        promised = sum(
            part.of("awarded", "committed", "spent") for (_, line), part in parts.items() if line == code
        )
        yield from _differing(code, line_identities(group, promised))
    yield from _differing("*", book_identities(book))


def part_identities(part: Group) -> tuple[tuple[str, int, int], ...]:
    """The identities of a grant's part: name, left, right, in minor units."""
    disbursed = part.posted(DELIVERED, DEBIT_SIDE) - part.posted(BOUNCED, CREDIT_SIDE)
    returned = part.posted(RETURNED, CREDIT_SIDE)
    borne = part.posted(BORNE, CREDIT_SIDE)
    committed = part.posted(PROMISED, MEMO_DEBIT_SIDE) - part.posted(LOWERED, MEMO_CREDIT_SIDE)
    recommitted = _recommitted(part)
    return (
        ("disbursed = justified + returned + written off + borne + due + open", disbursed,
         part.of(*GIVEN) + returned + borne),
        ("committed + recommitted = spent + released + still committed", committed + recommitted,
         part.posted(DELIVERED, MEMO_DEBIT_SIDE) + part.posted(RELEASED, MEMO_CREDIT_SIDE) + part.of("committed")),
        ("awarded = lapsed + signed + still awarded", part.posted(("award.decided",), MEMO_DEBIT_SIDE),
         part.posted(("award.lapsed", "agreement.signed"), MEMO_CREDIT_SIDE) + part.of("awarded")),
        ("spent = advances + claims + expense + write-offs", part.of("spent"), part.of(*GIVEN)),
    )  # fmt: skip


def line_identities(line: Group, in_parts: int) -> tuple[tuple[str, int, int], ...]:
    """The identities of a budget line; `in_parts` is what its grants have awarded, committed and spent."""
    return (
        ("spent = expense", line.of("spent"), line.of("expense")),
        ("allotted + over = available + awarded + committed + spent", line.of("allotted", "over"),
         line.of("available", "spent") + in_parts),
    )  # fmt: skip


def book_identities(book: Group) -> tuple[tuple[str, int, int], ...]:
    """The identity of a book: where the money came from is where it is."""
    return (("sources = uses", book.of(*CREDITS), book.of(*DEBITS, *UNFLOORED)),)


def _recommitted(part: Group) -> int:
    """What refunds and bounced payments gave back to the promise."""
    return sum(
        amount
        for (code, side), amount in part.events.items()
        if side == MEMO_DEBIT_SIDE and code.startswith((*BOUNCED, *RETURNED)) and _is_back(code)
    )


def _is_back(code: str) -> bool:
    is_bounce = code.startswith(BOUNCED)
    return not code.endswith(".ended") if is_bounce else code.endswith(".committed")


def _balance(kind: str, counters: Iterable[int]) -> int:
    debits, credits, *_ = counters
    known = KINDS.get(kind)
    return credits - debits if known is not None and known.floor == CREDIT else debits - credits


def _differing(of: str, identities: Iterable[tuple[str, int, int]]) -> Iterator[Unequal]:
    return (Unequal(of, name, left, right) for name, left, right in identities if left != right)
