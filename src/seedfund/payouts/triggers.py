"""What of payouts is only ever appended. Must not know why a row is written."""

from typing import Final

from seedfund.store.triggers import append_only, kept

TRIGGERS: Final = (
    *append_only("sf_payout_layout", ("id",)),
    *append_only("sf_payout_file", ("id",)),
    *append_only("sf_payout_intake", ("id",)),
    *append_only("sf_payout_row", ("intake_id", "row_number")),
    *kept(
        "sf_payout_exception",
        (
            "number",
            "intake_id",
            "row_number",
            "fingerprint",
            "occurrence",
            "sha256",
            "misfit",
            "facts",
            "cells",
            "subject_id",
        ),
        sentence="what a row of a file said stays as it came in",
    ),
    *append_only("sf_payout_decision", ("exception_id",)),
)
