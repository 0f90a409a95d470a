"""Holes an audit looked for: months that nobody wrote in before they were passed by."""

from datetime import date

import pytest

from seedfund.kernel.errors import Refused
from seedfund.ledger.rules.events import funds, grants
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, post
from tests.ledger.test_attacks import attack, forged
from tests.ledger.test_periods import begin, close, codes_of, go_to
from tests.support.programme import House


def test_a_month_before_a_closed_one_is_closed_even_when_nothing_was_booked_in_it(
    house: House, book: BookOfTest
) -> None:
    go_to(house, 2, 3)
    begin(house)
    close(house)

    late = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 1), on=date(2025, 12, 20))
    with pytest.raises(Refused) as decided:
        post(house, "award", grants.award([(book.part(), 1)]), on=date(2025, 12, 20))
    with pytest.raises(Refused) as begun:
        begin(house, "2025-12")

    assert late.booking_date == date(2026, 2, 1)
    assert codes_of(decided) == ("period_closed",)
    assert codes_of(begun) == ("month_state",)


def test_no_later_month_is_begun_while_an_empty_one_is_still_closing(house: House, book: BookOfTest) -> None:
    go_to(house, 3, 3)
    begin(house)
    close(house)
    begin(house, "2026-02")

    with pytest.raises(Refused) as refused:
        begin(house, "2026-03")
    go_to(house, 4, 3)
    with pytest.raises(Refused) as passed_by:
        begin(house, "2026-03")

    assert codes_of(refused) == ("month_not_over", "earlier_month_open")
    assert codes_of(passed_by) == ("earlier_month_open",)


def test_the_database_itself_takes_no_row_of_a_month_before_a_closed_one(
    house: House, book: BookOfTest
) -> None:
    go_to(house, 2, 3)
    posted = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 1))
    begin(house)
    close(house)
    columns = (
        "programme_id, event, subject, value_date, document_date, recorded_at, actor_id, command_key, reverses, "
        "corrects_period, reason, hash"
    )
    entry = (
        f"INSERT INTO sf_entry (id, number, booking_date, {columns}) SELECT '{'e' * 32}', 'X-1', '2025-12-20', "
        f"{columns} FROM sf_entry WHERE id = '{posted.id}'"
    )

    refused = attack(house, entry, forged(house, book, entry_id="e" * 32, booking_date="2025-12-20", row=1))

    assert "transfer_period" in refused


def test_no_earlier_month_is_begun_while_a_later_one_is_closing(house: House, book: BookOfTest) -> None:
    go_to(house, 2, 3)
    begin(house)
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 1), on=date(2025, 12, 20))

    with pytest.raises(Refused) as refused:
        begin(house, "2025-12", actor="reconciler")
    close(house)

    assert codes_of(refused) == ("month_state",)
    require_sound(house, {})
