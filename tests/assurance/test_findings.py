"""What somebody with the database in hand can change, one thing at a time, and what each is told as."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from seedfund.assurance import verify as verifying
from seedfund.grants.service import EraseParticipant, erase_participant
from seedfund.people.rules import ErasureGround
from tests.assurance.forging import run
from tests.assurance.support import Lived, found_after
from tests.support.programme import House

FIRST_SETTLE = "(SELECT MIN(seq) FROM sf_transfer WHERE phase = 'settle')"
OTHER_SPENT = "(SELECT MAX(id) FROM sf_account WHERE kind = 'spent' AND grant_id IS NOT NULL)"
CHANGES = (
    (
        "secrets_altered",
        "UPDATE sf_audit_secret SET content = (SELECT content FROM sf_identity_sheet LIMIT 1)",
    ),
    ("command_without_record", "UPDATE sf_command SET audit_seq = audit_seq + 1 WHERE key = 'actor:field'"),
    ("record_without_command", "DELETE FROM sf_command WHERE key = 'actor:field'"),
    ("entry_without_record", "UPDATE sf_entry SET command_key = 'mine' WHERE event = 'charge'"),
    ("entry_altered", "UPDATE sf_entry SET reason = 'because' WHERE event = 'charge'"),
    ("row_date", "UPDATE sf_transfer SET booking_date = '2026-01-06' WHERE seq = 5"),
    ("row_recipe", "UPDATE sf_transfer SET recipe = 'income.received' WHERE recipe = 'instalment.received'"),
    ("row_floor", "UPDATE sf_transfer SET amount = 9999999 WHERE recipe = 'award.decided'"),
    (
        "hold_broken",
        "UPDATE sf_transfer SET resolves_seq = (SELECT MAX(seq) FROM sf_transfer WHERE phase = 'hold') "
        f"WHERE seq = {FIRST_SETTLE}",
    ),
    ("reversal_broken", "UPDATE sf_transfer SET amount = amount + 1 WHERE reverses_seq IS NOT NULL"),
    ("reversal_partial", "DELETE FROM sf_transfer WHERE reverses_seq IS NOT NULL"),
    ("recipes_altered", "UPDATE sf_recipe SET nature = 'decision' WHERE code = 'income.received'"),
    (
        "account_counters",
        "UPDATE sf_account SET debits_posted = debits_posted + 1, credits_posted = credits_posted + 1 "
        "WHERE code = 'cash:BANK'",
    ),
    ("account_fixed", "UPDATE sf_account SET holder = 'OTHER' WHERE code = 'cash:BANK'"),
    (
        "account_owner",
        "UPDATE sf_account SET line_id = grant_id WHERE kind = 'spent' AND grant_id IS NOT NULL",
    ),
    ("identity_broken", f"UPDATE sf_transfer SET memo_debit_id = {OTHER_SPENT} WHERE seq = {FIRST_SETTLE}"),
    ("content_altered", "UPDATE sf_paper SET content_plain = '{}' WHERE content_plain IS NOT NULL"),
    ("content_altered", f"UPDATE sf_plan_version SET content_hash = '{'0' * 64}'"),
    ("content_altered", "UPDATE sf_call SET content = '{}'"),
    ("content_rows", "UPDATE sf_plan_item SET total_minor = total_minor + 1 WHERE line = 1"),
    ("content_rows", "UPDATE sf_plan_version SET grant_minor = grant_minor + 1 WHERE version = 1"),
    ("paper_versions", "UPDATE sf_paper SET version = 3 WHERE version = 2"),
    ("paper_chain", "UPDATE sf_paper SET chain_head = 'UNHCR:3:' || content_hash"),
    (
        "sealed_closed",
        "UPDATE sf_identity_sheet SET content = (SELECT content FROM sf_identity_sheet ORDER BY id LIMIT 1)",
    ),
    ("key_missing", "DELETE FROM sf_data_key"),
    (
        "key_broken",
        "UPDATE sf_data_key SET wrapped = (SELECT wrapped FROM sf_data_key ORDER BY subject_id LIMIT 1)",
    ),
    (
        "month_counters",
        "UPDATE sf_period_balance SET debits_posted = debits_posted + 1, credits_posted = credits_posted + 1",
    ),
    ("month_counters", "UPDATE sf_transfer SET amount = amount + 1 WHERE recipe = 'instalment.received'"),
    ("month_altered", "UPDATE sf_period_book SET next_seq = next_seq + 1"),
    ("month_altered", "DELETE FROM sf_period_book"),
    ("month_head", "UPDATE sf_period_book SET head_seq = head_seq - 1"),
    ("series_gap", "UPDATE sf_counter SET last = last + 1 WHERE series = 'HH'"),
    ("series_beyond", "UPDATE sf_counter SET last = last - 1 WHERE series = 'HH'"),
    ("series_beyond", "DELETE FROM sf_counter WHERE series = 'AS-UNHCR'"),
)


def missed(lived: Lived, changes: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The changes that were not told as what they are; each is tried alone and taken back."""
    return [
        (code, statement)
        for code, statement in changes
        if code not in {finding.code for finding in found_after(lived, statement).errors}
    ]


