"""What the bank, the provider or the signed list says of payments; never by who released them."""

from typing import Final

from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.deliveries import ConfirmPayment, PaymentResult, confirm_payment
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.grants.lookup import payment_number
from seedfund.interchange.rules import SHORT, CellKind, Column, Part


def _confirm(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    result = PaymentResult(
        payment=payment_number(intake, entry),
        outcome=values.need_word("outcome", Outcome),
        amount=values.money("amount"),
        rest_stays_open=values.flag("rest_stays_open"),
        value_date=values.day("value_date"),
        reference=values.text("reference"),
        account=values.secret("account"),
        evidence_sha256=values.text("evidence_sha256") or None,
    )
    command = ConfirmPayment(key=intake.key(group), occurred_on=intake.occurred_on, result=result)
    return {(entry.part, entry.key): confirm_payment(intake.work, command).payment}


PAYMENT_RESULTS: Final = Kind(
    name="payment_results",
    title_en="Results of payments: delivered, in part, failed, expired, redeemed",
    title_es="Resultados de los pagos: pagado, en parte, fallido, caducado, retirado",
    parts=(
        Part(
            name="payment_results",
            spanish="resultados_de_pagos",
            key=("result",),
            group=("result",),
            columns=(
                Column(
                    name="result",
                    spanish="resultado",
                    is_required=True,
                    length=SHORT,
                    is_own=True,
                    help_en="Your own key, such as the bank's reference.",
                    help_es="Su propia clave, por ejemplo la referencia del banco.",
                ),
                Column(
                    name="payment",
                    spanish="pago",
                    length=SHORT,
                    help_en="Number of the payment; or grant and tranche.",
                    help_es="Número del pago; o capital y desembolso.",
                ),
                Column(
                    name="grant",
                    spanish="capital",
                    length=SHORT,
                    help_en="Number of the grant, or key of its plan.",
                    help_es="Número del capital, o clave de su plan.",
                ),
                Column(
                    name="tranche",
                    spanish="desembolso",
                    kind=CellKind.WHOLE,
                    help_en="With the grant: which payment on its way is meant.",
                    help_es="Con el capital: cuál de los pagos en camino es.",
                ),
                Column(
                    name="outcome",
                    spanish="estado",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.OUTCOME,
                    help_en="What became of it.",
                    help_es="Qué pasó con él.",
                ),
                Column(
                    name="amount",
                    spanish="monto",
                    kind=CellKind.AMOUNT,
                    help_en="What left our account; all of it where empty.",
                    help_es="Lo que salió de nuestra cuenta; todo si está vacío.",
                ),
                Column(
                    name="currency",
                    spanish="moneda",
                    kind=CellKind.CURRENCY,
                    help_en="Of the amount.",
                    help_es="Del monto.",
                ),
                Column(
                    name="rest_stays_open",
                    spanish="resto_en_camino",
                    kind=CellKind.YES_NO,
                    help_en="The rest is still on its way.",
                    help_es="El resto sigue en camino.",
                ),
                Column(
                    name="value_date",
                    spanish="fecha_valor",
                    kind=CellKind.DATE,
                    help_en="The bank's day.",
                    help_es="La fecha del banco.",
                ),
                Column(
                    name="reference",
                    spanish="referencia",
                    length=80,
                    help_en="Of the bank or provider, with the reason of a failure.",
                    help_es="Del banco o proveedor, con el motivo si falló.",
                ),
                Column(
                    name="account",
                    spanish="cuenta",
                    kind=CellKind.IDENTIFIER,
                    length=SHORT,
                    is_sealed=True,
                    help_en="Where the money went. Sealed.",
                    help_es="A dónde fue el dinero. Dato protegido.",
                ),
                Column(
                    name="evidence_sha256",
                    spanish="sha256_del_respaldo",
                    length=64,
                    help_en="Of the advice or the signed list.",
                    help_es="Del aviso o la lista firmada.",
                ),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_confirm,
)
