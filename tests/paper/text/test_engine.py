"""Lines of every script fit, stand in order and lose nothing; what cannot be drawn is named with its field."""

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfund.paper.blocks import Span
from seedfund.paper.faces import face
from seedfund.paper.text import ScriptTypesetter, is_rtl_language, isolate, without_isolates
from seedfund.paper.typeset import LatinTypesetter, Line, Run, ShapedRun, clean
from tests.paper.text.samples import ALL, ARABIC, BURMESE, SPANISH, THAI

SIZE = 10.0
LISTED = Path(__file__).resolve().parents[4] / "shared" / "data" / "text" / "blns.json"
"""The public list of strings that break programs, where somebody laid it beside the checkout."""
OURS = (
    *(
        "",
        " ",
        "\x00",
        "\x07\x1b[31m",
        "\ufeff",
        "\u200b",
        "\u2028",
        "\ud7ff",
        "\ufffd",
        "\U0001f469\u200d\U0001f33e",
    ),
    *(
        "<img src=x onerror=alert(1)>",
        "{{ 7 * 7 }}",
        "%s%n",
        "'; DROP TABLE sf_grant; --",
        "=1+1",
        "../../etc/passwd",
    ),
    *("\u202eedoc\u202c", "\u2066\u2069", "ﷺ", "z̷̡̛a̸l̵g̶o̷", "ﬁn", "ñ", "n\u0303", "田中さん", "１２３", "½ ² ₂"),
)
"""Such strings of our own making, always tried."""


def naughty() -> list[str]:
    if not LISTED.exists():
        pytest.skip(f"the public list of naughty strings is not here ({LISTED.name})")
    found: list[str] = json.loads(LISTED.read_text(encoding="utf-8"))
    return found


written = st.text(
    st.sampled_from("ab Ñ1,-/ กำิเ้ ကြေ္ံး် ابلان٢() \u2066\u2069\u0640\u064b"), min_size=1, max_size=60
)


def lines(text: str, *, language: str = "es", width: float = 200.0) -> tuple[Line, ...]:
    return ScriptTypesetter(language).lines([Span(text)], size=SIZE, width=width)


def shown(text: str, *, language: str = "es", width: float = 200.0) -> list[str]:
    return [line.text for line in lines(text, language=language, width=width)]


def left_to_right(line: Line) -> list[str]:
    return [said for run in sorted(line.runs, key=lambda run: run.x) if (said := run.text.strip())]


@pytest.mark.parametrize("language", ALL)
@pytest.mark.parametrize("width", [60.0, 140.0, 460.0])
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(language: str, width: float) -> None:
    found = lines(ALL[language], language=language, width=width)

    assert all(line.width <= width + 0.01 for line in found)
    said = "".join(line.text for line in found).replace(" ", "")
    assert said == without_isolates(clean(ALL[language])).replace(" ", "")


@settings(max_examples=200)
@given(written, st.sampled_from(["es", "ar"]), st.floats(min_value=60, max_value=300))
def test_any_mixture_of_scripts_fits_its_lines_and_keeps_every_letter(
    text: str, language: str, width: float
) -> None:
    found = lines(text, language=language, width=width)

    assert all(line.width <= width + 0.01 for line in found)
    said = "".join(line.text for line in found).replace(" ", "")
    assert said == without_isolates(clean(text)).replace(" ", "")


@given(written)
def test_runs_of_a_line_stand_side_by_side_whatever_order_they_are_read_in(text: str) -> None:
    (line,) = lines(text, language="ar", width=100_000)
    reached = 0.0
    for run in sorted(line.runs, key=lambda one: (one.x, one.width)):
        assert run.x == pytest.approx(reached, abs=0.01)
        reached += run.width if isinstance(run, ShapedRun) else run.width * SIZE / 1000
    assert reached == pytest.approx(line.width, abs=0.01)


def test_latin_text_alone_is_set_the_short_way() -> None:
    assert lines(SPANISH) == LatinTypesetter().lines([Span(SPANISH)], size=SIZE, width=200)


