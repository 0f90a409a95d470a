"""A grant in full: who and for what, its amounts, tranches, agreements, payments, receipts and demands."""

from collections import Counter
from typing import Final

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.history import histories_of, taken_over
from seedfund.grants.queries.why import TrancheExplained, explain_grant
from seedfund.kernel.money import Money
from seedfund.people.queries import names_of
from seedfund.reports.books.participant_grant_ledger import GrantEvent
from seedfund.reports.queries.desk import grant_reads
from seedfund.reports.queries.desk.lists import payment_row, receipt_rows, with_money, with_words
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.grant_events import grant_events
from seedfund.reports.queries.parties import Owner, owners_of
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.value import Word
from seedfund.store.work import Work

AMOUNTS: Final = (
    *("awarded", "committed", "in_payment", "disbursed", "accepted", "no_receipts_due", "returned"),
    *("refund_due", "written_off", "borne_by_us", "rejected", "unapplied"),
)
BALANCES: Final = ("to_disburse", "to_justify")
FIVE: Final = ("awarded", "committed", "disbursed", "justified", "returned")
"""The five amounts, first and never merged."""


def grant_fields(work: Work, grant: GrantRow) -> Row:
    """What a grant is, with its amounts as the ledger has them today; of a restricted owner the number alone.

    Raises:
        NotAllowed: the actor is none of the programme's.
    """
    (owner,) = owners_of(work.reader(), work.programme.id, grant.number)
    name = names_of(work, [owner.participant_id])[owner.participant_id]
    amounts = grant_amounts(work, owner)
    return {
        "state": Word(grant.state),
        "benefit": grant.benefit,
        "owner": name.printed,
        "participant": owner.participant,
        "household": None if name.is_hidden else owner.household,
        "group": None if name.is_hidden else Word(grant.population_group),
        "basis_ref": grant.basis_ref,
        "awarded_on": grant.awarded_on,
        **{key: amounts[key] for key in FIVE},
        **{key: amount for key, amount in amounts.items() if key not in FIVE},
        **_brought_forward(work, grant),
    } | ({"ended": Word(grant.end_reason), "ended_on": grant.ended_on} if grant.end_reason else {})


def _brought_forward(work: Work, grant: GrantRow) -> Row:
    """What of a grant's amounts was told by earlier books, and not verified here."""
    history = histories_of(work.reader(), [grant.id]).get(grant.id)
    taken = taken_over(work.reader(), [grant.id]).get(grant.id)
    told = history or taken
    if told is None:
        return {}
    agreed = (
        {}
        if taken is None or taken.agreed_on is None
        else {
            "outside_agreement": taken.agreement_number,
            "agreed_on": taken.agreed_on,
        }
    )
    return {
        "brought_forward_unverified": Money(history.paid_minor if history else 0, grant.currency),
        "outside_number": told.outside_number,
        "cut_off": told.cut_off,
        **agreed,
    }


def grant_amounts(work: Work, owner: Owner) -> dict[str, Money]:
    """The amounts of a grant, from the same events as its ledger."""
    sums: Counter[str] = Counter()
    last: dict[str, GrantEvent] = {}
    for event in grant_events(open_scope(work), [owner]):
        last[event.part] = event
        for name in AMOUNTS:
            amount: Money | None = getattr(event, name)
            sums[name] += amount.minor if amount is not None else 0
    for event in last.values():
        for name in BALANCES:
            balance: Money = getattr(event, name)
            sums[name] += balance.minor
    sums["justified"] = sums.pop("accepted")
    names = [name for name in (*FIVE, *AMOUNTS, *BALANCES) if name != "accepted"]
    return {name: Money(sums[name], owner.currency) for name in dict.fromkeys(names)}


def grant_parts(work: Work, grant: GrantRow) -> dict[str, list[Row]]:
    """What belongs to a grant."""
    reader, asked = work.reader(), {"programme": work.programme.id, "number": grant.number}
    return {
        "tranches": [_tranche(item) for item in explain_grant(work, grant.number) if item.position],
        "agreements": [
            with_words(with_money(row), "kind", "state")
            for row in reader.all(grant_reads.AGREEMENTS_OF_GRANT, **asked)
        ],
        "payments": [payment_row(row) for row in reader.all(grant_reads.PAYMENTS_OF_GRANT, **asked)],
        "receipts": receipt_rows(work, reader.all(grant_reads.RECEIPTS_OF_GRANT, **asked)),
        "demands": [
            with_words(with_money(row), "reason", "state")
            for row in reader.all(grant_reads.DEMANDS_OF_GRANT, **asked)
        ],
    }


def _tranche(item: TrancheExplained) -> Row:
    return {
        "tranche": f"{item.grant}/{item.position}",
        "amount": item.amount,
        "due_on": item.due_on,
        "delivered": item.delivered,
        "in_payment": item.in_payment,
        "offset": item.offset,
        "rest": item.rest,
        "payable": item.is_payable,
        "missing": len(item.missing),
    }
