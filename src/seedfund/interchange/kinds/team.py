"""The team of a programme, and the policy its hands work under."""

from typing import Final

from seedfund.approvals.rules.policy import Profile
from seedfund.approvals.rules.presets import also_in, preset
from seedfund.approvals.service import propose_policy
from seedfund.approvals.service.policies import ProposePolicy
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.rules import SHORT, CellKind, Column, Part
from seedfund.kernel.roles import Role
from seedfund.store.programmes import RegisterActor, register_actor

TEAM_PART: Final = Part(
    name="team",
    spanish="equipo",
    key=("handle", "role"),
    group=("handle",),
    columns=(
        Column(
            name="handle",
            spanish="usuario",
            is_required=True,
            length=SHORT,
            help_en="What the person signs in with; one row for each role.",
            help_es="Con lo que ingresa la persona; una fila por cada rol.",
        ),
        Column(
            name="display_name",
            spanish="nombre",
            is_required=True,
            length=120,
            help_en="As printed on papers.",
            help_es="Como se imprime en los documentos.",
        ),
        Column(
            name="role",
            spanish="rol",
            kind=CellKind.WORD,
            is_required=True,
            words=words.ROLE,
            help_en="What the person does in the programme.",
            help_es="Lo que hace la persona en el programa.",
        ),
    ),
)


def _register(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    command = RegisterActor(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        handle=values.need_text("handle"),
        display_name=values.need_text("display_name"),
        roles=tuple(entry.values.need_word("role", Role) for entry in group.rows),
    )
    register_actor(intake.work, command)
    return {}


def _propose(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    terms = preset(values.need_word("profile", Profile), values.need_text("currency"))
    for entry in group.of("policy_currencies"):
        terms = also_in(terms, entry.values.need_text("also_currency"), times=entry.values.whole("times"))
    command = ProposePolicy(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        terms=terms,
        effective_from=values.day("effective_from"),
    )
    return {(group.root.part, group.root.key): propose_policy(intake.work, command).number}


TEAM: Final = Kind(
    name="team",
    title_en="People of the team and their roles",
    title_es="Equipo del programa y sus roles",
    parts=(TEAM_PART,),
    is_whole=False,
    carry_out=_register,
)
POLICY: Final = Kind(
    name="policy",
    title_en="Policy of the programme from a profile, proposed and still to be approved",
    title_es="Política del programa a partir de un perfil, propuesta y por aprobar",
    parts=(
        Part(
            name="policy",
            spanish="politica",
            key=("currency",),
            group=("currency",),
            columns=(
                Column(
                    name="profile",
                    spanish="perfil",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.PROFILE,
                    help_en="How many hands and papers are asked for.",
                    help_es="Cuántas manos y papeles se piden.",
                ),
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    is_required=True,
                    help_en="Of its thresholds.",
                    help_es="De sus umbrales.",
                ),
                Column(
                    name="effective_from",
                    spanish="vigente_desde",
                    kind=CellKind.DATE,
                    help_en="Today where empty.",
                    help_es="Hoy si está vacío.",
                ),
            ),
        ),
        Part(
            name="policy_currencies",
            spanish="monedas",
            key=("currency", "also_currency"),
            group=("currency",),
            is_required=False,
            columns=(
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    is_required=True,
                    help_en="Of the policy.",
                    help_es="De la política.",
                ),
                Column(
                    name="also_currency",
                    spanish="otra_moneda",
                    kind=CellKind.CURRENCY,
                    is_required=True,
                    help_en="A further currency that money is kept or paid in.",
                    help_es="Otra moneda en que se guarda o se paga.",
                ),
                Column(
                    name="times",
                    spanish="veces",
                    kind=CellKind.WHOLE,
                    is_required=True,
                    help_en="How many of it a unit of the policy's currency stands for, in round figures.",
                    help_es="Cuántas de esta equivalen a una de la política, en cifras redondas.",
                ),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_propose,
)
KINDS: Final = (TEAM, POLICY)
