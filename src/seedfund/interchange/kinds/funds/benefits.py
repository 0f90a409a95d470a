"""Benefits with tranches and conditions, and who pays which for whom. Proposed; a second person approves."""

import json
from collections.abc import Sequence
from typing import Any, Final

from seedfund.funds.rules.benefits import BenefitTerms, TrancheTemplate
from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.rules.words import BenefitUnit
from seedfund.funds.service import define_benefit_type, set_eligibility
from seedfund.funds.service.benefits import DefineBenefitType
from seedfund.funds.service.eligibility import SetEligibility
from seedfund.grants.rules.conditions import ChildrenEnrolled
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
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


def _several(cell: str) -> tuple[str, ...]:
    """A list in one cell, its items apart by spaces."""
    return tuple(cell.split())


def _condition(entry: Entry) -> dict[str, Any]:
    """The plain form that the area of grants reads: the code, and the figures that are filled."""
    values = entry.values
    plain: dict[str, Any] = {"code": values.need_text("condition")}
    if values.has("share"):
        plain["basis_points"] = values.whole("share")
    # Of children at school the count is the least that suffices, and the topic is the term.
    named = {"count": "least", "topic": "term"} if plain["code"] == ChildrenEnrolled.code else {}
    if values.has("count"):
        plain[named.get("count", "count")] = values.whole("count")
    for name in ("since", "course", "topic"):
        if values.has(name):
            plain[named.get(name, name)] = values.text(name)
    if values.has("evidence_kind"):
        plain["kind"] = values.text("evidence_kind")
    if values.has("is_operating"):
        plain["is_operating"] = values.flag("is_operating")
    return plain


def _tranche(entry: Entry, conditions: Sequence[Entry]) -> TrancheTemplate:
    place = entry.values.whole("tranche")
    own = [_condition(row) for row in conditions if row.values.whole("tranche") == place]
    return TrancheTemplate(
        share_bps=entry.values.whole("share"),
        after_months=entry.values.whole("after_months"),
        conditions=json.dumps(own),
    )


def _define(intake: Intake, group: Group) -> Numbers:
    values, conditions = group.root.values, group.of("conditions")
    tranches = sorted(group.of("tranches"), key=lambda row: row.values.whole("tranche"))
    terms = BenefitTerms(
        name_es=values.need_text("name_es"),
        name_en=values.need_text("name_en"),
        unit=values.need_word("unit", BenefitUnit),
        purpose=values.need_text("purpose"),
        methods=_several(values.need_text("methods")),
        bases=_several(values.need_text("bases")),
        justification_required=values.flag("justification_required"),
        agreement_kind=values.text("agreement_kind"),
        attendance_tied=values.flag("attendance_tied"),
        one_per_months=values.whole("one_per_months"),
        purpose_code=values.text("purpose_code"),
        amount_min=values.money("amount_min"),
        amount_max=values.money("amount_max"),
        tranches=tuple(_tranche(row, conditions) for row in tranches),
    )
    command = DefineBenefitType(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        code=values.need_text("benefit"),
        series=values.need_text("series"),
        terms=terms,
    )
    return {(group.root.part, group.root.key): define_benefit_type(intake.work, command).number}


def _eligible(intake: Intake, group: Group) -> Numbers:
    rules = tuple(
        Eligible(
            population_group=entry.values.need_text("population_group"),
            fund=entry.values.text("fund"),
            payer=entry.values.text("payer"),
        )
        for entry in group.rows
    )
    command = SetEligibility(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        benefit=group.root.values.need_text("benefit"),
        rules=rules,
    )
    number = set_eligibility(intake.work, command).number
    return {(entry.part, entry.key): number for entry in group.rows}


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
BENEFIT_TYPES: Final = Kind(
    name="benefit_types",
    title_en="Benefits with tranches and conditions, proposed and still to be approved",
    title_es="Beneficios con desembolsos y condiciones, propuestos y por aprobar",
    parts=(BENEFITS_PART, TRANCHES_PART, CONDITIONS_PART),
    is_whole=True,
    carry_out=_define,
)
ELIGIBILITY: Final = Kind(
    name="eligibility",
    title_en="Who pays which benefit for whom, proposed and still to be approved",
    title_es="Quién paga qué beneficio a quién, propuesto y por aprobar",
    parts=(
        Part(
            name="eligibility",
            spanish="elegibilidad",
            key=("rule",),
            group=("benefit",),
            columns=(
                Column(
                    name="rule",
                    spanish="regla",
                    is_required=True,
                    length=SHORT,
                    is_own=True,
                    help_en="Your own key of the rule.",
                    help_es="Su propia clave de la regla.",
                ),
                BENEFIT,
                Column(
                    name="population_group",
                    spanish="grupo_de_poblacion",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.POPULATION_GROUP,
                    help_en="Group of the household.",
                    help_es="Grupo del hogar.",
                ),
                Column(
                    name="fund",
                    spanish="fondo",
                    length=SHORT,
                    help_en="Code of the fund that pays, or the payer.",
                    help_es="Código del fondo que paga, o el pagador.",
                ),
                Column(
                    name="payer",
                    spanish="pagador_externo",
                    length=120,
                    help_en="Who pays outside our books, such as MIES.",
                    help_es="Quien paga fuera de nuestros libros, por ejemplo el MIES.",
                ),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_eligible,
)
