"""Who is paid for a grant: proposed by one hand, approved by another, retired when somebody else takes the place."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.proposals import check_reason
from seedfund.funds.queries import benefit_by_id
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.payees import PayeeRow, payees_of
from seedfund.grants.rules.payees import PAYEE_OWN_APPROVAL, PayeeProposal, check_payee
from seedfund.grants.rules.states import PAYEE_STATES
from seedfund.grants.rules.words import PayeeKind, PaymentMethod
from seedfund.grants.service.common import load_grant
from seedfund.grants.service.substitutes import check_payee_lives
from seedfund.grants.tables.payments import Payee
from seedfund.kernel.errors import InvalidInput, NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import open_accounts, participant_by_number, payout_account
from seedfund.people.rules import number_key
from seedfund.people.service.leading import require_leading
from seedfund.register.rules import EvidenceKind, read_sha256
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

PROPOSERS: Final = (Role.FIELD_OFFICER, Role.ECONOMIC_INCLUSION_EXPERT, Role.FINANCE_OFFICER)
APPROVERS: Final = (Role.PROGRAMME_MANAGER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.DIRECTOR)
NOBODY: Final = Key("0" * 32)
MOVE: Final = Write(
    lambda: (
        sa.update(Payee)
        .where(col(Payee.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            approved_on=sa.bindparam("new_on"),
            approved_by=sa.bindparam("new_by"),
        )
    )
)
RETIRE: Final = Write(
    lambda: (
        sa.update(Payee)
        .where(col(Payee.id) == sa.bindparam("this_id"), col(Payee.state) == "approved")
        .values(state="retired")
    )
)


@dataclass(frozen=True, kw_only=True)
class ProposePayee(Command):
    """Who shall be paid for a grant, and how.

    A `participant` (by number) or, for goods in kind, a `supplier` (a business, by its name as on its invoices). The
    `account` is the key of a payout account of the payee. `document_sha256` is the paper that names a payee who is not
    the person the grant stands on.
    """

    grant: str
    method: PaymentMethod
    participant: str = ""
    supplier: str = ""
    supplier_tax_id: Secret | None = None
    account: Key | None = None
    document_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class PayeeMoved:
    """The grant, the payee's place among its payees, and its state."""

    grant: str
    payee: int
    state: str


@verb("grants.propose_payee", roles=PROPOSERS)
def propose_payee(unit: Unit, command: ProposePayee) -> PayeeMoved:
    """Propose a payee; another person approves it.

    Raises:
        NotFound: there is no such grant, participant or account.
        InvalidInput: neither or both of participant and supplier are named.
        Refused: `payee_method_not_allowed`, `payee_supplier_method`, `payee_needs_document`,
            `payee_account_of_other`, `payee_account_method`, `payee_needs_account`, `payee_deceased`.
    """
    grant = load_grant(unit, command.grant)
    participant = _participant(unit, command)
    proposal = _proposal(unit, command, grant, participant)
    refuse([*check_payee(proposal), *check_payee_lives(unit, grant, participant)])
    payee_id, position = unit.key(), len(payees_of(unit, [grant.id])[grant.id]) + 1
    unit.insert(
        Payee,
        id=payee_id,
        grant_id=grant.id,
        position=position,
        kind=proposal.kind.value,
        participant_id=participant,
        supplier=command.supplier.strip(),
        supplier_tax_id=_sealed_tax_id(unit, grant, payee_id, command.supplier_tax_id),
        payout_account_id=command.account,
        account_digest=_account_digest(unit, command.account),
        method=command.method.value,
        is_owner=proposal.is_owner,
        document_sha256=_document(unit, command),
        state="proposed",
        proposed_on=unit.occurred_on,
        proposed_by=unit.actor.id,
        approved_on=None,
        approved_by=None,
    )
    unit.created("sf_payee", f"{grant.number}/{position}", {"method": command.method, "state": "proposed"})
    return PayeeMoved(grant=grant.number, payee=position, state="proposed")


def _participant(unit: Unit, command: ProposePayee) -> Key | None:
    if bool(command.participant.strip()) == bool(command.supplier.strip()):
        raise InvalidInput(
            field="participant",
            problem="a payee is either a participant or a supplier",
            remedy="give exactly one of participant and supplier",
        )
    if not command.participant.strip():
        return None
    person = participant_by_number(unit, unit.programme.id, command.participant.strip())
    require_leading(unit, person.id)
    return person.id


def _proposal(unit: Unit, command: ProposePayee, grant: GrantRow, participant: Key | None) -> PayeeProposal:
    account = None if command.account is None else payout_account(unit, unit.programme.id, command.account)
    return PayeeProposal(
        number=grant.number,
        kind=PayeeKind.SUPPLIER if participant is None else PayeeKind.PARTICIPANT,
        method=command.method,
        is_owner=participant == grant.participant_id,
        has_document=command.document_sha256 is not None,
        allowed=benefit_by_id(unit, grant.benefit_type_id).terms.methods,
        account_method="" if account is None else account.method.value,
        is_own_account=account is None or account.participant_id == participant,
    )


