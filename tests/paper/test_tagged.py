"""Who hears a paper is told the same as who sees it: what each part is, in its language, in the order it is read."""

import io
from collections.abc import Sequence
from datetime import date

import pypdfium2
import pytest
from PIL import Image, ImageCms

from seedfund.paper.blocks import (
    Align,
    Bar,
    Bars,
    Block,
    Columns,
    Heading,
    Item,
    Paragraph,
    SignBox,
    SignBoxes,
    Span,
    Table,
    in_language,
)
from seedfund.paper.colour import srgb_profile
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About
from seedfund.paper.reading import PdfSource
from seedfund.paper.reading.hearing import faults
from seedfund.paper.reading.objects import Stream
from seedfund.paper.reading.packet import facts_of
from seedfund.paper.reading.structure import Told, page_marks, parts_told
from seedfund.paper.tagging import document, heading_part, in_order, item_parts, text_part
from seedfund.paper.text import ScriptTypesetter, isolate

FRAME = Frame(
    letterhead=("Fundación Ejemplo", "Programa de prueba"),
    running="Convenio SC-2026-0042",
    page_of="Página {page} de {pages}",
    foot=("SC-2026-0042",),
    qr="SF1:SC-2026-0042:AB12",
    qr_said="Código QR: SC-2026-0042",
)
LOREM = "La persona participante guarda los comprobantes y recibe las visitas acordadas. "
DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def about(language: str = "es-EC", title: str = "Convenio <1> & más") -> About:
    return About(title=title, author="Fundación", language=language, day=date(2026, 11, 22), identity="x")


def drawn(blocks: Sequence[Block], language: str = "es") -> PdfSource:
    return PdfSource(paper(blocks, FRAME, about(language), typesetter=ScriptTypesetter(language)))


def tree(source: PdfSource) -> Told:
    found = parts_told(source, page_marks(source))
    assert found is not None
    return found


def body(source: PdfSource) -> list[Told]:
    """The parts between letterhead and foot."""
    return [kid for kid in tree(source).kids[1:-1] if isinstance(kid, Told)]


def outline(part: Told) -> str:
    """A part and those below it by their kinds: `L(LI(Lbl LBody(P)))`."""
    below = " ".join(outline(kid) for kid in part.kids if isinstance(kid, Told))
    return f"{part.kind}({below})" if below else part.kind


