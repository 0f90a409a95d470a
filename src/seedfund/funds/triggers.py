"""What the database itself refuses of funds: changing facts, versions, or the identity of a fund. Data only."""

from collections.abc import Sequence
from typing import Final

from seedfund.store.triggers import Trigger, append_only, refusing


def _fixed(table: str, columns: Sequence[str]) -> tuple[Trigger, ...]:
    """A row that stays: some columns are never changed, and it is never deleted."""
    short = table.removeprefix("sf_")
    return (
        refusing(
            f"sf_tr_{short}_fixed",
            table,
            when="BEFORE UPDATE",
            sentence="what identifies it is never changed",
            condition=" OR ".join(f"NEW.{name} <> OLD.{name}" for name in columns),
        ),
        refusing(f"sf_tr_{short}_no_delete", table, when="BEFORE DELETE", sentence="rows are never deleted"),
    )


TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_budget_change", ("id",)),
    *append_only("sf_instalment", ("id",)),
    *append_only("sf_instalment_recall", ("id",)),
    *append_only("sf_benefit_type", ("id",)),
    *_fixed("sf_donor", ("id", "programme_id", "code")),
    *_fixed("sf_fund", ("id", "programme_id", "code", "donor_id", "currency", "book_id")),
    *_fixed("sf_budget_line", ("id", "fund_id", "code", "kind")),
    *_fixed("sf_bank_account", ("id", "programme_id", "code", "kind", "currency")),
    *_fixed(
        "sf_eligibility_rule",
        ("id", "programme_id", "benefit_code", "population_group", "from_day", "proposal_id"),
    ),
)
