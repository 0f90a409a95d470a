"""Writing entries: lock the accounts, plan, refuse, number, chain, insert. One way for one entry and for ten thousand.

The order is the order of locks: accounts by id, then the heads of books, then the number. Ids, numbers and rows of many
entries go to the database in single calls.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.canonical import digest
from seedfund.kernel.dates import month_of
from seedfund.kernel.errors import Busy, Corrupt, InvalidInput, NotFound, Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.queries import locked
from seedfund.ledger.queries.locked import BookEnd, BookFrame
from seedfund.ledger.rules import refusals as no
from seedfund.ledger.rules.accounts import AccountRef
from seedfund.ledger.rules.balances import Balances, Planner
from seedfund.ledger.rules.periods import CLOSED, CLOSING
from seedfund.ledger.rules.posting import (
    REASON_LENGTH_MAX,
    EntryDraft,
    PostedEntry,
    Posting,
    references,
)
from seedfund.ledger.service.accounts import account_ids, open_accounts, write_accounts
from seedfund.ledger.service.rows import Dated, Planned, Writing
from seedfund.ledger.tables import BookHead, Entry, Transfer
from seedfund.store.statements import IN_CHUNK, Write
from seedfund.store.unit import Unit

SERIES: Final = "AS"
"""Entries are numbered `AS-BOOK-YEAR-000123` (asiento), gapless per book and year of the booking date."""
CLOSING_ROLES: Final = (Role.FINANCE_OFFICER, Role.RECONCILER, Role.DIRECTOR)
NOTED_ONE_BY_ONE_MAX: Final = 20
_MOVE_HEAD: Final = Write(
    lambda: (
        sa.update(BookHead)
        .where(col(BookHead.book_id) == sa.bindparam("book"))
        .values(seq=sa.bindparam("new_seq"), hash=sa.bindparam("new_hash"))
    )
)


def write_entry(unit: Unit, draft: EntryDraft) -> PostedEntry:
    """Write one entry with its rows; opens the accounts it names first.

    A fact whose month is closed is booked on the first open day and names the month it corrects; a fact that takes more
    than there is gets its room. A decision is refused instead.

    Raises:
        Refused: every reason at once: `period_closed`, `booked_in_future`, `nothing_to_post`, `hold_unknown`,
            `hold_already_resolved`, `settled_above_held`, `cash_shortfall_open`, `line_overrun_open`, `cash_too_low`,
            `available_too_low`, `award_exceeded`, `commitment_exceeded`, `balance_too_low`.
    """
    return write_entries(unit, [draft])[0]


def write_entries(unit: Unit, drafts: Sequence[EntryDraft]) -> list[PostedEntry]:
    """Write many entries, all or none, with one call to the database a kind of row.

    Raises:
        Refused: as `write_entry`, over all drafts.
    """
    with collection_paused():
        return _write(unit, drafts)


def _write(unit: Unit, drafts: Sequence[EntryDraft]) -> list[PostedEntry]:
    for draft in drafts:
        _check_reason(draft.reason)
    postings = [posting for draft in drafts for posting in draft.postings]
    refs = references(postings)
    books = _books(unit, refs)
    balances = lock_balances(unit, refs)
    refusals: list[Refusal] = []
    months = _Months(unit)
    dated = [_date(unit, draft, months, refusals) for draft in drafts]
    refusals += _hold_refusals(unit, postings, books)
    planner = Planner(balances, {book.id: book.currency for book in books.values()})
    planned = [
        Planned(item, planner.plan(item.draft.postings, is_mirror=item.draft.reverses is not None))
        for item in dated
    ]
    refuse((*refusals, *planner.refusals.values()))
    _open_rooms(unit, planned, balances)
    heads = _lock_heads(unit, books)
    months.require_unchanged()
    return _insert(unit, planned, Writing(unit, books, balances, heads))


def _check_reason(reason: str) -> None:
    if len(reason) > REASON_LENGTH_MAX:
        raise InvalidInput(
            field="reason", problem="it is too long", remedy=f"keep it within {REASON_LENGTH_MAX} characters"
        )


def _books(unit: Unit, refs: Mapping[tuple[int, str], AccountRef]) -> dict[int, BookFrame]:
    wanted = sorted({book for book, _ in refs})
    rows = unit.among(locked.BOOKS_BY_ID, "books", wanted, programme=unit.programme.id)
    found = {book.id: book for book in rows}
    for book in wanted:
        if book not in found:
            raise NotFound(what="book", which=str(book))
    return found


# Accounts -----------------------------------------------------------------------------------------------------------


def lock_balances(unit: Unit, refs: Mapping[tuple[int, str], AccountRef]) -> Balances:
    """The accounts with their companions, locked in order of id; those that do not exist yet are opened first."""
    wanted = set(refs)
    wanted |= {(ref.book_id, ref.companion) for ref in refs.values() if ref.companion is not None}
    found = _locked(unit, wanted)
    missing = [ref for key, ref in refs.items() if key not in found]
    if missing:
        open_accounts(unit, missing)
        found |= _locked(unit, wanted - found.keys())
    return found


def _locked(unit: Unit, wanted: set[tuple[int, str]]) -> Balances:
    """By code in one read; many are locked by id, because chunks of codes are not in that order."""
    if len(wanted) > IN_CHUNK and unit.dialect.name == "postgresql":
        rows = unit.among(locked.LOCKED_BY_ID, "ids", sorted(account_ids(unit, wanted).values()))
    else:
        books, codes = sorted({book for book, _ in wanted}), sorted({code for _, code in wanted})
        rows = unit.among(locked.LOCKED_BY_CODE, "codes", codes, books=books)
    return {key: balance for key, balance in rows if key in wanted}


def _open_rooms(unit: Unit, planned: Sequence[Planned], balances: Balances) -> None:
    """Open the companions that rooms made necessary and that nobody had opened before."""
    rooms = (posting for item in planned for posting, index in item.rows if index is None)
    missing = {key: ref for key, ref in references(rooms).items() if balances[key].id == 0}
    if missing:
        for key, account_id in write_accounts(unit, missing.values()).items():
            if key in balances:
                balances[key].id = account_id


# Dates and holds ----------------------------------------------------------------------------------------------------


class _Months:
    """The months that are closing or closed, read once for all drafts."""

    def __init__(self, unit: Unit):
        self._unit = unit
        self._states = self._read()
        # Months close in their order, so one that nobody wrote in closes, and is frozen, with the one after it.
        self._last = {
            wanted: max((month for month, state in self._states.items() if state == wanted), default="")
            for wanted in (CLOSED, CLOSING)
        }

    def _read(self) -> dict[str, str]:
        rows = self._unit.all(locked.MONTHS_FROM, programme=self._unit.programme.id, first="0000-00")
        return {row.month: row.state for row in rows}

    def state(self, month: str) -> str | None:
        """`closing` or `closed`, or None for an open month."""
        return next((state for state, last in self._last.items() if month <= last), None)

    def require_unchanged(self) -> None:
        """Whoever closes a month holds the heads of all books; look again once we hold ours.

        Raises:
            Busy: a month was closed since the entries were dated.
        """
        if self._unit.dialect.name == "postgresql" and self._read() != self._states:
            raise Busy("a month was closed at this moment; run the unit again.")


def _date(unit: Unit, draft: EntryDraft, months: _Months, refusals: list[Refusal]) -> Dated:
    """The dates of a draft: a fact moves out of a closed month, a decision is refused there."""
    wanted = draft.booking_date or unit.occurred_on
    today = unit.work.today()
    if not draft.postings:
        refusals.append(no.NOTHING_TO_POST(event=draft.event))
    if wanted > today:
        refusals.append(no.BOOKED_IN_FUTURE(date=wanted, today=today))
    booking, original = wanted, month_of(wanted)
    month = original
    while (state := months.state(str(month))) is not None and not _may_book(unit, draft, state):
        if not draft.is_fact:
            refusals.append(no.PERIOD_CLOSED(month=month, state=state))
            break
        month = month.next
        booking = month.range.start
    held_since = max((p.hold.booking_date for p in draft.postings if p.hold is not None), default=booking)
    corrects = draft.corrects_period or (original if month != original else None)
    return Dated(
        draft,
        max(booking, held_since),
        draft.value_date or wanted,
        str(corrects) if corrects is not None else None,
    )


def _may_book(unit: Unit, draft: EntryDraft, state: str) -> bool:
    """In a month that is closing, finance still enters facts of that month."""
    return state != CLOSED and draft.is_fact and bool(unit.actor.roles.intersection(CLOSING_ROLES))


def _hold_refusals(unit: Unit, postings: Iterable[Posting], books: Mapping[int, BookFrame]) -> list[Refusal]:
    """Read after the accounts are locked: whoever resolves a hold holds those locks."""
    resolving = [posting for posting in postings if posting.hold is not None]
    if not resolving:
        return []
    found = []
    for book_id in sorted({posting.book_id for posting in resolving}):
        here = [posting for posting in resolving if posting.book_id == book_id]
        seqs = sorted({posting.hold.seq for posting in here if posting.hold is not None})
        rows = {row.seq: row for row in unit.among(locked.HELD_ROWS, "seqs", seqs, book=book_id)}
        taken: set[int] = set()
        for posting in here:
            found += _hold_refusal(posting, rows, taken, books[book_id].currency)
    return found


def _hold_refusal(
    posting: Posting, rows: Mapping[int, locked.HeldRow], taken: set[int], currency: str
) -> list[Refusal]:
    hold = posting.hold
    if hold is None:
        return []
    row = rows.get(hold.seq)
    if row is None or row.amount != hold.amount:
        return [no.HOLD_UNKNOWN(seq=hold.seq)]
    if row.resolved_by is not None or hold.seq in taken:
        return [no.HOLD_ALREADY_RESOLVED(seq=hold.seq)]
    taken.add(hold.seq)
    if posting.amount > row.amount:
        return [
            no.SETTLED_ABOVE_HELD(
                amount=Money(posting.amount, currency), held=Money(row.amount, currency), seq=hold.seq
            )
        ]
    return []


# Rows ---------------------------------------------------------------------------------------------------------------


def _lock_heads(unit: Unit, books: Mapping[int, BookFrame]) -> dict[int, BookEnd]:
    heads = {head.book_id: head for head in unit.among(locked.LOCKED_HEADS, "books", sorted(books))}
    if heads.keys() != books.keys():
        raise Corrupt("a book has no head; run: seedfund audit verify")
    return heads


def _insert(unit: Unit, planned: Sequence[Planned], writing: Writing) -> list[PostedEntry]:
    for item, number in zip(planned, _numbers(unit, planned, writing.books), strict=True):
        writing.add(item, number)
    unit.insert_many(Entry, writing.entries)
    unit.insert_many(Transfer, writing.transfers)
    for book_id, (seq, last) in writing.ends.items():
        unit.execute(_MOVE_HEAD, book=book_id, new_seq=seq, new_hash=last)
    _note(unit, writing)
    return writing.posted


def _home(item: Planned, books: Mapping[int, BookFrame]) -> BookFrame:
    """The book an entry is numbered in: that of its first row."""
    return books[item.rows[0][0].book_id]


def _numbers(unit: Unit, planned: Sequence[Planned], books: Mapping[int, BookFrame]) -> list[str]:
    """Numbers in the order of the entries, each series asked once."""
    places = [(_home(item, books).code, item.dated.booking_date.year) for item in planned]
    ranges = {
        place: iter(unit.numbers(f"{SERIES}-{place[0]}", place[1], places.count(place)))
        for place in sorted(set(places))
    }
    return [f"{SERIES}-{code}-{year}-{next(ranges[code, year]):06d}" for code, year in places]


def _note(unit: Unit, writing: Writing) -> None:
    """What the audit record says of the entries: each by itself, or many as one with a digest over their hashes."""
    ends = {writing.books[book].code: f"{seq}:{last}" for book, (seq, last) in writing.ends.items()}
    if len(writing.entries) <= NOTED_ONE_BY_ONE_MAX:
        for entry in writing.entries:
            unit.created("sf_entry", entry["number"], {"hash": entry["hash"], "heads": ends})
        return
    combined = digest(
        "seedfund.ledger.bulk.v1", *(entry["hash"].encode("ascii") for entry in writing.entries)
    )
    first, last = writing.entries[0]["number"], writing.entries[-1]["number"]
    unit.created(
        "sf_entry",
        f"{first}…{last}",
        {"entries": len(writing.entries), "digest": combined, "heads": ends},
    )
