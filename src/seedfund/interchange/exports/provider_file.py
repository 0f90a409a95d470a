"""Payments to the bytes of a provider's file by its layout: the same bytes each time. Must not know the database.

Nothing is cut off, shortened or written with other letters to make it fit: what does not fit is refused by payment and
column. A message of ISO 20022 alone is written in the letters that banks exchange, by a rule. Accounts and documents
stay text; in text that a spreadsheet may open nothing stands that it would run.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from seedfund.interchange.exports.credit_transfer import Order, Transfer, credit_transfer, is_rewritten
from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import MissingExtra, Refusal, refuse
from seedfund.kernel.money import ENGLISH, PLAIN, SPANISH, Money, NumberStyle, format_minor
from seedfund.payouts.rules import (
    Align,
    DayForm,
    FileForm,
    LayoutColumn,
    LayoutField,
    LayoutRecord,
    LayoutTerms,
    NumberForm,
    RecordCell,
    RecordItem,
    RecordPlace,
)
from seedfund.payouts.rules.refusals import DOES_NOT_FIT, RECORD_DOES_NOT_FIT
from seedfund.reports.render.guard import is_risky

_FIXED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (the file format keeps no zone; a fixed value keeps bytes alike)
_END: Final = "\r\n"
_DAYS: Final = {DayForm.YMD: "%Y-%m-%d", DayForm.DMY: "%d/%m/%Y", DayForm.MDY: "%m/%d/%Y"}
_STYLES: Final[Mapping[NumberForm, NumberStyle]] = {
    NumberForm.PLAIN: PLAIN,
    NumberForm.ES: NumberStyle(decimal=SPANISH.decimal, group=""),
    NumberForm.EN: NumberStyle(decimal=ENGLISH.decimal, group=""),
}
"""Amounts are written without marks between thousands: providers' programs read them as they stand."""


@dataclass(frozen=True, kw_only=True)
class PayoutLine:
    """A payment as it goes out: its amount, the day its list was released, and its texts by field."""

    payment: str
    amount: Money
    released_on: date
    texts: Mapping[LayoutField, str]


@dataclass(frozen=True, kw_only=True)
class FileAbout:
    """What a file says of itself: its number, the day its list was released, and of a message two days more.

    `made_on` is the day it was made, `execute_on` the day on which the bank is asked to pay.
    """

    number: str
    day: date
    made_on: date | None = None
    execute_on: date | None = None


def provider_file(terms: LayoutTerms, lines: Sequence[PayoutLine], about: FileAbout) -> bytes:
    """The file of a list.

    Raises:
        Refused: `payout_does_not_fit`, for every payment and column; `payout_letters_unknown`,
            `payout_record_does_not_fit`.
        MissingExtra: it is a workbook, and the package that writes workbooks is not installed.
    """
    if terms.form is FileForm.ISO20022:
        return _message(terms, lines, about)
    cells = [
        [_cell(terms, column, place, one) for column in terms.columns] for place, one in enumerate(lines, 1)
    ]
    records = [(one, _record(terms, one[2], lines, about)) for one in terms.records]
    refuse([*_check(terms, lines, cells), *_check_records(terms, records)])
    if terms.form is FileForm.XLSX:
        return _workbook(terms, lines, cells)
    rows = [[column.title for column in terms.columns], *cells] if terms.has_titles else cells
    if terms.form is FileForm.FIXED:
        written = [
            _fixed(terms.columns, row, is_title=place == 0 and terms.has_titles)
            for place, row in enumerate(rows)
        ]
        around = [_fixed(record.cells, row, is_title=False) for (_, _, record), row in records]
    else:
        written, around = (
            [_delimited(terms, row) for row in some] for some in (rows, [row for _, row in records])
        )
    before = len(terms.lead_in)
    return "".join([*around[:before], *written, *around[before:]]).encode(terms.encoding)


def rewritten(terms: LayoutTerms, lines: Sequence[PayoutLine]) -> tuple[str, ...]:
    """The payments of which a message tells a text in other letters than our books; of other files none."""
    if terms.form is not FileForm.ISO20022:
        return ()
    return tuple(one.payment for one in lines if is_rewritten(_transfer(one), terms.letters))


def _message(terms: LayoutTerms, lines: Sequence[PayoutLine], about: FileAbout) -> bytes:
    if terms.ours is None or about.made_on is None or about.execute_on is None:
        raise AssertionError("a layout of the form has an account of ours, and its file both days")
    order = Order(
        number=about.number,
        made_on=about.made_on,
        execute_on=about.execute_on,
        ours=terms.ours,
        letters=terms.letters,
    )
    return credit_transfer([_transfer(one) for one in lines], order)


def _transfer(line: PayoutLine) -> Transfer:
    return Transfer(payment=line.payment, amount=line.amount, texts=line.texts)


def _delimited(terms: LayoutTerms, row: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=terms.delimiter, lineterminator=_END).writerow(row)
    return out.getvalue()


