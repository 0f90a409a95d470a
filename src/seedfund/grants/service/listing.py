"""From what somebody wants to pay to rows of a list: grants, payees and amounts are found, each payment is judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from seedfund.funds.queries import BankAccountFacts, bank_account
from seedfund.grants.queries.grants import GrantRow, grants_by_number
from seedfund.grants.queries.grounds import (
    Grounds,
    Wished,
    approved_for,
    check_wished,
    only_one,
    paid_to,
    read_grounds,
)
from seedfund.grants.queries.hands import waivers_by
from seedfund.grants.queries.payees import PayeeRow, payees_of
from seedfund.grants.queries.payments import PaidTo, PaymentRow, payments_by_number
from seedfund.grants.rules.payments import (
    LIST_CURRENCY,
    PREPARER_WAIVED,
    TRANCHE_LISTED_TWICE,
    FailedPayment,
    check_retry,
)
from seedfund.grants.rules.states import RETRIED
from seedfund.grants.rules.words import Delivery
from seedfund.grants.service.common import moment_of
from seedfund.grants.tables.payments import Disbursement, DisbursementStep
from seedfund.kernel.errors import InvalidInput, NotFound, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.kernel.secret import Secret
from seedfund.store.sealing.vault import Place
from seedfund.store.unit import Unit

SERIES: Final = "PG"


@dataclass(frozen=True, kw_only=True)
class PaymentWish:
    """A tranche to be paid: all that is left of it unless an `amount` is given, to the approved payee.

    A retry pays no more than the failed payment did not bring.

    `payee` is a place among the grant's payees where more than one is approved. `details` (a withdrawal code, the
    number of a cheque or voucher) is sealed. `retry_of` is the number of the failed payment this one stands for.
    """

    grant: str
    tranche: int
    amount: Money | None = None
    payee: int | None = None
    details: Secret | None = None
    retry_of: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A payment ready to be listed."""

    grant: GrantRow
    tranche_id: Key
    position: int
    payee: PaidTo
    bank: BankAccountFacts
    amount: Money
    details: Secret | None
    retry_of: Key | None


def plan_payments(unit: Unit, bank_code: str, wishes: Sequence[PaymentWish]) -> list[Planned]:
    """What is wanted as payments, each judged as if it were made on the day of the command.

    Raises:
        NotFound: there is no such bank account, grant, payee or failed payment.
        InvalidInput: an amount is not above zero, or in another currency than its grant.
        Refused: every reason against every payment.
    """
    programme = unit.programme.id
    bank = bank_account(unit, programme, bank_code)
    grants = grants_by_number(unit, programme, [wish.grant for wish in wishes], locked=True)
    by_id = {row.id: row for row in grants.values()}
    payees = payees_of(unit, list(by_id))
    grounds = read_grounds(unit, by_id, moment_of(unit))
    retried = payments_by_number(unit, programme, [wish.retry_of for wish in wishes if wish.retry_of])
    resolved = [
        _resolved(
            wish,
            grants[wish.grant.strip().upper()],
            grounds,
            payees,
            failed=retried.get(wish.retry_of.strip().upper()),
        )
        for wish in wishes
    ]
    refuse(
        [
            *_check_currency(bank, grants.values()),
            *_check_twice(grounds, resolved),
            *check_wished(grounds, one_after_the_other(resolved)),
            *_check_retries(grounds, resolved, retried),
            *check_waived(unit, by_id),
        ]
    )
    return [
        _planned(one, wish, grounds, bank=bank, retried=retried)
        for one, wish in zip(resolved, wishes, strict=True)
    ]


def _resolved(
    wish: PaymentWish,
    grant: GrantRow,
    grounds: Grounds,
    payees: Mapping[Key, Sequence[PayeeRow]],
    *,
    failed: PaymentRow | None,
) -> Wished:
    tranche = grounds.tranche(grant.id, wish.tranche)
    rest = zero(grant.currency) if tranche is None else tranche.rest
    if failed is not None:
        rest = min(rest, failed.missing)
    amount = wish.amount or rest
    if wish.amount is not None and (amount.minor <= 0 or amount.currency != grant.currency):
        raise InvalidInput(
            field="amount",
            problem=f"{amount} cannot be paid for {grant.number}",
            remedy=f"give an amount above zero in {grant.currency}",
        )
    delivery = Delivery.MONEY if tranche is None else Delivery(tranche.tranche.delivery)
    payee = _payee(wish, grant, payees[grant.id], delivery)
    return Wished(
        grant.id,
        wish.tranche,
        amount,
        zero(grant.currency),
        payee,
        wish.retry_of.strip().upper(),
    )


def _payee(
    wish: PaymentWish, grant: GrantRow, payees: Sequence[PayeeRow], delivery: Delivery
) -> PaidTo | None:
    """The payee named, or the one approved for what the tranche is given in; none where that is not one alone."""
    if wish.payee is None:
        return only_one(approved_for(payees, delivery))
    for row in payees:
        if row.position == wish.payee:
            return paid_to(row)
    raise NotFound(what="payee", which=f"{grant.number}/{wish.payee}")


def _check_currency(bank: BankAccountFacts, grants: Iterable[GrantRow]) -> list[Refusal]:
    return [
        LIST_CURRENCY(number=row.number, currency=row.currency, account=bank.code, kept=bank.currency)
        for row in grants
        if row.currency != bank.currency
    ]


