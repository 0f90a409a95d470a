"""Bringing a provider's layout into force under two persons; a change is a further version, earlier ones stay."""

import re
from dataclasses import dataclass
from typing import Final

from seedfund.approvals.service import ProposalMade, approved_content, write_proposal
from seedfund.funds.queries import line_row
from seedfund.funds.rules.budgets import check_line_kind
from seedfund.funds.rules.words import LineKind
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import InvalidInput, Refusal
from seedfund.kernel.roles import Role
from seedfund.payouts.queries import layout_versions, terms_hash
from seedfund.payouts.rules import FeesAre, LayoutTerms, check_layout
from seedfund.payouts.tables import PayoutLayout
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "payout layout"
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}", flags=re.ASCII)
PROPOSERS: Final = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
APPROVERS: Final = (Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class DefineLayout(Command):
    """How files of a provider are written, under a code of the programme's own such as `bank_transfer`."""

    code: str
    terms: LayoutTerms


@dataclass(frozen=True, kw_only=True)
class _Defined:
    code: str
    terms: LayoutTerms


@verb("payouts.define_layout", roles=PROPOSERS)
def define_layout(unit: Unit, command: DefineLayout) -> ProposalMade:
    """Propose how a provider's files are written, or a new version of it; a second person approves.

    Raises:
        InvalidInput: the code cannot be used.
        NotFound: there is no such fund or line for its fees.
        Refused: every reason at once: `payout_layout_columns`, `payout_layout_field`, `payout_layout_widths`,
            `payout_layout_statuses`, `payout_layout_fees`, `payout_layout_titles`, `payout_layout_form`,
            `payout_layout_currency`, `payout_layout_growing`, `payout_layout_records`,
            `payout_layout_record`, `payout_layout_own_account`, `payout_layout_iso20022`, `line_not_for`.
    """
    if not _CODE.fullmatch(command.code):
        raise InvalidInput(
            field="code",
            problem=f"{command.code!r} is not a code",
            remedy="use small letters, digits and underscores, such as bank_transfer",
        )
    refusals = [*check_layout(command.terms), *_check_line(unit, command.terms)]
    return write_proposal(
        unit,
        KIND,
        content=encode(_Defined(code=command.code, terms=command.terms), []),
        effective_from=unit.work.today(),
        also=refusals,
    )


def _check_line(unit: Unit, terms: LayoutTerms) -> list[Refusal]:
    """Fees fall on a line of charges or operations, never on one that is for grants."""
    if terms.fees is FeesAre.NONE or not (terms.fee_fund and terms.fee_line):
        return []
    line = line_row(unit, unit.programme.id, terms.fee_fund, terms.fee_line)
    return check_line_kind(
        terms.fee_fund, line.code, line.kind, wanted=(LineKind.CHARGES, LineKind.OPERATIONS)
    )


@dataclass(frozen=True, kw_only=True)
class ApproveLayout(Command):
    """The proposed layout."""

    number: str


@dataclass(frozen=True, kw_only=True)
class LayoutApproved:
    """The layout, and the version that holds now."""

    code: str
    version: int


@verb("payouts.approve_layout", roles=APPROVERS)
def approve_layout(unit: Unit, command: ApproveLayout) -> LayoutApproved:
    """Bring a layout into force as the second person; files already written or read keep their version.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`.
    """
    proposal = approved_content(unit, command.number, kind=KIND)
    defined = decode(_Defined, proposal.content)
    version = len(layout_versions(unit, unit.programme.id, defined.code)) + 1
    unit.insert(
        PayoutLayout,
        id=unit.key(),
        programme_id=unit.programme.id,
        code=defined.code,
        version=version,
        direction=defined.terms.direction.value,
        form=defined.terms.form.value,
        terms=canonical_text(encode(defined.terms, [])),
        terms_hash=terms_hash(defined.terms),
        proposal_id=proposal.id,
        proposed_by=proposal.proposed_by,
        approved_by=unit.actor.id,
        approved_on=unit.occurred_on,
    )
    unit.created(
        "sf_payout_layout",
        f"{defined.code} v{version}",
        {"terms_hash": terms_hash(defined.terms), "direction": defined.terms.direction.value},
    )
    return LayoutApproved(code=defined.code, version=version)


COMMANDS: Final = (define_layout, approve_layout)
