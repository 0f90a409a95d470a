"""Each way of forging a chain is rejected, and for its own reason."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.assurance.report import Verification
from seedfund.assurance.verify import read_heads
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.chain import ENTRY_DOMAIN
from seedfund.store.audit import GENESIS, AuditRow, record_hash
from seedfund.store.columns import table_of
from seedfund.store.programmes import RegisterActor, register_actor
from seedfund.store.tables import AuditHead, AuditRecord
from tests.assurance.forging import content_of, copy_row, rehash_from, rehashed, run, swap, value, without_key
from tests.assurance.support import Lived, altering

LAST = "SELECT MAX(seq) FROM sf_transfer"


def told(found: Verification, code: str) -> list[str]:
    """Which rows are found for a reason."""
    return [finding.which for finding in found.findings if finding.code == code]


def test_an_altered_amount_is_named_by_its_row_first_and_its_counters_after(lived: Lived) -> None:
    run(lived, "UPDATE sf_transfer SET amount = amount + 4096 WHERE seq = 8")

    found = lived.verified()

    assert found.first is not None
    assert (found.first.code, found.first.table, found.first.which) == (
        "chain_altered",
        "sf_transfer",
        "UNHCR:8",
    )
    assert told(found, "account_counters") != []


def test_a_row_hashed_again_after_a_change_no_longer_fits_the_next_row_nor_the_audit_record(
    lived: Lived,
) -> None:
    run(lived, "UPDATE sf_transfer SET amount = amount + 1 WHERE seq = 8")
    run(lived, f"UPDATE sf_transfer SET hash = '{rehashed(lived, 8)}' WHERE seq = 8")

    found = lived.verified()

    assert told(found, "chain_untied") == ["UNHCR:9"]
    assert told(found, "record_disagrees") != []


def test_two_rows_that_change_places_are_told_as_swapped(lived: Lived) -> None:
    swap(lived, "sf_transfer", first=6, second=7)

    assert told(lived.verified(), "chain_swapped") == ["UNHCR:6"]


def test_a_row_taken_out_of_the_middle_is_told_as_missing(lived: Lived) -> None:
    run(lived, "DELETE FROM sf_transfer WHERE seq IN (7, 8)")

    found = lived.verified()

    assert told(found, "chain_missing") == ["UNHCR:7"]
    assert found.findings[[one.code for one in found.findings].index("chain_missing")].facts["last"] == "8"


def test_a_tail_that_was_cut_off_is_told_by_the_head(lived: Lived) -> None:
    last = value(lived, LAST)
    run(lived, f"DELETE FROM sf_transfer WHERE seq = {last}")

    assert told(lived.verified(), "chain_cut") == [f"UNHCR:{last - 1}"]


def test_a_tail_cut_off_with_its_head_is_told_by_the_audit_records(lived: Lived) -> None:
    last = value(lived, LAST)
    run(
        lived,
        f"DELETE FROM sf_transfer WHERE seq = {last}",
        f"UPDATE sf_book_head SET seq = {last - 1}, "
        f"hash = (SELECT hash FROM sf_transfer WHERE seq = {last - 1})",
    )

    found = lived.verified()

    assert told(found, "chain_cut") == []
    assert told(found, "record_disagrees") != []
    assert told(found, "entry_rows") != []


def test_a_head_that_was_moved_back_is_told(lived: Lived) -> None:
    last = value(lived, LAST)
    run(lived, "UPDATE sf_book_head SET seq = seq - 1")

    assert told(lived.verified(), "chain_beyond_head") == [f"UNHCR:{last}"]


def test_a_head_with_another_hash_is_told(lived: Lived) -> None:
    last = value(lived, LAST)
    run(lived, f"UPDATE sf_book_head SET hash = '{'f' * 64}'")

    assert told(lived.verified(), "head_differs") == [f"UNHCR:{last}"]


def test_a_chain_without_its_head_is_told(lived: Lived) -> None:
    run(lived, "DELETE FROM sf_book_head", "DELETE FROM sf_audit_head")

    assert told(lived.verified(), "head_missing") == ["NB/audit", "UNHCR"]


def test_a_seq_that_is_there_twice_is_told(lived: Lived) -> None:
    with altering(lived.house.engine) as connection:
        without_key(connection)
        copy_row(connection, "sf_transfer", 5, {"amount": "amount + 1"})

    assert told(lived.verified(), "chain_doubled") == ["UNHCR:5"]


def test_two_rows_that_continue_the_same_row_are_told_as_a_fork(lived: Lived) -> None:
    last = int(value(lived, LAST))
    cited = value(lived, f"SELECT hash FROM sf_transfer WHERE seq = {last - 3}")
    with altering(lived.house.engine) as connection:
        changes = {"seq": str(last + 1), "prev_hash": f"'{cited}'", "reverses_seq": "NULL"}
        copy_row(connection, "sf_transfer", last, changes)
        connection.exec_driver_sql(f"UPDATE sf_transfer SET hash = 'x' WHERE seq = {last + 1}")
    hashed = rehashed(lived, last + 1)
    run(
        lived,
        f"UPDATE sf_transfer SET hash = '{hashed}' WHERE seq = {last + 1}",
        f"UPDATE sf_book_head SET seq = {last + 1}, hash = '{hashed}'",
    )

    found = lived.verified()

    assert told(found, "chain_forked") == [f"UNHCR:{last + 1}"]
    assert told(found, "chain_altered") == []


def test_a_hash_made_for_another_domain_is_told(lived: Lived) -> None:
    last = value(lived, LAST)
    hashed = rehashed(lived, last, domain=ENTRY_DOMAIN)
    run(
        lived,
        f"UPDATE sf_transfer SET hash = '{hashed}' WHERE seq = {last}",
        f"UPDATE sf_book_head SET hash = '{hashed}'",
    )

    assert told(lived.verified(), "chain_other_domain") == [f"UNHCR:{last}"]


def test_rows_renumbered_so_that_the_seq_goes_backwards_are_told(lived: Lived) -> None:
    with altering(lived.house.engine) as connection:
        without_key(connection)
        copy_row(connection, "sf_transfer", 5, {"seq": "0"})

    assert told(lived.verified(), "chain_disordered") == ["UNHCR:0"]


def test_a_text_that_would_blur_two_fields_never_fits_its_hash(lived: Lived) -> None:
    if lived.house.engine.dialect.name == "postgresql":
        run(lived, "ALTER TABLE sf_transfer DROP CONSTRAINT ck_sf_transfer_phase_known")
    run(lived, "UPDATE sf_transfer SET phase = 'p\",\"q' WHERE seq = 5")
    run(lived, f"UPDATE sf_transfer SET hash = '{rehashed(lived, 5)}' WHERE seq = 5")

    assert told(lived.verified(), "chain_altered") == ["UNHCR:5"]


def rewrite_everything(connection: sa.Connection) -> None:
    """The charge of February becomes larger, its accounts with it, then every hash: the perfect forgery."""
    charge = "recipe = 'charge.paid' AND amount = 75"
    for side in ("debit", "credit"):
        connection.exec_driver_sql(
            f"UPDATE sf_account SET {side}s_posted = {side}s_posted + 1 WHERE id IN "
            f"(SELECT {side}_id FROM sf_transfer WHERE {charge}) OR id IN "
            f"(SELECT memo_{side}_id FROM sf_transfer WHERE {charge})"
        )
    connection.exec_driver_sql(f"UPDATE sf_transfer SET amount = amount + 1 WHERE {charge}")
    rehash_from(connection, 1)
    audit, head = table_of(AuditRecord), table_of(AuditHead)
    heads = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT seq, hash FROM sf_transfer")}
    last = GENESIS
    for stored in connection.execute(sa.select(audit).order_by(audit.c.seq)).mappings().all():
        values: dict[str, Any] = dict(stored)
        changes = json.loads(values["changes"])
        for change in changes:
            for book, text in change[3].get("heads", {}).items():
                seq = int(text.partition(":")[0])
                change[3]["heads"][book] = f"{seq}:{heads[seq]}"
        values |= {"changes": canonical_text(changes), "prev_hash": last}
        values["hash"] = last = record_hash(AuditRow(**{name: values[name] for name in AuditRow.__slots__}))
        connection.execute(sa.update(audit).where(audit.c.seq == values["seq"]).values(**values))
    connection.execute(sa.update(head).values(hash=last))


def test_a_history_rewritten_as_a_whole_passes_without_anchors_and_fails_with_any(lived: Lived) -> None:
    anchors = read_heads(lived.house.engine)
    with altering(lived.house.engine) as connection:
        rewrite_everything(connection)

    assert lived.verified().is_sound
    assert told(lived.verified(anchors=anchors[:1]), "anchor_differs") == [f"NB/audit:{anchors[0].seq}"]


def test_a_printed_paper_and_a_closed_month_are_anchors_too(lived: Lived) -> None:
    with altering(lived.house.engine) as connection:
        connection.exec_driver_sql(
            "UPDATE sf_transfer SET recipe = 'spending.paid' WHERE recipe = 'charge.paid'"
        )
        rehash_from(connection, 1)

    found = lived.verified()

    assert told(found, "paper_chain") == ["AC-1 v1", "AC-1 v2", "AG-1 v1"]
    assert told(found, "month_head") == ["UNHCR 2026-01"]


def test_an_older_copy_is_told_by_an_anchor_that_goes_further(lived: Lived) -> None:
    newest = read_heads(lived.house.engine)
    run(lived, f"DELETE FROM sf_transfer WHERE seq = {newest[1].seq}")

    found = lived.verified(anchors=newest)

    assert told(found, "anchor_ahead") == [f"UNHCR:{newest[1].seq}"]


def test_anchors_of_the_present_and_of_the_past_agree_with_a_sound_database(lived: Lived) -> None:
    with lived.house.engine.connect() as connection:
        content, _ = content_of(connection, 3)

    assert content.startswith(b'["UNHCR",3,')
    assert lived.verified(anchors=read_heads(lived.house.engine)).is_sound


@pytest.mark.parametrize(
    ("statement", "code", "which"),
    [
        ("UPDATE sf_audit SET payload = '{}' WHERE seq = 5", "chain_altered", "NB/audit:5"),
        ("UPDATE sf_audit SET operation = 'store.end_role' WHERE seq = 5", "chain_altered", "NB/audit:5"),
        ("UPDATE sf_audit SET prev_hash = 'é' WHERE seq = 5", "chain_untied", "NB/audit:5"),
        ("DELETE FROM sf_audit WHERE seq = 9", "chain_missing", "NB/audit:9"),
    ],
)
def test_an_audit_record_that_was_touched_is_named(
    lived: Lived, statement: str, code: str, which: str
) -> None:
    run(lived, statement)

    assert told(lived.verified(), code) == [which]


def test_audit_records_that_change_places_are_told_as_swapped(lived: Lived) -> None:
    swap(lived, "sf_audit", first=5, second=6)

    assert told(lived.verified(), "chain_swapped") == ["NB/audit:5"]


def test_a_clock_that_went_back_is_worth_a_look_and_no_error(lived: Lived) -> None:
    lived.house.clock.advance(-timedelta(hours=1))
    joining = RegisterActor(key="late", handle="late", display_name="Actor late", roles=(Role.COACH,))
    with lived.house.work("admin") as work:
        register_actor(work, joining)

    found = lived.verified()

    assert [finding.code for finding in found.findings] == ["clock_back"]
    assert found.is_sound
