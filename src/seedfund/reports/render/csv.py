"""A report as a CSV file (RFC 4180, UTF-8, CRLF) that a spreadsheet opens without running anything in it.

Must not know: reports by name. First line: English keys (or titles). Text stands in quotes and is guarded
(see `guard`); numbers stand bare: amounts as plain decimals with the currency's own decimals, their currency
in its own column; percentages without the sign; dates as year-month-day; instants in UTC. A figure nobody has
is `#` and the reason; a text that begins with `#` is guarded, so the two cannot be confused. Empty text and
no text are the same.
"""

from typing import BinaryIO, Final

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import SOURCE_LANGUAGE
from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.reports.render.flat import FlatCell, FlatColumn, FlatKind, flat
from seedfund.reports.render.guard import guarded
from seedfund.reports.render.words import percent_text, words_of
from seedfund.reports.value import NotKnown, Report

_LINES_AT_ONCE: Final = 500


def render_csv(
    report: Report,
    out: BinaryIO,
    *,
    language: str = SOURCE_LANGUAGE,
    titles: bool = False,
    byte_order_mark: bool = False,
) -> None:
    """Write the report as CSV: rows, then subtotals and totals, told apart by the column `record`.

    `titles` heads the columns with their titles instead of their English keys; `byte_order_mark` is for
    spreadsheets that would otherwise misread accents. Titles, labels and words of the house are in the
    language.

    Raises:
        InvalidInput: a text holds half a character (a lone surrogate) that no file can hold; there is no
            catalogue of the language.
    """
    words = words_of(language)
    table = flat(report, words=words)
    heads = [words(column.title) if titles else column.key for column in table.columns]
    if byte_order_mark:
        out.write(b"\xef\xbb\xbf")
    out.write(_encoded([",".join(_quoted(guarded(head)) for head in heads)], first=0))
    waiting: list[str] = []
    written = 0
    for line in table.lines:
        waiting.append(",".join(map(_written, line, table.columns)))
        if len(waiting) == _LINES_AT_ONCE:
            out.write(_encoded(waiting, first=written))
            written += len(waiting)
            waiting.clear()
    out.write(_encoded(waiting, first=written))


def _written(cell: FlatCell, column: FlatColumn) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if column.kind is FlatKind.DATE else _quoted(guarded(cell))
    if isinstance(cell, Money):
        return format_minor(cell.minor, cell.currency, PLAIN)
    if isinstance(cell, NotKnown):
        return _quoted(f"#{cell.reason}")
    if column.kind is FlatKind.PERCENT:
        return percent_text(cell, style=PLAIN).removesuffix(" %")
    return str(cell)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _encoded(lines: list[str], *, first: int) -> bytes:
    try:
        return "".join(f"{line}\r\n" for line in lines).encode("utf-8")
    except UnicodeEncodeError:
        row = next(number for number, line in enumerate(lines, start=first + 1) if not _is_whole(line))
        raise InvalidInput(
            field="text", problem="it holds half a character", remedy="type the text again", row=row
        ) from None


def _is_whole(line: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in line)
