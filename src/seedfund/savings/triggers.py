"""What of savings is only ever appended. Must not know why a row is written."""

from typing import Final

from seedfund.store.triggers import append_only

TRIGGERS: Final = (
    *append_only("sf_savings_step", ("link_id", "position")),
    *append_only("sf_savings_observation", ("id",)),
    *append_only("sf_savings_meeting", ("id",)),
    *append_only("sf_savings_share", ("meeting_id", "member")),
    *append_only("sf_savings_decision", ("id",)),
    *append_only("sf_share_out", ("cycle_id",)),
    *append_only("sf_share_out_line", ("share_out_id", "member")),
)
