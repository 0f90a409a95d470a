"""Tables: how wide each column becomes, and the slices of header and rows. Must not know pages or PDF."""

from collections.abc import Sequence
from typing import Final

from seedfund.paper.blocks import Align, Spans, Table
from seedfund.paper.marks import RuleMark, Slice, TextMark
from seedfund.paper.styles import (
    CELL,
    CELL_HEADER,
    CELL_PADDING,
    GUTTER,
    HAIR,
    TABLE_BEFORE,
    TIGHT_BEFORE,
    TIGHT_PADDING,
    TextStyle,
)
from seedfund.paper.tagging import Part, document, row_parts
from seedfund.paper.typeset import Line, Typesetter

_LONG_ROW: Final = 12
"""A row of more lines than this may be parted by a page break."""
_SHORT_TABLE: Final = 8
"""A table of no more rows than this stays on one page."""
_GREY: Final = 0.75
_HALVINGS: Final = 24


def column_widths(table: Table, typesetter: Typesetter, *, width: float) -> tuple[float, ...]:
    """Widths that fill `width` points with a gutter between columns.

    Each column gets its widest word. Where not all get what they would like on one line, short columns do and
    long ones share the rest; what is still left goes to the columns of text, by their width.
    """
    wishes, needs = [], []
    for index in range(len(table.header)):
        said = table.language
        cells = [
            typesetter.width(row[index], size=CELL.size, language=said)
            for row in table.rows
            if index < len(row)
        ]
        cells.append(typesetter.width(_bold(table.header[index]), size=CELL_HEADER.size, language=said))
        wishes.append(max(whole for whole, _ in cells) + 0.1)
        needs.append(max(widest for _, widest in cells) + 0.1)
    room = width - GUTTER * (len(needs) - 1)
    if sum(needs) > room:
        return tuple(room * need / sum(needs) for need in needs)
    if sum(wishes) > room:
        level = _level(room, wishes=wishes, needs=needs)
        return tuple(max(need, min(wish, level)) for wish, need in zip(wishes, needs, strict=True))
    texts = [wish if align is Align.LEFT else 0.0 for wish, align in zip(wishes, table.aligns, strict=True)]
    growing = texts if any(texts) else wishes
    spare = room - sum(wishes)
    return tuple(wish + spare * part / sum(growing) for wish, part in zip(wishes, growing, strict=True))


def _level(room: float, *, wishes: Sequence[float], needs: Sequence[float]) -> float:
    """The width above which no column goes, so that together they fill the room; halved down to a hair."""
    low, high = 0.0, max(wishes)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        filled = sum(max(need, min(wish, middle)) for wish, need in zip(wishes, needs, strict=True))
        low, high = (middle, high) if filled <= room else (low, middle)
    return low


def table_slices(
    table: Table, typesetter: Typesetter, *, width: float, under: Part | None = None
) -> list[Slice]:
    """The header, kept with the first row and repeated on each page, then the rows with a hair rule under each."""
    width *= table.share
    widths = column_widths(table, typesetter, width=width)
    columns = _Columns(table, widths, typesetter)
    part = (document() if under is None else under).add("Table", language=table.language)
    header: list[Slice] = []
    is_headed = any(span.text for cell in table.header for span in cell)
    if is_headed:
        cells = [_bold(cell) for cell in table.header]
        parts = row_parts(part.add("THead"), cells, heads="Column")
        header = columns.row(cells, CELL_HEADER, parts, rule=RuleMark(0, 0, width, 0.8, 0))
        header = [one._replace(keep=True) for one in header]
    result = list(header)
    body, rule = part.add("TBody"), RuleMark(0, 0, width, HAIR, _GREY)
    for row in table.rows:
        padded = [*row, *[()] * (len(table.header) - len(row))]
        parts = row_parts(body, padded, heads="" if is_headed else "Row")
        result += columns.row(padded, CELL, parts, rule=rule, repeats=tuple(header))
    before = TIGHT_BEFORE if table.is_tight else TABLE_BEFORE
    result[:1] = [one._replace(before=before) for one in result[:1]]
    if len(table.rows) <= _SHORT_TABLE:
        result[:-1] = [one._replace(keep=True) for one in result[:-1]]
    return result


def _bold(spans: Spans) -> Spans:
    return tuple([span.in_bold for span in spans])


class _Columns:
    def __init__(self, table: Table, widths: Sequence[float], typesetter: Typesetter):
        self._aligns, self._widths, self._typesetter = table.aligns, widths, typesetter
        self._padding = TIGHT_PADDING if table.is_tight else CELL_PADDING
        self._language = table.language

    def row(
        self,
        cells: Sequence[Spans],
        style: TextStyle,
        parts: Sequence[Part],
        *,
        rule: RuleMark,
        repeats: tuple[Slice, ...] = (),
    ) -> list[Slice]:
        """One slice, its cells one after the other as a reader copies them; a very tall row one for each line."""
        set_cells = self._set(cells, style)
        style = style.stretched(max((line.tall for lines in set_cells for line in lines), default=1.0))
        tallest = max(map(len, set_cells))
        is_whole = tallest <= _LONG_ROW
        lines = self._placed(set_cells, style, parts, is_whole=is_whole)
        if is_whole:
            height = tallest * style.leading + 2 * self._padding
            marks = [mark for column in lines for mark in column]
            return [Slice(height, (*marks, rule._replace(y=height)), repeats=repeats)]
        result = [
            Slice(
                style.leading,
                tuple(column[index] for column in lines if index < len(column)),
                repeats=repeats,
            )
            for index in range(tallest)
        ]
        return [*result, Slice(self._padding, (rule._replace(y=self._padding),), repeats=repeats)]

    def _set(self, cells: Sequence[Spans], style: TextStyle) -> list[tuple[Line, ...]]:
        """The lines of each cell."""
        return [
            self._typesetter.lines(spans, size=style.size, width=width, language=self._language)
            for spans, width in zip(cells, self._widths, strict=True)
        ]

    def _placed(
        self,
        cells: Sequence[Sequence[Line]],
        style: TextStyle,
        parts: Sequence[Part],
        *,
        is_whole: bool,
    ) -> list[list[TextMark]]:
        """The lines of each cell, one below the other in a row that stays whole."""
        result = []
        left = 0.0
        is_rtl = self._typesetter.is_rtl(self._language)
        first = style.baseline + (self._padding if is_whole else 0.0)
        step = style.leading if is_whole else 0.0
        for lines, align, width, part in zip(cells, self._aligns, self._widths, parts, strict=True):
            shift = align.share(is_rtl=is_rtl)
            result.append(
                [
                    TextMark(
                        line,
                        left + shift * (width - line.width),
                        first + index * step,
                        style.size,
                        style.grey,
                        part,
                    )
                    for index, line in enumerate(lines)
                ]
            )
            left += width + GUTTER
        return result
