"""A font is read as it is, and what is cut out of it draws the same letters."""

import struct
from itertools import pairwise

import pytest

from seedfund.paper import truetype
from seedfund.paper.faces import FOLDER, face

REGULAR = face("regular").font


def test_a_letter_keeps_its_outline_and_width_when_it_is_cut_out() -> None:
    glyphs = [REGULAR.glyph_of[ord(letter)] for letter in "San 1"]

    cut = truetype.cut(REGULAR, glyphs)

    assert table(cut, "maxp")[4:6] == struct.pack(">H", len(glyphs) + 1)
    assert outlines(cut)[1:] == [padded(REGULAR.outline(glyph)) for glyph in glyphs]
    assert widths(cut)[1:] == [REGULAR.advances[glyph] for glyph in glyphs]


def test_an_accented_letter_brings_the_parts_it_is_made_of() -> None:
    enye = REGULAR.glyph_of[ord("ñ")]
    assert struct.unpack_from(">h", REGULAR.outline(enye))[0] < 0, "the letter is no longer composed"

    cut = truetype.cut(REGULAR, [enye])

    found = outlines(cut)
    first_part = struct.unpack_from(">H", found[1], 12)[0]
    assert len(found) == 4
    assert found[first_part] == padded(REGULAR.outline(REGULAR.glyph_of[ord("n")]))


def test_the_whole_cut_font_adds_up_to_the_number_the_format_asks_for() -> None:
    cut = truetype.cut(REGULAR, [REGULAR.glyph_of[ord("a")]])

    total = sum(struct.unpack(f">{len(cut) // 4}I", cut)) & 0xFFFFFFFF
    assert total == 0xB1B0AFBA


def test_a_file_that_is_no_font_with_outlines_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a TrueType font"):
        truetype.read(struct.pack(">IHHHH", 0x4F54544F, 0, 0, 0, 0))


def test_the_licence_travels_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("weight", ["regular", "bold", "italic"])
def test_every_weight_has_the_letters_of_the_languages_we_print(weight: str) -> None:
    needed = "áéíóúüñÁÉÍÓÚÜÑ¿¡«»“”–—…ºª€£¥ãõçâêôàèùëïœŁłŠšŽžğış₡₦฿"

    assert [letter for letter in needed if not face(weight).has(letter)] == ["฿"]


def table(font: bytes, name: str) -> bytes:
    count = struct.unpack_from(">H", font, 4)[0]
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4] == name.encode():
            start, length = struct.unpack_from(">II", font, at + 8)
            return font[start : start + length]
    raise AssertionError(f"the font has no {name}")


def padded(outline: bytes) -> bytes:
    return outline + b"\0" * (-len(outline) % 4)


def outlines(font: bytes) -> list[bytes]:
    offsets = [entry[0] for entry in struct.iter_unpack(">I", table(font, "loca"))]
    glyf = table(font, "glyf")
    return [glyf[start:end] for start, end in pairwise(offsets)]


def widths(font: bytes) -> list[int]:
    return [entry[0] for entry in struct.iter_unpack(">Hh", table(font, "hmtx"))]
