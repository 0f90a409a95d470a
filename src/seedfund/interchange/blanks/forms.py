"""A blank form of a kind for telephones (XLSForm), and the mapping with which its answers are read back.

Further parts are repeats. What a submission is called by itself is not asked: its key, and that of what a repeat
belongs to, come with the export (`reader.surveys`). What a repeat shares with its form beside keys is carried along by
a calculation.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.rules.blanks import (
    KIND_WORDS,
    LANGUAGES,
    YES_NO,
    header_of,
    help_of,
    label,
    sheet_name,
)
from seedfund.interchange.rules.columns import CellKind, Column, Part
from seedfund.interchange.rules.surveys import KEY, PARENT, ROOT
from seedfund.kernel.errors import MissingExtra

_TITLES: Final = {"en": "English (en)", "es": "Español (es)"}
_SURVEY: Final = (
    *("type", "name"),
    *(f"label::{_TITLES[language]}" for language in LANGUAGES),
    *(f"hint::{_TITLES[language]}" for language in LANGUAGES),
    *("required", "constraint"),
    *(f"constraint_message::{_TITLES[language]}" for language in LANGUAGES),
    *("appearance", "calculation"),
)
_CHOICES: Final = ("list_name", "name", *(f"label::{_TITLES[language]}" for language in LANGUAGES))
_SETTINGS: Final = ("form_title", "form_id", "version", "default_language")
_FIXED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (the file format keeps no zone; a fixed value keeps bytes alike)
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_TYPES: Final[Mapping[CellKind, str]] = {
    CellKind.AMOUNT: "decimal",
    CellKind.SIGNED: "decimal",
    CellKind.QUANTITY: "decimal",
    CellKind.PERCENT: "decimal",
    CellKind.WHOLE: "integer",
    CellKind.DATE: "date",
}
_CONSTRAINTS: Final[Mapping[CellKind, str]] = {
    CellKind.AMOUNT: ". >= 0",
    CellKind.QUANTITY: ". >= 0",
    CellKind.PERCENT: ". >= 0",
    CellKind.WHOLE: ". >= 0",
    CellKind.COUNTRY: "regex(., '^[A-Z]{2}$')",
    CellKind.CURRENCY: "regex(., '^[A-Z]{3}$')",
    CellKind.MONTH: "regex(., '^[0-9]{4}-(0[1-9]|1[0-2])$')",
}
_YES_NO_LIST: Final = "yes_no"
_PROTECTED: Final = {
    "en": "Protected: ask it where nobody else hears or reads it.",
    "es": "Dato protegido: pregúntelo donde nadie más oiga ni lea.",
}
_LENGTH: Final = {"en": "At most {most} characters.", "es": "Hasta {most} caracteres."}
_Row = dict[str, str]


def blank_form(kind: Kind) -> bytes:
    """The form as a workbook with the sheets `survey`, `choices` and `settings`, in English and Spanish.

    Raises:
        MissingExtra: the package that writes workbooks is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra(extra="xlsx", what="A spreadsheet") from None
    survey, choices = list(_survey(kind)), list(_choices(kind))
    version = hashlib.sha256(repr((survey, choices)).encode()).hexdigest()[:8]
    settings = {
        "form_title": f"{kind.title_es} · {kind.title_en}",
        "form_id": f"seedfund_{kind.name}",
        "version": str(int(version, 16)),
        "default_language": _TITLES["es"],
    }
    out = BytesIO()
    with Workbook(out, dict(_OPTIONS)) as book:
        book.set_properties({"created": _FIXED, "title": kind.name})
        for title, head, rows in (
            ("survey", _SURVEY, survey),
            ("choices", _CHOICES, choices),
            ("settings", _SETTINGS, [settings]),
        ):
            _write(book, title, head, rows)
    return out.getvalue()


def mapping_of_form(kind: Kind, *, survey: str) -> dict[str, Any]:
    """The mapping that reads an export of the form; `survey` names the server and the form it was put on."""
    first = kind.parts[0]
    told = {part.name: {"columns": _columns(kind, part)} for part in kind.parts}
    for part in kind.parts:
        if part is not first:
            told[part.name]["sheet"] = part.name  # type: ignore[assignment] # a text beside a mapping
    return {"survey": survey, "parts": told}


def keys_of_survey(kind: Kind) -> dict[str, dict[str, str]]:
    """Of each part the columns that an export fills by itself: `@key`, `@parent`, `@root` to our columns."""
    return {
        part.name: {
            title: name for title, name in _columns(kind, part).items() if title in (KEY, PARENT, ROOT)
        }
        for part in kind.parts
    }


def _columns(kind: Kind, part: Part) -> dict[str, str]:
    """Titles of the export → columns, for one part."""
    return {_title(kind, part, column): column.name for column in part.columns}


