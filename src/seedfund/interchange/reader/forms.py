"""An XLSForm to the names and codes behind its labels, so that an export with labels is read like one with codes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from seedfund.interchange.reader.files import is_workbook, unreadable
from seedfund.interchange.reader.packages import Unsafe
from seedfund.interchange.reader.workbooks import Book
from seedfund.interchange.rules.cells import CellStyle
from seedfund.interchange.rules.refusals import FILE_UNKNOWN_FORMAT
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import PLAIN

_STYLE: Final = CellStyle(numbers=PLAIN)
_SELECTS: Final = ("select_one", "select_multiple")


def form_of(content: bytes) -> dict[str, Any]:
    """The form as a mapping carries it under `form`: `questions`, `choices`, `several`.

    Raises:
        InvalidInput: the workbook is no XLSForm, or a label stands for two names.
        MissingExtra: the package that reads workbooks is not installed.
    """
    refusal = unreadable(content) or (None if is_workbook(content) else FILE_UNKNOWN_FORMAT())
    try:
        if refusal is not None:
            raise Unsafe(refusal)
        book = Book(content)
        survey, choices = (list(_rows(book, title)) for title in ("survey", "choices"))
    except Unsafe:
        raise InvalidInput(
            field="form",
            problem="the file is no XLSForm that can be read",
            remedy="download the form as XLSForm again and give that file",
        ) from None
    return _form(survey, choices)


def _rows(book: Book, title: str) -> Iterator[Mapping[str, str]]:
    table = book.table(title, _STYLE)
    if table.refusals:
        raise Unsafe(table.refusals[0][1])
    rows = iter(table.rows)
    first = next(rows, None)
    names = [] if first is None else list(first.cells)
    for raw in rows:
        yield {name: cell for name, cell in zip(names, raw.cells, strict=False) if name and cell}


def _labels(row: Mapping[str, str]) -> Iterator[str]:
    """The label in every language: `label`, `label::Español (es)`."""
    return (cell for name, cell in row.items() if name == "label" or name.startswith("label:"))


def _form(survey: list[Mapping[str, str]], choices: list[Mapping[str, str]]) -> dict[str, Any]:
    lists: dict[str, dict[str, str]] = {}
    for row in choices:
        codes = lists.setdefault(row.get("list_name", row.get("list name", "")), {})
        for label in _labels(row):
            _put(codes, label, row.get("name", ""))
    questions: dict[str, str] = {}
    by_question: dict[str, dict[str, str]] = {}
    several: list[str] = []
    for row in survey:
        kind, _, named = row.get("type", "").partition(" ")
        name = row.get("name", "")
        if not name or kind in ("begin", "end", "begin_group", "begin_repeat", "note"):
            continue
        for label in _labels(row):
            _put(questions, label, name)
        if kind in _SELECTS:
            by_question[name] = lists.get(named.split(" ")[0], {})
        if kind == "select_multiple":
            several.append(name)
    return {"questions": questions, "choices": by_question, "several": several}


def _put(found: dict[str, str], label: str, name: str) -> None:
    if found.setdefault(label, name) != name:
        raise InvalidInput(
            field="form",
            problem="a label of the form stands for two names",
            remedy="export the answers with their codes and names instead of labels",
        )
