"""Triggers of people: sheets, consents and steps are appended and never changed. Must not know the rows."""

from typing import Final

from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_identity_sheet", ("id",)),
    *append_only("sf_consent", ("id",)),
    *append_only("sf_participation_step", ("participation_id", "position")),
)