def _title(kind: Kind, part: Part, column: Column) -> str:
    """What a column is called in the export: its own name, a key that comes by itself, or what was carried along."""
    if _is_key(part, column):
        return KEY
    first = kind.parts[0]
    if part is first:
        return column.name
    within = _within(kind, part)
    if within is not first and _is_key(within, column):
        return PARENT
    if _is_key(first, column):
        return PARENT if within is first else ROOT
    return _carried(part, column) if _is_shared(kind, part, column) else column.name


def _is_key(part: Part, column: Column) -> bool:
    return column.is_own and part.key == (column.name,)


def _within(kind: Kind, part: Part) -> Part:
    """The part inside whose rows this one is asked."""
    return kind.part(part.within) or kind.parts[0]


def _is_shared(kind: Kind, part: Part, column: Column) -> bool:
    """Whether the first part has asked it already."""
    return part is not kind.parts[0] and column.name in part.group and column.name in kind.parts[0].by_name


def _carried(part: Part, column: Column) -> str:
    return f"{part.name}_{column.name}"


def _survey(kind: Kind) -> Iterator[_Row]:
    first = kind.parts[0]
    yield from _questions(kind, first)
    for part in kind.parts[1:]:
        if _within(kind, part) is first:
            yield from _repeat(kind, part)


def _repeat(kind: Kind, part: Part) -> Iterator[_Row]:
    yield {"type": "begin_repeat", "name": part.name, **_labels(sheet_name, part)}
    yield from _questions(kind, part)
    for other in kind.parts[1:]:
        if other is not part and _within(kind, other) is part:
            yield from _repeat(kind, other)
    yield {"type": "end_repeat", "name": part.name}


def _labels(named: Any, what: Any) -> _Row:
    return {f"label::{_TITLES[language]}": label(named(what, language), language) for language in LANGUAGES}


def _questions(kind: Kind, part: Part) -> Iterator[_Row]:
    for column in part.columns:
        title = _title(kind, part, column)
        if title in (KEY, PARENT, ROOT):
            continue
        if _is_shared(kind, part, column):
            yield {"type": "calculate", "name": title, "calculation": f"${{{column.name}}}"}
        else:
            yield _question(part, column)


def _question(part: Part, column: Column) -> _Row:
    row = {"type": _type(part, column), "name": column.name, **_labels(header_of, column)}
    for language in LANGUAGES:
        protected = f" {_PROTECTED[language]}" if column.is_sealed else ""
        row[f"hint::{_TITLES[language]}"] = f"{help_of(column, language)}{protected}"
    if column.is_required:
        row["required"] = "yes"
    if column.kind is CellKind.PHONE:
        row["appearance"] = "numbers"
    constraint = _CONSTRAINTS.get(column.kind)
    if constraint is None and row["type"] == "text":
        constraint = f"string-length(.) <= {column.length}"
    if constraint is not None:
        row["constraint"] = constraint
        for language in LANGUAGES:
            row[f"constraint_message::{_TITLES[language]}"] = _message(column, language)
    return row


def _message(column: Column, language: str) -> str:
    if column.kind in _CONSTRAINTS:
        what = KIND_WORDS[language][column.kind]
        return f"{what[:1].upper()}{what[1:]}."
    return _LENGTH[language].format(most=column.length)


def _type(part: Part, column: Column) -> str:
    if column.kind is CellKind.YES_NO:
        return f"select_one {_YES_NO_LIST}"
    if column.kind is CellKind.WORD:
        return f"select_one {part.name}_{column.name}"
    return _TYPES.get(column.kind, "text")


def _choices(kind: Kind) -> Iterator[_Row]:
    kinds = {column.kind for part in kind.parts for column in part.columns}
    if CellKind.YES_NO in kinds:
        for place, code in enumerate(YES_NO["en"]):
            yield _choice(_YES_NO_LIST, code, {language: YES_NO[language][place] for language in LANGUAGES})
    for part in kind.parts:
        for column in part.columns:
            if column.kind is CellKind.WORD:
                for word in column.words:
                    labels = {"en": label(word.code, "en"), "es": word.spanish}
                    yield _choice(f"{part.name}_{column.name}", word.code, labels)


def _choice(name: str, code: str, labels: Mapping[str, str]) -> _Row:
    told = {f"label::{_TITLES[language]}": labels[language] for language in LANGUAGES}
    return {"list_name": name, "name": code, **told}


def _write(book: Any, title: str, head: tuple[str, ...], rows: list[_Row]) -> None:
    page = book.add_worksheet(title)
    bold, plain = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    for place, name in enumerate(head):
        page.write_string(0, place, name, bold)
    for line, row in enumerate(rows, start=1):
        for place, name in enumerate(head):
            if row.get(name):
                page.write_string(line, place, row[name], plain)
    page.freeze_panes(1, 0)
    page.set_column(0, len(head) - 1, 24)
