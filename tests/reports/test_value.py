"""A report cannot hold a cell its column does not fit, and never shows its rows by accident."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.reports.value import Column, Kind, NotKnown, Phrase, Rate, Report, Row, Section, Word
from tests.reports.samples import STANDING


def _report(columns: Sequence[Column], *rows: Row) -> Report:
    return Report("sample", Phrase("Sample"), "x", STANDING, tuple(columns), (Section(rows),))


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.MONEY, 5),
        (Kind.INTEGER, True),
        (Kind.INTEGER, Money(1, "USD")),
        (Kind.DATE, datetime(2026, 1, 1, tzinfo=UTC)),
        (Kind.DATE, "2026-01-01"),
        (Kind.CODE, Word("closed")),
        (Kind.TEXT, 5),
        (Kind.RATE, 5),
        (Kind.PERCENT, Rate(1, 2)),
    ],
)
def test_a_cell_of_another_kind_is_refused_with_its_row_and_column(kind: Kind, cell: object) -> None:
    row: Row = (cell,)  # type: ignore[assignment]  # the test hands in what a typed caller cannot

    with pytest.raises(InvalidInput) as caught:
        _report([Column("key", "Key", kind)], (None,), row)

    assert (caught.value.row, caught.value.field) == (2, "key")


@pytest.mark.parametrize("kind", list(Kind))
def test_a_figure_nobody_collected_fits_every_kind(kind: Kind) -> None:
    assert _report([Column("key", "Key", kind)], (NotKnown(),)).row_count == 1


def test_two_currencies_in_one_row_need_two_currency_columns() -> None:
    amounts = (Money(1, "USD"), Money(1, "EUR"))
    shared = [Column("a", "A", Kind.MONEY), Column("b", "B", Kind.MONEY)]
    apart = [Column("a", "A", Kind.MONEY), Column("b", "B", Kind.MONEY, currency="currency_b")]

    with pytest.raises(InvalidInput):
        _report(shared, amounts)

    assert _report(apart, amounts).currencies == ("EUR", "USD")


def test_a_report_does_not_show_its_rows() -> None:
    report = _report([Column("name", "Name", Kind.TEXT)], ("María Ficticia",))

    assert "María" not in repr(report) + repr(report.sections)


def test_a_column_cannot_stand_under_one_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="under no column"):
        _report([Column("a", "A", Kind.TEXT, under="b")])
