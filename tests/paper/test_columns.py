"""Two columns: pairs begin on one height, nothing is lost at a page's end, and each page says what the columns are."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.paper.blocks import Columns, Heading, Item, Paragraph, Span
from seedfund.paper.columns import GAP
from seedfund.paper.flow import paginate, slices
from seedfund.paper.marks import Slice, TextMark
from seedfund.paper.text import ScriptTypesetter
from seedfund.paper.typeset import LatinTypesetter

WIDTH = 463.0
RIGHT = (WIDTH - GAP) / 2 + GAP
SETTER = LatinTypesetter()
HEADER = (Paragraph((Span("izquierda"),), small=True), Paragraph((Span("derecha"),), small=True))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def said(mark: TextMark) -> str:
    return "".join(run.text for run in mark.line.runs)


def texts(found: list[Slice], *, right: bool) -> Iterator[str]:
    for one in found:
        for mark in one.marks:
            if isinstance(mark, TextMark) and (mark.x >= RIGHT) is right:
                yield said(mark)


words = st.lists(st.sampled_from(["pan", "convenio", "entrega-recepción", "y"]), min_size=1, max_size=260)
sides = st.lists(words.map(" ".join).map(paragraph), max_size=4)


@given(left=sides, right=sides)
def test_every_word_of_either_side_stands_in_its_column(
    left: list[Paragraph], right: list[Paragraph]
) -> None:
    found = slices([Columns(tuple(left), tuple(right))], SETTER, width=WIDTH)

    for blocks, is_right in ((left, False), (right, True)):
        expected = "".join(span.text for block in blocks for span in block.spans).replace(" ", "")
        assert "".join(texts(found, right=is_right)).replace(" ", "") == expected


def test_a_pair_begins_on_one_height_however_long_the_one_before_was() -> None:
    left = (Heading((Span("1. Uno"),), 2, "one"), paragraph("corto"), paragraph("segundo"))
    right = (Heading((Span("1. One"),), 2, "one"), paragraph("largo " * 40), paragraph("second"))

    found = slices([Columns(left, right)], SETTER, width=WIDTH)

    assert len(found) == 3
    for one in found:
        tops = {mark.x >= RIGHT: mark.y for mark in reversed(one.marks) if isinstance(mark, TextMark)}
        assert tops[False] == tops[True]
    assert found[0].keep


def test_a_short_pair_is_copied_one_column_after_the_other() -> None:
    columns = Columns((paragraph("uno " * 30),), (paragraph("one " * 30),))

    (found,) = slices([columns], SETTER, width=WIDTH)

    order = [mark.x >= RIGHT for mark in found.marks]
    assert order == sorted(order)


def test_columns_are_named_where_they_begin_and_on_every_further_page() -> None:
    blocks = [
        Columns((paragraph("uno " * 900),), (paragraph("one " * 900),), HEADER),
        Columns((Item("•", (Span("punto"),)),), (), HEADER, goes_on=True),
    ]

    pages = paginate(slices(blocks, SETTER, width=WIDTH), first_height=300, height=300)

    assert len(pages) > 2
    for page in pages:
        top = [said(mark) for mark in page[0].slice.marks if isinstance(mark, TextMark)]
        assert top == ["izquierda", "derecha"]
        rest = [said(mark) for one in page[1:] for mark in one.slice.marks if isinstance(mark, TextMark)]
        assert "izquierda" not in rest


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_may_be_empty(side: str) -> None:
    full = (paragraph("solo"),)
    block = Columns(full, ()) if side == "left" else Columns((), full)

    (found,) = slices([block], SETTER, width=WIDTH)

    (mark,) = found.marks
    assert (mark.x >= RIGHT) is (side == "right")


def test_on_a_page_that_begins_at_the_right_the_first_text_stands_there() -> None:
    block = Columns((paragraph("uno"),), (paragraph("dos"),), header=HEADER)

    found = slices([block], ScriptTypesetter("ar"), width=WIDTH)

    assert list(texts(found, right=True)) == ["izquierda", "uno"]
