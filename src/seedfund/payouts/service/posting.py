"""Posting what a provider told through grants, and its fees on the line of charges that the layout names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from seedfund.funds.queries import bank_accounts
from seedfund.funds.service.cash import RecordCharge, record_charge
from seedfund.grants.queries.payments import PaymentRow
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.deliveries import PaymentResult, write_results
from seedfund.grants.service.retries import RecordBounce, record_bounce
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.payouts.queries import PaidRow
from seedfund.payouts.rules import LayoutTerms, Verdict
from seedfund.payouts.service.rows import ResultRow
from seedfund.store.unit import Unit

REFERENCE_MAX = 80


@dataclass(frozen=True, kw_only=True)
class FeeAnswered:
    """The fee that the answer of an exception charges, above zero, and the bank's day, if it is known."""

    exception: str
    fee: Money
    value_date: date | None


class Charged(Protocol):
    """A row with its verdict and its payment."""

    @property
    def verdict(self) -> Verdict:
        """What became of it."""

    @property
    def paid(self) -> PaidRow | None:
        """Its payment."""


def post_results(unit: Unit, rows: Sequence[tuple[ResultRow, Verdict]]) -> list[tuple[str, ...]]:
    """Post results, each payment once; what is irregular about each.

    Raises:
        Refused: `payer_confirms`.
    """
    if not rows:
        return []
    results = [_result(row, verdict, verdict.outcome or Outcome.FULL) for row, verdict in rows]
    return [tuple(word.value for word in one.irregular) for one in write_results(unit, results)]


def post_result(unit: Unit, row: ResultRow, verdict: Verdict) -> tuple[str, ...]:
    """Post one result or, where the verdict is a reversal, that money came back; what is irregular about it.

    Raises:
        Refused: `payer_confirms`, `result_recorded_already`.
    """
    if verdict.outcome is not None:
        return post_results(unit, [(row, verdict)])[0]
    bounce = RecordBounce(
        key=unit.command_key,
        payment=row.payment,
        amount=Money(verdict.paid, _currency(row)) if row.amount is not None else None,
        value_date=row.value_date,
        reference=row.reference,
    )
    done = record_bounce.write(unit, bounce)
    return ("not_in_flight",) if done.is_irregular else ()


def _result(row: ResultRow, verdict: Verdict, outcome: Outcome) -> PaymentResult:
    return PaymentResult(
        payment=row.payment,
        outcome=outcome,
        amount=Money(verdict.paid, _currency(row)) if verdict.paid or row.amount is not None else None,
        rest_stays_open=verdict.rest_stays_open,
        value_date=row.value_date,
        reference=row.reference,
        account=row.account,
    )


def _currency(row: ResultRow) -> str:
    money = row.amount if row.amount is not None else row.fee
    if money is None:
        raise AssertionError("a row that moves an amount has one")
    return money.currency


def charge_fees(unit: Unit, terms: LayoutTerms, taken: Sequence[Charged], *, number: str) -> list[Money]:
    """Charge the fees of a file, one entry an account: row 4, on the programme and never on who was paid.

    Raises:
        NotFound: there is no such fund or line.
        Refused: `line_not_for`, `fund_other_currency`.
    """
    sums: dict[tuple[Key, str], int] = {}
    for one in taken:
        if one.paid is not None and one.verdict.fee:
            place = (one.paid.row.bank_account_id, one.paid.row.currency)
            sums[place] = sums.get(place, 0) + one.verdict.fee
    banks = {bank.id: bank.code for bank in bank_accounts(unit, unit.programme.id)} if sums else {}
    fees = []
    for (bank, currency), minor in sums.items():
        fees.append(Money(minor, currency))
        charge = RecordCharge(
            key=unit.command_key,
            fund=terms.fee_fund,
            line=terms.fee_line,
            bank_account=banks[bank],
            amount=fees[-1],
            reason=f"fees of {number}",
        )
        record_charge.write(unit, charge)
    return fees


def charge_fee(unit: Unit, terms: LayoutTerms, payment: PaymentRow, charged: FeeAnswered) -> None:
    """Charge the fee of one payment that a person answered for, as `charge_fees` does those of a file.

    Raises:
        NotFound: there is no such fund or line.
        Refused: `line_not_for`, `fund_other_currency`.
    """
    banks = {bank.id: bank.code for bank in bank_accounts(unit, unit.programme.id)}
    record_charge.write(
        unit,
        RecordCharge(
            key=unit.command_key,
            fund=terms.fee_fund,
            line=terms.fee_line,
            bank_account=banks[payment.bank_account_id],
            amount=charged.fee,
            value_date=charged.value_date,
            reason=f"fee of {charged.exception}",
        ),
    )
