"""The typesetter of every script: Latin goes the short way, all else is ordered, shaped and broken by its own rules.

Must not know pages, PDF or what the text says.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from seedfund.kernel.errors import Refusal
from seedfund.paper import text as room
from seedfund.paper.blocks import Span
from seedfund.paper.rules import character_without_font
from seedfund.paper.text.directions import is_rtl_language
from seedfund.paper.text.fonts import Fonts, shipped
from seedfund.paper.text.isolates import ISOLATES, without_isolates
from seedfund.paper.text.items import JOINERS, ZERO_WIDTH_SPACE, itemizer_of
from seedfund.paper.typeset import LatinTypesetter, Line, clean, latin_characters

_PARAGRAPHS_MAX: Final = 4_096
_INVISIBLE: Final = JOINERS | {ZERO_WIDTH_SPACE}


class ScriptTypesetter:
    """Sets text of every script that some font has.

    Args:
        language: the paper's own, as a tag (`es`, `ar`, `my`); a block or a span may name another. The direction of a
            paragraph is that of its language, whatever it holds.
        fonts: the families, in the order they are asked; those that travel with seedfund unless others are given.
    """

    def __init__(self, language: str = "es", *, fonts: Fonts | None = None) -> None:
        self._language = language
        self._fonts = fonts
        self._latin = LatinTypesetter()
        self._set: dict[tuple[tuple[Span, ...], str], room.SetParagraph] = {}
        self._lines: dict[tuple[tuple[Span, ...], str, float, float], tuple[Line, ...]] = {}
        self._drawable: tuple[set[str], set[str]] = (set(), set())
        self._widths: dict[tuple[tuple[Span, ...], str, float], tuple[float, float]] = {}

    @property
    def fonts(self) -> Fonts:
        """The families this typesetter asks."""
        if self._fonts is None:
            self._fonts = shipped()
        return self._fonts

    def is_rtl(self, language: str = "") -> bool:
        """Whether a text in the language (the paper's own where none is named) starts at the right."""
        return is_rtl_language(language or self._language)

    def refusals(self, texts: Iterable[tuple[str, str]], *, is_wording: bool = False) -> tuple[Refusal, ...]:
        """One refusal for each field and character that no font has, in the order met.

        Marks that nobody sees are refused as well, for what looks alike must be alike, with two exceptions: joiners
        after a letter that they shape, and in our own wording the isolates around values.
        """
        known = latin_characters() if self._fonts is None or self._fonts.is_latin_ours else frozenset[str]()
        found: dict[tuple[str, str], None] = {}
        for field, text in texts:
            if text in self._drawable[is_wording]:
                continue
            cleaned = clean(text)
            missing = (
                []
                if known.issuperset(cleaned) or self._draws_all(cleaned, is_wording=is_wording)
                else [
                    character
                    for place, character in enumerate(cleaned)
                    if character not in known
                    and not self._is_drawn(character, cleaned[place - 1 : place], is_wording=is_wording)
                ]
            )
            found.update(dict.fromkeys((field, character) for character in missing))
            if not missing:
                self._remember(text, is_wording=is_wording)
        return tuple(character_without_font(field=field, character=character) for field, character in found)

    def _remember(self, text: str, *, is_wording: bool) -> None:
        """Papers of one wording have most of their texts in common."""
        kept = self._drawable[is_wording]
        if len(kept) >= _PARAGRAPHS_MAX:
            kept.clear()
        kept.add(text)

    def lines(
        self, spans: Sequence[Span], *, size: float, width: float, language: str = ""
    ) -> tuple[Line, ...]:
        """Lines of at most `width` points in reading order, their runs placed as the directions ask."""
        key = (tuple(spans), language, size, width)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _PARAGRAPHS_MAX:
                self._lines.clear()
            if self._is_plain(spans, language):
                found = self._latin.lines(spans, size=size, width=width)
            else:
                paragraph = self._paragraph(spans, language)
                found = paragraph.lines(limit=width * 1000 / size + 0.01, size=size)
            self._lines[key] = found
        return found

    def width(self, spans: Sequence[Span], *, size: float, language: str = "") -> tuple[float, float]:
        """The width on one line and that of the widest part no line may end in, in points."""
        key = (tuple(spans), language, size)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) >= _PARAGRAPHS_MAX:
                self._widths.clear()
            if self._is_plain(spans, language):
                found = self._latin.width(spans, size=size)
            else:
                paragraph = self._paragraph(spans, language)
                found = paragraph.width * size / 1000, paragraph.widest * size / 1000
            self._widths[key] = found
        return found

    def _is_drawn(self, character: str, before: str, *, is_wording: bool) -> bool:
        if character in ISOLATES:
            return is_wording
        if character in _INVISIBLE:
            face = self.fonts.face_of(before) if before else None
            return (face is not None and face.is_shaped) or before in _INVISIBLE
        return self.fonts.face_of(character) is not None

    def _draws_all(self, text: str, *, is_wording: bool) -> bool:
        """Whether every character has a font; an invisible one of a font is looked at in its place."""
        seen = without_isolates(text) if is_wording else text
        return self.fonts.draws_all(seen) and _INVISIBLE.isdisjoint(seen)

    def _is_plain(self, spans: Sequence[Span], language: str) -> bool:
        """Whether one glyph for each character, from left to right, is all there is to it."""
        if self.is_rtl(language) or not (self._fonts is None or self._fonts.is_latin_ours):
            return False
        known = latin_characters()
        return all(
            not (span.link or span.language)
            and (span.text.isascii() or known.issuperset(span.text) or known.issuperset(clean(span.text)))
            for span in spans
        )

    def _paragraph(self, spans: Sequence[Span], language: str) -> "room.SetParagraph":
        key = (tuple(spans), language)
        found = self._set.get(key)
        if found is None:
            if len(self._set) >= _PARAGRAPHS_MAX:
                self._set.clear()
            base = int(self.is_rtl(language))
            said = language or self._language.partition("-")[0]
            text, items = itemizer_of(self.fonts).items(spans, base=base, language=said)
            found = self._set[key] = room.SetParagraph(text, items)
        return found
