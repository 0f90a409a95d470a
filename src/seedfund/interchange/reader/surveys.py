"""Exports of Kobo and ODK to tables that stand by themselves: rows under their own key, repeats under their parent's.

An export is cumulative: a submission's `_id` (or ODK's `KEY`, or its `rootUuid`) stays, while `_uuid` changes with
each edit and `_index` with each export; so keys come from the first and `_index` only joins the sheets of one file.
Added to each table are `@key`, `@parent` and `@root`, which a mapping may name like any column.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from seedfund.interchange.reader.sheet import Broken, Raw, Table
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import Layout, SurveyForm
from seedfund.interchange.rules.refusals import SURVEY_WITHOUT_KEY
from seedfund.interchange.rules.surveys import KEY, PARENT, ROOT

_OWN: Final = ("_id", "KEY", "rootUuid", "meta/rootUuid", "_rootUuid", "meta-rootUuid")
_CHOSEN: Final = ("1", "1.0", "true", "yes", "si")


class Survey:
    """The sheets of one export, joined: rows of each sheet by their `_index` or `KEY`, once they have been read."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, tuple[str, str]]] = {}
        self._children: dict[str, int] = {}

    def joined(self, title: str, table: Table, layout: Layout) -> Table:
        """The table with its keys; its parents have to be given, and read to their end, before."""
        rows = iter(table.rows)
        try:
            first = next(rows, None)
        except Broken as error:
            return Table((), (*table.refusals, (error.row, error.refusal)), table.flags)
        if first is None:
            return Table((), table.refusals, table.flags)
        header = [*first.cells]
        if KEY in header:  # handed back by us, joined already
            return Table(_coded(first, rows, layout), table.refusals, table.flags)
        is_repeat = "_parent_index" in header or "PARENT_KEY" in header
        if not is_repeat and not any(name in header for name in _OWN):
            return Table(refusals=((None, SURVEY_WITHOUT_KEY()),), flags=table.flags)
        titles = Raw(first.number, [*header, KEY, PARENT, ROOT], first.marks)
        keyed = self._keyed(rows, header, title, layout=None if is_repeat else layout)
        return Table(_coded(titles, keyed, layout), table.refusals, table.flags)

    def _keyed(
        self, rows: Iterable[Raw], header: Sequence[str], title: str, *, layout: Layout | None
    ) -> Iterator[Raw]:
        """The rows with their keys: their own by the layout, or without one those of a repeat."""
        known = self._keys.setdefault(fold(title), {})
        columns = {name: place for place, name in reversed(list(enumerate(header)))}
        for raw in rows:
            if len(raw.cells) != len(header):
                yield raw
                continue
            own, parent, root = (
                self._placed(raw, columns, title) if layout is None else _own(raw, columns, layout)
            )
            index = _cell(raw, columns, "_index") or _cell(raw, columns, "KEY")
            if index:
                known[index] = (own, root)
            yield Raw(raw.number, [*raw.cells, own, parent, root], raw.marks)

    def _placed(self, raw: Raw, columns: Mapping[str, int], title: str) -> tuple[str, str, str]:
        """A repeat's key: its parent's, and which of its children it is, in the order they were asked."""
        table = fold(_cell(raw, columns, "_parent_table_name"))
        wanted = _cell(raw, columns, "_parent_index") or _cell(raw, columns, "PARENT_KEY")
        tables = [self._keys[table]] if table in self._keys else list(self._keys.values())
        parent, root = next((known[wanted] for known in tables if wanted in known), ("", ""))
        if not parent:  # named so that the row is refused for what it is: one that belongs to nothing
            return f"?/{raw.number}", "?", "?"
        place = f"{title}\x1f{parent}"
        self._children[place] = self._children.get(place, 0) + 1
        return f"{parent}/{self._children[place]}", parent, root


def _own(raw: Raw, columns: Mapping[str, int], layout: Layout) -> tuple[str, str, str]:
    found = next((cell for name in _OWN if (cell := _cell(raw, columns, name))), "")
    if not found:
        return "", "", ""
    form = hashlib.sha256(layout.survey.encode("utf-8")).hexdigest()[:8]
    key = f"{form}:{found.removeprefix('uuid:')}"
    return key, "", key


def _cell(raw: Raw, columns: Mapping[str, int], name: str) -> str:
    place = columns.get(name)
    return "" if place is None else raw.cells[place]


def _coded(first: Raw, rows: Iterable[Raw], layout: Layout) -> Iterator[Raw]:
    """Labels to names and codes, and the columns of a question with several answers to one cell of codes."""
    form = layout.form
    header = [_named(title, form) for title in first.cells]
    answers = _several(header, {fold(title) for title in layout.columns})
    yield Raw(first.number, [*header, *answers], first.marks)
    for raw in rows:
        if len(raw.cells) != len(header):
            yield raw
            continue
        cells = [_code(title, cell, form) for title, cell in zip(header, raw.cells, strict=True)]
        more = [_chosen(cells, places) for places in answers.values()]
        yield Raw(raw.number, [*cells, *more], raw.marks)


def _named(title: str, form: SurveyForm | None) -> str:
    """The name of a question behind its label; of a choice's own column, question and code."""
    if form is None:
        return title
    question, mark, choice = title.rpartition("/")
    name = form.questions.get(fold(question), question)
    if mark and name in form.several:
        return f"{name}/{form.choices.get(name, {}).get(fold(choice), choice)}"
    return form.questions.get(fold(title), title)


def _code(title: str, cell: str, form: SurveyForm | None) -> str:
    name = title.rpartition("/")[2]
    codes = {} if form is None else form.choices.get(title) or form.choices.get(name) or {}
    return codes.get(fold(cell), cell) if cell else cell


def _several(header: Sequence[str], asked: Container[str]) -> dict[str, list[tuple[int, str]]]:
    """Questions asked for that stand as one column a choice and have none of their own: places and codes of each."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, title in enumerate(header):
        question, mark, choice = title.rpartition("/")
        if mark and question not in header and fold(question) in asked:
            found.setdefault(question, []).append((place, choice))
    return found


def _chosen(cells: Sequence[str], places: Iterable[tuple[int, str]]) -> str:
    return " ".join(code for place, code in places if fold(cells[place]) in _CHOSEN)
