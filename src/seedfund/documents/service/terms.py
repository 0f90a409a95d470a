"""The terms of papers: proposed by one person, in force once a second one approved exactly what was proposed."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.approvals.service.proposals import ProposalMade, approved_content, write_proposal
from seedfund.documents.queries import TERMS_VERSION_LAST
from seedfund.documents.rules.terms import PaperTerms, check_paper_terms
from seedfund.documents.tables import PaperTermsVersion
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import encode
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "paper_terms"


@dataclass(frozen=True, kw_only=True)
class ProposePaperTerms(Command):
    """What papers shall say beside the facts, and from which day on (today if not given)."""

    terms: PaperTerms
    effective_from: date | None = None


@verb("documents.propose_paper_terms", roles=(Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.DIRECTOR))
def propose_paper_terms(unit: Unit, command: ProposePaperTerms) -> ProposalMade:
    """Propose who signs papers, where to complain, and the terms they set.

    Raises:
        Refused: `paper_terms_empty`, `paper_terms_figure`, `proposal_backdated`.
    """
    return write_proposal(
        unit,
        KIND,
        content=encode(command.terms, []),
        effective_from=command.effective_from or unit.work.today(),
        also=check_paper_terms(command.terms),
    )


@dataclass(frozen=True, kw_only=True)
class ApprovePaperTerms(Command):
    """The proposal that shall come into force."""

    number: str


@dataclass(frozen=True, kw_only=True)
class PaperTermsApproved:
    """The version now known, and from which day it holds."""

    version: int
    effective_from: date


@verb("documents.approve_paper_terms", roles=(Role.DIRECTOR, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER))
def approve_paper_terms(unit: Unit, command: ApprovePaperTerms) -> PaperTermsApproved:
    """Bring proposed terms of papers into force as the second person; papers issued before keep theirs.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`.
    """
    proposal = approved_content(unit, command.number, kind=KIND)
    effective_from = max(proposal.effective_from, unit.work.today())
    version = unit.one(TERMS_VERSION_LAST, programme=unit.programme.id) + 1
    unit.insert(
        PaperTermsVersion,
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
    unit.created("sf_paper_terms", str(version), {"proposal": command.number})
    return PaperTermsApproved(version=version, effective_from=effective_from)
