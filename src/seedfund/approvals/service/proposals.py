"""Proposals: a rule comes into force when a second person approves exactly what the first one proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.approvals.queries.policies import PROPOSAL_BY_NUMBER, ProposalRow
from seedfund.approvals.rules.proposals import check_decision, check_reason, check_start
from seedfund.approvals.tables import Proposal, ProposalDecision
from seedfund.kernel.canonical import canonical_bytes, canonical_text, digest
from seedfund.kernel.errors import Corrupt, NotFound, Refusal, refuse
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

HASH_DOMAIN: Final = "seedfund.proposal.v1"
SERIES: Final = "PR"
DECIDERS: Final = (Role.DIRECTOR, Role.PROGRAMME_MANAGER, Role.FINANCE_APPROVER, Role.ADMINISTRATOR)


@dataclass(frozen=True, kw_only=True)
class ProposalMade:
    """The proposal's number, for the second person."""

    number: str


def content_digest(content: object) -> str:
    """The hash two persons agree on: over the canonical bytes of a proposal's content."""
    return digest(HASH_DOMAIN, canonical_bytes(content))


def write_proposal(
    unit: Unit,
    kind: str,
    *,
    content: Mapping[str, Any],
    effective_from: date,
    also: list[Refusal] | None = None,
) -> ProposalMade:
    """Keep a proposal of who acts; a second person decides it. `also` are the area's own refusals, told together.

    Raises:
        Refused: what `also` holds, `proposal_backdated`.
    """
    refuse([*(also or []), *check_start(effective_from, today=unit.work.today())])
    number = unit.human_number(SERIES)
    unit.insert(
        Proposal,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        kind=kind,
        content=canonical_text(content),
        content_hash=content_digest(content),
        effective_from=effective_from,
        proposed_by=unit.actor.id,
        proposed_at=unit.now,
    )
    unit.created("sf_proposal", number, {"kind": kind, "effective_from": effective_from.isoformat()})
    return ProposalMade(number=number)


def approved_content(unit: Unit, number: str, *, kind: str, also: list[Refusal] | None = None) -> ProposalRow:
    """Approve a proposal as who acts and hand out its content, for the area to bring into force in the same command.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, and what `also` holds.
        Corrupt: the content is not the one that was proposed.
    """
    row = _loaded(unit, number)
    refusals = check_decision(
        number, kind=row.kind, wanted=kind, is_own=row.proposed_by == unit.actor.id, outcome=row.outcome
    )
    refuse([*refusals, *(also or [])])
    _decide(unit, row, outcome="approved", reason="")
    return row


@dataclass(frozen=True, kw_only=True)
class DeclineProposal(Command):
    """A proposal that shall not come into force, and why (without names of persons)."""

    number: str
    reason: str


@verb("approvals.decline_proposal", roles=DECIDERS)
def decline_proposal(unit: Unit, command: DeclineProposal) -> ProposalMade:
    """Decline a proposal of another person for good.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `reason_missing`.
    """
    row = _loaded(unit, command.number)
    refusals = check_decision(
        row.number,
        kind=row.kind,
        wanted=row.kind,
        is_own=row.proposed_by == unit.actor.id,
        outcome=row.outcome,
    )
    refuse([*refusals, *check_reason(command.reason)])
    _decide(unit, row, outcome="rejected", reason=command.reason.strip())
    return ProposalMade(number=row.number)


def find_proposal(unit: Unit, number: str) -> ProposalRow:
    """A proposal by its number.

    Raises:
        NotFound: there is no such proposal.
    """
    return _loaded(unit, number)


def _loaded(unit: Unit, number: str) -> ProposalRow:
    row = unit.first(PROPOSAL_BY_NUMBER, programme=unit.programme.id, number=number)
    if row is None:
        raise NotFound(what="proposal", which=number)
    if content_digest(row.content) != row.content_hash:
        raise Corrupt(f"the proposal {number} is not what was proposed; run: seedfund audit verify")
    return row


def _decide(unit: Unit, row: ProposalRow, *, outcome: str, reason: str) -> None:
    unit.insert(
        ProposalDecision,
        proposal_id=row.id,
        proposed_by=row.proposed_by,
        decided_by=unit.actor.id,
        outcome=outcome,
        reason=reason,
        content_hash=row.content_hash,
        decided_at=unit.now,
    )
    unit.created("sf_proposal_decision", row.number, {"outcome": outcome})
