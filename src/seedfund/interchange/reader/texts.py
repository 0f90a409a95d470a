"""Delimited and fixed-width text to records. An encoding is taken as declared, or where nothing else is possible."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, pairwise
from typing import Final

from seedfund.interchange.reader.sheet import NO_MARKS, Broken, Raw, Table
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
    """The records of a text, read line by line as they are asked for.

    Raises:
        InvalidInput: the declared encoding is none of ours.
    """
    written = _written(content, layout.encoding)
    if isinstance(written, Refusal):
        return Table(refusals=((None, written),))
    encoding, first, flags = written
    if layout.widths:
        return Table(_fixed(_lines(content, encoding), layout), flags=flags)
    return Table(_records(_lines(content, encoding), layout.delimiter or separator(first)), flags=flags)


def _written(content: bytes, encoding: str | None) -> tuple[str, str, tuple[Refusal, ...]] | Refusal:
    """In which encoding the whole text can be read, its beginning up to the end of a line, and what is to be told."""
    if encoding is not None and encoding not in ENCODINGS:
        raise InvalidInput(
            field="encoding",
            problem="it is none of the encodings",
            remedy=f"use one of {', '.join(ENCODINGS)}",
        )
    by_mark = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    used = by_mark or encoding or "utf-8"
    try:
        text = content.decode(used).removeprefix(_BOM)
    except UnicodeDecodeError as error:
        if encoding is not None:
            return FILE_NOT_IN_ENCODING(encoding=encoding, position=error.start + 1)
        return _western(content, error.start + 1)
    if "\x00" in text[:4096]:
        return FILE_NOT_TEXT()
    # Without a mark in front, a stream does not know the order of the two bytes as the whole text does.
    return "utf-16-le" if used == "utf-16" and by_mark is None else used, _first(text), ()


def _western(content: bytes, position: int) -> tuple[str, str, tuple[Refusal, ...]] | Refusal:
    """Windows' Western encoding, where every sign it gives is one that people here write; else nothing is guessed."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return FILE_NOT_UTF8(position=position)
    if _WESTERN.fullmatch(text) is None or _CONTROLS.search(text):
        return FILE_NOT_UTF8(position=position)
    return "cp1252", _first(text), (FILE_READ_AS(encoding="cp1252"),)


def _first(text: str) -> str:
    """The first line with content, to its end."""
    return text.lstrip("\r\n").split("\n", 1)[0]


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    """The lines of a text with their ends as they stand, decoded as they are asked for."""
    lines = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    return chain([next(lines, "").removeprefix(_BOM)], lines)


def separator(text: str) -> str:
    """The separator that stands most often in the first row, outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    return max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))


def _records(lines: Iterable[str], sign: str) -> Iterator[Raw]:
    """The rows that have content, each with its number.

    Raises:
        Broken: the file stops making sense.
    """
    number = 0
    # A named tuple's own way of making one costs a tenth of all that is done to a row.
    raw = partial(tuple.__new__, Raw)
    try:
        for number, record in enumerate(csv.reader(lines, delimiter=sign, strict=True), start=1):
            cells = list(map(str.strip, record))
            if any(cells):
                yield raw((number, cells, NO_MARKS))
    except csv.Error as error:
        is_long = "field larger" in str(error)
        refusal = CELL_TOO_LONG(most=csv.field_size_limit()) if is_long else FILE_BROKEN()
        raise Broken(number + 1, refusal) from None


def _fixed(lines: Iterable[str], layout: Layout) -> Iterator[Raw]:
    """Lines cut at the declared widths; what stands beyond the last of them is a cell too many."""
    edges = [sum(layout.widths[:place]) for place in range(len(layout.widths) + 1)]
    for number, ended in enumerate(lines, start=1):
        line = ended.rstrip("\r\n")
        cells = [line[start:end].strip() for start, end in pairwise(edges)]
        beyond = line[edges[-1] :].strip()
        if beyond:
            cells.append(beyond)
        if any(cells):
            yield Raw(number, cells)
