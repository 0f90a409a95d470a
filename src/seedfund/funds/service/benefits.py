"""Benefits: defined by one person, in force once a second one approved; every version stays for the grants under it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.approvals.service import ProposalMade, approved_content, write_proposal
from seedfund.funds.queries.benefits import LAST_VERSION
from seedfund.funds.rules.benefits import BenefitTerms, check_benefit
from seedfund.funds.tables import BenefitType
from seedfund.kernel.canonical import canonical_bytes, canonical_text, digest
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "benefit_type"
HASH_DOMAIN: Final = "seedfund.benefit.v1"
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}", flags=re.ASCII)
_SERIES: Final = re.compile(r"[A-Z]{2,6}", flags=re.ASCII)
SERIES_TAKEN: Final = (
    *("HH", "PT", "BP", "CS", "AG", "AD", "PL", "PG"),
    *("JU", "AE", "AC", "RO", "PR", "DE", "AS"),
    *("SL", "SO", "SP", "GA", "GM", "GR"),
    *("CH", "MT", "CF"),
    *("ED", "SV", "RF", "VA", "EI", "JP", "CA", "BM", "SE"),
    *("HP", "AM", "GD"),
    *("AP", "EP", "FB", "QC"),
    *("IS", "CN", "EX"),
    *("PF", "RI", "PX"),
    *("BS", "RM", "RC"),
)
"""Series of numbers that other kinds of things use."""


@dataclass(frozen=True, kw_only=True)
class DefineBenefitType(Command):
    """A benefit's code, the series its grants are numbered in (`SC`), its terms, and from when they hold."""

    code: str
    series: str
    terms: BenefitTerms
    effective_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class _Defined:
    code: str
    series: str
    terms: BenefitTerms


@verb("funds.define_benefit_type", roles=(Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.DIRECTOR))
def define_benefit_type(unit: Unit, command: DefineBenefitType) -> ProposalMade:
    """Propose a benefit, or new terms of one, from a day on (today if not given); a second person approves.

    Raises:
        InvalidInput: the code or the series cannot be used.
        Refused: every reason at once: `benefit_word`, `benefit_without_method`, `benefit_without_basis`,
            `benefit_amounts`, `benefit_tranches`, `benefit_condition`, `benefit_period`, `benefit_name`,
            `proposal_backdated`.
    """
    _check_code(command)
    defined = _Defined(code=command.code, series=command.series, terms=command.terms)
    return write_proposal(
        unit,
        KIND,
        content=encode(defined, []),
        effective_from=command.effective_from or unit.work.today(),
        also=check_benefit(command.terms),
    )


def _check_code(command: DefineBenefitType) -> None:
    if not _CODE.fullmatch(command.code):
        raise InvalidInput(
            field="code",
            problem=f"{command.code!r} is not a code",
            remedy="use small letters, digits and underscores, such as seed_capital",
        )
    if not _SERIES.fullmatch(command.series) or command.series in SERIES_TAKEN:
        raise InvalidInput(
            field="series",
            problem=f"{command.series!r} is not a free series",
            remedy="use two to six capital letters that no other number begins with, such as SC",
        )


@dataclass(frozen=True, kw_only=True)
class ApproveBenefitType(Command):
    """The proposed benefit."""

    number: str


@dataclass(frozen=True, kw_only=True)
class BenefitTypeApproved:
    """The benefit, the version now known, and from which day it holds."""

    code: str
    version: int
    effective_from: date


@verb("funds.approve_benefit_type", roles=(Role.DIRECTOR, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER))
def approve_benefit_type(unit: Unit, command: ApproveBenefitType) -> BenefitTypeApproved:
    """Bring a benefit's terms into force as the second person; grants under earlier versions keep theirs.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`.
    """
    proposal = approved_content(unit, command.number, kind=KIND)
    defined = decode(_Defined, proposal.content)
    version = unit.one(LAST_VERSION, programme=unit.programme.id, code=defined.code) + 1
    effective_from = max(proposal.effective_from, unit.work.today())
    terms = encode(defined.terms, [])
    unit.insert(
        BenefitType,
        id=unit.key(),
        programme_id=unit.programme.id,
        code=defined.code,
        version=version,
        series=defined.series,
        unit=defined.terms.unit.value,
        justification_required=defined.terms.justification_required,
        terms=canonical_text(terms),
        terms_hash=digest(HASH_DOMAIN, canonical_bytes(terms)),
        effective_from=effective_from,
        proposal_id=proposal.id,
        proposed_by=proposal.proposed_by,
        approved_by=unit.actor.id,
    )
    unit.created("sf_benefit_type", defined.code, {"version": version, "proposal": command.number})
    return BenefitTypeApproved(code=defined.code, version=version, effective_from=effective_from)
