"""Lines fit, words stay whole, nothing is lost, and a letter without a font is named before it is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.paper.blocks import Span
from seedfund.paper.faces import face
from seedfund.paper.typeset import LatinTypesetter, Line, clean

latin = st.text(st.sampled_from("abc ñÑáÜ -/., 0123456789WMil"), max_size=120)
SIZE = 10.0


def shown(line: Line) -> str:
    return line.text


def set_text(*spans: Span, width: float = 200) -> list[str]:
    return [shown(line) for line in LatinTypesetter().lines(spans, size=SIZE, width=width)]


@given(latin, st.floats(min_value=40, max_value=400))
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = LatinTypesetter().lines([Span(text)], size=SIZE, width=width)

    assert all(line.width <= width + 0.01 for line in lines)
    assert "".join(shown(line) for line in lines).replace(" ", "") == clean(text).replace(" ", "")


@given(latin)
def test_a_line_knows_its_own_width(text: str) -> None:
    (line,) = LatinTypesetter().lines([Span(text.strip())], size=SIZE, width=10_000)

    assert line.width == pytest.approx(face("regular").width(clean(text.strip())) * SIZE / 1000)


def test_a_number_is_never_parted_at_its_hyphens() -> None:
    assert set_text(Span("Convenio SC-2026-0042"), width=100) == ["Convenio", "SC-2026-0042"]


def test_a_word_may_be_parted_after_a_hyphen_between_letters() -> None:
    assert set_text(Span("entrega-recepción"), width=60) == ["entrega-", "recepción"]


def test_a_mark_stays_with_the_bold_word_before_it() -> None:
    front, amount = Span("El monto es "), Span("USD 500,00", bold=True)
    just_enough, _ = LatinTypesetter().width([front, amount], size=SIZE)

    lines = set_text(front, amount, Span(", no más"), width=just_enough)

    assert set_text(front, amount, width=just_enough) == ["El monto es USD 500,00"]
    assert lines == ["El monto es USD", "500,00, no más"]


def test_an_amount_with_its_own_blank_is_never_parted() -> None:
    lines = set_text(Span("El monto es USD\u00a0500,00 ahora"), width=100)

    assert lines == ["El monto es", "USD\u00a0500,00 ahora"]


def test_a_word_wider_than_the_line_is_broken_where_it_must_be() -> None:
    lines = set_text(Span("f" * 64), width=50)

    assert "".join(lines) == "f" * 64
    assert len(lines) > 3


def test_an_empty_text_is_one_empty_line() -> None:
    assert set_text(Span("")) == [""]
    assert set_text() == [""]


def test_lines_and_blanks_in_a_value_become_one_blank() -> None:
    assert clean("a\r\n\tb\u2028c  d") == "a b c d"


def test_an_accent_written_apart_is_drawn_as_one_letter() -> None:
    assert set_text(Span("Pen\u0303a")) == ["Peña"]
    assert LatinTypesetter().refusals([("name", "Pen\u0303a")]) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("สมชาย", "U+0E2A THAI CHARACTER SO SUA"),
        ("محمد", "U+0645 ARABIC LETTER MEEM"),
        ("Ana\u202egnp.exe", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("Ana\u00ad", "U+00AD SOFT HYPHEN"),
        ("Ana\u0000", "U+0000 without a name"),
        ("😀", "U+1F600 GRINNING FACE"),
        ("\ue000" + "0\ue001", "U+E000 without a name"),
    ],
)
def test_a_letter_that_no_font_has_is_named_with_its_field(text: str, named: str) -> None:
    first, *_ = LatinTypesetter().refusals([("owner.person.name", text)])

    assert first.code == "character_without_font"
    assert first.facts == {"field": "owner.person.name", "character": named}


def test_each_missing_letter_is_named_once_in_every_field_it_stands_in() -> None:
    found = LatinTypesetter().refusals([("a", "กก"), ("b", "ก"), ("c", "Łódź, Kŭshka, ß")])

    assert [refusal.facts["field"] for refusal in found] == ["a", "b"]


def test_digits_of_one_weight_are_all_equally_wide_so_that_figures_line_up() -> None:
    for weight in ("regular", "bold"):
        assert len({face(weight).glyphs[digit].advance for digit in "0123456789"}) == 1
