"""What was observed: attendance, visits, quotations, savings; the conditions of tranches read it."""

from typing import Final

from seedfund.grants.rules.words import EvidenceKind, SubjectKind
from seedfund.grants.service import record_evidence
from seedfund.grants.service.evidence import Observation, RecordEvidence
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.grants.lookup import grant_number
from seedfund.interchange.rules import SHORT, CellKind, Column, Part


def _subject(intake: Intake, entry: Entry, kind: SubjectKind) -> str:
    if kind is SubjectKind.GRANT:
        return grant_number(intake, entry, "subject")
    part = "households" if kind is SubjectKind.HOUSEHOLD else "members"
    return intake.number(entry, "subject", kind="households", part=part)


def _value(entry: Entry) -> int | None:
    """Basis points of a share, minor units of an amount, or 1 and 0 for yes and no: one of the three is filled."""
    values = entry.values
    if values.has("share"):
        return values.whole("share")
    amount = values.money("amount")
    if amount is not None:
        return amount.minor
    return int(values.flag("is_so")) if values.has("is_so") else None


def _record(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    subject_kind = values.need_word("subject_kind", SubjectKind)
    observation = Observation(
        subject_kind=subject_kind,
        subject=_subject(intake, entry, subject_kind),
        kind=values.need_word("kind", EvidenceKind),
        observed_on=values.need_day("observed_on"),
        source=values.need_text("source"),
        topic=values.text("topic"),
        value=_value(entry),
        file_sha256=values.text("file_sha256") or None,
    )
    command = RecordEvidence(key=intake.key(group), occurred_on=intake.occurred_on, observation=observation)
    return {(entry.part, entry.key): record_evidence(intake.work, command).number}


EVIDENCE: Final = Kind(
    name="evidence",
    title_en="What was observed: attendance, visits, quotations, savings",
    title_es="Lo observado: asistencia, visitas, proformas, ahorro",
    parts=(
        Part(
            name="evidence",
            spanish="evidencias",
            key=("evidence",),
            group=("evidence",),
            columns=(
                Column(
                    name="evidence",
                    spanish="evidencia",
                    is_required=True,
                    length=SHORT,
                    is_own=True,
                    help_en="Your own key of the observation.",
                    help_es="Su propia clave de lo observado.",
                ),
                Column(
                    name="subject_kind",
                    spanish="sobre",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.SUBJECT_KIND,
                    help_en="What it is about.",
                    help_es="Sobre qué es.",
                ),
                Column(
                    name="subject",
                    spanish="clave",
                    is_required=True,
                    length=SHORT,
                    help_en="Key or number of the household or person; of a grant also that of its plan.",
                    help_es="Clave o número del hogar o la persona; de un capital, también la del plan.",
                ),
                Column(
                    name="kind",
                    spanish="tipo",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.EVIDENCE_KIND,
                    help_en="What was observed.",
                    help_es="Qué se observó.",
                ),
                Column(
                    name="observed_on",
                    spanish="observado_el",
                    kind=CellKind.DATE,
                    is_required=True,
                    help_en="The day.",
                    help_es="El día.",
                ),
                Column(
                    name="source",
                    spanish="fuente",
                    is_required=True,
                    help_en="Where it comes from; never a person's name.",
                    help_es="De dónde viene; nunca el nombre de una persona.",
                ),
                Column(
                    name="topic",
                    spanish="tema",
                    length=SHORT,
                    help_en="The course or the like.",
                    help_es="El curso o similar.",
                ),
                Column(
                    name="share",
                    spanish="porcentaje",
                    kind=CellKind.PERCENT,
                    help_en="Of an attendance.",
                    help_es="De una asistencia.",
                ),
                Column(
                    name="amount",
                    spanish="monto",
                    kind=CellKind.AMOUNT,
                    help_en="Of a quotation, contribution or deposit.",
                    help_es="De una proforma, un aporte o un depósito.",
                ),
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    help_en="Of the amount.",
                    help_es="Del monto.",
                ),
                Column(
                    name="is_so",
                    spanish="es_asi",
                    kind=CellKind.YES_NO,
                    help_en="Of a visit: the business was operating.",
                    help_es="De una visita: el negocio funcionaba.",
                ),
                Column(
                    name="file_sha256",
                    spanish="sha256_del_archivo",
                    length=64,
                    help_en="Of the paper or photo.",
                    help_es="Del papel o la foto.",
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_record,
)
