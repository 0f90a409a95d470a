"""A programme that went through the doors of every area is sound, and what was changed behind them is named."""

import pytest

from seedfund.grants.rules.deliveries import Outcome
from tests.assurance.support import Lived, found_after
from tests.grants.paying import listed, paid, payable, payable_transfer, released, told, wish
from tests.ledger.support import BookOfTest
from tests.support.grants import awarded, drafted, prepared
from tests.support.programme import House


@pytest.fixture
def whole(house: House) -> Lived:
    """Grants that were paid, failed, listed, in flight and drafted."""
    prepared(house)
    paid(house, payable(house))
    (failed,) = released(house, wish(payable(house))).payments
    told(house, failed, Outcome.FAILED)
    released(house, wish(payable_transfer(house)))
    listed(house, wish(payable(house)))
    drafted(house, awarded(house).number)
    return Lived(house, BookOfTest(1, "F1"))


def test_grants_in_every_state_are_sound(whole: Lived) -> None:
    found = whole.verified()

    assert [(one.code, one.table, one.which, dict(one.facts)) for one in found.findings] == []
    assert found.rows["sf_tranche_schedule"] > 3


CHANGES = (
    (
        "UPDATE sf_disbursement SET amount_minor = amount_minor + 1 WHERE state = 'released'",
        "content_unlike",
        "sf_disbursement",
    ),
    (
        "UPDATE sf_disbursement_part SET amount_minor = amount_minor + 1",
        "content_unlike",
        "sf_disbursement_part",
    ),
    ("UPDATE sf_tranche SET amount_minor = amount_minor + 1", "content_unlike", "sf_tranche_schedule"),
    ("UPDATE sf_tranche_schedule SET content = '[]'", "content_altered", "sf_tranche_schedule"),
    ("UPDATE sf_payment_list SET total_minor = total_minor + 1", "content_unlike", "sf_payment_list"),
    (
        f"UPDATE sf_payment_list SET content_hash = '{'0' * 64}' WHERE content_hash IS NOT NULL",
        "content_unlike",
        "sf_payment_list",
    ),
    (f"UPDATE sf_approval SET content_hash = '{'0' * 64}'", "content_unlike", "sf_approval"),
    ("UPDATE sf_benefit_type SET terms = '{}'", "content_altered", "sf_benefit_type"),
    ("UPDATE sf_policy SET terms = '{}'", "content_altered", "sf_policy"),
    (
        "UPDATE sf_account SET grant_id = (SELECT id FROM sf_grant ORDER BY number DESC LIMIT 1) "
        "WHERE kind = 'spent'",
        "account_owner",
        "sf_account",
    ),
    ("UPDATE sf_grant SET state = 'closed' WHERE state = 'in_force'", "noted_otherwise", "sf_grant"),
    ("UPDATE sf_grant SET population_group = 'host'", "noted_otherwise", "sf_grant"),
    ("UPDATE sf_agreement SET amount_minor = amount_minor + 1", "noted_otherwise", "sf_agreement"),
    ("UPDATE sf_approval_request SET weighed_minor = 1", "noted_otherwise", "sf_approval_request"),
    ("UPDATE sf_payee SET state = 'retired'", "noted_otherwise", "sf_payee"),
    (
        "UPDATE sf_payment_list SET state = 'void' WHERE state = 'finished'",
        "noted_otherwise",
        "sf_payment_list",
    ),
    (
        "UPDATE sf_agreement SET number = number || 'X' WHERE number IS NOT NULL",
        "noted_missing",
        "sf_agreement",
    ),
    ("UPDATE sf_grant_part SET awarded_minor = awarded_minor + 1", "content_unlike", "sf_grant"),
    ("UPDATE sf_instalment SET amount_minor = amount_minor - 1", "noted_otherwise", "sf_instalment"),
)


def test_each_row_that_no_longer_agrees_with_its_paper_or_its_book_is_named(whole: Lived) -> None:
    missed = [
        (code, table, statement)
        for statement, code, table in CHANGES
        if (code, table) not in {(one.code, one.table) for one in found_after(whole, statement).errors}
    ]

    assert missed == []
