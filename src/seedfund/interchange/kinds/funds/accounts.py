"""The organisation's own accounts, and the instalments that donors sent to them."""

from typing import Final

from seedfund.funds.rules.words import BankAccountKind
from seedfund.funds.service import open_bank_account, record_instalment
from seedfund.funds.service.instalments import RecordInstalment
from seedfund.funds.service.opening import OpenBankAccount
from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.funds.columns import CURRENCY, FUND, amount, code, name
from seedfund.interchange.rules import SHORT, CellKind, Column, Part


def _account(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    command = OpenBankAccount(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        code=values.need_text("code"),
        name=values.need_text("name"),
        kind=values.need_word("kind", BankAccountKind),
        currency=values.need_text("currency"),
    )
    open_bank_account(intake.work, command)
    return {}


def _instalment(intake: Intake, group: Group) -> Numbers:
    values = group.root.values
    command = RecordInstalment(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        fund=values.need_text("fund"),
        bank_account=values.need_text("bank_account"),
        amount=values.need_money("amount"),
        received_on=values.day("received_on"),
        number=values.whole("number"),
        evidence_sha256=values.text("evidence_sha256") or None,
    )
    done = record_instalment(intake.work, command)
    return {(group.root.part, group.root.key): done.entry}


BANK_ACCOUNTS: Final = Kind(
    name="bank_accounts",
    title_en="Accounts and cash boxes of the organisation",
    title_es="Cuentas y cajas de la organización",
    parts=(
        Part(
            name="bank_accounts",
            spanish="cuentas",
            key=("code",),
            group=("code",),
            columns=(
                code("Code of the account.", es="Código de la cuenta."),
                name("As people call it.", es="Como la llama la gente."),
                Column(
                    name="kind",
                    spanish="tipo",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.BANK_ACCOUNT_KIND,
                    help_en="Where the money lies.",
                    help_es="Dónde está el dinero.",
                ),
                CURRENCY,
            ),
        ),
    ),
    is_whole=True,
    carry_out=_account,
)
INSTALMENTS: Final = Kind(
    name="instalments",
    title_en="Instalments received from donors",
    title_es="Entregas recibidas de los donantes",
    parts=(
        Part(
            name="instalments",
            spanish="entregas",
            key=("fund", "number"),
            group=("fund", "number"),
            columns=(
                FUND,
                Column(
                    name="number",
                    spanish="numero",
                    kind=CellKind.WHOLE,
                    is_required=True,
                    help_en="Number of the instalment in its fund.",
                    help_es="Número de la entrega en su fondo.",
                ),
                Column(
                    name="bank_account",
                    spanish="cuenta",
                    is_required=True,
                    length=SHORT,
                    help_en="Code of the account it came to.",
                    help_es="Código de la cuenta a la que llegó.",
                ),
                amount("Gross, without the bank's charge.", es="Bruto, sin descontar gastos bancarios."),
                CURRENCY,
                Column(
                    name="received_on",
                    spanish="recibida_el",
                    kind=CellKind.DATE,
                    help_en="As the bank shows it.",
                    help_es="Como lo muestra el banco.",
                ),
                Column(
                    name="evidence_sha256",
                    spanish="sha256_del_respaldo",
                    length=64,
                    help_en="Of the bank's advice.",
                    help_es="Del aviso del banco.",
                ),
            ),
        ),
    ),
    is_whole=True,
    carry_out=_instalment,
)
