"""The title block an auditor reads first, and the line that stands on every page after it. Must not know rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.dates import utc
from seedfund.paper.pdf import PdfFile
from seedfund.paper.tagging import APART
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.pdf.grid import Grid
from seedfund.reports.render.pdf.heard import END
from seedfund.reports.render.pdf.ink import Ink
from seedfund.reports.render.words import Reader, period_text, provisional_mark, standing_lines
from seedfund.reports.value import BookHead, Report

SMALL: Final = 7.0
_TITLE: Final = 14.0
_TEXT: Final = 8.5
_HEAD_LETTERS: Final = 16
_COLUMN_LEAST: Final = 165.0
Begin = Callable[[str, str], str]
"""What begins a text of a kind (`P`, `H1`) as a part of the report; `END` ends it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Operators, and the height at which what follows may begin."""

    operators: list[str]
    bottom: float


def title_block(
    report: Report,
    *,
    imprint: Imprint,
    reader: Reader,
    grid: Grid,
    file: PdfFile,
    top: float,
    begin: "Begin | None" = None,
) -> Drawn:
    """Organisation, title, scope, then what the report holds for and who made it.

    `begin` begins a text as a part of its kind, where the report has parts.
    """
    pen = _Pen(file, grid, top, begin)
    mark = provisional_mark(report, reader)
    pen.line(imprint.organisation, size=_TEXT, bold=True)
    if mark:
        pen.stamp(mark)
    pen.line(reader.said(report.title), size=_TITLE, bold=True, kind="H1")
    pen.line(report.scope, size=_TEXT + 1)
    pen.skip(3)
    pairs = [
        (reader.words("Programme"), imprint.programme),
        *standing_lines(report, reader),
        (reader.words("Produced by"), imprint.produced_by),
        (reader.words("Produced at"), utc(imprint.produced_at).strftime("%Y-%m-%d %H:%M UTC")),
    ]
    pen.pairs(pairs)
    for head in report.standing.heads:
        code = f"{reader.words('Control code')}: {head.book} · {head.seq} · {head.hash}"
        pen.line(code, size=SMALL)
    pen.skip(6)
    return Drawn(pen.operators, pen.y)


def running_title(report: Report, *, reader: Reader, grid: Grid, file: PdfFile, top: float) -> Drawn:
    """One line at the head of each further page: which report, whose, as of when, and whether provisional."""
    pen = _Pen(file, grid, top)
    parts = [
        reader.said(report.title),
        report.scope,
        period_text(report, reader) or f"{reader.words('As of')} {report.standing.as_of.isoformat()}",
    ]
    parts.append(provisional_mark(report, reader))
    pen.line(" · ".join(part for part in parts if part), size=SMALL + 0.5, bold=True)
    pen.skip(4)
    return Drawn(pen.operators, pen.y)


def short_heads(heads: Sequence[BookHead]) -> str:
    """The heads of the books for the foot of a page: the first letters of each control code."""
    return " · ".join(f"{head.book} {head.seq} {head.hash[:_HEAD_LETTERS]}" for head in heads)


def front_texts(report: Report, imprint: Imprint) -> list[tuple[str, str]]:
    """Every text of a person's making that the title block prints, with its field."""
    return [
        ("scope", report.scope),
        ("organisation", imprint.organisation),
        ("programme", imprint.programme),
        *(("fund", fund) for fund in report.standing.funds),
        ("produced_by", imprint.produced_by),
        *(("book", head.book) for head in report.standing.heads),
    ]


class _Pen:
    """Writes lines from the top down; each text is a part of its own where they are marked."""

    def __init__(self, file: PdfFile, grid: Grid, top: float, begin: "Begin | None" = None):
        self._file, self._grid, self.y, self._mark = file, grid, top, begin
        self.operators: list[str] = []
        self._inks: dict[float, Ink] = {}

    def line(self, text: str, *, size: float, bold: bool = False, kind: str = "P") -> None:
        """Text over the page's width, in as many lines as it needs."""
        self._begin(kind, text)
        self._write(text, x=self._grid.left, width=self._grid.right - self._grid.left, size=size, bold=bold)
        self._end()

    def skip(self, points: float) -> None:
        """Leave room."""
        self.y -= points

    def stamp(self, mark: str) -> None:
        """A boxed word at the right edge, beside the lines above and below."""
        ink, left = self._ink(_TEXT + 1), 0.0
        width = ink.width(mark, bold=True)
        left = self._grid.right - width - 6
        box = f"0.9 w {left - 6:.2f} {self.y - 6:.2f} {width + 12:.2f} 17 re S"
        self.operators.append(f"ET {box} BT" if self._mark is None else f"ET {APART} {box} {END} BT")
        self._begin("P", mark)
        self.operators.append(
            f"{ink.select(bold=True)} 1 0 0 1 {left:.2f} {self.y - 1:.2f} Tm {ink.show(mark, bold=True)}"
        )
        self._end()

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Labels above their texts, as many side by side as fit."""
        whole = self._grid.right - self._grid.left
        count = max(2, int(whole // _COLUMN_LEAST))
        width = whole / count - 8
        for start in range(0, len(pairs), count):
            top, lowest = self.y, self.y
            for index, (label, text) in enumerate(pairs[start : start + count]):
                self.y, x = top, self._grid.left + index * whole / count
                self._begin("P", f"{label}: {text}")
                self._write(label, x=x, width=width, size=SMALL - 0.5, grey="0.35 g")
                self._write(text, x=x, width=width, size=_TEXT)
                self._end()
                lowest = min(lowest, self.y)
            self.y = lowest - 3

    def _begin(self, kind: str, text: str) -> None:
        if self._mark is not None:
            self.operators.append(self._mark(kind, text))

    def _end(self) -> None:
        if self._mark is not None:
            self.operators.append(END)

    def _write(
        self, text: str, *, x: float, width: float, size: float, bold: bool = False, grey: str = "0 g"
    ) -> None:
        ink = self._ink(size)
        self.operators.append(f"{grey} {ink.select(bold=bold)}")
        for line in ink.wrap(text, width=width, bold=bold):
            self.y -= size * 1.3
            self.operators.append(f"1 0 0 1 {x:.2f} {self.y + size * 0.3:.2f} Tm {ink.show(line, bold=bold)}")
        self.operators.append("0 g")

    def _ink(self, size: float) -> Ink:
        if size not in self._inks:
            self._inks[size] = Ink(self._file, size=size)
        return self._inks[size]
