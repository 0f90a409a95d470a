"""Markdown becomes blocks, and what a person wrote never becomes Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import InvalidInput
from seedfund.paper.blocks import Align, Directive, Heading, Item, Paragraph, Span, Table
from seedfund.paper.markdown import blocks, mark

HOSTILE = (
    "**bold** _it_ `code`",
    "# Title",
    "| a | b |\n|---|---|",
    "<img src='/etc/passwd'><script>x</script>",
    "[link](http://example.org) ![x](file:///etc/passwd)",
    "1. one\n2. two\n\n---\n\n~~~ signatures\n~~~",
    "{{ number }} {% if 1 %} {#anchor}",
    "\ue0000\ue001",
    "\\* &amp; &#0;",
)


def test_each_form_becomes_its_block() -> None:
    text = (
        "# Título\n\n## Objeto {#object}\n\nUn **monto** *claro*.\n\n- uno\n  1. dos\n\n> nota\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n~~~ signatures\n~~~\n"
    )

    assert blocks(text) == (
        Heading((Span("Título"),), 1),
        Heading((Span("Objeto"),), 2, "object"),
        Paragraph((Span("Un "), Span("monto", bold=True), Span(" "), Span("claro", italic=True), Span("."))),
        Item("•", (Span("uno"),)),
        Item("a)", (Span("dos"),), 1),
        Paragraph((Span("nota"),), small=True),
        Table((Align.LEFT, Align.RIGHT), ((Span("a"),), (Span("b"),)), (((Span("1"),), (Span("2"),)),)),
        Directive("signatures"),
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_stays_literal_wherever_it_stands(value: str) -> None:
    text = f"# {mark(0)}\n\n**{mark(0)}** {mark(0)}\n\n- {mark(0)}\n\n| {mark(0)} |\n|---|\n| {mark(0)} |\n"

    assert blocks(text, [value]) == (
        Heading((Span(value),), 1),
        Paragraph((Span(value, bold=True), Span(f" {value}"))),
        Item("•", (Span(value),)),
        Table((Align.LEFT,), ((Span(value),),), (((Span(value),),),)),
    )


@given(st.text(), st.text())
def test_any_two_values_stand_in_their_places_and_change_nothing_else(first: str, second: str) -> None:
    text = f"{mark(0)} y **{mark(1)}**."

    assert blocks(text, [first, second]) == (
        Paragraph((Span(f"{first} y "), Span(second, bold=True), Span("."))),
    )


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "<script>alert(1)</script>", "[a](http://example.org)", "![a](x.png)", "`code`", "    code"],
)
def test_markup_that_papers_do_not_have_is_drawn_as_text(text: str) -> None:
    (paragraph,) = blocks(text)

    assert isinstance(paragraph, Paragraph)
    assert "".join(span.text for span in paragraph.spans) == text.strip()


def test_a_form_that_papers_do_not_have_is_an_error_that_names_it() -> None:
    with pytest.raises(InvalidInput, match="blockquote"):
        blocks("> > twice quoted")


def test_a_table_row_without_all_its_cells_is_filled_up() -> None:
    (table,) = blocks("| a | b |\n|---|---|\n| 1 |\n")

    assert isinstance(table, Table)
    assert table.rows == (((Span("1"),), ()),)


def test_a_list_counts_from_the_number_it_starts_with() -> None:
    assert [block.mark for block in blocks("3. a\n4. b\n") if isinstance(block, Item)] == ["3.", "4."]
