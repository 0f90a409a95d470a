"""A sample of sealed values, each opened in its place: a blob moved to another row or column does not open.

Of a table with few rows every value is opened; of a larger one every n-th, so that the same database gives the same
sample. Papers and versions of plans are opened whole elsewhere.
"""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from seedfund.assurance.checks.context import Context
from seedfund.assurance.checks.vaults import Vaults
from seedfund.assurance.scan import Sheet
from seedfund.store.audit import secret_place
from seedfund.store.columns import KeyType
from seedfund.store.sealing.vault import Place


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed blobs: the SQL of its row's name in the place, and of the subject whose key seals it."""

    table: str
    column: str
    subject: str
    joined: str = ""
    row: str = "t.id"


_OF_GRANT: Final = "JOIN sf_grant g ON g.id = t.grant_id"
COLUMNS: Final = (
    SealedColumn("sf_identity_sheet", "content", "t.participant_id"),
    SealedColumn("sf_identity_document", "number", "t.participant_id"),
    SealedColumn("sf_payout_account", "number", "t.participant_id"),
    SealedColumn("sf_payout_account", "holder", "t.participant_id"),
    SealedColumn("sf_savings_link", "account_number", "t.participant_id"),
    *(
        SealedColumn(
            "sf_visit_report",
            column,
            "v.participant_id",
            "JOIN sf_visit v ON v.id = t.visit_id",
            "t.visit_id || ':' || t.version",
        )
        for column in ("findings", "actions")
    ),
    SealedColumn("sf_referral", "need", "t.participant_id"),
    SealedColumn(
        "sf_referral_step",
        "note",
        "r.participant_id",
        "JOIN sf_referral r ON r.id = t.referral_id",
        "t.referral_id || ':' || t.position",
    ),
    SealedColumn(
        "sf_interview_step",
        "note",
        "i.participant_id",
        "JOIN sf_interview i ON i.id = t.interview_id",
        "t.interview_id || ':' || t.position",
    ),
    SealedColumn("sf_placement", "work", "t.participant_id"),
    SealedColumn(
        "sf_retention_check",
        "note",
        "p.participant_id",
        "JOIN sf_placement p ON p.id = t.placement_id",
        "t.placement_id || ':' || t.position",
    ),
    SealedColumn("sf_activity_report", "note", "t.activity_id", row="t.activity_id || ':' || t.version"),
    SealedColumn(
        "sf_activity_attendee",
        "name",
        "t.activity_id",
        row="t.activity_id || ':' || t.version || ':' || t.position",
    ),
    SealedColumn(
        "sf_monitoring_report",
        "note",
        "m.participant_id",
        "JOIN sf_monitoring m ON m.id = t.monitoring_id",
        "t.monitoring_id || ':' || t.version",
    ),
    SealedColumn(
        "sf_household_goal", "words", "p.participant_id", "JOIN sf_household_plan p ON p.id = t.plan_id"
    ),
    SealedColumn(
        "sf_household_goal_step",
        "note",
        "p.participant_id",
        "JOIN sf_household_goal g ON g.id = t.goal_id JOIN sf_household_plan p ON p.id = g.plan_id",
        "t.goal_id || ':' || t.position",
    ),
    SealedColumn("sf_assessment", "answers", "t.participant_id"),
    SealedColumn("sf_assessment", "note", "t.participant_id"),
    SealedColumn(
        "sf_graduation_follow_up",
        "note",
        "g.participant_id",
        "JOIN sf_graduation g ON g.id = t.graduation_id",
        "t.graduation_id || ':' || t.months || ':' || t.version",
    ),
    SealedColumn(
        "sf_sample_finding",
        "note",
        "t.head_id",
        row="t.selection_id || ':' || t.position || ':' || t.version",
    ),
    SealedColumn("sf_bank_line", "details", "t.statement_id", row="t.statement_id || ':' || t.position"),
    SealedColumn("sf_schooling", "school", "t.participant_id"),
    SealedColumn(
        "sf_schooling_step",
        "proof_ref",
        "s.participant_id",
        "JOIN sf_schooling s ON s.id = t.schooling_id",
        "t.schooling_id || ':' || t.position",
    ),
    SealedColumn("sf_duplicate_flag", "reason", "t.id"),
    SealedColumn("sf_likely_pair_decision", "reason", "t.pair_id", row="t.pair_id || ':' || t.position"),
    SealedColumn(
        "sf_plan_verification",
        "note",
        "p.participant_id",
        "JOIN sf_plan_version v ON v.id = t.version_id JOIN sf_plan p ON p.id = v.plan_id",
    ),
    SealedColumn(
        "sf_agreement_signature",
        "people",
        "g.participant_id",
        "JOIN sf_agreement a ON a.id = t.agreement_id JOIN sf_grant g ON g.id = a.grant_id",
    ),
    SealedColumn(
        "sf_scholarship_interview",
        "note",
        "a.participant_id",
        "JOIN sf_scholarship_application a ON a.id = t.application_id",
        "t.application_id || ':' || t.version",
    ),
    SealedColumn(
        "sf_provider_complaint",
        "note",
        "s.participant_id",
        "JOIN sf_scholarship s ON s.id = t.scholarship_id",
    ),
    SealedColumn("sf_payout_exception", "cells", "t.subject_id"),
    SealedColumn("sf_payee", "supplier_tax_id", "g.participant_id", _OF_GRANT),
    SealedColumn("sf_disbursement", "details", "g.participant_id", _OF_GRANT),
)


