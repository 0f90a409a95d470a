"""A blank workbook of a kind: a sheet a part with names, formats and rules of its cells, a sheet of help, one of lists.

No macro, no formula, no hidden sheet; the same bytes each time. Identifiers are text before anybody types one, so that
no zero in front is lost; what a closed list does not hold cannot be chosen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.rules.blanks import (
    HELP_SHEET,
    KIND_WORDS,
    LISTS_SHEET,
    YES_NO,
    example_of,
    header_of,
    help_of,
    sheet_name,
    words_of_column,
)
from seedfund.interchange.rules.columns import CellKind, Column, Part
from seedfund.kernel.errors import MissingExtra

ROWS: Final = 20_000
"""How far down the rules of cells reach."""
_FIXED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (the file format keeps no zone; a fixed value keeps bytes alike)
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FIRST_DAY: Final = date(1900, 3, 1)
_TITLE_MAX, _MESSAGE_MAX = 32, 255
"""What a spreadsheet shows beside a cell, in characters."""
_FORMATS: Final[Mapping[str, Mapping[CellKind, str]]] = {
    language: {
        CellKind.AMOUNT: "#,##0.00#",
        CellKind.QUANTITY: "0.###",
        CellKind.PERCENT: "0.00%",
        CellKind.WHOLE: "0",
        CellKind.DATE: day,
    }
    for language, day in (("en", "yyyy-mm-dd"), ("es", "dd/mm/yyyy"))
}
_REQUIRED: Final = {"en": "required", "es": "obligatorio"}
_HELP_HEAD: Final = {
    "en": ("sheet", "column", "required", "what it holds", "what to write", "words", "example"),
    "es": ("hoja", "columna", "obligatorio", "qué contiene", "qué escribir", "palabras", "ejemplo"),
}
_NOT_OF_LIST: Final = {"en": "Choose a word of the list.", "es": "Elija una palabra de la lista."}
_NOT_SO: Final = {"en": "Here stands: {what}.", "es": "Aquí va: {what}."}
_TOLD: Final = {
    "en": (
        "Write from the second row on; leave the names of the columns as they are. Coloured names are required.",
        "Keep this file as XLSX and read it in with: seedfund import FILE.xlsx --kind {kind} --dry-run",
        "The file is taken whole or not at all.",
        "Sound rows are taken; the others are named with what is to be corrected.",
        "Cells marked as protected are sealed under the person they name; send this file only by a safe way.",
    ),
    "es": (
        "Escriba desde la segunda fila; deje los nombres de las columnas como están. Los de color son obligatorios.",
        "Guarde este archivo como XLSX y tráigalo con: seedfund import ARCHIVO.xlsx --kind {kind} --dry-run",
        "El archivo se toma entero o no se toma.",
        "Se toman las filas correctas; de las otras se dice qué corregir.",
        "Los datos protegidos se sellan bajo la persona que nombran; envíe este archivo solo por un medio seguro.",
    ),
}
_SEALED: Final = {"en": "Protected.", "es": "Dato protegido."}


def blank_workbook(kind: Kind, *, language: str) -> bytes:
    """A workbook to fill in and read back; `language` is `en` or `es`.

    Raises:
        MissingExtra: the package that writes workbooks is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra(extra="xlsx", what="A spreadsheet") from None
    out = BytesIO()
    with Workbook(out, dict(_OPTIONS)) as book:
        book.set_properties(
            {"created": _FIXED, "title": kind.title_es if language == "es" else kind.title_en}
        )
        pen = _Pen(book, language)
        pages = [(part, book.add_worksheet(sheet_name(part, language)[:31])) for part in kind.parts]
        help_page = book.add_worksheet(HELP_SHEET[language])
        places = _write_lists(pen, kind)
        for part, page in pages:
            _write_part(pen, part, page, places)
        _write_help(pen, kind, help_page)
    return out.getvalue()


