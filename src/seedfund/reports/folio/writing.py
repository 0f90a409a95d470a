"""A folio as JSON and as text, each part as the report it is. Must not know folios by name."""

import io
import json
from typing import Any, Final, TextIO

from seedfund.kernel.money import Money
from seedfund.reports.folio.value import Folio, Part
from seedfund.reports.render.flat import instant_text, plain_text
from seedfund.reports.render.json import render_json
from seedfund.reports.render.screen import visible
from seedfund.reports.render.terminal import render_terminal
from seedfund.reports.render.text import render_text
from seedfund.reports.render.words import Reader, words_of
from seedfund.reports.value import Cell, Kind, Word

FORM: Final = 1
"""Number of this form; it rises when a reader would have to change."""


def folio_json(folio: Folio, *, language: str) -> bytes:
    """The folio as JSON in UTF-8: every part is a report in its own form, or says why it could not be read.

    Raises:
        InvalidInput: there is no catalogue of the language.
    """
    reader = Reader("plain", words_of(language))
    standing = folio.standing
    plain = {
        "form": FORM,
        "folio": folio.name,
        "title": reader.said(folio.title),
        "scope": folio.scope,
        "as_of": standing.as_of.isoformat(),
        "known_at": instant_text(standing.known_at),
        "provisional": standing.provisional,
        "heads": [{"book": head.book, "seq": head.seq, "hash": head.hash} for head in standing.heads],
        "facts": {label: _value(cell) for label, cell in folio.facts},
        "parts": [_plain(part, reader, language) for part in folio.parts],
        "notes": [reader.said(note) for note in folio.notes],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _plain(part: Part, reader: Reader, language: str) -> dict[str, Any]:
    table = None
    if part.table is not None:
        out = io.BytesIO()
        render_json(part.table, out, language=language)
        table = json.loads(out.getvalue())
    return {
        "part": part.key,
        "title": reader.said(part.title),
        "problem": part.problem or None,
        "table": table,
    }


def _value(cell: Cell) -> object:
    match cell:
        case Word():
            return cell.plain
        case None | int() | str():
            return cell
        case Money():
            return {"minor": cell.minor, "currency": cell.currency}
        case _:
            return plain_text(cell)


def write_folio(folio: Folio, out: TextIO, *, language: str, width: int | None = None) -> None:
    """Write the folio as lines of text, or drawn `width` columns wide (0 for the terminal's own), part by part.

    Raises:
        InvalidInput: there is no catalogue of the language.
        MissingExtra: the package that draws is not installed.
    """
    reader = Reader(language, words_of(language), shows_currency=True)
    out.write(f"{reader.said(folio.title)}\n{visible(folio.scope)}\n")
    for label, cell in folio.facts:
        out.write(f"{reader.words(label)}: {visible(reader.cell(cell, Kind.TEXT)) or '—'}\n")
    for part in folio.parts:
        out.write("\n")
        if part.table is None:
            out.write(f"{reader.said(part.title)}: {reader.words(part.problem)}\n")
        elif width is None:
            render_text(part.table, out, language=language)
        else:
            render_terminal(part.table, out, language=language, width=width or None)
    out.writelines(f"{visible(reader.said(note))}\n" for note in folio.notes)
