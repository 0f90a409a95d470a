"""Draws a paper from its content alone. Must not know sessions, rows or clocks.

The order is fixed: content and hash, wording and its version, every character has a font, then the pages. Whatever
is wrong is said before anything is drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from seedfund.documents.content import Content, content_from_json, content_hash
from seedfund.documents.enclosed import FILE_NAME, Enclosed, EnclosedTogether
from seedfund.documents.layouts.pictures import CODE_IN_WORDS
from seedfund.documents.layouts.signatures import sign_boxes
from seedfund.documents.rules import SIGNATURES, TEMPLATE_CHANGED
from seedfund.documents.wording import Template, load_template
from seedfund.kernel.errors import Corrupt, Refused, refuse
from seedfund.paper.attachments import Attachment
from seedfund.paper.blocks import (
    Bars,
    Block,
    Columns,
    Directive,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    SignBoxes,
    Span,
    Table,
    Together,
    Uprights,
)
from seedfund.paper.format import locale_of
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About
from seedfund.paper.text import ScriptTypesetter, is_rtl_language, isolate, without_isolates

QR_VERSION: Final = "SF1"
LAYOUT: Final = 5
"""Number of the way papers are drawn; it rises when the same content comes out as other bytes."""
_UNNUMBERED: Final = ("annex-", "signing")


@dataclass(frozen=True, kw_only=True)
class Version:
    """A paper in one of its languages, as it stands on the register: plain data, wording, and what its foot says."""

    content: Content = field(repr=False)
    data: Mapping[str, Any] = field(repr=False)
    language: str
    wording: Template
    number: str
    content_hash: str
    chain_head: str

    @property
    def locale(self) -> str:
        """The language and country of the text, as PDF names them."""
        return str(locale_of(self.language)).replace("_", "-")

    @property
    def letterhead(self) -> tuple[str, ...]:
        """Organisation, programme, and who pays, where the paper is about money."""
        content = self.content
        funded = " · ".join(text for text in (content.fund, content.donor) if text)
        return tuple(text for text in (content.organisation.name, content.programme, funded) if text)

    @property
    def running(self) -> str:
        """What the paper is called, with its number."""
        kind = str(getattr(self.content, "kind", ""))
        return f"{self.wording.labels.get(kind, self.wording.title)} {self.apart(self.content.number)}"

    def apart(self, value: str) -> str:
        """A number or hash that keeps its order where the text around it runs from right to left."""
        return isolate(value) if is_rtl_language(self.language) else value

    @property
    def foot_chain(self) -> tuple[str, ...]:
        """Where the books end that the paper can be checked against; a paper that moves no money has none."""
        label = self.wording.labels["foot_chain"]
        return (label.format(chain=self.apart(self.chain_head)),) if self.chain_head else ()

    @property
    def identity(self) -> str:
        """What tells this paper from any other."""
        return f"{self.content_hash} {self.wording.name} {self.wording.version} {self.chain_head}"

    @property
    def enclosed(self) -> Enclosed:
        """Its content as data, to travel inside the file."""
        return Enclosed(
            number=self.number,
            language=self.language,
            template_version=self.wording.version,
            content_hash=self.content_hash,
            chain_head=self.chain_head,
            content=self.data,
        )


def attached(enclosed: Enclosed | EnclosedTogether, description: str) -> Attachment:
    """The file inside the file."""
    return Attachment(
        name=FILE_NAME,
        media_type="application/json",
        description=description,
        content=enclosed.to_bytes(),
    )


def draw(
    content_json: Mapping[str, Any],
    *,
    language: str,
    template_version: str,
    number: str,
    content_hash: str,
    chain_head: str,
    templates_dir: Path | None = None,
    template: Template | None = None,
    typesetter: ScriptTypesetter | None = None,
) -> bytes:
    """The PDF of a paper; the same arguments give the same bytes.

    `template` is the wording to print with when it is not the one at hand (`template_from_source`, from what was
    kept beside the issued paper); otherwise it is looked up by the content's paper and the language. `typesetter` is
    one of that language which set other papers before: what they have in common it does not set again.

    Raises:
        Corrupt: the content does not have this hash or this number.
        InvalidInput: the content is not that of a paper.
        Refused: the wording cannot be used or has another version than the paper was issued with; a field holds
            a character that no font has (`character_without_font`, one for each).
    """
    content = content_from_json(content_json)
    _require_same(content, content_json, number=number, expected=content_hash)
    wording = template or load_template(content.wording, language=language, templates_dir=templates_dir)
    if wording.version != template_version:
        raise Refused([TEMPLATE_CHANGED(number=number, issued=template_version, found=wording.version)])
    version = Version(
        content=content,
        data=content_json,
        language=language,
        wording=wording,
        number=number,
        content_hash=content_hash,
        chain_head=chain_head,
    )
    setter = typesetter or ScriptTypesetter(language)
    refuse(setter.refusals(texts(content_json)))
    blocks = laid_out(version)
    frame = _frame(version)
    refuse(setter.refusals(wording_texts(wording, blocks, frame), is_wording=True))
    about = About(
        title=without_isolates(frame.running),
        author=content.organisation.name,
        language=version.locale,
        day=content.dated_on,
        identity=version.identity,
        attachment=attached(version.enclosed, f"{number} {content_hash}"),
    )
    return paper(blocks, frame, about, typesetter=setter)


def checked(version: Version, setter: ScriptTypesetter) -> None:
    """Do nothing when a content has its hash and its number, and every character of it can be drawn.

    Raises:
        Corrupt: it has another hash or another number.
        Refused: `character_without_font`, one for each character of a field.
    """
    _require_same(version.content, version.data, number=version.number, expected=version.content_hash)
    refuse(setter.refusals(texts(version.data)))


def _require_same(content: Content, data: Mapping[str, Any], *, number: str, expected: str) -> None:
    found = content_hash(data)
    if found != expected:
        raise Corrupt(
            f"The content of paper {number} has the hash {found}, not {expected}; run: seedfund audit verify"
        )
    if content.number != number:
        raise Corrupt(
            f"The content of paper {number} carries the number {content.number}; run: seedfund audit verify"
        )


def texts(data: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text of plain data with the path of its field: `items[2].description`."""
    if isinstance(data, str):
        yield field, data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from texts(value, f"{field}.{name}" if field else str(name))
    elif isinstance(data, Sequence):
        for index, value in enumerate(data):
            yield from texts(value, f"{field}[{index}]")


