"""Receipts handed in together become one justification; who imports them does not review them."""

from typing import Final

from seedfund.grants.rules.words import DocumentKind
from seedfund.grants.service.justifications import ReceiptLine, RecordJustification, record_justification
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.grants.lookup import GRANT, grant_number
from seedfund.interchange.rules import SHORT, CellKind, Column, Part


def _line(entry: Entry) -> ReceiptLine:
    values = entry.values
    return ReceiptLine(
        kind=values.need_word("kind", DocumentKind),
        description=values.need_text("description"),
        document_on=values.need_day("document_on"),
        amount=values.need_money("amount"),
        plan_line=values.maybe_whole("plan_line"),
        supplier=values.secret("supplier"),
        tax_id=values.secret("tax_id"),
        number=values.secret("number"),
        file_sha256=values.text("file_sha256") or None,
    )


def _record(intake: Intake, group: Group) -> Numbers:
    """A line is known by the number of its justification and its place in it: `JU-2026-0001/2`."""
    command = RecordJustification(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        grant=grant_number(intake, group.root),
        lines=tuple(_line(entry) for entry in group.rows),
    )
    number = record_justification(intake.work, command).number
    return {
        (entry.part, entry.key): f"{number}/{position}" for position, entry in enumerate(group.rows, start=1)
    }


RECEIPTS: Final = Kind(
    name="receipts",
    title_en="Receipts of grants against the lines of their plans",
    title_es="Comprobantes de los capitales por línea del plan",
    parts=(
        Part(
            name="receipts",
            spanish="comprobantes",
            key=("receipt",),
            group=("grant", "handed_in"),
            columns=(
                Column(
                    name="receipt",
                    spanish="comprobante",
                    is_required=True,
                    length=SHORT,
                    is_own=True,
                    help_en="Your own key of the receipt, or of one item of it.",
                    help_es="Su propia clave del comprobante, o de una línea de él.",
                ),
                GRANT,
                Column(
                    name="handed_in",
                    spanish="entrega",
                    is_required=True,
                    length=SHORT,
                    help_en="A word for what was handed in together.",
                    help_es="Una palabra para lo que se entregó junto.",
                ),
                Column(
                    name="plan_line",
                    spanish="linea_del_plan",
                    kind=CellKind.WHOLE,
                    help_en="Line of the start-up list.",
                    help_es="Línea de la lista de inversiones.",
                ),
                Column(
                    name="kind",
                    spanish="tipo",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.RECEIPT_KIND,
                    help_en="Kind of document; a declaration stands in lieu of a receipt.",
                    help_es="Tipo de documento; la declaración reemplaza al comprobante.",
                ),
                Column(
                    name="description",
                    spanish="descripcion",
                    is_required=True,
                    help_en="What was bought; never a person's name.",
                    help_es="Qué se compró; nunca el nombre de una persona.",
                ),
                Column(
                    name="document_on",
                    spanish="fecha_del_documento",
                    kind=CellKind.DATE,
                    is_required=True,
                    help_en="The day on it.",
                    help_es="La fecha que lleva.",
                ),
                Column(
                    name="amount",
                    spanish="monto",
                    kind=CellKind.AMOUNT,
                    is_required=True,
                    help_en="With taxes.",
                    help_es="Con impuestos.",
                ),
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    help_en="Of the amount.",
                    help_es="Del monto.",
                ),
                Column(
                    name="supplier",
                    spanish="proveedor",
                    is_sealed=True,
                    help_en="Sealed.",
                    help_es="Dato protegido.",
                ),
                Column(
                    name="tax_id",
                    spanish="ruc_del_proveedor",
                    kind=CellKind.IDENTIFIER,
                    length=SHORT,
                    is_sealed=True,
                    help_en="Sealed.",
                    help_es="Dato protegido.",
                ),
                Column(
                    name="number",
                    spanish="numero",
                    kind=CellKind.IDENTIFIER,
                    length=SHORT,
                    is_sealed=True,
                    help_en="Of the document. Sealed.",
                    help_es="Del documento. Dato protegido.",
                ),
                Column(
                    name="file_sha256",
                    spanish="sha256_del_archivo",
                    length=64,
                    help_en="Of its photo or scan.",
                    help_es="De su foto o escaneo.",
                ),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_record,
)
