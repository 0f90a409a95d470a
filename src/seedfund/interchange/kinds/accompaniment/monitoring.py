"""Looks at businesses: whether they run, and what a month brought; always taken in, irregular ones marked."""

from typing import Any, Final

from seedfund.accompaniment.rules.monitoring import StoodStillFor
from seedfund.accompaniment.service.monitoring import BusinessTold, RecordMonitoring, record_monitoring
from seedfund.interchange.kinds import field_words as words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.making import column, own_key
from seedfund.interchange.rules import NOTE, CellKind, Part
from seedfund.kernel.errors import Refusal

_AMOUNTS: Final = (
    ("sales", "ventas", "Of the month.", "Del mes."),
    ("costs", "costos", "Of the month.", "Del mes."),
    ("stock", "inventario", "What is in store.", "Lo que hay en existencias."),
    ("cash", "efectivo", "In hand.", "En caja."),
)
_PEOPLE: Final = (
    ("paid_women", "mujeres_pagadas", "Women who are paid to work there.", "Mujeres que trabajan con pago."),
    ("paid_men", "hombres_pagados", "Men who are paid to work there.", "Hombres que trabajan con pago."),
    (
        "family_women",
        "mujeres_familia",
        "Women of the family, owner too.",
        "Mujeres de la familia, con la dueña.",
    ),
    (
        "family_men",
        "hombres_familia",
        "Men of the family, owner too.",
        "Hombres de la familia, con el dueño.",
    ),
    (
        "family_hands",
        "manos_familia",
        "Of the family, if not by sex.",
        "De la familia, si no se sabe por sexo.",
    ),
)


def _record(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    visited_on = values.need_day("visited_on")
    asked: dict[str, Any] = {name: values.money(name) for name, *_ in _AMOUNTS}
    asked |= {name: values.maybe_whole(name) for name, *_ in _PEOPLE}
    told = BusinessTold(
        is_operating=values.flag("is_operating"),
        month=values.need_month("month").range.start if values.has("month") else visited_on,
        stood_still_for=values.word("stood_still_for", StoodStillFor),
        note=values.secret("note"),
        **asked,
    )
    command = RecordMonitoring(
        key=intake.key(group),
        occurred_on=visited_on,
        plan=intake.number(entry, "plan", kind="plans", part="plans"),
        told=told,
    )
    return {(entry.part, entry.key): record_monitoring(intake.work, command).number}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    return (group.root, "plan") if refusal.code == "person_erased" else None


BUSINESS_MONITORING: Final = Kind(
    name="business_monitoring",
    title_en="Looks at businesses: whether they run, what a month brought, who works there",
    title_es="Seguimiento de los negocios: si funcionan, qué dejó un mes, quién trabaja allí",
    parts=(
        Part(
            name="business_monitoring",
            spanish="seguimiento_de_negocios",
            key=("look",),
            group=("look",),
            columns=(
                own_key(
                    "look",
                    "seguimiento",
                    told=("Your own key of the look.", "Su propia clave del seguimiento."),
                ),
                column(
                    "plan",
                    "plan",
                    told=("Key or number of the business plan.", "Clave o número del plan de negocio."),
                    is_required=True,
                ),
                column(
                    "visited_on", "visitado_el", CellKind.DATE, told=("The day.", "El día."), is_required=True
                ),
                column(
                    "is_operating",
                    "funciona",
                    CellKind.YES_NO,
                    told=("Whether it runs.", "Si funciona."),
                    is_required=True,
                ),
                column(
                    "stood_still_for",
                    "parado_por",
                    CellKind.WORD,
                    words=words.STOOD_STILL_FOR,
                    told=("Why it does not.", "Por qué no."),
                    can_wait=True,
                ),
                column(
                    "month",
                    "mes",
                    CellKind.MONTH,
                    told=(
                        "The month told of; that of the day where empty.",
                        "El mes que se cuenta; el del día si vacío.",
                    ),
                ),
                *(
                    column(name, spanish, CellKind.AMOUNT, told=(english, in_spanish), can_wait=True)
                    for name, spanish, english, in_spanish in _AMOUNTS
                ),
                column("currency", "moneda", CellKind.CURRENCY, told=("Of the amounts.", "De los montos.")),
                *(
                    column(name, spanish, CellKind.WHOLE, told=(english, in_spanish), can_wait=True)
                    for name, spanish, english, in_spanish in _PEOPLE
                ),
                column(
                    "note",
                    "nota",
                    told=("Sealed.", "Dato protegido."),
                    is_sealed=True,
                    length=NOTE,
                    can_wait=True,
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_record,
    locate=_locate,
)
