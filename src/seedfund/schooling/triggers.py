"""What of schooling is only ever appended. Must not know why a row is written."""

from typing import Final

from seedfund.store.triggers import append_only, kept

TRIGGERS: Final = (
    *kept(
        "sf_schooling",
        ("number", "participant_id", "kind", "term", "starts_on", "ends_on"),
        sentence="whose schooling it is, where and when stays as recorded",
    ),
    *append_only("sf_schooling_step", ("schooling_id", "position")),
    *append_only("sf_schooling_decision", ("schooling_id",)),
)
