"""What is in the bank and not in the books, and the reverse, on a day; what of the difference nothing explains. Pure.

The identity that always holds: balance by bank - balance by books = opening difference + gaps between statements
+ lines without entry - entries without line. The first two are what nobody explains.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise
from typing import Final

from seedfund.kernel.errors import RefusalCode

OLD_DAYS: Final = 30
"""An entry that no line shows for longer has to be explained before its month is signed."""

STATEMENTS_MISSING: Final = RefusalCode(
    "statements_missing",
    "No statement of {account} that foots reaches the end of {month}; the last one ends {until}.",
    "Import the bank's statement: seedfund import FILE --kind bank_statement --account {account}.",
)
STATEMENTS_BEGIN_LATER: Final = RefusalCode(
    "statements_begin_later",
    "The statements of {account} begin on {begins}; what the bank held at the end of {month} nobody told.",
    "Import the statement that reaches the end of {month}: seedfund import FILE --kind bank_statement "
    "--account {account}.",
)
STATEMENT_OPEN: Final = RefusalCode(
    "statement_does_not_foot",
    "The statement {statement} of {account} does not foot, and no corrected one has come.",
    "Ask the bank for a corrected one and import it with --corrects {statement}.",
)
STATEMENT_GAP: Final = RefusalCode(
    "statement_gap",
    "Between the statements of {account} {amount} are missing before {statement}.",
    "Import the statement that is missing.",
)
LINES_UNMATCHED: Final = RefusalCode(
    "lines_unmatched",
    "Lines of {account} up to the end of {month} that nothing in the books explains: {count}, in sum {amount}.",
    "Look at them with: seedfund report reconciliation --account {account}; match them, or enter what they tell.",
)
STATEMENTS_OVERLAP: Final = RefusalCode(
    "statements_overlap",
    "The statements {statement} and {other} of {account} tell the same days, so that their balances do not follow.",
    "Set one of them aside: seedfund do banking.set_statement_aside --set statement={statement} --set reason=...",
)
OPENING_UNEXPLAINED: Final = RefusalCode(
    "opening_unexplained",
    "When the statements of {account} begin, bank and books differ by {amount}.",
    "Enter what the books lack from before that day, or say in explained why they differ, under the word opening.",
)
ENTRY_LONG_UNSHOWN: Final = RefusalCode(
    "entry_long_unshown",
    "No line of {account} shows the entry {entry} of {day}.",
    "Find its line and match it, reverse it if it never happened, or say in explained why it is still on its way.",
)
REFUSALS: Final = (
    *(STATEMENTS_MISSING, STATEMENTS_BEGIN_LATER, STATEMENT_OPEN, STATEMENT_GAP, LINES_UNMATCHED),
    *(STATEMENTS_OVERLAP, OPENING_UNEXPLAINED, ENTRY_LONG_UNSHOWN),
)


@dataclass(frozen=True, kw_only=True)
class BankLine:
    """A line that counts: signed minor units, and the match that explains it, empty where none does.

    `day` lies within its statement's: the balances on both sides of a statement are what the bank told them to be.
    """

    id: str
    day: date
    amount: int
    match: str = ""


@dataclass(frozen=True, kw_only=True)
class BookItem:
    """What an entry moved in the account, and the match that explains it, empty where none does.

    `cut_off` is the day up to which an opening tells what the account held, whenever it was booked.
    """

    id: str
    day: date
    amount: int
    match: str = ""
    cut_off: date | None = None

    def is_before(self, begins: date) -> bool:
        """Whether it is part of what the account held when statements begin."""
        return (self.cut_off or self.day) < begins


@dataclass(frozen=True, kw_only=True)
class Chained:
    """A statement that foots, as the chain of balances sees it."""

    number: str
    from_day: date
    until_day: date
    opening: int
    closing: int


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """Both balances on a day and everything between them, in minor units.

    `in_bank` are lines that the books do not have by that day, `in_books` entries that the bank does not show by it.
    `opening` is what bank and books differed by before the first statement, `gaps` what the statements themselves leave
    out. `unexplained` is those two together; bank - books = unexplained + in_bank - in_books, always.

    `twice` names, by the statement before which something is missing, another one that tells days of it too.

    Before the first statement begins, and without any, `bank` is None: a balance that nobody told is not known.
    """

    bank: int | None
    books: int
    opening: int
    gaps: tuple[tuple[str, int], ...]
    in_bank: tuple[BankLine, ...]
    in_books: tuple[BookItem, ...]
    twice: Mapping[str, str] = field(default_factory=dict)

    @property
    def difference(self) -> int | None:
        """Balance by bank less balance by books; None where the bank's is not known."""
        return None if self.bank is None else self.bank - self.books

    @property
    def unexplained(self) -> int:
        """What no line and no entry accounts for."""
        return self.opening + sum(amount for _, amount in self.gaps)


