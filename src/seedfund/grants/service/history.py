"""The gross history of a running grant, brought forward from books that are not ours (accounting: row 38).

What was paid, justified and returned stands as such, with the other side in `opening:BOOK` until donors' money and cash
of the time before are entered too. Nothing of it was verified here, and that stands on the exceptions page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.tranches import paid_of, tranches_of
from seedfund.grants.queries.used import used_of
from seedfund.grants.rules.history import check_amounts, check_history
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts
from seedfund.grants.service.demanding import needs_receipts
from seedfund.grants.tables.history import BroughtForward, BroughtForwardTranche
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, total, zero
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import PARTICIPANT
from seedfund.ledger.rules.events import funds
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.positions import shared
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.accounts import write_accounts
from seedfund.ledger.service.entries import write_entry
from seedfund.register.queries import EvidenceRow, evidence_by_hash
from seedfund.register.rules import EvidenceKind, read_sha256
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

PAPERS: Final = (EvidenceKind.STATEMENT, EvidenceKind.MINUTES, EvidenceKind.SIGNED_PAPER)
KIND: Final = "brought_forward"


@dataclass(frozen=True, kw_only=True)
class EarlierPayment:
    """What was paid of a tranche (by position) before our books began, and the day it arrived last."""

    tranche: int
    amount: Money
    paid_on: date


@dataclass(frozen=True, kw_only=True)
class BringForward(Command):
    """A running grant's gross history up to a day: what was paid of each tranche, justified and returned.

    `outside_number` is what the grant was called in the earlier books; `evidence_sha256` is their signed statement.
    What was returned can be paid again only by an adenda.
    """

    grant: str
    outside_number: str
    cut_off: date
    paid: tuple[EarlierPayment, ...]
    evidence_sha256: str
    justified: Money | None = None
    returned: Money | None = None


@dataclass(frozen=True, kw_only=True)
class BroughtForwardDone:
    """The grant, what was paid, justified and returned before, what is still open, and the entry."""

    grant: str
    paid: Money
    justified: Money
    returned: Money
    is_open: Money
    entry: str


@verb("grants.bring_forward", roles=(Role.FINANCE_APPROVER, Role.DIRECTOR))
def bring_forward(unit: Unit, command: BringForward) -> BroughtForwardDone:
    """Enter what a grant in force had received before our books began; its award and agreement stand already.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: nothing was paid, a tranche is named twice, an amount is negative or in another currency, a day
            lies after the cut-off or that in the future, or the SHA-256 is none.
        Refused: `history_state`, `history_late`, `history_no_receipts`, `history_paper`, `history_above_tranche`,
            `history_unbalanced`, or what the ledger refuses.
    """
    return write_history(unit, command)


def write_history(unit: Unit, command: BringForward) -> BroughtForwardDone:
    """Enter a history inside another command; raises and refuses what `bring_forward` does."""
    grant = load_grant(unit, command.grant)
    nothing = zero(grant.currency)
    justified, returned = command.justified or nothing, command.returned or nothing
    _check_told(unit, grant, command, (justified, returned))
    paid = {one.tranche: one.amount for one in command.paid}
    has_receipts = needs_receipts(unit, grant)
    refuse(
        [
            *check_history(
                grant.number,
                state=grant.state,
                is_late=bool(used_of(paid_of(unit, [grant.id])[grant.id], grant.currency)),
                has_paper=bool(papers_of(unit, command.evidence_sha256)),
                has_receipts=has_receipts,
                justified=justified,
            ),
            *check_amounts(
                grant.number,
                paid=paid,
                tranches=_tranches(unit, grant),
                justified=justified,
                returned=returned,
            ),
        ]
    )
    whole = total(paid.values(), grant.currency)
    given = justified if has_receipts else whole - returned
    parts = load_parts(unit, grant)
    rows = _rows(parts, whole.minor, given=given.minor, returned=returned.minor)
    if has_receipts:
        # Reports tell by this account what stands against receipts from what needs none; where all was justified
        # before, no row would open it until the next payment, and figures told by then would change with it.
        write_accounts(unit, [item.part.account("advances", PARTICIPANT) for item in parts])
    entry = _post(unit, command, grant, rows)
    _write(unit, command, grant, (whole, justified, returned), entry=entry)
    return BroughtForwardDone(
        grant=grant.number,
        paid=whole,
        justified=justified,
        returned=returned,
        is_open=whole - given - returned,
        entry=entry.number,
    )


def _post(unit: Unit, command: BringForward, grant: GrantRow, rows: tuple[Posting, ...]) -> PostedEntry:
    draft = EntryDraft(
        event="opening",
        subject=grant.number,
        postings=rows,
        value_date=command.cut_off,
        reason=command.outside_number.strip(),
    )
    return write_entry(unit, draft)


def _check_told(unit: Unit, grant: GrantRow, command: BringForward, more: Sequence[Money]) -> None:
    amounts = [one.amount for one in command.paid]
    if (
        not amounts
        or any(amount.minor <= 0 for amount in amounts)
        or any(amount.minor < 0 for amount in more)
    ):
        raise InvalidInput(
            field="paid", problem="nothing was paid, or less", remedy="give amounts above zero"
        )
    if {amount.currency for amount in (*amounts, *more)} != {grant.currency}:
        raise InvalidInput(
            field="paid", problem="an amount is in another currency", remedy=f"give it in {grant.currency}"
        )
    if len({one.tranche for one in command.paid}) < len(amounts):
        raise InvalidInput(field="paid", problem="a tranche is named twice", remedy="give each tranche once")
    if command.cut_off > unit.work.today() or any(one.paid_on > command.cut_off for one in command.paid):
        raise InvalidInput(
            field="cut_off",
            problem="it lies in the future, or before a payment",
            remedy="give the day up to which the earlier books were kept",
        )
    if not command.outside_number.strip():
        raise InvalidInput(
            field="outside_number",
            problem="it is empty",
            remedy="give the grant's number in the earlier books",
        )


def papers_of(unit: Unit, sha256: str) -> list[EvidenceRow]:
    """The statements of earlier books on file that have this hash: one, or none."""
    found = evidence_by_hash(unit, unit.programme.id, [read_sha256(sha256)])
    return [row for row in found.values() if row.kind in PAPERS]


def _tranches(unit: Unit, grant: GrantRow) -> dict[int, Money]:
    rows = tranches_of(unit, [grant.id])[grant.id]
    return {row.position: Money(row.amount_minor, grant.currency) for row in rows}


def _rows(parts: Sequence[LoadedPart], paid: int, *, given: int, returned: int) -> tuple[Posting, ...]:
    """Each part's share: what was accounted for is expense, the rest an advance, of which some came back."""
    shares = recipes.split_payment([item.position for item in parts], paid)
    accounted = shared(given, shares)
    back = shared(returned, [share - one for share, one in zip(shares, accounted, strict=True)])
    return tuple(
        row
        for item, share, one, came in zip(parts, shares, accounted, back, strict=True)
        for row in (
            *funds.opened_disbursement(item.part, one, needs_receipts=False),
            *funds.opened_disbursement(item.part, share - one, needs_receipts=True),
            *funds.opened_return(item.part, came, back="available"),
        )
    )


