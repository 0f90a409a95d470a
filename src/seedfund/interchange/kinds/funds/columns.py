"""Columns that several files about money share."""

from typing import Final

from seedfund.interchange.rules import SHORT, CellKind, Column

FUND: Final = Column(
    name="fund",
    spanish="fondo",
    is_required=True,
    length=SHORT,
    help_en="Code of the fund.",
    help_es="Código del fondo.",
)
CURRENCY: Final = Column(
    name="currency",
    spanish="moneda",
    kind=CellKind.CURRENCY,
    is_required=True,
    help_en="Three capital letters (ISO 4217).",
    help_es="Tres letras mayúsculas (ISO 4217).",
)


def code(en: str, *, es: str) -> Column:
    """The column of a code that people give."""
    return Column(name="code", spanish="codigo", is_required=True, length=SHORT, help_en=en, help_es=es)


def name(en: str, *, es: str) -> Column:
    """The column of a name as it is printed."""
    return Column(name="name", spanish="nombre", is_required=True, help_en=en, help_es=es)


def amount(en: str, *, es: str, is_required: bool = True) -> Column:
    """The column of an amount."""
    return Column(
        name="amount",
        spanish="monto",
        kind=CellKind.AMOUNT,
        is_required=is_required,
        help_en=en,
        help_es=es,
    )
