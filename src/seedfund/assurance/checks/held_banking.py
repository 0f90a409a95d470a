"""Which columns of bank statements and matches the audit chain notes. Data only.

A statement may have a hundred thousand lines: their count, their sum and a sum weighed by position are noted, so that
no amount changes, and no two change places, without one of the three telling.
"""

from typing import Final

from seedfund.assurance.checks.holding import Held
from seedfund.banking.rules.footing import WEIGHED_BY

OF_MATCH: Final = "JOIN sf_bank_match m ON m.id = t.match_id"
_REST: Final = f"(t.amount_minor - (t.amount_minor / {WEIGHED_BY}) * {WEIGHED_BY})"
BANKING: Final = (
    Held(
        "sf_bank_statement",
        "t.number",
        plain={"state": "t.state", "version": "t.version"},
        money={"opening": "t.opening_minor", "closing": "t.closing_minor"},
        currency="t.currency",
        where="t.opening_minor IS NOT NULL AND t.closing_minor IS NOT NULL",
    ),
    Held(
        "sf_bank_line",
        "s.number",
        plain={"lines": "COUNT(*)", "weighed": f"CAST(SUM({_REST} * t.position) AS BIGINT)"},
        money={"total": "CAST(SUM(t.amount_minor) AS BIGINT)"},
        currency="s.currency",
        joined="JOIN sf_bank_statement s ON s.id = t.statement_id",
        programme="s.programme_id",
        where="t.amount_minor IS NOT NULL",
        grouped="s.number, s.currency",
    ),
    Held("sf_bank_match", "t.number", plain={"state": "t.state", "kind": "t.kind"}),
    Held(
        "sf_bank_match_item",
        "m.number",
        money={"total": "CAST(SUM(t.amount_minor) AS BIGINT)"},
        currency="b.currency",
        joined=f"{OF_MATCH} JOIN sf_bank_account b ON b.id = m.bank_account_id",
        programme="m.programme_id",
        where="t.position > 0",
        grouped="m.number, b.currency",
    ),
    Held(
        "sf_bank_reconciled_item",
        "m.number",
        money={"total": "CAST(SUM(t.amount_minor) AS BIGINT)"},
        currency="b.currency",
        joined=f"{OF_MATCH} JOIN sf_bank_account b ON b.id = t.bank_account_id",
        programme="m.programme_id",
        where="t.position > 0",
        grouped="m.number, b.currency",
    ),
    Held(
        "sf_bank_reconciliation",
        "t.number",
        plain={"month": "t.month"},
        money={
            "bank": "t.bank_minor",
            "books": "t.books_minor",
            "in_bank": "t.in_bank_minor",
            "in_books": "t.in_books_minor",
            "unexplained": "t.unexplained_minor",
        },
        currency="t.currency",
    ),
)
