"""A folio as one HTML file: each part's bars as a picture, with the table of the same figures under it.

Must not know folios by name. Bars are those that are drawn on paper, put into words once.
"""

from collections.abc import Iterator
from typing import BinaryIO

from seedfund.kernel.dates import utc
from seedfund.reports.folio.drawing import PROVISIONAL, bars_block, is_empty, titled
from seedfund.reports.folio.value import Folio, Part
from seedfund.reports.render.html import facts, header
from seedfund.reports.render.html.page import Page, page, text
from seedfund.reports.render.html.svg import drawing
from seedfund.reports.render.html.tables import table
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.table import for_people
from seedfund.reports.render.words import EMPTY, Reader, notes_of, reader_of, words_of
from seedfund.reports.value import Kind, Phrase, phrase


def render_folio_html(folio: Folio, out: BinaryIO, *, language: str, imprint: Imprint) -> None:
    """Write the folio as HTML in UTF-8: the same folio and imprint, the same bytes.

    Raises:
        InvalidInput: there is no catalogue of the language.
    """
    reader = Reader(language, words_of(language), shows_currency=True)
    heads = tuple(f"{head.book} {head.seq} {head.hash}" for head in folio.standing.heads)
    made = f"{imprint.produced_by} · {utc(imprint.produced_at).strftime('%Y-%m-%d %H:%M UTC')}"
    about = Page(
        language,
        f"{reader.said(folio.title)} · {folio.standing.as_of.isoformat()}",
        foot=(f"{reader.words('Produced by')}: {made}", *heads),
    )
    for piece in page(about, _body(folio, reader, imprint)):
        out.write(piece.encode("utf-8"))


def _body(folio: Folio, reader: Reader, imprint: Imprint) -> Iterator[str]:
    mark = reader.words(PROVISIONAL).upper() if folio.standing.provisional else ""
    yield header(imprint.organisation, reader.said(folio.title), folio.scope, mark=mark)
    yield facts(
        [
            (reader.words("Programme"), imprint.programme),
            (reader.words("As of"), folio.standing.as_of.isoformat()),
            *((reader.words(label), reader.cell(cell, Kind.TEXT) or "—") for label, cell in folio.facts),
        ]
    )
    yield "<main>\n"
    empty = [part for part in folio.parts if folio.is_tight and is_empty(part)]
    for part in folio.parts:
        if part not in empty:
            yield from _part(part, reader)
    if empty:
        parts = ", ".join(reader.said(part.title) for part in empty)
        yield _paragraph(reader, phrase("Nothing is recorded under: {parts}.", parts=parts))
    yield from (_paragraph(reader, note) for note in folio.notes)
    yield "</main>\n"


def _paragraph(reader: Reader, said: Phrase) -> str:
    return f"<p>{text(reader.said(said))}</p>\n"


def _part(part: Part, reader: Reader) -> Iterator[str]:
    title = titled(part, reader)
    place = f"part-{text(part.key)}"
    yield f'<section aria-labelledby="{place}">\n<h2 id="{place}">{text(title)}</h2>\n'
    if part.table is None:
        yield f'<p class="none">{text(reader.words(part.problem))}</p>\n'
    elif not part.table.row_count:
        yield f"<p>{text(reader.words(EMPTY))}</p>\n"
    else:
        shown = for_people(part.table)
        own = reader_of(shown, language=reader.language)
        if part.chart is not None:
            yield f"<figure>\n{drawing(bars_block(part.table, part.chart, own), title=title)}</figure>\n"
        yield from table(shown, own, caption=title)
        yield from (_paragraph(own, note) for note in notes_of(shown))
    yield "</section>\n"
