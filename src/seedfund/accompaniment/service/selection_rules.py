"""Rules of a selection: proposed by one person, in force once another approves exactly that."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.accompaniment.queries.selections import LAST_RULES
from seedfund.accompaniment.rules.criteria import SelectionTerms, check_terms
from seedfund.accompaniment.tables.selection import SelectionRules
from seedfund.approvals.service import ProposalMade, approved_content, write_proposal
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "selection rules"
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}", flags=re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ProposeSelectionRules(Command):
    """The rules of a selection under a code, and the day they shall hold from."""

    code: str
    terms: SelectionTerms
    effective_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class _Proposed:
    code: str
    terms: SelectionTerms


@verb(
    "accompaniment.propose_selection_rules",
    roles=(Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.DIRECTOR),
)
def propose_selection_rules(unit: Unit, command: ProposeSelectionRules) -> ProposalMade:
    """Propose who is taken in and in which order, from a day on (today if not given); a second person approves.

    Raises:
        InvalidInput: the code is none.
        Refused: every reason at once: `selection_without_criteria`, `selection_without_places`,
            `criterion_incomplete`, `criterion_not_expected`, `criterion_group_unknown`, `criterion_out_of_range`,
            `criterion_twice`, `tie_twice`, `others_too_many`, `sample_rule_out_of_range`, `proposal_backdated`.
    """
    if not _CODE.fullmatch(command.code):
        raise InvalidInput(
            field="code",
            problem=f"{command.code!r} is not a code",
            remedy="use small letters, digits and underscores, such as first_intake",
        )
    return write_proposal(
        unit,
        KIND,
        content=encode(_Proposed(code=command.code, terms=command.terms), []),
        effective_from=command.effective_from or unit.work.today(),
        also=check_terms(command.terms),
    )


@dataclass(frozen=True, kw_only=True)
class ApproveSelectionRules(Command):
    """The proposed rules of a selection."""

    number: str


@dataclass(frozen=True, kw_only=True)
class SelectionRulesApproved:
    """The code, the version now known, and from which day it holds."""

    code: str
    version: int
    effective_from: date


@verb(
    "accompaniment.approve_selection_rules",
    roles=(Role.DIRECTOR, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER),
)
def approve_selection_rules(unit: Unit, command: ApproveSelectionRules) -> SelectionRulesApproved:
    """Bring proposed rules of a selection into force as the second person; lists made before stay as they are.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`.
    """
    proposal = approved_content(unit, command.number, kind=KIND)
    wanted = decode(_Proposed, proposal.content)
    # Rules approved late do not reach back to days on which others held.
    effective_from = max(proposal.effective_from, unit.work.today())
    version = unit.one(LAST_RULES, programme=unit.programme.id, code=wanted.code) + 1
    unit.insert(
        SelectionRules,
        id=unit.key(),
        programme_id=unit.programme.id,
        code=wanted.code,
        version=version,
        content=canonical_text(proposal.content),
        content_hash=proposal.content_hash,
        effective_from=effective_from,
        proposal_id=proposal.id,
        proposed_by=proposal.proposed_by,
        approved_by=unit.actor.id,
    )
    after = {"proposal": command.number, "content_hash": proposal.content_hash}
    unit.created("sf_selection_rules", f"{wanted.code} v{version}", after)
    return SelectionRulesApproved(code=wanted.code, version=version, effective_from=effective_from)
