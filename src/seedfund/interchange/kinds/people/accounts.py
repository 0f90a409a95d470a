"""Accounts people are to be paid into: proposed by whoever imports them, verified later by another hand."""

from typing import Final

from seedfund.interchange.kinds import words
from seedfund.interchange.kinds.base import Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.people.columns import MEMBER
from seedfund.interchange.rules import SHORT, CellKind, Column, Part
from seedfund.people.rules import PayoutMethod
from seedfund.people.service import ProposePayoutAccount, propose_payout_account


def _account(intake: Intake, group: Group) -> Numbers:
    entry = group.root
    command = ProposePayoutAccount(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        participant=intake.number(entry, "member", kind="households", part="members"),
        method=entry.values.need_word("method", PayoutMethod),
        institution=entry.values.need_text("institution"),
        number=entry.values.need_secret("number"),
        holder=entry.values.secret("holder"),
    )
    return {(entry.part, entry.key): propose_payout_account(intake.work, command).account}


PAYOUT_ACCOUNTS: Final = Kind(
    name="payout_accounts",
    title_en="Accounts people are paid into, proposed and still to be verified",
    title_es="Cuentas de pago de las personas, propuestas y por verificar",
    parts=(
        Part(
            name="payout_accounts",
            spanish="cuentas_de_pago",
            key=("account",),
            group=("account",),
            columns=(
                Column(
                    name="account",
                    spanish="cuenta",
                    is_required=True,
                    length=SHORT,
                    is_own=True,
                    help_en="Your own key of the account.",
                    help_es="Su propia clave de la cuenta.",
                ),
                MEMBER,
                Column(
                    name="method",
                    spanish="medio",
                    kind=CellKind.WORD,
                    is_required=True,
                    words=words.PAYOUT_METHOD,
                    help_en="How it is paid.",
                    help_es="Cómo se paga.",
                ),
                Column(
                    name="institution",
                    spanish="entidad",
                    is_required=True,
                    length=120,
                    help_en="Bank, cooperative or provider.",
                    help_es="Banco, cooperativa o proveedor.",
                ),
                Column(
                    name="number",
                    spanish="numero",
                    kind=CellKind.IDENTIFIER,
                    is_required=True,
                    length=SHORT,
                    is_sealed=True,
                    help_en="Sealed.",
                    help_es="Dato protegido.",
                ),
                Column(
                    name="holder",
                    spanish="titular",
                    is_sealed=True,
                    help_en="Where it is not the person. Sealed.",
                    help_es="Si no es la persona. Dato protegido.",
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_account,
)
