"""Closed months: the figures frozen for each book against its rows, their hash, and the head that was noted then."""

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.checks.ledger import HASH_AT, BookChecked
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Sheet
from seedfund.ledger.rules.periods import Four, freeze_hash
from seedfund.ledger.tables import Account, PeriodBalance, PeriodBook

CHECK: Final = "closed months"
CLOSES: Final = Sheet(
    "sf_period_book",
    lambda *values: values,
    lambda: (
        sa.select(
            *(col(PeriodBook.month), col(PeriodBook.head_seq), col(PeriodBook.head_hash)),
            *(col(PeriodBook.next_seq), col(PeriodBook.hash)),
        )
        .where(
            col(PeriodBook.programme_id) == sa.bindparam("programme"),
            col(PeriodBook.book_id) == sa.bindparam("book"),
        )
        .order_by(col(PeriodBook.month))
    ),
)
_COUNTERS: Final = ("debits_posted", "credits_posted", "debits_pending", "credits_pending")
FROZEN: Final = Sheet(
    "sf_period_balance",
    lambda number, *counters: (number, counters),
    lambda: (
        sa.select(col(PeriodBalance.account_id), *(col(getattr(PeriodBalance, name)) for name in _COUNTERS))
        .join(Account, col(Account.id) == col(PeriodBalance.account_id))
        .where(
            col(PeriodBalance.programme_id) == sa.bindparam("programme"),
            col(PeriodBalance.month) == sa.bindparam("month"),
            col(Account.book_id) == sa.bindparam("book"),
        )
        .order_by(col(PeriodBalance.account_id))
    ),
)
NOTHING: Final[Four] = (0, 0, 0, 0)


def check_months(context: Context, programme: ProgrammeFound, checked: BookChecked) -> None:
    """Every close of a book, in order; each stands on the rows of its month and of the months before."""
    book, walk, report = checked.book, checked.walk, context.report
    closes = list(context.each(CHECK, CLOSES, programme=programme.id, book=book.id))
    counted: dict[int, list[int]] = {}
    for month, head_seq, head_hash, next_seq, hashed in closes:
        which = f"{book.code} {month}"
        for number, four in walk.months.get(month, {}).items():
            total = counted.setdefault(number, [0, 0, 0, 0])
            total[:] = [before + moved for before, moved in zip(total, four, strict=True)]
        frozen = dict(context.each(CHECK, FROZEN, programme=programme.id, month=month, book=book.id))
        for code, stored, wanted in _differing(checked, frozen, counted):
            facts = {"month": month, "stored": stored, "counted": wanted}
            report.found(kinds.MONTH_COUNTERS, "sf_period_balance", f"{book.code}:{code}", **facts)
        if _hash(checked, month, (head_seq, head_hash), next_seq=next_seq, frozen=frozen) != hashed:
            report.found(kinds.MONTH_ALTERED, "sf_period_book", which)
        if head_seq and context.scan.first(HASH_AT, book=book.id, seq=head_seq) != head_hash:
            report.found(kinds.MONTH_HEAD, "sf_period_book", which, seq=head_seq)
    for month in sorted(set(walk.months) - {close[0] for close in closes}):
        report.found(kinds.MONTH_ALTERED, "sf_period_book", f"{book.code} {month}")


def _differing(
    checked: BookChecked, frozen: dict[int, tuple[int, ...]], counted: dict[int, list[int]]
) -> Iterator[tuple[str, str, str]]:
    for number in sorted(frozen.keys() | counted.keys()):
        stored, wanted = frozen.get(number, NOTHING), tuple(counted.get(number, NOTHING))
        if stored != wanted:
            account = checked.accounts.get(number)
            yield account.code if account else str(number), _listed(stored), _listed(wanted)


def _hash(
    checked: BookChecked, month: str, head: tuple[int, str], *, next_seq: int, frozen: dict[int, Any]
) -> str:
    """The hash of what is frozen; an account opened after the close is not in it."""
    named = sorted(
        (checked.accounts[number].code, four) for number, four in frozen.items() if number in checked.accounts
    )
    try:
        return freeze_hash(checked.book.code, month, head=head, next_seq=next_seq, frozen=named)
    except (TypeError, ValueError):
        return ""


def _listed(counters: tuple[int, ...]) -> str:
    return "/".join(str(counter) for counter in counters)
