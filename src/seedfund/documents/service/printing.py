"""Printing an issued paper again: the same bytes as on the day it was issued, or the reason why not. Must not write."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from seedfund.documents.content import content_from_json
from seedfund.documents.layouts import Arrangement, Version, draw, draw_together
from seedfund.documents.queries import PrintKept, print_kept, wording_kept
from seedfund.documents.rules.papers import LANGUAGE_NOT_ISSUED
from seedfund.documents.service.issuing import TRANSLATION, drawing_tools
from seedfund.documents.service.parties import require_named
from seedfund.documents.wording import Template, load_template, template_from_source
from seedfund.kernel.errors import Corrupt, NotFound, Refused, refuse
from seedfund.paper.text import ScriptTypesetter
from seedfund.people.queries import names_of
from seedfund.register.queries import PaperRead, PaperRow, find_paper, read_paper
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class PaperPrinted:
    """A paper as a PDF, and which one it is."""

    number: str
    version: int
    kind: str
    language: str
    content_hash: str
    pdf: bytes


class Setters(dict[str, ScriptTypesetter]):
    """A typesetter for each language, made when it is first asked for.

    Who prints many papers of one wording keeps one of these: what the papers have in common is set once.
    """

    def __missing__(self, language: str) -> ScriptTypesetter:
        made = self[language] = ScriptTypesetter(language)
        return made


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
    setters: Setters | None = None,
) -> PaperPrinted:
    """An issued paper as a PDF with what it is; `language` picks its translation where it has one.

    Raises:
        Refused: `language_not_issued`.
        NotFound, NotAllowed, Corrupt: as `print_paper`.
    """
    wanted = _in_language(work, number.strip().upper(), language) if language else number.strip().upper()
    found = _found(work, read_paper(work, wanted, version=version), templates_dir, setters=setters)
    row = found.paper.row
    return PaperPrinted(row.number, row.version, row.kind, found.language, row.content_hash, found.pdf)


def named(work: Work, number: str, *, version: int | None = None, language: str = "") -> tuple[str, int]:
    """The number and the version of the paper that `printed` would print, which is not opened for it.

    Raises:
        Refused: `language_not_issued`.
        NotFound: there is no such paper.
    """
    wanted = number.strip().upper()
    wanted = _in_language(work, wanted, language) if language else wanted
    found = find_paper(work.reader(), work.programme.id, wanted)
    if found is None:
        raise NotFound(what="paper", which=wanted, look="seedfund agreement list")
    return found.number, version or found.version


def printed_together(
    work: Work,
    number: str,
    *,
    languages: tuple[str, str],
    arrangement: Arrangement = Arrangement.SIDE,
    version: int | None = None,
    setters: Setters | None = None,
) -> PaperPrinted:
    """An issued paper in two of its languages, in this order; they were issued in one step, on the same facts.

    Either text is drawn alone too and compared with the day of issue, so that the two together are what was issued.

    Raises:
        Refused: `language_not_issued`, also when one of the texts is of another version; `template_label_missing`, a
            wording that was kept has no word for the text that prevails.
        NotFound, NotAllowed, Corrupt: as `print_paper`.
    """
    wanted = number.strip().upper()
    main = read_paper(work, wanted, version=version)
    issued = main.values()["languages"]
    absent = [one for one in languages if one not in issued]
    named = ", ".join(issued)
    refuse([LANGUAGE_NOT_ISSUED(number=wanted, languages=named, language=one) for one in absent])
    first, second = (
        _found(
            work,
            main if one in main.row.languages.split(",") else _issued_with(work, main.row, one),
            setters=setters,
        )
        for one in languages
    )
    setter = None if setters is None else setters[languages[0]]
    pdf = draw_together(first.version(), second.version(), arrangement=arrangement, typesetter=setter)
    row = main.row
    return PaperPrinted(row.number, row.version, row.kind, ",".join(languages), row.content_hash, pdf)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A paper in one language as it is drawn now, which is as it was on the day of issue."""

    paper: PaperRead
    language: str
    wording: Template | None
    pdf: bytes

    def version(self) -> Version:
        """What of it is drawn beside another language."""
        row, data = self.paper.row, self.paper.values()
        content = content_from_json(data)
        return Version(
            content=content,
            data=data,
            language=self.language,
            wording=self.wording or load_template(content.wording, language=self.language),
            number=row.number,
            content_hash=row.content_hash,
            chain_head=row.chain_head,
        )


def _found(
    work: Work, paper: PaperRead, templates_dir: Path | None = None, *, setters: Setters | None = None
) -> _Found:
    row = paper.row
    require_seen(work, row)
    kept = print_kept(work.reader(), row.id)
    spoken = kept.language if kept is not None else row.languages.split(",")[0]
    wording = _wording(work, paper, spoken)
    pdf = draw(
        paper.values(),
        language=spoken,
        template_version=row.template_version,
        number=row.number,
        content_hash=row.content_hash,
        chain_head=row.chain_head,
        templates_dir=templates_dir,
        template=wording,
        typesetter=None if setters is None else setters[spoken],
    )
    if kept is not None:
        _require_same(row, kept, pdf)
    return _Found(paper=paper, language=spoken, wording=wording, pdf=pdf)


def _in_language(work: Work, number: str, language: str) -> str:
    found = find_paper(work.reader(), work.programme.id, number)
    if found is None or language in found.languages.split(","):
        return number
    other = TRANSLATION.format(number=number, language=language.upper())
    if find_paper(work.reader(), work.programme.id, other) is None:
        raise Refused([LANGUAGE_NOT_ISSUED(number=number, languages=found.languages, language=language)])
    return other


def _issued_with(work: Work, row: PaperRow, language: str) -> PaperRead:
    """The translation that was issued in the same step as this version of the paper."""
    other = TRANSLATION.format(number=row.number, language=language.upper())
    latest = find_paper(work.reader(), work.programme.id, other)
    for version in range(latest.version if latest is not None else 0, 0, -1):
        paper = read_paper(work, other, version=version)
        if paper.row.issued_at == row.issued_at:
            return paper
    raise Refused([LANGUAGE_NOT_ISSUED(number=row.number, languages=row.languages, language=language)])


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
    """The wording that was kept: under its paper's name, or that of the content's kind where kinds have one each."""
    row, name = paper.row, paper.row.kind
    kept = wording_kept(work.reader(), name, language=language, version=row.template_version)
    if kept is None:
        name = content_from_json(paper.values()).wording
        kept = wording_kept(work.reader(), name, language=language, version=row.template_version)
    if kept is None:
        return None
    template = template_from_source(name, language=language, source=kept.source, labels_source=kept.labels)
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
