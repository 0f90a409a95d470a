"""Delimited and fixed-width text to records. An encoding is taken as declared, or where nothing else is possible."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from seedfund.interchange.reader.sheet import Raw, Table
from seedfund.interchange.rules.layout import ENCODINGS, Layout
from seedfund.interchange.rules.refusals import (
    CELL_TOO_LONG,
    FILE_BROKEN,
    FILE_NOT_IN_ENCODING,
    FILE_NOT_TEXT,
    FILE_NOT_UTF8,
    FILE_READ_AS,
)
from seedfund.kernel.errors import InvalidInput, Refusal

DELIMITERS: Final = (";", ",", "\t")
CELL_MAX: Final = 100_000
_BOM: Final = "\ufeff"
_WESTERN: Final = re.compile("[\\x00-\\x7fÁÉÍÓÚÜÑáéíóúüñÀÂÃÇÊÔÕàâãçêôõèîûïëÈ¡¿ªº°–—‘’“”€…·\xa0]*")
"""Letters and marks of Spanish, Portuguese and French: other encodings put other signs in their places."""
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(content: bytes, layout: Layout) -> Table:
    """The records of a text, with the row at which it stops making sense.

    Raises:
        InvalidInput: the declared encoding is none of ours.
    """
    text, refusal, flags = _decoded(content, layout.encoding)
    if refusal is not None:
        return Table(refusals=((None, refusal),))
    if layout.widths:
        return Table(tuple(_fixed(text, layout)), flags=flags)
    rows, broken = _records(text, layout.delimiter or separator(text))
    return Table(rows, () if broken is None else (broken,), flags)


def _decoded(content: bytes, encoding: str | None) -> tuple[str, Refusal | None, tuple[Refusal, ...]]:
    if encoding is not None and encoding not in ENCODINGS:
        raise InvalidInput(
            field="encoding",
            problem="it is none of the encodings",
            remedy=f"use one of {', '.join(ENCODINGS)}",
        )
    by_mark = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    try:
        text = content.decode(by_mark or encoding or "utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        if encoding is not None:
            return "", FILE_NOT_IN_ENCODING(encoding=encoding, position=error.start + 1), ()
        return _western(content, error.start + 1)
    if "\x00" in text[:4096]:
        return "", FILE_NOT_TEXT(), ()
    return text, None, ()


def _western(content: bytes, position: int) -> tuple[str, Refusal | None, tuple[Refusal, ...]]:
    """Windows' Western encoding, where every sign it gives is one that people here write; else nothing is guessed."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return "", FILE_NOT_UTF8(position=position), ()
    if _WESTERN.fullmatch(text) is None or _CONTROLS.search(text):
        return "", FILE_NOT_UTF8(position=position), ()
    return text, None, (FILE_READ_AS(encoding="cp1252"),)


def separator(text: str) -> str:
    """The separator that stands most often in the first row, outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    return max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))


def _records(text: str, sign: str) -> tuple[list[Raw], tuple[int, Refusal] | None]:
    """The rows that have content, each with its number, and the row at which the file stops making sense."""
    found: list[Raw] = []
    number = 0
    try:
        for number, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True), start=1
        ):
            cells = [cell.strip() for cell in record]
            if any(cells):
                found.append(Raw(number, cells))
    except csv.Error as error:
        is_long = "field larger" in str(error)
        refusal = CELL_TOO_LONG(most=csv.field_size_limit()) if is_long else FILE_BROKEN()
        return found, (number + 1, refusal)
    return found, None


def _fixed(text: str, layout: Layout) -> Iterator[Raw]:
    """Lines cut at the declared widths; what stands beyond the last of them is a cell too many."""
    edges = [sum(layout.widths[:place]) for place in range(len(layout.widths) + 1)]
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        cells = [line[start:end].strip() for start, end in pairwise(edges)]
        beyond = line[edges[-1] :].strip()
        if beyond:
            cells.append(beyond)
        if any(cells):
            yield Raw(number, cells)
