"""Balances read in the field and brought home as a sheet; what is irregular is taken in and flagged."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.rules import SHORT, CellKind, Column, Part
from seedfund.savings.rules.words import Source
from seedfund.savings.service import RecordBalance, record_balance


def _record(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    command = RecordBalance(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        link=intake.called(entry, "link", kind="savings_links", part="savings_links"),
        observed_on=values.need_day("observed_on"),
        balance=values.need_money("balance"),
        deposited=values.money("deposited"),
        withdrawn=values.money("withdrawn"),
        source=values.need_word("source", Source),
        observer=values.text("observer") or None,
    )
    return {(entry.part, entry.key): record_balance(intake.work, command).observation}


SAVINGS_BALANCES: Final = Kind(
    name="savings_balances",
    title_en="Balances of savings accounts as they were read",
    title_es="Saldos de cuentas de ahorro tal como se leyeron",
    parts=(
        Part(
            name="savings_balances",
            spanish="saldos_de_ahorro",
            key=("reading",),
            group=("reading",),
            columns=(
                Column(
                    name="reading",
                    spanish="lectura",
                    is_required=True,
                    length=SHORT,
                    is_own=True,
                    help_en="Your own key of the reading.",
                    help_es="Su propia clave de la lectura.",
                ),
                Column(
                    name="link",
                    spanish="vinculacion",
                    is_required=True,
                    length=SHORT,
                    help_en="Key or number of the account with us, such as SL-2026-0001.",
                    help_es="Clave o número de la vinculación, como SL-2026-0001.",
                ),
                Column(
                    name="observed_on",
                    spanish="observado_el",
                    kind=CellKind.DATE,
                    is_required=True,
                    help_en="The day.",
                    help_es="El día.",
                ),
                Column(
                    name="balance",
                    spanish="saldo",
                    kind=CellKind.AMOUNT,
                    is_required=True,
                    help_en="What was in the account.",
                    help_es="Lo que había en la cuenta.",
                ),
                Column(
                    name="deposited",
                    spanish="depositado",
                    kind=CellKind.AMOUNT,
                    help_en="Since the reading before, where the passbook tells it.",
                    help_es="Desde la lectura anterior, si la libreta lo dice.",
                ),
                Column(
                    name="withdrawn",
                    spanish="retirado",
                    kind=CellKind.AMOUNT,
                    help_en="Since the reading before, where the passbook tells it.",
                    help_es="Desde la lectura anterior, si la libreta lo dice.",
                ),
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    help_en="Of the amounts.",
                    help_es="De los montos.",
                ),
                Column(
                    name="source",
                    spanish="fuente",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.SAVINGS_SOURCE,
                    help_en="Where it was read.",
                    help_es="Dónde se leyó.",
                ),
                Column(
                    name="observer",
                    spanish="quien_observo",
                    length=SHORT,
                    help_en="Who read it, by handle; whoever imports where it is empty.",
                    help_es="Quien lo leyó, por usuario; quien importa si está vacío.",
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_record,
)
