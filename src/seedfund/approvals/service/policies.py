"""Policies: proposed as terms, in force once a second person approved them; what they relax is an exception."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.approvals.queries.policies import POLICY_VERSION_LAST, policy_on
from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.policy import PolicyTerms, check_terms, terms_content
from seedfund.approvals.rules.presets import preset
from seedfund.approvals.rules.relaxations import relaxations
from seedfund.approvals.service.exceptions import write_exception
from seedfund.approvals.service.proposals import ProposalMade, approved_content, write_proposal
from seedfund.approvals.tables import Policy
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import decode
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "policy"


@dataclass(frozen=True, kw_only=True)
class ProposePolicy(Command):
    """Terms and the day they shall hold from; `preset(profile)` gives terms to begin with."""

    terms: PolicyTerms
    effective_from: date | None = None


@verb("approvals.propose_policy", roles=(Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.DIRECTOR))
def propose_policy(unit: Unit, command: ProposePolicy) -> ProposalMade:
    """Propose the programme's policy from a day on (today if not given).

    Raises:
        Refused: `policy_without_start`, `policy_without_other`, `policy_step_empty`, `policy_stage_twice`,
            `policy_quorum`, `policy_figure`, `proposal_backdated`.
    """
    return write_proposal(
        unit,
        KIND,
        content=terms_content(command.terms),
        effective_from=command.effective_from or unit.work.today(),
        also=check_terms(command.terms),
    )


@dataclass(frozen=True, kw_only=True)
class ApprovePolicy(Command):
    """The proposal that shall come into force."""

    number: str


@dataclass(frozen=True, kw_only=True)
class PolicyApproved:
    """The version now known, from which day it holds, and the figures by which it asks less than before."""

    version: int
    effective_from: date
    relaxed: tuple[str, ...]


@verb("approvals.approve_policy", roles=(Role.DIRECTOR, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER))
def approve_policy(unit: Unit, command: ApprovePolicy) -> PolicyApproved:
    """Bring a proposed policy into force as the second person.

    The first policy is measured against the example terms of its own profile, each later one against the one in force.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`.
    """
    proposal = approved_content(unit, command.number, kind=KIND)
    terms = decode(PolicyTerms, proposal.content)
    # A proposal approved late does not reach back to days that were decided under the old terms.
    effective_from = max(proposal.effective_from, unit.work.today())
    before = policy_on(unit, unit.programme.id, effective_from)
    version = unit.one(POLICY_VERSION_LAST, programme=unit.programme.id) + 1
    unit.insert(
        Policy,
        id=unit.key(),
        programme_id=unit.programme.id,
        version=version,
        proposal_id=proposal.id,
        terms=canonical_text(proposal.content),
        terms_hash=proposal.content_hash,
        effective_from=effective_from,
        proposed_by=proposal.proposed_by,
        approved_by=unit.actor.id,
    )
    unit.created("sf_policy", str(version), {"profile": terms.profile, "proposal": command.number})
    relaxed = relaxations(before.terms if before else preset(terms.profile, terms.currency), terms)
    for one in relaxed:
        write_exception(
            unit,
            ExceptionKind.RELAXATION,
            subject_kind=KIND,
            subject_number=f"{version}",
            reason=f"{one.field}: {one.before} -> {one.after}",
            facts={"field": one.field, "before": one.before, "after": one.after},
        )
    return PolicyApproved(
        version=version, effective_from=effective_from, relaxed=tuple(one.field for one in relaxed)
    )
