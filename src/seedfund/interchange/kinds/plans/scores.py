"""One reviewer's marks: the file is imported by the reviewer, whose name stands under every score."""

from typing import Final

from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.plans.columns import PLAN
from seedfund.interchange.rules import SHORT, CellKind, Column, Part
from seedfund.plans.rules import Mark
from seedfund.plans.service import ScorePlan, score_plan


def _score(intake: Intake, group: Group) -> Numbers:
    root = group.root
    marks = tuple(
        Mark(entry.values.need_text("criterion"), entry.values.maybe_whole("mark"))
        for entry in group.rows
        if not entry.values.flag("is_disqualifier")
    )
    met = [entry for entry in group.rows if entry.values.flag("is_disqualifier")]
    command = ScorePlan(
        key=intake.key(group, intake.work.actor),
        occurred_on=intake.occurred_on,
        number=intake.number(root, "plan", kind="plans", part="plans"),
        marks=marks,
        disqualified=tuple(entry.values.need_text("criterion") for entry in met),
    )
    score_plan(intake.work, command)
    return {}


SCORES: Final = Kind(
    name="scores",
    title_en="Scores of one reviewer, who imports them",
    title_es="Puntajes de una persona evaluadora, que los importa",
    parts=(
        Part(
            name="scores",
            spanish="puntajes",
            key=("reviewer", "plan", "criterion"),
            group=("reviewer", "plan"),
            columns=(
                Column(
                    name="reviewer",
                    spanish="evalua",
                    is_required=True,
                    length=SHORT,
                    help_en="Handle of the reviewer, for the file's own order.",
                    help_es="Usuario de quien evalúa, para el orden del archivo.",
                ),
                PLAN,
                Column(
                    name="criterion",
                    spanish="criterio",
                    is_required=True,
                    length=SHORT,
                    help_en="Code of the criterion of the call.",
                    help_es="Código del criterio de la convocatoria.",
                ),
                Column(
                    name="mark",
                    spanish="puntaje",
                    kind=CellKind.WHOLE,
                    help_en="Empty where it does not apply.",
                    help_es="Vacío si no aplica.",
                ),
                Column(
                    name="is_disqualifier",
                    spanish="descalifica",
                    kind=CellKind.YES_NO,
                    help_en="The row names a disqualifying condition that is met.",
                    help_es="La fila nombra una condición que descalifica y se cumple.",
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_score,
)
