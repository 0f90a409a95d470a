"""The five amounts of a grant and what lies between them, from the ledger's rows. Must not know how rows are read.

Awarded, committed, disbursed, justified and returned are five facts and are never merged (accounting:
identities). Each is a sum of recipes or the balance of an account; the identities are checked, not assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from seedfund.kernel.money import Money

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
class Balances:
    """What the accounts of a part (or of several) hold, in minor units; `in_payment` is held, not yet settled."""

    awarded: int = 0
    committed: int = 0
    in_payment: int = 0
    advances: int = 0
    claims: int = 0
    expense: int = 0
    write_offs: int = 0
    spent: int = 0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A grant in figures; all of one currency.

    `awarded` as decided, `lapsed` what of it was never signed for, `committed` as signed and amended,
    `released` what of it will not be paid, `to_disburse` what still may be (what is in payment left out),
    `to_justify` advances without accepted receipt, `refund_due` demanded and not yet returned.
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
        return Figures(
            **{item.name: getattr(self, item.name) + getattr(other, item.name) for item in fields(Figures)}
        )


def figures_of(sums: Mapping[str, int], balances: Balances, currency: str) -> Figures:
    """The figures from sums by recipe (reversed rows taken off) and balances, in minor units of a currency."""

    def of(*recipes: tuple[str, ...]) -> Money:
        return Money(sum(sums.get(code, 0) for group in recipes for code in group), currency)

    def balance(minor: int) -> Money:
        return Money(minor, currency)

    return Figures(
        awarded=of(AWARDED),
        lapsed=of(LAPSED),
        committed=of(SIGNED, RAISED) - of(LOWERED),
        released=of(RELEASED),
        in_payment=balance(balances.in_payment),
        disbursed=of(DELIVERED) - of(BOUNCED),
        justified=balance(balances.expense),
        returned=of(RETURNED),
        refund_due=balance(balances.claims),
        written_off=balance(balances.write_offs),
        borne_by_own=of(BORNE),
        to_disburse=balance(balances.committed - balances.in_payment),
        to_justify=balance(balances.advances),
    )


def contradictions(sums: Mapping[str, int], balances: Balances, figures: Figures) -> tuple[str, ...]:
    """The identities that do not hold, by name; none when the books are sound.

    `disbursed` = justified + returned + written off + borne by own fund + refund due + open advances;
    `committed` + recommitted = gross spent + released + balance; `spent` = advances + claims + expense +
    write-offs; `awarded` = signed + lapsed + balance.
    """

    def of(*recipes: tuple[str, ...]) -> int:
        return sum(sums.get(code, 0) for group in recipes for code in group)

    accounted = (
        figures.justified
        + figures.returned
        + figures.written_off
        + figures.borne_by_own
        + figures.refund_due
        + figures.to_justify
    )
    real = balances.advances + balances.claims + balances.expense + balances.write_offs
    promised = figures.committed.minor + of(RECOMMITTED)
    used = of(DELIVERED) + figures.released.minor + balances.committed
    checks = (
        ("disbursed", figures.disbursed == accounted),
        ("committed", promised == used),
        ("spent", balances.spent == real),
        ("awarded", of(AWARDED) == of(SIGNED, LAPSED) + balances.awarded),
    )
    return tuple(name for name, holds in checks if not holds)
