"""Growing a book: cycles of award, promise, payment, delivery and receipt over many grants, written by the ledger.

The rows go through `write_entries`, so that chain, counters, floors and numbers are those of any other book.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.funds.queries import bank_account, fund_facts, lines_of
from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import PARTICIPANT, AccountRef, Part, cash
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft, Hold, PostedEntry, Posting, money
from seedfund.ledger.service.entries import write_entries
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.store.work import Work
from tests.support.programme import House

ROWS_A_CYCLE: Final = 5
AMOUNT: Final = 100


@dataclass(frozen=True, kw_only=True)
class GrowBook(Command):
    """One cycle for so many grants, the first of this number."""

    grants: int


@dataclass(frozen=True)
class BookGrown:
    """How many rows were written."""

    rows: int


def grow_book(house: House, *, rows: int, grants: int) -> None:
    """Write about `rows` rows, spread over at most `grants` grants, a transaction a cycle."""
    cycles, rest = divmod(rows // ROWS_A_CYCLE, grants)
    for cycle, count in enumerate([grants] * cycles + [rest] * (rest > 0)):
        with house.work("finance") as work:
            grow(work, GrowBook(key=f"bench:grow:{cycle}", grants=count))
            work.commit()


@verb("bench.grow", roles=())
def grow(unit: Unit, command: GrowBook) -> BookGrown:
    """One cycle of every grant: promised and paid in one entry, delivered and justified in the next."""
    parts, bank = _parts(unit, command.grants)
    drafts = [_paid(part, bank) for part in parts]
    posted = write_entries(unit, drafts)
    after = [_delivered(part, draft, entry) for part, draft, entry in zip(parts, drafts, posted, strict=True)]
    write_entries(unit, after)
    return BookGrown(ROWS_A_CYCLE * len(parts))


def _parts(unit: Unit | Work, count: int) -> tuple[Sequence[Part], AccountRef]:
    """Grants that no other area knows: the books alone are grown."""
    reader = unit.reader() if isinstance(unit, Work) else unit
    fund = fund_facts(reader, unit.programme.id, "UNHCR")
    line = next(one for one in lines_of(reader, fund.id) if one.code == "A1")
    bank = bank_account(reader, unit.programme.id, "BANK")
    parts = [Part(line.ref, Key(f"{number:032x}"), f"GR-2026-{number:06d}") for number in range(1, count + 1)]
    return parts, cash(fund.book_id, bank.code, bank_account_id=bank.id)


def _paid(part: Part, bank: AccountRef) -> EntryDraft:
    lots = [(part, AMOUNT)]
    released = recipes.release([recipes.Lot(part, AMOUNT, bank)], needs_receipts=True)
    return EntryDraft(
        event="payments_released",
        subject=part.grant,
        postings=(*recipes.award(lots), *recipes.sign(lots), *released),
    )


def _delivered(part: Part, draft: EntryDraft, entry: PostedEntry) -> EntryDraft:
    hold = _hold(draft.postings[-1], entry)
    receipt = money(
        "evidence.accepted", AMOUNT, part.account("expense"), part.account("advances", PARTICIPANT)
    )
    return EntryDraft(
        event="payment_delivered", subject=part.grant, postings=(*recipes.deliver([hold], AMOUNT), *receipt)
    )


def _hold(posting: Posting, entry: PostedEntry) -> Hold:
    debit, credit, memo_debit, memo_credit = posting.accounts
    return Hold(
        posting.book_id,
        entry.seqs[-1],
        posting.recipe,
        posting.amount,
        entry.booking_date,
        debit,
        credit,
        memo_debit,
        memo_credit,
    )
