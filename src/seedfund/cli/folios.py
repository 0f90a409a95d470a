"""How a folio leaves the command line: as text, drawn, as JSON, as a PDF or as HTML."""

import io
import sys
from pathlib import Path
from typing import Final

from seedfund.cli.app import Settings
from seedfund.cli.rendering import keep
from seedfund.cli.reporting import form_of, imprint_of
from seedfund.kernel.errors import InvalidInput
from seedfund.reports.folio.drawing import render_folio_pdf
from seedfund.reports.folio.web import render_folio_html
from seedfund.reports.folio.writing import folio_json, write_folio
from seedfund.reports.folios import FolioKind
from seedfund.reports.make import Asked
from seedfund.store.work import Work

FORMS: Final = ("text", "terminal", "json", "pdf", "html")
FILE_WIDTH: Final = 160


def print_folio(
    work: Work, settings: Settings, kind: FolioKind, asked: Asked, *, form: str | None, out: Path | None
) -> None:
    """Make a folio and print it, or write it to a file and say where.

    Raises:
        InvalidInput: a folio has not that form, or the form needs a file and none was named.
        StorageError: the file cannot be written.
    """
    form = form or form_of(out)
    if form not in FORMS:
        raise InvalidInput(
            field="format",
            problem=f"a report of several tables has no form {form}",
            remedy=f"use one of {', '.join(FORMS)}",
        )
    if out is None and form == "pdf":
        raise InvalidInput(
            field="out",
            problem=f"the form {form} does not go on the screen",
            remedy="name a file: --out FILE",
        )
    folio = kind.make(work, asked, settings.language)
    if form in ("pdf", "html"):
        drawn = io.BytesIO()
        render = render_folio_pdf if form == "pdf" else render_folio_html
        render(folio, drawn, language=settings.language, imprint=imprint_of(work))
        keep(drawn.getvalue(), out)
    elif form == "json":
        keep(folio_json(folio, language=settings.language), out)
    elif form == "terminal" and out is None:
        write_folio(folio, sys.stdout, language=settings.language, width=0)
    else:
        written = io.StringIO()
        width = FILE_WIDTH if form == "terminal" else None
        write_folio(folio, written, language=settings.language, width=width)
        keep(written.getvalue().encode("utf-8"), out)
