"""One way to issue every paper: draw it, keep its wording, put it on the register, remember what it looked like.

Whatever cannot be drawn is refused before the paper is written. Must not know any kind of paper.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from seedfund.documents.content import Content, content_hash
from seedfund.documents.layouts import LAYOUT, draw
from seedfund.documents.queries import chain_heads, wording_kept
from seedfund.documents.rules.papers import CHAIN_HEADS_TOO_LONG, PREVAILING_WITHOUT_WORDS
from seedfund.documents.tables import PaperPrint
from seedfund.documents.wording import Template, load_template
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.paper.format import LOCALES
from seedfund.paper.words import PHRASES
from seedfund.register.queries import find_paper
from seedfund.register.service import NewPaper, PaperIssued, write_paper
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

CHAIN_HEAD_MOST: Final = 400
_DRAWING: Final = (
    *("reportlab", "uharfbuzz", "budoux", "segno", "babel"),
    *("num2words", "jinja2", "markdown-it-py"),
)
_TOOLS_MOST: Final = 120
KEEP_WORDING: Final = Write(
    lambda: sa.text(
        "INSERT INTO sf_template_version (version, paper, language, source, labels) "
        "VALUES (:version, :paper, :language, :source, :labels) ON CONFLICT DO NOTHING"
    )
)


@dataclass(frozen=True, kw_only=True)
class ToIssue:
    """A paper about to be issued: its content, in which language, sealed for whom, and whose chain heads it prints.

    `is_correction` supersedes the latest version of its number, where there is one. `templates_dir` is the programme's
    own folder of wordings, or empty.
    """

    content: Content = field(repr=False)
    language: str
    book_ids: tuple[int, ...]
    subject_id: Key | None = None
    is_correction: bool = False
    templates_dir: str = ""


def write_issued(unit: Unit, new: ToIssue) -> PaperIssued:
    """Issue a paper inside a command.

    Raises:
        Refused: `character_without_font` for each character that cannot be drawn, `chain_heads_too_long`, every reason
            why the wording cannot be used, or those of the register.
    """
    data: Any = json.loads(canonical_text(new.content.to_json()))
    template = load_template(
        new.content.wording,
        language=new.language,
        templates_dir=Path(new.templates_dir) if new.templates_dir else None,
    )
    heads = chain_heads(unit, unit.programme.id, new.book_ids)
    number = new.content.number
    count = len(set(new.book_ids))
    refuse([CHAIN_HEADS_TOO_LONG(number=number, count=count)] if len(heads) > CHAIN_HEAD_MOST else [])
    pdf = draw(
        data,
        language=new.language,
        template_version=template.version,
        number=number,
        content_hash=content_hash(data),
        chain_head=heads,
        template=template,
    )
    _keep_wording(unit, template)
    paper = write_paper(
        unit,
        NewPaper(
            kind=new.content.paper,
            number=number,
            languages=(new.language,),
            content=data,
            template_version=template.version,
            chain_head=heads,
            subject_id=new.subject_id,
            replaces_version=_replaced(unit, new),
        ),
    )
    unit.insert(
        PaperPrint,
        paper_id=paper.paper_id,
        language=new.language,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        drawn_with=drawing_tools(),
    )
    return paper


TRANSLATION: Final = "{number}-{language}"
"""The number of a paper's translation: the paper's own, and the language."""


@dataclass(frozen=True)
class InLanguages:
    """A paper in its languages, the first of which prevails: how each is built, by its language and its number."""

    build: Callable[[str, str], ToIssue] = field(repr=False)
    number: str = field(kw_only=True)
    languages: tuple[str, ...] = field(kw_only=True)


@dataclass(frozen=True, kw_only=True)
class WrittenInLanguages:
    """The paper that prevails, its kind, and the numbers of its translations."""

    paper: PaperIssued
    kind: str
    translations: tuple[str, ...]


def write_in_languages(unit: Unit, asked: InLanguages) -> WrittenInLanguages:
    """Issue a paper, and its translations beside it as papers of their own, inside a command.

    Raises:
        Refused: `prevailing_without_words`, and as `write_issued`.
    """
    first, *others = dict.fromkeys(asked.languages)
    refuse(check_prevailing(first))
    prevailing = asked.build(first, asked.number)
    paper = write_issued(unit, prevailing)
    numbers = []
    for one in others:
        number = TRANSLATION.format(number=asked.number, language=one.upper())
        numbers.append(write_issued(unit, asked.build(one, number)).number)
    return WrittenInLanguages(paper=paper, kind=prevailing.content.paper, translations=tuple(numbers))


def check_prevailing(language: str) -> list[Refusal]:
    """A language without a rule for amounts cannot prevail: it borrows the words of the one that does.

    One that papers do not have at all is refused as such when its text is looked for.
    """
    if language in PHRASES or language not in LOCALES:
        return []
    return [PREVAILING_WITHOUT_WORDS(language=language, known=", ".join(PHRASES))]


def _replaced(unit: Unit, new: ToIssue) -> int | None:
    found = find_paper(unit, unit.programme.id, new.content.number) if new.is_correction else None
    return found.version if found is not None else None


def _keep_wording(unit: Unit, template: Template) -> None:
    """Keep a wording once; two commands that meet a new one at the same time both go on."""
    known = wording_kept(unit, template.paper, language=template.language, version=template.version)
    if known is None:
        unit.execute(
            KEEP_WORDING,
            version=template.version,
            paper=template.paper,
            language=template.language,
            source=template.source,
            labels=template.labels_source,
        )


@cache
def drawing_tools() -> str:
    """What draws papers here, with versions: a later one may lay out the same page in other bytes.

    The letters in front tell two lists apart even where what follows them is cut to fit its column.
    """
    versions = [f"{name} {version_of(name)}" for name in _DRAWING]
    full = ", ".join((f"layout {LAYOUT}", *versions))
    return f"{hashlib.sha256(full.encode('ascii')).hexdigest()[:8]}: {full}"[:_TOOLS_MOST]
