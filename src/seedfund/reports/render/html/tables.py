"""A report's table in HTML: headings that name their columns and rows, figures a script can read as well.

Must not know reports by name. Every column stands by itself. The cell a reader sees is the one paper prints, and beside
it stands the plain value: amounts with their currency, days and instants in ISO 8601, hashes whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.reports.render.flat import instant_text
from seedfund.reports.render.html.page import text
from seedfund.reports.render.words import EMPTY, Reader
from seedfund.reports.value import Cell, Column, Kind, NotKnown, Report, Row, TotalRow

_RIGHT: Final = frozenset({Kind.MONEY, Kind.INTEGER, Kind.RATE, Kind.PERCENT})
_WHOLE: Final = frozenset({Kind.DATE, Kind.INSTANT, Kind.CODE})
_NAMING: Final = frozenset({Kind.TEXT, Kind.CODE, Kind.DATE})


def table(report: Report, reader: Reader, *, caption: str) -> Iterator[str]:
    """The whole table, a piece for each row; long ones are never held at once."""
    names = text(caption)
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{names}">\n<table>\n'
    yield f'<caption class="hidden">{names}</caption>\n<thead>\n<tr>'
    for column in report.columns:
        yield f'<th scope="col"{_class(column)}>{text(reader.words(column.title))}</th>'
    yield "</tr>\n</thead>\n"
    for section in report.sections:
        yield "<tbody>\n"
        if section.title:
            title = text(reader.said(section.title))
            yield f'<tr><th scope="rowgroup" colspan="{len(report.columns)}">{title}</th></tr>\n'
        if not section.rows:
            empty = text(reader.words(EMPTY))
            yield f'<tr><td class="none" colspan="{len(report.columns)}">{empty}</td></tr>\n'
        for row in section.rows:
            yield _row(report.columns, row, reader)
        yield "".join(_total(report.columns, total, reader) for total in section.totals)
        yield "</tbody>\n"
    if report.totals:
        yield "<tbody>\n"
        yield "".join(_total(report.columns, total, reader) for total in report.totals)
        yield "</tbody>\n"
    yield "</table>\n</div>\n"


def _row(columns: Sequence[Column], row: Row, reader: Reader) -> str:
    cells = []
    for index, (cell, column) in enumerate(zip(row, columns, strict=True)):
        is_name = index == 0 and column.kind in _NAMING and cell not in (None, "")
        cells.append(_cell(cell, column, reader, tag='th scope="row"' if is_name else "td"))
    return f"<tr>{''.join(cells)}</tr>\n"


def _total(columns: Sequence[Column], total: TotalRow, reader: Reader) -> str:
    """The label over the columns before the first that holds something; on a line of its own where there are none."""
    label = text(reader.said(total.label))
    free = next((at for at, cell in enumerate(total.cells) if cell not in (None, "")), len(columns))
    if free == 0:
        cells = "".join(
            _cell(cell, column, reader, tag="td") for cell, column in zip(total.cells, columns, strict=True)
        )
        head = f'<tr class="sum"><th scope="row" colspan="{len(columns)}">{label}</th></tr>\n'
        return f'{head}<tr class="sum">{cells}</tr>\n'
    rest = zip(total.cells[free:], columns[free:], strict=True)
    cells = "".join(_cell(cell, column, reader, tag="td") for cell, column in rest)
    return f'<tr class="sum"><th scope="row" colspan="{free}">{label}</th>{cells}</tr>\n'


def _class(column: Column, *, is_unknown: bool = False) -> str:
    names = ["n" if column.kind in _RIGHT else "d" if column.kind in _WHOLE else "t"]
    names += ["none"] if is_unknown else []
    return f' class="{" ".join(names)}"'


def _cell(cell: Cell, column: Column, reader: Reader, *, tag: str) -> str:
    name = tag.partition(" ")[0]
    classes = _class(column, is_unknown=isinstance(cell, NotKnown))
    return f"<{tag}{classes}>{_written(cell, column.kind, reader)}</{name}>"


def _written(cell: Cell, kind: Kind, reader: Reader) -> str:
    shown = text(reader.cell(cell, kind))
    match cell:
        case Money():
            plain = f"{format_minor(cell.minor, cell.currency, PLAIN)} {cell.currency}"
            return f'<data value="{plain}">{shown}</data>'
        case datetime():
            return f'<time datetime="{instant_text(cell)}">{shown}</time>'
        case date():
            return f'<time datetime="{cell.isoformat()}">{shown}</time>'
        case str() if kind is Kind.HASH:
            return f'<code title="{text(cell)}">{shown}</code>'
        case _:
            return shown
