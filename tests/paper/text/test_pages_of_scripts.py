"""Pages of every script: mirrored where lines begin at the right, whole, linked, and the same bytes every time."""

import re
import subprocess
import sys
from dataclasses import replace

import pypdfium2
import pytest

from seedfund.paper.blocks import (
    Align,
    Block,
    Heading,
    Item,
    Paragraph,
    SignBox,
    SignBoxes,
    Span,
    Table,
    Together,
    in_language,
)
from seedfund.paper.flow import paginate, slices
from seedfund.paper.marks import Slice, TextMark
from seedfund.paper.text import ScriptTypesetter
from seedfund.paper.typeset import Run
from tests.paper.text.samples import ALL, ARABIC, BURMESE, SPANISH, drawn, read_back

WIDTH = 300.0
TABLE = Table(
    (Align.LEFT, Align.RIGHT),
    ((Span("البند"),), (Span("المبلغ"),)),
    (((Span("ماكينة خياطة"),), (Span("1,250.500"),)), ((Span("قماش"),), (Span("90.000"),))),
    language="ar",
)


def marks(block: Block, language: str = "es") -> list[TextMark]:
    found = slices([block], ScriptTypesetter(language), width=WIDTH)
    return [mark for one in found for mark in one.marks if isinstance(mark, TextMark)]


def end(mark: TextMark) -> float:
    return round(mark.x + mark.line.width, 2)


def blocks_of_all() -> list[Block]:
    return [
        *(
            Paragraph((Span(text), Span(" "), Span(text[:20], bold=True)), language=one)
            for one, text in ALL.items()
        ),
        TABLE,
        Heading((Span(ARABIC),), 2, language="ar"),
    ]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Span("السلام"),), language="ar"),
        Heading((Span("السلام"),), 1, language="ar"),
        Paragraph((Span("Ana"),), language="ar"),
    ],
)
def test_a_line_of_a_language_written_from_the_right_begins_there(block: Block) -> None:
    assert end(marks(block)[0]) == WIDTH


def test_without_a_language_of_its_own_a_block_begins_where_the_papers_language_does() -> None:
    block = Paragraph((Span("السلام"),))

    assert end(marks(block, "ar")[0]) == WIDTH
    assert marks(block, "es")[0].x == 0


def test_the_mark_of_a_list_stands_right_of_its_text() -> None:
    mark, text = marks(Item("1.", (Span("السلام"),), language="ar"))

    assert mark.x > end(text)
    assert end(text) == WIDTH - 16


def test_columns_run_from_right_to_left_and_figures_end_at_one_place() -> None:
    item, amount, *rows = marks(TABLE)

    assert end(item) == WIDTH
    assert item.x > end(amount)
    assert end(rows[1]) == end(rows[3]) == end(amount)
    assert end(rows[0]) == end(rows[2]) == WIDTH


def test_the_header_drawn_again_on_the_next_page_runs_from_right_to_left_too() -> None:
    long = replace(TABLE, rows=TABLE.rows * 20)
    found = slices([long], ScriptTypesetter("ar"), width=WIDTH)

    (again,) = found[-1].repeats
    assert again.marks == found[0].marks


def test_who_signs_first_stands_at_the_right() -> None:
    boxes = SignBoxes((SignBox("الموقع", "Ana"), SignBox("شاهد", "Luis")), language="ar")
    found = {mark.line.text: mark for mark in marks(boxes)}

    assert end(found["Ana"]) == WIDTH
    assert end(found["Luis"]) < WIDTH / 2


def test_lines_of_a_tall_script_are_further_apart() -> None:
    latin, burmese = (
        slices([Paragraph((Span(text),))], ScriptTypesetter(), width=WIDTH)[0].height
        for text in (SPANISH, BURMESE)
    )

    assert burmese > 1.2 * latin


def test_justified_lines_end_at_the_edge_but_the_last() -> None:
    text = " ".join([SPANISH] * 4)
    found = marks(Paragraph((Span(text),), align=Align.JUSTIFIED))
    plain = marks(Paragraph((Span(text),)))

    assert {end(mark) for mark in found[:-1]} == {WIDTH}
    assert end(found[-1]) < WIDTH
    assert [mark.line.text for mark in found] == [mark.line.text for mark in plain]
    last = found[0].line.runs[-1]
    assert isinstance(last, Run)
    assert last.x + last.width * 9.5 / 1000 == pytest.approx(WIDTH)