def spans(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def every_block() -> list[Block]:
    table = Table((Align.LEFT, Align.RIGHT), (spans("Rubro"), spans("Monto")), ((spans("Horno"), ()),))
    keyed = Table((Align.LEFT, Align.RIGHT), ((), ()), ((spans("Total"), spans("USD 5,00")),))
    return [
        Heading(spans("Convenio"), 1),
        Paragraph(spans("Lugar y fecha")),
        Heading(spans("Objeto"), 2),
        Paragraph(spans("Uno.")),
        Item("1.", spans("primero")),
        Item("•", spans("dentro"), depth=1),
        Item("2.", spans("segundo")),
        table,
        keyed,
        Bars((Bar("2026", "Abiertos", "3", 1.0), Bar("2026", "Cerrados", "—", None))),
        SignBoxes((SignBox("Testigo", "Ana Muestra", ("cédula 1",), "Pulgar"), SignBox("Firma", "Eva"))),
    ]


def test_every_kind_of_block_is_told_as_what_it_is() -> None:
    source = drawn(every_block())

    title, place, clause = body(source)

    assert [outline(title), outline(place)] == ["H1", "P"]
    assert outline(clause) == (
        "Sect(H2 P L(LI(Lbl LBody(P L(LI(Lbl LBody(P))))) LI(Lbl LBody(P)))"
        " Table(THead(TR(TH TH)) TBody(TR(TD TD)))"
        " Table(TBody(TR(TH TD)))"
        " Figure"
        " Div(Div(P P P P) Div(P P)))"
    )
    assert faults(source) == ()


def test_letterhead_and_code_come_first_the_foot_once_at_the_end_and_running_lines_are_no_part() -> None:
    source = drawn([Paragraph(spans(f"{number}. {LOREM * 3}")) for number in range(40)])

    head, *_, foot = tree(source).kids
    said = tree(source).text

    assert isinstance(head, Told)
    assert [kid.text for kid in head.kids[:2] if isinstance(kid, Told)] == list(FRAME.letterhead)
    assert [part.alt for part in head.below() if part.kind == "Figure"] == [FRAME.qr_said]
    assert isinstance(foot, Told)
    assert [kid.text for kid in foot.kids if isinstance(kid, Told)] == list(FRAME.foot)
    assert "Página" not in said
    assert FRAME.running not in said
    assert len(page_marks(source)) > 2
    assert faults(source) == ()


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    text = " ".join(f"palabra{number}" for number in range(1800))
    source = drawn([Paragraph(spans(text))])

    (found,) = body(source)

    assert found.kind == "P"
    assert len({page for page, _ in found.marks}) == len(page_marks(source)) > 1
    assert found.text == text


def test_words_of_two_lines_are_two_words_and_a_word_that_was_cut_is_one() -> None:
    long = "x" * 300
    (found,) = body(drawn([Paragraph(spans(f"{LOREM * 4}{long} fin de página/hoja"))]))

    assert found.text == f"{LOREM * 4}{long} fin de página/hoja"


def test_a_header_drawn_again_is_heard_once() -> None:
    rows = tuple((spans(f"Rubro {row}"), spans("1,00")) for row in range(150))
    source = drawn([Table((Align.LEFT, Align.RIGHT), (spans("Concepto"), spans("Monto")), rows)])

    (table,) = body(source)

    assert len(page_marks(source)) > 2
    assert [part.text for part in table.below() if part.kind == "TH"] == ["Concepto", "Monto"]
    assert sum(part.kind == "TR" for part in table.below()) == 151
    assert faults(source) == ()


def test_a_row_longer_than_a_page_is_one_row() -> None:
    text = " ".join(f"palabra{number}" for number in range(1500))
    source = drawn([Table((Align.LEFT,) * 2, (spans("A"), spans("B")), ((spans(text), spans("b")),))])

    cells = [part.text for part in tree(source).below() if part.kind == "TD"]

    assert cells == [text, "b"]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_of_two_texts_side_by_side_the_first_is_heard_whole_before_the_second(language: str) -> None:
    first = in_language(
        [Heading(spans("uno"), 2), Paragraph(spans("dos")), Item("1.", spans("tres"))], language
    )
    second = in_language(
        [Heading(spans("one"), 2), Paragraph(spans("two")), Item("1.", spans("three"))], "en"
    )
    source = drawn([Columns(first, second, (Paragraph(spans("L")), Paragraph(spans("R"))))], language)

    left, right = body(source)

    assert [part.text for part in left.below() if part.kind in ("P", "H1")] == ["L", "uno", "dos", "tres"]
    assert [part.text for part in right.below() if part.kind in ("P", "H1")] == ["R", "one", "two", "three"]
    assert (left.language, right.language) == (language, "en")
    assert faults(source) == ()


def test_arabic_is_told_word_for_word_with_its_numbers_in_their_places() -> None:
    text = f"رقم {isolate('SC-2026-0042')} بمبلغ {isolate('JOD 1,250.500')} تقدّم رجلًا"
    table = Table((Align.LEFT,) * 2, (spans("المبلغ"), spans("البند")), ((spans("1 × u."), spans("فرن")),))
    source = drawn([Paragraph(spans(text)), Item("1.", spans("أن تدفع")), table], "ar")

    said = [part.text for part in tree(source).below() if part.kind in ("P", "Lbl", "TH", "TD")]

    assert said[2:-1] == [
        "رقم SC-2026-0042 بمبلغ JOD 1,250.500 تقدّم رجلًا",
        *("1.", "أن تدفع", "المبلغ", "البند", "1 × u.", "فرن"),
    ]


@pytest.mark.parametrize(
    ("foreign", "language"), [("น้ำดื่ม", "th"), ("သင်္ဘော", "my"), ("اتفاقية", "ar"), ("water", "en")]
)
def test_words_of_another_language_are_told_in_it(foreign: str, language: str) -> None:
    named = "en" if language == "en" else ""
    blocks = [Paragraph((Span("Se lee "), Span(foreign, language=named), Span(" aquí.")))]

    (found,) = body(drawn(blocks))

    assert found.text.replace("  ", " ") == f"Se lee {foreign} aquí."
    assert [(part.text.strip(), part.language) for part in found.below() if part.language != "es"] == [
        (foreign, language)
    ]


def test_a_link_is_a_part_of_its_sentence_and_says_where_it_leads() -> None:
    source = drawn([Paragraph((Span("Quejas: "), Span("aquí", link="https://example.org/q"), Span(".")))])

    (found,) = body(source)

    assert outline(found) == "P(Link)"
    assert found.text == "Quejas: aquí."
    assert faults(source) == ()


def test_headings_are_bookmarks_one_below_the_other_and_two_side_by_side_are_one() -> None:
    pair = Columns((Heading(spans("Objeto"), 2),), (Heading(spans("Purpose"), 2, language="en"),))
    blocks: list[Block] = [Heading(spans("Convenio"), 1), pair, Heading(spans("Ñandú"), 3)]
    document = pypdfium2.PdfDocument(paper(blocks, FRAME, about()))

    found = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]

    assert found == [(0, "Convenio", 0), (1, "Objeto · Purpose", 0), (2, "Ñandú", 0)]


