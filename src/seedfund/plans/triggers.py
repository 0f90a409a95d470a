"""What of plans is only ever appended. Must not know why a row is written."""

from typing import Final

from seedfund.store.triggers import append_only

TRIGGERS: Final = (
    *append_only("sf_plan_version", ("plan_id", "version")),
    *append_only("sf_plan_item", ("version_id", "line")),
    *append_only("sf_plan_verification", ("id",)),
    *append_only("sf_plan_score", ("version_id", "reviewer_id")),
    *append_only("sf_interest", ("session_id", "actor_id", "plan_id")),
    *append_only("sf_motion", ("session_id", "version_id", "position")),
    *append_only("sf_vote", ("session_id", "version_id", "motion", "actor_id")),
    *append_only("sf_committee_decision", ("session_id", "version_id")),
    *append_only("sf_decision_award", ("decision_id",)),
)
