"""Printing an issued paper again: the same bytes as on the day it was issued, or the reason why not. Must not write."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from seedfund.documents.layouts import draw
from seedfund.documents.queries import PrintKept, print_kept, wording_kept
from seedfund.documents.rules.papers import LANGUAGE_NOT_ISSUED
from seedfund.documents.service.issuing import drawing_tools
from seedfund.documents.service.parties import require_named
from seedfund.documents.wording import Template, template_from_source
from seedfund.kernel.errors import Corrupt, NotFound, Refused
from seedfund.people.queries import names_of
from seedfund.register.queries import PaperRead, PaperRow, find_paper, read_paper
from seedfund.store.work import Work

TRANSLATION = "{number}-{language}"
"""The number of a paper's translation: the paper's own, and the language."""


@dataclass(frozen=True, slots=True)
class PaperPrinted:
    """A paper as a PDF, and which one it is."""

    number: str
    version: int
    kind: str
    language: str
    content_hash: str
    pdf: bytes


def print_paper(
    work: Work, number: str, *, version: int | None = None, templates_dir: Path | None = None
) -> bytes:
    """The PDF of an issued paper, the latest version unless one is named: the same bytes each time.

    `templates_dir` serves papers whose wording was not kept with them; all papers issued here keep theirs.

    Raises:
        NotFound: there is no such paper, or the person it names was erased.
        NotAllowed: the person it names is restricted.
        Corrupt: content, wording or number are not those that were issued, or the bytes come out differently.
        Refused: the wording was not kept and the one at hand has another version.
    """
    return printed(work, number, version=version, templates_dir=templates_dir).pdf


def printed(
    work: Work,
    number: str,
    *,
    version: int | None = None,
    language: str = "",
    templates_dir: Path | None = None,
) -> PaperPrinted:
    """An issued paper as a PDF with what it is; `language` picks its translation where it has one.

    Raises:
        Refused: `language_not_issued`.
        NotFound, NotAllowed, Corrupt: as `print_paper`.
    """
    wanted = _in_language(work, number.strip().upper(), language) if language else number.strip().upper()
    paper = read_paper(work, wanted, version=version)
    row = paper.row
    require_seen(work, row)
    kept = print_kept(work.reader(), row.id)
    spoken = kept.language if kept is not None else row.languages.split(",")[0]
    pdf = draw(
        paper.values(),
        language=spoken,
        template_version=row.template_version,
        number=row.number,
        content_hash=row.content_hash,
        chain_head=row.chain_head,
        templates_dir=templates_dir,
        template=_wording(work, paper, spoken),
    )
    if kept is not None:
        _require_same(row, kept, pdf)
    return PaperPrinted(row.number, row.version, row.kind, spoken, row.content_hash, pdf)


def _in_language(work: Work, number: str, language: str) -> str:
    found = find_paper(work.reader(), work.programme.id, number)
    if found is None or language in found.languages.split(","):
        return number
    other = TRANSLATION.format(number=number, language=language.upper())
    if find_paper(work.reader(), work.programme.id, other) is None:
        raise Refused([LANGUAGE_NOT_ISSUED(number=number, languages=found.languages, language=language)])
    return other


def require_seen(work: Work, row: PaperRow) -> None:
    """Do nothing when the actor may see whom a paper names.

    Raises:
        NotFound: that person was erased.
        NotAllowed: that person is restricted.
    """
    if row.subject_id is None:
        return
    name = names_of(work, [row.subject_id]).get(row.subject_id)
    if name is None:
        raise NotFound(what="paper", which=row.number)
    require_named(name)


def _wording(work: Work, paper: PaperRead, language: str) -> Template | None:
    row = paper.row
    kept = wording_kept(work.reader(), row.kind, language=language, version=row.template_version)
    if kept is None:
        return None
    template = template_from_source(
        row.kind, language=language, source=kept.source, labels_source=kept.labels
    )
    if template.version != row.template_version:
        raise Corrupt(
            f"the wording kept for {row.number} is {template.version}, not {row.template_version}, with which it was "
            "issued; stop and run: seedfund audit verify"
        )
    return template


def _require_same(row: PaperRow, kept: PrintKept, pdf: bytes) -> None:
    """The bytes of today against those of the day of issue; content and wording were compared before."""
    found = hashlib.sha256(pdf).hexdigest()
    if found == kept.pdf_sha256:
        return
    if kept.drawn_with != drawing_tools():
        raise Corrupt(
            f"the paper {row.number} comes out as other bytes ({found}, not {kept.pdf_sha256}): it was drawn with "
            f"{kept.drawn_with} and is drawn here with {drawing_tools()}; print it with those versions"
        )
    raise Corrupt(
        f"the paper {row.number} comes out as other bytes ({found}, not {kept.pdf_sha256}); content and wording are "
        "those that were issued, so its chain head or its language was altered; stop and run: seedfund audit verify"
    )