def test_latin_words_beside_another_script_are_as_wide_as_alone() -> None:
    (line,) = lines("สวัสดี María Quishpe", width=1_000)
    (alone,) = LatinTypesetter().lines([Span("María Quishpe")], size=SIZE, width=1_000)

    latin = line.runs[-1]
    assert isinstance(latin, Run)
    assert latin.text == "María Quishpe"
    assert latin.width * SIZE / 1000 == pytest.approx(alone.width)


def test_a_value_set_apart_keeps_its_order_in_text_that_runs_the_other_way() -> None:
    (line,) = lines(f"هاتف {isolate('+962 79 000 0000')} هنا", language="ar", width=1_000)

    assert left_to_right(line) == ["هنا", "+962 79 000 0000", "هاتف"]


def test_a_paragraph_runs_as_its_language_does_and_not_as_its_first_letter() -> None:
    (line,) = lines("SC-2026-0042 اتفاقية", language="ar", width=1_000)
    (other,) = lines("SC-2026-0042 اتفاقية", language="es", width=1_000)

    assert left_to_right(line) == ["اتفاقية", "SC-2026-0042"]
    assert left_to_right(other) == ["SC-2026-0042", "اتفاقية"]


def test_brackets_open_towards_the_text_that_runs_the_other_way() -> None:
    (line,) = lines("(سلام)", language="ar", width=1_000)

    left, _, right = sorted(line.runs, key=lambda run: run.x)
    numbers = face("regular").font.glyph_of
    for run, drawn, said in ((left, "(", ")"), (right, ")", "(")):
        assert isinstance(run, ShapedRun)
        assert run.pieces[0].glyphs[0].glyph[:2] == (numbers[ord(drawn)], said)


def test_letters_that_join_are_drawn_joined() -> None:
    (line,) = lines("ببب", language="ar", width=1_000)
    (run,) = line.runs
    assert isinstance(run, ShapedRun)
    numbers = {placed.glyph.number for piece in run.pieces for placed in piece.glyphs}

    assert len(numbers) == 3, "first, middle and last form differ"


def test_a_vowel_that_is_written_after_its_consonant_is_drawn_before_it() -> None:
    (line,) = lines("ကေ", width=1_000)
    (run,) = line.runs
    assert isinstance(run, ShapedRun)
    (piece,) = run.pieces

    assert piece.text == "ကေ"
    assert piece.glyphs[0].glyph.number == run.face.font.glyph_of[ord("ေ")]


@pytest.mark.parametrize("text", ["ครัวเรือน" * 40, "ကျွန်ုပ်" * 40, "ا" * 400, "f" * 20_000])
def test_a_word_wider_than_any_line_is_cut_between_letters(text: str) -> None:
    found = shown(text, width=50)

    assert "".join(found) == text
    assert len(found) > 5
    assert not any(unicodedata.category(line[0]) in ("Mn", "Mc") for line in found)


def test_bold_is_bold_and_what_has_no_italic_is_set_upright() -> None:
    setter = ScriptTypesetter()
    spans = [Span("ก"), Span("ก", bold=True), Span("ก", italic=True), Span("a", italic=True)]
    (line,) = setter.lines(spans, size=SIZE, width=1_000)

    names = [run.face.name for run in line.runs]
    assert names == [
        "SeedfundNotoSansThai-Regular",
        "SeedfundNotoSansThai-Bold",
        "SeedfundNotoSansThai-Regular",
        "SeedfundSans-Italic",
    ]


def test_lines_of_tall_scripts_ask_for_more_room() -> None:
    assert [lines(text)[0].tall for text in (SPANISH, THAI, ARABIC, BURMESE)] == sorted(
        lines(text)[0].tall for text in (SPANISH, THAI, ARABIC, BURMESE)
    )
    assert lines(SPANISH)[0].tall == 1


