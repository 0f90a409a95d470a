"""A report on paper: no object per row, the same bytes each time. Must not know reports by name.

The page, the size of type and the widths are chosen before anything is drawn, and so is the refusal of a
character that no font has. Text of people is drawn as it is; nothing in it can become markup, a link or an
image.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from seedfund.kernel.dates import utc
from seedfund.paper.pdf import About, PdfFile
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.pdf.front import front_texts
from seedfund.reports.render.pdf.grid import fit
from seedfund.reports.render.pdf.heard import HEARD_ROWS_MOST, Heard
from seedfund.reports.render.pdf.ink import Ink, require_letters
from seedfund.reports.render.pdf.pages import Pages
from seedfund.reports.render.table import for_people
from seedfund.reports.render.words import reader_of
from seedfund.reports.value import Kind, Phrase, Report, Row

_CHECKED_AT_ONCE: Final = 200


def render_pdf(report: Report, out: BinaryIO, *, language: str, imprint: Imprint) -> None:
    """Write the report as a PDF of A4 pages (A3 when nothing else holds its columns).

    Up to `HEARD_ROWS_MOST` rows it is tagged for who hears it; a longer one says its title and language alone.

    Raises:
        Refused: with `character_without_font`, naming row, column and character but not the text.
        InvalidInput: the columns fit no paper; there is no catalogue of the language.
    """
    report = for_people(report)
    reader = reader_of(report, language=language)
    require_letters([*front_texts(report, imprint), *_texts(report)])
    measure = PdfFile(width=1, height=1)
    grid = fit(report, reader, ink_at=lambda size: Ink(measure, size=size))
    file = PdfFile(width=grid.page[0], height=grid.page[1])
    is_heard = report.row_count <= HEARD_ROWS_MOST
    heard = Heard(language=language, columns=len(report.columns)) if is_heard else None
    Pages(report, imprint=imprint, reader=reader, grid=grid, file=file, heard=heard).fill()
    about = About(
        title=f"{reader.said(report.title)} · {report.standing.as_of.isoformat()}",
        author=imprint.organisation,
        language=language,
        day=utc(imprint.produced_at).date(),
        identity=f"{report.name} {report.standing} {imprint}",
    )
    file.write(about, out, heard.root if heard is not None else None)


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    """Every text of the rows with the place it stands in, for the refusal of a character that cannot be drawn."""
    written = [
        (index, column.key)
        for index, column in enumerate(report.columns)
        if column.kind in (Kind.TEXT, Kind.CODE, Kind.HASH)
    ]
    number = 0
    for section in report.sections:
        for start in range(0, len(section.rows), _CHECKED_AT_ONCE):
            some = section.rows[start : start + _CHECKED_AT_ONCE]
            for place, row in enumerate(some) if _is_odd(some, [index for index, _ in written]) else ():
                for index, key in written:
                    cell = row[index]
                    if isinstance(cell, str) and not (cell.isascii() and cell.isprintable()):
                        yield f"row {number + start + place + 1}, {key}", cell
        number += len(section.rows)
    for label, facts in _facts(report):
        yield from ((label, fact) for fact in facts)


def _is_odd(rows: Sequence[Row], indexes: Sequence[int]) -> bool:
    """Whether a text among these cells holds more than plain letters, figures and marks."""
    together = "".join([cell for index in indexes for row in rows if isinstance(cell := row[index], str)])
    return not (together.isascii() and together.isprintable())


def _facts(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Texts inside titles, labels and notes."""
    phrases: list[Phrase] = [report.title, *report.notes, *(total.label for total in report.totals)]
    for section in report.sections:
        phrases.extend([section.title] if section.title else [])
        phrases.extend(total.label for total in section.totals)
    for said in phrases:
        yield "label", [fact for _, fact in said.facts if isinstance(fact, str)]
