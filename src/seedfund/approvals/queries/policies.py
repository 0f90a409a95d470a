"""Reads of rules under two persons: the policy in force, and proposals decided or waiting."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.policy import POLICY_MISSING, PolicyTerms
from seedfund.approvals.tables import Policy, Proposal, ProposalDecision
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import Refused
from seedfund.kernel.ids import Key
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """A policy version and its terms."""

    id: Key
    version: int
    effective_from: date
    terms_hash: str
    terms: PolicyTerms


@lru_cache(maxsize=64)
def _terms(text: str) -> PolicyTerms:
    return decode(PolicyTerms, parse_document(text))


def _policy(*values: Any) -> PolicyInForce:
    row = PolicyInForce(*values)
    return replace(row, terms=_terms(str(row.terms)))


_POLICY: Final = Query(
    _policy,
    lambda: (
        sa.select(
            col(Policy.id),
            col(Policy.version),
            col(Policy.effective_from),
            col(Policy.terms_hash),
            col(Policy.terms),
        )
        .where(
            col(Policy.programme_id) == sa.bindparam("programme"),
            col(Policy.effective_from) <= sa.bindparam("on_day", type_=sa.Date),
        )
        .order_by(col(Policy.effective_from).desc(), col(Policy.version).desc())
        .limit(1)
    ),
)
LOCK_POLICY: Final = Query(
    lambda key: Key(str(key)),
    lambda: (
        sa.select(col(Policy.id)).where(col(Policy.id) == sa.bindparam("id")).with_for_update(key_share=True)
    ),
)
POLICY_VERSION_LAST: Final = Query(
    lambda version: int(version or 0),
    lambda: sa.select(sa.func.max(col(Policy.version))).where(
        col(Policy.programme_id) == sa.bindparam("programme")
    ),
)


def policy_on(reader: Reader, programme: Key, day: date) -> PolicyInForce | None:
    """The policy version in force on a day, with its key and hash; None before the first."""
    return reader.first(_POLICY, programme=programme, on_day=day)


def current_policy(reader: Reader, programme: Key, day: date) -> PolicyTerms:
    """The terms in force on a day.

    Raises:
        Refused: `policy_missing`.
    """
    found = policy_on(reader, programme, day)
    if found is None:
        raise Refused([POLICY_MISSING(day=day)])
    return found.terms


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal and, once decided, how."""

    id: Key
    number: str
    kind: str
    content: Any
    content_hash: str
    effective_from: date
    proposed_by: Key
    proposed_at: datetime
    outcome: str | None
    decided_by: Key | None


def _proposal(*values: Any) -> ProposalRow:
    row = ProposalRow(*values)
    return replace(row, content=parse_document(row.content))


def _proposals() -> Any:
    return (
        sa.select(
            col(Proposal.id),
            col(Proposal.number),
            col(Proposal.kind),
            col(Proposal.content),
            col(Proposal.content_hash),
            col(Proposal.effective_from),
            col(Proposal.proposed_by),
            col(Proposal.proposed_at),
            col(ProposalDecision.outcome),
            col(ProposalDecision.decided_by),
        )
        .select_from(
            sa.outerjoin(Proposal, ProposalDecision, col(ProposalDecision.proposal_id) == col(Proposal.id))
        )
        .where(col(Proposal.programme_id) == sa.bindparam("programme"))
    )


PROPOSAL_BY_NUMBER: Final = Query(
    _proposal, lambda: _proposals().where(col(Proposal.number) == sa.bindparam("number"))
)
_PROPOSALS_OPEN: Final = Query(
    _proposal,
    lambda: _proposals().where(col(ProposalDecision.outcome).is_(None)).order_by(col(Proposal.number)),
)


def open_proposals(reader: Reader, programme: Key) -> list[ProposalRow]:
    """Proposals nobody has decided yet, by number."""
    return reader.all(_PROPOSALS_OPEN, programme=programme)
