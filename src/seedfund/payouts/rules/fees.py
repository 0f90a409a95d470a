"""What of a provider's fee is not charged yet: each fee once, whoever told it first. Must not know rows.

A fee is charged by the row that tells it, by the answer of the row that waited, or by the first row or decision that
tells it of a result recorded by hand (accounting: row 4).
"""

from seedfund.payouts.rules.values import Manner, Paid
from seedfund.payouts.rules.words import AmountMeaning


def fee_due(fee: int, paid: Paid, manner: Manner, *, is_reversal: bool) -> int:
    """What of a fee that a row tells is not charged yet, in minor units (accounting: row 4).

    Where amounts are totals so are fees. A reversal that prints the fee of the payment again tells no second one;
    another fee is that of the return.
    """
    charged = sum(paid.fees) + sum(paid.fees_back)
    if is_reversal and fee in (charged, sum(paid.fees), *paid.fees):
        return 0
    if manner.amounts is AmountMeaning.TOTAL and (fee > charged or not is_reversal):
        return max(fee - charged, 0)
    return fee


def fee_of_record(fee: int, paid: Paid, manner: Manner, *, is_reversal: bool) -> int:
    """What of a fee is not charged yet that is told of a result on record already, in minor units.

    What was recorded by hand told no fee, so the first that tells it is charged. Where parts are told one by one, a fee
    that is told once more of a result that a row or an answer told is the same fee.
    """
    due = fee_due(fee, paid, manner, is_reversal=is_reversal)
    if paid.by_hand(is_reversal=is_reversal):
        return due
    is_told = manner.amounts is AmountMeaning.EACH or (is_reversal and fee in paid.fees_back)
    return 0 if is_told else due
