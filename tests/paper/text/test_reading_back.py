"""What a paper says can be copied and searched: exactly in Latin, Thai and Burmese, measured in Arabic."""

from difflib import SequenceMatcher

import pytest

from seedfund.paper.blocks import Align, Item, Paragraph, Span, Table
from seedfund.paper.text import without_isolates
from seedfund.paper.typeset import clean
from tests.paper.text.samples import ALL, ARABIC, BURMESE, EXACT, SPANISH, THAI, drawn, read_back

ARABIC_LEAST = 0.85
"""How much of an Arabic sentence with numbers PDFium gives back in order: every word, not every number."""


def said(text: str) -> str:
    return " ".join(without_isolates(clean(text)).replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", EXACT)
def test_a_sentence_is_copied_as_it_was_written(language: str) -> None:
    assert read_back(drawn([Paragraph((Span(EXACT[language]),), language=language)])) == said(EXACT[language])


@pytest.mark.parametrize("language", EXACT)
def test_a_bold_sentence_of_a_list_is_copied_as_it_was_written(language: str) -> None:
    short = EXACT[language][:40].rstrip()

    assert read_back(drawn([Item("1.", (Span(short, bold=True),), language=language)])) == f"1. {said(short)}"


@pytest.mark.parametrize("language", ["th", "my"])
def test_a_paragraph_of_many_lines_is_copied_without_a_letter_lost(language: str) -> None:
    text = " ".join([EXACT[language]] * 12)

    found = read_back(drawn([Paragraph((Span(text),), language=language)]))

    assert found.replace(" ", "") == said(text).replace(" ", "")


def test_scripts_side_by_side_in_a_table_are_copied_cell_by_cell() -> None:
    cells = tuple((Span(text),) for text in ("น้ำดื่ม", "သင်္ဘော", "Ñusta"))
    table = Table((Align.LEFT,) * 3, ((Span("th"),), (Span("my"),), (Span("qu"),)), (cells,))

    found = read_back(drawn([table]))

    assert found == "th my qu น้ำดื่ม သင်္ဘော Ñusta"


def test_words_of_arabic_are_copied_whole_and_most_of_a_sentence_in_order() -> None:
    found = read_back(drawn([Paragraph((Span(ARABIC),), language="ar")], "ar"))

    for word in ("اتفاقية", "منحة", "رقم", "بمبلغ", "هاتف", "ومئتان", "وخمسون", "السلام", "عليكم"):
        assert word in found
    assert SequenceMatcher(None, found, said(ARABIC)).ratio() > ARABIC_LEAST


def test_an_arabic_word_is_copied_letter_by_letter() -> None:
    assert (
        read_back(drawn([Paragraph((Span("السلام عليكم ورحمة"),), language="ar")], "ar"))
        == "السلام عليكم ورحمة"
    )


def test_every_script_on_one_page_is_found_on_it() -> None:
    blocks = [Paragraph((Span(text),), language=language) for language, text in ALL.items()]

    found = read_back(drawn(blocks))

    for text in (SPANISH, THAI, BURMESE):
        assert said(text).replace(" ", "") in found.replace(" ", "")