def test_the_widest_part_is_what_no_line_ends_in() -> None:
    setter = ScriptTypesetter("ar")
    whole, widest = setter.width([Span(ARABIC)], size=SIZE)
    (phone,) = lines("+962 79 000 0000", width=1_000)

    assert widest == pytest.approx(phone.width, abs=0.01)
    assert whole == pytest.approx(lines(ARABIC, language="ar", width=10_000)[0].width)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ana\u202egnp.exe", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("محمد\u200f", "U+200F RIGHT-TO-LEFT MARK"),
        ("Ana\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("Ana\u200d", "U+200D ZERO WIDTH JOINER"),
        ("Ana\u200b", "U+200B ZERO WIDTH SPACE"),
        ("Ana\u0000", "U+0000 without a name"),
        ("สวัสดี 😀", "U+1F600 GRINNING FACE"),
        ("क", "U+0915 DEVANAGARI LETTER KA"),
        ("\ufeffAna", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("Ana\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_a_letter_that_no_font_has_or_nobody_sees_is_named_with_its_field(text: str, named: str) -> None:
    (refusal,) = ScriptTypesetter().refusals([("owner.person.name", text)])

    assert refusal.code == "character_without_font"
    assert refusal.facts == {"field": "owner.person.name", "character": named}


@pytest.mark.parametrize("text", [*ALL.values(), "می\u200cخواهم", "ရန်\u200bကုန်", "ครัว\u200bเรือน"])
def test_what_papers_say_is_drawn(text: str) -> None:
    assert ScriptTypesetter().refusals([("wording", text)], is_wording=True) == ()


def test_isolates_are_for_our_wording_and_not_for_what_a_person_typed() -> None:
    assert ScriptTypesetter().refusals([("name", isolate("Ana"))])
    assert ScriptTypesetter().refusals([("name", isolate("Ana"))], is_wording=True) == ()


@pytest.mark.parametrize("text", OURS, ids=range(len(OURS)))
def test_a_naughty_string_is_refused_by_name_or_set_as_it_was_typed(text: str) -> None:
    _refused_or_set(text)


def test_every_string_of_the_public_list_is_refused_by_name_or_set_as_it_was_typed() -> None:
    for text in naughty():
        _refused_or_set(text)


def _refused_or_set(text: str) -> None:
    setter = ScriptTypesetter()
    if setter.refusals([("name", text)]):
        return
    for language in ("es", "ar"):
        found = "".join(
            line.text for line in setter.lines([Span(text)], size=SIZE, width=200, language=language)
        )
        assert found.replace(" ", "") == clean(text).replace(" ", "").replace("\u200b", "")


def test_most_naughty_strings_can_be_set() -> None:
    setter, listed = ScriptTypesetter(), naughty()
    refused = [text for text in listed if setter.refusals([("name", text)])]

    assert 0 < len(refused) < len(listed) / 3


@pytest.mark.parametrize(
    ("tag", "is_rtl"),
    [("ar", True), ("ar-JO", True), ("ar_JO", True), ("ku-Arab", True), ("fa", True), ("es", False), ("my", False),
     ("ku-Latn", False), ("ar-Latn", False), ("", False)],
)  # fmt: skip
def test_a_language_tag_says_where_lines_begin(tag: str, is_rtl: bool) -> None:
    assert is_rtl_language(tag) is is_rtl


def test_breaks_of_one_paragraph_at_many_widths_never_change_its_letters() -> None:
    setter = ScriptTypesetter("ar")
    said = without_isolates(ARABIC).replace(" ", "")
    for width in range(70, 400, 15):
        found = setter.lines([Span(ARABIC)], size=SIZE, width=width)
        assert "".join(line.text for line in found).replace(" ", "") == said
    widths = [len(setter.lines([Span(ARABIC)], size=SIZE, width=width)) for width in range(70, 400, 15)]
    assert all(more >= fewer for more, fewer in pairwise(widths))


def test_a_face_says_whether_its_letters_change() -> None:
    assert not face("regular").is_shaped
