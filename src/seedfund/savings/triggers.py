"""What of savings is only ever appended, and what of a row stays as it was agreed. Must not know why one is written."""

from collections.abc import Sequence
from typing import Final

from seedfund.store.triggers import PREFIX, Trigger, append_only, refusing


def _kept(table: str, columns: Sequence[str]) -> tuple[Trigger, ...]:
    """Refuse that these columns change, and that a row is deleted."""
    short = table.removeprefix("sf_")
    changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)
    return (
        refusing(
            f"{PREFIX}{short}_kept",
            table,
            when="BEFORE UPDATE",
            sentence="what was agreed is never changed",
            condition=changed,
        ),
        refusing(
            f"{PREFIX}{short}_no_delete", table, when="BEFORE DELETE", sentence="rows are never deleted"
        ),
    )


TRIGGERS: Final = (
    *_kept("sf_savings_link", ("number", "participant_id", "kind", "holding", "institution", "currency")),
    *_kept("sf_savings_plan", ("number", "link_id", "target_minor", "monthly_minor", "months", "starts_on")),
    *_kept("sf_savings_group", ("number", "currency")),
    *_kept("sf_savings_member", ("group_id", "position", "joined_on")),
    *_kept("sf_savings_cycle", ("group_id", "position", "share_minor", "shares_most", "began_on")),
    *append_only("sf_savings_step", ("link_id", "position")),
    *append_only("sf_savings_observation", ("id",)),
    *append_only("sf_savings_meeting", ("id",)),
    *append_only("sf_savings_share", ("meeting_id", "member")),
    *append_only("sf_savings_decision", ("id",)),
    *append_only("sf_share_out", ("cycle_id",)),
    *append_only("sf_share_out_line", ("share_out_id", "member")),
)
