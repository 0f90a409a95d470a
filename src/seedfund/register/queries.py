"""Reads of the register: papers with their content, a subject's papers, evidence, papers that do not verify."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import Corrupt, NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.register.rules import paper_hash
from seedfund.register.tables import EvidenceFile, Paper, PaperScan
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader
from seedfund.store.unit import open_vault
from seedfund.store.work import Work

TABLE: Final = "sf_paper"
COLUMN: Final = "content_sealed"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as the register lists it, without its content."""

    id: Key
    number: str
    version: int
    kind: str
    languages: str
    subject_id: Key | None
    content_hash: str
    template_version: str
    chain_head: str
    issued_on: date
    issued_at: datetime
    issued_by: Key
    supersedes: Key | None


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper's row with its content as stored."""

    row: PaperRow
    content_sealed: bytes | None
    content_plain: str | None


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A paper with its content, verified; the content shows itself only through `values`."""

    row: PaperRow
    content: Secret = field(repr=False)

    def values(self) -> Mapping[str, Any]:
        """The content as plain data: every word and figure of the paper."""
        found: Mapping[str, Any] = json.loads(self.content.reveal())
        return found


_COLUMNS: Final = (
    "id",
    "number",
    "version",
    "kind",
    "languages",
    "subject_id",
    "content_hash",
    "template_version",
    "chain_head",
    "issued_on",
    "issued_at",
    "issued_by",
    "supersedes",
)


def _papers() -> Any:
    return sa.select(*(col(getattr(Paper, name)) for name in _COLUMNS)).where(
        col(Paper.programme_id) == sa.bindparam("programme")
    )


def _stored(*values: Any) -> StoredPaper:
    return StoredPaper(PaperRow(*values[:-2]), values[-2], values[-1])


def _with_content() -> Any:
    return _papers().add_columns(col(Paper.content_sealed), col(Paper.content_plain))


LATEST: Final = Query(
    PaperRow,
    lambda: (
        _papers()
        .where(col(Paper.number) == sa.bindparam("number"))
        .order_by(col(Paper.version).desc())
        .limit(1)
        .with_for_update()
    ),
)
_VERSIONS: Final = Query(
    _stored,
    lambda: (
        _with_content().where(col(Paper.number) == sa.bindparam("number")).order_by(col(Paper.version).desc())
    ),
)
_OF_SUBJECT: Final = Query(
    PaperRow,
    lambda: (
        _papers()
        .where(col(Paper.subject_id) == sa.bindparam("subject"))
        .order_by(col(Paper.issued_at), col(Paper.number), col(Paper.version))
    ),
)
_ALL: Final = Query(_stored, lambda: _with_content().order_by(col(Paper.number), col(Paper.version)))


def papers_of(reader: Reader, programme: Key, subject_id: Key) -> list[PaperRow]:
    """Every paper sealed for a subject, in the order of issue, superseded ones included."""
    return reader.all(_OF_SUBJECT, programme=programme, subject=subject_id)


def find_paper(reader: Reader, programme: Key, number: str) -> PaperRow | None:
    """The latest version of a paper, without its content."""
    return reader.first(LATEST, programme=programme, number=number)


def read_paper(work: Work, number: str, *, version: int | None = None) -> PaperRead:
    """A paper with its content, the latest version unless one is named; its hash is computed again.

    Raises:
        NotFound: there is no such paper, or the person it names was erased.
        Corrupt: the content is not the one that was issued.
    """
    reader = work.reader()
    versions = reader.all(_VERSIONS, programme=work.programme.id, number=number)
    wanted = [one for one in versions if version in (None, one.row.version)]
    if not wanted:
        raise NotFound(what="paper", which=number if version is None else f"{number} version {version}")
    return _opened(work, reader, wanted[0])


def _opened(work: Work, reader: Reader, stored: StoredPaper) -> PaperRead:
    row = stored.row
    if stored.content_sealed is not None and row.subject_id is not None:
        vault = open_vault(reader, work, row.subject_id)
        text = vault.open(stored.content_sealed, Place(TABLE, row.id, COLUMN))
    else:
        text = Secret(stored.content_plain or "")
    paper = PaperRead(row, text)
    try:
        found = paper_hash(paper.values())
    except ValueError:
        found = ""
    if found != row.content_hash:
        raise Corrupt(f"the paper {row.number} is not what was issued; stop and run: seedfund audit verify")
    return paper


@dataclass(frozen=True, slots=True)
class PaperFault:
    """A paper that cannot be verified, and why: `altered`, or `erased` when its person's key was destroyed."""

    number: str
    version: int
    problem: str


def paper_faults(work: Work) -> Iterator[PaperFault]:
    """Every paper that does not verify, by number; the papers of an erased person are told apart from altered ones."""
    reader = work.reader()
    for stored in reader.all(_ALL, programme=work.programme.id):
        try:
            _opened(work, reader, stored)
        except NotFound:
            yield PaperFault(stored.row.number, stored.row.version, "erased")
        except Corrupt:
            yield PaperFault(stored.row.number, stored.row.version, "altered")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file of evidence."""

    id: Key
    sha256: str
    kind: str
    description: str
    received_on: date
    recorded_by: Key
    recorded_at: datetime


def _evidence() -> Any:
    return sa.select(
        col(EvidenceFile.id),
        col(EvidenceFile.sha256),
        col(EvidenceFile.kind),
        col(EvidenceFile.description),
        col(EvidenceFile.received_on),
        col(EvidenceFile.recorded_by),
        col(EvidenceFile.recorded_at),
    )


_BY_HASH: Final = Query(
    EvidenceRow,
    lambda: _evidence().where(
        col(EvidenceFile.programme_id) == sa.bindparam("programme"),
        col(EvidenceFile.sha256).in_(sa.bindparam("hashes", expanding=True)),
    ),
)
_SCANS: Final = Query(
    EvidenceRow,
    lambda: (
        _evidence()
        .select_from(sa.join(EvidenceFile, PaperScan, col(PaperScan.evidence_id) == col(EvidenceFile.id)))
        .where(col(PaperScan.paper_id) == sa.bindparam("paper"))
        .order_by(col(EvidenceFile.recorded_at), col(EvidenceFile.id))
    ),
)


def evidence_by_hash(reader: Reader, programme: Key, hashes: Sequence[str]) -> dict[str, EvidenceRow]:
    """Files of evidence known by these SHA-256s."""
    rows = reader.among(_BY_HASH, "hashes", hashes, programme=programme)
    return {row.sha256: row for row in rows}


def scans_of(reader: Reader, paper_id: Key) -> list[EvidenceRow]:
    """The scans of a paper, in the order they came in."""
    return reader.all(_SCANS, paper=paper_id)