def check_sealed(context: Context, vaults: Vaults) -> None:
    """A sample of every sealed column, and of the sealed values of commands."""
    for one in COLUMNS:
        if context.has(f"sealed {one.table}", one.table):
            _check_column(context, vaults, one)
    _check_secrets(context, vaults)


def _check_column(context: Context, vaults: Vaults, one: SealedColumn) -> None:
    step = _step(context, f"SELECT COUNT(*) FROM {one.table} WHERE {one.column} IS NOT NULL")  # noqa: S608 - names of ours only
    statement = (
        f"SELECT {one.row}, {one.subject}, t.{one.column} FROM {one.table} t {one.joined} "  # noqa: S608 - names of ours only
        f"WHERE t.{one.column} IS NOT NULL ORDER BY 1"
    )
    sheet: Sheet[tuple[Any, ...]] = Sheet(
        one.table,
        lambda *values: values,
        lambda: sa.text(statement).columns(row=KeyType, subject=KeyType, content=sa.LargeBinary),
    )
    for position, (row, subject, content) in enumerate(context.each(f"sealed {one.table}", sheet)):
        if position % step == 0:
            vaults.text(subject, _bytes(content), Place(one.table, row, one.column), which=str(row))


def _check_secrets(context: Context, vaults: Vaults) -> None:
    step = _step(context, "SELECT COUNT(*) FROM sf_audit_secret")
    sheet: Sheet[tuple[Any, ...]] = Sheet(
        "sf_audit_secret",
        lambda *values: values,
        lambda: sa.text(
            "SELECT a.seq, s.position, a.key, s.subject_id, s.content FROM sf_audit_secret s JOIN sf_audit a "
            "ON a.programme_id = s.programme_id AND a.seq = s.seq ORDER BY s.programme_id, s.seq, s.position"
        ).columns(
            seq=sa.BigInteger, position=sa.BigInteger, key=sa.String, subject=KeyType, content=sa.LargeBinary
        ),
        keys=2,
    )
    for count, (seq, position, key, subject, content) in enumerate(context.each("sealed commands", sheet)):
        if count % step == 0:
            place = secret_place(key, position)
            vaults.text(subject, _bytes(content), place, which=f"{seq}:{position}")


def _step(context: Context, statement: str) -> int:
    rows = int(context.scan.connection.exec_driver_sql(statement).scalar_one())
    return max(1, -(-rows // max(context.sample, 1)))


def _bytes(content: object) -> bytes:
    return bytes(content) if isinstance(content, bytes | bytearray | memoryview) else b""