def _check_twice(grounds: Grounds, wished: Sequence[Wished]) -> list[Refusal]:
    """A tranche stands once in a list for one payee."""
    seen: set[tuple[Key, int, Key | None]] = set()
    refusals = []
    for one in wished:
        place = (one.grant_id, one.position, one.payee.id if one.payee else None)
        if place in seen:
            number = grounds.grants[one.grant_id].number
            refusals.append(TRANCHE_LISTED_TWICE(position=one.position, number=number))
        seen.add(place)
    return refusals


def one_after_the_other(wished: Sequence[Wished]) -> list[Wished]:
    """Payments of one tranche that stand in the list together: each is judged as if those before it were on the way."""
    taken: dict[tuple[Key, int], Money] = {}
    result = []
    for one in wished:
        place = (one.grant_id, one.position)
        before = taken.get(place)
        result.append(one if before is None else replace(one, listed=one.listed - before))
        taken[place] = one.amount if before is None else before + one.amount
    return result


def _check_retries(
    grounds: Grounds, wished: Sequence[Wished], retried: Mapping[str, PaymentRow]
) -> list[Refusal]:
    refusals = []
    for one in wished:
        if one.retry_of:
            payment = retried[one.retry_of]
            if (payment.grant_id, payment.position) != (one.grant_id, one.position):
                raise InvalidInput(
                    field="retry_of",
                    problem=f"{payment.number} is a payment of another tranche",
                    remedy=f"name the failed payment of tranche {one.position}",
                )
            known = grounds.failed.get((payment.grant_id, payment.position), ())
            retry = next((failed.retry for failed in known if failed.number == payment.number), "")
            refusals += check_retry(
                FailedPayment(payment.number, payment.state, retry),
                RETRIED,
                wanted=one.amount,
                missing=payment.missing,
            )
    return refusals


def check_waived(unit: Unit, grants: Mapping[Key, GrantRow]) -> list[Refusal]:
    """Who let a condition of these grants go does not prepare a payment of them."""
    waived = waivers_by(unit, list(grants))
    return [
        PREPARER_WAIVED(number=grants[grant_id].number)
        for grant_id, actors in waived.items()
        if unit.actor.id in actors
    ]


def _planned(
    one: Wished,
    wish: PaymentWish,
    grounds: Grounds,
    *,
    bank: BankAccountFacts,
    retried: Mapping[str, PaymentRow],
) -> Planned:
    tranche = grounds.tranche(one.grant_id, one.position)
    if tranche is None or one.payee is None:
        raise AssertionError("a payment that was not refused has its tranche and its payee")
    return Planned(
        grant=grounds.grants[one.grant_id],
        tranche_id=tranche.tranche.id,
        position=one.position,
        payee=one.payee,
        bank=bank,
        amount=one.amount,
        details=wish.details,
        retry_of=retried[one.retry_of].id if one.retry_of else None,
    )


def write_payments(unit: Unit, list_id: Key, planned: Sequence[Planned]) -> None:
    """List the payments, numbered in their order, each with the first step of its history."""
    year = unit.occurred_on.year
    numbers = unit.numbers(SERIES, year, len(planned))
    keys = [unit.key() for _ in planned]
    unit.insert_many(
        Disbursement,
        [
            _row(unit, one, key=key, number=f"{SERIES}-{year}-{number:04d}", list_id=list_id)
            for one, key, number in zip(planned, keys, numbers, strict=True)
        ],
    )
    steps = [
        step_row(unit, key, position=1, before=None, after="listed", amount=0, reason="listed")
        for key in keys
    ]
    unit.insert_many(DisbursementStep, steps)


def _row(unit: Unit, one: Planned, *, key: Key, number: str, list_id: Key) -> dict[str, object]:
    details = None
    if one.details is not None:
        unit.owns(one.grant.participant_id, one.details)
        place = Place("sf_disbursement", key, "details")
        details = unit.vault(one.grant.participant_id).seal(one.details, place)
    return {
        "id": key,
        "programme_id": unit.programme.id,
        "number": number,
        "list_id": list_id,
        "grant_id": one.grant.id,
        "tranche_id": one.tranche_id,
        "tranche_position": one.position,
        "payee_id": one.payee.id,
        "method": one.payee.method,
        "bank_account_id": one.bank.id,
        "amount_minor": one.amount.minor,
        "delivered_minor": 0,
        "state": "listed",
        "retry_of": one.retry_of,
        "details": details,
        "provider_ref": "",
        "expires_on": None,
        "released_on": None,
        "released_by": None,
        "delivered_on": None,
        "confirmed_by": None,
        "is_irregular": False,
    }


def step_row(
    unit: Unit,
    payment: Key,
    *,
    position: int,
    before: str | None,
    after: str,
    amount: int,
    reason: str,
    entry: Key | None = None,
    evidence: str | None = None,
) -> dict[str, object]:
    """One step of a payment's history as a row."""
    return {
        "disbursement_id": payment,
        "position": position,
        "from_state": before,
        "to_state": after,
        "amount_minor": amount,
        "reason": reason,
        "evidence_sha256": evidence,
        "entry_id": entry,
        "occurred_on": unit.occurred_on,
        "recorded_at": unit.now,
        "recorded_by": unit.actor.id,
    }
