"""The columns of a file of benefits: their terms, tranches, conditions and names in further languages."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.rules import SHORT, CellKind, Column, Part

BENEFIT: Final = Column(
    name="benefit",
    spanish="beneficio",
    is_required=True,
    length=SHORT,
    help_en="Code of the benefit, such as seed_capital.",
    help_es="Código del beneficio, por ejemplo seed_capital.",
)
TRANCHE: Final = Column(
    name="tranche",
    spanish="desembolso",
    kind=CellKind.WHOLE,
    is_required=True,
    help_en="Its place, from 1.",
    help_es="Su lugar, desde 1.",
)
BENEFITS_PART: Final = Part(
    name="benefit_types",
    spanish="beneficios",
    key=("benefit",),
    group=("benefit",),
    columns=(
        BENEFIT,
        Column(
            name="series",
            spanish="serie",
            is_required=True,
            length=6,
            help_en="Capital letters its grants are numbered with.",
            help_es="Letras mayúsculas con que se numeran.",
        ),
        Column(
            name="name_es",
            spanish="nombre_es",
            is_required=True,
            help_en="In Spanish.",
            help_es="En español.",
        ),
        Column(
            name="name_en", spanish="nombre_en", is_required=True, help_en="In English.", help_es="En inglés."
        ),
        Column(
            name="unit",
            spanish="se_entrega_a",
            kind=CellKind.WORD,
            is_required=True,
            words=words.BENEFIT_UNIT,
            help_en="Whom it is given to.",
            help_es="A quién se entrega.",
        ),
        Column(
            name="purpose",
            spanish="finalidad",
            is_required=True,
            length=SHORT,
            help_en="Benefits of one purpose are never given at the same time.",
            help_es="Dos beneficios de una finalidad no se dan a la vez.",
        ),
        Column(
            name="methods",
            spanish="medios",
            is_required=True,
            help_en="bank cash withdrawal_code …, apart by spaces.",
            help_es="bank cash withdrawal_code …, separados por espacios.",
        ),
        Column(
            name="bases",
            spanish="sustentos",
            is_required=True,
            help_en="committee_decision eligibility_list …, apart by spaces.",
            help_es="committee_decision eligibility_list …, separados por espacios.",
        ),
        Column(
            name="justification_required",
            spanish="se_justifica",
            kind=CellKind.YES_NO,
            is_required=True,
            help_en="Receipts are due.",
            help_es="Se entregan comprobantes.",
        ),
        Column(
            name="agreement_kind",
            spanish="tipo_de_convenio",
            length=SHORT,
            help_en="convenio or carta_compromiso; empty for none.",
            help_es="convenio o carta_compromiso; vacío si ninguno.",
        ),
        Column(
            name="attendance_tied",
            spanish="segun_asistencia",
            kind=CellKind.YES_NO,
            help_en="Paid by days attended.",
            help_es="Se paga por días asistidos.",
        ),
        Column(
            name="one_per_months",
            spanish="una_vez_cada_meses",
            kind=CellKind.WHOLE,
            help_en="0 for no limit.",
            help_es="0 si no hay límite.",
        ),
        Column(
            name="purpose_code",
            spanish="codigo_publico",
            length=SHORT,
            help_en="Of a public register of grants.",
            help_es="De un registro público de donaciones.",
        ),
        Column(
            name="amount_min",
            spanish="monto_minimo",
            kind=CellKind.AMOUNT,
            help_en="Of one grant.",
            help_es="De una entrega.",
        ),
        Column(
            name="amount_max",
            spanish="monto_maximo",
            kind=CellKind.AMOUNT,
            help_en="Of one grant.",
            help_es="De una entrega.",
        ),
        Column(
            name="currency",
            spanish="moneda",
            kind=CellKind.CURRENCY,
            help_en="Of the amounts.",
            help_es="De los montos.",
        ),
    ),
)
TRANCHES_PART: Final = Part(
    name="tranches",
    spanish="desembolsos",
    key=("benefit", "tranche"),
    group=("benefit",),
    columns=(
        BENEFIT,
        TRANCHE,
        Column(
            name="share",
            spanish="porcentaje",
            kind=CellKind.PERCENT,
            is_required=True,
            help_en="Of the grant, in per cent.",
            help_es="Del capital, en por ciento.",
        ),
        Column(
            name="after_months",
            spanish="a_los_meses",
            kind=CellKind.WHOLE,
            help_en="Months after the agreement.",
            help_es="Meses después del convenio.",
        ),
    ),
)
CONDITIONS_PART: Final = Part(
    name="conditions",
    spanish="condiciones",
    key=("benefit", "tranche", "position"),
    group=("benefit",),
    is_required=False,
    columns=(
        BENEFIT,
        TRANCHE,
        Column(
            name="position",
            spanish="orden",
            kind=CellKind.WHOLE,
            is_required=True,
            help_en="Its place among the conditions.",
            help_es="Su lugar entre las condiciones.",
        ),
        Column(
            name="condition",
            spanish="condicion",
            is_required=True,
            length=SHORT,
            help_en="agreement_signed, attendance_at_least, visit_done_since …",
            help_es="agreement_signed, attendance_at_least, visit_done_since …",
        ),
        Column(
            name="share",
            spanish="porcentaje",
            kind=CellKind.PERCENT,
            help_en="Where it asks for one.",
            help_es="Si la condición lo pide.",
        ),
        Column(
            name="count",
            spanish="cantidad",
            kind=CellKind.WHOLE,
            help_en="Where it asks for one.",
            help_es="Si la condición la pide.",
        ),
        Column(
            name="since",
            spanish="desde",
            length=SHORT,
            help_en="agreement or last_delivery.",
            help_es="agreement o last_delivery.",
        ),
        Column(
            name="course",
            spanish="curso",
            length=SHORT,
            help_en="Of the attendance.",
            help_es="De la asistencia.",
        ),
        Column(
            name="topic",
            spanish="tema",
            length=SHORT,
            help_en="Of the evidence; of children_enrolled the term.",
            help_es="De la evidencia; de children_enrolled, el período.",
        ),
        Column(
            name="evidence_kind",
            spanish="tipo_de_evidencia",
            length=SHORT,
            help_en="licence, savings_deposit …",
            help_es="licence, savings_deposit …",
        ),
        Column(
            name="is_operating",
            spanish="en_funcionamiento",
            kind=CellKind.YES_NO,
            help_en="The visit has to find the business operating.",
            help_es="La visita debe encontrar el negocio funcionando.",
        ),
    ),
)
NAMES_PART: Final = Part(
    name="benefit_names",
    spanish="nombres_de_beneficios",
    key=("benefit", "language"),
    group=("benefit",),
    is_required=False,
    columns=(
        BENEFIT,
        Column(
            name="language",
            spanish="idioma",
            is_required=True,
            length=3,
            help_en="my, th, ar …: letters of ISO 639; es and en stand with the benefit.",
            help_es="my, th, ar …: letras de ISO 639; es y en van con el beneficio.",
        ),
        Column(
            name="name",
            spanish="nombre",
            is_required=True,
            help_en="As papers in that language call it.",
            help_es="Como lo llaman los papeles en ese idioma.",
        ),
    ),
)
