"""What a text hides is found, and what is written as it should be is left in peace."""

import pytest

from seedfund.interchange.rules import CellKind, Column, flags_of
from seedfund.interchange.rules.texts import has_hidden, is_zawgyi

NOTE = Column(name="notes", spanish="notas")

ZAWGYI = [
    "\u103b\u1019\u1014\u1039\u1019\u102c",
    "\u1031\u1014\u102c\u1039",
    "\u101e \u1031\u1000\u102c\u1004\u1039\u1038",
]
"""Myanmar; an ending of politeness; a word and then good: as typed with the Zawgyi font."""
UNICODE = [
    "\u1019\u103c\u1014\u103a\u1019\u102c",  # Myanmar
    "\u1014\u1031\u102c\u103a",  # the ending
    "\u1017\u102f\u1012\u1039\u1013",  # Buddha, with a stacked letter
    "\u1021\u1004\u103a\u1039\u1002\u101c\u102d\u1015\u103a",  # English, with a kinzi
    "\u1000\u103b\u1031\u1038\u101b\u103d\u102c",  # village, a medial before E
    "\u1000\u107a\u102e\u1064\u1000\u103a",  # letters of Karen
    "Ana María Ñusta",
    "สมชาย ใจดี",
    "محمد علي",
    "",
]


@pytest.mark.parametrize("text", ZAWGYI)
def test_burmese_for_the_zawgyi_font_is_told(text: str) -> None:
    assert is_zawgyi(text)
    assert [flag.code for flag in flags_of(NOTE, text)] == ["text_zawgyi"]


@pytest.mark.parametrize("text", UNICODE)
def test_unicode_of_any_language_is_not_taken_for_zawgyi(text: str) -> None:
    assert not is_zawgyi(text)
    assert flags_of(NOTE, text) == ()


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200e", "\u202e", "\u2068", "\ufeff", "\U000e0041"])
def test_characters_nobody_sees_are_told(sign: str) -> None:
    assert has_hidden(f"Ana{sign}María")
    assert [flag.code for flag in flags_of(NOTE, f"Ana{sign}María")] == ["text_hidden"]


def test_only_texts_are_flagged_what_is_read_closely_is_refused_instead() -> None:
    assert flags_of(Column(name="code", spanish="codigo", kind=CellKind.IDENTIFIER), "a\u200bb") == ()
