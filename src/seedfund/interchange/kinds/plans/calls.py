"""A call: what it asks of plans, how they are scored, how the committee decides. Proposed; a second person approves."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers, Values
from seedfund.interchange.rules import SHORT, CellKind, Column, Part
from seedfund.plans.queries import CallTerms
from seedfund.plans.rules import (
    Category,
    CategoryCap,
    CommitteePolicy,
    Criterion,
    Disqualifier,
    PlanPolicy,
    ScoringSheet,
    Section,
    Severity,
    TieBreak,
    TieBreakKind,
)
from seedfund.plans.service import ProposeCall, propose_call

CALL: Final = Column(
    name="call",
    spanish="convocatoria",
    is_required=True,
    length=SHORT,
    help_en="Code of the call.",
    help_es="Código de la convocatoria.",
)
_REFUSE_OR_WARN: Final = {True: Severity.REFUSE, False: Severity.WARN}


def _rows(group: Group, rule: str) -> list[Values]:
    return [entry.values for entry in group.of("rules") if entry.values.text("rule") == rule]


def _policy(group: Group, version: str) -> PlanPolicy:
    values = group.root.values
    return PlanPolicy(
        version=version,
        horizon_months=values.whole("horizon_months", 12),
        grant_min=values.money("grant_min"),
        grant_max=values.money("grant_max"),
        own_contribution_min=values.whole("own_contribution_min"),
        start_up_of_grant_max=values.maybe_whole("start_up_of_grant_max"),
        category_caps=tuple(
            CategoryCap(row.need_word("code", Category), row.whole("share")) for row in _rows(group, "cap")
        ),
        excluded=tuple(row.need_word("code", Category) for row in _rows(group, "excluded")),
        quotes_from=values.money("quotes_from"),
        required=tuple(row.need_word("code", Section) for row in _rows(group, "required")),
        on_negative_cash=_REFUSE_OR_WARN[values.flag("refuses_negative_cash")],
        on_loss=_REFUSE_OR_WARN[values.flag("refuses_loss")],
    )


def _tie_break(row: Values) -> TieBreak:
    """`priority:refugee` puts a population group first; what is no kind of tie-break is a criterion of the sheet."""
    code = row.need_text("code")
    kind, _, group = code.partition(":")
    if kind in list(TieBreakKind):
        return TieBreak(TieBreakKind(kind), group)
    return TieBreak(TieBreakKind.CRITERION, code)


def _sheet(group: Group, version: str) -> ScoringSheet | None:
    values, criteria = group.root.values, _rows(group, "criterion")
    if not criteria:
        return None
    return ScoringSheet(
        code=values.need_text("call"),
        version=version,
        criteria=tuple(
            Criterion(row.need_text("code"), row.text("title"), row.whole("share"), row.flag("may_not_apply"))
            for row in criteria
        ),
        scale_min=values.whole("scale_min", 1),
        scale_max=values.whole("scale_max", 5),
        pass_mark=values.whole("pass_mark"),
        disqualifiers=tuple(
            Disqualifier(row.need_text("code"), row.text("title")) for row in _rows(group, "disqualifier")
        ),
        tie_breaks=tuple(_tie_break(row) for row in _rows(group, "tie_break")),
        reviewers_min=values.whole("reviewers_min", 1),
        fills_gaps=values.flag("fills_gaps"),
        lower_amount_min=values.maybe_whole("lower_amount_min"),
    )


def _propose(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    version = values.need_text("version")
    committee = CommitteePolicy(
        version=version,
        quorum=values.whole("quorum"),
        chair_breaks_ties=values.flag("chair_breaks_ties"),
        scoring_required=bool(_rows(group, "criterion")),
    )
    command = ProposeCall(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        code=values.need_text("call"),
        version=version,
        terms=CallTerms(_policy(group, version), committee, _sheet(group, version)),
    )
    propose_call(intake.work, command)
    return {}


def _figure(name: str, *, spanish: str, kind: CellKind, en: str, es: str) -> Column:
    return Column(name=name, spanish=spanish, kind=kind, help_en=en, help_es=es)


CALLS_PART: Final = Part(
    name="calls",
    spanish="convocatorias",
    key=("call", "version"),
    group=("call",),
    columns=(
        CALL,
        Column(
            name="version",
            spanish="version",
            is_required=True,
            length=SHORT,
            help_en="Of its rules.",
            help_es="De sus reglas.",
        ),
        Column(
            name="currency",
            spanish="moneda",
            kind=CellKind.CURRENCY,
            is_required=True,
            help_en="Of its limits.",
            help_es="De sus límites.",
        ),
        _figure("horizon_months", spanish="meses_del_plan", kind=CellKind.WHOLE, en="12.", es="12."),
        _figure("grant_min", spanish="capital_minimo", kind=CellKind.AMOUNT, en="Least.", es="Lo menos."),
        _figure("grant_max", spanish="capital_maximo", kind=CellKind.AMOUNT, en="Most.", es="Lo más."),
        _figure(
            "own_contribution_min",
            spanish="aporte_propio_minimo",
            kind=CellKind.PERCENT,
            en="Of the start-up total.",
            es="Del total de inicio.",
        ),
        _figure(
            "start_up_of_grant_max",
            spanish="inversion_maxima_sobre_capital",
            kind=CellKind.PERCENT,
            en="Start-up total over grant; 200 is twice.",
            es="Total de inicio sobre capital; 200 es el doble.",
        ),
        _figure(
            "quotes_from",
            spanish="proformas_desde",
            kind=CellKind.AMOUNT,
            en="Total of a line.",
            es="Total de una línea.",
        ),
        _figure(
            "refuses_negative_cash",
            spanish="rechaza_caja_negativa",
            kind=CellKind.YES_NO,
            en="Else warns.",
            es="Si no, advierte.",
        ),
        _figure(
            "refuses_loss",
            spanish="rechaza_perdida",
            kind=CellKind.YES_NO,
            en="Else warns.",
            es="Si no, advierte.",
        ),
        _figure("scale_min", spanish="escala_desde", kind=CellKind.WHOLE, en="Of marks.", es="Del puntaje."),
        _figure("scale_max", spanish="escala_hasta", kind=CellKind.WHOLE, en="Of marks.", es="Del puntaje."),
        _figure(
            "pass_mark",
            spanish="minimo_para_aprobar",
            kind=CellKind.PERCENT,
            en="Of the best score.",
            es="Del mejor puntaje.",
        ),
        _figure(
            "reviewers_min",
            spanish="evaluadores_minimo",
            kind=CellKind.WHOLE,
            en="Of one plan.",
            es="De un plan.",
        ),
        _figure(
            "fills_gaps",
            spanish="completa_con_menores",
            kind=CellKind.YES_NO,
            en="A smaller plan may follow one that no longer fits.",
            es="Un plan menor puede seguir a uno que ya no cabe.",
        ),
        _figure(
            "lower_amount_min",
            spanish="monto_menor_desde",
            kind=CellKind.PERCENT,
            en="Least share still offered.",
            es="Lo menos que aún se ofrece.",
        ),
        _figure("quorum", spanish="quorum", kind=CellKind.WHOLE, en="Members.", es="Miembros."),
        _figure(
            "chair_breaks_ties",
            spanish="preside_desempata",
            kind=CellKind.YES_NO,
            en="On a tie.",
            es="En un empate.",
        ),
    ),
)
RULES_PART: Final = Part(
    name="rules",
    spanish="reglas",
    key=("call", "rule", "code"),
    group=("call",),
    is_required=False,
    columns=(
        CALL,
        Column(
            name="rule",
            spanish="regla",
            kind=CellKind.WORD,
            is_required=True,
            words=words.CALL_RULE,
            help_en="What the row says.",
            help_es="Qué dice la fila.",
        ),
        Column(
            name="code",
            spanish="codigo",
            is_required=True,
            length=SHORT,
            help_en="Of the criterion, the condition, the category or the section.",
            help_es="Del criterio, la condición, la categoría o la sección.",
        ),
        Column(name="title", spanish="titulo", help_en="As printed.", help_es="Como se imprime."),
        Column(
            name="share",
            spanish="porcentaje",
            kind=CellKind.PERCENT,
            help_en="Weight of a criterion, or cap of a category.",
            help_es="Peso de un criterio, o tope de una categoría.",
        ),
        Column(
            name="may_not_apply",
            spanish="puede_no_aplicar",
            kind=CellKind.YES_NO,
            help_en="Of a criterion.",
            help_es="De un criterio.",
        ),
    ),
)
CALLS: Final = Kind(
    name="calls",
    title_en="Calls with their scoring sheet, proposed and still to be approved",
    title_es="Convocatorias con su ficha de puntaje, propuestas y por aprobar",
    parts=(CALLS_PART, RULES_PART),
    is_whole=True,
    carry_out=_propose,
)
