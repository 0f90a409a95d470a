"""The same receipt on two grants at the same moment: the second hand waits for the first, and sees what it recorded."""

import threading
from datetime import date

import pytest

from seedfund.grants.service.justifications import RecordJustification, record_justification
from tests.grants.accounting_for import receipt
from tests.support.grants import agreed, key, prepared, usd
from tests.support.programme import House


@pytest.mark.parametrize("day", [None, date(2025, 12, 31)], ids=["same year", "other year"])
def test_a_receipt_recorded_at_the_same_moment_on_another_grant_is_marked(
    house: House, day: date | None
) -> None:
    prepared(house)
    first, second = agreed(house), agreed(house)
    lines = (receipt(usd(50), on=date(2025, 12, 30)),)
    told: list[tuple[int, ...]] = []

    def other_hand() -> None:
        with house.work("expert") as work:
            command = RecordJustification(key=key(), grant=second, lines=lines, occurred_on=day)
            told.append(record_justification(work, command).duplicates)

    hand = threading.Thread(target=other_hand)
    with house.work("field") as work:
        mine = record_justification(work, RecordJustification(key=key(), grant=first, lines=lines))
        hand.start()
        hand.join(0.5)
        has_waited = hand.is_alive()
    hand.join()

    assert (mine.duplicates, has_waited, told) == ((), True, [(1,)])
