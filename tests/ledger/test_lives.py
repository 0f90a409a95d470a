"""Random lives of grants, step by step on both databases: every fact is taken in, every identity holds."""

import random
from collections.abc import Callable

import pytest

from seedfund.kernel.errors import Refused
from seedfund.ledger.queries.locked import holds
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.events import funds, grants, refunds
from seedfund.ledger.rules.positions import PartPosition
from seedfund.ledger.rules.posting import EntryDraft, Hold, PostedEntry, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.ledger.service.reversals import write_reversal
from tests.ledger.readback import require_sound
from tests.ledger.support import LINE_IDS, BookOfTest, carry_out, fund, open_book
from tests.support.programme import House

STEPS = 120
DECISIONS_REFUSED = {
    "available_too_low",
    "cash_too_low",
    "commitment_exceeded",
    "award_exceeded",
    "balance_too_low",
    "cash_shortfall_open",
    "line_overrun_open",
    "entry_already_reversed",
    "entry_holds_payment",
    "nothing_to_reverse",
    "nothing_to_post",
}


class Life:
    """Two funders' books and a few grants, moved at random."""

    def __init__(self, house: House, seed: int):
        self.random = random.Random(seed)
        self.house = house
        self.books = [open_book(house, "A"), open_book(house, "B")]
        for book in self.books:
            fund(
                house,
                book,
                cash_minor=self.random.randint(500, 6000),
                line_minor=self.random.randint(500, 4000),
            )
        self.open: list[tuple[BookOfTest, int, int]] = []
        self.ended: set[tuple[int, int]] = set()
        self.needs: dict[int, bool] = {}
        self.entries: list[str] = []

    def step(self) -> None:
        """One event, another where nothing came of it; a fact has to be taken in, a decision may be refused."""
        before = len(self.entries)
        for _ in range(4):
            name = self.random.choice([name for name, times in EVENTS.items() for _ in range(times)])
            getattr(self, name)()
            if len(self.entries) > before:
                return

    def write(self, event: str, rows: tuple[Posting, ...], *, is_fact: bool) -> PostedEntry | None:
        """Write one entry; only a decision may be refused."""
        if not rows:
            return None
        try:
            draft = EntryDraft(event=event, postings=rows)
            posted = carry_out(self.house, "finance", lambda unit: write_entry(unit, draft))
        except Refused as refused:
            if is_fact or not set(refused.codes) <= DECISIONS_REFUSED:
                raise
            return None
        self.entries.append(posted.number)
        return posted

    def pick(self) -> tuple[BookOfTest, int]:
        """A book and the number of a grant in it."""
        return self.random.choice(self.books), self.random.randint(1, 3)

    def at(self, book: BookOfTest, number: int) -> PartPosition:
        """Where a grant's part stands."""
        part = book.part(number)
        with self.house.work("finance") as work:
            found = positions(work.reader(), [part.grant_id])[part.grant_id]
        return next((position for position in found if position.part.book_id == book.id), PartPosition(part))

    def some(self, most: int) -> int:
        """An amount up to a limit, sometimes one above it."""
        return self.random.randint(1, max(most, 1)) + (self.random.random() < 0.1)

    # Decisions --------------------------------------------------------------------------------------------------

    def award(self) -> None:
        book, number = self.pick()
        self.needs.setdefault(number, self.random.random() < 0.7)
        self.write("award", grants.award([(book.part(number), self.some(600))]), is_fact=False)

    def sign(self) -> None:
        book, number = self.pick()
        self.write(
            "sign",
            grants.sign([(book.part(number), self.some(self.at(book, number).awarded))]),
            is_fact=False,
        )

    def change(self) -> None:
        book, number = self.pick()
        event = self.random.choice((grants.raise_agreement, grants.lower_agreement))
        if (book.id, number) not in self.ended:
            self.write("adenda", event([(book.part(number), self.some(200))]), is_fact=False)

    def release(self) -> None:
        book, number = self.pick()
        if (book.id, number) in self.ended or number not in self.needs:
            return
        lot = grants.Lot(book.part(number), self.some(self.at(book, number).committed_free), book.bank)
        posted = self.write(
            "release", grants.release([lot], needs_receipts=self.needs[number]), is_fact=False
        )
        if posted is not None:
            self.open.append((book, number, posted.seqs[0]))

    def accept(self) -> None:
        book, number = self.pick()
        self.write("accept", grants.accept([self.at(book, number)], self.some(400))[0], is_fact=False)

    def shift(self) -> None:
        book, number = self.pick()
        event: Callable[[list[PartPosition], int], tuple[Posting, ...]] = self.random.choice(
            (
                refunds.demand,
                refunds.lift_demand,
                refunds.withdraw_acceptance,
                refunds.write_off,
            )
        )
        if self.needs.get(number):
            self.write(event.__name__, event([self.at(book, number)], self.some(150)), is_fact=False)

    def absorb(self) -> None:
        book, number = self.books[0], self.random.randint(1, 4)
        rows = refunds.absorb(
            self.at(book, number),
            self.some(100),
            source="expense",
            fund="A",
            own_book=self.books[1].id,
            own_fund="B",
        )
        self.write("absorb", rows, is_fact=False)

    def set_off(self) -> None:
        book, number = self.pick()
        target = self.random.randint(1, 4)
        if target == number or target not in self.needs or (book.id, target) in self.ended:
            return
        rows = refunds.set_off(
            self.at(book, number), book.part(target), self.some(80), needs_receipts=self.needs[target]
        )
        self.write("set_off", rows, is_fact=False)

    def move_or_lend(self) -> None:
        first, second = self.books
        amount = self.some(300)
        rows = self.random.choice(
            (
                funds.move_cash(first.bank, first.petty, amount, is_shown=False),
                funds.lend(first.bank, second.bank, amount, names=("A", "B")),
                funds.repay(first.bank, second.bank, amount, names=("A", "B")),
                funds.revise(first.line("A1"), first.line("A2"), amount),
                funds.exchange(
                    first.bank, second.bank, sold=amount, bought=amount, currencies=("USD", "USD")
                ),
            )
        )
        self.write("cash", rows, is_fact=False)

    def repay_excess(self) -> None:
        book, number = self.pick()
        credit = self.at(book, number).credit
        if credit:
            event = self.random.choice((True, False))
            part = book.part(number)
            rows = (
                refunds.repay_excess(part, book.bank, credit)
                if event
                else refunds.donate_excess(part, credit)
            )
            self.write("excess", rows, is_fact=False)

    def close(self) -> None:
        book, number = self.pick()
        if number in self.needs:
            self.ended.add((book.id, number))
            self.write("close", grants.release_remainder([self.at(book, number)]), is_fact=False)

    def reverse(self) -> None:
        number = self.random.choice(self.entries) if self.entries else None
        if number is None:
            return
        try:
            carry_out(self.house, "director", lambda unit: write_reversal(unit, number, "wrong"))
        except Refused as refused:
            if not set(refused.codes) <= DECISIONS_REFUSED:
                raise

    # Facts ------------------------------------------------------------------------------------------------------

    def result(self) -> None:
        if not self.open:
            return
        book, number, seq = self.open.pop(self.random.randrange(len(self.open)))
        hold = self.hold(book, seq)
        ended = (book.id, number) in self.ended
        amount = self.random.choice(
            (0, hold.amount, hold.amount, self.random.randint(0, hold.amount), hold.amount + 9)
        )
        rest_open = 0 < amount < hold.amount and self.random.random() < 0.5
        tax = amount // 50 if amount <= hold.amount else 0
        rows = grants.deliver(
            [hold],
            amount,
            withheld=tax,
            tax="IVA",
            rest_stays_open=rest_open,
            has_ended=ended and not rest_open,
        )
        posted = self.write("result", rows, is_fact=True)
        if posted is not None and rest_open:
            self.open.append((book, number, posted.seqs[-1]))

    def hold(self, book: BookOfTest, seq: int) -> Hold:
        """A hold by its seq."""
        with self.house.work("finance") as work:
            return holds(work.reader(), book.id, [seq])[0]

    def refund(self) -> None:
        book, number = self.pick()
        back = (
            "available" if (book.id, number) in self.ended else self.random.choice(("committed", "available"))
        )
        rows = refunds.refund([self.at(book, number)], self.some(200), banks={book.id: book.bank}, back=back)
        self.write("refund", rows, is_fact=True)

    def bounce(self) -> None:
        book, number = self.pick()
        if number in self.needs:
            rows = refunds.bounce(
                self.at(book, number),
                self.some(300),
                bank=book.bank,
                needs_receipts=self.needs[number],
                has_ended=(book.id, number) in self.ended,
            )
            self.write("bounce", rows, is_fact=True)

    def outside(self) -> None:
        book, _ = self.pick()
        amount = self.some(400)
        rows = self.random.choice(
            (
                funds.receive_instalment(book.bank, "UNHCR", amount * 4),
                funds.receive_income(book.bank, "INTEREST", amount),
                funds.pay_charge(book.bank, book.line("FEES"), amount),
                funds.pay_other(book.bank, book.line("OTHER"), amount * 3),
                funds.count_short(book.petty, amount),
                grants.overpaid(book.bank, amount),
                funds.move_cash(book.bank, book.petty, amount, is_shown=True),
            )
        )
        self.write("outside", rows, is_fact=True)

    def cut(self) -> None:
        book, _ = self.pick()
        model = require_sound(self.house, {})
        allotted = model.balance(book.id, "allotted:A1")
        if allotted:
            self.write("cut", funds.cut(book.line("A1"), self.random.randint(1, allotted)), is_fact=True)

    def check(self) -> None:
        """Everything that has to hold now."""
        numbers = [f"SC-2026-{number:04d}" for number in range(1, 5)]
        require_sound(self.house, {book.id: (numbers, list(LINE_IDS)) for book in self.books})


EVENTS = {
    "award": 4,
    "sign": 5,
    "release": 6,
    "result": 6,
    "accept": 4,
    "refund": 3,
    "bounce": 2,
    "shift": 4,
    "outside": 4,
    "change": 2,
    "absorb": 1,
    "set_off": 1,
    "move_or_lend": 2,
    "repay_excess": 1,
    "cut": 1,
    "close": 1,
    "reverse": 3,
}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_no_fact_is_refused_and_the_books_tie_out(house: House, seed: int) -> None:
    life = Life(house, seed)

    for _ in range(STEPS):
        life.step()
        life.check()

    assert len(life.entries) > STEPS // 3
