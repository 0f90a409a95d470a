"""The ledger: books, accounts, entries and rows that move money and budget. Must not know what a grant or a fund is.

How an area above uses it. Inside the body of its own verb it asks for plain facts, has `rules.events` turn
them into postings, and writes one entry; accounts are opened when they are first named:

    from seedfund.ledger.queries.parts import positions
    from seedfund.ledger.rules.accounts import Line, Part, cash
    from seedfund.ledger.rules.events import grants
    from seedfund.ledger.rules.posting import EntryDraft
    from seedfund.ledger.service.entries import write_entry

    part = Part(Line(book.id, line_id, "A1.1"), grant_id, "SC-2026-0001")
    rows = grants.release([grants.Lot(part, 30_000, cash(book.id, "BANK"))], needs_receipts=True)
    posted = write_entry(unit, EntryDraft(event="payment_released", subject="PG-2026-0012", postings=rows))
    # keep posted.seqs: (book, seq) is the hold that the result of the payment resolves

    (hold,) = holds(unit, book.id, [seq])                                  # seedfund.ledger.queries.locked
    rows = grants.deliver([hold], 30_000, has_ended=False)                 # full, part, too much; `fail` for none
    write_entry(unit, EntryDraft(event="payment_delivered", postings=rows, value_date=bank_date))

What it promises:

- Amounts are whole minor units of the book's currency, above zero. A PART is grant × book × budget line.
- A *decision* is refused with every reason at once; a *fact* never: it gets room (`shortfall:A`, `over:LINE`) that the
  next inflow gives back, and `PostedEntry.rooms` says so. A fact of a closed month is booked on the first open day and
  names the month it corrects.
- `write_entry` locks accounts in one order and the heads of books last, so call it after everything else is decided.
- Floors, chains, closed months and the counters of accounts are held by the database itself, whoever writes.
"""