def laid_out(version: Version) -> tuple[Block, ...]:
    """The wording's blocks with clauses numbered and the places for signatures filled."""
    result: list[Block] = []
    clause = 0
    for block in version.wording.blocks(version.data):
        match block:
            case Heading(level=2, anchor=anchor) if anchor and not anchor.startswith(_UNNUMBERED):
                clause += 1
                result.append(replace(block, spans=(Span(f"{clause}. "), *block.spans)))
            case Directive(name):
                is_for_hands = name == SIGNATURES
                boxes = sign_boxes(version.content, version.wording.labels) if is_for_hands else None
                result.append(boxes or PageBreak())
            case _:
                result.append(block)
    return tuple(result)


def _frame(version: Version) -> Frame:
    labels, apart = version.wording.labels, version.apart
    return Frame(
        letterhead=version.letterhead,
        running=version.running,
        page_of=labels["page_of"],
        foot=(
            labels["foot_paper"].format(
                number=apart(version.content.number), version=apart(version.wording.version)
            ),
            labels["foot_hash"].format(hash=apart(version.content_hash)),
            *version.foot_chain,
        ),
        qr=f"{QR_VERSION}:{version.content.number}:{version.content_hash.upper()}",
        qr_said=CODE_IN_WORDS[version.language].format(number=version.content.number),
    )


def wording_texts(wording: Template, blocks: Sequence[Block], frame: Frame) -> Iterator[tuple[str, str]]:
    """Every text that is about to be drawn, under the name of its template: what fields hold was checked before."""
    for block in blocks:
        for text in _block_texts(block):
            yield wording.name, text
    for text in (*frame.letterhead, frame.running, frame.page_of, *frame.foot):
        yield wording.name, text


def _block_texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield from (span.text for span in block.spans)
        case Item():
            yield block.mark
            yield from (span.text for span in block.spans)
        case Table():
            yield from (span.text for row in (block.header, *block.rows) for cell in row for span in cell)
        case SignBoxes():
            for box in block.boxes:
                yield from (box.role, box.name, *box.lines, box.print_label)
        case Bars(bars) | Uprights(bars):
            for bar in bars:
                yield from (bar.group, bar.label, bar.value)
        case Columns():
            for one in (*block.header, *block.left, *block.right):
                yield from _block_texts(one)
        case Together(parts):
            for part in parts:
                yield from _block_texts(part)
        case PageBreak() | Directive():
            return
