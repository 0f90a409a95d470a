"""Signed copies of papers: hashed and attached, kept sealed under the person's key, brought back whole.

A scan shows a signature, a face on a card, a thumbprint; whoever finds the file should see nothing. Sealed under the
key of the person the paper is about, a kept copy is gone with that key. A paper about nobody is kept as it is.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final

from seedfund.documents.service.printing import require_seen
from seedfund.kernel.errors import Corrupt, NotFound
from seedfund.register.queries import EvidenceRow, PaperRow, find_paper, scans_of
from seedfund.store.sealing.vault import Place
from seedfund.store.unit import open_vault
from seedfund.store.work import Work

TABLE: Final = "sf_paper_scan"
COLUMN: Final = "file"


@dataclass(frozen=True, slots=True)
class CopyKept:
    """A signed copy as it is kept: of which paper, its SHA-256, and the bytes to store."""

    number: str
    version: int
    sha256: str
    stored: bytes = field(repr=False)
    is_sealed: bool = True

    @property
    def file_name(self) -> str:
        """A name that names nobody."""
        ending = "sealed" if self.is_sealed else "copy"
        return f"{self.number}-v{self.version}-{self.sha256[:12]}.{ending}"


@dataclass(frozen=True, slots=True)
class CopyOpened:
    """A signed copy brought back: which one it is, and the file as it was attached."""

    number: str
    version: int
    sha256: str
    content: bytes = field(repr=False)


def keep_copy(work: Work, number: str, content: bytes) -> CopyKept:
    """What to store of a signed copy that was attached to a paper.

    Raises:
        NotFound: there is no such paper, this file was not attached to it, or its person was erased.
        NotAllowed: its person is restricted.
    """
    paper = _paper(work, number)
    sha256 = hashlib.sha256(content).hexdigest()
    scan = next((one for one in scans_of(work.reader(), paper.id) if one.sha256 == sha256), None)
    if scan is None:
        raise NotFound(what="signed copy", which=f"{paper.number} {sha256[:12]}")
    if paper.subject_id is None:
        return CopyKept(paper.number, paper.version, sha256, content, is_sealed=False)
    stored = open_vault(work.reader(), work, paper.subject_id).seal_bytes(content, _place(scan))
    return CopyKept(paper.number, paper.version, sha256, stored)


def open_copy(work: Work, number: str, stored: bytes) -> CopyOpened:
    """A signed copy as it was attached, from what was stored of it.

    Raises:
        NotFound: there is no such paper, nothing was attached to it, or its person was erased.
        NotAllowed: its person is restricted.
        Corrupt: what was stored was altered, or is no copy of this paper.
    """
    paper = _paper(work, number)
    scans = scans_of(work.reader(), paper.id)
    if not scans:
        raise NotFound(what="signed copy", which=paper.number)
    for scan in scans:
        content = _opened(work, paper, scan, stored)
        if content is not None and hashlib.sha256(content).hexdigest() == scan.sha256:
            return CopyOpened(paper.number, paper.version, scan.sha256, content)
    raise Corrupt(
        f"the file is no signed copy of {paper.number}, or it was altered; bring back the copy from a backup"
    )


def _paper(work: Work, number: str) -> PaperRow:
    wanted = number.strip().upper()
    paper = find_paper(work.reader(), work.programme.id, wanted)
    if paper is None:
        raise NotFound(what="paper", which=wanted)
    require_seen(work, paper)
    return paper


def _opened(work: Work, paper: PaperRow, scan: EvidenceRow, stored: bytes) -> bytes | None:
    if paper.subject_id is None:
        return stored
    try:
        return open_vault(work.reader(), work, paper.subject_id).open_bytes(stored, _place(scan))
    except Corrupt:
        # Sealed for another copy of the paper, or altered: the caller knows when none is left.
        return None


def _place(scan: EvidenceRow) -> Place:
    return Place(TABLE, scan.id, COLUMN)
