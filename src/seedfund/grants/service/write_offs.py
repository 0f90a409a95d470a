"""Giving money up: asked for by one hand with its paper, decided by an authority whose ceiling reaches (row 29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from seedfund.approvals.queries import current_policy
from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.policy import Act
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import (
    approved_content,
    ceiling_of,
    require_assurance,
    write_exception,
    write_proposal,
)
from seedfund.grants.queries.endings import open_demands_on
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.refunding import check_authority, check_write_off
from seedfund.grants.service.common import LoadedPart, filed_kinds, load_grant, load_parts
from seedfund.grants.service.settling import settle_demands
from seedfund.grants.tables.endings import WriteOff
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import PARTICIPANT, SUPPLIER
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.positions import shared
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import EvidenceKind, missing_evidence, read_sha256
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "WO"
KIND: Final = "write_off"
AUTHORITIES: Final = (Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR)
SOURCES: Final = ("claims", "advances")


@dataclass(frozen=True, kw_only=True)
class RequestWriteOff(Command):
    """What shall be given up on a grant, why (naming nobody), and the paper of the authority (a file on record).

    Without an `amount` it is all that is demanded or open. `donor_sha256` is the donor's letter where one is needed.
    """

    grant: str
    reason: str
    evidence_sha256: str
    amount: Money | None = None
    from_supplier: bool = False
    donor_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class WriteOffRequested:
    """The number of the request, and what it asks to give up."""

    number: str
    amount: Money


@verb(
    "grants.request_write_off",
    roles=(Role.FINANCE_OFFICER, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER),
)
def request_write_off(unit: Unit, command: RequestWriteOff) -> WriteOffRequested:
    """Ask that money be given up; a second person with the authority decides.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the amount is in another currency, or a SHA-256 is none.
        Refused: `reason_missing`, `write_off_nothing`, `write_off_exceeds`, `write_off_paper`.
    """
    grant = load_grant(unit, command.grant)
    is_open = _open(load_parts(unit, grant), _holder(command.from_supplier), grant.currency)
    amount = is_open if command.amount is None else command.amount
    if amount.currency != grant.currency:
        raise InvalidInput(
            field="amount", problem=f"{amount} is in another currency", remedy=f"give it in {grant.currency}"
        )
    evidence = read_sha256(command.evidence_sha256, field="evidence_sha256")
    donor = "" if command.donor_sha256 is None else read_sha256(command.donor_sha256, field="donor_sha256")
    content = {
        "grant": grant.number,
        "minor": amount.minor,
        "currency": amount.currency,
        "reason": command.reason.strip(),
        "evidence": evidence,
        "donor": donor,
        "from_supplier": command.from_supplier,
    }
    has_paper = not missing_evidence("write_off", filed_kinds(unit, [evidence]))
    also = [
        *check_reason(command.reason),
        *check_write_off(grant.number, amount=amount, is_open=is_open, has_paper=has_paper),
    ]
    made = write_proposal(unit, KIND, content=content, effective_from=unit.work.today(), also=also)
    return WriteOffRequested(number=made.number, amount=amount)


def _holder(from_supplier: bool) -> str:
    return SUPPLIER if from_supplier else PARTICIPANT


def _open(parts: Sequence[LoadedPart], holder: str, currency: str) -> Money:
    """What is claimed or open on a holder."""
    whole = sum(item.position.claims.get(holder, 0) + item.position.advances.get(holder, 0) for item in parts)
    return Money(whole, currency)


def _given_up(parts: Sequence[LoadedPart], currency: str) -> Money:
    """What was given up on the grant before: it weighs too, so that splitting a write-off does not help."""
    return Money(sum(item.position.write_offs for item in parts), currency)


@dataclass(frozen=True, kw_only=True)
class AuthoriseWriteOff(Command):
    """A request to give money up, by its number."""

    number: str


@dataclass(frozen=True, kw_only=True)
class WrittenOff:
    """The grant, what was given up, the write-off of each part, the demands it closed, and the entry."""

    grant: str
    amount: Money
    numbers: tuple[str, ...]
    closed: tuple[str, ...]
    entry: str


@verb("grants.write_off", roles=AUTHORITIES)
def write_off(unit: Unit, command: AuthoriseWriteOff) -> WrittenOff:
    """Give money up as an authority: claims first, then what is open; what was spent stays spent (accounting: row 29).

    Raises:
        NotFound: there is no such request.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, `write_off_authority`,
            `write_off_donor_paper`, `write_off_exceeds`, `assurance_lacking`, `policy_missing`.
    """
    require_assurance(unit, Act.WRITE_OFF)
    asked = approved_content(unit, command.number.strip().upper(), kind=KIND)
    content: Mapping[str, Any] = asked.content
    grant = load_grant(unit, str(content["grant"]))
    amount = Money(int(content["minor"]), str(content["currency"]))
    parts, holder = load_parts(unit, grant), _holder(bool(content["from_supplier"]))
    is_open = _open(parts, holder, grant.currency)
    refuse(
        [
            *check_write_off(grant.number, amount=amount, is_open=is_open, has_paper=True),
            *_check_authority(unit, grant, amount + _given_up(parts, grant.currency), content),
        ]
    )
    rows, reason = _rows(parts, amount.minor, holder), str(content["reason"])
    draft = EntryDraft(event="written_off", subject=asked.number, postings=tuple(rows), reason=reason)
    entry = write_entry(unit, draft)
    exception = write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind=KIND,
        subject_number=grant.number,
        reason=reason,
        facts={"amount": str(amount), "request": asked.number},
    )
    demands = open_demands_on(unit, grant.id, holder)
    written = _Written(
        grant=grant,
        reason=reason,
        evidence=str(content["evidence"]),
        exception=exception,
        demand=demands[0].id if demands else None,
        requested_by=asked.proposed_by,
        entry=entry.id,
    )
    numbers = _write(unit, written, parts, rows)
    closed = tuple(settle_demands(unit, grant, state="written_off"))
    return WrittenOff(grant=grant.number, amount=amount, numbers=numbers, closed=closed, entry=entry.number)


def _check_authority(unit: Unit, grant: GrantRow, amount: Money, content: Mapping[str, Any]) -> list[Any]:
    today = unit.work.today()
    terms = current_policy(unit, unit.programme.id, today)
    donor_kinds = filed_kinds(unit, [str(content["donor"])])
    limit = (
        Money(terms.write_off_paper_from_minor, terms.currency)
        if terms.currency == amount.currency
        else zero(amount.currency)
    )
    return check_authority(
        grant.number,
        amount=amount,
        ceiling=ceiling_of(unit, AUTHORITIES, amount.currency),
        donor_from=limit,
        has_donor_paper=EvidenceKind.DONOR_LETTER in donor_kinds,
    )


def _rows(parts: Sequence[LoadedPart], amount: int, holder: str) -> list[Posting]:
    """Claims of all parts first, then their open advances."""
    rows: list[Posting] = []
    left = amount
    for source in SOURCES:
        held = [getattr(item.position, source).get(holder, 0) for item in parts]
        for item, share in zip(parts, shared(left, held), strict=True):
            if share:
                rows += refunds.write_off([item.position], share, source=source, holder=holder)
                left -= share
    return rows


@dataclass(frozen=True, slots=True)
class _Written:
    """What every part of one write-off has in common."""

    grant: GrantRow
    reason: str
    evidence: str
    exception: Key
    demand: Key | None
    requested_by: Key
    entry: Key


def _write(
    unit: Unit, written: _Written, parts: Sequence[LoadedPart], rows: Sequence[Posting]
) -> tuple[str, ...]:
    numbers = []
    for item in parts:
        account = item.part.account("write_offs")
        amount = sum(row.amount for row in rows if row.debit == account)
        if not amount:
            continue
        number = unit.human_number(SERIES)
        numbers.append(number)
        unit.insert(
            WriteOff,
            id=unit.key(),
            programme_id=unit.programme.id,
            number=number,
            grant_id=written.grant.id,
            part_id=item.row.id,
            demand_id=written.demand,
            amount_minor=amount,
            reason=written.reason,
            evidence_sha256=written.evidence,
            exception_id=written.exception,
            entry_id=written.entry,
            written_on=unit.occurred_on,
            recorded_at=unit.now,
            requested_by=written.requested_by,
            authorised_by=unit.actor.id,
        )
        unit.created("sf_write_off", number, {"grant": written.grant.number, "minor": amount})
    return tuple(numbers)


COMMANDS: Final[tuple[Any, ...]] = (request_write_off, write_off)
