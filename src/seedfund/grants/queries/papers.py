"""Everything an agreement's paper has to say, read once; the area of documents puts it into words.

Names come out as secrets, and only for those who may see them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seedfund.funds.queries import BenefitInForce, benefit_by_id, funds_by_id, line_refs
from seedfund.grants.queries.agreements import (
    AgreementRow,
    SignatureRow,
    agreement_by_number,
    agreement_parts,
    agreements_of,
    signatures_of,
)
from seedfund.grants.queries.grants import GrantRow, grants_by_id, parts_of
from seedfund.grants.queries.standing import HANDLES
from seedfund.grants.queries.tranches import schedule_of
from seedfund.grants.rules.conditions import AllOf, AnyOf, Condition, EvidenceOnFile, percent
from seedfund.grants.rules.schedule import Schedule
from seedfund.grants.rules.words import (
    EVIDENCE_AMOUNTS,
    AgreementKind,
    Delivery,
    EvidenceKind,
    Finger,
    OwnerKind,
    Party,
    SignMethod,
)
from seedfund.kernel.ids import Key
from seedfund.kernel.messages import FACT, phrase
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.paper.format import money_text
from seedfund.people.queries import PersonName, household_facts, names_of
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Reader
from seedfund.store.unit import open_vault
from seedfund.store.work import Work


@dataclass(frozen=True, kw_only=True)
class PartPrinted:
    """What of the amount comes out of which line of which fund."""

    fund: str
    fund_name: str
    donor: str
    line: str
    line_name: str
    book_id: int
    amount: Money


@dataclass(frozen=True, kw_only=True)
class TranchePrinted:
    """A tranche as it is printed: its conditions each one sentence in the paper's language."""

    position: int
    amount: Money
    due_on: date | None
    delivery: Delivery
    conditions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SignaturePrinted:
    """A signature as it is printed; the names around it are secrets."""

    party: Party
    method: SignMethod
    finger: Finger | None
    actor: str
    signed_on: date
    place: str
    signatory: Secret
    read_aloud_by: Secret
    interpreter: Secret
    witnesses: tuple[Secret, ...]
    evidence_sha256: str | None


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """An agreement with all that its paper needs.

    `participant` signs, for itself or for the household, group or organisation named by `owner_kind` and `owner_name`;
    `subject_id` is under whose key the paper is sealed. `before` is what was agreed on until now (zero but for an
    adenda).
    """

    number: str
    kind: AgreementKind
    state: str
    language: str
    grant: str
    benefit: BenefitInForce
    owner_kind: OwnerKind
    owner_name: str
    household: str
    participant: PersonName
    subject_id: Key
    population_group: str
    awarded: Money
    awarded_on: date
    basis_kind: str
    basis_ref: str
    plan_version_id: Key | None
    plan_hash: str
    schedule_hash: str
    amount: Money
    before: Money
    parts: tuple[PartPrinted, ...]
    tranches: tuple[TranchePrinted, ...]
    amends: str
    raise_basis: str
    drafted_on: date
    issued_on: date | None
    signatures: tuple[SignaturePrinted, ...]


def agreement_facts(work: Work, number: str, *, language: str = "") -> AgreementFacts:
    """All that the paper of an agreement says, in a language (the agreement's own if not given).

    Raises:
        NotFound: there is no such agreement, or the participant was erased.
        NotAllowed: the actor is none of the programme's.
        InvalidInput: there are no sentences in that language.
    """
    reader = work.reader()
    agreement = agreement_by_number(reader, work.programme.id, number)
    grant = grants_by_id(reader, [agreement.grant_id])[agreement.grant_id]
    households = household_facts(reader, [grant.household_id]) if grant.household_id else {}
    amended = {row.id: row.shown for row in agreements_of(reader, [grant.id])[grant.id]}
    schedule = schedule_of(reader, grant.id, agreement.schedule_version)
    spoken = language or agreement.language
    return AgreementFacts(
        number=agreement.shown,
        kind=AgreementKind(agreement.kind),
        state=agreement.state,
        language=spoken,
        grant=grant.number,
        benefit=benefit_by_id(reader, grant.benefit_type_id),
        owner_kind=OwnerKind(grant.owner_kind),
        owner_name=grant.owner_name,
        household=next((facts.number for facts in households.values()), ""),
        participant=names_of(work, [grant.participant_id])[grant.participant_id],
        subject_id=grant.participant_id,
        population_group=grant.population_group,
        awarded=grant.awarded,
        awarded_on=grant.awarded_on,
        basis_kind=grant.basis_kind,
        basis_ref=grant.basis_ref,
        plan_version_id=grant.plan_version_id,
        plan_hash=agreement.plan_hash,
        schedule_hash=agreement.schedule_hash,
        amount=Money(agreement.amount_minor, grant.currency),
        before=Money(agreement.before_minor, grant.currency),
        parts=_parts(reader, grant, agreement),
        tranches=_tranches(schedule, spoken, grant.currency),
        amends=amended.get(agreement.amends_id, "") if agreement.amends_id else "",
        raise_basis=agreement.basis_ref,
        drafted_on=agreement.drafted_on,
        issued_on=agreement.issued_on,
        signatures=_signatures(work, grant, signatures_of(reader, [agreement.id])[agreement.id]),
    )


