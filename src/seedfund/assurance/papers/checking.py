"""The verdict on a paper somebody hands in: genuine, superseded, altered or unknown, and every comparison behind it.

A file is genuine by its bytes alone; what it says of itself only helps to find what it should have been. Must not know
where issued papers are kept.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from seedfund.assurance.papers import comparing
from seedfund.assurance.papers.added import Added, look_at_added
from seedfund.assurance.papers.comparing import FileRead, LineDiffers, Redrawn, read_file
from seedfund.assurance.papers.issued import IssuedPaper, Known, ScanNoted
from seedfund.assurance.rules import papers as kinds
from seedfund.assurance.rules.findings import Finding, FindingKind, Severity
from seedfund.assurance.rules.papers import PaperStatus, status_of
from seedfund.documents.content import CONTENTS
from seedfund.kernel.errors import SeedfundError
from seedfund.paper.reading import revision_hashes

TABLE: Final = "sf_paper"
SCANS: Final = "sf_paper_scan"


@dataclass(frozen=True, slots=True)
class PaperChecked:
    """What a file is: the verdict, the paper it is or should be, every comparison, and the lines that differ.

    `differences` quote the pages, so they name whom the paper names.
    """

    file: str
    status: PaperStatus
    number: str
    version: int | None
    kind: str
    findings: tuple[Finding, ...]
    differences: tuple[LineDiffers, ...] = field(default=(), repr=False)

    @property
    def books_stand(self) -> bool:
        """Whether nothing was found wrong with the books the paper names."""
        return all(one.kind is not kinds.BOOKS_DIFFER for one in self.findings)


def check_paper(
    data: bytes,
    *,
    file: str,
    known: Known,
    reprint: Callable[[IssuedPaper], bytes] | None = None,
    trusted: Sequence[bytes] = (),
) -> PaperChecked:
    """What a file is, compared with what is known of issued papers.

    `reprint` draws an issued paper from the content in the books; without it only files that carry their own content
    are compared line by line. `trusted` are certificates of those whose word on signers is taken.

    Raises:
        Refused: the file is no PDF, or is cut, too large, or cannot be read at all; what is trusted is no certificate.
    """
    hashes = revision_hashes(data)
    found = known.with_bytes(list(hashes))
    whole = [one for one in found if hashes[one.pdf_sha256] == len(data)]
    if whole:
        return _Checking(file, known, whole[-1]).genuine(data)
    scans = known.scans(sha256=hashlib.sha256(data).hexdigest())
    if found:
        added = look_at_added(data[: hashes[found[-1].pdf_sha256]], data, trusted=trusted)
        return _Checking(file, known, found[-1]).added(added, scans)
    if scans:
        return _scan(file, scans[-1])
    read = read_file(data, file=file)
    both = _both(read, known)
    if both and read.together is not None:
        return _Checking(file, known, both[0]).together(data, read, both)
    meant = _meant(read, known)
    if meant is None:
        return _unknown(file, known, read)
    return _Checking(file, known, meant).altered(read, reprint)


def check_scan(data: bytes, *, file: str, number: str, known: Known) -> PaperChecked:
    """Whether a file is one of the scans that were attached to a paper, byte for byte."""
    kept = known.scans(number=number)
    found = [one for one in kept if one.sha256 == hashlib.sha256(data).hexdigest()]
    if found:
        return _scan(file, found[-1])
    facts = {"number": number, "count": str(len(kept))}
    return PaperChecked(
        file,
        PaperStatus.ALTERED if kept else PaperStatus.UNKNOWN,
        number,
        None,
        "",
        (Finding(kinds.SCAN_ALTERED, SCANS, file, facts),),
    )


def _scan_known(scan: ScanNoted) -> Finding:
    facts = {"number": scan.number, "version": str(scan.version), "day": scan.received_on.isoformat()}
    return Finding(kinds.SCAN_KNOWN, SCANS, scan.number, facts)


def _scan(file: str, scan: ScanNoted) -> PaperChecked:
    finding = _scan_known(scan)
    return PaperChecked(file, PaperStatus.GENUINE, scan.number, scan.version, "scan", (finding,))


def _both(read: FileRead, known: Known) -> Sequence[IssuedPaper]:
    """The two texts a file carries, when both are on the register with these contents and numbers; else none."""
    if read.together is None:
        return ()
    found = [
        next(
            (
                paper
                for paper in reversed(known.with_content([one.content_hash]))
                if one.is_whole and paper.number == one.number
            ),
            None,
        )
        for one in read.together.papers
    ]
    return [one for one in found if one is not None] if None not in found else ()


def _meant(read: FileRead, known: Known) -> IssuedPaper | None:
    """Which paper a file says it is: by the hash of its content, or else by its number."""
    found = known.with_content(read.hashes) or known.with_number(read.numbers[:1])
    return found[-1] if found else None


def _unknown(file: str, known: Known, read: FileRead) -> PaperChecked:
    number = read.numbers[0] if read.numbers else "—"
    findings = [Finding(kinds.PAPER_UNKNOWN, TABLE, file, {"number": number})]
    if read.enclosed is not None and read.enclosed.is_whole:
        findings.append(Finding(kinds.ENCLOSED_FITS_ITSELF, TABLE, file))
    kind = read.enclosed.kind if read.enclosed is not None and read.enclosed.kind in CONTENTS else ""
    return PaperChecked(file, PaperStatus.UNKNOWN, number, None, kind, (*findings, *_limits(file, known)))


def _limits(file: str, known: Known) -> tuple[Finding, ...]:
    if known.as_of is None:
        return ()
    return (Finding(kinds.BOOKS_NOT_SEEN, TABLE, file, {"day": known.as_of.isoformat()}),)


class _Checking:
    """One file against one issued paper; findings gather in the order of the comparisons, the verdict first."""

    def __init__(self, file: str, known: Known, paper: IssuedPaper):
        self._file, self._known, self._paper = file, known, paper
        self._findings: list[Finding] = []
        self._differences: tuple[LineDiffers, ...] = ()

    def genuine(self, data: bytes) -> PaperChecked:
        """The file has the bytes that were issued; whether the register was altered instead shows by drawing again."""
        paper = self._paper
        if paper.latest > paper.version:
            self._note(kinds.PAPER_SUPERSEDED, latest=paper.latest)
        else:
            self._note(kinds.PAPER_GENUINE)
        read = read_file(data, file=self._file)
        self._enclosed(read)
        drawn = comparing.redraw(paper, read.enclosed, self._known)
        if drawn.pdf is None:
            self._note(kinds.NOT_REDRAWN, reason=drawn.reason)
        elif drawn.pdf == data:
            self._note(kinds.REDRAWN_SAME)
        elif comparing.is_drawn_here(paper):
            self._note(kinds.REDRAWN_DIFFERS)
        else:
            self._note(kinds.NOT_REDRAWN, reason=comparing.OTHER_TOOLS)
        return self._done()

    def together(self, data: bytes, read: FileRead, both: Sequence[IssuedPaper]) -> PaperChecked:
        """The file carries two texts of the paper; nobody noted its bytes, so it is drawn again from both."""
        drawn = (
            comparing.redraw_together(both, read.together, self._known) if read.together else Redrawn(None)
        )
        if drawn.pdf == data:
            self._note(kinds.TOGETHER_GENUINE, languages=", ".join(one.language for one in both))
        elif drawn.pdf is None:
            self._note(kinds.TOGETHER_NOT_DRAWN, reason=drawn.reason)
        else:
            self._text(read, drawn)
            is_drawn_here = all(comparing.is_drawn_here(one) for one in both)
            if self._differences or is_drawn_here:
                self._findings.insert(0, self._finding(kinds.PAPER_ALTERED))
            else:
                self._note(kinds.TOGETHER_NOT_DRAWN, reason=comparing.OTHER_TOOLS)
        held = min(both, key=lambda one: one.version - one.latest)
        if held.latest > held.version:
            self._note(kinds.PAPER_SUPERSEDED, latest=held.latest)
        self._note(kinds.ENCLOSED_SAME)
        return self._done()

    def added(self, added: Added, scans: Sequence[ScanNoted]) -> PaperChecked:
        """The file begins with the bytes that were issued, and goes on; a copy that is on file was looked at before."""
        paper = self._paper
        if scans:
            self._findings.append(_scan_known(scans[-1]))
        elif added.is_signatures:
            self._note(kinds.SIGNED_ONLY)
        else:
            self._note(kinds.ADDED_AFTER, bytes=added.count)
        if paper.latest > paper.version:
            self._note(kinds.PAPER_SUPERSEDED, latest=paper.latest)
        for kind, facts in added.told:
            if not scans or kind is not kinds.SIGNATURE_DRAWN:
                self._note(kind, **facts)
        return self._done()

    def altered(self, read: FileRead, reprint: Callable[[IssuedPaper], bytes] | None) -> PaperChecked:
        """The file says it is this paper, and has other bytes."""
        is_its_content = self._paper.content_hash in read.hashes
        self._note(kinds.PAPER_ALTERED if is_its_content else kinds.PAPER_NEVER_ISSUED)
        self._enclosed(read)
        if read.pages is not None:
            is_printed = self._paper.content_hash in read.printed
            self._note(kinds.HASH_PRINTED if is_printed else kinds.HASH_NOT_PRINTED)
        drawn = comparing.redraw(self._paper, read.enclosed, self._known)
        if drawn.pdf is None and reprint is not None:
            drawn = _reprinted(self._paper, reprint)
        self._text(read, drawn)
        return self._done()

    def _enclosed(self, read: FileRead) -> None:
        enclosed = read.enclosed
        if enclosed is None and not read.is_damaged:
            self._note(kinds.ENCLOSED_MISSING)
            return
        is_same = (
            enclosed is not None and enclosed.is_whole and enclosed.content_hash == self._paper.content_hash
        )
        self._note(kinds.ENCLOSED_SAME if is_same else kinds.ENCLOSED_ALTERED)

    def _text(self, read: FileRead, drawn: Redrawn) -> None:
        if drawn.pdf is None or read.pages is None:
            self._note(kinds.TEXT_NOT_COMPARED, reason=drawn.reason or comparing.NO_TEXT)
            return
        found = tuple(comparing.line_differences(comparing.lines_of(drawn.pdf), read.pages))
        if found:
            self._note(kinds.TEXT_DIFFERS, count=len(found))
            self._differences = found[: comparing.DIFFERENCES_MOST]
        else:
            self._note(kinds.TEXT_SAME)

    def _note(self, kind: FindingKind, **facts: object) -> None:
        self._findings.append(self._finding(kind, **facts))

    def _finding(self, kind: FindingKind, **facts: object) -> Finding:
        paper = self._paper
        told = {"number": paper.number, "version": paper.version, "day": paper.issued_on.isoformat()}
        shown = {name: str(value) for name, value in (told | facts).items()}
        return Finding(kind, TABLE, paper.number, shown)

    def _done(self) -> PaperChecked:
        for head in self._known.heads(self._paper):
            self._note(kinds.BOOKS_STAND if head.stands else kinds.BOOKS_DIFFER, book=head.book, seq=head.seq)
        findings = (*self._findings, *_limits(self._file, self._known))
        return PaperChecked(
            self._file,
            status_of(findings),
            self._paper.number,
            self._paper.version,
            self._paper.kind,
            findings,
            self._differences,
        )


def _reprinted(paper: IssuedPaper, reprint: Callable[[IssuedPaper], bytes]) -> Redrawn:
    """The paper from the content in the books; who may not see it, or where it was altered, is told so."""
    try:
        return Redrawn(reprint(paper))
    except SeedfundError as error:
        return Redrawn(None, str(error))


def worst(checked: Sequence[PaperChecked]) -> PaperStatus:
    """The gravest of several verdicts: altered, then unknown, then superseded."""
    return max((one.status for one in checked), key=list(PaperStatus).index)


def errors_of(checked: PaperChecked) -> tuple[Finding, ...]:
    """What is wrong with a file, or with the books it names."""
    return tuple(one for one in checked.findings if one.severity is Severity.ERROR)