@dataclass
class _Pen:
    """The workbook, the language, and the formats that were made so far."""

    book: Any
    language: str

    def __post_init__(self) -> None:
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **how: Any) -> Any:
        """A format, made once."""
        key = tuple(sorted(how.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(how)
        return self._made[key]

    def cell(self, kind: CellKind) -> Any:
        """The format of the cells of a kind: text unless a spreadsheet can hold the value exactly."""
        return self.format(num_format=_FORMATS[self.language].get(kind, "@"))


def _lists(kind: Kind, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in kind.parts:
        for column in part.columns:
            if column.kind is CellKind.WORD:
                yield header_of(column, language), words_of_column(column, language)


def _write_lists(pen: _Pen, kind: Kind) -> Mapping[tuple[str, ...], str]:
    """A column of the last sheet for each closed list; where each stands, as a rule of cells names it."""
    lists = list(_lists(kind, pen.language))
    if not lists:
        return {}
    page = pen.book.add_worksheet(LISTS_SHEET[pen.language])
    places: dict[tuple[str, ...], str] = {}
    for title, words in lists:
        if words in places:
            continue
        place = len(places)
        page.write_string(0, place, title, pen.format(bold=True, bottom=1))
        for line, word in enumerate(words, start=1):
            page.write_string(line, place, word, pen.format(num_format="@"))
        letters = _letters(place)
        places[words] = f"='{LISTS_SHEET[pen.language]}'!${letters}$2:${letters}${len(words) + 1}"
    page.set_column(0, len(places) - 1, 28)
    page.freeze_panes(1, 0)
    return places


def _letters(place: int) -> str:
    """The letters of a column, from zero."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _write_part(pen: _Pen, part: Part, page: Any, places: Mapping[tuple[str, ...], str]) -> None:
    for place, column in enumerate(part.columns):
        colour = {"bg_color": "#FCE8B2"} if column.is_required else {}
        head = pen.format(bold=True, bottom=1, text_wrap=True, valign="top", num_format="@", **colour)
        title = header_of(column, pen.language)
        page.write_string(0, place, title, head)
        page.set_column(place, place, max(14, min(len(title) + 4, 30)), pen.cell(column.kind))
        page.data_validation(1, place, ROWS, place, _rule(pen, column, places))
    page.freeze_panes(1, 0)


_MOST: Final = 10**15
"""More than any amount; a spreadsheet asks for both ends."""


def _rule(pen: _Pen, column: Column, places: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    """What a cell of the column may hold, and what is shown beside it."""
    language = pen.language
    what = KIND_WORDS[language][column.kind]
    is_list = column.kind in (CellKind.WORD, CellKind.YES_NO)
    wrong = _NOT_OF_LIST[language] if is_list else _NOT_SO[language].format(what=what)
    told = f"{what.capitalize()}. {help_of(column, language)}"
    if column.is_required:
        told = f"{_REQUIRED[language].capitalize()}. {told}"
    return {
        **_limits(column, places, language),
        "input_title": header_of(column, language)[:_TITLE_MAX],
        "input_message": told[:_MESSAGE_MAX],
        "error_title": header_of(column, language)[:_TITLE_MAX],
        "error_message": wrong[:_MESSAGE_MAX],
    }


def _limits(column: Column, places: Mapping[tuple[str, ...], str], language: str) -> dict[str, Any]:
    kind = column.kind
    if kind is CellKind.WORD:
        return {"validate": "list", "source": places[words_of_column(column, language)]}
    if kind is CellKind.YES_NO:
        return {"validate": "list", "source": list(YES_NO[language])}
    if kind in (CellKind.AMOUNT, CellKind.QUANTITY, CellKind.PERCENT):
        return {"validate": "decimal", "criteria": ">=", "value": 0}
    if kind is CellKind.SIGNED:
        return {"validate": "decimal", "criteria": "between", "minimum": -_MOST, "maximum": _MOST}
    if kind is CellKind.WHOLE:
        return {"validate": "integer", "criteria": ">=", "value": 0}
    if kind is CellKind.DATE:
        return {"validate": "date", "criteria": ">=", "value": _FIRST_DAY}
    exact = {CellKind.COUNTRY: 2, CellKind.CURRENCY: 3, CellKind.MONTH: 7}.get(kind)
    if exact is not None:
        return {"validate": "length", "criteria": "==", "value": exact}
    return {"validate": "length", "criteria": "<=", "value": column.length}


def _write_help(pen: _Pen, kind: Kind, page: Any) -> None:
    language = pen.language
    plain = pen.format(num_format="@", text_wrap=True, valign="top")
    first, second, whole, sound, protected = _TOLD[language]
    has_sealed = any(column.is_sealed for part in kind.parts for column in part.columns)
    lines = [
        kind.title_es if language == "es" else kind.title_en,
        first,
        second.format(kind=kind.name),
        whole if kind.is_whole else sound,
        *([protected] if has_sealed else []),
    ]
    for number, line in enumerate(lines):
        page.write_string(number, 0, line, pen.format(bold=number == 0, num_format="@"))
    head = len(lines) + 1
    for place, title in enumerate(_HELP_HEAD[language]):
        page.write_string(head, place, title, pen.format(bold=True, bottom=1, num_format="@"))
    number = head
    for part in kind.parts:
        for column in part.columns:
            number += 1
            for place, text in enumerate(_help_row(part, column, language)):
                page.write_string(number, place, text, plain)
    for place, width in enumerate((22, 26, 12, 28, 48, 60, 30)):
        page.set_column(place, place, width)


def _help_row(part: Part, column: Column, language: str) -> tuple[str, ...]:
    """What the sheet of help says of a column."""
    sealed = f" {_SEALED[language]}" if column.is_sealed else ""
    told = help_of(column, language)
    return (
        sheet_name(part, language),
        header_of(column, language),
        _REQUIRED[language] if column.is_required else "",
        KIND_WORDS[language][column.kind],
        told if told.endswith(sealed.strip()) else f"{told}{sealed}",
        ", ".join(words_of_column(column, language)),
        example_of(part, column, language),
    )
