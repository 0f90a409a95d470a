"""Triggers of grants: what each room of its tables keeps. Must not know the rows."""

from typing import Final

from seedfund.grants.tables import (
    agreements,
    awards,
    endings,
    history,
    justification,
    offsets,
    payments,
    tranches,
)
from seedfund.store.triggers import Trigger

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *awards.TRIGGERS,
    *agreements.TRIGGERS,
    *tranches.TRIGGERS,
    *payments.TRIGGERS,
    *justification.TRIGGERS,
    *endings.TRIGGERS,
    *offsets.TRIGGERS,
    *history.TRIGGERS,
)
"""Every guard of the area's history."""
