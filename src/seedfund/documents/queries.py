"""Reads of the terms of papers, of wordings that were kept, and of how papers looked. Must not write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.documents.rules.terms import PAPER_TERMS_MISSING, PaperTerms
from seedfund.documents.tables import PaperPrint, PaperTermsVersion, TemplateVersion
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import Refused
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.locked import BOOKS_BY_ID, HEADS
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader

TERMS: Final = Query(
    str,
    lambda: (
        sa.select(col(PaperTermsVersion.terms))
        .where(
            col(PaperTermsVersion.programme_id) == sa.bindparam("programme"),
            col(PaperTermsVersion.effective_from) <= sa.bindparam("on_day", type_=sa.Date),
        )
        .order_by(col(PaperTermsVersion.effective_from).desc(), col(PaperTermsVersion.version).desc())
        .limit(1)
    ),
)
TERMS_VERSION_LAST: Final = Query(
    lambda version: int(version or 0),
    lambda: sa.select(sa.func.max(col(PaperTermsVersion.version))).where(
        col(PaperTermsVersion.programme_id) == sa.bindparam("programme")
    ),
)


@dataclass(frozen=True, slots=True)
class WordingKept:
    """A wording as it was kept beside the papers issued with it."""

    source: str
    labels: str


WORDING: Final = Query(
    WordingKept,
    lambda: sa.select(col(TemplateVersion.source), col(TemplateVersion.labels)).where(
        col(TemplateVersion.version) == sa.bindparam("version"),
        col(TemplateVersion.paper) == sa.bindparam("paper"),
        col(TemplateVersion.language) == sa.bindparam("language"),
    ),
)


@dataclass(frozen=True, slots=True)
class PrintKept:
    """How a paper looked when it was issued."""

    language: str
    pdf_sha256: str
    drawn_with: str


PRINT: Final = Query(
    PrintKept,
    lambda: sa.select(col(PaperPrint.language), col(PaperPrint.pdf_sha256), col(PaperPrint.drawn_with)).where(
        col(PaperPrint.paper_id) == sa.bindparam("paper")
    ),
)


@lru_cache(maxsize=64)
def _terms(text: str) -> PaperTerms:
    return decode(PaperTerms, parse_document(text))


def paper_terms(reader: Reader, programme: Key, day: date) -> PaperTerms:
    """The terms of papers in force on a day.

    Raises:
        Refused: `paper_terms_missing`.
    """
    found = reader.first(TERMS, programme=programme, on_day=day)
    if found is None:
        raise Refused([PAPER_TERMS_MISSING(day=day)])
    return _terms(found)


def wording_kept(reader: Reader, paper: str, *, language: str, version: str) -> WordingKept | None:
    """The wording a paper was issued with, or None when none of that version was kept."""
    return reader.first(WORDING, paper=paper, language=language, version=version)


def print_kept(reader: Reader, paper_id: Key) -> PrintKept | None:
    """How a paper looked, or None for one that another area put on the register."""
    return reader.first(PRINT, paper=paper_id)


def chain_heads(reader: Reader, programme: Key, book_ids: Sequence[int]) -> str:
    """Where the chains of books end now, `CODE:seq:hash` for each by code, as papers print them."""
    wanted = sorted(set(book_ids))
    codes: dict[int, Any] = {
        book.id: book.code for book in reader.among(BOOKS_BY_ID, "books", wanted, programme=programme)
    }
    ends = reader.among(HEADS, "books", [book for book in wanted if book in codes])
    return " ".join(sorted(f"{codes[end.book_id]}:{end.seq}:{end.hash}" for end in ends))
