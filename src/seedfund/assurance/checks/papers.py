"""Issued papers: the content against its hash, versions that follow one another, the head of the books they print."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.checks.vaults import Closed, Vaults
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Sheet
from seedfund.kernel.ids import Key
from seedfund.ledger.tables import Book, Transfer
from seedfund.register.queries import COLUMN, TABLE
from seedfund.register.rules import paper_hash
from seedfund.register.tables import Paper
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query

HEADS: Final = re.compile(r"(?P<book>[\w.\-/]+):(?P<seq>\d{1,15}):(?P<hash>[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class PaperFound:
    """A paper as stored."""

    number: str
    version: int
    id: Key
    subject_id: Key | None
    content_sealed: bytes | None
    content_plain: str | None
    content_hash: str
    chain_head: str
    supersedes: Key | None


PAPERS: Final = Sheet(
    TABLE,
    PaperFound,
    lambda: (
        sa.select(*(col(getattr(Paper, name)) for name in PaperFound.__slots__))
        .where(col(Paper.programme_id) == sa.bindparam("programme"))
        .order_by(col(Paper.number), col(Paper.version))
    ),
    keys=2,
)
BOOK_HASH: Final = Query(
    lambda code, hashed: (code, hashed),
    lambda: (
        sa.select(col(Book.code), col(Transfer.hash))
        .select_from(
            sa.outerjoin(
                Book,
                Transfer,
                sa.and_(col(Transfer.book_id) == col(Book.id), col(Transfer.seq) == sa.bindparam("seq")),
            )
        )
        .where(col(Book.programme_id) == sa.bindparam("programme"), col(Book.code) == sa.bindparam("book"))
    ),
)


def check_papers(context: Context, programme: ProgrammeFound, vaults: Vaults) -> None:
    """Every paper of a programme, by number and version."""
    before: PaperFound | None = None
    for paper in context.each("papers", PAPERS, programme=programme.id):
        which = f"{paper.number} v{paper.version}"
        if not _follows(before, paper):
            context.report.found(kinds.PAPER_VERSIONS, TABLE, which)
        before = paper
        content = _content(paper, vaults, which)
        if not isinstance(content, Closed) and _hash_of(content) != paper.content_hash:
            context.report.found(kinds.CONTENT_ALTERED, TABLE, which)
        _check_printed_heads(context, programme, paper, which)


def _follows(before: PaperFound | None, paper: PaperFound) -> bool:
    if before is not None and before.number == paper.number:
        return paper.version == before.version + 1 and paper.supersedes == before.id
    return paper.version == 1 and paper.supersedes is None


def _content(paper: PaperFound, vaults: Vaults, which: str) -> str | Closed:
    if paper.content_sealed is not None and paper.subject_id is not None:
        place = Place(TABLE, paper.id, COLUMN)
        return vaults.text(paper.subject_id, bytes(paper.content_sealed), place, which=which)
    return paper.content_plain or ""


def _hash_of(content: str) -> str:
    try:
        values: Any = json.loads(content)
        return paper_hash(values)
    except (ValueError, TypeError):
        return ""


def _check_printed_heads(context: Context, programme: ProgrammeFound, paper: PaperFound, which: str) -> None:
    """A paper prints the head of its books as `CODE:seq:hash`; the row of that seq has to carry that hash for good."""
    for printed in HEADS.finditer(paper.chain_head):
        book, seq = printed["book"], int(printed["seq"])
        found = context.scan.first(BOOK_HASH, programme=programme.id, book=book, seq=seq)
        if found is not None and seq > 0 and found[1] != printed["hash"]:
            context.report.found(kinds.PAPER_CHAIN, TABLE, which, book=book, seq=seq)
