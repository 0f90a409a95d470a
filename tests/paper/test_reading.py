"""Our own papers are read back word for word, also after another program wrote them again; hostile files are told."""

import hashlib
import io
import re
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfund.kernel.errors import Refused
from seedfund.paper.attachments import Attachment
from seedfund.paper.blocks import Heading, Paragraph, Span
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About
from seedfund.paper.reading import PdfSource, Unreadable, page_lines, revision_hashes
from seedfund.paper.reading import objects as reading_objects

FRAME = Frame(
    letterhead=("Fundación Ejemplo", "Programa de prueba"),
    running="Convenio SC-2026-0042",
    page_of="Página {page} de {pages}",
    foot=("SC-2026-0042", "Huella ab12"),
    qr="SF1:SC-2026-0042:AB12",
)
TEXT = "La persona participante recibe USD 300,00 (ñandú, Tulcán) y guarda los comprobantes. "
DATA = b'{"number":"SC-2026-0042"}'


def pdf(paragraphs: int = 3) -> bytes:
    about = About(
        title="Convenio",
        author="Fundación",
        language="es-EC",
        day=date(2026, 11, 22),
        identity="x",
        attachment=Attachment(
            name="paper.json", media_type="application/json", description="datos", content=DATA
        ),
    )
    blocks: list[Any] = [Heading((Span("Objeto"),), level=2)]
    blocks += [Paragraph((Span(f"{number}. {TEXT}"), Span("fin", bold=True))) for number in range(paragraphs)]
    return paper(blocks, FRAME, about)


def rewritten(data: bytes) -> bytes:
    """The same paper as another program writes it."""
    out = io.BytesIO()
    document = pypdfium2.PdfDocument(data)
    document.save(out)
    document.close()
    return out.getvalue()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


def test_pages_say_what_another_reader_finds_on_them() -> None:
    data = pdf(40)

    pages = page_lines(PdfSource(data))

    others = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    assert len(pages) == len(others) > 1
    for lines, other in zip(pages, others, strict=True):
        assert sorted(squeezed("".join(lines))) == sorted(squeezed(other))
    assert pages[0][0] == "Fundación Ejemplo"
    assert "recibe USD 300,00 (ñandú, Tulcán)" in pages[0][3]


def test_what_a_paper_carries_comes_out_as_it_went_in() -> None:
    source = PdfSource(pdf())

    assert source.attachment("paper.json") == DATA
    assert source.attachment("other.json") is None


def test_a_paper_written_again_by_another_program_still_says_the_same() -> None:
    data = pdf()
    again = rewritten(data)
    assert again != data

    source = PdfSource(again)

    assert page_lines(source) == page_lines(PdfSource(data))
    assert source.attachment("paper.json") == DATA


def test_every_beginning_that_ends_where_a_pdf_ends_has_its_hash() -> None:
    data = pdf()
    grown = data + b"1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"

    hashes = revision_hashes(grown)

    assert hashes[hashlib.sha256(data).hexdigest()] == len(data)
    assert hashes[hashlib.sha256(grown).hexdigest()] == len(grown)
    assert max(hashes.values()) == len(grown)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("pdf_not_one", b""),
        ("pdf_not_one", b"PK\x03\x04 a spreadsheet"),
        ("pdf_cut", pdf()[: len(pdf()) // 2]),
        ("pdf_too_large", b"%PDF-1.4" + b" " * (reading_objects.FILE_MOST + 1) + b"%%EOF"),
    ],
    ids=("nothing", "something else", "cut", "too large"),
)
def test_what_is_no_whole_pdf_is_refused(code: str, data: bytes) -> None:
    with pytest.raises(Refused) as found:
        PdfSource(data, file="papel.pdf")

    assert found.value.codes == (code,)
    assert "papel.pdf" in found.value.refusals[0].sentence


def made(*objects: bytes, trailer: bytes = b"<< /Root 1 0 R >>") -> bytes:
    parts = [b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, start=1)]
    return b"%PDF-1.4\n" + b"".join(parts) + b"trailer\n" + trailer + b"\n%%EOF\n"


def stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)


def lines_of(data: bytes) -> list[list[str]]:
    return page_lines(PdfSource(data))


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Contents 4 0 R >>"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a bomb": lambda: made(CATALOG, PAGES, PAGE, stream(b"q " * (reading_objects.OPENED_MOST // 2 + 1))),
    "pages in a circle": lambda: made(CATALOG, b"<< /Kids [2 0 R] >>"),
    "pointers in a circle": lambda: made(b"2 0 R", b"1 0 R"),
    "nested too deep": lambda: made(CATALOG, PAGES, PAGE, stream(b"[" * 100_000)),
    "brackets without an end": lambda: made(b"[" * 39),
    "a text without an end": lambda: made(CATALOG, PAGES, PAGE, stream(b"(never closed")),
    "damaged compression": lambda: made(
        CATALOG, PAGES, PAGE, b"<< /Filter /FlateDecode /Length 4 >>\nstream\nnope\nendstream"
    ),
    "another form": lambda: made(
        CATALOG, PAGES, PAGE, b"<< /Filter /JBIG2Decode /Length 4 >>\nstream\nnope\nendstream"
    ),
    "no pages": lambda: made(b"<< /Type /Catalog >>"),
    "no beginning": lambda: made(CATALOG, trailer=b"<< >>"),
    "locked": lambda: made(CATALOG, trailer=b"<< /Root 1 0 R /Encrypt 2 0 R >>"),
    "too many objects": lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * (reading_objects.OBJECTS_MOST + 1) + b"%%EOF",
    "a range of every code": lambda: made(
        CATALOG,
        PAGES,
        b"<< /Contents 4 0 R /Resources << /Font << /F1 << /ToUnicode 5 0 R >> >> >> >>",
        stream(b"BT /F1 1 Tf (a) Tj ET"),
        stream(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"),
    ),
    "a matrix of words": lambda: made(CATALOG, PAGES, PAGE, stream(b"/a /b /c /d /e /f cm")),
    "states without an end": lambda: made(CATALOG, PAGES, PAGE, stream(b"q " * 1000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_and_never_followed(name: str) -> None:
    with pytest.raises(Unreadable):
        lines_of(HOSTILE[name]())


def test_a_page_without_anything_on_it_says_nothing() -> None:
    assert lines_of(made(CATALOG, PAGES, PAGE, stream(b"q 1 0 0 1 0 0 cm Q"))) == [[]]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_anywhere_is_told_or_does_not_matter(draw: st.DataObject) -> None:
    data = bytearray(pdf(1))
    for _ in range(draw.draw(st.integers(1, 5))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))

    try:
        pages = lines_of(bytes(data))
    except (Unreadable, Refused):
        return

    assert all(isinstance(line, str) for lines in pages for line in lines)
