"""Reversing an entry, and what is not reversed."""

from dataclasses import dataclass

import pytest

from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.ledger.rules.events import funds, grants
from seedfund.ledger.rules.posting import PostedEntry
from seedfund.ledger.service.reversals import ReverseEntry, reverse_entry
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, post
from tests.ledger.test_entries import at, hold_of, pay, promise, release
from tests.support.programme import House


@dataclass
class Keys:
    """Command keys that are never used twice."""

    last: int = 0

    def next(self) -> str:
        """A new key."""
        self.last += 1
        return f"reverse:{self.last}"


KEYS = Keys()


def reverse(house: House, number: str, *, actor: str = "director", reason: str = "wrong line") -> PostedEntry:
    """Reverse an entry by its number."""
    with house.work(actor) as work:
        return reverse_entry(work, ReverseEntry(key=KEYS.next(), number=number, reason=reason))


def test_a_reversed_entry_leaves_every_balance_as_it_was(house: House, book: BookOfTest) -> None:
    before = require_sound(house, {})
    posted = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 700))

    reversal = reverse(house, posted.number)

    after = require_sound(house, {})
    assert reversal.number == "AS-UNHCR-2026-000004"
    for key in before.at:
        assert after.balance(*key) == before.balance(*key)


def test_an_entry_is_reversed_once_and_a_reversal_never(house: House, book: BookOfTest) -> None:
    posted = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 700))
    reversal = reverse(house, posted.number)

    with pytest.raises(Refused) as twice:
        reverse(house, posted.number)
    with pytest.raises(Refused) as back:
        reverse(house, reversal.number, actor="reconciler")

    assert twice.value.codes == ("entry_already_reversed",)
    assert back.value.codes == ("entry_is_reversal",)


def test_whoever_posted_an_entry_does_not_reverse_it(house: House, book: BookOfTest) -> None:
    posted = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 700))

    with pytest.raises(Refused) as refused:
        reverse(house, posted.number, actor="finance")

    assert refused.value.codes == ("reversed_by_own_poster",)


def test_a_payment_in_flight_is_voided_not_reversed(house: House, book: BookOfTest) -> None:
    promise(house, book)
    lot = grants.Lot(book.part(), 1_000, book.bank)
    posted = post(house, "payment_released", grants.release([lot], needs_receipts=True))
    with pytest.raises(Refused) as in_flight:
        reverse(house, posted.number)
    post(house, "payment_failed", grants.fail([hold_of(house, book, posted.seqs[0])]))

    with pytest.raises(Refused) as voided:
        reverse(house, posted.number)

    assert in_flight.value.codes == ("entry_holds_payment",)
    assert voided.value.codes == ("nothing_to_reverse",)


def test_a_delivery_entered_by_mistake_is_promised_again(house: House, book: BookOfTest) -> None:
    promise(house, book)
    hold = release(house, book, 1_000)
    posted = post(house, "payment_delivered", grants.deliver([hold], 1_000))

    reverse(house, posted.number)

    position = at(house, book)
    assert (position.committed, position.spent, position.open_advance) == (30_000, 0, 0)
    require_sound(house, {book.id: (["SC-2026-0001"], ["A1"])})


def test_an_award_that_was_signed_on_is_not_taken_back(house: House, book: BookOfTest) -> None:
    awarded = post(house, "award_decided", grants.award([(book.part(), 5_000)]))
    post(house, "agreement_signed", grants.sign([(book.part(), 5_000)]))

    with pytest.raises(Refused) as refused:
        reverse(house, awarded.number)

    assert refused.value.codes == ("award_exceeded",)


def test_reversing_what_took_more_than_there_was_gives_the_room_back(house: House, book: BookOfTest) -> None:
    posted = post(house, "other_spending", funds.pay_other(book.bank, book.line("OTHER"), 120_000))

    reversal = reverse(house, posted.number)

    model = require_sound(house, {book.id: ([], ["OTHER"])})
    assert reversal.rooms == ("cure.cash", "cure.line")
    assert (model.balance(book.id, "cash:BANK"), model.balance(book.id, "shortfall:BANK")) == (100_000, 0)


def test_a_reversal_says_why_and_of_what(house: House, book: BookOfTest) -> None:
    pay_needed = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 1))

    with pytest.raises(InvalidInput, match="reason"):
        reverse(house, pay_needed.number, reason=" ")
    with pytest.raises(NotFound):
        reverse(house, "AS-UNHCR-2026-999999")


def test_a_delivered_payment_that_was_accounted_for_is_not_reversed(house: House, book: BookOfTest) -> None:
    promise(house, book)
    pay(house, book, 1_000)
    rows, _ = grants.accept([at(house, book)], 1_000)
    post(house, "evidence_accepted", rows)

    with pytest.raises(Refused) as refused:
        reverse(house, "AS-UNHCR-2026-000006")

    assert refused.value.codes == ("balance_too_low",)
