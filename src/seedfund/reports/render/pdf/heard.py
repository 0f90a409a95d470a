"""The parts of a report for who hears it: its title block, one table with its headers, its notes.

Each cell is a part, which takes more time than drawing it and three times the room: so reports of many rows are drawn
alone (`HEARD_ROWS_MOST`), and whoever hears them takes the HTML.
Must not know what a row means, or where anything stands.
"""

from collections.abc import Sequence
from typing import Final

from seedfund.paper.pdf import Sheet
from seedfund.paper.tagging import Part, document

HEARD_ROWS_MOST: Final = 2_000
END: Final = "EMC"
_COLUMN: Final = "/Scope/Column"
_ROW: Final = "/Scope/Row"


class Heard:
    """The parts of one report, added as it is drawn; an operator that begins a mark is ended with `END`."""

    def __init__(self, *, language: str, columns: int):
        self.root = document(language)
        self._columns = columns
        self._table: Part | None = None
        self._body: Part | None = None

    def text(self, kind: str, said: str) -> Part:
        """A text above or below the table, told as one however many lines it takes."""
        part = self.root.add(kind).say(said)
        part.title = said if kind == "H1" else ""
        return part

    def heads(self, sheet: Sheet, titles: Sequence[str]) -> list[str]:
        """What begins the title of each column."""
        self._table = self.root.add("Table")
        row = self._table.add("THead").add("TR")
        return [sheet.mark(row.add("TH", traits=_traits(_COLUMN)).say(title)) for title in titles]

    def row(self, sheet: Sheet, cells: Sequence[tuple[str, str]]) -> str:
        """A row whose cells are operators, each with its text where the letters drawn do not tell it."""
        row = self._rows.add("TR")
        shown = []
        for operators, said in cells:
            cell = row.add("TD")
            if operators:
                shown.append(f"{sheet.mark(cell.say(said))} {operators} {END}")
        return " ".join(shown)

    def open_row(self, *, is_named: bool) -> list[Part]:
        """The cells of a row that is drawn bit by bit; the first may name the others."""
        row = self._rows.add("TR")
        first = row.add("TH", traits=_traits(_ROW)) if is_named else row.add("TD")
        return [first, *(row.add("TD") for _ in range(self._columns - 1))]

    def wide(self, label: str, *, is_head: bool) -> Part:
        """A cell as wide as the table: the title of the rows below it, or what stands in their place."""
        span = f"/ColSpan {self._columns}"
        row = self._rows.add("TR")
        if is_head:
            return row.add("TH", traits=_traits(f"{_COLUMN}{span}")).say(label)
        return row.add("TD", traits=_traits(span)).say(label)

    @property
    def _rows(self) -> Part:
        if self._table is None:
            raise AssertionError("a table begins with its headers")
        if self._body is None:
            self._body = self._table.add("TBody")
        return self._body


def _traits(traits: str) -> str:
    return f"<</O/Table{traits}>>"
