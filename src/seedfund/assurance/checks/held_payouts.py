"""Which columns of payouts the audit chain notes. Data only."""

from typing import Final

from seedfund.assurance.checks.holding import Held

PAYOUTS: Final = (
    Held(
        "sf_payout_layout",
        "t.code || ' v' || t.version",
        plain={"terms_hash": "t.terms_hash", "direction": "t.direction"},
    ),
    Held(
        "sf_payout_file",
        "t.number",
        plain={"count": "t.count", "sha256": "t.sha256"},
        money={"total": "t.total_minor"},
        currency="t.currency",
    ),
    Held(
        "sf_payout_intake",
        "t.number",
        plain={
            "read_rows": "t.read_rows",
            "accepted": "t.accepted",
            "refused": "t.refused",
            "unchanged": "t.unchanged",
            "sha256": "t.sha256",
        },
    ),
    Held(
        "sf_payout_row",
        "i.number || '/' || t.row_number",
        plain={"fate": "t.fate", "payment": "d.number"},
        money={"amount": "t.amount_minor", "fee": "t.fee_minor"},
        currency="g.currency",
        joined="JOIN sf_payout_intake i ON i.id = t.intake_id "
        "LEFT JOIN sf_disbursement d ON d.id = t.disbursement_id LEFT JOIN sf_grant g ON g.id = d.grant_id",
        where="t.row_number > 0",
    ),
    Held("sf_payout_exception", "t.number", plain={"state": "t.state", "misfit": "t.misfit"}),
    Held(
        "sf_payout_decision",
        "e.number",
        plain={
            "outcome": "t.outcome",
            "reason": "t.reason",
            "command": "t.command_key",
            "payment": "d.number",
            "told": "t.told",
        },
        money={"fee": "t.fee_minor"},
        currency="g.currency",
        joined="JOIN sf_payout_exception e ON e.id = t.exception_id "
        "LEFT JOIN sf_disbursement d ON d.id = t.disbursement_id LEFT JOIN sf_grant g ON g.id = d.grant_id",
        programme="e.programme_id",
        where="t.exception_id IS NOT NULL",
    ),
)