def test_each_change_past_the_guards_is_named(lived: Lived) -> None:
    assert missed(lived, CHANGES) == []
    assert lived.verified().is_sound


SQLITE_CHANGES = (
    ("file_damaged", "UPDATE sf_counter SET last = -1 WHERE series = 'HH'"),
    ("reference_broken", "DELETE FROM sf_actor WHERE handle = 'field'"),
    ("row_unreadable", "UPDATE sf_transfer SET booking_date = 'some day' WHERE seq = 5"),
    ("row_unreadable", "UPDATE sf_audit SET occurred_on = x'ff00' WHERE seq = 5"),
    ("secret_without_record", "UPDATE sf_audit_secret SET seq = 900 + seq"),
    ("secret_without_record", "DELETE FROM sf_audit WHERE seq = (SELECT MIN(seq) FROM sf_audit_secret)"),
    ("row_account", "UPDATE sf_transfer SET debit_id = 9999 WHERE seq = 5"),
    ("row_amount", "UPDATE sf_transfer SET amount = 0 WHERE seq = 5"),
    ("row_amount", "UPDATE sf_transfer SET amount = 'many' WHERE seq = 5"),
    ("chain_altered", "UPDATE sf_transfer SET resolves_seq = 'null', held = 'null' WHERE seq = 5"),
    ("chain_altered", "UPDATE sf_audit SET payload = CAST(x'ff7b' AS TEXT) WHERE seq = 5"),
    ("chain_untied", "UPDATE sf_transfer SET prev_hash = CAST(x'ff7b' AS TEXT) WHERE seq = 5"),
)


def test_a_value_sqlite_should_never_hold_is_named_and_stops_nothing(lived: Lived) -> None:
    engine = lived.house.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL does not store such a value")
    # Without the hooks of `prepare`: foreign keys are off, as in anybody's SQLite shell.
    bare = Lived(House(sa.create_engine(engine.url), lived.house.clock, lived.house.ids), lived.book)

    assert missed(bare, SQLITE_CHANGES) == []
    assert all("check_stopped" not in found_after(bare, change).counts for _, change in SQLITE_CHANGES)


def test_differences_of_the_schema_are_told_first(lived: Lived) -> None:
    run(lived, "UPDATE sf_transfer SET amount = amount + 1 WHERE seq = 8")

    found = lived.verified(differences=["trigger sf_tr_transfer_moves is missing"])

    assert [finding.code for finding in found.errors][:2] == ["schema_differs", "chain_altered"]
    assert found.first is not None
    assert found.first.which == "trigger sf_tr_transfer_moves is missing"


def test_without_keys_what_was_not_opened_is_counted_and_nothing_is_wrong(lived: Lived) -> None:
    found = lived.verified(keyring=None)

    told = {finding.table: finding.facts["count"] for finding in found.findings}
    assert {finding.code for finding in found.findings} == {"not_opened_without_keys"}
    assert (told["sf_paper"], told["sf_plan_version"], told["sf_identity_sheet"]) == ("1", "2", "3")
    assert found.is_sound


def test_an_erased_person_is_told_and_the_chains_still_hold(lived: Lived) -> None:
    erasing = EraseParticipant(key="erase", participant="PT-2026-0002", ground=ErasureGround.REQUESTED)
    with lived.house.work("protection") as work:
        erase_participant(work, erasing)

    found = lived.verified()

    assert {finding.code for finding in found.findings} == {"not_opened_erased"}
    assert found.is_sound


def test_a_table_that_is_not_there_is_told_as_not_checked(lived: Lived) -> None:
    ending = " CASCADE" if lived.house.engine.dialect.name == "postgresql" else ""
    run(lived, f"DROP TABLE sf_payee{ending}")

    assert {finding.code for finding in lived.verified().findings} == {"not_checked"}


def test_a_check_that_meets_the_unforeseen_is_told_and_the_others_go_on(
    lived: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(verifying, "check_reversals", stumble)
    run(lived, "UPDATE sf_counter SET last = last + 1 WHERE series = 'HH'")

    assert [finding.code for finding in lived.verified().errors] == ["check_stopped", "series_gap"]


def test_many_findings_of_a_kind_are_counted_and_some_are_shown(lived: Lived) -> None:
    run(lived, "UPDATE sf_audit SET payload = '{}'")

    found = lived.verified()

    assert found.counts["chain_altered"] == found.rows["audit"]
    assert len([one for one in found.findings if one.code == "chain_altered"]) <= 50
    assert found.errors_count >= found.rows["audit"]


def test_verifying_changes_nothing_and_can_be_done_again(lived: Lived) -> None:
    first = lived.verified()

    assert lived.verified() == first
    with lived.house.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM sf_programme").scalar_one() == "Frontera Norte"
