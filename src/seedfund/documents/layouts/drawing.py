"""Draws a paper from its content alone. Must not know sessions, rows or clocks.

The order is fixed: content and hash, wording and its version, every character has a font, then the pages. Whatever
is wrong is said before anything is drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from seedfund.documents.content import Content, content_from_json, content_hash
from seedfund.documents.enclosed import FILE_NAME, Enclosed
from seedfund.documents.layouts.signatures import sign_boxes
from seedfund.documents.rules import SIGNATURES, TEMPLATE_CHANGED
from seedfund.documents.wording import Template, load_template
from seedfund.kernel.errors import Corrupt, Refused, refuse
from seedfund.paper.attachments import Attachment
from seedfund.paper.blocks import (
    Bars,
    Block,
    Directive,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    SignBoxes,
    Span,
    Table,
    Uprights,
)
from seedfund.paper.format import locale_of
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About
from seedfund.paper.typeset import LatinTypesetter

QR_VERSION: Final = "SF1"
LAYOUT: Final = 2
"""Number of the way papers are drawn; it rises when the same content comes out as other bytes."""
_UNNUMBERED: Final = ("annex-", "signing")


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
) -> bytes:
    """The PDF of a paper; the same arguments give the same bytes.

    `template` is the wording to print with when it is not the one at hand (`template_from_source`, from what was
    kept beside the issued paper); otherwise it is looked up by the content's paper and the language.

    Raises:
        Corrupt: the content does not have this hash or this number.
        InvalidInput: the content is not that of a paper.
        Refused: the wording cannot be used or has another version than the paper was issued with; a field holds
            a character that no font has (`character_without_font`, one for each).
    """
    content = content_from_json(content_json)
    _require_same(content, content_json, number=number, expected=content_hash)
    wording = template or load_template(content.paper, language=language, templates_dir=templates_dir)
    if wording.version != template_version:
        raise Refused([TEMPLATE_CHANGED(number=number, issued=template_version, found=wording.version)])
    setter = LatinTypesetter()
    refuse(setter.refusals(texts(content_json)))
    blocks = _laid_out(wording, content, content_json)
    frame = _frame(wording, content, content_hash=content_hash, chain_head=chain_head)
    refuse(setter.refusals(_wording_texts(wording, blocks, frame)))
    enclosed = Enclosed(
        number=number,
        language=language,
        template_version=template_version,
        content_hash=content_hash,
        chain_head=chain_head,
        content=content_json,
    )
    about = _about(wording, frame, content, enclosed)
    return paper(blocks, frame, about, typesetter=setter)


def _about(wording: Template, frame: Frame, content: Content, enclosed: Enclosed) -> About:
    """What the file says of itself, with its content inside as data."""
    return About(
        title=frame.running,
        author=content.organisation.name,
        language=str(locale_of(enclosed.language)).replace("_", "-"),
        day=content.dated_on,
        identity=f"{enclosed.content_hash} {wording.name} {wording.version} {enclosed.chain_head}",
        attachment=Attachment(
            name=FILE_NAME,
            media_type="application/json",
            description=f"{enclosed.number} {enclosed.content_hash}",
            content=enclosed.to_bytes(),
        ),
    )


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


def _laid_out(wording: Template, content: Content, data: Mapping[str, Any]) -> tuple[Block, ...]:
    """The wording's blocks with clauses numbered and the places for signatures filled."""
    result: list[Block] = []
    clause = 0
    for block in wording.blocks(data):
        match block:
            case Heading(level=2, anchor=anchor) if anchor and not anchor.startswith(_UNNUMBERED):
                clause += 1
                result.append(replace(block, spans=(Span(f"{clause}. "), *block.spans)))
            case Directive(name):
                result.append(sign_boxes(content, wording.labels) if name == SIGNATURES else PageBreak())
            case _:
                result.append(block)
    return tuple(result)


def _frame(wording: Template, content: Content, *, content_hash: str, chain_head: str) -> Frame:
    labels = wording.labels
    kind = str(getattr(content, "kind", ""))
    return Frame(
        letterhead=(content.organisation.name, content.programme, f"{content.fund} · {content.donor}"),
        running=f"{labels.get(kind, wording.title)} {content.number}",
        page_of=labels["page_of"],
        foot=(
            labels["foot_paper"].format(number=content.number, version=wording.version),
            labels["foot_hash"].format(hash=content_hash),
            labels["foot_chain"].format(chain=chain_head),
        ),
        qr=f"{QR_VERSION}:{content.number}:{content_hash.upper()}",
    )


def _wording_texts(wording: Template, blocks: Sequence[Block], frame: Frame) -> Iterator[tuple[str, str]]:
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
        case PageBreak() | Directive():
            return
