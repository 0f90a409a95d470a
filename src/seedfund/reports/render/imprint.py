"""Who hands a report over: what the title block says beside the report itself. Must not know figures or pages."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Imprint:
    """The organisation and programme the report is of, who made it and when."""

    organisation: str
    programme: str
    produced_by: str
    produced_at: datetime
