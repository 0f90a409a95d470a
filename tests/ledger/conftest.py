"""A book to write in, for every test of the ledger."""

import pytest

from tests.ledger.support import BookOfTest, fund, open_book
from tests.support.programme import House


@pytest.fixture
def book(house: House) -> BookOfTest:
    """A book with 1,000.00 in the bank and 500.00 on each line."""
    opened = open_book(house)
    fund(house, opened)
    return opened
