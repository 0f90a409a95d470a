"""Money on a grant that was not owed: paid back under two hands, the programme's by signed paper, or owed by now (26).

Who took the money in decides neither.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import ProposalMade, approved_content, write_proposal
from seedfund.funds.queries import bank_account
from seedfund.grants.queries.endings import refunds_of
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.settling_up import GIFT_PAPER, check_excess
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts
from seedfund.grants.service.refunds import goes_back_to
from seedfund.grants.service.settlements.claims import asked_amount, note_change
from seedfund.grants.service.settling import settle_demands
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import PARTICIPANT, Part, cash
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.positions import shared
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.register.queries import evidence_by_hash
from seedfund.register.rules import EvidenceKind, read_sha256
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "excess_repaid"
PROPOSERS: Final = (Role.FINANCE_OFFICER, Role.PROGRAMME_MANAGER)
RELEASERS: Final = (Role.FINANCE_APPROVER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class RepaymentTerms:
    """What was not owed on a grant and goes back, out of which bank account or cash box; `reason` names nobody."""

    grant: str
    amount: Money
    bank_account: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProposeRepayment(Command):
    """Money to be given back that was never owed."""

    repayment: RepaymentTerms


@dataclass(frozen=True, kw_only=True)
class RepayExcess(Command):
    """The number of the proposal that a second person approves."""

    number: str


@dataclass(frozen=True, kw_only=True)
class ExcessDecided:
    """The grant, what left the excess on it, and the entry."""

    grant: str
    amount: Money
    entry: str


@verb("grants.propose_repayment", roles=PROPOSERS)
def propose_repayment(unit: Unit, command: ProposeRepayment) -> ProposalMade:
    """Propose that what was never owed on a grant is paid back; a second person approves.

    Raises:
        NotFound: there is no such grant or bank account.
        InvalidInput: the amount or the account is in another currency.
        Refused: `excess_nothing`, `excess_exceeded`, `reason_missing`.
    """
    terms = command.repayment
    grant = load_grant(unit, terms.grant)
    held = _held(load_parts(unit, grant), grant.currency)
    asked_amount(terms.amount, held)
    _check_bank(unit, grant, terms.bank_account)
    also = [
        *check_excess(grant.number, amount=terms.amount, held=held, is_taker=False),
        *check_reason(terms.reason),
    ]
    today = unit.work.today()
    return write_proposal(unit, KIND, content=encode(terms, []), effective_from=today, also=also)


@verb("grants.repay_excess", roles=RELEASERS, moves_money=True)
def repay_excess(unit: Unit, command: RepayExcess) -> ExcessDecided:
    """Pay back, as the second person, what was never owed (accounting: row 26), on a grant in any state.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, `excess_nothing`, `excess_exceeded`,
            `excess_by_taker`, `cash_too_low`.
    """
    asked = approved_content(unit, command.number.strip().upper(), kind=KIND)
    terms = decode(RepaymentTerms, asked.content)
    grant = load_grant(unit, terms.grant)
    parts = load_parts(unit, grant)
    refuse(_check(unit, grant, parts, terms.amount))
    bank = bank_account(unit, unit.programme.id, terms.bank_account)

    def post(part: Part, amount: int) -> tuple[Posting, ...]:
        account = cash(part.book_id, bank.code, bank_account_id=bank.id)
        return refunds.repay_excess(part, account, amount)

    draft = EntryDraft(event="excess_repaid", subject=asked.number, postings=(), reason=terms.reason.strip())
    return _decide(unit, grant, parts, terms.amount, draft=draft, post=post)


@dataclass(frozen=True, kw_only=True)
class AcceptGift(Command):
    """What was not owed on a grant and its payer gave to the programme, by a signed paper on record.

    All there is without an `amount`; `reason` names nobody.
    """

    grant: str
    reason: str
    paper_sha256: str
    amount: Money | None = None


@verb("grants.accept_gift", roles=(*RELEASERS, Role.PROGRAMME_MANAGER))
def accept_gift(unit: Unit, command: AcceptGift) -> ExcessDecided:
    """Take what was never owed as income, because a signed paper gives it (accounting: row 26).

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the amount is in another currency, or the SHA-256 is none.
        Refused: `excess_nothing`, `excess_exceeded`, `excess_by_taker`, `gift_paper`, `reason_missing`.
    """
    grant = load_grant(unit, command.grant)
    parts = load_parts(unit, grant)
    amount = asked_amount(command.amount, _held(parts, grant.currency))
    refusals = _check(unit, grant, parts, amount)
    sha256 = read_sha256(command.paper_sha256, field="paper_sha256")
    if not is_on_file(unit, sha256, EvidenceKind.SIGNED_PAPER):
        refusals.append(GIFT_PAPER(number=grant.number))
    refuse([*refusals, *check_reason(command.reason)])
    reason = command.reason.strip()
    draft = EntryDraft(event="gift_accepted", subject=grant.number, postings=(), reason=reason)
    unit.changed("sf_grant", grant.number, {}, {"gift": str(amount), "paper": sha256})
    return _decide(unit, grant, parts, amount, draft=draft, post=refunds.donate_excess)


@dataclass(frozen=True, kw_only=True)
class ApplyExcess(Command):
    """Money that came on a grant before it was demanded, and answers the demand; all that can without an `amount`.

    `reason` names nobody.
    """

    grant: str
    reason: str
    amount: Money | None = None


@verb("grants.apply_excess", roles=(*RELEASERS, Role.PROGRAMME_MANAGER))
def apply_excess(unit: Unit, command: ApplyExcess) -> ExcessDecided:
    """Let money that was not owed when it came answer what is demanded now (accounting: row 26).

    It counts as returned, and goes where a refund of today would.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the amount is in another currency.
        Refused: `excess_nothing`, `excess_exceeded`, `excess_by_taker`, `reason_missing`.
    """
    grant = load_grant(unit, command.grant)
    parts = load_parts(unit, grant)
    held = [min(item.position.credit, item.position.claims.get(PARTICIPANT, 0)) for item in parts]
    whole = Money(sum(held), grant.currency)
    amount = asked_amount(command.amount, whole)
    is_taker = unit.actor.id in _takers(unit, grant)
    refuse(
        [
            *check_excess(grant.number, amount=amount, held=whole, is_taker=is_taker),
            *check_reason(command.reason),
        ]
    )
    back = goes_back_to(unit, grant, parts)
    rows = tuple(
        row
        for item, minor in zip(parts, shared(amount.minor, held), strict=True)
        for row in refunds.apply_excess(item.part, minor, back=back)
    )
    draft = EntryDraft(
        event="excess_applied", subject=grant.number, postings=rows, reason=command.reason.strip()
    )
    entry = write_entry(unit, draft)
    settle_demands(unit, grant, state="settled")
    before = Money(sum(item.position.credit for item in parts), grant.currency)
    note_change(unit, grant, "excess", before=before, after=before - amount)
    return ExcessDecided(grant=grant.number, amount=amount, entry=entry.number)


def is_on_file(unit: Unit, sha256: str, kind: EvidenceKind) -> bool:
    """Whether a file of a kind is on record under a SHA-256."""
    found = evidence_by_hash(unit, unit.programme.id, [sha256])
    return any(row.kind == kind for row in found.values())


def _held(parts: Sequence[LoadedPart], currency: str) -> Money:
    return Money(sum(item.position.credit for item in parts), currency)


def _check_bank(unit: Unit, grant: GrantRow, code: str) -> None:
    bank = bank_account(unit, unit.programme.id, code)
    if bank.currency != grant.currency:
        raise InvalidInput(
            field="bank_account",
            problem=f"{bank.code} is in another currency than {grant.number}",
            remedy=f"name an account in {grant.currency}",
        )


def _check(unit: Unit, grant: GrantRow, parts: Sequence[LoadedPart], amount: Money) -> list[Refusal]:
    held = _held(parts, grant.currency)
    return check_excess(
        grant.number, amount=amount, held=held, is_taker=unit.actor.id in _takers(unit, grant)
    )


def _takers(unit: Unit, grant: GrantRow) -> set[Key]:
    """Who took in money on the grant that was not owed."""
    return {row.received_by for row in refunds_of(unit, [grant.id])[grant.id] if row.excess_minor}


def _decide(
    unit: Unit,
    grant: GrantRow,
    parts: Sequence[LoadedPart],
    amount: Money,
    *,
    draft: EntryDraft,
    post: Callable[[Part, int], tuple[Posting, ...]],
) -> ExcessDecided:
    """Post what leaves the excess of each part, and keep it in the audit record."""
    held = _held(parts, grant.currency)
    amounts = shared(amount.minor, [item.position.credit for item in parts])
    rows = [
        row for item, minor in zip(parts, amounts, strict=True) if minor for row in post(item.part, minor)
    ]
    entry = write_entry(unit, replace(draft, postings=tuple(rows)))
    note_change(unit, grant, "excess", before=held, after=held - amount)
    return ExcessDecided(grant=grant.number, amount=amount, entry=entry.number)


COMMANDS: Final[tuple[Any, ...]] = (
    propose_repayment,
    repay_excess,
    accept_gift,
    apply_excess,
)
