"""A provider's layout as this floor reads files: a part with its columns, how the text is written, words. Pure.

A cell of fixed width that is filled with zeros counts without them where it holds an amount, and nowhere else: the
zeros in front of an account are part of it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from seedfund.interchange.rules.cells import CellStyle, DateOrder
from seedfund.interchange.rules.columns import SHORT, CellKind, Column, Part
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import Layout
from seedfund.kernel.money import STYLES
from seedfund.payouts.rules import Align, FileForm, LayoutField, LayoutTerms, NumberForm, Told
from seedfund.payouts.rules.iso20022 import FIELDS, STATUSES

KIND: Final = "provider_results"
_AMOUNTS: Final = (LayoutField.AMOUNT, LayoutField.FEE)
_KINDS: Final[Mapping[LayoutField, CellKind]] = MappingProxyType(
    {
        LayoutField.PAYMENT: CellKind.IDENTIFIER,
        LayoutField.AMOUNT: CellKind.AMOUNT,
        LayoutField.CURRENCY: CellKind.CURRENCY,
        LayoutField.STATUS: CellKind.TEXT,
        LayoutField.FEE: CellKind.AMOUNT,
        LayoutField.REFERENCE: CellKind.TEXT,
        LayoutField.DATE: CellKind.DATE,
        LayoutField.ACCOUNT: CellKind.IDENTIFIER,
    }
)
_SPANISH: Final[Mapping[LayoutField, str]] = MappingProxyType(
    {
        LayoutField.PAYMENT: "pago",
        LayoutField.AMOUNT: "monto",
        LayoutField.CURRENCY: "moneda",
        LayoutField.STATUS: "estado",
        LayoutField.FEE: "comision",
        LayoutField.REFERENCE: "referencia",
        LayoutField.DATE: "fecha",
        LayoutField.ACCOUNT: "cuenta",
    }
)
_REFERENCE_MAX: Final = 80


def part_of(terms: LayoutTerms) -> Part:
    """The columns of a provider's file that are read."""
    is_minor = terms.numbers is NumberForm.MINOR
    columns = tuple(
        Column(
            name=field.value,
            spanish=_SPANISH[field],
            kind=CellKind.WHOLE if is_minor and field in _AMOUNTS else kind,
            is_required=field is LayoutField.PAYMENT,
            length=_REFERENCE_MAX if kind is CellKind.TEXT else SHORT,
        )
        for field, kind in _KINDS.items()
        if terms.has(field)
    )
    key = (LayoutField.PAYMENT.value,)
    return Part(name=KIND, columns=columns, key=key, group=key)


def titles_in(terms: LayoutTerms) -> tuple[str, ...]:
    """A name for every column of a file in its order: its title, or its place where it has none."""
    if terms.has_titles and terms.form is not FileForm.FIXED:
        return tuple(column.title for column in terms.columns)
    return tuple(f"c{place}" for place in range(1, len(terms.columns) + 1))


def layout_of(terms: LayoutTerms) -> Layout:
    """How the text of a provider's file is written."""
    if terms.form is FileForm.ISO20022:
        return Layout(columns={field.value: field.value for field in FIELDS[terms.direction]})
    named = list(zip(titles_in(terms), terms.columns, strict=True))
    is_fixed = terms.form is FileForm.FIXED
    return Layout(
        delimiter=terms.delimiter if terms.form is FileForm.CSV else None,
        encoding=None if terms.form is FileForm.XLSX else terms.encoding,
        widths=tuple(column.width for column in terms.columns) if is_fixed else (),
        columns={
            title: column.field.value for title, column in named if column.field is not LayoutField.IGNORED
        },
        left_out=frozenset(title for title, column in named if column.field is LayoutField.IGNORED),
    )


def style_of(terms: LayoutTerms, currency: str) -> CellStyle:
    """How amounts and days are written, in a currency."""
    style = STYLES[terms.numbers.value if terms.numbers is not NumberForm.MINOR else "plain"]
    return CellStyle(numbers=style, dates=DateOrder(terms.days.value), currency=currency)


def unfilled(terms: LayoutTerms, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells with what fills amounts taken away, so that `0000030000` is read as it is meant."""
    filled = {
        column.field.value
        for column in terms.columns
        if column.field in _AMOUNTS and column.fill == "0" and column.align is Align.RIGHT
    }
    return {name: _bare(cell) if name in filled else cell for name, cell in cells.items()}


def _bare(cell: str) -> str:
    bare = cell.lstrip("0")
    return bare if bare[:1].isdigit() else f"0{bare}" if cell else ""


def words_of_statuses(terms: LayoutTerms) -> dict[str, Told]:
    """What each of the provider's words means, by how words are compared."""
    if terms.form is FileForm.ISO20022:
        return {fold(code): told for code, told in STATUSES.items()}
    return {fold(word.text): word.told for word in terms.statuses}
