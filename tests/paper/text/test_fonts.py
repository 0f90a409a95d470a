"""Families are asked in order, a host's own are values like ours, and what is no font is refused by name."""

from dataclasses import replace

import pytest

from seedfund.kernel.errors import Refused
from seedfund.paper.blocks import Span
from seedfund.paper.faces import FOLDER
from seedfund.paper.text import Family, ScriptTypesetter, read_family, shipped

THAI_FILE = (FOLDER / "NotoSansThai-Regular.ttf").read_bytes()


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("ñ", "SeedfundSans-Regular"),
        ("5", "SeedfundSans-Regular"),
        ("(", "SeedfundSans-Regular"),
        ("ก", "SeedfundNotoSansThai-Regular"),
        ("၅", "SeedfundNotoSansMyanmar-Regular"),
        ("ب", "SeedfundNotoNaskhArabic-Regular"),
        ("٥", "SeedfundNotoNaskhArabic-Regular"),
    ],
)
def test_the_first_family_that_has_a_character_draws_it(character: str, name: str) -> None:
    found = shipped().face_of(character)

    assert found is not None
    assert found.name == name


def test_every_letter_of_our_languages_has_a_bold_face_of_its_own() -> None:
    thai = [chr(code) for code in range(0x0E01, 0x0E3B)]
    burmese = [chr(code) for code in range(0x1000, 0x104A)]
    arabic = [chr(code) for code in (*range(0x0621, 0x063B), *range(0x0641, 0x0653), *range(0x0660, 0x066A))]

    for character in (*thai, *burmese, *arabic):
        regular, bold = shipped().face_of(character), shipped().face_of(character, bold=True)
        assert regular is not None
        assert bold is not None
        assert (regular.name[-7:], bold.name[-4:]) == ("Regular", "Bold")


def test_a_hosts_family_draws_what_no_other_has_or_all_it_has_when_it_comes_first() -> None:
    own = read_family("Casa Sans", regular=THAI_FILE)

    last, first = shipped().with_family(own), shipped().with_family(own, is_first=True)

    assert last.face_of("ก") is shipped().face_of("ก")
    assert first.face_of("ก") is own.regular
    assert first.face_of("ก", bold=True) is own.regular, "it has no bold"
    assert first.face_of("ñ") is shipped().face_of("ñ")
    assert shipped().families != first.families, "what travels with seedfund is not changed"


def test_a_paper_is_set_in_the_fonts_it_was_given() -> None:
    own = read_family("Casa Sans", regular=THAI_FILE)
    setter = ScriptTypesetter("th", fonts=shipped().with_family(own, is_first=True))

    (line,) = setter.lines([Span("ก ñ")], size=10, width=1_000)

    assert line.runs[0].face is own.regular
    assert line.text == "ก ñ"
    assert own.regular.name.startswith("CasaSans")


def test_what_nobody_sees_is_drawn_by_no_font_even_where_a_font_has_it() -> None:
    own = read_family("Casa Sans", regular=THAI_FILE)
    has_marks = replace(own.regular, glyphs={**own.regular.glyphs, "\u202e": own.regular.glyphs["ก"]})
    fonts = shipped().with_family(Family("Casa", has_marks), is_first=True)

    assert has_marks.has("\u202e")
    assert fonts.face_of("\u202e") is None
    assert ScriptTypesetter(fonts=fonts).refusals([("name", "Ana\u202e")])


def test_two_files_of_one_name_are_two_fonts() -> None:
    one = read_family("Casa", regular=THAI_FILE)
    other = read_family("Casa", regular=(FOLDER / "NotoSansThai-Bold.ttf").read_bytes())

    assert one.regular.name != other.regular.name


@pytest.mark.parametrize(
    "data", [b"", b"wOF2" + bytes(60), b"OTTO" + bytes(60), THAI_FILE[:4_000], b"%PDF-1.7" * 9]
)
def test_what_is_no_whole_font_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_family("Casa Sans", regular=THAI_FILE, bold=data)

    (refusal,) = caught.value.refusals
    assert refusal.code == "font_unusable"
    assert refusal.facts["font"] == "Casa Sans Bold"


def test_the_licence_names_every_family_that_travels_with_seedfund() -> None:
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")

    for file in FOLDER.glob("*.ttf"):
        assert f"{file.name.partition('-')[0]}-" in licence
