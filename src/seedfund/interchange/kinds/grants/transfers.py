"""Transfers that somebody else pays to households: facts outside our books."""

from typing import Final

from seedfund.grants.service.external_transfers import RecordExternalTransfer, record_external_transfer
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.rules import SHORT, CellKind, Column, Part


def _record(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    command = RecordExternalTransfer(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        household=intake.number(entry, "household", kind="households", part="households"),
        payer=values.need_text("payer"),
        benefit=values.need_text("benefit"),
        purpose=values.need_text("purpose"),
        amount=values.need_money("amount"),
        from_day=values.need_day("from_day"),
        source=values.need_text("source"),
        until_day=values.day("until_day"),
        months=values.whole("months", 1),
    )
    return {(entry.part, entry.key): record_external_transfer(intake.work, command).number}


EXTERNAL_TRANSFERS: Final = Kind(
    name="external_transfers",
    title_en="Transfers that somebody else pays to households",
    title_es="Transferencias que otra entidad paga a los hogares",
    parts=(
        Part(
            name="external_transfers",
            spanish="transferencias_de_otros",
            key=("transfer",),
            group=("transfer",),
            columns=(
                Column(
                    name="transfer",
                    spanish="transferencia",
                    is_required=True,
                    length=SHORT,
                    is_own=True,
                    help_en="Your own key of the transfer.",
                    help_es="Su propia clave de la transferencia.",
                ),
                Column(
                    name="household",
                    spanish="hogar",
                    is_required=True,
                    length=SHORT,
                    help_en="Key or number of the household.",
                    help_es="Clave o número del hogar.",
                ),
                Column(
                    name="payer",
                    spanish="pagador",
                    is_required=True,
                    length=120,
                    help_en="Who pays, such as MIES.",
                    help_es="Quien paga, por ejemplo el MIES.",
                ),
                Column(
                    name="benefit",
                    spanish="beneficio",
                    is_required=True,
                    length=SHORT,
                    help_en="What the payer calls it.",
                    help_es="Como lo llama quien paga.",
                ),
                Column(
                    name="purpose",
                    spanish="finalidad",
                    is_required=True,
                    length=SHORT,
                    help_en="Support of one purpose is not given twice.",
                    help_es="El apoyo de una finalidad no se da dos veces.",
                ),
                Column(
                    name="amount",
                    spanish="monto",
                    kind=CellKind.AMOUNT,
                    is_required=True,
                    help_en="Of one payment; 0 where nobody told us.",
                    help_es="De un pago; 0 si no se conoce.",
                ),
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    help_en="Of the amount.",
                    help_es="Del monto.",
                ),
                Column(
                    name="from_day",
                    spanish="desde",
                    kind=CellKind.DATE,
                    is_required=True,
                    help_en="First day.",
                    help_es="Primer día.",
                ),
                Column(
                    name="until_day",
                    spanish="hasta",
                    kind=CellKind.DATE,
                    help_en="The first day without it; empty while it goes on.",
                    help_es="El primer día sin ella; vacío mientras sigue.",
                ),
                Column(
                    name="months",
                    spanish="cada_meses",
                    kind=CellKind.WHOLE,
                    help_en="1 for every month, 0 for once.",
                    help_es="1 si es mensual, 0 si es una vez.",
                ),
                Column(
                    name="source",
                    spanish="fuente",
                    is_required=True,
                    help_en="Where we know it from; never a person's name.",
                    help_es="De dónde lo sabemos; nunca el nombre de una persona.",
                ),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_record,
)
