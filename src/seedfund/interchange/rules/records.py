"""What the records of a provider's file say of its rows, checked against what was read. Must not know files.

A file whose records do not agree with its rows is not whole, or is another; nothing of it is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from seedfund.interchange.rules.folding import fold
from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, Refusal, RefusalCode
from seedfund.kernel.money import PLAIN, STYLES, Money, parse_money
from seedfund.payouts.rules import LayoutRecord, LayoutTerms, NumberForm, RecordCell, RecordItem, RecordPlace
from seedfund.payouts.rules.refusals import COUNT_DISAGREES, RECORD_OTHER, SUM_DISAGREES

_Refused = tuple[RefusalCode, dict[str, Any]]


class Line(Protocol):
    """A record as it was read."""

    @property
    def line(self) -> int:
        """Its line."""

    @property
    def place(self) -> RecordPlace:
        """Before the rows or after them."""

    @property
    def declared(self) -> LayoutRecord:
        """As the layout has it."""

    @property
    def cells(self) -> Sequence[str]:
        """What it says, one for each that is declared."""

    @property
    def is_longer(self) -> bool:
        """Whether more stands in it."""


@dataclass
class Figures:
    """What the rows of a file come to: how many, and their amounts by currency in minor units."""

    count: int = 0
    sums: dict[str, int] = field(default_factory=dict)

    def add(self, amount: Money | None) -> None:
        """Count a row, with its amount where it has one that can be read."""
        self.count += 1
        if amount is not None:
            self.sums[amount.currency] = self.sums.get(amount.currency, 0) + amount.minor

    def total(self, numbers: NumberForm) -> Decimal:
        """Their sum as the file writes it: of minor units, or of amounts whatever their currencies."""
        if numbers is NumberForm.MINOR:
            return Decimal(sum(self.sums.values()))
        amounts = [Decimal(minor).scaleb(-exponent(currency)) for currency, minor in self.sums.items()]
        return sum(amounts, start=Decimal(0))

    def currency(self, terms: LayoutTerms) -> str:
        """The currency of most decimals, in which the sum can be read."""
        return max(self.sums, key=lambda one: (exponent(one), one), default=terms.currency or "USD")


def check_figures(terms: LayoutTerms, records: Sequence[Line], figures: Figures) -> list[Refusal]:
    """Where the records of a file do not say what was read, in the order of the file.

    A line that is another than the layout has there is told once: its figures are none.
    """
    found: list[Refusal] = []
    for record in records:
        told = [
            (place, refused)
            for place, (cell, text) in enumerate(
                zip(record.declared.cells, record.cells, strict=True), start=1
            )
            if (refused := _check(terms, cell, text, figures)) is not None
        ]
        others = [place for place, (code, _) in told if code is RECORD_OTHER]
        if record.is_longer:
            others.append(len(record.declared.cells) + 1)
        if others:
            found.append(RECORD_OTHER(line=record.line, place=record.place, cell=others[0]))
        else:
            found += [code(line=record.line, **facts) for _, (code, facts) in told]
    return found


def _check(terms: LayoutTerms, cell: RecordCell, text: str, figures: Figures) -> _Refused | None:
    if cell.holds is RecordItem.TEXT:
        return None if fold(text) == fold(cell.text) else (RECORD_OTHER, {})
    if cell.holds is RecordItem.CURRENCY:
        known = {terms.currency, *figures.sums} - {""}
        return None if not known or {text.upper()} == known else (RECORD_OTHER, {})
    if cell.holds not in (RecordItem.COUNT, RecordItem.SUM):
        return None
    numbers = NumberForm.MINOR if cell.holds is RecordItem.COUNT else cell.numbers or terms.numbers
    said = _number(text, numbers, figures.currency(terms))
    if said is None:
        return RECORD_OTHER, {}
    if cell.holds is RecordItem.COUNT:
        return (
            None if said == figures.count else (COUNT_DISAGREES, {"said": f"{said:f}", "read": figures.count})
        )
    read = figures.total(numbers)
    return None if said == read else (SUM_DISAGREES, {"said": f"{said:f}", "read": f"{read:f}"})


def _number(text: str, numbers: NumberForm, currency: str) -> Decimal | None:
    """A count or a sum, with what fills it in front; None where it is no number."""
    bare = text.lstrip("0") or "0"
    if numbers is NumberForm.MINOR:
        return Decimal(bare) if bare.isascii() and bare.isdigit() else None
    bare = bare if bare[:1].isdigit() else f"0{bare}"
    try:
        read = parse_money(bare, currency, style=STYLES.get(numbers.value, PLAIN), field="sum")
    except InvalidInput:
        return None
    return Decimal(read.minor).scaleb(-exponent(currency))
