"""Where a grant's part stands: the balances that events are decided on. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from seedfund.kernel.money import allocate
from seedfund.ledger.rules.accounts import Part


@dataclass(frozen=True, slots=True)
class PartPosition:
    """The balances of a part in minor units; advances and claims by holder (participant, supplier, provider)."""

    part: Part
    awarded: int = 0
    committed: int = 0
    in_payment: int = 0
    spent: int = 0
    expense: int = 0
    write_offs: int = 0
    credit: int = 0
    advances: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)

    @property
    def committed_free(self) -> int:
        """Promised, not paid and not in flight."""
        return self.committed - self.in_payment

    @property
    def open_advance(self) -> int:
        """Delivered and not yet accounted for, by anybody."""
        return sum(self.advances.values())

    @property
    def refund_due(self) -> int:
        """Demanded back, from anybody."""
        return sum(self.claims.values())


def shared(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split by what is held or open in each part, never more than that: largest remainder, exact.

    The parts sum to the smaller of the amount and the sum of the weights. Source: accounting reference, row 33.
    """
    whole = min(amount, sum(weights))
    return allocate(whole, weights) if whole > 0 else (0,) * len(weights)
