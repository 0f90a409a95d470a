"""What a caller can get wrong about holds, dates and emptiness, and many hands at one line."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from seedfund.kernel.clock import ManualClock
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.messages import untranslated
from seedfund.kernel.money import Money
from seedfund.ledger.rules import REFUSALS
from seedfund.ledger.rules.accounts import cash
from seedfund.ledger.rules.events import funds, grants
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.ledger.service import money
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, Verb
from seedfund.store.unit import Unit
from seedfund.store.work import run
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, Done, post, write
from tests.ledger.test_entries import promise, release
from tests.support.programme import CODE, RING, START, House

HANDS = 8


def test_a_result_names_a_hold_that_exists(house: House, book: BookOfTest) -> None:
    promise(house, book)
    hold = release(house, book, 1_000)

    with pytest.raises(Refused) as refused:
        post(house, "payment_delivered", grants.deliver([replace(hold, seq=999)], 1_000))

    assert refused.value.codes == ("hold_unknown",)


def test_a_hold_is_not_settled_above_what_it_holds(house: House, book: BookOfTest) -> None:
    promise(house, book)
    hold = release(house, book, 1_000)
    row = Posting(
        "payment.delivered.advances",
        1_001,
        hold.debit,
        hold.credit,
        hold.memo_debit,
        hold.memo_credit,
        hold=hold,
    )

    with pytest.raises(Refused) as refused:
        post(house, "payment_delivered", [row])

    assert refused.value.codes == ("settled_above_held",)
    assert refused.value.refusals[0].facts["amount"] == "USD 10.01"


def test_a_hold_is_not_resolved_twice_in_one_entry(house: House, book: BookOfTest) -> None:
    promise(house, book)
    hold = release(house, book, 1_000)

    with pytest.raises(Refused) as refused:
        post(house, "payment_failed", [*grants.fail([hold]), *grants.fail([hold])])

    assert "hold_already_resolved" in refused.value.codes


def test_an_entry_posts_something_and_not_in_the_future(house: House, book: BookOfTest) -> None:
    draft = EntryDraft(
        event="charge",
        postings=funds.pay_charge(book.bank, book.line("FEES"), 1),
        booking_date=date(2026, 1, 6),
    )
    with pytest.raises(Refused) as empty:
        post(house, "charge", [])
    with pytest.raises(Refused) as future:
        write(house, draft)

    assert empty.value.codes == ("nothing_to_post",)
    assert future.value.codes == ("booked_in_future",)


def test_a_reason_is_short(house: House, book: BookOfTest) -> None:
    rows = funds.pay_charge(book.bank, book.line("FEES"), 1)

    with pytest.raises(InvalidInput, match="reason"):
        write(house, EntryDraft(event="charge", postings=rows, reason="x" * 401))


def test_a_code_that_could_be_read_as_two_accounts_is_no_label() -> None:
    with pytest.raises(InvalidInput, match="bank_account"):
        cash(1, "BANK:2")


def test_withheld_tax_is_paid_over(house: House, book: BookOfTest) -> None:
    promise(house, book)
    hold = release(house, book, 1_000)
    post(house, "payment_delivered", grants.deliver([hold], 1_000, withheld=120, tax="IVA"))
    command = money.PayWithheldTax(
        key="tax", book="UNHCR", account="BANK", tax="IVA", amount=Money(120, "USD")
    )
    with house.work("finance") as work:
        money.pay_withheld_tax(work, command)

    model = require_sound(house, {book.id: (["SC-2026-0001"], ["A1"])})
    assert model.balance(book.id, "withheld:IVA") == 0
    assert model.balance(book.id, "cash:BANK") == 99_000


def test_many_hands_at_one_line_award_exactly_what_it_holds(house: House, book: BookOfTest) -> None:
    def award(number: int) -> bool:
        draft = EntryDraft(event="award", postings=grants.award([(book.part(number), 10_000)]))

        def body(unit: Unit, command: Command) -> Done:
            write_entry(unit, draft)
            return Done()

        verb: Verb[Command, Done] = Verb("test.award", body, roles=(), moves_money=False)
        try:
            run(
                house.engine,
                lambda work: verb(work, Command(key=f"award:{number}")),
                actor="finance",
                programme=CODE,
                keyring=RING,
                clock=ManualClock(START),
            )
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(HANDS) as pool:
        done = list(pool.map(award, range(1, HANDS + 1)))

    model = require_sound(house, {book.id: ([], ["A1"])})
    assert sum(done) == 5
    assert model.balance(book.id, "available:A1") == 0


def test_every_refusal_of_the_ledger_is_told_in_spanish() -> None:
    assert untranslated(REFUSALS, "es") == ()
