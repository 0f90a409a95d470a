"""Money that comes back: taken in whatever it is, with an official receipt to the payer (accounting: rows 25 and 26).

It answers claims, then open advances, then what was given up; what is beyond is not ours until somebody decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.funds.queries import BankAccountFacts, bank_account, funds_by_id
from seedfund.funds.rules.words import RefundsReturnTo
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.places import PlaceIrregularity, irregularities
from seedfund.grants.rules.words import PaymentMethod
from seedfund.grants.service.accounts import list_irregular
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts
from seedfund.grants.service.settling import settle_demands
from seedfund.grants.tables.endings import RefundReceived, RefundReceivedPart
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.keeping import books_keeping
from seedfund.ledger.rules.accounts import PARTICIPANT, SUPPLIER, cash
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.sealing.vault import Place
from seedfund.store.unit import Unit

SERIES: Final = "RO"
TAKERS: Final = (Role.CASHIER, Role.FINANCE_OFFICER, Role.RECONCILER)
"""Never the grant's expert: who asks for money back does not take it (accounting: finding 27)."""


@dataclass(frozen=True, kw_only=True)
class RecordRefund(Command):
    """Money that came back on a grant: how much, into which bank account or cash box, how, and from whom.

    `payer` is who brought it, when that is somebody else; it is sealed.
    """

    grant: str
    amount: Money
    bank_account: str
    method: PaymentMethod = PaymentMethod.BANK
    from_supplier: bool = False
    payer: Secret | None = None
    evidence_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class RefundRecorded:
    """The number of the official receipt, what was not owed, the demands it closed, the entry, and what is odd."""

    number: str
    excess: Money
    settled: tuple[str, ...]
    entry: str
    irregular: tuple[PlaceIrregularity, ...] = ()


@verb("grants.record_refund", roles=TAKERS)
def record_refund(unit: Unit, command: RecordRefund) -> RefundRecorded:
    """Take in money that came back, on any grant in any state; whoever brought it gets the receipt's number.

    While the agreement is in force and the fund allows it the money can be paid again, else it goes back to its line.
    An account that does not go with the method, or where only another fund's money lies, stands on the exceptions page.

    Raises:
        NotFound: there is no such grant or bank account.
        InvalidInput: the amount is not above zero, or not in the currency of grant and account.
    """
    grant = load_grant(unit, command.grant)
    bank = bank_account(unit, unit.programme.id, command.bank_account)
    if command.amount.minor <= 0 or {command.amount.currency, bank.currency} != {grant.currency}:
        raise InvalidInput(
            field="amount",
            problem=f"{command.amount} cannot have come back from {grant.number} into {bank.code}",
            remedy=f"give an amount above zero in {grant.currency}, and an account of that currency",
        )
    parts = load_parts(unit, grant)
    number, refund_id = unit.human_number(SERIES), unit.key()
    rows = refunds.refund(
        [item.position for item in parts],
        command.amount.minor,
        banks={
            item.row.book_id: cash(item.row.book_id, bank.code, bank_account_id=bank.id) for item in parts
        },
        back=goes_back_to(unit, grant, parts),
        holder=SUPPLIER if command.from_supplier else PARTICIPANT,
    )
    entry = write_entry(unit, EntryDraft(event="refund_received", subject=number, postings=rows))
    excess = sum(row.amount for row in rows if row.recipe == "excess.received")
    _write(unit, command, grant, (refund_id, number), bank=bank, entry=entry, excess=excess)
    unit.insert_many(RefundReceivedPart, _parts(refund_id, parts, rows))
    settled = settle_demands(unit, grant, state="settled")
    if excess:
        _list_excess(unit, number, grant, excess)
    irregular = _irregular(unit, command, bank, parts)
    list_irregular(unit, irregular, subject_kind="refund", subject_number=number, bank=bank)
    unit.created("sf_refund_received", number, {"grant": grant.number, "amount": str(command.amount)})
    return RefundRecorded(
        number=number,
        excess=Money(excess, grant.currency),
        settled=tuple(settled),
        entry=entry.number,
        irregular=irregular,
    )


def _irregular(
    unit: Unit, command: RecordRefund, bank: BankAccountFacts, parts: Sequence[LoadedPart]
) -> tuple[PlaceIrregularity, ...]:
    keeping = books_keeping(unit, bank.id)
    is_of_other_fund = bool(keeping) and not keeping & {item.row.book_id for item in parts}
    return irregularities([command.method], bank.kind, is_of_other_fund=is_of_other_fund)


def goes_back_to(unit: Unit, grant: GrantRow, parts: Sequence[LoadedPart]) -> str:
    """Where the money goes: back to the promise only while that is in force, in every fund that gave a part."""
    funds = funds_by_id(unit, sorted({item.row.fund_id for item in parts})).values()
    can_be_paid_again = grant.state in ("in_force", "suspended") and all(
        fund.refunds_return_to is RefundsReturnTo.COMMITTED and unit.occurred_on in fund.period
        for fund in funds
    )
    return refunds.COMMITTED if can_be_paid_again else refunds.AVAILABLE


def _write(
    unit: Unit,
    command: RecordRefund,
    grant: GrantRow,
    identity: tuple[Key, str],
    *,
    bank: BankAccountFacts,
    entry: PostedEntry,
    excess: int,
) -> None:
    refund_id, number = identity
    payer = None
    if command.payer is not None:
        unit.owns(grant.participant_id, command.payer)
        place = Place("sf_refund_received", refund_id, "payer")
        payer = unit.vault(grant.participant_id).seal(command.payer, place)
    sha256 = command.evidence_sha256
    if sha256 is not None:
        filed = write_evidence_file(
            unit, sha256, kind=EvidenceKind.BANK_ADVICE, description=f"refund {number}"
        )
        sha256 = filed.sha256
    unit.insert(
        RefundReceived,
        id=refund_id,
        programme_id=unit.programme.id,
        number=number,
        grant_id=grant.id,
        method=command.method.value,
        bank_account_id=bank.id,
        amount_minor=command.amount.minor,
        excess_minor=excess,
        received_on=unit.occurred_on,
        payer=payer,
        evidence_sha256=sha256,
        entry_id=entry.id,
        recorded_at=unit.now,
        received_by=unit.actor.id,
    )


def _parts(refund_id: Key, parts: Sequence[LoadedPart], rows: Sequence[Posting]) -> list[dict[str, Any]]:
    """What answered claims, advances and write-offs of each part."""
    result = []
    for item in parts:
        spent = item.part.account("spent")
        own = [row for row in rows if row.memo_credit == spent]
        amounts = {
            kind: sum(row.amount for row in own if row.recipe.startswith(f"refund.{kind}."))
            for kind in refunds.WATERFALL
        }
        if any(amounts.values()):
            columns = {f"{kind}_minor": amount for kind, amount in amounts.items()}
            result.append({"refund_id": refund_id, "part_id": item.row.id, **columns})
    return result


def _list_excess(unit: Unit, number: str, grant: GrantRow, excess: int) -> None:
    write_exception(
        unit,
        ExceptionKind.SUSPENSE,
        subject_kind="refund",
        subject_number=number,
        reason="more came back than was owed",
        facts={"grant": grant.number, "excess_minor": excess},
    )


COMMANDS: Final[tuple[Any, ...]] = (record_refund,)
