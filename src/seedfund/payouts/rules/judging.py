"""What a row of a provider's file means for a payment: matched on its number and its amount. Must not know rows.

A row is posted only where what it says and what it counts agree with what is on its way. What says again what is on
record posts nothing, and its fee is charged where it is told first; a row without a word is still pending; all else is
a misfit, named, and posts nothing. More than was due is a fact and is posted: grants keeps what is above as a claim on
the provider (accounting: row 18).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from seedfund.grants.rules.deliveries import BOUNCED, Outcome, mark_of
from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.payouts.rules.fees import fee_due, fee_of_record
from seedfund.payouts.rules.values import Asked, Manner, NewRow, Paid, RowTold, Verdict, results_in
from seedfund.payouts.rules.words import AmountMeaning, Fate, FeesAre, Misfit, Told

NOTHING: Final = (Told.FAILED, Told.NOT_DISTRIBUTED)
"""Words that say the payee got nothing of it."""
_NOT_RELEASED: Final = ("listed", "void")
_OUTCOMES: Final = {
    Told.DELIVERED: (Outcome.FULL, Outcome.REDEEMED, Outcome.PART),
    Told.PARTIAL: (Outcome.PART,),
    Told.FAILED: (Outcome.FAILED,),
    Told.NOT_DISTRIBUTED: (Outcome.EXPIRED,),
    Told.REVERSED: (BOUNCED,),
}
"""By which outcomes a step on record says what a word says; delivered less a fee within is a part."""
_ENDED: Final = {Told.FAILED: "failed", Told.NOT_DISTRIBUTED: "expired", Told.REVERSED: "bounced"}


def queued(misfit: Misfit) -> Verdict:
    """The row waits for a person."""
    return Verdict(fate=Fate.QUEUED, misfit=misfit)


_PENDING: Final = Verdict(fate=Fate.PENDING)
_RECORDED: Final = Verdict(fate=Fate.RECORDED)


def word_of(row: RowTold, paid: Paid, manner: Manner) -> Told:
    """What the row says; where the layout has no words its amount says it, and an empty one that it is pending."""
    if row.told is not None:
        return row.told
    if row.amount is None:
        return Told.PENDING
    if row.amount == 0:
        return Told.NOT_DISTRIBUTED
    due = paid.amount if manner.amounts is AmountMeaning.TOTAL else paid.held
    inside = row.fee if manner.fees is FeesAre.DEDUCTED else 0
    return Told.PARTIAL if row.amount + inside < due else Told.DELIVERED


def judge(row: RowTold, paid: Paid, manner: Manner, asked: Asked) -> Verdict:
    """What a row means for the payment it names; the first misfit in the declared order is the one that is told."""
    verdict = _judged(row, paid, manner, asked)
    if verdict.fate is Fate.POSTED:
        outcome = BOUNCED if verdict.outcome is None else verdict.outcome.value
        line = mark_of(outcome, verdict.paid, row.value_date or asked.on, row.reference)
        if line in paid.marks:
            return queued(Misfit.ROW_REPEATED)
        is_own = asked.payer and paid.released_by == asked.payer
        if is_own:
            return queued(Misfit.OWN_PAYMENT)
        if verdict.fee:
            return replace(verdict, fee=fee_due(row.fee, paid, manner, is_reversal=verdict.is_reversal))
    if verdict.fate is Fate.RECORDED and row.fee:
        is_back = row.told is Told.REVERSED
        fee = fee_of_record(row.fee, paid, manner, is_reversal=is_back)
        return replace(verdict, fee=fee, fee_of_return=is_back)
    return verdict


def _judged(row: RowTold, paid: Paid, manner: Manner, asked: Asked) -> Verdict:
    if asked.list_number and paid.list_number != asked.list_number:
        return queued(Misfit.PAYMENT_OF_OTHER_LIST)
    if row.currency and row.currency != paid.currency:
        return queued(Misfit.OTHER_CURRENCY)
    told = word_of(row, paid, manner)
    if told is Told.PENDING:
        return _PENDING
    if paid.state in _NOT_RELEASED:
        return queued(Misfit.NOT_RELEASED)
    if row.value_date is not None and row.value_date > asked.today:
        return queued(Misfit.DAY_TO_COME)
    if says_again(row, told, paid, manner):
        is_another = told is Told.REVERSED and may_be_another(row, paid, manner)
        return queued(Misfit.ROW_REPEATED) if is_another else _RECORDED
    if told is Told.REVERSED:
        return _reversal(row, paid)
    if paid.state not in IN_FLIGHT:
        return queued(Misfit.RESULT_AFTER_FINAL)
    return _result(row, told, paid, manner)


def _reversal(row: RowTold, paid: Paid) -> Verdict:
    """Money comes back only of what was delivered, and no more than that (a reversal without its debit is none)."""
    if paid.delivered == 0:
        return queued(Misfit.NOTHING_TO_REVERSE)
    amount = paid.delivered if row.amount is None else row.amount
    if amount > paid.delivered:
        return queued(Misfit.REVERSAL_EXCEEDS)
    if amount == 0:
        return queued(Misfit.AMOUNT_DISAGREES)
    return Verdict(fate=Fate.POSTED, paid=amount, fee=row.fee)


def _result(row: RowTold, told: Told, paid: Paid, manner: Manner) -> Verdict:
    if told in NOTHING:
        # Files of banks repeat the amount that was to be paid beside the word that it was not.
        if row.amount not in (None, 0, paid.held, paid.amount):
            return queued(Misfit.AMOUNT_DISAGREES)
        outcome = Outcome.FAILED if told is Told.FAILED else Outcome.EXPIRED
        return Verdict(fate=Fate.POSTED, outcome=outcome, fee=row.fee)
    if row.amount is None:
        return queued(Misfit.AMOUNT_MISSING)
    if manner.fees is FeesAre.WITHIN and row.fee >= row.amount:
        return queued(Misfit.FEE_DISAGREES)
    arrived = _arrived(row, paid, manner)
    inside = row.fee if manner.fees in (FeesAre.WITHIN, FeesAre.DEDUCTED) else 0
    disagrees = queued(Misfit.FEE_DISAGREES if inside else Misfit.AMOUNT_DISAGREES)
    part = Verdict(
        fate=Fate.POSTED,
        outcome=Outcome.PART,
        paid=arrived,
        fee=row.fee,
        rest_stays_open=manner.rest_stays_open and told is Told.PARTIAL,
    )
    if told is Told.PARTIAL:
        fits = 0 < arrived < paid.held and arrived + inside <= paid.held
        return part if fits else queued(Misfit.AMOUNT_DISAGREES)
    if arrived >= paid.held:
        return Verdict(fate=Fate.POSTED, outcome=Outcome.FULL, paid=arrived, fee=row.fee)
    return part if inside and arrived > 0 and arrived + inside == paid.held else disagrees


def _arrived(row: RowTold, paid: Paid, manner: Manner) -> int:
    """What of the payment the payee got by this row, after a fee that was kept of it."""
    net = _net(row, manner)
    return net - paid.delivered if manner.amounts is AmountMeaning.TOTAL else net


def _net(row: RowTold, manner: Manner) -> int:
    amount = row.amount or 0
    return amount - row.fee if manner.fees is FeesAre.WITHIN else amount


def may_be_another(row: RowTold, paid: Paid | None, manner: Manner) -> bool:
    """Whether a row that was met in another file may tell of other money, so that a person has to look.

    Where each row tells what it brought and has no reference, a second one to the letter is a second part or the first
    once more: nothing in it says which, so it is neither posted nor passed over while there is room for it, unless the
    layout says that files tell earlier rows again. Of a row that cannot be read or names no payment of ours (no
    `paid`), nobody knows what room there is.
    """
    if manner.amounts is not AmountMeaning.EACH or manner.files_grow or row.reference:
        return False
    if paid is None:
        return True
    if not row.amount or row.told in (*NOTHING, Told.PENDING):
        return False
    if row.told is Told.REVERSED:
        return row.amount <= paid.delivered
    return paid.held > 0 or paid.state in _NOT_RELEASED


def says_again(row: RowTold, told: Told, paid: Paid, manner: Manner) -> bool:
    """Whether the row tells what is on record: the same word and amount, and no other day or reference.

    Parts that are told one by one can be alike; without a reference such a row is never taken for an earlier one.
    """
    alike = [
        (outcome, amount)
        for outcome, amount, day, reference in results_in(paid.marks)
        if row.value_date in (None, day) and row.reference in ("", reference)
    ]
    if paid.state in IN_FLIGHT and manner.amounts is AmountMeaning.EACH and not row.reference:
        return False
    words = _OUTCOMES[told]
    alike = [one for one in alike if one[0] in words]
    if told in _ENDED:
        is_whole = told is not Told.REVERSED or row.amount in (None, paid.amount)
        return bool(alike) and (
            (paid.state == _ENDED[told] and is_whole)
            or (told is Told.REVERSED and (BOUNCED, row.amount) in alike)
        )
    net = _net(row, manner)
    stands = manner.amounts is AmountMeaning.TOTAL and row.amount is not None and net == paid.delivered > 0
    return bool(alike) and (stands or net in [amount for _, amount in alike])


def misfits_among(rows: Sequence[NewRow], manner: Manner) -> dict[int, Misfit]:
    """Which rows of one file stand in each other's way, by their place.

    A row repeated to the letter, and a second one that says the same of a payment, wait while the first is taken. Rows
    that say different things of a payment all wait: the order of a file decides nothing. A reversal beside the result
    it undoes is no contradiction, nor are parts told one by one.
    """
    found = {row.place: Misfit.ROW_REPEATED for row in rows if row.is_repeat}
    results: dict[str, list[NewRow]] = {}
    for row in rows:
        is_result = row.told not in (Told.PENDING, Told.REVERSED) and not (
            row.told is None and row.amount is None
        )
        if is_result and row.place not in found:
            results.setdefault(row.payment, []).append(row)
    for group in results.values():
        if len(group) == 1 or (manner.amounts is AmountMeaning.EACH and not _has_nothing(group)):
            continue
        if len({(row.told, row.amount) for row in group}) == 1:
            found |= {row.place: Misfit.ROW_REPEATED for row in group[1:]}
        else:
            found |= {row.place: Misfit.ROWS_CONTRADICT for row in group}
    return found


def _has_nothing(group: Sequence[NewRow]) -> bool:
    return any(row.told in NOTHING or row.amount == 0 for row in group)
