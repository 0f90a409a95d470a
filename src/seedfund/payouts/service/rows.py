"""A row of a provider's file as a command carries it."""

from dataclasses import dataclass
from datetime import date

from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.payouts.rules import Misfit, RowTold, Told


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A row as it was read.

    `payment` is empty where the cell holds no number of ours; `misfit` names a row that could not be read, `codes` what
    was wrong with its cells. `fingerprint` is keyed; `occurrence` counts rows of the file that are alike. `cells` is
    JSON of what the row said, by field.
    """

    row: int
    fingerprint: str
    occurrence: int
    cells: Secret
    payment: str = ""
    told: Told | None = None
    amount: Money | None = None
    fee: Money | None = None
    value_date: date | None = None
    reference: str = ""
    account: Secret | None = None
    misfit: Misfit | None = None
    codes: tuple[str, ...] = ()

    @property
    def as_told(self) -> RowTold:
        """What a verdict asks of it."""
        money = self.amount if self.amount is not None else self.fee
        return RowTold(
            told=self.told,
            amount=None if self.amount is None else self.amount.minor,
            fee=0 if self.fee is None else self.fee.minor,
            currency="" if money is None else money.currency,
            value_date=self.value_date,
            reference=self.reference,
        )
