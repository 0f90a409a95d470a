"""What the database itself refuses of the register: changing or deleting anything. Data only."""

from typing import Final

from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_paper", ("id",)),
    *append_only("sf_evidence_file", ("id",)),
    *append_only("sf_paper_scan", ("paper_id", "evidence_id")),
)
