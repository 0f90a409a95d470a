"""Pages: breaks where a reader expects them, the same bytes every time, and nothing left behind in the process."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from seedfund.paper.blocks import (
    Align,
    Block,
    Directive,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    SignBox,
    SignBoxes,
    Span,
    Table,
)
from seedfund.paper.flow import paginate, slices
from seedfund.paper.frame import TEXT_WIDTH, Frame, paper, qr_rows
from seedfund.paper.marks import Slice, TextMark
from seedfund.paper.pdf import About
from seedfund.paper.tables import column_widths
from seedfund.paper.typeset import LatinTypesetter

FRAME = Frame(
    letterhead=("Fundación Ejemplo", "Programa de prueba"),
    running="Convenio SC-2026-0042",
    page_of="Página {page} de {pages}",
    foot=("SC-2026-0042", "Huella ab12"),
    qr="SF1:SC-2026-0042:AB12",
)
ABOUT = About(title="Convenio", author="Fundación", language="es-EC", day=date(2026, 11, 22), identity="x")
LOREM = "La persona participante guarda los comprobantes y recibe las visitas acordadas. "


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def spans(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def long_table(rows: int) -> Table:
    return Table(
        (Align.LEFT, Align.RIGHT),
        (spans("Concepto"), spans("Monto")),
        tuple((spans(f"Rubro {row}"), spans(f"{row},00")) for row in range(rows)),
    )


def filler(paragraphs: int) -> list[Block]:
    return [Paragraph(spans(f"Párrafo {number}. {LOREM * 3}")) for number in range(paragraphs)]


def test_every_page_says_which_of_how_many_it_is_and_carries_its_number() -> None:
    pages = text_of(paper(filler(40), FRAME, ABOUT))

    assert len(pages) > 2
    for index, page in enumerate(pages, start=1):
        assert f"Página {index} de {len(pages)}" in page
        assert "SC-2026-0042" in page
        assert "Huella ab12" in page


def test_a_long_table_repeats_its_header_on_each_page_and_loses_no_row() -> None:
    pages = text_of(paper([long_table(100)], FRAME, ABOUT))

    assert len(pages) == 3
    assert all(page.count("Concepto") == 1 for page in pages)
    found = [int(line.split()[1]) for page in pages for line in page.splitlines() if line.startswith("Rubro")]
    assert found == list(range(100))


def test_a_short_table_stays_on_one_page_with_its_heading() -> None:
    for before in range(4, 20):
        blocks = [*filler(before), Heading(spans("Anexo"), 2), long_table(6)]
        pages = text_of(paper(blocks, FRAME, ABOUT))
        (holding,) = [page for page in pages if "Rubro 0" in page]

        assert "Anexo" in holding
        assert "Rubro 5" in holding


def test_signatures_never_stand_on_a_page_without_the_text_they_sign() -> None:
    boxes = SignBoxes(tuple(SignBox("Testigo", f"Persona {number}") for number in range(4)))
    for before in range(4, 20):
        blocks = [*filler(before), Heading(spans("Firma"), 2), Paragraph(spans("Se firma en Tulcán.")), boxes]
        pages = text_of(paper(blocks, FRAME, ABOUT))
        (holding,) = [page for page in pages if "Persona 0" in page]

        assert "Se firma en Tulcán." in holding
        assert all(f"Persona {number}" in holding for number in range(4))


@pytest.mark.parametrize("lines", range(2, 9))
def test_no_paragraph_leaves_one_line_alone_on_a_page(lines: int) -> None:
    paragraph = Paragraph(spans("palabra " * 11 * lines))
    found = slices([paragraph], LatinTypesetter(), width=TEXT_WIDTH)
    above = Slice(10, ())
    for room in range(len(found)):
        first, *rest = paginate([above, *found], first_height=15 + 13.0 * room, height=1000)

        assert len(first) - 1 != 1
        assert [len(page) for page in rest] != [1]
        assert len(first) - 1 + sum(len(page) for page in rest) == len(found)


def test_what_is_taller_than_a_page_is_parted_and_not_lost() -> None:
    cell = spans("palabra " * 1500)
    table = Table((Align.LEFT,), (spans("Texto"),), ((cell,),))

    pages = text_of(paper([table], FRAME, ABOUT))

    assert len(pages) > 1
    assert sum(page.count("palabra") for page in pages) == 1500


def test_kept_slices_that_fit_nowhere_still_end() -> None:
    found = [Slice(30, (), keep=True) for _ in range(10)]

    assert len(paginate(found, first_height=100, height=100)) == 4


def test_a_page_break_opens_a_page_once() -> None:
    blocks: list[Block] = [Paragraph(spans("uno")), PageBreak(), PageBreak(), Paragraph(spans("dos"))]

    assert ["uno" in page for page in text_of(paper(blocks, FRAME, ABOUT))] == [True, False]


def test_columns_fill_the_width_and_give_short_ones_what_they_need() -> None:
    table = Table(
        (Align.LEFT, Align.LEFT, Align.RIGHT),
        (spans("N.º"), spans("Texto"), spans("Monto")),
        ((spans("1"), spans(LOREM * 4), spans("USD\u00a01.250,50")),),
    )

    widths = column_widths(table, LatinTypesetter(), width=300)

    assert sum(widths) + 20 == pytest.approx(300, abs=0.1)
    assert widths[1] > 4 * widths[0]
    assert widths[2] >= LatinTypesetter().width(spans("USD\u00a01.250,50"), size=8.5)[0]


def test_columns_too_narrow_for_their_words_still_share_the_width() -> None:
    wide = spans("x" * 200)
    table = Table((Align.LEFT, Align.LEFT), (wide, wide), ((wide, wide),))

    assert sum(column_widths(table, LatinTypesetter(), width=200)) == pytest.approx(190)


def test_figures_of_a_column_end_at_the_same_place() -> None:
    table = long_table(12)
    found = slices([table], LatinTypesetter(), width=300)

    ends = {
        round(text.x + text.line.width, 2)
        for one in found
        for text in one.marks
        if isinstance(text, TextMark) and text.x > 100
    }
    assert ends == {300.0}


def test_the_same_paper_is_the_same_bytes_whatever_was_drawn_before(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [*filler(10), long_table(5), Item("1.", spans("ñandú"))]
    first = paper(blocks, FRAME, ABOUT)

    paper([Paragraph(spans("ZYXWVU ŁŠŽ 9876 «»"))], FRAME, ABOUT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")

    assert paper(blocks, FRAME, ABOUT) == first


def test_another_letter_makes_other_bytes() -> None:
    assert paper(filler(1), FRAME, ABOUT) != paper(filler(2), FRAME, ABOUT)


def test_drawing_leaves_no_trace_in_reportlab() -> None:
    fonts = sorted(pdfmetrics.getRegisteredFontNames())
    settings = {name: getattr(rl_config, name) for name in ("invariant", "useA85", "pageCompression")}

    paper(filler(1), FRAME, ABOUT)

    assert sorted(pdfmetrics.getRegisteredFontNames()) == fonts
    assert {name: getattr(rl_config, name) for name in settings} == settings


def test_only_our_own_fonts_are_in_the_file() -> None:
    pdf = paper([*filler(1), Paragraph((Span("a", bold=True), Span("b", italic=True)))], FRAME, ABOUT)

    assert b"SeedfundSans-Regular" in pdf
    assert b"SeedfundSans-Bold" in pdf
    assert b"SeedfundSans-Italic" in pdf
    assert b"Helvetica" not in pdf
    assert len(pdf) < 30_000


def test_the_file_says_its_title_language_and_day() -> None:
    document = pypdfium2.PdfDocument(paper(filler(1), FRAME, ABOUT))

    about = document.get_metadata_dict()
    assert about["Title"] == "Convenio"
    assert about["CreationDate"].startswith("D:20261122")


def test_a_qr_code_is_square_and_keeps_its_three_corners() -> None:
    rows = qr_rows("SF1:SC-2026-0042:AB12")

    size = len(rows)
    assert {len(row) for row in rows} == {size}
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert rows[top][left : left + 7] == (1,) * 7
        assert [rows[top + down][left] for down in range(7)] == [1] * 7


def test_a_place_the_layout_did_not_fill_is_an_error() -> None:
    with pytest.raises(ValueError, match="signatures"):
        paper([Directive("signatures")], FRAME, ABOUT)


def test_a_text_that_nearly_fits_one_page_is_drawn_smaller_where_its_frame_allows_it_and_else_never() -> None:
    allowed = replace(FRAME, least_scale=0.76)

    assert len(text_of(paper([long_table(45)], FRAME, ABOUT))) == 2
    (page,) = text_of(paper([long_table(45)], allowed, ABOUT))
    assert all(f"Rubro {row}" in page.split("\n") or f"Rubro {row} " in page for row in range(45))
    assert paper([long_table(100)], allowed, ABOUT) == paper([long_table(100)], FRAME, ABOUT)
