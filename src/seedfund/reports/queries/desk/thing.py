"""What a number stands for, as the desk shows it. Must not know how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from seedfund.reports.queries.desk.reads import Row


@dataclass(frozen=True, slots=True, repr=False)
class Thing:
    """What a number stands for: its kind (a message id), its fields, and the rows that belong to it by their names."""

    kind: str
    number: str
    fields: Row
    parts: Mapping[str, list[Row]] = field(default_factory=dict)
