"""A report as JSON: the whole of it, keys in English, one row per line. Must not know reports by name.

Money is `{"amount": "1250.50", "currency": "USD"}`, a rate its two counts, a percentage a decimal text, dates
and instants ISO 8601, a figure nobody has `{"not_known": "not collected"}`, no value `null`.
"""

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import SOURCE_LANGUAGE
from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.reports.render.flat import instant_text, plain_text
from seedfund.reports.render.words import Reader, notes_of, percent_text, words_of
from seedfund.reports.value import Cell, Column, Kind, NotKnown, Rate, Report, Section, TotalRow

FORM: Final = 1
"""Number of this form; it rises when a reader would have to change."""


def render_json(report: Report, out: BinaryIO, *, language: str = SOURCE_LANGUAGE) -> None:
    """Write the report as JSON in UTF-8, row by row.

    Titles, labels and notes are in the language; keys and words of the house inside cells stay English.

    Raises:
        InvalidInput: a text holds half a character (a lone surrogate) that no file can hold; there is no
            catalogue of the language.
    """
    for piece in _pieces(report, Reader("plain", words_of(language))):
        try:
            out.write(piece.encode("utf-8"))
        except UnicodeEncodeError:
            raise InvalidInput(
                field="text", problem="it holds half a character", remedy="type the text again"
            ) from None


def _pieces(report: Report, reader: Reader) -> Iterator[str]:
    head = _text(_head(report, reader))
    yield f'{head[:-1]},"sections":['
    for number, section in enumerate(report.sections):
        yield "," if number else ""
        yield from _section(report.columns, section, reader)
    yield f'\n],"totals":{_text(_totals(report.columns, report.totals, reader))}'
    yield f',"notes":{_text([reader.said(note) for note in notes_of(report)])}}}\n'


def _head(report: Report, reader: Reader) -> dict[str, object]:
    standing = report.standing
    return {
        "form": FORM,
        "report": report.name,
        "title": reader.said(report.title),
        "scope": report.scope,
        "funds": list(standing.funds),
        "since": standing.since.isoformat() if standing.since is not None else None,
        "as_of": standing.as_of.isoformat(),
        "known_at": instant_text(standing.known_at),
        "basis": standing.basis,
        "provisional": standing.provisional,
        "heads": [{"book": head.book, "seq": head.seq, "hash": head.hash} for head in standing.heads],
        "columns": [
            {"key": column.key, "title": reader.words(column.title), "kind": column.kind.value}
            for column in report.columns
        ],
    }


def _section(columns: Sequence[Column], section: Section, reader: Reader) -> Iterator[str]:
    title = reader.said(section.title) if section.title else None
    yield f'\n{{"title":{_text(title)},"rows":['
    for number, row in enumerate(section.rows):
        yield f"{',' if number else ''}\n{_text(_row(columns, row))}"
    yield f'\n],"totals":{_text(_totals(columns, section.totals, reader))}}}'


def _totals(columns: Sequence[Column], totals: Sequence[TotalRow], reader: Reader) -> list[dict[str, object]]:
    return [{"label": reader.said(total.label), "cells": _row(columns, total.cells)} for total in totals]


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> dict[str, object]:
    return {column.key: _value(cell, column.kind) for column, cell in zip(columns, row, strict=True)}


def _value(cell: Cell, kind: Kind) -> object:
    match cell:
        case Money():
            return {"amount": format_minor(cell.minor, cell.currency, PLAIN), "currency": cell.currency}
        case NotKnown():
            return {"not_known": cell.reason}
        case Rate():
            return {"numerator": cell.numerator, "denominator": cell.denominator}
        case int() if kind is Kind.PERCENT:
            return percent_text(cell, style=PLAIN).removesuffix(" %")
        case None | int() | str():
            return cell
        case _:
            return plain_text(cell)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
