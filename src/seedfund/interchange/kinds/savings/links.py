"""Accounts people were invited to open, and those they opened; whoever records an opening does not verify it."""

from typing import Final

from seedfund.interchange.kinds import field_words as words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.making import column, own_key
from seedfund.interchange.rules import SHORT, CellKind, Part
from seedfund.kernel.errors import Refusal
from seedfund.savings.rules.words import AccountKind, Holding
from seedfund.savings.service import InviteToAccount, OpenAccount, invite_to_account, open_account

_COLUMN_OF: Final = {
    "savings_bank_consent_missing": "member",
    "savings_co_holder_missing": "co_holder",
    "savings_co_holder_not_expected": "co_holder",
    "savings_co_holder_is_holder": "co_holder",
    "savings_link_twice": "member",
    "savings_account_number_missing": "number",
    "savings_step_before_last": "opened_on",
    "person_erased": "member",
}


def _link(intake: Intake, group: Group) -> Numbers:
    """The invitation on its day, then the opening where its day is told."""
    entry, values = group.root, group.root.values
    co_holder = None
    if values.has("co_holder"):
        co_holder = intake.number(entry, "co_holder", kind="households", part="members")
    invited = invite_to_account(
        intake.work,
        InviteToAccount(
            key=intake.key(group),
            occurred_on=values.day("invited_on") or intake.occurred_on,
            participant=intake.number(entry, "member", kind="households", part="members"),
            kind=values.need_word("kind", AccountKind),
            institution=values.need_text("institution"),
            currency=values.need_text("currency"),
            holding=values.word("holding", Holding) or Holding.OWN,
            co_holder=co_holder,
            product=values.text("product"),
        ),
    )
    opened_on = values.day("opened_on")
    if opened_on is not None:
        opening = OpenAccount(
            key=intake.key(group, "opened"),
            occurred_on=opened_on,
            link=invited.link,
            opened_on=opened_on,
            number=values.secret("number"),
        )
        open_account(intake.work, opening)
    return {(entry.part, entry.key): invited.link}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    return group.root, _COLUMN_OF.get(refusal.code)


SAVINGS_LINKS: Final = Kind(
    name="savings_links",
    title_en="Accounts people were invited to open, and those they opened, still to be verified",
    title_es="Cuentas que se invitó a abrir y las que se abrieron, por verificar",
    parts=(
        Part(
            name="savings_links",
            spanish="vinculaciones",
            key=("link",),
            group=("link",),
            columns=(
                own_key(
                    "link",
                    "vinculacion",
                    told=("Your own key of the account.", "Su propia clave de la vinculación."),
                ),
                column(
                    "member",
                    "miembro",
                    told=("Key or number of the person.", "Clave o número de la persona."),
                    is_required=True,
                ),
                column(
                    "kind",
                    "tipo",
                    CellKind.WORD,
                    words=words.ACCOUNT_KIND,
                    told=("What kind of account.", "Qué tipo de cuenta."),
                    is_required=True,
                ),
                column(
                    "institution",
                    "entidad",
                    told=("Bank, cooperative, provider or group.", "Banco, cooperativa, proveedor o grupo."),
                    is_required=True,
                    length=120,
                ),
                column(
                    "currency",
                    "moneda",
                    CellKind.CURRENCY,
                    told=("Of the account.", "De la cuenta."),
                    is_required=True,
                ),
                column(
                    "holding",
                    "titularidad",
                    CellKind.WORD,
                    words=words.HOLDING,
                    told=("The person's own where empty.", "Propia si está vacío."),
                ),
                column(
                    "co_holder",
                    "cotitular",
                    told=(
                        "Key or number of the other holder, or of who manages a child's.",
                        "Clave o número de la otra persona titular, o de quien maneja la de menor de edad.",
                    ),
                ),
                column(
                    "product",
                    "producto",
                    told=("Its name at the institution.", "Su nombre en la entidad."),
                    can_wait=True,
                ),
                column(
                    "invited_on",
                    "invitada_el",
                    CellKind.DATE,
                    told=("The day; today where empty.", "El día; hoy si está vacío."),
                ),
                column(
                    "opened_on",
                    "abierta_el",
                    CellKind.DATE,
                    told=(
                        "The day it was opened; empty while it is not.",
                        "El día de apertura; vacío si aún no.",
                    ),
                ),
                column(
                    "number",
                    "numero",
                    CellKind.IDENTIFIER,
                    told=("Of the account. Sealed.", "De la cuenta. Dato protegido."),
                    length=SHORT,
                    is_sealed=True,
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_link,
    locate=_locate,
)
