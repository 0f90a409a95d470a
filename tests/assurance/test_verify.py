"""The verifier is silent about what is sound, and names what is not."""

from datetime import UTC, date, datetime

from seedfund.assurance.verify import Request, verify
from seedfund.ledger.rules.events import funds
from tests.assurance.support import Lived
from tests.ledger.support import fund, open_book, post
from tests.ledger.test_periods import begin, close
from tests.support.programme import RING, House


def test_a_sound_database_has_no_findings(lived: Lived) -> None:
    found = lived.verified()

    assert [(finding.code, finding.table, finding.which, finding.facts) for finding in found.findings] == []
    assert found.is_sound


def test_a_fact_of_a_month_that_closed_with_the_next_one_is_in_its_figures(house: House) -> None:
    book = open_book(house)
    fund(house, book)
    house.clock.set(datetime(2026, 2, 3, 15, tzinfo=UTC))
    begin(house)
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 75), on=date(2025, 12, 20))
    close(house)

    assert verify(house.engine, Request(keyring=RING)).is_sound
