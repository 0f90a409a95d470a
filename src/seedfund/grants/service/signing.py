"""Signatures are taken in one by one, with everything that makes each stand; then the agreement binds both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.policy import Act
from seedfund.approvals.service import require_assurance
from seedfund.grants.queries.agreements import AgreementRow, agreement_parts, signatures_of
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.receiving import read_receiving
from seedfund.grants.rules.awarding import PAPER_MISSING, PLAN_CHANGED, check_agreement_kind
from seedfund.grants.rules.receiving import check_owner_signs
from seedfund.grants.rules.signing import (
    ALREADY_SIGNED_BY,
    NOT_A_SIGNATORY,
    SIGNATORY_DRAFTED,
    SIGNING_ROLES,
    SignatureFacts,
    check_signature,
    check_signed,
)
from seedfund.grants.rules.states import AGREEMENT_STATES
from seedfund.grants.rules.words import AgreementKind, Finger, Party, SignMethod
from seedfund.grants.service.agreements import (
    AgreementChanged,
    changed_of,
    load_agreement,
    plan_hash_now,
    write_paper_hash,
)
from seedfund.grants.service.amendments import post_amendment
from seedfund.grants.service.common import load_parts, lots, move_grant, people_place, write_step
from seedfund.grants.service.substitutes import check_signatory_lives, check_substitute_signed
from seedfund.grants.tables.agreements import Agreement, AgreementSignature, SignatureWitness
from seedfund.grants.tables.awards import Grant
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput, NotFound, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.store.audit import ACTOR_ROLES, fold_handle
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

RECORDERS: Final = (
    *(Role.ECONOMIC_INCLUSION_EXPERT, Role.FIELD_OFFICER, Role.PROGRAMME_MANAGER),
    *(Role.SIGNATORY, Role.DIRECTOR),
)
SIGN: Final = Write(
    lambda: (
        sa.update(Agreement)
        .where(col(Agreement.id) == sa.bindparam("this_id"))
        .values(state="signed", signed_on=sa.bindparam("new_on"), signed_by=sa.bindparam("new_by"))
    )
)
AGREE: Final = Write(
    lambda: (
        sa.update(Grant)
        .where(col(Grant.id) == sa.bindparam("this_id"))
        .values(agreed_minor=sa.bindparam("new_agreed"), schedule_version=sa.bindparam("new_version"))
    )
)


@dataclass(frozen=True, kw_only=True)
class Witness:
    """Somebody who saw the signature: an actor of the team by handle, or another person by name."""

    handle: str = ""
    name: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class RecordSignature(Command):
    """One party's signature on an issued agreement.

    For the organisation `signed_by` is the handle of its signatory (who acts, if not given). For the participant:
    a thumbprint names its `finger`; at request, `signatory` is who signed instead; both are read aloud by
    `read_aloud_by` before witnesses. For a participant who died, `signatory` is the substitute. A file stands behind
    what was signed electronically, scanned or elsewhere.
    """

    agreement: str
    party: Party
    method: SignMethod
    signed_on: date
    finger: Finger | None = None
    signed_by: str = ""
    signatory: Secret | None = None
    read_aloud_by: Secret | None = None
    interpreter: Secret | None = None
    witnesses: tuple[Witness, ...] = field(default=())
    place: str = ""
    evidence_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignatureRecorded:
    """The agreement, the party, and the day it signed."""

    agreement: str
    party: Party
    signed_on: date


@dataclass(frozen=True, slots=True)
class _Hand:
    """An actor as a signature knows one."""

    id: Key
    handle: str
    roles: frozenset[Role]


@verb("grants.record_signature", roles=RECORDERS)
def record_signature(unit: Unit, command: RecordSignature) -> SignatureRecorded:
    """Record how one party signed; names around it are sealed under the participant's key.

    A paper that was signed elsewhere becomes the agreement's paper by its hash.

    Raises:
        NotFound: there is no such agreement, or a handle is no actor of the programme.
        InvalidInput: the day lies in the future, or a SHA-256 is none.
        Refused: `no_such_step` (it is not issued), `party_signed_already`, `method_not_for_organisation`,
            `finger_missing`, `read_aloud_missing`, `at_request_signatory_missing`, `witnesses_missing`,
            `witness_is_payer`, `witness_is_signatory`, `signature_evidence_missing`, `not_a_signatory`,
            `signatory_drafted`, `signatory_deceased`.
    """
    grant, agreement = load_agreement(unit, command.agreement)
    if command.signed_on > unit.work.today():
        raise InvalidInput(
            field="signed_on", problem="it lies in the future", remedy="give the day it was signed"
        )
    hands = {fold_handle(one.handle): _hand(unit, one.handle) for one in command.witnesses if one.handle}
    signer = _signer(unit, command)
    AGREEMENT_STATES.require(agreement.state, "signed", which=agreement.shown)
    refuse(
        [
            *_once(unit, agreement, command.party),
            *check_signature(_facts(command, signer, hands)),
            *_organisation(agreement, signer),
            *check_signatory_lives(
                unit,
                grant,
                party=command.party,
                signatory=command.signatory,
                signed_on=command.signed_on,
            ),
        ]
    )
    sha256 = _file(unit, command, agreement)
    _write_signature(unit, (grant, agreement), command, signer=signer, hands=hands, sha256=sha256)
    unit.created(
        "sf_agreement_signature",
        f"{agreement.shown} {command.party.value}",
        {"method": command.method.value, "signed_on": command.signed_on.isoformat(), "sha256": sha256},
    )
    return SignatureRecorded(agreement=agreement.shown, party=command.party, signed_on=command.signed_on)


def _hand(unit: Unit, handle: str) -> _Hand:
    rows = unit.all(
        ACTOR_ROLES, programme=unit.programme.id, handle=fold_handle(handle), on_day=unit.work.today()
    )
    if not rows:
        raise NotFound(what="actor", which=handle)
    roles = frozenset(Role(str(row[4])) for row in rows if row[4] is not None)
    return _Hand(Key(str(rows[0][0])), str(rows[0][1]), roles)


def _signer(unit: Unit, command: RecordSignature) -> _Hand | None:
    if command.party is not Party.ORGANISATION:
        return None
    return _hand(unit, command.signed_by or unit.actor.handle)


def _once(unit: Unit, agreement: AgreementRow, party: Party) -> list[Refusal]:
    there = {row.party for row in signatures_of(unit, [agreement.id])[agreement.id]}
    return [ALREADY_SIGNED_BY(number=agreement.shown, party=party.value)] if party.value in there else []


def _facts(command: RecordSignature, signer: _Hand | None, hands: Mapping[str, _Hand]) -> SignatureFacts:
    """Marks of people are folded, so that one person under two spellings of case is one."""
    named = [command.signatory, *(one.name for one in command.witnesses if not one.handle)]
    marks = [" ".join(name.reveal().casefold().split()) for name in named if name is not None]
    marks += [f"@{hand.handle}" for hand in hands.values()] + ([f"@{signer.handle}"] if signer else [])
    doubled = [one.handle for one in command.witnesses if one.handle]
    marks += [f"@{fold_handle(handle)}" for handle in doubled[len(hands) :]]
    return SignatureFacts(
        party=command.party,
        method=command.method,
        finger=command.finger,
        is_read_aloud=command.read_aloud_by is not None,
        has_signatory=command.signatory is not None,
        people=tuple(marks),
        witnesses=sum(1 for one in command.witnesses if one.handle or one.name is not None),
        witness_roles={hand.handle: hand.roles for hand in hands.values()},
        has_evidence=command.evidence_sha256 is not None,
    )


def _organisation(agreement: AgreementRow, signer: _Hand | None) -> list[Refusal]:
    if signer is None:
        return []
    refusals = []
    if not signer.roles.intersection(SIGNING_ROLES):
        refusals.append(NOT_A_SIGNATORY(actor=signer.handle))
    if signer.id == agreement.drafted_by:
        refusals.append(SIGNATORY_DRAFTED(actor=signer.handle, number=agreement.shown))
    return refusals


def _file(unit: Unit, command: RecordSignature, agreement: AgreementRow) -> str | None:
    if command.evidence_sha256 is None:
        return None
    filed = write_evidence_file(
        unit,
        command.evidence_sha256,
        kind=EvidenceKind.SIGNED_PAPER,
        description=f"signature on {agreement.shown}",
    )
    if command.method is SignMethod.OUTSIDE_PAPER and agreement.paper_hash is None:
        write_paper_hash(unit, agreement, paper_id=None, paper_hash=filed.sha256)
    return filed.sha256


def _write_signature(
    unit: Unit,
    of: tuple[GrantRow, AgreementRow],
    command: RecordSignature,
    *,
    signer: _Hand | None,
    hands: Mapping[str, _Hand],
    sha256: str | None,
) -> None:
    grant, agreement = of
    signature_id = unit.key()
    unit.insert(
        AgreementSignature,
        id=signature_id,
        agreement_id=agreement.id,
        drafted_by=agreement.drafted_by,
        party=command.party.value,
        method=command.method.value,
        finger=command.finger.value if command.method is SignMethod.THUMBPRINT and command.finger else None,
        actor_id=signer.id if signer else None,
        people=_sealed_people(unit, grant, signature_id, command),
        place=command.place,
        evidence_sha256=sha256,
        signed_on=command.signed_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.insert_many(
        SignatureWitness,
        [
            {
                "signature_id": signature_id,
                "position": position,
                "actor_id": hands[fold_handle(one.handle)].id if one.handle else None,
            }
            for position, one in enumerate(command.witnesses, start=1)
        ],
    )


def _sealed_people(unit: Unit, grant: GrantRow, signature_id: Key, command: RecordSignature) -> bytes | None:
    names = [one.name for one in command.witnesses]
    given = [command.signatory, command.read_aloud_by, command.interpreter, *names]
    if not any(given):
        return None
    unit.owns(grant.participant_id, *given)
    content = {
        "signatory": _text(command.signatory),
        "read_aloud_by": _text(command.read_aloud_by),
        "interpreter": _text(command.interpreter),
        "witnesses": [_text(name) for name in names],
    }
    vault = unit.vault(grant.participant_id)
    return vault.seal(Secret(canonical_text(content)), people_place(signature_id))


def _text(name: Secret | None) -> str:
    return name.reveal() if name is not None else ""


@dataclass(frozen=True, kw_only=True)
class SignAgreement(Command):
    """The agreement whose signatures are all there."""

    agreement: str


@verb("grants.sign_agreement", roles=RECORDERS)
def sign_agreement(unit: Unit, command: SignAgreement) -> AgreementChanged:
    """Bring an agreement or adenda into force: its schedule holds, and its money is committed.

    Signed for less than was awarded, the rest goes back to its lines (accounting: rows 12, 13 and 14).

    Raises:
        NotFound: there is no such agreement.
        Refused: `no_such_step`, `agreement_kind_state`, `signatures_missing`, `signed_before_award`,
            `agreement_paper_missing`, `plan_changed`, `signatory_deceased`, `participation_ended`,
            `household_not_active`, the consent and the fields of the participant still missing, `assurance_lacking`,
            `policy_missing`, for an adenda `late_result_waits`, `tranche_below_paid` and `lowered_below_used`, and what
            the ledger refuses.
    """
    grant, agreement = load_agreement(unit, command.agreement)
    require_assurance(unit, Act.SIGN_AGREEMENT)
    AGREEMENT_STATES.require(agreement.state, "signed", which=agreement.shown)
    signatures = [row.facts for row in signatures_of(unit, [agreement.id])[agreement.id]]
    kind = AgreementKind(agreement.kind)
    refuse(
        [
            *check_agreement_kind(kind, grant.state),
            *check_signed(kind, signatures, number=agreement.shown, awarded_on=grant.awarded_on),
            *_check_paper(unit, grant, agreement),
            *check_substitute_signed(unit, grant, agreement),
            *check_owner_signs(read_receiving(unit, [grant]).owner(grant), unit.occurred_on),
        ]
    )
    signed_on = max(signature.signed_on for signature in signatures)
    unit.execute(SIGN, this_id=agreement.id, new_on=signed_on, new_by=unit.actor.id)
    unit.execute(
        AGREE,
        this_id=grant.id,
        new_agreed=agreement.amount_minor,
        new_version=agreement.schedule_version,
    )
    unit.changed(
        "sf_agreement", agreement.shown, {"state": "issued"}, {"state": "signed", "on": signed_on.isoformat()}
    )
    if kind is AgreementKind.ADENDA:
        write_step(unit, grant, before=grant.state, after=grant.state, reason=f"adenda {agreement.shown}")
        post_amendment(unit, grant, agreement)
    else:
        move_grant(unit, grant, "in_force", reason=f"agreement {agreement.shown}")
        _post_signed(unit, grant, agreement)
    return changed_of(grant, agreement, number=agreement.shown, state="signed")


def _check_paper(unit: Unit, grant: GrantRow, agreement: AgreementRow) -> Sequence[Refusal]:
    refusals = [] if agreement.paper_hash is not None else [PAPER_MISSING(number=agreement.shown)]
    _, hashed = plan_hash_now(unit, grant)
    return [*refusals, *([] if hashed == agreement.plan_hash else [PLAN_CHANGED(number=agreement.shown)])]


def _post_signed(unit: Unit, grant: GrantRow, agreement: AgreementRow) -> None:
    parts = load_parts(unit, grant)
    promised = agreement_parts(unit, agreement.id)
    signed = [promised.get(item.row.id, 0) for item in parts]
    rest = [item.position.awarded - amount for item, amount in zip(parts, signed, strict=True)]
    rows = (*recipes.sign(lots(parts, signed)), *recipes.lapse(lots(parts, rest)))
    write_entry(unit, EntryDraft(event="agreement_signed", subject=agreement.shown, postings=rows))
