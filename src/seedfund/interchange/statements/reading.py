"""Which format the bytes of a statement are, whatever the file is called, and the reader for it."""

from typing import Final

from seedfund.interchange.rules.refusals import FILE_TOO_LARGE
from seedfund.interchange.rules.statements import STATEMENT_EMPTY
from seedfund.interchange.statements.camt import read_camt
from seedfund.interchange.statements.mt940 import looks_like_mt940, read_mt940
from seedfund.interchange.statements.value import Statement, StatementUnreadable

BYTES_MAX: Final = 60_000_000
_MARKS: Final = (b"<?xml", b"<Document", b"<!DOCTYPE", b"<")
_PAGES: Final = (b"<!doctype html", b"<html")


def is_statement(content: bytes) -> bool:
    """Whether the bytes are XML or MT940; a table of entries is read as other tables are."""
    return _is_xml(content) or looks_like_mt940(content)


def _is_xml(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return True
    head = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(_MARKS) and not head.lower().startswith(_PAGES)


def read_statements(content: bytes) -> tuple[Statement, ...]:
    """Every statement of a file in camt.053 or MT940.

    Raises:
        StatementUnreadable: it is too large, or neither of them; the refusal names the place.
    """
    if len(content) > BYTES_MAX:
        raise StatementUnreadable(FILE_TOO_LARGE(size=len(content), most=BYTES_MAX))
    if _is_xml(content):
        return read_camt(content)
    if looks_like_mt940(content):
        return read_mt940(content)
    raise StatementUnreadable(STATEMENT_EMPTY())
