"""Reversals: each row mirrors one row of the entry that is reversed, once, and the whole of that entry."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Sheet
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.balances import OWN_ROWS
from seedfund.ledger.rules.recipes import POST, SETTLE
from seedfund.ledger.tables import Book, Entry, Transfer

SWAPPED: Final = (1, 0, 3, 2)
"""Where each side of a mirror stands in its original."""


@dataclass(frozen=True, slots=True)
class MirrorFound:
    """A row that reverses another: both, side by side."""

    seq: int
    book: str
    original: int
    phase: str
    recipe: str
    amount: int
    sides: tuple[int | None, ...]
    reversed_entry: Key | None
    original_entry: Key | None
    original_phase: str | None
    original_recipe: str | None
    original_amount: int | None
    original_sides: tuple[int | None, ...]
    original_reverses: int | None

    def is_mirror(self) -> bool:
        """Whether it takes back exactly what the original posted."""
        return (
            self.original < self.seq
            and self.phase == POST
            and self.original_phase in (POST, SETTLE)
            and self.original_reverses is None
            and self.original_entry == self.reversed_entry
            and self.recipe == self.original_recipe
            and self.amount == self.original_amount
            and self.sides == tuple(self.original_sides[place] for place in SWAPPED)
        )


_SIDES: Final = ("debit_id", "credit_id", "memo_debit_id", "memo_credit_id")


def _mirror(*values: Any) -> MirrorFound:
    grouped = (*values[:6], values[6:10], *values[10:15], values[15:19], values[19])
    return MirrorFound(**dict(zip(MirrorFound.__slots__, grouped, strict=True)))


def _mirrors() -> Any:
    original = aliased(Transfer)
    at = sa.and_(
        col(original.book_id) == col(Transfer.book_id), col(original.seq) == col(Transfer.reverses_seq)
    )
    joined = (
        sa.join(Transfer, Book, col(Book.id) == col(Transfer.book_id))
        .join(Entry, col(Entry.id) == col(Transfer.entry_id))
        .outerjoin(original, at)
    )
    return (
        sa.select(
            *(col(Transfer.seq), col(Book.code), col(Transfer.reverses_seq), col(Transfer.phase)),
            *(col(Transfer.recipe), col(Transfer.amount)),
            *(col(getattr(Transfer, side)) for side in _SIDES),
            *(col(Entry.reverses), col(original.entry_id), col(original.phase)),
            *(col(original.recipe), col(original.amount)),
            *(col(getattr(original, side)) for side in _SIDES),
            col(original.reverses_seq),
        )
        .select_from(joined)
        .where(col(Book.programme_id) == sa.bindparam("programme"), col(Transfer.reverses_seq).is_not(None))
        .order_by(col(Book.code), col(Transfer.reverses_seq), col(Transfer.seq))
    )


MIRRORS: Final = Sheet("sf_transfer", _mirror, _mirrors, keys=2)


def _count_of(entry: Any, *which: Any) -> Any:
    return sa.select(sa.func.count()).where(col(Transfer.entry_id) == entry, *which).scalar_subquery()


def _partial() -> Any:
    """Held and added rows have no mirror: a hold moved nothing, room and cure follow from what the mirror brings in."""
    original = aliased(Entry)
    mirrors = _count_of(col(Entry.id), col(Transfer.reverses_seq).is_not(None))
    mirrored = _count_of(
        col(original.id), col(Transfer.phase).in_((POST, SETTLE)), col(Transfer.recipe).not_in(OWN_ROWS)
    )
    return (
        sa.select(col(Entry.number), col(original.number))
        .select_from(sa.join(Entry, original, col(original.id) == col(Entry.reverses)))
        .where(
            col(Entry.programme_id) == sa.bindparam("programme"),
            mirrors != mirrored,
        )
        .order_by(col(Entry.number))
    )


PARTIAL: Final = Sheet("sf_entry", lambda *numbers: numbers, _partial)


def check_reversals(context: Context, programme: ProgrammeFound) -> None:
    """Every reversal of a programme."""
    report, before = context.report, ("", 0)
    for row in context.each("reversals", MIRRORS, programme=programme.id):
        which = f"{row.book}:{row.seq}"
        if not row.is_mirror() or before == (row.book, row.original):
            report.found(kinds.REVERSAL_BROKEN, "sf_transfer", which, original=row.original)
        before = (row.book, row.original)
    for number, original in context.each("reversals", PARTIAL, programme=programme.id):
        report.found(kinds.REVERSAL_PARTIAL, "sf_entry", number, original=original)
