"""What of savings is only ever appended, and what of a row stays as it was agreed. Must not know why one is written."""

from typing import Final

from seedfund.store.triggers import append_only, kept

AGREED: Final = "what was agreed is never changed"
TRIGGERS: Final = (
    *kept(
        "sf_savings_link",
        ("number", "participant_id", "kind", "holding", "institution", "currency"),
        sentence=AGREED,
    ),
    *kept(
        "sf_savings_plan",
        ("number", "link_id", "target_minor", "monthly_minor", "months", "starts_on"),
        sentence=AGREED,
    ),
    *kept("sf_savings_group", ("number", "currency"), sentence=AGREED),
    *kept("sf_savings_member", ("group_id", "position", "joined_on"), sentence=AGREED),
    *kept(
        "sf_savings_cycle",
        ("group_id", "position", "share_minor", "shares_most", "began_on"),
        sentence=AGREED,
    ),
    *append_only("sf_savings_step", ("link_id", "position")),
    *append_only("sf_savings_observation", ("id",)),
    *append_only("sf_savings_meeting", ("id",)),
    *append_only("sf_savings_share", ("meeting_id", "member")),
    *append_only("sf_savings_decision", ("id",)),
    *append_only("sf_share_out", ("cycle_id",)),
    *append_only("sf_share_out_line", ("share_out_id", "member")),
)