def _record(
    terms: LayoutTerms, record: LayoutRecord, lines: Sequence[PayoutLine], about: FileAbout
) -> list[str]:
    """The cells of a record; the payments of a list are all in one currency."""
    minor, currency = sum(one.amount.minor for one in lines), lines[0].amount.currency
    texts = {
        RecordItem.COUNT: str(len(lines)),
        RecordItem.FILE: about.number,
        RecordItem.DATE: about.day.strftime(_DAYS[terms.days]),
        RecordItem.ACCOUNT: "" if terms.ours is None else terms.ours.number,
        RecordItem.CURRENCY: currency,
        RecordItem.IGNORED: "",
    }
    return [
        _amount(Money(minor, currency), cell.numbers or terms.numbers)
        if cell.holds is RecordItem.SUM
        else texts.get(cell.holds, cell.text)
        for cell in record.cells
    ]


def _check_records(
    terms: LayoutTerms, records: Sequence[tuple[tuple[RecordPlace, int, LayoutRecord], Sequence[str]]]
) -> list[Refusal]:
    return [
        RECORD_DOES_NOT_FIT(cell=place, record=number, place=where, holds=cell.holds)
        for (where, number, record), row in records
        for place, (cell, text) in enumerate(zip(record.cells, row, strict=True), start=1)
        if not _is_written(terms, text) or (terms.form is FileForm.FIXED and len(text) > cell.width)
    ]


def _amount(amount: Money, numbers: NumberForm) -> str:
    if numbers is NumberForm.MINOR:
        return str(amount.minor)
    return format_minor(amount.minor, amount.currency, _STYLES[numbers])


def _cell(terms: LayoutTerms, column: LayoutColumn, place: int, one: PayoutLine) -> str:
    if column.field is LayoutField.AMOUNT:
        return _amount(one.amount, terms.numbers)
    if column.field is LayoutField.CURRENCY:
        return one.amount.currency
    if column.field is LayoutField.DATE:
        return one.released_on.strftime(_DAYS[terms.days])
    if column.field is LayoutField.POSITION:
        return str(place)
    return column.constant if column.field is LayoutField.CONSTANT else one.texts.get(column.field, "")


def _check(terms: LayoutTerms, lines: Sequence[PayoutLine], cells: Sequence[Sequence[str]]) -> list[Refusal]:
    return [
        DOES_NOT_FIT(field=column.field, payment=one.payment, title=column.title)
        for one, row in zip(lines, cells, strict=True)
        for column, cell in zip(terms.columns, row, strict=True)
        if not _fits(terms, column, cell)
    ]


def _fits(terms: LayoutTerms, column: LayoutColumn, cell: str) -> bool:
    if not _is_written(terms, cell):
        return False
    if terms.form is FileForm.XLSX:
        return True
    if terms.form is FileForm.FIXED:
        return len(cell) <= column.width
    return column.field in (LayoutField.AMOUNT, LayoutField.CONSTANT) or not is_risky(cell)


def _is_written(terms: LayoutTerms, text: str) -> bool:
    """Whether a text can be written in the layout's encoding; a workbook has one for all."""
    try:
        text.encode("utf-8" if terms.form is FileForm.XLSX else terms.encoding)
    except UnicodeEncodeError:
        return False
    return text.isprintable()


def _fixed(columns: Sequence[LayoutColumn | RecordCell], row: Sequence[str], *, is_title: bool) -> str:
    """A line: each cell filled to its width; titles are cut, for their columns are known by place."""
    parts = []
    for column, cell in zip(columns, row, strict=True):
        if is_title:
            parts.append(cell[: column.width].ljust(column.width))
        elif column.align is Align.RIGHT:
            parts.append(cell.rjust(column.width, column.fill))
        else:
            parts.append(cell.ljust(column.width, column.fill))
    return "".join(parts) + _END


def _workbook(terms: LayoutTerms, lines: Sequence[PayoutLine], cells: Sequence[Sequence[str]]) -> bytes:
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra(extra="xlsx", what="A spreadsheet") from None
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, {**options, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _FIXED})
        sheet = book.add_worksheet()
        for place, column in enumerate(terms.columns):
            sheet.write_string(0, place, column.title)
        for number, (one, row) in enumerate(zip(lines, cells, strict=True), start=1):
            for place, (column, cell) in enumerate(zip(terms.columns, row, strict=True)):
                _write(book, sheet, (number, place), _value(terms, column, cell, one))
    return out.getvalue()


def _value(terms: LayoutTerms, column: LayoutColumn, cell: str, one: PayoutLine) -> str | Decimal:
    """Amounts are numbers, all else is text: an account that became a number has lost its zeros."""
    if column.field is not LayoutField.AMOUNT or terms.numbers is NumberForm.MINOR:
        return cell
    return Decimal(one.amount.minor).scaleb(-exponent(one.amount.currency))


def _write(book: Any, sheet: Any, place: tuple[int, int], value: str | Decimal) -> None:
    if isinstance(value, Decimal):
        pattern = "0" if value.as_tuple().exponent == 0 else "0." + "0" * -int(value.as_tuple().exponent)
        sheet.write_number(*place, value, book.add_format({"num_format": pattern}))
    else:
        sheet.write_string(
            *place, value, book.add_format({"num_format": "@", "quote_prefix": is_risky(value)})
        )
