"""The whole paper: letterhead, QR code, running head, foot with page x of y, and the blocks between them.

Must not know what kind of paper it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import segno

from seedfund.paper.blocks import Block, Span
from seedfund.paper.flow import Placed, paginate, slices
from seedfund.paper.marks import BoxMark, FillMark, RuleMark, TextMark
from seedfund.paper.pdf import About, PdfFile, Sheet
from seedfund.paper.styles import CELL, FINE, HAIR, RUNNING, TONES, TextStyle
from seedfund.paper.tagging import APART, FOOTER, HEADER, Part, document, figure_part, text_part
from seedfund.paper.text import ScriptTypesetter
from seedfund.paper.typeset import Line, Typesetter

WIDTH: Final = 595
HEIGHT: Final = 842
LEFT: Final = 66.0
TEXT_WIDTH: Final = WIDTH - 2 * LEFT
_HEAD_TOP: Final = 44.0
_QR_SIDE: Final = 66.0
_FIRST_TOP: Final = 118.0
_TOP: Final = 70.0
_BOTTOM: Final = 74.0
_RULE_GREY: Final = 0.6
_MASK: Final = 4
_STEP: Final = 0.04
"""By how much a text is drawn smaller at a time, until it fits."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text.

    `letterhead` is drawn beside the QR code on the first page, its first line bold; `qr_said` tells that code in words
    to who does not see it; `running` heads the other pages; `page_of` is a sentence with `{page}` and `{pages}`; `foot`
    are the fine lines under the rule. `left` is the margin on both sides, `first_top` where the text of the first page
    begins, in points. In a `language` written from right to left head and foot begin at the right. `least_scale` is how
    far a text that nearly fits one page may be drawn smaller to fit it: 1 is never.
    """

    letterhead: tuple[str, ...]
    running: str
    page_of: str
    foot: tuple[str, ...]
    qr: str = ""
    qr_said: str = ""
    left: float = LEFT
    first_top: float = _FIRST_TOP
    language: str = ""
    least_scale: float = 1.0

    @property
    def width(self) -> float:
        """How wide the text is."""
        return WIDTH - 2 * self.left


def paper(
    blocks: Sequence[Block], frame: Frame, about: About, *, typesetter: Typesetter | None = None
) -> bytes:
    """The PDF of blocks inside a frame, A4. Same blocks, frame and about: same bytes.

    Every character must have been checked (`Typesetter.refusals`) before.
    """
    setter = typesetter or ScriptTypesetter(about.language)
    text = _fitted(blocks, frame, setter, language=about.language)
    pdf = PdfFile(width=WIDTH, height=HEIGHT)
    painter = _Painter(frame, setter, text)
    for number, placed in enumerate(text.pages, start=1):
        painter.page(pdf.sheet(), number, placed)
    return pdf.finish(about, text.parts)


@dataclass(frozen=True, slots=True)
class _Text:
    """The text in pages, the parts it consists of, those of letterhead and foot, and how large it is drawn."""

    pages: tuple[tuple[Placed, ...], ...]
    parts: Part
    head: Part
    foot: Part
    scale: float = 1.0


def _fitted(blocks: Sequence[Block], frame: Frame, setter: Typesetter, *, language: str) -> _Text:
    """The text as large as it is meant, or a little smaller where that saves the second page."""
    whole = _laid_out(blocks, frame, setter, language=language)
    scale = 1.0
    while len(whole.pages) > 1 and scale - _STEP >= frame.least_scale - 1e-9:
        scale -= _STEP
        smaller = _laid_out(blocks, frame, setter, language=language, scale=scale)
        if len(smaller.pages) == 1:
            return smaller
    return whole


def _laid_out(
    blocks: Sequence[Block], frame: Frame, setter: Typesetter, *, language: str, scale: float = 1.0
) -> _Text:
    parts = document(language)
    head = parts.add("Div")
    found = slices(blocks, setter, width=frame.width / scale, under=parts)
    first, other = HEIGHT - frame.first_top - _BOTTOM, HEIGHT - _TOP - _BOTTOM
    pages = paginate(found, first_height=first / scale, height=other / scale)
    return _Text(pages, parts, head, parts.add("Div"), scale)


@lru_cache(maxsize=64)
def qr_rows(text: str) -> tuple[tuple[int, ...], ...]:
    """The QR code of a text as rows of 1 (black) and 0, without the quiet border.

    The mask is fixed: choosing the best of eight costs four times as much and every reader takes any.
    """
    code = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    return tuple(tuple(row) for row in code.matrix)


class _Painter:
    def __init__(self, frame: Frame, typesetter: Typesetter, text: _Text):
        self._frame, self._typesetter, self._text = frame, typesetter, text

    def page(self, sheet: Sheet, number: int, placed: Sequence[Placed]) -> None:
        if number == 1:
            self._letterhead(sheet)
        else:
            self._running_head(sheet)
        top = HEIGHT - (self._frame.first_top if number == 1 else _TOP)
        left, scale = self._frame.left, self._text.scale
        if scale != 1:
            # The upper left corner of the text stays where it is.
            sheet.draw(f"q {scale:g} 0 0 {scale:g} {left * (1 - scale):.2f} {top * (1 - scale):.2f} cm")
        for one in placed:
            _draw(sheet, one, top=top, left=left)
        if scale != 1:
            sheet.draw("Q")
        self._foot(sheet, number)

    def _letterhead(self, sheet: Sheet) -> None:
        y = HEIGHT - _HEAD_TOP
        width = self._frame.width - _QR_SIDE - 20
        for index, text in enumerate(self._frame.letterhead):
            style = RUNNING if index else CELL
            part = text_part(self._text.head, (Span(text),))
            for line in self._lines(text, style, width=width, bold=index == 0):
                y -= style.leading * line.tall
                x = self._x(0, line.width)
                sheet.text(line, x=x, y=y, size=style.size, grey=style.grey, part=part)
        if self._frame.qr:
            x = self._x(self._frame.width - _QR_SIDE, _QR_SIDE)
            part = figure_part(self._text.head, self._frame.qr_said or f"QR: {self._frame.qr}")
            sheet.squares(qr_rows(self._frame.qr), x=x, y=HEIGHT - _HEAD_TOP, side=_QR_SIDE, part=part)

    def _running_head(self, sheet: Sheet) -> None:
        y = HEIGHT - _HEAD_TOP
        line = self._lines(self._frame.running, RUNNING, width=self._frame.width)[0]
        x, width = self._x(0, line.width), self._frame.width
        sheet.text(line, x=x, y=y, size=RUNNING.size, grey=RUNNING.grey, part=HEADER)
        sheet.rule(x=self._frame.left, y=y - 6, width=width, weight=HAIR, grey=_RULE_GREY, part=HEADER)

    def _foot(self, sheet: Sheet, number: int) -> None:
        y = _BOTTOM - 22
        width = self._frame.width
        sheet.rule(x=self._frame.left, y=y, width=width, weight=HAIR, grey=_RULE_GREY, part=FOOTER)
        page_of = self._frame.page_of.format(page=number, pages=len(self._text.pages))
        line = self._lines(page_of, RUNNING, width=width)[0]
        end = self._x(width - line.width, line.width)
        below = y - RUNNING.leading
        sheet.text(line, x=end, y=below, size=RUNNING.size, grey=RUNNING.grey, part=FOOTER)
        for text in self._frame.foot:
            y -= FINE.leading
            fine = self._lines(text, FINE, width=width - line.width - 12)[0]
            x = self._x(0, fine.width)
            # What stands at the foot of every page is heard once, at the end.
            part = FOOTER if number > 1 else text_part(self._text.foot, (Span(text),))
            sheet.text(fine, x=x, y=y - 1, size=FINE.size, grey=FINE.grey, part=part)

    def _lines(self, text: str, style: TextStyle, *, width: float, bold: bool = False) -> tuple[Line, ...]:
        spans = [Span(text, bold=bold)]
        return self._typesetter.lines(spans, size=style.size, width=width, language=self._frame.language)

    def _x(self, before: float, own: float) -> float:
        """Where something as wide as `own` begins that stands so far from where lines do."""
        if self._typesetter.is_rtl(self._frame.language):
            return self._frame.left + self._frame.width - before - own
        return self._frame.left + before


def _draw(sheet: Sheet, placed: Placed, *, top: float, left: float) -> None:
    """The marks of a slice; one that was drawn before is drawing alone, as are rules outside a picture."""
    start = top - placed.y
    whole: Part | str = (not placed.is_again and placed.slice.part) or APART
    for mark in placed.slice.marks:
        x, y = left + mark.x, start - mark.y
        match mark:
            case TextMark():
                part = whole if placed.is_again or mark.part is None else mark.part
                sheet.text(mark.line, x=x, y=y, size=mark.size, grey=mark.grey, part=part)
            case RuleMark():
                sheet.rule(x=x, y=y, width=mark.width, weight=mark.weight, grey=mark.grey, part=whole)
            case BoxMark():
                box = {"width": mark.width, "height": mark.height}
                sheet.box(x=x, y=y - mark.height, grey=mark.grey, part=whole, **box)
            case FillMark():
                size = {"width": mark.width, "height": mark.height}
                colour = TONES[mark.tone % len(TONES)]
                sheet.fill(x=x, y=y - mark.height, colour=colour, part=whole, **size)