def _write(
    unit: Unit,
    command: BringForward,
    grant: GrantRow,
    amounts: tuple[Money, Money, Money],
    *,
    entry: PostedEntry,
) -> None:
    paid, justified, returned = amounts
    outside = command.outside_number.strip()
    history: Key = unit.key()
    exception = write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind=KIND,
        subject_number=grant.number,
        reason="brought forward from earlier books; not verified here",
        facts={"paid": str(paid), "justified": str(justified), "returned": str(returned), "outside": outside},
    )
    unit.insert(
        BroughtForward,
        id=history,
        programme_id=unit.programme.id,
        grant_id=grant.id,
        outside_number=outside,
        cut_off=command.cut_off,
        paid_minor=paid.minor,
        justified_minor=justified.minor,
        returned_minor=returned.minor,
        evidence_sha256=read_sha256(command.evidence_sha256),
        exception_id=exception,
        entry_id=entry.id,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    rows = [
        {
            "history_id": history,
            "tranche_position": one.tranche,
            "amount_minor": one.amount.minor,
            "paid_on": one.paid_on,
        }
        for one in command.paid
    ]
    unit.insert_many(BroughtForwardTranche, rows)
    noted = {"paid": str(paid), "justified": str(justified), "returned": str(returned)}
    unit.created("sf_brought_forward", history, {"grant": grant.number, "outside": outside, **noted})


COMMANDS: Final[tuple[Any, ...]] = (bring_forward,)
