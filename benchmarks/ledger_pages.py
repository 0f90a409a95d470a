"""A ledger on paper, against PDF bytes written by hand with the same words.

Expected size: 10,000 and 100,000 rows of a cash book.
Budget: at most 3 × the bytes by hand, at most 130 MB, and a row of the long book at most 1.15 × one of the short book.
Canonical workload: rows that are there already onto pages with the header repeated, sums carried over, page x of y, an
embedded font. The limit writes the same rows, titles and as many sums with a font that every reader has; it formats
amounts and days, and measures no text, breaks no line, aligns and adds nothing.
"""

import io
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.harness import Measure, Place, Turns, Work, measured, take_turns
from benchmarks.raw_pdf import escaped, raw_pdf
from seedfund.kernel.money import Money
from seedfund.reports.books.cash_book import CashMovement, cash_book
from seedfund.reports.queries.scope import BASIS
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.pdf import render_pdf
from seedfund.reports.value import BookHead, Cell, Report, Row, Standing, Word

GOAL: Final = 3.0
PER_ROW: Final = 1.15
MEMORY: Final = 130
TURNS: Final = 3
DAY: Final = date(2026, 1, 5)
STANDING: Final = Standing(
    as_of=date(2026, 12, 31),
    known_at=datetime(2027, 1, 4, 12, 0, tzinfo=UTC),
    basis=BASIS,
    provisional=False,
    heads=(BookHead("UNHCR-2026", 100_000, "5f" * 32),),
)
IMPRINT: Final = Imprint(
    organisation="Fundación Ejemplo",
    programme="Frontera Norte",
    produced_by="contable",
    produced_at=datetime(2027, 1, 4, 12, 0, tzinfo=UTC),
)
KINDS: Final = ("disbursement", "refund", "instalment received", "bank charge")
ROWS_A_PAGE: Final = 11
"""As many as ours has: a row of this book is three lines high."""


def bench(place: Place) -> list[Measure]:
    """The short book, the long one, and a row of the one over a row of the other."""
    short, long = place.sizes.pages_short, place.sizes.pages_long
    found = {count: _turns(book(count)) for count in (short, long)}
    cells = dict.fromkeys(found, "the same cells as PDF bytes by hand, no embedded font")
    lines = [
        measured(f"a ledger of {count:,} rows as PDF", found[count], n=count, limit=cells[count], goal=GOAL)
        for count in (short, long)
    ]
    rows = Turns(
        [seconds / long for seconds in found[long].contender],
        [median(found[short].contender) / short] * len(found[long].contender),
        contender_cpu=[0.0],
        limit_cpu=[0.0],
    )
    limit = "a row of the short ledger"
    row = measured("a row of the long ledger", rows, n=long, limit=limit, goal=PER_ROW)
    return [*lines, row, _memory(place, long)]


def _memory(place: Place, count: int) -> Measure:
    """The most memory a process of its own ever holds."""
    out = place.folder / "ledger.pdf"
    command = [sys.executable, "-m", "benchmarks.ledger_memory", str(count), str(out)]
    root = Path(__file__).parents[1]
    started = perf_counter()
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    seconds = perf_counter() - started
    out.unlink()
    peak = float(done.stdout)
    return Measure(
        name=f"memory of a ledger of {count:,} rows",
        n=count,
        seconds=seconds,
        limit=f"{MEMORY} MB for the whole process, rows made one by one",
        limit_seconds=seconds,
        ratio=round(peak / MEMORY, 3),
        peak_mb=peak,
        goal=1.0,
        note="",
    )


def _turns(report: Report) -> Turns:
    rows = tuple(report.rows)
    titles = [column.title for column in report.columns]

    def ours() -> None:
        render_pdf(report, io.BytesIO(), language="es", imprint=IMPRINT)

    def limit() -> None:
        by_hand(rows, titles)

    def pairs() -> Iterator[tuple[Work, Work]]:
        for _ in range(TURNS):
            yield ours, limit

    return take_turns(pairs())


def book(count: int) -> Report:
    """A cash book of so many movements: every seventh comes in, the others go out."""
    return cash_book(
        (movement(number) for number in range(1, count + 1)),
        opening=Money(500_000_00, "USD"),
        opening_on=DAY,
        scope="Banco Ejemplo, cuenta de programa",
        standing=STANDING,
    )


def movement(number: int) -> CashMovement:
    """One of the book."""
    amount = Money(10_000 + number * 37 % 90_000, "USD")
    is_in = number % 7 == 0
    day = DAY + timedelta(days=number * 360 // 100_000)
    return CashMovement(
        entry_number=f"{number:06d}",
        booking_date=day,
        event=Word(KINDS[number % 4]),
        fund="UNHCR-2026" if number % 2 else "HOST-2026",
        contra=Word("payable participant"),
        contra_about=f"SC-2026-{number % 2_000:04d}",
        value_date=day,
        voucher=f"PL-2026-{number // 40:04d}",
        description=f"Tramo {number % 4 + 1}, capital semilla",
        party=f"PT-2026-{number % 9_000:04d}",
        reference=f"CH-{number:06d}",
        line="1.2",
        amount_in=amount if is_in else None,
        amount_out=None if is_in else amount,
        cleared_on=day,
    )


def by_hand(rows: Sequence[Row], titles: Sequence[str]) -> bytes:
    """A PDF of these rows in Helvetica, as many a page as ours has, with titles and sums above and below."""
    pages: list[str] = []
    total = -(-len(rows) // ROWS_A_PAGE)
    carried = ("Vienen", "102,59", "814,06", "499.288,53")
    for start in range(0, len(rows), ROWS_A_PAGE):
        parts = ["BT /F1 7 Tf"]
        parts += [f"1 0 0 1 {40 + 60 * place} 550 Tm ({title}) Tj" for place, title in enumerate(titles)]
        parts += [f"1 0 0 1 {40 + 60 * place} 530 Tm ({text}) Tj" for place, text in enumerate(carried)]
        for line, row in enumerate(rows[start : start + ROWS_A_PAGE]):
            y = 515 - 40 * line
            for column, cell in enumerate(row):
                if cell is not None and cell != "":
                    x, under = 40 + 60 * (column // 2), 12 * (column % 2)
                    parts.append(f"1 0 0 1 {x} {y - under} Tm ({_said(cell)}) Tj")
        parts += [f"1 0 0 1 {40 + 60 * place} 60 Tm ({text}) Tj" for place, text in enumerate(carried)]
        parts.append(f"1 0 0 1 700 20 Tm (Página {len(pages) + 1} de {total}) Tj ET")
        pages.append("\n".join(parts))
    return raw_pdf(pages, size=(842, 595))


def _said(cell: Cell) -> str:
    """A cell as text, its amount with marks of thousands, what a PDF would read as its own escaped."""
    if isinstance(cell, Money):
        return f"{cell.minor // 100:,}.{cell.minor % 100:02d}"
    if isinstance(cell, Word):
        cell = cell.text
    return escaped(str(cell))
