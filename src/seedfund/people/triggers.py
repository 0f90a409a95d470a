"""Triggers of people: sheets, consents, steps and decisions are appended; pairs and merges keep what they were.

Must not know the rows.
"""

from typing import Final

from seedfund.store.triggers import Trigger, append_only, kept

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_identity_sheet", ("id",)),
    *append_only("sf_consent", ("id",)),
    *append_only("sf_participation_step", ("participation_id", "position")),
    *append_only("sf_likely_pair_decision", ("pair_id", "position")),
    *kept(
        "sf_likely_pair",
        ("participant_a", "participant_b", "score", "reasons", "method", "proposed_by", "proposed_at"),
        sentence="what was proposed about a pair stays",
    ),
    *kept(
        "sf_merged_participant",
        ("pair_id", "participant_id", "leading_id", "from_day"),
        sentence="a merge is ended and never changed",
    ),
    *kept(
        "sf_merged_household",
        ("pair_id", "household_id", "leading_id", "from_day"),
        sentence="a merge is ended and never changed",
    ),
)
