"""Many entries or rows in one command are what the same, one after the other, would be."""

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import Refused
from seedfund.ledger.rules.events import grants
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entries, write_entry
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, carry_out, fund, open_book, write
from tests.support.programme import House

MANY = 260
"""More than one statement's worth of rows."""


def drafts(book: BookOfTest) -> list[EntryDraft]:
    """An award, signature and release for each of many grants."""
    found = []
    for number in range(1, MANY + 1):
        part = book.part(number)
        lot = grants.Lot(part, 60, book.bank)
        found += [
            EntryDraft(event="award", postings=grants.award([(part, 100)])),
            EntryDraft(event="sign", postings=grants.sign([(part, 100)])),
            EntryDraft(event="release", postings=grants.release([lot], needs_receipts=True)),
        ]
    return found


def rows_of(house: House, book: BookOfTest) -> list[tuple[object, ...]]:
    """What the rows of a book say, without keys and hashes."""
    with house.engine.connect() as connection:
        found = connection.execute(
            sa.text(
                "SELECT t.seq, e.event, t.row, t.recipe, t.amount, d.code, c.code, md.code, mc.code FROM sf_transfer t "
                "JOIN sf_entry e ON e.id = t.entry_id LEFT JOIN sf_account d ON d.id = t.debit_id "
                "LEFT JOIN sf_account c ON c.id = t.credit_id LEFT JOIN sf_account md ON md.id = t.memo_debit_id "
                "LEFT JOIN sf_account mc ON mc.id = t.memo_credit_id WHERE t.book_id = :book ORDER BY t.seq"
            ),
            {"book": book.id},
        )
        return [tuple(row) for row in found]


def test_many_entries_at_once_are_the_same_rows_as_one_by_one(house: House) -> None:
    together, single = open_book(house, "TOGETHER"), open_book(house, "SINGLE")
    for book in (together, single):
        fund(house, book)

    posted = write(house, *drafts(together))
    carry_out(house, "finance", lambda unit: [write_entry(unit, draft) for draft in drafts(single)])

    require_sound(house, {together.id: ([], ["A1"]), single.id: ([], ["A1"])})
    assert rows_of(house, together) == rows_of(house, single)
    assert [entry.number for entry in posted[:2]] == ["AS-TOGETHER-2026-000003", "AS-TOGETHER-2026-000004"]


def test_a_payment_list_is_one_entry_whose_rows_are_found_by_their_place(
    house: House, book: BookOfTest
) -> None:
    parts = [book.part(number) for number in range(1, MANY + 1)]
    lots = [grants.Lot(part, 60, book.bank) for part in parts]
    promised = [
        EntryDraft(event="award", postings=grants.award([(part, 100) for part in parts])),
        EntryDraft(event="sign", postings=grants.sign([(part, 100) for part in parts])),
    ]
    write(house, *promised)

    draft = EntryDraft(event="release", postings=grants.release(lots, needs_receipts=True))
    (posted,) = carry_out(house, "finance", lambda unit: write_entries(unit, [draft]))

    assert len(posted.seqs) == MANY
    assert posted.seqs == tuple(range(posted.seqs[0], posted.seqs[0] + MANY))
    require_sound(house, {book.id: ([], ["A1"])})


def test_all_entries_of_a_command_stand_or_fall_together(house: House, book: BookOfTest) -> None:
    good = EntryDraft(event="award", postings=grants.award([(book.part(1), 100)]))
    bad = EntryDraft(event="award", postings=grants.award([(book.part(2), 100_000)]))

    with pytest.raises(Refused):
        write(house, good, bad)
    model = require_sound(house, {})

    assert model.balance(book.id, "awarded:SC-2026-0001:A1") == 0
