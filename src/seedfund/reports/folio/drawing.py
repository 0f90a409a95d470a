"""A folio on paper: each part's bars with the table of the same figures under them. Must not know folios by name."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from seedfund.kernel.dates import utc
from seedfund.kernel.errors import refuse
from seedfund.paper.blocks import (
    Align,
    Bar,
    Bars,
    Block,
    Heading,
    Paragraph,
    Span,
    Spans,
    Table,
    Uprights,
)
from seedfund.paper.format import locale_of
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About
from seedfund.paper.text import ScriptTypesetter
from seedfund.reports.folio.value import Chart, Folio, Part, Shape, bars_of
from seedfund.reports.indicators.report import group_word
from seedfund.reports.indicators.rules import NOT_COLLECTED
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.table import for_people
from seedfund.reports.render.words import EMPTY, Reader, notes_of, reader_of, words_of
from seedfund.reports.value import Column, Kind, Report, Row, phrase

MARGIN: Final = 44.0
FIRST_TOP: Final = 76.0
LEAST_SCALE: Final = 0.76
"""A page of one household stays one page while its figures are 6.5 points high."""
_RIGHT: Final = frozenset({Kind.MONEY, Kind.INTEGER, Kind.RATE, Kind.PERCENT})
_FEW_COLUMNS: Final = 3
_FEW_SHARE: Final = 0.62
"""How much of the width a table of few columns takes."""
PROVISIONAL: Final = "Provisional"


def render_folio_pdf(folio: Folio, out: BinaryIO, *, language: str, imprint: Imprint) -> None:
    """Write the folio as a PDF of A4 pages: the same folio and imprint, the same bytes.

    Raises:
        Refused: `character_without_font`, naming the part.
        InvalidInput: there is no catalogue of the language.
    """
    reader = Reader(language, words_of(language), shows_currency=True)
    blocks = list(_blocks(folio, reader))
    frame = _frame(folio, reader, imprint)
    setter = ScriptTypesetter(language)
    refuse(setter.refusals([*_texts(blocks), *(("frame", text) for text in _frame_texts(frame))]))
    about = About(
        title=f"{reader.said(folio.title)} · {folio.standing.as_of.isoformat()}",
        author=imprint.organisation,
        language=str(locale_of(language)).replace("_", "-"),
        day=utc(imprint.produced_at).date(),
        identity=f"{folio.name} {folio.standing} {imprint}",
    )
    out.write(paper(blocks, frame, about, typesetter=setter))


def _frame(folio: Folio, reader: Reader, imprint: Imprint) -> Frame:
    heads = " · ".join(f"{head.book} {head.seq} {head.hash[:16]}" for head in folio.standing.heads)
    made = f"{imprint.produced_by} · {utc(imprint.produced_at).strftime('%Y-%m-%d %H:%M UTC')}"
    title = reader.said(folio.title)
    return Frame(
        letterhead=(imprint.organisation, imprint.programme),
        running=f"{title} · {folio.scope} · {folio.standing.as_of.isoformat()}",
        page_of=reader.words("Page {page} of {pages}"),
        foot=(f"{reader.words('Produced by')}: {made}", *([heads] if heads else [])),
        left=MARGIN,
        first_top=FIRST_TOP,
        least_scale=LEAST_SCALE if folio.is_tight else 1.0,
    )


def _frame_texts(frame: Frame) -> tuple[str, ...]:
    return (*frame.letterhead, frame.running, frame.page_of, *frame.foot)


def _blocks(folio: Folio, reader: Reader) -> Iterator[Block]:
    standing = folio.standing
    yield Heading((Span(reader.said(folio.title)),), 1)
    yield Paragraph((Span(folio.scope, bold=True),))
    day = f"{reader.words('As of')} {standing.as_of.isoformat()}"
    marks = [day, *([reader.words(PROVISIONAL)] if standing.provisional else [])]
    facts = [f"{reader.words(label)}: {reader.cell(cell, Kind.TEXT) or '—'}" for label, cell in folio.facts]
    yield Paragraph((Span(" · ".join([*marks, *facts])),), small=True)
    empty = [part for part in folio.parts if folio.is_tight and is_empty(part)]
    for part in folio.parts:
        if part not in empty:
            yield Heading((Span(titled(part, reader)),), 2)
            yield from _part(part, reader, is_tight=folio.is_tight)
    if empty:
        said = ", ".join(reader.said(part.title) for part in empty)
        yield Paragraph((Span(reader.said(phrase("Nothing is recorded under: {parts}.", parts=said))),))
    shared = [note for part in folio.parts if part.table is not None for note in notes_of(part.table)]
    if folio.is_tight:
        last = " ".join(reader.said(note) for note in dict.fromkeys((*shared, *folio.notes)))
        yield Paragraph((Span(last),), small=True)
        return
    for note in folio.notes:
        yield Paragraph((Span(reader.said(note)),), small=True)


def titled(part: Part, reader: Reader) -> str:
    """The title of a part, with the currency of its amounts where there is one."""
    title = reader.said(part.title)
    currencies = part.table.currencies if part.table is not None else ()
    return f"{title} · {currencies[0]}" if len(currencies) == 1 else title


def is_empty(part: Part) -> bool:
    """Whether a part was read and has no rows."""
    return part.table is not None and not part.table.row_count


def _part(part: Part, reader: Reader, *, is_tight: bool) -> Iterator[Block]:
    if part.table is None:
        yield Paragraph((Span(reader.words(part.problem), italic=True),))
        return
    table = for_people(part.table)
    own = reader_of(table, language=reader.language)
    if not table.row_count:
        yield Paragraph((Span(own.words(EMPTY)),), small=True)
    else:
        if part.chart is not None:
            yield bars_block(part.table, part.chart, own)
        yield _table(table, own, is_tight=is_tight)
    for note in () if is_tight else notes_of(table):
        yield Paragraph((Span(own.said(note)),), small=True)


def bars_block(table: Report, chart: Chart, reader: Reader) -> Bars | Uprights:
    """One series is named by its rows; several are named bar by bar, under the name of the row."""
    kinds = {column.key: column.kind for column in table.columns}
    is_single = len(chart.series) == 1
    bars = []
    for one in bars_of(table, chart):
        row = reader.cell(one.label, Kind.TEXT)
        group = reader.cell(one.group, Kind.TEXT) if chart.group else ("" if is_single else row)
        bars.append(
            Bar(
                group=group,
                label=row if is_single else reader.words(one.series),
                value=reader.cell(one.cell, kinds[chart.series[one.tone]]) or "—",
                share=one.share,
                tone=one.tone if not chart.group else 0,
                is_hollow=group_word(NOT_COLLECTED) in (one.label, one.group),
            )
        )
    return (Uprights if chart.shape is Shape.UPRIGHTS else Bars)(tuple(bars))


def _table(table: Report, reader: Reader, *, is_tight: bool) -> Table:
    rows: list[tuple[Spans, ...]] = []
    for section in table.sections:
        rows += [_cells(table.columns, row, reader) for row in section.rows]
        for total in section.totals:
            rows.append(_total(table.columns, reader.said(total.label), total.cells, reader))
    rows += [_total(table.columns, reader.said(total.label), total.cells, reader) for total in table.totals]
    return Table(
        aligns=tuple(Align.RIGHT if column.kind in _RIGHT else Align.LEFT for column in table.columns),
        header=tuple((Span(reader.words(column.title)),) for column in table.columns),
        rows=tuple(rows),
        share=_FEW_SHARE if len(table.columns) <= _FEW_COLUMNS else 1.0,
        is_tight=is_tight,
    )


def _cells(columns: Sequence[Column], row: Row, reader: Reader, *, bold: bool = False) -> tuple[Spans, ...]:
    return tuple(
        (Span(reader.cell(cell, column.kind), bold=bold),) for cell, column in zip(row, columns, strict=True)
    )


def _total(columns: Sequence[Column], label: str, row: Row, reader: Reader) -> tuple[Spans, ...]:
    """A sum, its label in the first column, which holds words."""
    _, *rest = _cells(columns, row, reader, bold=True)
    return ((Span(label, bold=True),), *rest)


def _texts(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Every text that is drawn, under the title of the part it stands in."""
    place = "title"
    for block in blocks:
        match block:
            case Heading():
                place = "".join(span.text for span in block.spans)
                yield place, place
            case Paragraph():
                yield from ((place, span.text) for span in block.spans)
            case Table():
                rows = (block.header, *block.rows)
                yield from ((place, span.text) for row in rows for cell in row for span in cell)
            case Bars(bars) | Uprights(bars):
                yield from ((place, text) for bar in bars for text in (bar.group, bar.label, bar.value))
            case _:
                raise TypeError(f"a folio has no {type(block).__name__}")
