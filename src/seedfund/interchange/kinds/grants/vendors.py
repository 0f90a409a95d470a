"""Vendors: businesses that are paid for goods of a grant; proposed here, approved by another hand."""

from typing import Final

from seedfund.grants.rules.words import PaymentMethod
from seedfund.grants.service.payees import ProposePayee, propose_payee
from seedfund.interchange.kinds import field_words as words
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers
from seedfund.interchange.kinds.grants.lookup import GRANT, grant_number
from seedfund.interchange.kinds.making import column, own_key
from seedfund.interchange.rules import LINE, CellKind, Part
from seedfund.kernel.errors import Refusal

_COLUMN_OF: Final = {
    "payee_method_not_allowed": "method",
    "payee_supplier_method": "method",
    "payee_needs_document": "document_sha256",
}


def _propose(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    command = ProposePayee(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        grant=grant_number(intake, entry),
        method=values.need_word("method", PaymentMethod),
        supplier=values.need_text("supplier"),
        supplier_tax_id=values.secret("tax_id"),
        document_sha256=values.text("document_sha256") or None,
    )
    done = propose_payee(intake.work, command)
    return {(entry.part, entry.key): f"{done.grant}/{done.payee}"}


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    return group.root, _COLUMN_OF.get(refusal.code)


VENDORS: Final = Kind(
    name="vendors",
    title_en="Vendors that are paid for goods of a grant, proposed and still to be approved",
    title_es="Proveedores a quienes se paga por bienes de un capital, propuestos y por aprobar",
    parts=(
        Part(
            name="vendors",
            spanish="proveedores",
            key=("vendor",),
            group=("vendor",),
            columns=(
                own_key(
                    "vendor",
                    "clave_del_proveedor",
                    told=(
                        "Your own key of the vendor for this grant.",
                        "Su propia clave del proveedor del capital.",
                    ),
                ),
                GRANT,
                column(
                    "supplier",
                    "proveedor",
                    told=("The business, as on its invoices.", "El negocio, como en sus facturas."),
                    is_required=True,
                    length=LINE,
                ),
                column(
                    "tax_id",
                    "ruc_del_proveedor",
                    CellKind.IDENTIFIER,
                    told=("Sealed.", "Dato protegido."),
                    length=30,
                    is_sealed=True,
                ),
                column(
                    "method",
                    "medio_de_pago",
                    CellKind.WORD,
                    words=words.PAYMENT_METHOD,
                    told=("How goods or money reach it.", "Cómo se entrega o se paga."),
                    is_required=True,
                ),
                column(
                    "document_sha256",
                    "sha256_del_documento",
                    told=("Of the paper that names it.", "Del documento que lo nombra."),
                    length=64,
                ),
            ),
        ),
    ),
    is_whole=False,
    carry_out=_propose,
    locate=_locate,
)
