"""A report as one HTML file that everybody can open, and everybody can read: no network, no script.

Must not know reports by name. The figures are those of paper: the same reader writes them.

`page` what stands around it · `tables` rows and columns · `svg` bars
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from seedfund.kernel.dates import utc
from seedfund.reports.render.html.page import Page, page, text
from seedfund.reports.render.html.tables import table
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.table import for_people
from seedfund.reports.render.words import Reader, notes_of, provisional_mark, reader_of, standing_lines
from seedfund.reports.value import Report

WIDE: Final = 14
"""How many columns a sheet of A4 holds when somebody prints the page."""


def render_html(report: Report, out: BinaryIO, *, language: str, imprint: Imprint) -> None:
    """Write the report as HTML in UTF-8: the same report and imprint, the same bytes.

    Raises:
        InvalidInput: there is no catalogue of the language.
    """
    report = for_people(report)
    reader = reader_of(report, language=language)
    title = f"{reader.said(report.title)} · {report.standing.as_of.isoformat()}"
    about = Page(language, title, is_wide=len(report.columns) > WIDE)
    for piece in page(about, _body(report, reader, imprint)):
        out.write(piece.encode("utf-8"))


def _body(report: Report, reader: Reader, imprint: Imprint) -> Iterator[str]:
    pairs = [
        (reader.words("Programme"), imprint.programme),
        *standing_lines(report, reader),
        (reader.words("Produced by"), imprint.produced_by),
        (reader.words("Produced at"), utc(imprint.produced_at).strftime("%Y-%m-%d %H:%M UTC")),
    ]
    title = reader.said(report.title)
    mark = provisional_mark(report, reader)
    yield header(imprint.organisation, title, report.scope, mark=mark)
    yield facts(pairs)
    code = reader.words("Control code")
    for head in report.standing.heads:
        yield (
            f'<p class="soft">{text(code)}: {text(head.book)} · {head.seq} · <code>{text(head.hash)}</code></p>\n'
        )
    yield "<main>\n"
    yield from table(report, reader, caption=f"{title} · {report.scope}" if report.scope else title)
    yield from (f"<p>{text(reader.said(note))}</p>\n" for note in notes_of(report))
    yield "</main>\n"


def header(organisation: str, title: str, scope: str, *, mark: str = "") -> str:
    """The head of a page: who reports, what, about whom; a mark where figures can still change."""
    marked = f'<p class="mark">{text(mark)}</p>\n' if mark else ""
    scoped = f"<p>{text(scope)}</p>\n" if scope else ""
    return f'<header>\n{marked}<p class="org">{text(organisation)}</p>\n<h1>{text(title)}</h1>\n{scoped}</header>\n'


def facts(pairs: list[tuple[str, str]]) -> str:
    """What a report holds for, label by label."""
    items = "".join(f"<div><dt>{text(label)}</dt><dd>{text(said)}</dd></div>\n" for label, said in pairs)
    return f"<dl>\n{items}</dl>\n"
