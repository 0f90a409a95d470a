"""Fills pages with rows: header on each, sums carried over, a foot with the page's number and the books' heads.

Must not know: what the rows mean. A page is packed as soon as it is full, so memory does not grow with its
operators; the feet are drawn at the end, when the number of pages is known.
"""

from collections.abc import Sequence
from typing import Final

from seedfund.paper.pdf import PdfFile, Sheet
from seedfund.paper.tagging import APART, FOOTER, HEADER, Part
from seedfund.paper.typeset import latin_characters
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.pdf.body import Body, CellLines
from seedfund.reports.render.pdf.front import SMALL, Drawn, running_title, short_heads, title_block
from seedfund.reports.render.pdf.grid import MARGIN, Grid
from seedfund.reports.render.pdf.heard import END, Heard
from seedfund.reports.render.pdf.ink import Ink
from seedfund.reports.render.pdf.running import Running
from seedfund.reports.render.words import EMPTY, Reader, notes_of
from seedfund.reports.value import Phrase, Report, Row, Section, phrase

CARRIED: Final = Phrase("Carried forward")
BROUGHT: Final = Phrase("Brought forward")
_FOOT_GAP: Final = 6.0


class Pages:
    """The pages of one report, filled from the top down."""

    def __init__(
        self,
        report: Report,
        *,
        imprint: Imprint,
        reader: Reader,
        grid: Grid,
        file: PdfFile,
        heard: Heard | None = None,
    ):
        self._heard = heard
        self._report, self._imprint, self._reader, self._grid, self._file = (
            report,
            imprint,
            reader,
            grid,
            file,
        )
        self._ink = Ink(file, size=grid.size)
        self._small = Ink(file, size=SMALL)
        self._body = Body(grid, self._ink, reader)
        self._running = Running(report.columns)
        self._titles = [reader.words(column.title) for column in report.columns]
        self._heads = self._small.wrap(
            short_heads(report.standing.heads), width=(grid.right - grid.left) * 0.78
        )
        self._currencies = max(1, len(report.currencies))
        self._foot = MARGIN + len(self._heads) * SMALL * 1.3 + _FOOT_GAP
        # Rows end here: room is kept for the sums that may have to be carried.
        self._bottom = self._foot + self._carry_height()
        self._sheets: list[Sheet] = []
        self._text: list[str] = []
        self._rules: list[str] = []
        self._heavy: tuple[str, ...] = ()
        self._again: tuple[list[str], float, tuple[str, ...]] | None = None
        self._y = 0.0
        self._below = self._foot_line()

    def fill(self) -> None:
        """Draw the whole report."""
        self._open()
        for section in self._report.sections:
            self._section(section)
        for total in self._report.totals:
            self._total(total.label, total.cells)
        self._notes()
        self._pack()
        for number, sheet in enumerate(self._sheets, start=1):
            sheet.draw(self._number(number))

    def _section(self, section: Section) -> None:
        self._running.start()
        if section.title:
            self._heading(self._reader.said(section.title))
        if not section.rows:
            said = self._reader.words(EMPTY)
            self._label(said, part=self._heard.wide(said, is_head=False) if self._heard is not None else None)
        body, running = self._body, self._running
        for row in section.rows:
            drawn = body.set(row)
            height = body.height(drawn[1])
            if self._y - height < self._bottom:
                self._turn()
            if height > self._y - self._bottom:
                self._over_pages(row)
            else:
                if self._heard is not None:
                    drawn = self._heard.row(self._sheets[-1], body.cells(row)), drawn[1]
                self._text += body.draw(drawn, top=self._y)
                self._y -= height
            self._rules.append(f"{self._y + body.padding * 0.4:.2f}")
            running.add(row)
        for total in section.totals:
            self._total(total.label, total.cells)
        self._running.start()

    def _carry_height(self) -> float:
        if not self._running.indexes:
            return 0.0
        deepest = max(
            sum(1 for index in slot.indexes if index in self._running.indexes) and len(slot.indexes)
            for slot in self._grid.slots
        )
        return self._currencies * (deepest * self._body.leading + self._body.padding)

    def _over_pages(self, row: Row) -> None:
        """Draw a row that is higher than a page."""
        body = self._body
        cells = body.lines(row)
        parts = self._heard.open_row(is_named=False) if self._heard is not None else []
        while (height := body.height(max(map(len, cells)))) > self._y - self._bottom:
            count = max(1, int((self._y - self._bottom - body.padding) / body.leading))
            self._cells([lines[:count] for lines in cells], parts)
            cells = [lines[count:] for lines in cells]
            self._turn()
        self._cells(cells, parts)
        self._y -= height

    def _cells(self, lines: CellLines, parts: Sequence[Part]) -> None:
        """Lines of cells, each under its part where the report has parts."""
        body, sheet = self._body, self._sheets[-1]
        if not parts:
            self._text.extend(body.draw_lines(lines, top=self._y))
            return
        for part, own in zip(parts, body.of_columns(lines), strict=True):
            shown = body.draw_lines(own, top=self._y)
            self._text.extend([sheet.mark(part), *shown, END] if shown else [])

    def _turn(self) -> None:
        """Carry the sums so far to the foot of this page and to the head of the next."""
        carried = [self._body.lines(line, bold=True) for line in self._running.lines()]
        for line in carried:
            self._apart(CARRIED, line)
        self._pack()
        self._open()
        for line in carried:
            self._apart(BROUGHT, line)

    def _apart(self, label: Phrase, cells: CellLines) -> None:
        """A line of sums that is there for the page's sake, and no row of the table."""
        begin, end = ([APART], [END]) if self._heard is not None else ([], [])
        self._text += begin
        self._place(label, cells, [])
        self._text += end

    def _total(self, label: Phrase, cells: Row) -> None:
        lines = self._body.lines(cells, bold=True)
        if self._y - self._body.height(max(map(len, lines))) - self._body.leading < self._bottom:
            self._turn()
        parts = self._heard.open_row(is_named=True) if self._heard is not None else []
        self._place(label, lines, parts)

    def _place(self, label: Phrase, cells: CellLines, parts: Sequence[Part]) -> None:
        """A bold line with its label at the left, above the cells when there is no room beside them."""
        body = self._body
        room = body.room_for_label(cells)
        said = self._reader.said(label)
        whole = self._grid.right - self._grid.left
        is_beside = self._ink.width(said, bold=True) <= room
        lines = self._ink.wrap(said, width=whole, bold=True)
        self._text.append(self._ink.select(bold=True))
        shown = body.label(lines, top=self._y)
        if parts:
            is_told = len(lines) == 1 and latin_characters().issuperset(said)
            shown = [self._sheets[-1].mark(parts[0].say("" if is_told else said)), *shown, END]
        self._text.extend(shown)
        if not is_beside:
            self._y -= len(lines) * body.leading
        if any(cells):
            self._cells(cells, parts)
            self._y -= body.height(max(map(len, cells)))
        self._text.append(self._ink.select(bold=False))
        self._rules.append(f"{self._y + body.padding * 0.4:.2f}")

    def _heading(self, text: str) -> None:
        """The title of a part, never alone at a page's foot."""
        if self._y - 5 * self._body.leading < self._bottom:
            self._turn()
        self._y -= self._body.padding
        part = self._heard.wide(text, is_head=True) if self._heard is not None else None
        self._label(text, bold=True, part=part)

    def _label(self, text: str, *, bold: bool = False, part: Part | None = None) -> None:
        for line in self._ink.wrap(text, width=self._grid.right - self._grid.left, bold=bold):
            if self._y - self._body.leading < self._foot:
                self._turn()
            self._text.append(self._ink.select(bold=bold))
            y = self._y - 0.93 * self._ink.size
            shown = f"1 0 0 1 {self._grid.left:.2f} {y:.2f} Tm {self._ink.show(line, bold=bold)}"
            self._text.extend([self._sheets[-1].mark(part), shown, END] if part is not None else [shown])
            self._text.append(self._ink.select(bold=False))
            self._y -= self._body.leading
        self._y -= self._body.padding

    def _notes(self) -> None:
        self._y -= self._body.leading / 2
        for note in notes_of(self._report):
            said = self._reader.said(note)
            self._label(said, part=self._heard.text("P", said) if self._heard is not None else None)

    def _open(self) -> None:
        """Start a page: the title block on the first, one line on the others, then the column titles."""
        self._sheets.append(self._file.sheet())
        self._rules = []
        if len(self._sheets) > 1 and self._again is not None:
            kept, self._y, self._heavy = self._again
            self._text = list(kept)
            return
        drawn = self._front(float(self._grid.page[1] - MARGIN))
        self._y = drawn.bottom
        body = self._body
        rule = f"{self._y:.2f}"
        self._y -= body.padding * 0.6
        heard, is_first = self._heard, len(self._sheets) == 1
        marks = heard.heads(self._sheets[-1], self._titles) if heard is not None and is_first else ()
        heads, height = body.heads(self._titles, top=self._y, marks=marks)
        self._text = [*drawn.operators, *heads]
        if heard is not None and not is_first:
            self._text = [HEADER, *self._text, END]
        self._y -= height
        self._heavy = (rule, f"{self._y + body.padding * 0.4:.2f}")
        if len(self._sheets) > 1:
            # The head of every further page is the same: it is set once.
            self._again = (list(self._text), self._y, self._heavy)

    def _front(self, top: float) -> Drawn:
        if len(self._sheets) == 1:
            return title_block(
                self._report,
                imprint=self._imprint,
                reader=self._reader,
                grid=self._grid,
                file=self._file,
                top=top,
                begin=self._begin if self._heard is not None else None,
            )
        return running_title(self._report, reader=self._reader, grid=self._grid, file=self._file, top=top)

    def _begin(self, kind: str, said: str) -> str:
        """What begins a text of the title block."""
        if self._heard is None:
            raise AssertionError("a report without parts has no marks")
        part = self._heard.text(kind, said)
        part.height = float(self._grid.page[1])
        return self._sheets[-1].mark(part)

    def _pack(self) -> None:
        left, right = f"{self._grid.left:.2f}", f"{self._grid.right:.2f}"
        thin = [f"{left} {y} m {right} {y} l" for y in self._rules]
        heavy = [f"{left} {y} m {right} {y} l" for y in self._heavy]
        rules = ["0.7 G 0.25 w", *thin, "S 0 G 0.7 w", *heavy, "S"] if thin else ["0 G 0.7 w", *heavy, "S"]
        below = self._below
        if self._heard is not None:
            rules, below = [APART, *rules, END], f"{FOOTER} {below} {END}"
        self._sheets[-1].draw("\n".join(["BT", *self._text, "ET", *rules, below]))
        self._sheets[-1].pack()

    def _foot_line(self) -> str:
        """What stands at the foot of every page: a rule, and the heads of the books at the left."""
        ink, y = self._small, self._foot - _FOOT_GAP - SMALL
        left, right, rule = f"{self._grid.left:.2f}", f"{self._grid.right:.2f}", f"{self._foot - 3:.2f}"
        parts = [f"0.7 G 0.25 w {left} {rule} m {right} {rule} l S", f"BT {ink.select(bold=False)}"]
        for number, line in enumerate(self._heads):
            if line:
                parts.append(f"1 0 0 1 {left} {y - number * SMALL * 1.3:.2f} Tm {ink.show(line)}")
        return "\n".join([*parts, "ET"])

    def _number(self, number: int) -> str:
        """Page x of y, at the right edge of the foot."""
        ink, y = self._small, self._foot - _FOOT_GAP - SMALL
        said = self._reader.said(phrase("Page {page} of {pages}", page=number, pages=len(self._sheets)))
        x = self._grid.right - ink.width(said)
        shown = f"BT {ink.select(bold=False)} 1 0 0 1 {x:.2f} {y:.2f} Tm {ink.show(said)} ET"
        return shown if self._heard is None else f"{FOOTER} {shown} {END}"
