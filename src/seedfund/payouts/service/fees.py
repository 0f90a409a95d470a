"""The fee of a row that waited, charged by what ends its exception. Must not know how it ends.

An answer posts a result of its own, so its fee is due as that of a row is. Where another command told the result, the
fee is due unless a row, an answer or an earlier decision told it of that result.
"""

from dataclasses import dataclass
from datetime import date

from seedfund.grants.queries.payments import PaymentRow
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import PLAIN, Money, parse_money
from seedfund.payouts.queries import ExceptionRow, layout_by_id, layout_of_intake, list_numbers, paid_rows
from seedfund.payouts.rules import AmountMeaning, FeesAre, LayoutTerms, fee_due, fee_of_record
from seedfund.payouts.service.posting import FeeAnswered, charge_fee
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Ended:
    """An exception that ends, whose payment it was about, and whether money came back.

    `by_key` is the command that told the result, where it is not the one that ends it; `value_date` the bank's day, if
    it is known.
    """

    row: ExceptionRow
    payment: PaymentRow
    is_reversal: bool
    by_key: str = ""
    value_date: date | None = None


def tells_fee(row: ExceptionRow) -> bool:
    """Whether the row told a fee."""
    return row.told_fee is not None


def fee_of(unit: Unit, ended: Ended, given: Money | None) -> Money | None:
    """The fee to be charged, above zero: the one given, else what the row told and nothing charged yet; or none.

    Raises:
        InvalidInput: it is negative, in another currency than the payment, or the layout has no line for it.
    """
    layout = _layout(unit, ended.row)
    fee = _told(unit, ended, layout) if given is None else given
    if fee is None or fee.minor == 0:
        return None
    payment = ended.payment
    problem = (
        f"{fee} is negative"
        if fee.minor < 0
        else f"{payment.number} is paid in {payment.currency}"
        if fee.currency != payment.currency
        else "the layout of the file names no fund and line of charges"
        if layout.fees is FeesAre.NONE
        else ""
    )
    if problem:
        raise InvalidInput(
            field="fee", problem=problem, remedy="give 0 here and charge it with funds.record_charge, or none"
        )
    return fee


def charge(unit: Unit, ended: Ended, fee: Money | None) -> None:
    """Charge it on the line of charges that the layout of the row's file names; nothing where there is none.

    Raises:
        NotFound: there is no such fund or line.
        Refused: `line_not_for`, `fund_other_currency`.
    """
    if fee is not None:
        charged = FeeAnswered(exception=ended.row.number, fee=fee, value_date=ended.value_date)
        charge_fee(unit, _layout(unit, ended.row), ended.payment, charged)


def _layout(unit: Unit, row: ExceptionRow) -> LayoutTerms:
    return layout_by_id(unit, unit.programme.id, layout_of_intake(unit, row.intake_id)).terms


def _told(unit: Unit, ended: Ended, layout: LayoutTerms) -> Money | None:
    if ended.row.told_fee is None:
        return None
    currency, amount = ended.row.told_fee.split()
    fee = parse_money(amount, currency, style=PLAIN, field="fee")
    number, manner = ended.payment.number, layout.manner
    paid = paid_rows(unit, unit.programme.id, [number], list_numbers(unit, unit.programme.id))[number].facts
    if not ended.by_key:
        return Money(fee_due(fee.minor, paid, manner, is_reversal=ended.is_reversal), currency)
    if manner.amounts is AmountMeaning.EACH and ended.by_key in paid.told_by:
        return Money(0, currency)
    return Money(fee_of_record(fee.minor, paid, manner, is_reversal=ended.is_reversal), currency)
