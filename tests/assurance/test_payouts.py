"""Providers' files are sound through the doors; a row, a fate, a decision or a layout altered behind them is named."""

import pytest

from seedfund.interchange.service import ExportPaymentList, export_payment_list
from seedfund.payouts.service import DismissException, dismiss_exception
from tests.assurance.support import Lived, found_after
from tests.ledger.support import BookOfTest
from tests.payouts.provider import file, layout, line, on_their_way, taken
from tests.payouts.test_files import WALLET
from tests.support.grants import key, prepared
from tests.support.programme import House


@pytest.fixture
def answered(house: House) -> Lived:
    """A list that went out and came back: one delivered, one in part, one waiting, one exception dismissed."""
    prepared(house)
    layout(house)
    layout(house, "billetera", WALLET)
    number, payments, _ = on_their_way(house, 3)
    with house.work("cashier") as work:
        export_payment_list(work, ExportPaymentList(key=key(), number=number, layout="billetera"))
    taken(
        house,
        file(
            line(payments[0]),
            line(payments[0]),
            line(payments[1], "200.00", "PARCIAL"),
            line(payments[2], "1.00"),
            line("nobody"),
        ),
    )
    with house.work("finance") as work:
        dismiss_exception(work, DismissException(key=key(), number="PX-2026-0001", reason="printed twice"))
    return Lived(house, BookOfTest(1, "F1"))


CHANGES = (
    ("noted_otherwise", "sf_payout_row", "amount_minor = amount_minor + 1 WHERE fate = 'posted'"),
    ("noted_otherwise", "sf_payout_row", "fee_minor = 5 WHERE fate = 'posted'"),
    ("noted_otherwise", "sf_payout_row", "fate = 'recorded' WHERE fate = 'queued'"),
    ("content_unlike", "sf_payout_row", "outcome = 'failed' WHERE fate = 'posted'"),
    ("noted_otherwise", "sf_payout_intake", "sha256 = 'x'"),
    ("noted_otherwise", "sf_payout_intake", "accepted = accepted + 1, refused = refused - 1"),
    ("noted_otherwise", "sf_payout_file", "total_minor = total_minor + 1"),
    ("noted_otherwise", "sf_payout_file", "sha256 = 'x'"),
    (
        "content_altered",
        "sf_payout_layout",
        "terms = REPLACE(terms, 'PAGADO', 'NEGADO') WHERE code = 'banco'",
    ),
    ("noted_otherwise", "sf_payout_exception", "misfit = 'day_to_come' WHERE state = 'open'"),
    ("content_unlike", "sf_payout_exception", "state = 'open'"),
    ("noted_otherwise", "sf_payout_decision", "reason = 'other'"),
)


def test_a_list_out_and_its_results_in_are_sound(answered: Lived) -> None:
    found = answered.verified()

    assert [(one.code, one.table, one.which, dict(one.facts)) for one in found.findings] == []


def test_whatever_is_altered_of_them_is_named(answered: Lived) -> None:
    missed = [
        (code, table, change)
        for code, table, change in CHANGES
        if (code, table)
        not in {(one.code, one.table) for one in found_after(answered, f"UPDATE {table} SET {change}").errors}
    ]

    assert missed == []


def test_a_row_or_a_decision_that_was_taken_away_is_named(answered: Lived) -> None:
    for table in ("sf_payout_row", "sf_payout_decision"):
        found = found_after(answered, f"DELETE FROM {table}").errors

        assert ("noted_missing", table) in {(one.code, one.table) for one in found}
