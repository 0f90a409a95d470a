"""What of scholarships is only ever appended. Must not know why a row is written."""

from typing import Final

from seedfund.store.triggers import append_only

TRIGGERS: Final = (
    *append_only("sf_scholarship_interview", ("application_id", "version")),
    *append_only("sf_scholarship_tranche", ("scholarship_id", "position")),
    *append_only("sf_tranche_confirmation", ("scholarship_id", "position", "version")),
    *append_only("sf_provider_bill_line", ("bill_id", "position")),
    *append_only("sf_placement_check", ("scholarship_id", "month", "version")),
)
