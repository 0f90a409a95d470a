"""Benefits with tranches and conditions, and who pays which for whom. Proposed; a second person approves."""

import json
from collections.abc import Sequence
from typing import Any, Final

from seedfund.funds.rules.benefits import BenefitTerms, NameIn, TrancheTemplate
from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.rules.words import BenefitUnit
from seedfund.funds.service import define_benefit_type, set_eligibility
from seedfund.funds.service.benefits import DefineBenefitType
from seedfund.funds.service.eligibility import SetEligibility
from seedfund.grants.rules.conditions import ChildrenEnrolled
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.funds.benefit_columns import (
    BENEFIT,
    BENEFITS_PART,
    CONDITIONS_PART,
    NAMES_PART,
    TRANCHES_PART,
)
from seedfund.interchange.rules import SHORT, CellKind, Column, Part


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
        names=tuple(
            NameIn(language=row.values.need_text("language"), name=row.values.need_text("name"))
            for row in group.of(NAMES_PART.name)
        ),
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


BENEFIT_TYPES: Final = Kind(
    name="benefit_types",
    title_en="Benefits with tranches and conditions, proposed and still to be approved",
    title_es="Beneficios con desembolsos y condiciones, propuestos y por aprobar",
    parts=(BENEFITS_PART, TRANCHES_PART, CONDITIONS_PART, NAMES_PART),
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
