"""What holds of papers and evidence: one content one hash, one successor, and which papers an event needs. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.kernel.errors import InvalidInput, RefusalCode

HASH_DOMAIN: Final = "seedfund.paper.v1"
_SHA256: Final = re.compile(r"[0-9a-f]{64}", flags=re.ASCII)

PAPER_SUPERSEDED: Final = RefusalCode(
    "paper_superseded",
    "The paper {number} was superseded before, by version {version}.",
    "Supersede the latest version.",
)
PAPER_NUMBER_TAKEN: Final = RefusalCode(
    "paper_number_taken",
    "A paper {number} was issued before.",
    "Issue it as the version that supersedes that one, or take the next number.",
)
PAPER_OTHER_KIND: Final = RefusalCode(
    "paper_other_kind",
    "The paper {number} is a {kind} and cannot be superseded by a {wanted}.",
    "Issue a paper of the same kind.",
)
REFUSALS: Final = (PAPER_SUPERSEDED, PAPER_NUMBER_TAKEN, PAPER_OTHER_KIND)


class EvidenceKind(StrEnum):
    """What a file from outside proves."""

    AGREEMENT = "agreement"
    AUTHORITY = "authority"
    BANK_ADVICE = "bank_advice"
    DONOR_LETTER = "donor_letter"
    DELIVERY_ACT = "delivery_act"
    INCIDENT_REPORT = "incident_report"
    MINUTES = "minutes"
    PHOTO = "photo"
    QUOTATION = "quotation"
    RECEIPT = "receipt"
    SIGNED_LIST = "signed_list"
    SIGNED_PAPER = "signed_paper"
    STATEMENT = "statement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """The papers an event needs (any one of each group); without them it is refused, or only listed until they come."""

    groups: tuple[tuple[EvidenceKind, ...], ...]
    is_refused: bool = False


REQUIRED: Final[Mapping[str, EvidenceRule]] = {
    "instalment": EvidenceRule(((EvidenceKind.BANK_ADVICE, EvidenceKind.STATEMENT),)),
    "instalment_recalled": EvidenceRule(((EvidenceKind.DONOR_LETTER, EvidenceKind.BANK_ADVICE),)),
    "donor_cut": EvidenceRule(((EvidenceKind.DONOR_LETTER,),)),
    "award": EvidenceRule(((EvidenceKind.MINUTES, EvidenceKind.AUTHORITY),)),
    "agreement_signed": EvidenceRule(((EvidenceKind.SIGNED_PAPER, EvidenceKind.AGREEMENT),)),
    "delivered_bank": EvidenceRule(((EvidenceKind.BANK_ADVICE, EvidenceKind.STATEMENT),)),
    "delivered_cash": EvidenceRule(((EvidenceKind.SIGNED_LIST,),)),
    "delivered_in_kind": EvidenceRule(((EvidenceKind.DELIVERY_ACT,), (EvidenceKind.RECEIPT,))),
    "cash_short": EvidenceRule(((EvidenceKind.INCIDENT_REPORT,),)),
    "room_for_fact": EvidenceRule(
        ((EvidenceKind.BANK_ADVICE, EvidenceKind.STATEMENT, EvidenceKind.DONOR_LETTER),)
    ),
    "waiver": EvidenceRule(((EvidenceKind.AUTHORITY, EvidenceKind.MINUTES),), is_refused=True),
    "write_off": EvidenceRule(((EvidenceKind.AUTHORITY, EvidenceKind.MINUTES),), is_refused=True),
}
"""Which paper each event needs: a fact without it is listed until it comes, a waiver or a write-off is refused."""


def missing_evidence(event: str, kinds: Iterable[EvidenceKind]) -> tuple[tuple[EvidenceKind, ...], ...]:
    """The groups of papers an event still lacks; none for an event that needs no paper."""
    present = frozenset(kinds)
    rule = REQUIRED.get(event)
    return tuple(group for group in rule.groups if present.isdisjoint(group)) if rule is not None else ()


def paper_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 in hex over a paper's content in canonical form, under the domain word of papers."""
    return digest(HASH_DOMAIN, canonical_bytes(content))


def read_sha256(text: str, *, field: str = "sha256") -> str:
    """A file's SHA-256 as 64 lower-case hexadecimal digits.

    Raises:
        InvalidInput: it is something else, naming `field`.
    """
    folded = text.strip().lower()
    if not _SHA256.fullmatch(folded):
        raise InvalidInput(
            field=field,
            problem="it is not a SHA-256",
            remedy="give 64 hexadecimal digits, as sha256sum prints them",
        )
    return folded
