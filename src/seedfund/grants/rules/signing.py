"""Who has to sign an agreement, and what each way of signing needs to stand. Must not know names or rows.

A thumbprint names its finger; a signature at request has the signatory and two witnesses; both are read aloud
first; what was not signed before our eyes has its scan (domain: signature alternatives).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from seedfund.grants.rules.words import AgreementKind, Finger, Party, SignMethod
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.roles import Role

FINGER_MISSING: Final = RefusalCode(
    "finger_missing", "A thumbprint does not say of which finger.", "Say which finger gave the print."
)
READ_ALOUD_MISSING: Final = RefusalCode(
    "read_aloud_missing",
    "Nobody is named who read the paper aloud.",
    "Name who read it to the participant before it was signed.",
)
AT_REQUEST_SIGNATORY_MISSING: Final = RefusalCode(
    "at_request_signatory_missing",
    "Nobody is named who signed at the participant's request.",
    "Name the person who signed in the participant's place.",
)
WITNESSES_MISSING: Final = RefusalCode(
    "witnesses_missing",
    "Witnesses of the signature: {found}; {needed} are needed.",
    "Name {needed} different witnesses.",
)
WITNESS_IS_PAYER: Final = RefusalCode(
    "witness_is_payer",
    "The witness {witness} pays out money in this programme.",
    "Let somebody else witness: who pays may not.",
)
WITNESS_IS_SIGNATORY: Final = RefusalCode(
    "witness_is_signatory",
    "One person stands as signatory and as witness, or as two witnesses.",
    "Name different people.",
)
EVIDENCE_OF_SIGNATURE_MISSING: Final = RefusalCode(
    "signature_evidence_missing",
    "A signature of the kind {method} was given without its file.",
    "Record the scan or the signed file with the signature.",
)
METHOD_NOT_FOR_ORGANISATION: Final = RefusalCode(
    "method_not_for_organisation",
    "Nobody signs for the organisation by {method}.",
    "Record how the organisation's signatory signed: by hand, electronically, or on a scanned paper.",
)
NOT_A_SIGNATORY: Final = RefusalCode(
    "not_a_signatory",
    "{actor} may not sign for the organisation.",
    "Let an actor with the role of signatory or director sign.",
)
SIGNATORY_DRAFTED: Final = RefusalCode(
    "signatory_drafted",
    "{actor} drafted the agreement {number} and signs it for the organisation.",
    "Let another signatory sign.",
)
ALREADY_SIGNED_BY: Final = RefusalCode(
    "party_signed_already",
    "The agreement {number} holds the signature of this party already: {party}.",
    "Nothing has to be done; a wrong signature is answered by a new agreement.",
)
SIGNATURES_MISSING: Final = RefusalCode(
    "signatures_missing",
    "The agreement {number} is not signed by: {parties}.",
    "Record the missing signatures first.",
)
SIGNED_BEFORE_AWARD: Final = RefusalCode(
    "signed_before_award",
    "The agreement {number} was signed on {signed}, before the award of {awarded}.",
    "Correct the date of the signature, or void the agreement and sign a new one.",
)
REFUSALS: Final = (
    *(FINGER_MISSING, READ_ALOUD_MISSING, AT_REQUEST_SIGNATORY_MISSING, WITNESSES_MISSING),
    *(WITNESS_IS_PAYER, WITNESS_IS_SIGNATORY, EVIDENCE_OF_SIGNATURE_MISSING, METHOD_NOT_FOR_ORGANISATION),
    *(NOT_A_SIGNATORY, SIGNATORY_DRAFTED, ALREADY_SIGNED_BY, SIGNATURES_MISSING, SIGNED_BEFORE_AWARD),
)

PARTIES: Final[Mapping[AgreementKind, tuple[Party, ...]]] = MappingProxyType(
    {
        AgreementKind.CONVENIO: (Party.PARTICIPANT, Party.ORGANISATION),
        AgreementKind.CARTA_COMPROMISO: (Party.PARTICIPANT,),
        AgreementKind.ADENDA: (Party.PARTICIPANT, Party.ORGANISATION),
    }
)
"""Who has to sign: a carta de compromiso is the participant's own undertaking."""

WITNESSES_NEEDED: Final[Mapping[SignMethod, int]] = MappingProxyType(
    dict.fromkeys(SignMethod, 0) | {SignMethod.THUMBPRINT: 1, SignMethod.AT_REQUEST: 2}
)
ON_FILE: Final = (SignMethod.ELECTRONIC, SignMethod.SCANNED, SignMethod.OUTSIDE_PAPER)
"""Methods nobody of the team saw happen: they stand on a file."""
PAYING_ROLES: Final = (Role.CASHIER, Role.FINANCE_OFFICER)
SIGNING_ROLES: Final = (Role.SIGNATORY, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class SignatureFacts:
    """A signature without its names: how, what is given with it, and the roles of witnesses of the team.

    `people` holds one mark for each person named (signatory, then witnesses); equal marks are one person.
    """

    party: Party
    method: SignMethod
    finger: Finger | None = None
    is_read_aloud: bool = False
    has_signatory: bool = False
    people: tuple[str, ...] = ()
    witnesses: int = 0
    witness_roles: Mapping[str, Collection[Role]] = field(default_factory=dict)
    has_evidence: bool = False


def check_signature(facts: SignatureFacts) -> tuple[Refusal, ...]:
    """Why a signature does not stand."""
    if facts.party is Party.ORGANISATION and WITNESSES_NEEDED[facts.method]:
        return (METHOD_NOT_FOR_ORGANISATION(method=facts.method.value),)
    needed = WITNESSES_NEEDED[facts.method]
    refusals = []
    if facts.method is SignMethod.THUMBPRINT and facts.finger is None:
        refusals.append(FINGER_MISSING())
    if needed and not facts.is_read_aloud:
        refusals.append(READ_ALOUD_MISSING())
    if facts.method is SignMethod.AT_REQUEST and not facts.has_signatory:
        refusals.append(AT_REQUEST_SIGNATORY_MISSING())
    if facts.witnesses < needed:
        refusals.append(WITNESSES_MISSING(found=facts.witnesses, needed=needed))
    refusals += [
        WITNESS_IS_PAYER(witness=witness)
        for witness, roles in facts.witness_roles.items()
        if set(roles) & set(PAYING_ROLES)
    ]
    if len(set(facts.people)) < len(facts.people):
        refusals.append(WITNESS_IS_SIGNATORY())
    if facts.method in ON_FILE and not facts.has_evidence:
        refusals.append(EVIDENCE_OF_SIGNATURE_MISSING(method=facts.method.value))
    return tuple(refusals)


@dataclass(frozen=True, kw_only=True)
class SignedBy:
    """A recorded signature: for whom, and on which day."""

    party: Party
    signed_on: date


def check_signed(
    kind: AgreementKind, signatures: Sequence[SignedBy], *, number: str, awarded_on: date
) -> tuple[Refusal, ...]:
    """Why an agreement is not yet signed: parties missing, or a signature dated before the award."""
    there = {signature.party for signature in signatures}
    missing = [party.value for party in PARTIES[kind] if party not in there]
    refusals = [SIGNATURES_MISSING(number=number, parties=", ".join(missing))] if missing else []
    refusals += [
        SIGNED_BEFORE_AWARD(number=number, signed=signature.signed_on, awarded=awarded_on)
        for signature in signatures
        if signature.signed_on < awarded_on
    ]
    return tuple(refusals)
