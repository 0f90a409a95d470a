"""The five amounts of a grant and what lies between them, from the ledger's rows. Must not know how rows are read.

Awarded, committed, disbursed, justified and returned are five facts and are never merged (accounting:
identities). Each is a sum of recipes or the balance of an account; the identities are checked, not assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from seedfund.kernel.money import Money
from seedfund.ledger.rules.positions import PartPosition

AWARDED: Final = ("award.decided",)
LAPSED: Final = ("award.lapsed",)
SIGNED: Final = ("agreement.signed",)
RAISED: Final = ("agreement.raised",)
LOWERED: Final = ("agreement.lowered",)
RELEASED: Final = ("remainder.released",)
DELIVERED: Final = (
    *("payment.delivered.advances", "payment.delivered.expense"),
    *("tax.withheld.advances", "tax.withheld.expense", "set_off.advances", "set_off.expense"),
    *("opening.disbursed.advances", "opening.disbursed.expense"),
)
BOUNCED: Final = (
    *("payment.bounced.advances", "payment.bounced.expense"),
    *("payment.bounced.advances.ended", "payment.bounced.expense.ended"),
)
RETURNED: Final = (
    *("refund.claims.committed", "refund.claims.available"),
    *("refund.advances.committed", "refund.advances.available"),
    *("refund.write_offs.committed", "refund.write_offs.available"),
    *("excess.applied.committed", "excess.applied.available", "set_off.restored"),
    *("opening.returned.committed", "opening.returned.available"),
)
BORNE: Final = ("own_fund.expense", "own_fund.claims", "own_fund.write_offs")
RECOMMITTED: Final = (
    *("payment.bounced.advances", "payment.bounced.expense", "opening.returned.committed"),
    *("refund.claims.committed", "refund.advances.committed", "refund.write_offs.committed"),
    "excess.applied.committed",
)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A grant, or a part of one, in figures of one currency.

    `awarded` as decided, `lapsed` what of it was never signed for, `committed` as signed and amended,
    `released` what of it will not be paid, `to_disburse` what still may be (what is in payment left out),
    `to_justify` delivered without accepted receipt, `refund_due` demanded and not yet returned.
    """

    awarded: Money
    lapsed: Money
    committed: Money
    released: Money
    in_payment: Money
    disbursed: Money
    justified: Money
    returned: Money
    refund_due: Money
    written_off: Money
    borne_by_own: Money
    to_disburse: Money
    to_justify: Money

    def __add__(self, other: "Figures") -> "Figures":
        sums = {item.name: getattr(self, item.name) + getattr(other, item.name) for item in fields(Figures)}
        return Figures(**sums)


def figures_of(sums: Mapping[str, int], position: PartPosition, currency: str) -> Figures:
    """The figures of a part from sums by recipe (what was reversed taken off) and its balances, in minor units."""

    def of(codes: tuple[str, ...]) -> Money:
        return Money(_sum(sums, codes), currency)

    def balance(minor: int) -> Money:
        return Money(minor, currency)

    return Figures(
        awarded=of(AWARDED),
        lapsed=of(LAPSED),
        committed=of(SIGNED) + of(RAISED) - of(LOWERED),
        released=of(RELEASED),
        in_payment=balance(position.in_payment),
        disbursed=of(DELIVERED) - of(BOUNCED),
        justified=balance(position.expense),
        returned=of(RETURNED),
        refund_due=balance(position.refund_due),
        written_off=balance(position.write_offs),
        borne_by_own=of(BORNE),
        to_disburse=balance(position.committed_free),
        to_justify=balance(position.open_advance),
    )


def contradictions(sums: Mapping[str, int], position: PartPosition) -> tuple[str, ...]:
    """The identities of a part that do not hold, by name; none when its books are sound.

    disbursed = justified + returned + written off + borne by own fund + refund due + open advances;
    committed + recommitted = gross spent + released + balance; spent = advances + claims + expense +
    write-offs; awarded = signed + lapsed + balance (accounting: identities).
    """
    open_money = position.open_advance + position.refund_due + position.expense + position.write_offs
    disbursed = _sum(sums, DELIVERED) - _sum(sums, BOUNCED)
    promised = _sum(sums, SIGNED) + _sum(sums, RAISED) - _sum(sums, LOWERED) + _sum(sums, RECOMMITTED)
    used = _sum(sums, DELIVERED) + _sum(sums, RELEASED) + position.committed
    checks = (
        ("disbursed", disbursed == open_money + _sum(sums, RETURNED) + _sum(sums, BORNE)),
        ("committed", promised == used),
        ("spent", position.spent == open_money),
        ("awarded", _sum(sums, AWARDED) == _sum(sums, SIGNED) + _sum(sums, LAPSED) + position.awarded),
    )
    return tuple(name for name, holds in checks if not holds)


def _sum(sums: Mapping[str, int], codes: tuple[str, ...]) -> int:
    return sum(sums.get(code, 0) for code in codes)
