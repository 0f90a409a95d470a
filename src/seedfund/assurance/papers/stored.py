"""Issued papers as the database has them. Reads only; opens nothing sealed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.assurance.checks.papers import BOOK_HASH, HEADS
from seedfund.assurance.papers.issued import HeadSeen, IssuedPaper, ScanNoted
from seedfund.assurance.scan import Scan
from seedfund.assurance.verify import snapshot
from seedfund.documents.queries import wording_kept
from seedfund.documents.tables import PaperPrint
from seedfund.documents.wording import Template, template_from_source
from seedfund.kernel.errors import Refused
from seedfund.register.tables import EvidenceFile, Paper, PaperScan
from seedfund.store.statements import Query
from seedfund.store.tables import Programme


def _issued(*values: Any) -> IssuedPaper:
    return IssuedPaper(**dict(zip(_NAMES, values, strict=True)))


_NAMES: Final = (
    *("programme", "number", "version", "latest", "kind", "language", "content_hash", "template_version"),
    *("chain_head", "pdf_sha256", "drawn_with", "issued_on"),
)


def _papers() -> Any:
    other = aliased(Paper)
    latest = (
        sa.select(sa.func.max(col(other.version)))
        .where(col(other.programme_id) == col(Paper.programme_id), col(other.number) == col(Paper.number))
        .scalar_subquery()
    )
    return (
        sa.select(
            *(col(Programme.code), col(Paper.number), col(Paper.version), latest, col(Paper.kind)),
            *(col(PaperPrint.language), col(Paper.content_hash), col(Paper.template_version)),
            *(col(Paper.chain_head), col(PaperPrint.pdf_sha256), col(PaperPrint.drawn_with)),
            col(Paper.issued_on),
        )
        .select_from(Paper)
        .join(PaperPrint, col(PaperPrint.paper_id) == col(Paper.id))
        .join(Programme, col(Programme.id) == col(Paper.programme_id))
        .order_by(col(Programme.code), col(Paper.number), col(Paper.version))
    )


def _among(column: Any, name: str) -> Any:
    return _papers().where(column.in_(sa.bindparam(name, expanding=True)))


BY_BYTES: Final = Query(_issued, lambda: _among(col(PaperPrint.pdf_sha256), "hashes"))
BY_CONTENT: Final = Query(_issued, lambda: _among(col(Paper.content_hash), "hashes"))
BY_NUMBER: Final = Query(_issued, lambda: _among(col(Paper.number), "numbers"))
EVERY: Final = Query(_issued, _papers)


def _scans() -> Any:
    return (
        sa.select(
            col(Paper.number), col(Paper.version), col(EvidenceFile.sha256), col(EvidenceFile.received_on)
        )
        .select_from(PaperScan)
        .join(Paper, col(Paper.id) == col(PaperScan.paper_id))
        .join(EvidenceFile, col(EvidenceFile.id) == col(PaperScan.evidence_id))
        .order_by(col(EvidenceFile.recorded_at), col(EvidenceFile.id))
    )


SCANS_BY_HASH: Final = Query(
    ScanNoted, lambda: _scans().where(col(EvidenceFile.sha256) == sa.bindparam("sha256"))
)
SCANS_OF: Final = Query(ScanNoted, lambda: _scans().where(col(Paper.number) == sa.bindparam("number")))
PROGRAMME_ID: Final = Query(
    lambda key: key, lambda: sa.select(col(Programme.id)).where(col(Programme.code) == sa.bindparam("code"))
)


class StoredPapers:
    """The papers of a database, of every programme in it."""

    as_of: date | None = None

    def __init__(self, scan: Scan):
        self._scan = scan

    def with_bytes(self, hashes: Sequence[str]) -> Sequence[IssuedPaper]:
        """The papers whose PDF has one of these SHA-256s, the latest version last."""
        return self._scan.among(BY_BYTES, "hashes", hashes)

    def with_content(self, hashes: Sequence[str]) -> Sequence[IssuedPaper]:
        """The papers whose content has one of these hashes, the latest version last."""
        return self._scan.among(BY_CONTENT, "hashes", hashes)

    def with_number(self, numbers: Sequence[str]) -> Sequence[IssuedPaper]:
        """Every version of the papers of these numbers, the latest last."""
        return self._scan.among(BY_NUMBER, "numbers", numbers)

    def every(self) -> Sequence[IssuedPaper]:
        """Every version of every paper, by programme, number and version."""
        return self._scan.all(EVERY)

    def scans(self, *, sha256: str = "", number: str = "") -> Sequence[ScanNoted]:
        """The scans with this SHA-256, or all of a paper's."""
        if number:
            return self._scan.all(SCANS_OF, number=number)
        return self._scan.all(SCANS_BY_HASH, sha256=sha256)

    def wording(self, paper: IssuedPaper) -> Template | None:
        """The wording that was kept when the paper was issued; None where it was not, or is another by now."""
        kept = wording_kept(self._scan, paper.kind, language=paper.language, version=paper.template_version)
        if kept is None:
            return None
        try:
            found = template_from_source(
                paper.kind, language=paper.language, source=kept.source, labels_source=kept.labels
            )
        except Refused:
            return None
        return found if found.version == paper.template_version else None

    def heads(self, paper: IssuedPaper) -> Sequence[HeadSeen]:
        """The heads of books a paper prints, and whether the rows of these numbers still carry these hashes."""
        programme = self._scan.first(PROGRAMME_ID, code=paper.programme)
        return [
            HeadSeen(printed["book"], int(printed["seq"]), self._stands(programme, printed))
            for printed in HEADS.finditer(paper.chain_head)
        ]

    def _stands(self, programme: Any, printed: Any) -> bool:
        """Whether the row is there; a book without rows prints row 0, which is nowhere."""
        seq = int(printed["seq"])
        found = self._scan.first(BOOK_HASH, programme=programme, book=printed["book"], seq=seq)
        return found is not None and (seq == 0 or found[1] == printed["hash"])


@contextmanager
def open_papers(engine: sa.Engine) -> Iterator[StoredPapers]:
    """The papers of a database, seen at one moment.

    Raises:
        Corrupt, StorageError: the database cannot be read or reached.
    """
    with snapshot(engine) as connection:
        yield StoredPapers(Scan(connection))


def read_papers(engine: sa.Engine) -> Sequence[IssuedPaper]:
    """Every version of every issued paper, to be kept with somebody else.

    Raises:
        Corrupt, StorageError: the database cannot be read or reached.
    """
    with open_papers(engine) as papers:
        return papers.every()