def _sealed_tax_id(unit: Unit, grant: GrantRow, payee_id: Key, tax_id: Secret | None) -> bytes | None:
    if tax_id is None:
        return None
    unit.owns(grant.participant_id, tax_id)
    return unit.vault(grant.participant_id).seal(tax_id, Place("sf_payee", payee_id, "supplier_tax_id"))


def _account_digest(unit: Unit, account: Key | None) -> str | None:
    """The blind index of the account's number: it stands in the approved hash, and results are matched on it."""
    if account is None:
        return None
    opened = open_accounts(unit.work, [account]).get(account)
    if opened is None:
        raise NotFound(what="payout account", which=account)
    return account_digest(unit, opened.number)


def account_digest(unit: Unit, number: Secret) -> str:
    """The blind index of an account's number, however it is written.

    Raises:
        InvalidInput: there is no digit in it.
    """
    return unit.work.blinder.index("account", number_key(number, field="account"))


def _document(unit: Unit, command: ProposePayee) -> str | None:
    if command.document_sha256 is None:
        return None
    sha256 = read_sha256(command.document_sha256, field="document_sha256")
    write_evidence_file(unit, sha256, kind=EvidenceKind.AUTHORITY, description="who may be paid for a grant")
    return sha256


@dataclass(frozen=True, kw_only=True)
class ApprovePayee(Command):
    """The grant, and the payee's place among its payees."""

    grant: str
    payee: int


@verb("grants.approve_payee", roles=APPROVERS)
def approve_payee(unit: Unit, command: ApprovePayee) -> PayeeMoved:
    """Approve a payee somebody else proposed; a person takes the place of one before, suppliers stand side by side.

    Payments listed for the earlier one are not released any more: they are taken out of their list and listed again.

    Raises:
        NotFound: there is no such grant or payee.
        Refused: `no_such_step`, `payee_own_approval`, `payee_deceased`.
    """
    grant, payee = _loaded(unit, command.grant, command.payee)
    PAYEE_STATES.require(payee.state, "approved", which=f"{grant.number}/{payee.position}")
    is_own = payee.proposed_by == unit.actor.id
    own = [PAYEE_OWN_APPROVAL(number=grant.number)] if is_own else []
    refuse([*own, *check_payee_lives(unit, grant, payee.participant_id)])
    if payee.kind == PayeeKind.PARTICIPANT:
        _retire(unit, grant, kinds=(PayeeKind.PARTICIPANT,))
    return _moved(unit, grant, payee, "approved")


@dataclass(frozen=True, kw_only=True)
class RefusePayee(Command):
    """The grant, the payee's place among its payees, and why not, in words that name nobody."""

    grant: str
    payee: int
    reason: str


@verb("grants.refuse_payee", roles=APPROVERS)
def refuse_payee(unit: Unit, command: RefusePayee) -> PayeeMoved:
    """Turn a proposed payee down.

    Raises:
        NotFound: there is no such grant or payee.
        Refused: `no_such_step`, `reason_missing`.
    """
    grant, payee = _loaded(unit, command.grant, command.payee)
    PAYEE_STATES.require(payee.state, "refused", which=f"{grant.number}/{payee.position}")
    refuse(check_reason(command.reason))
    unit.execute(MOVE, this_id=payee.id, new_state="refused", new_on=None, new_by=None)
    unit.changed(
        "sf_payee",
        f"{grant.number}/{payee.position}",
        {"state": payee.state},
        {"state": "refused", "reason": command.reason.strip()},
    )
    return PayeeMoved(grant=grant.number, payee=payee.position, state="refused")


def _loaded(unit: Unit, number: str, position: int) -> tuple[GrantRow, PayeeRow]:
    grant = load_grant(unit, number)
    for payee in payees_of(unit, [grant.id])[grant.id]:
        if payee.position == position:
            return grant, payee
    raise NotFound(what="payee", which=f"{grant.number}/{position}")


def _moved(unit: Unit, grant: GrantRow, payee: PayeeRow, state: str) -> PayeeMoved:
    unit.execute(MOVE, this_id=payee.id, new_state=state, new_on=unit.occurred_on, new_by=unit.actor.id)
    unit.changed("sf_payee", f"{grant.number}/{payee.position}", {"state": payee.state}, {"state": state})
    return PayeeMoved(grant=grant.number, payee=payee.position, state=state)


def retire_payees(unit: Unit, grant: GrantRow) -> int:
    """Retire every approved payee of a grant; tells how many. Their listed payments are not released any more."""
    return _retire(unit, grant, kinds=tuple(PayeeKind))


def _retire(unit: Unit, grant: GrantRow, *, kinds: tuple[PayeeKind, ...]) -> int:
    approved = [row for row in payees_of(unit, [grant.id])[grant.id] if row.state == "approved"]
    leaving = [row for row in approved if row.kind in kinds]
    for row in leaving:
        PAYEE_STATES.require(row.state, "retired", which=f"{grant.number}/{row.position}")
        unit.execute(RETIRE, this_id=row.id)
        unit.changed("sf_payee", f"{grant.number}/{row.position}", {"state": row.state}, {"state": "retired"})
    return len(leaving)


COMMANDS: Final[tuple[Any, ...]] = (propose_payee, approve_payee, refuse_payee)
