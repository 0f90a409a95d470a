"""What of visits is only ever appended. Must not know why a row is written."""

from typing import Final

from seedfund.store.triggers import append_only

TRIGGERS: Final = (
    *append_only("sf_visit_plan", ("id",)),
    *append_only("sf_visit_step", ("visit_id", "position")),
    *append_only("sf_visit_report", ("visit_id", "version")),
    *append_only("sf_visit_decision", ("visit_id",)),
)