def _tranches(schedule: Schedule, language: str, currency: str) -> tuple[TranchePrinted, ...]:
    return tuple(
        TranchePrinted(
            position=position,
            amount=tranche.amount,
            due_on=tranche.due_on,
            delivery=tranche.delivery,
            conditions=tuple(condition_sentence(item, language, currency) for item in tranche.conditions),
        )
        for position, tranche in enumerate(schedule.tranches, start=1)
    )


def condition_sentence(condition: Condition, language: str, currency: str) -> str:
    """The sentence of a condition in a language; amounts are in the grant's currency; composed ones say each part.

    Raises:
        InvalidInput: there are no sentences in that language.
    """
    said = condition.phrase()
    facts = {name: phrase(value, language, context=FACT) for name, value in said.facts.items()}
    if isinstance(condition, EvidenceOnFile):
        facts["least"] = _least(condition, language, currency)
    if isinstance(condition, AllOf | AnyOf):
        parts = [condition_sentence(part, language, currency).rstrip(".") for part in condition.conditions]
        facts["parts"] = " / ".join(parts)
    return phrase(said.template, language).format_map(facts)


def _least(condition: EvidenceOnFile, language: str, currency: str) -> str:
    """What its values have to sum to, in the unit of its kind."""
    if condition.kind in EVIDENCE_AMOUNTS:
        return money_text(Money(condition.least, currency), language)
    return percent(condition.least) if condition.kind is EvidenceKind.ATTENDANCE else str(condition.least)


def _parts(reader: Reader, grant: GrantRow, agreement: AgreementRow) -> tuple[PartPrinted, ...]:
    rows = parts_of(reader, [grant.id])[grant.id]
    lines = line_refs(reader, [row.line_id for row in rows])
    funds = funds_by_id(reader, [row.fund_id for row in rows])
    promised = agreement_parts(reader, agreement.id)
    return tuple(
        PartPrinted(
            fund=funds[row.fund_id].code,
            fund_name=funds[row.fund_id].name,
            donor=funds[row.fund_id].donor,
            line=lines[row.line_id].code,
            line_name=lines[row.line_id].name,
            book_id=row.book_id,
            amount=Money(promised.get(row.id, 0), grant.currency),
        )
        for row in rows
    )


def _signatures(work: Work, grant: GrantRow, rows: Sequence[SignatureRow]) -> tuple[SignaturePrinted, ...]:
    reader = work.reader()
    handles = dict(reader.among(HANDLES, "ids", [row.actor_id for row in rows if row.actor_id]))
    printed = []
    for row in rows:
        people = _people(work, reader, grant, row)
        printed.append(
            SignaturePrinted(
                party=Party(row.party),
                method=SignMethod(row.method),
                finger=Finger(row.finger) if row.finger else None,
                actor=handles.get(row.actor_id, "") if row.actor_id else "",
                signed_on=row.signed_on,
                place=row.place,
                signatory=Secret(people.get("signatory", "")),
                read_aloud_by=Secret(people.get("read_aloud_by", "")),
                interpreter=Secret(people.get("interpreter", "")),
                witnesses=tuple(Secret(name) for name in people.get("witnesses", ())),
                evidence_sha256=row.evidence_sha256,
            )
        )
    return tuple(printed)


def _people(work: Work, reader: Reader, grant: GrantRow, row: SignatureRow) -> dict[str, Any]:
    if row.people is None:
        return {}
    vault = open_vault(reader, work, grant.participant_id)
    place = Place("sf_agreement_signature", row.id, "people")
    found: dict[str, Any] = json.loads(vault.open(row.people, place).reveal())
    return found
