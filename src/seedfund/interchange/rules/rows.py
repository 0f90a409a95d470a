"""The cells of a row to values, fast where it is plain what a cell is; the rules of a cell are those of `cells`.

Words, codes and days come again and again and are read once; an ordinary text or number is known by its signs. All
else goes through `read_cell`, and a test holds both to the same answers.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from seedfund.interchange.rules.cells import CellStyle, Unreadable, read_cell
from seedfund.interchange.rules.columns import CellKind, Column, Part
from seedfund.kernel.currencies import EXPONENTS
from seedfund.kernel.errors import Refusal

_REPEATED: Final = frozenset(
    {CellKind.WORD, CellKind.COUNTRY, CellKind.CURRENCY, CellKind.YES_NO, CellKind.DATE, CellKind.MONTH}
)
_AMOUNTS: Final = (CellKind.AMOUNT, CellKind.SIGNED)
_KEPT_MAX: Final = 50_000
_TOLD_TOGETHER: Final = frozenset({CellKind.TEXT, CellKind.IDENTIFIER, CellKind.PHONE})
_OF_NUMBERS: Final = "0123456789 +"
_DIGITS_MAX: Final = 15
"""Beyond so many digits a number may have been rounded by a spreadsheet."""


class RowReader:
    """Reads the rows of a part that are written in one style."""

    def __init__(self, part: Part, style: CellStyle):
        self._style: Final = style
        self._columns: Final = part.by_name
        self._required: Final = frozenset(column.name for column in part.columns if column.is_required)
        is_currency_known = not style.currency or style.currency in EXPONENTS
        # The amounts of a row whose currency cannot be read are left alone: the currency is what is wrong.
        self._left: Final = frozenset(
            column.name for column in part.columns if column.kind in _AMOUNTS and not is_currency_known
        )
        # By column: what was read in it before where its texts come again, else how long a plain text may be, else 0.
        self._plan: Final[dict[str, tuple[dict[str, Any] | None, int]]] = {
            column.name: (
                {} if column.kind in _REPEATED else None,
                column.length if column.kind is CellKind.TEXT else 0,
            )
            for column in part.columns
        }

    def read(
        self, cells: Mapping[str, str], spoiled: frozenset[str] = frozenset()
    ) -> tuple[dict[str, Any], list[tuple[str, Refusal]]]:
        """The value of every filled cell but the spoiled, and what is wrong with the others by their column."""
        values: dict[str, Any] = {}
        refused: list[tuple[str, Refusal]] = []
        plan = self._plan
        is_left = bool(spoiled or self._left)
        for name, text in cells.items():
            kept, length = plan[name]
            value: Any
            if kept is not None:
                value = kept.get(text)
            elif length:
                is_plain = len(text) <= length and text[0].isalnum() and text.isprintable()
                value = text if is_plain else None
            else:
                value = _plain(self._columns[name], text)
            if is_left and (name in spoiled or name in self._left):
                continue
            if value is None:
                try:
                    value = read_cell(self._columns[name], text, self._style)
                except Unreadable as error:
                    refused.append((name, error.refusal))
                    continue
                if kept is not None and len(kept) < _KEPT_MAX:
                    kept[text] = value
            values[name] = value
        if not self._required <= cells.keys():
            refused += self._missing(cells, spoiled)
        return values, refused

    def read_columns(
        self, columns: Mapping[str, Sequence[str]], count: int
    ) -> tuple[list[dict[str, Any]], dict[int, list[tuple[str, Refusal]]]]:
        """The same for `count` rows by the column; what is wrong stands by the place of its row.

        A value is None where the cell is empty or refused.
        """
        found: list[Sequence[Any]] = []
        refused: dict[int, list[tuple[str, Refusal]]] = {}
        for name, texts in columns.items():
            values: Sequence[Any] = [None] * count
            if name not in self._left:
                values = self._column(name, texts, refused)
            found.append(values)
        for name in self._required - columns.keys() - self._left:
            self._column(name, [""] * count, refused)
        names = tuple(columns)
        rows = zip(*found)  # noqa: B905 # every column was made `count` long, and this is the hottest line of all
        return [dict(zip(names, row)) for row in rows], refused  # noqa: B905 # a row has a value a column

    def _column(
        self, name: str, texts: Sequence[str], refused: dict[int, list[tuple[str, Refusal]]]
    ) -> Sequence[Any]:
        """The values of a column: at once where all its texts are plain or known, else each text once."""
        column, (kept, _) = self._columns[name], self._plan[name]
        has_gaps = "" in texts
        if not (has_gaps and name in self._required):
            if kept is None and _all_plain(column, texts):
                return [text or None for text in texts] if has_gaps else texts
            if kept is not None and not has_gaps:
                try:
                    return list(map(kept.__getitem__, texts))
                except KeyError:
                    pass
        found: dict[str, Any] = {}
        wrong: dict[str, Refusal] = {}
        for text in {*texts}:
            try:
                found[text] = self._cell(column, text, kept)
            except Unreadable as error:
                wrong[text] = error.refusal
        if wrong:
            for place, text in enumerate(texts):
                if text in wrong:
                    refused.setdefault(place, []).append((name, wrong[text]))
        return list(map(found.get, texts))

    def _cell(self, column: Column, text: str, kept: dict[str, Any] | None) -> Any:
        value = None if kept is None else kept.get(text)
        if value is None:
            value = read_cell(column, text, self._style)
            if kept is not None and text and len(kept) < _KEPT_MAX:
                kept[text] = value
        return value

    def _missing(self, cells: Mapping[str, str], spoiled: frozenset[str]) -> list[tuple[str, Refusal]]:
        found = []
        for name in self._columns:
            if name in self._required and not {name} & (cells.keys() | spoiled | self._left):
                try:
                    read_cell(self._columns[name], "", self._style)
                except Unreadable as error:
                    found.append((name, error.refusal))
        return found


def _all_plain(column: Column, texts: Sequence[str]) -> bool:
    """Whether all these texts are plainly what their column says, looked at together; empty ones are left aside.

    What is not told to be plain here may still be: then each is looked at alone.
    """
    longest = max(map(len, texts), default=0)
    if column.kind not in _TOLD_TOGETHER or longest > column.length:
        return False
    whole = "".join(texts)
    if not whole:
        return True
    if column.kind is CellKind.TEXT:
        return whole.isprintable() and "".join([text[:1] for text in texts]).isalnum()
    if not whole.isascii() or not whole.isprintable():
        return False
    if column.kind is CellKind.IDENTIFIER and "".join([text[:1] for text in texts]).isalpha():
        return True
    if whole.strip(_OF_NUMBERS):
        return False
    if longest > _DIGITS_MAX and max(map(_digits, texts)) > _DIGITS_MAX:
        return False
    marked = [text[1:2] for text in texts if text[:1] == "+"] if "+" in whole else []
    return not marked or (column.kind is CellKind.PHONE and all(map(str.isdigit, marked)))


def _digits(text: str) -> int:
    """How many digits a text of digits, spaces and a plus in front has at most."""
    return len(text) - text.count(" ") - text.startswith("+")


def _plain(column: Column, text: str) -> str | None:
    """An identifier or telephone that is plainly one, or None where it has to be looked at."""
    if len(text) > column.length:
        return None
    if column.kind is CellKind.IDENTIFIER and text.isalnum() and text.isascii():
        return text if text[0].isalpha() or (text.isdigit() and len(text) <= _DIGITS_MAX) else None
    if column.kind is CellKind.PHONE and text.isascii():
        digits = text.replace(" ", "").removeprefix("+")
        is_plain = digits.isdigit() and len(digits) <= _DIGITS_MAX and (text[0] != "+" or text[1:2].isdigit())
        return text if is_plain else None
    return None
