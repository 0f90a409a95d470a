"""Visits that were held: always taken in, planned ones by number; what does not fit is marked and decided later."""

from typing import Final

from seedfund.interchange.kinds import field_words as words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.making import column, own_key
from seedfund.interchange.rules import NOTE, CellKind, Part
from seedfund.kernel.errors import Refusal
from seedfund.visits.rules import Dimension, VisitMode, VisitRole
from seedfund.visits.service import RecordVisit, Told, record_visit

_TOUCHED: Final = (
    (Dimension.IDENTIFICATION, "identification", "identificacion"),
    (Dimension.EDUCATION, "education", "educacion"),
    (Dimension.HEALTH, "health", "salud"),
    (Dimension.ECONOMIC_INCLUSION, "economic_inclusion", "inclusion_economica"),
    (Dimension.FAMILY_DYNAMICS, "family_dynamics", "dinamica_familiar"),
)


def _record(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    participant = None
    if values.has("member"):
        participant = intake.number(entry, "member", kind="households", part="members")
    command = RecordVisit(
        key=intake.key(group),
        occurred_on=values.need_day("held_on"),
        number=values.text("number") or None,
        participant=participant,
        role=values.word("role", VisitRole),
        told=Told(
            mode=values.need_word("mode", VisitMode),
            findings=values.need_secret("findings"),
            dimensions=tuple(one for one, name, _ in _TOUCHED if values.flag(name)),
            actions=values.secret("actions"),
            next_on=values.day("next_on"),
            is_operating=values.flag("is_operating") if values.has("is_operating") else None,
        ),
    )
    return {(entry.part, entry.key): record_visit(intake.work, command).number}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    return (group.root, "member") if refusal.code == "person_erased" else None


VISITS: Final = Kind(
    name="visits",
    title_en="Visits that were held, what they found and what was agreed",
    title_es="Visitas realizadas, lo que encontraron y lo acordado",
    parts=(
        Part(
            name="visits",
            spanish="visitas",
            key=("visit",),
            group=("visit",),
            columns=(
                own_key(
                    "visit", "visita", told=("Your own key of the visit.", "Su propia clave de la visita.")
                ),
                column(
                    "number",
                    "numero",
                    told=(
                        "Of the planned visit; or member and role.",
                        "De la visita planificada; o miembro y quién visitó.",
                    ),
                ),
                column(
                    "member",
                    "miembro",
                    told=("Key or number of the person visited.", "Clave o número de la persona visitada."),
                ),
                column(
                    "role",
                    "quien_visito",
                    CellKind.WORD,
                    words=words.VISIT_ROLE,
                    told=("Who visited, where nobody planned it.", "Quien visitó, si no estaba planificada."),
                ),
                column(
                    "held_on", "realizada_el", CellKind.DATE, told=("The day.", "El día."), is_required=True
                ),
                column(
                    "mode",
                    "modo",
                    CellKind.WORD,
                    words=words.VISIT_MODE,
                    told=("Where it was held.", "Dónde se hizo."),
                    is_required=True,
                ),
                *(
                    column(
                        name,
                        spanish,
                        CellKind.YES_NO,
                        told=("Whether it touched this dimension.", "Si tocó esta dimensión."),
                        can_wait=True,
                    )
                    for _, name, spanish in _TOUCHED
                ),
                column(
                    "findings",
                    "hallazgos",
                    told=(
                        "What it found, in a sentence. Sealed.",
                        "Lo encontrado, en una frase. Dato protegido.",
                    ),
                    is_required=True,
                    is_sealed=True,
                    length=NOTE,
                ),
                column(
                    "actions",
                    "acuerdos",
                    told=("What was agreed. Sealed.", "Lo acordado. Dato protegido."),
                    is_sealed=True,
                    length=NOTE,
                ),
                column(
                    "next_on",
                    "proxima_visita",
                    CellKind.DATE,
                    told=("The day agreed for the next one.", "El día acordado para la próxima."),
                    can_wait=True,
                ),
                column(
                    "is_operating",
                    "negocio_funciona",
                    CellKind.YES_NO,
                    told=("Empty where it did not look at a business.", "Vacío si no se vio un negocio."),
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_record,
    locate=_locate,
)
