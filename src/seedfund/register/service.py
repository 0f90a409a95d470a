"""Issuing papers and taking in files: `write_…` for the areas above, two keyed commands for files people bring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput, NotFound, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.register.queries import COLUMN, LATEST, TABLE, PaperRow, evidence_by_hash, find_paper, scans_of
from seedfund.register.rules import (
    PAPER_NUMBER_TAKEN,
    PAPER_OTHER_KIND,
    PAPER_SUPERSEDED,
    EvidenceKind,
    paper_hash,
    read_sha256,
)
from seedfund.register.tables import EvidenceFile, Paper, PaperScan
from seedfund.store.commands import Command, verb
from seedfund.store.sealing.vault import Place
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class NewPaper:
    """A paper to be issued. With a `subject_id` its content is sealed in that subject's vault, else it is plain.

    `number` is a human number taken by the area that issues; `replaces_version` is the version this one corrects.
    """

    kind: str
    number: str
    languages: tuple[str, ...]
    content: Mapping[str, Any] = field(repr=False)
    template_version: str
    chain_head: str
    subject_id: Key | None = None
    replaces_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class PaperIssued:
    """The paper's key, number, version and the SHA-256 of its content."""

    paper_id: Key
    number: str
    version: int
    content_hash: str


def write_paper(unit: Unit, new: NewPaper) -> PaperIssued:
    """Put a paper on the register with its frozen content; nothing of it can be changed afterwards.

    Raises:
        Refused: `paper_number_taken`, `paper_superseded`, `paper_other_kind`.
        NotFound: the version to be corrected does not exist, or the subject has no vault.
    """
    before = unit.first(LATEST, programme=unit.programme.id, number=new.number)
    if new.replaces_version is not None and (before is None or before.version < new.replaces_version):
        raise NotFound(what="paper", which=f"{new.number} version {new.replaces_version}")
    refuse(_check(new, before))
    paper_id, version, hashed = unit.key(), before.version + 1 if before else 1, paper_hash(new.content)
    sealed, plain = _content(unit, paper_id, new)
    unit.insert(
        Paper,
        id=paper_id,
        programme_id=unit.programme.id,
        number=new.number,
        version=version,
        kind=new.kind,
        languages=",".join(new.languages),
        subject_id=new.subject_id,
        content_sealed=sealed,
        content_plain=plain,
        content_hash=hashed,
        template_version=new.template_version,
        chain_head=new.chain_head,
        issued_on=unit.occurred_on,
        issued_at=unit.now,
        issued_by=unit.actor.id,
        supersedes=before.id if before else None,
    )
    unit.created(TABLE, new.number, {"kind": new.kind, "version": version, "content_hash": hashed})
    return PaperIssued(paper_id=paper_id, number=new.number, version=version, content_hash=hashed)


def _check(new: NewPaper, before: PaperRow | None) -> list[Refusal]:
    if before is None:
        return []
    if new.replaces_version is None:
        return [PAPER_NUMBER_TAKEN(number=new.number)]
    refusals = []
    if before.version > new.replaces_version:
        refusals.append(PAPER_SUPERSEDED(number=new.number, version=before.version))
    if before.kind != new.kind:
        refusals.append(PAPER_OTHER_KIND(number=new.number, kind=before.kind, wanted=new.kind))
    return refusals


def _content(unit: Unit, paper_id: Key, new: NewPaper) -> tuple[bytes | None, str | None]:
    text = canonical_text(new.content)
    if new.subject_id is None:
        return None, text
    return unit.vault(new.subject_id).seal(Secret(text), Place(TABLE, paper_id, COLUMN)), None


@dataclass(frozen=True, kw_only=True)
class EvidenceFiled:
    """The file's key and SHA-256, and whether it was on file before (the same photo or receipt twice)."""

    evidence_id: Key
    sha256: str
    was_known: bool


def write_evidence_file(
    unit: Unit, sha256: str, *, kind: EvidenceKind, description: str, received_on: date | None = None
) -> EvidenceFiled:
    """Take in a file by its SHA-256; the same file twice is one row, and the second time is told.

    `description` says what it is (`bank advice of instalment 2`), never whom it names.

    Raises:
        InvalidInput: the SHA-256 is none, or the day lies in the future.
    """
    sha256, day = read_sha256(sha256), received_on or unit.occurred_on
    if day > unit.work.today():
        raise InvalidInput(
            field="received_on", problem=f"{day} lies in the future", remedy="give the day it came in"
        )
    known = evidence_by_hash(unit, unit.programme.id, [sha256]).get(sha256)
    if known is not None:
        return EvidenceFiled(evidence_id=known.id, sha256=sha256, was_known=True)
    evidence_id = unit.key()
    unit.insert(
        EvidenceFile,
        id=evidence_id,
        programme_id=unit.programme.id,
        sha256=sha256,
        kind=kind.value,
        description=description,
        received_on=day,
        recorded_by=unit.actor.id,
        recorded_at=unit.now,
    )
    unit.created("sf_evidence_file", sha256, {"kind": kind.value})
    return EvidenceFiled(evidence_id=evidence_id, sha256=sha256, was_known=False)


@dataclass(frozen=True, kw_only=True)
class FileEvidence(Command):
    """A file somebody brings: its SHA-256, what it proves, what it is (no names), and the day it came in."""

    sha256: str
    kind: EvidenceKind
    description: str
    received_on: date | None = None


@verb("register.file_evidence", roles=())
def file_evidence(unit: Unit, command: FileEvidence) -> EvidenceFiled:
    """Take in a file of evidence; anybody of the team may.

    Raises:
        InvalidInput: the SHA-256 is none, or the day lies in the future.
    """
    return write_evidence_file(
        unit,
        command.sha256,
        kind=command.kind,
        description=command.description,
        received_on=command.received_on,
    )


@dataclass(frozen=True, kw_only=True)
class AttachScan(Command):
    """The scan of an issued paper: the paper's number (its latest version) and the file's SHA-256."""

    number: str
    sha256: str
    received_on: date | None = None


@verb("register.attach_scan", roles=())
def attach_scan(unit: Unit, command: AttachScan) -> EvidenceFiled:
    """Keep a scan of an issued paper; the same scan twice changes nothing.

    Raises:
        NotFound: there is no such paper.
        InvalidInput: the SHA-256 is none, or the day lies in the future.
    """
    paper = find_paper(unit, unit.programme.id, command.number)
    if paper is None:
        raise NotFound(what="paper", which=command.number)
    filed = write_evidence_file(
        unit,
        command.sha256,
        kind=EvidenceKind.SIGNED_PAPER,
        description=f"scan of {paper.number} version {paper.version}",
        received_on=command.received_on,
    )
    if filed.evidence_id not in {one.id for one in scans_of(unit, paper.id)}:
        unit.insert(
            PaperScan,
            paper_id=paper.id,
            evidence_id=filed.evidence_id,
            recorded_by=unit.actor.id,
            recorded_at=unit.now,
        )
        unit.created("sf_paper_scan", paper.number, {"sha256": filed.sha256})
    return filed


COMMANDS: Final = (file_evidence, attach_scan)