def test_a_justified_line_is_copied_as_it_was_written() -> None:
    text = " ".join([SPANISH] * 4)

    assert read_back(drawn([Paragraph((Span(text),), align=Align.JUSTIFIED)])) == " ".join(text.split())


def test_text_of_other_scripts_is_not_pulled_apart() -> None:
    found = marks(Paragraph((Span(" ".join([BURMESE] * 3)),), align=Align.JUSTIFIED))

    assert all(end(mark) < WIDTH for mark in found)


def test_what_is_kept_together_moves_to_the_next_page_together() -> None:
    kept = Together(tuple(Paragraph((Span(f"Línea {number}"),)) for number in range(6)))
    found = slices([kept], ScriptTypesetter(), width=WIDTH)

    pages = paginate([Slice(60, ()), *found], first_height=120, height=1_000)

    assert [len(page) for page in pages] == [1, 6]


def test_a_link_leads_where_it_says_and_nowhere_else() -> None:
    spans = (Span("Vea "), Span("la guía", link="https://example.org/guia"), Span("."))
    pdf = drawn([Paragraph(spans)])

    assert pdf.count(b"/URI (https://example.org/guia)") == 1
    assert read_back(pdf) == "Vea la guía."
    for address in ("javascript:alert(1)", "file:///etc/passwd", "http://example.org"):
        with pytest.raises(ValueError, match="https://, mailto: alone"):
            Span("x", link=address)


def test_blocks_are_said_to_be_in_a_language_once() -> None:
    inner = Paragraph((Span("a"),), language="th")
    found = in_language([Together((inner, Heading((Span("b"),), 2)))], "ar")

    assert found == (Together((inner, Heading((Span("b"),), 2, language="ar"))),)


def test_the_same_pages_are_the_same_bytes_whatever_was_drawn_before_and_in_whatever_order() -> None:
    blocks = blocks_of_all()
    first = drawn(blocks)

    for other in reversed(blocks):
        drawn([other, Paragraph((Span("ฮฯะ ဿဤ ڜڠ"),))])

    assert drawn(blocks) == first


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "import sys, hashlib; from tests.paper.text import test_pages_of_scripts as t; "
        "sys.stdout.write(hashlib.sha256(t.drawn(t.blocks_of_all())).hexdigest())"
    )
    digests = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
        for _ in "12"
    }

    assert len(digests) == 1


def test_a_page_of_every_script_holds_our_own_fonts_alone_and_stays_small() -> None:
    pdf = drawn(blocks_of_all())

    names = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z]+)", pdf))
    assert names == {
        b"SeedfundSans",
        b"SeedfundNotoSansThai",
        b"SeedfundNotoSansMyanmar",
        b"SeedfundNotoNaskhArabic",
    }
    assert len(pdf) < 60_000


def test_the_longest_burmese_paragraph_is_parted_over_pages_and_not_lost() -> None:
    text = BURMESE * 60

    pdf = drawn([Paragraph((Span(text),), language="my")])

    assert len(pypdfium2.PdfDocument(pdf)) > 1
    assert read_back(pdf).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("language", ["es", "ar", "my"])
def test_hostile_text_beside_any_script_is_drawn_as_it_was_typed_and_does_nothing(language: str) -> None:
    hostile = (
        '<img src="/etc/passwd"/>',
        "<para><font color=\"[[[getattr(pow, Word('__globals__'))['os'].system('touch drawn')]]]\">x</font></para>",
        "{{ 7*7 }} {% for x in y %} ] TJ ET EMC Q endstream",
        "(/S /URI /URI (javascript:alert)) สวัสดี <b>",
    )
    blocks = [Paragraph((Span(text), Span(" "), Span(ALL["th"][:6])), language=language) for text in hostile]

    pdf = drawn(blocks, language)

    for forbidden in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XObject"):
        assert forbidden not in pdf
    if language != "ar":
        found = read_back(pdf).replace(" ", "")
        assert all(text.replace(" ", "") in found for text in hostile)
