"""Agreements, their parts and signatures, as rows that rules and papers read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.signing import SignedBy
from seedfund.grants.rules.words import AgreementKind, Party
from seedfund.grants.tables.agreements import (
    Agreement,
    AgreementPart,
    AgreementSignature,
    SignatureWitness,
)
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement as stored; a draft has no number yet."""

    id: Key
    grant_id: Key
    number: str | None
    kind: str
    amends_id: Key | None
    language: str
    plan_hash: str
    schedule_version: int
    schedule_hash: str
    before_minor: int
    amount_minor: int
    basis_ref: str
    basis_hash: str
    state: str
    paper_id: Key | None
    paper_hash: str | None
    drafted_on: date
    drafted_by: Key
    issued_on: date | None
    signed_on: date | None
    signed_by: Key | None

    @property
    def shown(self) -> str:
        """Its number, or that it is a draft."""
        return self.number or "draft"

    @property
    def is_elsewhere(self) -> bool:
        """Whether it was signed before our books began, under a number of the earlier ones."""
        return self.kind != AgreementKind.ADENDA and bool(self.basis_ref)

    @property
    def printed(self) -> str:
        """What papers call it: by the number that was signed."""
        return self.basis_ref if self.is_elsewhere else self.shown


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature as stored, names left sealed in `people`."""

    id: Key
    agreement_id: Key
    party: str
    method: str
    finger: str | None
    actor_id: Key | None
    people: bytes | None
    place: str
    evidence_sha256: str | None
    signed_on: date
    recorded_by: Key

    @property
    def facts(self) -> SignedBy:
        """What the rule asks of it."""
        return SignedBy(party=Party(self.party), signed_on=self.signed_on)


def _agreements() -> Any:
    return sa.select(*(col(getattr(Agreement, name)) for name in AgreementRow.__slots__))


AGREEMENT_BY_NUMBER: Final = Query(
    AgreementRow,
    lambda: _agreements().where(
        col(Agreement.programme_id) == sa.bindparam("programme"),
        col(Agreement.number) == sa.bindparam("number"),
    ),
)
AGREEMENT_OPEN: Final = Query(
    AgreementRow,
    lambda: _agreements().where(
        col(Agreement.grant_id) == sa.bindparam("grant"), col(Agreement.state).in_(("draft", "issued"))
    ),
)
AGREEMENTS: Final = Query(
    AgreementRow,
    lambda: (
        _agreements()
        .where(col(Agreement.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Agreement.grant_id), col(Agreement.schedule_version))
    ),
)
AGREEMENT_PARTS: Final = Query(
    lambda agreement, part, minor: (Key(agreement), Key(part), int(minor)),
    lambda: sa.select(
        col(AgreementPart.agreement_id), col(AgreementPart.part_id), col(AgreementPart.amount_minor)
    ).where(col(AgreementPart.agreement_id).in_(sa.bindparam("ids", expanding=True))),
)
SIGNATURES: Final = Query(
    SignatureRow,
    lambda: (
        sa.select(*(col(getattr(AgreementSignature, name)) for name in SignatureRow.__slots__))
        .where(col(AgreementSignature.agreement_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(AgreementSignature.agreement_id), col(AgreementSignature.party))
    ),
)
WITNESSES: Final = Query(
    lambda grant, actor: (Key(grant), Key(actor)),
    lambda: (
        sa.select(col(Agreement.grant_id), col(SignatureWitness.actor_id))
        .select_from(SignatureWitness)
        .join(AgreementSignature, col(AgreementSignature.id) == col(SignatureWitness.signature_id))
        .join(Agreement, col(Agreement.id) == col(AgreementSignature.agreement_id))
        .where(
            col(Agreement.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(SignatureWitness.actor_id).is_not(None),
        )
    ),
)


def agreement_by_number(reader: Reader, programme: Key, number: str) -> AgreementRow:
    """The agreement of a number. A verb locks its grant, and so everything of it.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(AGREEMENT_BY_NUMBER, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="agreement", which=number)
    return found


def open_agreement(reader: Reader, grant_id: Key) -> AgreementRow | None:
    """The agreement of a grant that is drafted or issued and not yet signed; there is at most one."""
    return reader.first(AGREEMENT_OPEN, grant=grant_id)


def agreements_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[AgreementRow]]:
    """Every agreement of grants in the order they were drafted, void ones included."""
    result: dict[Key, list[AgreementRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(AGREEMENTS, "ids", list(result)):
        result[row.grant_id].append(row)
    return result


def signed_agreement(agreements: Sequence[AgreementRow]) -> AgreementRow | None:
    """The one in force among a grant's agreements: the last that was signed, an adenda before what it amends."""
    signed = [row for row in agreements if row.state == "signed"]
    return signed[-1] if signed else None


def first_signed_on(agreements: Sequence[AgreementRow]) -> date | None:
    """The day a grant was first agreed on: it runs from then, not from the last adenda."""
    return next((row.signed_on for row in agreements if row.state == "signed"), None)


def agreement_parts(reader: Reader, agreement_id: Key) -> dict[Key, int]:
    """What an agreement promises in each part, in minor units."""
    return {part: minor for _, part, minor in reader.among(AGREEMENT_PARTS, "ids", [agreement_id])}


def signatures_of(reader: Reader, agreement_ids: Sequence[Key]) -> dict[Key, list[SignatureRow]]:
    """The signatures of agreements."""
    result: dict[Key, list[SignatureRow]] = {agreement_id: [] for agreement_id in agreement_ids}
    for row in reader.among(SIGNATURES, "ids", list(result)):
        result[row.agreement_id].append(row)
    return result


def witnesses_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, frozenset[Key]]:
    """Actors who witnessed a signature on an agreement of each grant: none of them may pay it."""
    found: dict[Key, set[Key]] = {grant_id: set() for grant_id in grant_ids}
    for grant_id, actor in reader.among(WITNESSES, "ids", list(found)):
        found[grant_id].add(actor)
    return {grant_id: frozenset(actors) for grant_id, actors in found.items()}
