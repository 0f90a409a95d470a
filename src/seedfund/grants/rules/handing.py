"""Goods handed over: quantities, values, what an act has to say, what it stands for. Must not know rows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from seedfund.kernel.errors import InvalidInput, Refusal, RefusalCode
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money

WITNESS_DELIVERED: Final = RefusalCode(
    "witness_delivered",
    "Who handed the goods of {number} over does not witness it.",
    "Name another witness.",
)
REFUSALS: Final = (WITNESS_DELIVERED,)
THOUSANDTHS: Final = 1_000


def quantity_thousandths(quantity: Decimal, *, row: int) -> int:
    """A quantity as thousandths of its unit.

    Raises:
        InvalidInput: it is not above zero, or has more than three decimals.
    """
    scaled = quantity * THOUSANDTHS
    if scaled <= 0 or scaled != scaled.to_integral_value():
        raise InvalidInput(
            field="quantity",
            problem=f"{quantity} is no quantity",
            remedy="give a number above zero with at most three decimals",
            row=row,
        )
    return int(scaled)


def item_total(unit_value: Money, thousandths: int) -> Money:
    """What so much of a thing is worth, rounded half up to the minor unit."""
    return Money((unit_value.minor * thousandths + THOUSANDTHS // 2) // THOUSANDTHS, unit_value.currency)


def check_witness(number: str, *, is_deliverer: bool) -> list[Refusal]:
    """Two persons of the team stand on an act: who hands over and who sees it."""
    return [WITNESS_DELIVERED(number=number)] if is_deliverer else []


def first_of(payment: Key, retry_of: Mapping[Key, Key | None]) -> Key:
    """The payment at the head of a chain of retries: all of them stand for the same goods."""
    while before := retry_of.get(payment):
        payment = before
    return payment
