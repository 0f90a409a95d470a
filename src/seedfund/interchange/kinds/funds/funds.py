"""Donors, funds, and their budget lines with what is allotted to each."""

from typing import Final

from seedfund.funds.rules.words import Basis, LineKind, RefundsReturnTo
from seedfund.funds.service import add_budget_line, allot_budget, open_fund, register_donor
from seedfund.funds.service.budgets import AllotBudget
from seedfund.funds.service.opening import AddBudgetLine, OpenFund, RegisterDonor
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.funds.columns import CURRENCY, FUND, amount, code, name
from seedfund.interchange.rules import SHORT, CellKind, Column, Part


def _donor(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    command = RegisterDonor(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        code=values.need_text("code"),
        name=values.need_text("name"),
    )
    register_donor(intake.work, command)
    return {}


def _fund(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    command = OpenFund(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        code=values.need_text("code"),
        donor=values.need_text("donor"),
        name=values.need_text("name"),
        currency=values.need_text("currency"),
        starts=values.need_day("starts"),
        ends=values.need_day("ends"),
        basis=values.word("basis", Basis) or Basis.WHEN_JUSTIFIED,
        refunds_return_to=values.word("refunds_return_to", RefundsReturnTo) or RefundsReturnTo.COMMITTED,
    )
    open_fund(intake.work, command)
    return {}


def _line(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    fund, line = values.need_text("fund"), values.need_text("code")
    added = AddBudgetLine(
        key=intake.key(group, "add"),
        occurred_on=intake.occurred_on,
        fund=fund,
        code=line,
        name=values.need_text("name"),
        kind=values.need_word("kind", LineKind),
    )
    add_budget_line(intake.work, added)
    allotted = values.money("amount")
    if allotted is not None:
        command = AllotBudget(
            key=intake.key(group, "allot"),
            occurred_on=intake.occurred_on,
            fund=fund,
            line=line,
            amount=allotted,
            reason=values.text("reason"),
        )
        allot_budget(intake.work, command)
    return {}


DONORS: Final = Kind(
    name="donors",
    title_en="Donors",
    title_es="Donantes",
    parts=(
        Part(
            name="donors",
            spanish="donantes",
            key=("code",),
            group=("code",),
            columns=(
                code("Code of the donor.", es="Código del donante."),
                name("As printed on papers.", es="Como se imprime en los documentos."),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_donor,
)
FUNDS: Final = Kind(
    name="funds",
    title_en="Funds: whose money, for how long, in which currency",
    title_es="Fondos: de quién es el dinero, por cuánto tiempo y en qué moneda",
    parts=(
        Part(
            name="funds",
            spanish="fondos",
            key=("code",),
            group=("code",),
            columns=(
                code("Code of the fund.", es="Código del fondo."),
                Column(
                    name="donor",
                    spanish="donante",
                    is_required=True,
                    length=SHORT,
                    help_en="Code of the donor.",
                    help_es="Código del donante.",
                ),
                name("As printed on reports.", es="Como se imprime en los informes."),
                CURRENCY,
                Column(
                    name="starts",
                    spanish="desde",
                    kind=CellKind.DATE,
                    is_required=True,
                    help_en="First day.",
                    help_es="Primer día.",
                ),
                Column(
                    name="ends",
                    spanish="hasta",
                    kind=CellKind.DATE,
                    is_required=True,
                    help_en="The first day that no longer belongs to it.",
                    help_es="El primer día que ya no le corresponde.",
                ),
                Column(
                    name="basis",
                    spanish="criterio_de_gasto",
                    kind=CellKind.WORD,
                    words=words.BASIS,
                    help_en="When the donor counts money as spent.",
                    help_es="Cuándo cuenta el donante el dinero como gastado.",
                ),
                Column(
                    name="refunds_return_to",
                    spanish="reintegros_vuelven_a",
                    kind=CellKind.WORD,
                    words=words.REFUNDS_RETURN_TO,
                    help_en="Where refunds go while the agreement is in force.",
                    help_es="A dónde van los reintegros mientras rige el convenio.",
                ),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_fund,
)
BUDGET_LINES: Final = Kind(
    name="budget_lines",
    title_en="Budget lines of funds, with what is allotted to each",
    title_es="Partidas presupuestarias de los fondos, con lo asignado a cada una",
    parts=(
        Part(
            name="budget_lines",
            spanish="lineas",
            key=("fund", "code"),
            group=("fund", "code"),
            columns=(
                FUND,
                code("Code of the line.", es="Código de la partida."),
                name("As printed on reports.", es="Como se imprime en los informes."),
                Column(
                    name="kind",
                    spanish="tipo",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.LINE_KIND,
                    help_en="What it is for.",
                    help_es="Para qué es.",
                ),
                amount(
                    "Allotted at once; empty for none.",
                    es="Asignado de una vez; vacío si nada.",
                    is_required=False,
                ),
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    help_en="Of the amount.",
                    help_es="Del monto.",
                ),
                Column(name="reason", spanish="motivo", help_en="Why.", help_es="Por qué."),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_line,
)
