"""How a fund and its lines stand, and what each donor's basis makes of it. Pure; figures in minor units.

Both views of a report come from the same balances: on payment everything that left is spent; when justified an advance
stays open until its receipts are accepted. Their sum is the same (accounting: tie-out of memo and money).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from seedfund.funds.rules.words import Basis


@dataclass(frozen=True, kw_only=True)
class LinePosition:
    """A budget line. What is promised comes in three steps that are never added up twice.

    `allotted` is the present budget and `available` what nobody is promised; `pre_committed` is awarded and not
    yet signed; `committed` is all that was ever signed, `open_commitment` what of it is not yet paid, and
    `in_payment` what of that is on its way. `paid` is what reached payees; `other_spending` what was spent
    outside grants.
    """

    allotted: int = 0
    available: int = 0
    over: int = 0
    pre_committed: int = 0
    committed: int = 0
    open_commitment: int = 0
    in_payment: int = 0
    paid: int = 0
    open_advances: int = 0
    refund_due: int = 0
    justified: int = 0
    no_receipts_due: int = 0
    returned: int = 0
    written_off: int = 0
    other_spending: int = 0
    spent: int = 0

    @property
    def is_tied(self) -> bool:
        """Whether budget and money agree: spent is advances, claims, expense and write-offs."""
        money = self.open_advances + self.refund_due + self.justified + self.no_receipts_due
        return self.spent == money + self.written_off + self.other_spending

    @property
    def is_whole(self) -> bool:
        """Whether the budget is all accounted for: allotted and over is available, promised and spent."""
        used = self.available + self.pre_committed + self.open_commitment + self.spent
        return self.allotted + self.over == used


@dataclass(frozen=True, kw_only=True)
class FundPosition:
    """A fund over all its lines, with its cash.

    Three figures that people call free are kept apart: `uncommitted` is budget nobody is promised;
    `unreserved_cash` is cash that no payment in flight holds; `unfunded_commitments` is what is promised beyond
    that cash.
    """

    received: int = 0
    income: int = 0
    cash: int = 0
    in_payment: int = 0
    shortfall: int = 0
    returned_to_donor: int = 0
    total: LinePosition

    @property
    def uncommitted(self) -> int:
        """Budget nobody is promised."""
        return self.total.available

    @property
    def unreserved_cash(self) -> int:
        """Cash without what payments in flight hold."""
        return self.cash - self.in_payment

    @property
    def unfunded_commitments(self) -> int:
        """What is awarded or signed and not in flight, as far as unreserved cash does not cover it."""
        promised = self.total.pre_committed + self.total.open_commitment - self.total.in_payment
        return max(promised - self.unreserved_cash, 0)


def total_of(lines: Iterable[LinePosition]) -> LinePosition:
    """All lines of a fund together."""
    found = list(lines)
    return LinePosition(
        **{item.name: sum(getattr(line, item.name) for line in found) for item in fields(LinePosition)}
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """The columns of a donor's report on one basis: what counts as expenditure, and what is still open."""

    expenditure: int
    advances: int


def reported(line: LinePosition, basis: Basis) -> Reported:
    """What a line reports on a basis; the two columns sum to what was spent on either."""
    open_now = line.open_advances + line.refund_due
    if basis is Basis.EXPENSE_ON_PAYMENT:
        return Reported(expenditure=line.spent, advances=0)
    return Reported(expenditure=line.spent - open_now, advances=open_now)
