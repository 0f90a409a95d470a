"""Papers in Thai, Burmese and Arabic beside Latin, against PDF bytes written by hand as for Latin.

Expected size: a cash book of 100,000 rows with a fourth as many descriptions in three scripts, each of which comes back
far from where it stood; 500 agreements in Burmese with names, numbers and amounts in Latin script.
Budget: rows at most 6 ×, agreements at most 5 × the bytes by hand.
Canonical workload: as for Latin, with letters shaped, ordered and broken into lines. The limit writes as many cells, or
lines, in a font that every reader has, a question mark for each letter it lacks: it shapes nothing.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from benchmarks import agreements, ledger_pages
from benchmarks.harness import Measure, Place, Turns, Work, measured, take_turns
from seedfund.documents.wording import load_template
from seedfund.kernel.money import Money
from seedfund.paper.text import ScriptTypesetter
from seedfund.reports.books.cash_book import cash_book
from seedfund.reports.render.pdf import render_pdf
from seedfund.reports.value import Report

ROWS_GOAL: Final = 6.0
PAPERS_GOAL: Final = 5.0
LANGUAGE: Final = "my"
ROWS_A_DESCRIPTION: Final = 4
"""A grant is paid in so many parts."""
DESCRIPTIONS: Final = (
    "เครื่องจักรเย็บผ้า งวดที่ {}",
    "ငွေပေးချေမှု အပိုင်း {} အပ်ချုပ်စက်",
    "دفعة {} لشراء ماكينة خياطة",
)


def bench(place: Place) -> list[Measure]:
    """Rows of a book, and agreements."""
    return [_rows(place.sizes.pages_long), _papers(place.sizes.papers)]


def _rows(count: int) -> Measure:
    report = book(count)
    rows = tuple(report.rows)
    titles = [column.title for column in report.columns]

    def ours() -> None:
        render_pdf(report, io.BytesIO(), language="es", imprint=ledger_pages.IMPRINT)

    def limit() -> None:
        ledger_pages.by_hand(rows, titles)

    def pairs() -> Iterator[tuple[Work, Work]]:
        for _ in range(ledger_pages.TURNS):
            yield ours, limit

    said = "the same cells as PDF bytes by hand, nothing shaped"
    name = f"a ledger of {count:,} rows in three scripts as PDF"
    return measured(name, take_turns(pairs()), n=count, limit=said, goal=ROWS_GOAL)


def book(count: int) -> Report:
    """The cash book of the other bench with descriptions in three scripts."""
    others = max(1, count // ROWS_A_DESCRIPTION // len(DESCRIPTIONS))
    movements = (
        replace(
            ledger_pages.movement(number),
            description=DESCRIPTIONS[number % len(DESCRIPTIONS)].format(number // len(DESCRIPTIONS) % others),
        )
        for number in range(1, count + 1)
    )
    return cash_book(
        movements,
        opening=Money(500_000_00, "USD"),
        opening_on=ledger_pages.DAY,
        scope="Banco Ejemplo, cuenta de programa",
        standing=ledger_pages.STANDING,
    )


def _papers(count: int) -> Measure:
    version = load_template("agreement", language=LANGUAGE).version
    lines = agreements.lines_of(agreements.drawn(0, version, LANGUAGE))
    setter = ScriptTypesetter(LANGUAGE)

    def turns() -> Iterator[tuple[Work, Work]]:
        for start in range(0, count, agreements.IN_A_TURN):
            numbers = range(start, min(start + agreements.IN_A_TURN, count))
            yield (
                partial(
                    agreements.each,
                    numbers,
                    partial(agreements.drawn, version=version, language=LANGUAGE, setter=setter),
                ),
                partial(agreements.each, numbers, partial(agreements.by_hand, lines)),
            )

    found = take_turns(turns())
    each = Turns(
        [seconds / agreements.IN_A_TURN for seconds in found.contender],
        [seconds / agreements.IN_A_TURN for seconds in found.limit],
        contender_cpu=[0.0],
        limit_cpu=[0.0],
    )
    said = "the same lines and QR code as PDF bytes by hand"
    return measured("an agreement in Burmese as PDF", each, n=count, limit=said, goal=PAPERS_GOAL)
