"""The reader of parts finds every fault it claims to look for, and takes a file as hostile."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from seedfund.paper.blocks import Align, Block, Heading, Item, Paragraph, Span, Table
from seedfund.paper.faces import REGULAR, face
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About, PdfFile, Sheet
from seedfund.paper.reading import PdfSource, Unreadable
from seedfund.paper.reading.hearing import faults
from seedfund.paper.reading.packet import facts_of
from seedfund.paper.reading.structure import page_marks, parts_told
from seedfund.paper.tagging import Mark, Part, document
from seedfund.paper.typeset import Line, Run

ABOUT = About(title="Convenio", author="F", language="es-EC", day=date(2026, 11, 22), identity="x")
NO_TREE = "it has no parts: nothing tells what is a heading, a list or a table"


def written(sheet: Sheet, part: Part, text: str = "hola") -> None:
    used = face(REGULAR)
    line = Line((Run(0.0, used, tuple(used.glyphs[one] for one in text)),), 20.0)
    sheet.text(line, x=10, y=10, size=9, part=part)


def made(fill: Callable[[Sheet, Part], None], language: str = "es") -> PdfSource:
    file, root = PdfFile(width=100, height=100), document(language)
    sheet = file.sheet()
    written(sheet, root.add("P"))
    fill(sheet, root)
    return PdfSource(file.finish(ABOUT, root))


def nothing(sheet: Sheet, root: Part) -> None:
    """A page that is as it should be."""


def loose(sheet: Sheet, root: Part) -> None:
    sheet.draw("0 0 5 5 re f")


def twice(sheet: Sheet, root: Part) -> None:
    root.add("P").kids.append(Mark(0, 0))


def missing(sheet: Sheet, root: Part) -> None:
    root.add("P").kids.append(Mark(0, 7))


def skipped(sheet: Sheet, root: Part) -> None:
    written(sheet, root.add("H2"))


def untold(sheet: Sheet, root: Part) -> None:
    sheet.squares([[1]], x=0, y=9, side=9, part=root.add("Figure"))


def headless(sheet: Sheet, root: Part) -> None:
    written(sheet, root.add("Table").add("TR").add("TD"))


def ragged(sheet: Sheet, root: Part) -> None:
    table = root.add("Table")
    written(sheet, table.add("TR").add("TH", traits="<</O/Table/Scope/Row>>"))
    row = table.add("TR")
    written(sheet, row.add("TD"))
    row.add("TD")


def scopeless(sheet: Sheet, root: Part) -> None:
    written(sheet, root.add("Table").add("TR").add("TH"))


def astray(sheet: Sheet, root: Part) -> None:
    written(sheet, root.add("LI").add("LBody"))


def silent(sheet: Sheet, root: Part) -> None:
    written(sheet, root.add("H1"), " ")


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (nothing, ()),
        (loose, ("page 1: 1 drawings belong to no part and are not set apart",)),
        (twice, ("page 1: mark 0 belongs to 2 parts", "page 1: mark 0 does not lead to its part")),
        (missing, ("page 1: there is no mark 7",)),
        (skipped, ("the heading 'hola' leaves out a level",)),
        (untold, ("a picture is not told in words",)),
        (headless, ("a table has no cell that names others",)),
        (ragged, ("a table has rows of different lengths",)),
        (scopeless, ("a header of a table does not say whether it names a column or a row",)),
        (astray, ("a part LI stands under Document",)),
        (silent, ("a heading says nothing",)),
    ],
)
def test_each_fault_is_found(fill: Callable[[Sheet, Part], None], expected: tuple[str, ...]) -> None:
    assert faults(made(fill)) == expected


def test_parts_in_no_language_are_found() -> None:
    assert faults(made(nothing, "")) == ()  # that of the whole file
    about = About(title="", author="F", language="", day=date(2026, 11, 22), identity="x")
    file, root = PdfFile(width=100, height=100), document("")
    written(file.sheet(), root.add("P"))

    found = faults(PdfSource(file.finish(about, root)))

    assert found == (
        "it does not say in which language it is",
        "it has no title",
        "a part Document is in no language",
        "a part P is in no language",
    )


def test_a_drawing_without_parts_is_one_that_nobody_hears() -> None:
    file = PdfFile(width=100, height=100)
    file.sheet().draw("0 0 5 5 re f")

    assert faults(PdfSource(file.finish(ABOUT))) == (NO_TREE,)


HEAD = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Lang(es)/StructTreeRoot 2 0 R/Pages 4 0 R>>endobj\n"
PAGES = b"4 0 obj<</Kids[5 0 R]/Count 1>>endobj 5 0 obj<</Type/Page/Contents 6 0 R>>endobj\n"
CODE = b"6 0 obj<</Length %d>>stream\n%b\nendstream endobj\n"
TAIL = b"trailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        (b"3 0 obj<</S/P/K 3 0 R>>endobj\n", b""),
        (b"3 0 obj<</S/P/K[3 0 R 3 0 R]>>endobj\n", b""),
        (b"3 0 obj<</S/P/K[(x)]>>endobj\n", b""),
        (b"3 0 obj<</S/P/K<</Type/MCR/MCID 0>>>>endobj\n", b""),
        (b"3 0 obj<</S/P>>endobj\n", b"EMC"),
    ],
)
def test_a_tree_that_leads_nowhere_is_told(tree: bytes, code: bytes) -> None:
    data = b"".join([HEAD, b"2 0 obj<</K 3 0 R>>endobj\n", tree, PAGES, CODE % (len(code), code), TAIL])
    source = PdfSource(data)

    with pytest.raises(Unreadable):
        parts_told(source, page_marks(source))


@pytest.mark.parametrize(
    "packet", [b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" + b" " * 300_000 + b"</a>"]
)
def test_what_a_file_says_of_itself_is_read_within_bounds(packet: bytes) -> None:
    with pytest.raises(Unreadable):
        facts_of(packet)


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="Poppler's pdfinfo is not installed")
def test_poppler_hears_the_same_parts(tmp_path: Path) -> None:
    table = Table((Align.LEFT,) * 2, ((Span("Rubro"),), (Span("Monto"),)), (((Span("Horno"),), ()),))
    blocks: list[Block] = [
        Heading((Span("Objeto"),), 1),
        Item("1.", (Span("uno"),)),
        table,
        Paragraph((Span("fin"),)),
    ]
    frame = Frame(letterhead=(), running="x", page_of="{page}/{pages}", foot=("pie",))
    target = tmp_path / "paper.pdf"
    target.write_bytes(paper(blocks, frame, ABOUT))

    told = subprocess.run(
        ["pdfinfo", "-struct-text", str(target)], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    about = subprocess.run(
        ["pdfinfo", str(target)], capture_output=True, text=True, check=True, timeout=30
    ).stdout

    lines = [line.strip() for line in told.splitlines()]
    assert [line.split(" ")[0].rstrip(":") for line in lines if not line.startswith(('"', "/"))] == [
        *("Document", "H1", "L", "LI", "Lbl", "LBody", "P"),
        *("Table", "THead", "TR", "TH", "TH", "TBody", "TR", "TD", "TD", "P", "Div", "P"),
    ]
    assert [line.strip('"') for line in lines if line.startswith('"')] == [
        *("Objeto", "1.", "uno", "Rubro", "Monto", "Horno", "fin", "pie")
    ]
    assert "Tagged:          yes" in about
    assert "Metadata Stream: yes" in about