def chain(statements: Iterable[Chained]) -> list[Chained]:
    """Statements in the order of their days; those of the same days, such as pages, each after the balance it goes on.

    They come in any order, and page 2 before page 1 is no gap.
    """
    ordered: list[Chained] = []
    left = sorted(statements, key=lambda one: (one.until_day, one.from_day, one.number))
    for _, same in groupby(left, key=lambda one: (one.until_day, one.from_day)):
        pages = list(same)
        while pages:
            ordered.append(pages.pop(pages.index(_next(pages, ordered[-1].closing if ordered else None))))
    return ordered


def _next(pages: Sequence[Chained], closing: int | None) -> Chained:
    """The page that goes on from a balance, else one that goes on from no other page, else the first."""
    follows = (page for page in pages if page.opening == closing)
    begins = (
        page
        for page in pages
        if not any(other is not page and other.closing == page.opening for other in pages)
    )
    return next(follows, None) or next(begins, pages[0])


def tell_same_days(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two periods have days in common: more than the one on which the first ends and the second begins.

    Of the very same days there may be pages; those are not meant.
    """
    (first, last), (begins, ends) = one, other
    is_within = (first <= begins and ends <= last) or (begins <= first and last <= ends)
    return one != other and ((first < ends and begins < last) or is_within)


def _twice(statements: Sequence[Chained], gaps: Iterable[tuple[str, int]]) -> Mapping[str, str]:
    """By the statement before which something is missing, the first one that tells days, or all, of it too."""
    by_number = {one.number: one for one in statements}
    found: dict[str, str] = {}
    for number, _ in gaps:
        late = by_number[number]
        other = next((one for one in statements if one is not late and _tells_again(one, late)), None)
        if other is not None:
            found[number] = other.number
    return found


def _tells_again(one: Chained, other: Chained) -> bool:
    """Whether two statements tell days of each other, or are the same one under two identifications."""
    days, others = (one.from_day, one.until_day), (other.from_day, other.until_day)
    is_same = (days, one.opening, one.closing) == (others, other.opening, other.closing)
    return is_same or tell_same_days(days, others)


def reconcile(
    statements: Sequence[Chained], lines: Sequence[BankLine], items: Sequence[BookItem], day: date
) -> Reconciliation:
    """Compare bank and books at the end of a day.

    Entries of before the first statement that no line explains are what its opening balance is made of.
    """
    ordered = chain(statements)
    if not ordered or day < min(one.from_day for one in ordered):
        return _untold(lines, items, day)
    opening, begins = ordered[0].opening, ordered[0].from_day
    gaps = tuple(
        (later.number, later.opening - earlier.closing)
        for earlier, later in pairwise(ordered)
        if later.opening != earlier.closing and later.from_day <= day
    )
    shown = [line for line in lines if line.day <= day]
    booked = [item for item in items if item.day <= day]
    late = _matches_after(lines, items, day)
    brought = [item for item in booked if not item.match and item.is_before(begins)]
    bank = opening + sum(amount for _, amount in gaps) + sum(line.amount for line in shown)
    return Reconciliation(
        bank=bank,
        books=sum(item.amount for item in booked),
        opening=opening - sum(item.amount for item in brought),
        gaps=gaps,
        in_bank=tuple(line for line in shown if not line.match or line.match in late),
        in_books=tuple(
            item for item in booked if item.match in late or not (item.match or item.is_before(begins))
        ),
        twice=_twice(ordered, gaps),
    )


def _untold(lines: Sequence[BankLine], items: Sequence[BookItem], day: date) -> Reconciliation:
    """What can be said of a day of which no statement tells: the books, and what of them no line shows."""
    booked = [item for item in items if item.day <= day]
    late = _matches_after(lines, items, day)
    return Reconciliation(
        bank=None,
        books=sum(item.amount for item in booked),
        opening=0,
        gaps=(),
        in_bank=(),
        in_books=tuple(item for item in booked if not item.match or item.match in late),
    )


def _matches_after(lines: Sequence[BankLine], items: Sequence[BookItem], day: date) -> frozenset[str]:
    """Matches of which some line or entry lies after the day: until then its other side stands alone."""
    last: dict[str, date] = defaultdict(lambda: date.min)
    sides: list[BankLine | BookItem] = [*lines, *items]
    for one in sides:
        last[one.match] = max(last[one.match], one.day)
    return frozenset(match for match, until in last.items() if match and until > day)
