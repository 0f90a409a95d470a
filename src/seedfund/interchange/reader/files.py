"""What the bytes of a file are, whatever its name says, and the reader for them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from seedfund.interchange.reader.packages import Unsafe
from seedfund.interchange.reader.sheet import BYTES_MAX, Broken, Sheet, Table, sheet_of
from seedfund.interchange.reader.spread import spread
from seedfund.interchange.reader.surveys import Survey
from seedfund.interchange.reader.texts import read_text
from seedfund.interchange.reader.workbooks import Book
from seedfund.interchange.rules.cells import CellStyle
from seedfund.interchange.rules.columns import Part
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import PLAIN_LAYOUT, Layout
from seedfund.interchange.rules.refusals import (
    FILE_EMPTY,
    FILE_ENCRYPTED,
    FILE_IS_HTML,
    FILE_OLD_FORMAT,
    FILE_TOO_LARGE,
    FILE_UNKNOWN_FORMAT,
)
from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import PLAIN

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_PLAIN_STYLE: Final = CellStyle(numbers=PLAIN)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a zip package, as XLSX is."""
    return content.startswith(_ZIP)


def is_protected(content: bytes) -> bool:
    """Whether the bytes are a workbook under a password."""
    return content.startswith(_OLE) and _ENCRYPTED in content


def unreadable(content: bytes) -> Refusal | None:
    """Why bytes are no table we read, or None where they may be one."""
    if len(content) > BYTES_MAX:
        return FILE_TOO_LARGE(size=len(content), most=BYTES_MAX)
    if not content.strip():
        return FILE_EMPTY()
    if content.startswith(_OLE):
        return FILE_ENCRYPTED() if is_protected(content) else FILE_OLD_FORMAT()
    if content.startswith(_OTHERS):
        return FILE_UNKNOWN_FORMAT()
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head")):
        return FILE_IS_HTML()
    return None


def read_file(
    part: Part, content: bytes, *, layout: Layout = PLAIN_LAYOUT, style: CellStyle = _PLAIN_STYLE
) -> Sheet:
    """Read a file of a part. Never raises for what stands in the file: it comes back with its complaints.

    Raises:
        InvalidInput: the layout declares what there is not.
        MissingExtra: it is a workbook, and the package that reads workbooks is not installed.
    """
    sheets, _ = read_parts((part,), {part.name: content}, layouts={part.name: layout}, style=style)
    return sheets[0]


def read_parts(
    parts: Sequence[Part],
    files: Mapping[str, bytes],
    *,
    layouts: Mapping[str, Layout] = {},
    style: CellStyle = _PLAIN_STYLE,
) -> tuple[tuple[Sheet, ...], frozenset[str]]:
    """The sheets of every part that has a file, and the names of those parts.

    A workbook given for the first part holds a sheet for each further part, found by its name or as the layout says.
    """
    books: _Books = {}
    given = _with_sheets(parts, files, layouts, books)
    opened = _Opened(style, books, tuple(title for _, title in given.values()), Survey())
    # Rows by the hundred thousand, all of which live to the end.
    with collection_paused():
        sheets = tuple(
            _read(part, given[part.name], layouts.get(part.name, PLAIN_LAYOUT), opened)
            for part in parts
            if part.name in given
        )
    for book in books.values():
        if isinstance(book, Book):
            book.close()
    return sheets, frozenset(given)


_Books = dict[bytes, Book | Refusal]


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the parts of one import share."""

    style: CellStyle
    books: _Books
    read_too: tuple[str, ...]
    survey: Survey


def _with_sheets(
    parts: Sequence[Part], files: Mapping[str, bytes], layouts: Mapping[str, Layout], books: _Books
) -> dict[str, tuple[bytes, str]]:
    """The content and the sheet of each part."""
    given = {name: (content, layouts.get(name, PLAIN_LAYOUT).sheet) for name, content in files.items()}
    first = files.get(parts[0].name)
    if first is None or unreadable(first) is not None or not is_workbook(first):
        return given
    book = _book(first, books)
    if isinstance(book, Book):
        titles = {fold(title): title for title in book.visible}
        for part in parts:
            wanted = layouts.get(part.name, PLAIN_LAYOUT).sheet
            title = wanted or titles.get(fold(part.name)) or titles.get(fold(part.spanish), "")
            if part is parts[0]:
                title = title or next(iter(book.visible), "")
            if title and (part.name not in files or part is parts[0]):
                given[part.name] = (first, title)
    return given


def _book(content: bytes, books: _Books) -> Book | Refusal:
    digest = hashlib.sha256(content).digest()
    if digest not in books:
        try:
            books[digest] = Book(content)
        except Unsafe as error:
            books[digest] = error.refusal
    return books[digest]


def _read(part: Part, given: tuple[bytes, str], layout: Layout, opened: _Opened) -> Sheet:
    content, title = given
    identity = (hashlib.sha256(content).hexdigest(), len(content))
    try:
        table = _table(content, title, layout, opened)
        if layout.survey:
            table = opened.survey.joined(title or part.name, table, layout)
        table = spread(part, table, layout)
        return replace(sheet_of(part, table, layout=layout, identity=identity), title=title)
    except Unsafe as error:
        refused = Table(refusals=((None, error.refusal),))
        return sheet_of(part, refused, layout=layout, identity=identity)


def _table(content: bytes, title: str, layout: Layout, opened: _Opened) -> Table:
    refusal = unreadable(content)
    if refusal is not None:
        raise Unsafe(refusal)
    if not is_workbook(content):
        return read_text(content, layout)
    book = _book(content, opened.books)
    if isinstance(book, Refusal):
        raise Unsafe(book)
    return book.table(title, opened.style, read_too=opened.read_too)


@dataclass(frozen=True, slots=True)
class Headed:
    """A table by the names of its columns, as they stand there; of a workbook the sheet it is on."""

    sheet: str
    titles: tuple[str, ...]


def headed(
    parts: Sequence[Part], files: Mapping[str, bytes], *, layouts: Mapping[str, Layout]
) -> tuple[dict[str, Headed], list[Headed]]:
    """The tables of the parts that have one, and the visible sheets of the workbook that belong to none.

    A table that cannot be read has no names.
    """
    books: _Books = {}
    given = _with_sheets(parts, files, layouts, books)
    opened = _Opened(_PLAIN_STYLE, books, (), Survey())
    found = {
        name: Headed(title, _titles(content, title, layouts.get(name, PLAIN_LAYOUT), opened))
        for name, (content, title) in given.items()
    }
    first = files.get(parts[0].name, b"")
    book = books.get(hashlib.sha256(first).digest())
    used = {title for content, title in given.values() if content == first}
    others = [title for title in book.visible if title not in used] if isinstance(book, Book) else []
    return found, [Headed(title, _titles(first, title, PLAIN_LAYOUT, opened)) for title in others]


def _titles(content: bytes, title: str, layout: Layout, opened: _Opened) -> tuple[str, ...]:
    try:
        first = next(iter(_table(content, title, layout, opened).rows), None)
    except (Unsafe, Broken):
        first = None
    return () if first is None else tuple(cell for cell in first.cells if cell)
