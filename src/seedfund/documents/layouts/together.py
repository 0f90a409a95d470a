"""A paper in two of its languages: side by side, or one text after the other. Must not know sessions, rows or clocks.

Each text is that of a paper on the register, with its own content, wording and hash; both hashes stand at the foot. The
column of the language that prevails says so. Tables are drawn whole, one language after the other; signed is once where
the texts stand side by side, and under each text where they follow one another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from seedfund.documents.enclosed import EnclosedTogether
from seedfund.documents.layouts.drawing import (
    QR_VERSION,
    Version,
    attached,
    checked,
    laid_out,
    wording_texts,
)
from seedfund.documents.layouts.pictures import CODE_IN_WORDS
from seedfund.documents.rules import TEMPLATE_LABEL_MISSING
from seedfund.documents.wording import PREVAILS
from seedfund.kernel.errors import insist, refuse
from seedfund.paper.attachments import Attachment
from seedfund.paper.blocks import (
    Block,
    Columns,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    SignBox,
    SignBoxes,
    Span,
    in_language,
)
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About
from seedfund.paper.text import ScriptTypesetter, without_isolates


class Arrangement(StrEnum):
    """How two texts of one paper stand: side by side, or one after the other."""

    SIDE = "side"
    AFTER = "after"


@dataclass(frozen=True)
class _Text:
    """One of the two texts, laid out, with what its column is headed by."""

    version: Version
    blocks: tuple[Block, ...]
    header: Paragraph


def draw_together(
    first: Version,
    second: Version,
    *,
    arrangement: Arrangement,
    typesetter: ScriptTypesetter | None = None,
) -> bytes:
    """The PDF of a paper in two of its languages; the same arguments give the same bytes.

    `typesetter` is one of the first language which set other papers before.

    Raises:
        Corrupt: a content does not have its hash or its number.
        Refused: a wording cannot be used, or has no label for the text that prevails; a field holds a character that no
            font has.
    """
    setter = typesetter or ScriptTypesetter(first.language)
    for one in (first, second):
        checked(one, setter)
    blocks = blocks_together(first, second, arrangement=arrangement)
    frame = _frame(first, second)
    for one in (first, second):
        refuse(setter.refusals(wording_texts(one.wording, blocks, frame), is_wording=True))
    about = About(
        title=without_isolates(frame.running),
        author=first.content.organisation.name,
        language=first.locale,
        day=first.content.dated_on,
        identity=" ".join([arrangement, *(one.identity for one in (first, second))]),
        attachment=_attached(first, second, arrangement),
    )
    return paper(blocks, frame, about, typesetter=setter)


def _attached(first: Version, second: Version, arrangement: Arrangement) -> Attachment:
    """Both contents as data: together they prove what the two texts say."""
    enclosed = EnclosedTogether(arrangement=arrangement, papers=(first.enclosed, second.enclosed))
    return attached(enclosed, " ".join(f"{one.number} {one.content_hash}" for one in (first, second)))


def blocks_together(
    first: Version, second: Version, *, arrangement: Arrangement = Arrangement.SIDE
) -> tuple[Block, ...]:
    """What two texts of one paper consist of when they are drawn together.

    Raises:
        Refused: a wording has no label for the text that prevails.
    """
    texts = (_text(first), _text(second))
    return tuple(_side_by_side(*texts) if arrangement is Arrangement.SIDE else _one_after_the_other(*texts))


def _text(version: Version) -> _Text:
    content, wording = version.content, version.wording
    needed = (PREVAILS, version.language, content.prevailing_language)
    refuse(
        [
            TEMPLATE_LABEL_MISSING(template=wording.name, label=label)
            for label in needed
            if label not in wording.labels
        ]
    )
    name = wording.labels[version.language]
    if version.language == content.prevailing_language:
        name = wording.labels[PREVAILS].format(language=name)
    blocks = in_language(laid_out(version), version.language)
    header = Paragraph((Span(name, bold=True),), small=True, language=version.language)
    return _Text(version, blocks, header)


def _frame(first: Version, second: Version) -> Frame:
    """The first text's letterhead, both names, both numbers and hashes; the code names the one that prevails."""
    both = (first, second)
    prevailing = next((one for one in both if one.language == one.content.prevailing_language), first)
    labels = first.wording.labels
    versions = " · ".join(one.wording.version for one in both)
    return Frame(
        letterhead=first.letterhead,
        running=" · ".join(dict.fromkeys(one.running for one in both)),
        page_of=labels["page_of"],
        foot=(
            labels["foot_paper"].format(number=first.apart(prevailing.number), version=first.apart(versions)),
            *(first.apart(f"{one.number} · SHA-256: {one.content_hash}") for one in both),
            *first.foot_chain,
        ),
        qr=f"{QR_VERSION}:{prevailing.number}:{prevailing.content_hash.upper()}",
        qr_said=CODE_IN_WORDS[first.language].format(number=prevailing.number),
    )


def _one_after_the_other(first: _Text, second: _Text) -> Iterator[Block]:
    for index, text in enumerate((first, second)):
        if index:
            yield PageBreak()
        yield text.header
        yield from text.blocks


def _side_by_side(first: _Text, second: _Text) -> Iterator[Block]:
    """Clause beside clause; what one of the texts alone has stands alone."""
    header = (first.header, second.header)
    left, right = (_clauses(text.blocks) for text in (first, second))
    goes_on = False
    for anchor in dict.fromkeys([*left, *right]):
        for block in _beside(_runs(left.get(anchor, [])), _runs(right.get(anchor, []))):
            if isinstance(block, Columns):
                yield replace(block, header=header, goes_on=goes_on)
                goes_on = True
            else:
                yield block


def _clauses(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """The blocks under each anchor, in order; those before the first anchor under an empty name."""
    found: dict[str, list[Block]] = {"": []}
    anchor = ""
    for block in blocks:
        if isinstance(block, Heading) and block.anchor:
            anchor = block.anchor
        found.setdefault(anchor, []).append(block)
    return found


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Text that follows text is one run; a table, a break or a place to sign is a run of its own."""
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and _is_text(block) and _is_text(runs[-1][-1]):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _is_text(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph | Item)


def _beside(left: Sequence[Sequence[Block]], right: Sequence[Sequence[Block]]) -> Iterator[Block]:
    for one, other in zip_longest(left, right, fillvalue=()):
        both = (*one, *other)
        if all(_is_text(block) for block in both):
            yield Columns(tuple(one), tuple(other))
        elif len(both) == 2 and isinstance(both[0], SignBoxes) and isinstance(both[1], SignBoxes):
            yield _signed_once(both[0], both[1])
        elif all(isinstance(block, PageBreak) for block in both):
            yield PageBreak()
        else:
            yield from both


def _signed_once(left: SignBoxes, right: SignBoxes) -> SignBoxes:
    insist(len(left.boxes) == len(right.boxes), "two texts of one paper are signed by the same people")
    return SignBoxes(tuple(_box(*pair) for pair in zip(left.boxes, right.boxes, strict=True)))


def _box(left: SignBox, right: SignBox) -> SignBox:
    return replace(
        left,
        role=_both(left.role, right.role),
        lines=tuple(dict.fromkeys((*left.lines, *right.lines))),
        print_label=_both(left.print_label, right.print_label),
    )


def _both(left: str, right: str) -> str:
    return " / ".join(dict.fromkeys((left, right)))
