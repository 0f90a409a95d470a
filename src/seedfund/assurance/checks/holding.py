"""What it is to hold a table to what the audit chain notes of its rows, and how rows are named there. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

OF_GRANT: Final = "JOIN sf_grant g ON g.id = t.grant_id"
OF_FUND: Final = "JOIN sf_fund f ON f.id = t.fund_id"
OF_GROUP: Final = "JOIN sf_savings_group g ON g.id = t.group_id"
OF_COHORT: Final = "JOIN sf_cohort c ON c.id = t.cohort_id"
KEY: Final = "REPLACE(CAST(t.id AS VARCHAR(40)), '-', '')"
"""A row named by its key: PostgreSQL writes it with dashes, a record notes its 32 digits."""

TIMES: Final = "times noted"
"""The field of a table whose rows have no name of their own: as many stand there as records note."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table whose rows are noted: how a row is named there, and the columns behind the noted fields (SQL texts).

    `money` are fields noted as an amount, `USD 550.00`; `plain` are noted as they are stored. `grouped` where a noted
    figure is a sum over rows. Where `is_whole`, every row is noted: one that no record notes was put there by hand.
    """

    table: str
    which: str
    plain: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, str] = field(default_factory=dict)
    currency: str = "''"
    joined: str = ""
    programme: str = "t.programme_id"
    where: str = "t.id IS NOT NULL"
    grouped: str = ""
    is_whole: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """The noted names, plain ones first."""
        return (*self.plain, *self.money)
