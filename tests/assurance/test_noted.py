"""Rows outside the books that tests of the demo do not make, altered past every guard."""

import pytest

from tests.assurance.support import Lived, found_after
from tests.banking.test_reconciling import signed_month
from tests.grants.test_history import brought, running
from tests.grants.test_settlements import half_paid, kept_back
from tests.grants.test_takeover import ready as taking_over
from tests.grants.test_takeover import taken
from tests.ledger.support import BookOfTest
from tests.support.grants import prepared, usd
from tests.support.programme import House


def told(house: House, *statements: str) -> set[tuple[str, str]]:
    """Codes and tables of what is found after changes; nothing is found before them."""
    lived = Lived(house, BookOfTest(1, "F1"))
    assert lived.verified().errors == ()
    return {(one.code, one.table) for one in found_after(lived, *statements).errors}


BANKED = (
    "UPDATE sf_bank_line SET amount_minor = 950000 - amount_minor WHERE position < 3",
    "UPDATE sf_bank_statement SET closing_minor = closing_minor + 1",
    "UPDATE sf_bank_match SET kind = 'batch'",
    "UPDATE sf_bank_match_item SET amount_minor = amount_minor + 1",
    "UPDATE sf_bank_reconciled_item SET amount_minor = amount_minor + 1",
    "UPDATE sf_bank_reconciliation SET bank_minor = bank_minor + 1, books_minor = books_minor + 1",
)


def test_what_a_bank_said_and_what_was_made_of_it_is_held_by_its_note(house: House) -> None:
    signed_month(house)

    found = told(house, *BANKED)

    assert {("noted_otherwise", statement.split()[1]) for statement in BANKED} <= found


def test_an_amount_kept_back_is_held_by_its_note(house: House) -> None:
    prepared(house)
    kept_back(house, half_paid(house))

    found = told(house, "UPDATE sf_tranche_offset SET amount_minor = amount_minor + 1")

    assert ("noted_otherwise", "sf_tranche_offset") in found


@pytest.mark.parametrize("column", ["paid_minor", "justified_minor", "returned_minor"])
def test_a_history_is_held_by_its_note(house: House, column: str) -> None:
    brought(house, running(house), usd(300), justified=usd(180), returned=usd(20))

    found = told(house, f"UPDATE sf_brought_forward SET {column} = {column} - 1")

    assert ("noted_otherwise", "sf_brought_forward") in found


def test_the_tranches_of_a_history_add_up_to_it(house: House) -> None:
    brought(house, running(house), usd(300), justified=usd(180), returned=usd(20))

    found = told(house, "UPDATE sf_brought_forward_tranche SET amount_minor = amount_minor - 1")

    assert found == {("content_unlike", "sf_brought_forward")}


@pytest.mark.parametrize("change", ["approved_minor = approved_minor - 1", "outside_number = 'HIAS-018'"])
def test_what_a_grant_was_taken_over_as_is_what_was_told(house: House, change: str) -> None:
    taken(house, taking_over(house))

    found = told(house, f"UPDATE sf_grant_taken_over SET {change}")

    assert ("noted_otherwise", "sf_grant_taken_over") in found
