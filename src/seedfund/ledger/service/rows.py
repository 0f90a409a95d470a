"""Planned entries become rows: dated, numbered, hashed, each chained to the row before it in its book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seedfund.ledger.queries.locked import BookEnd, BookFrame
from seedfund.ledger.rules.balances import Balances
from seedfund.ledger.rules.chain import EntryFacts, RowFacts, entry_hash, row_hash
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Dated:
    """A draft with the dates it is booked under."""

    draft: EntryDraft
    booking_date: date
    value_date: date
    corrects_period: str | None


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry ready to be numbered: its rows in order, each with the position of its posting."""

    dated: Dated
    rows: Sequence[tuple[Posting, int | None]]


class Writing:
    """Turns planned entries into rows, chaining each book on."""

    def __init__(
        self,
        unit: Unit,
        books: Mapping[int, BookFrame],
        balances: Balances,
        heads: Mapping[int, BookEnd],
    ):
        self.unit, self.books, self.balances = unit, books, balances
        self.ends = {book_id: (head.seq, head.hash) for book_id, head in sorted(heads.items())}
        self.entries: list[dict[str, Any]] = []
        self.transfers: list[dict[str, Any]] = []
        self.posted: list[PostedEntry] = []

    def add(self, item: Planned, number: str) -> None:
        """One entry and its rows."""
        entry = self._entry(item.dated, number)
        hashed = entry_hash(entry)
        self.entries.append({**{name: getattr(entry, name) for name in entry.__slots__}, "hash": hashed})
        seqs: dict[int, int] = {}
        rooms = []
        for row, (posting, index) in enumerate(item.rows, start=1):
            seq = self._row(posting, entry, hashed=hashed, row=row)
            if index is None:
                rooms.append(posting.recipe)
            else:
                seqs[index] = seq
        ordered = tuple(seqs[index] for index in range(len(seqs)))
        self.posted.append(PostedEntry(entry.id, number, entry.booking_date, ordered, tuple(rooms)))

    def _entry(self, dated: Dated, number: str) -> EntryFacts:
        draft, unit = dated.draft, self.unit
        return EntryFacts(
            id=unit.key(),
            programme_id=unit.programme.id,
            number=number,
            event=draft.event,
            subject=draft.subject,
            booking_date=dated.booking_date,
            value_date=dated.value_date,
            document_date=draft.document_date,
            recorded_at=unit.now,
            actor_id=unit.actor.id,
            command_key=unit.command_key,
            reverses=draft.reverses,
            corrects_period=dated.corrects_period,
            reason=draft.reason,
        )

    def _row(self, posting: Posting, entry: EntryFacts, *, hashed: str, row: int) -> int:
        book_id, hold = posting.book_id, posting.hold
        last_seq, prev_hash = self.ends[book_id]
        seq, phase = last_seq + 1, posting.phase
        four = (posting.debit, posting.credit, posting.memo_debit, posting.memo_credit)
        debit, credit, memo_debit, memo_credit = ("" if ref is None else ref.code for ref in four)
        ids = tuple(None if ref is None else self.balances[ref.book_id, ref.code].id for ref in four)
        resolves, held = (None, None) if hold is None else (hold.seq, hold.amount)
        facts = RowFacts(
            self.books[book_id].code,
            seq,
            hashed,
            row,
            posting.recipe,
            phase,
            posting.amount,
            (debit, credit, memo_debit, memo_credit),
            resolves_seq=resolves,
            held=held,
            reverses_seq=posting.reverses_seq,
        )
        chained = row_hash(prev_hash, facts)
        self.transfers.append(
            {
                "book_id": book_id,
                "seq": seq,
                "entry_id": entry.id,
                "row": row,
                "recipe": posting.recipe,
                "phase": phase,
                "amount": posting.amount,
                "debit_id": ids[0],
                "credit_id": ids[1],
                "memo_debit_id": ids[2],
                "memo_credit_id": ids[3],
                "resolves_seq": resolves,
                "held": held,
                "reverses_seq": posting.reverses_seq,
                "booking_date": entry.booking_date,
                "prev_hash": prev_hash,
                "hash": chained,
            }
        )
        self.ends[book_id] = (seq, chained)
        return seq
