"""A programme that went through the doors of every area is sound, and what was changed behind them is named."""

import pytest

from seedfund.grants.rules.deliveries import Outcome
from seedfund.kernel.roles import Role
from seedfund.people.service.protection import RestrictParticipant, restrict_participant
from seedfund.store.columns import METADATA
from seedfund.store.programmes import EndRole, end_role
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
    ("UPDATE sf_grant SET schedule_version = 2 WHERE schedule_version = 1", "content_unlike", "sf_grant"),
    (
        "UPDATE sf_participation SET state = 'graduated', ended_on = '2026-01-05'",
        "noted_otherwise",
        "sf_participation",
    ),
    ("DELETE FROM sf_approval", "noted_missing", "sf_approval"),
)


def test_each_row_that_no_longer_agrees_with_its_paper_or_its_book_is_named(whole: Lived) -> None:
    missed = [
        (code, table, statement)
        for statement, code, table in CHANGES
        if (code, table) not in {(one.code, one.table) for one in found_after(whole, statement).errors}
    ]

    assert missed == []


OTHER = "'f0000000000000000000000000000001'"
OTHER_HANDS = "(SELECT id FROM sf_actor WHERE handle = 'admin'), maker_id"
LAST_PROPOSAL = "(SELECT id FROM sf_proposal ORDER BY number DESC LIMIT 1)"
PUT_THERE = (
    (
        "INSERT INTO sf_actor_role (id, actor_id, role, from_day, until_day, granted_by) "
        f"SELECT {OTHER}, id, 'director', '2025-01-01', NULL, id FROM sf_actor WHERE handle = 'field'",
        "sf_actor",
    ),
    (
        "INSERT INTO sf_approval (id, request_id, stage, approver_id, maker_id, decision, reason, content_hash, "
        f"assurance, decided_at) SELECT {OTHER}, request_id, stage, {OTHER_HANDS}, decision, reason, "
        "content_hash, assurance, decided_at FROM sf_approval ORDER BY id LIMIT 1",
        "sf_approval",
    ),
    (
        "INSERT INTO sf_policy (id, programme_id, version, proposal_id, terms, terms_hash, effective_from, "
        f"proposed_by, approved_by) SELECT {OTHER}, programme_id, version + 1, {LAST_PROPOSAL}, terms, terms_hash, "
        "effective_from, proposed_by, approved_by FROM sf_policy ORDER BY id LIMIT 1",
        "sf_policy",
    ),
)
"""What somebody who owns the database puts there: a role, an approval, a policy that no command wrote."""


NOTED = ("noted_nowhere", "noted_otherwise")


def test_what_no_command_put_there_is_named(whole: Lived) -> None:
    missed = [
        table
        for statement, table in PUT_THERE
        if table not in {one.table for one in found_after(whole, statement).errors if one.code in NOTED}
    ]

    assert missed == []


@pytest.mark.parametrize("table", ["sf_payee", "sf_payment_list", "sf_proposal"])
def test_a_row_beside_the_noted_ones_is_named(whole: Lived, table: str) -> None:
    names = [column.name for column in METADATA.tables[table].columns]
    new = {
        "id": OTHER,
        "number": "'X-1'",
        "position": "99",
    }
    taken = ", ".join(new.get(name, f"t.{name}") for name in names)
    listed = ", ".join(names)
    copied = f"INSERT INTO {table} ({listed}) SELECT {taken} FROM (SELECT * FROM {table} LIMIT 1) t"

    assert ("noted_nowhere", table) in {(one.code, one.table) for one in found_after(whole, copied).errors}


def test_a_protection_that_was_lifted_by_hand_is_named(whole: Lived) -> None:
    person = "PT-2026-0001"
    with whole.house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key="hide", participant=person))

    found = found_after(whole, "UPDATE sf_participant SET is_restricted = FALSE").errors

    assert {(one.code, one.table, one.which) for one in found} == {
        ("noted_otherwise", "sf_participant", person)
    }


def test_a_role_that_ended_and_is_open_again_by_hand_is_named(whole: Lived) -> None:
    with whole.house.work("admin") as work:
        end_role(work, EndRole(key="ends", handle="cashier", role=Role.CASHIER))

    found = found_after(whole, "UPDATE sf_actor_role SET until_day = NULL").errors

    assert {(one.code, one.table, one.which) for one in found} == {("noted_otherwise", "sf_actor", "cashier")}