def test_the_file_says_its_title_author_and_languages_as_text_and_as_xmp() -> None:
    blocks = in_language([Paragraph(spans("Hi"))], "en")
    source = drawn([Paragraph(spans("Hola")), *blocks])
    packet = source.get(source.root["Metadata"])
    assert isinstance(packet, Stream)

    facts = facts_of(source.opened(packet))

    assert (f"{DUBLIN}title", "x-default", "Convenio <1> & más") in facts
    assert (f"{DUBLIN}creator", "Fundación") in facts
    assert (f"{DUBLIN}language", "es", "en") in facts
    assert not [name for name, *_ in facts if "pdfaid" in name or "pdfua" in name]


def test_the_colours_of_a_paper_are_those_of_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    known = ImageCms.createProfile("sRGB")
    turn = ImageCms.buildTransform(ours, known, "RGB", "RGB")
    before = Image.new("RGB", (16, 16))
    before.putdata([(shade, 255 - shade, shade // 2) for shade in range(256)])
    after = ImageCms.applyTransform(before, turn)

    assert after is not None
    pairs = zip(before.tobytes(), after.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 1
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB IEC61966-2.1"


# The parts alone -----------------------------------------------------------------------------------------------------


def test_no_level_of_headings_is_left_out() -> None:
    root = document("es-EC")

    levels = [heading_part(root, spans("x"), level=level).kind for level in (2, 3, 3, 1, 3, 2)]

    assert levels == ["H1", "H2", "H3", "H1", "H2", "H2"]


def test_a_list_ends_where_another_text_stands_and_where_its_marks_change() -> None:
    root = document("es")
    for block in (Item("1.", spans("a")), Item("", spans("b")), Item("•", spans("c"))):
        item_parts(root, block)
    text_part(root, spans("x"))
    item_parts(root, Item("•", spans("d")))

    first, second, text, third = [kid for kid in root.kids if not isinstance(kid, tuple)]

    assert [getattr(one, "kind", "") for one in (first, second, text, third)] == ["L", "L", "P", "L"]


def test_what_was_not_drawn_is_no_part() -> None:
    root = document("es")
    text_part(root, spans("never drawn"))

    assert in_order(root) == [root]
