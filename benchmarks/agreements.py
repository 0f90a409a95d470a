"""Agreements on paper, against PDF bytes written by hand with the same lines and the same QR code.

Expected size: 1,000 agreements of four pages (articles, signatures, two annexes) in Latin script.
Budget: at most 2.5 × the bytes by hand; memory that does not grow with the number of papers.
Canonical workload: a frozen content checked against its hash, its wording filled in, laid out and written. The limit
has every line of the paper ready with its place, makes the QR code anew for each, and writes.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import pypdfium2

from benchmarks.harness import Measure, Place, Turns, Work, measured, peak_mb, take_turns
from benchmarks.raw_pdf import escaped, raw_pdf
from seedfund.documents.content import content_hash
from seedfund.documents.layouts import draw
from seedfund.documents.wording import load_template
from seedfund.paper.frame import qr_rows
from tests.documents.samples import CHAIN_HEAD
from tests.documents.samples.agreements import agreement

GOAL: Final = 2.5
GROWTH: Final = 1.05
LANGUAGE: Final = "es"
A4: Final = (595, 842)
IN_A_TURN: Final = 20


def bench(place: Place) -> list[Measure]:
    """The time of each, and the memory of many over that of few."""
    count = place.sizes.papers
    version = load_template("agreement", language=LANGUAGE).version
    lines = lines_of(drawn(0, version))

    def turns() -> Iterator[tuple[Work, Work]]:
        for start in range(0, count, IN_A_TURN):
            numbers = range(start, min(start + IN_A_TURN, count))
            yield (
                partial(each, numbers, partial(drawn, version=version)),
                partial(each, numbers, partial(by_hand, lines)),
            )

    first = take_turns(turns())
    few = peak_mb()
    again = take_turns(turns())
    many = peak_mb()
    limit = "the same lines and QR code as PDF bytes by hand"
    found = Turns(
        [seconds / IN_A_TURN for seconds in (*first.contender, *again.contender)],
        [seconds / IN_A_TURN for seconds in (*first.limit, *again.limit)],
        contender_cpu=[0.0],
        limit_cpu=[0.0],
    )
    memory = Turns([many], [few], contender_cpu=[0.0], limit_cpu=[0.0])
    return [
        measured("an agreement as PDF", found, n=count, limit=limit, goal=GOAL),
        measured("memory after twice as many", memory, n=2 * count, limit="MB after half", goal=GROWTH),
    ]


def each(numbers: range, make: Callable[[int], bytes]) -> None:
    """Make the papers of these numbers."""
    for number in numbers:
        make(number)


def drawn(number: int, version: str, language: str = LANGUAGE) -> bytes:
    """The agreement of that number, with the wording of a language in a version."""
    named = f"SC-2026-{number:04d}"
    content = agreement(number=named).to_json()
    return draw(
        content,
        language=language,
        template_version=version,
        number=named,
        content_hash=content_hash(content),
        chain_head=CHAIN_HEAD,
    )


def lines_of(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """What stands on each page, line by line, with its place."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        found = [text.get_rect(index) for index in range(text.count_rects())]
        pages.append(
            [
                (left, bottom, text.get_text_bounded(left, bottom, right, top))
                for left, bottom, right, top in found
            ]
        )
    return pages


def by_hand(lines: list[list[tuple[float, float, str]]], number: int) -> bytes:
    """The same lines in Helvetica, with the QR code of this paper on its first page."""
    pages = []
    for page in lines:
        parts = ["BT /F1 9 Tf"]
        parts += [f"1 0 0 1 {x:.2f} {y:.2f} Tm ({escaped(text)}) Tj" for x, y, text in page]
        pages.append("\n".join([*parts, "ET"]))
    squares = [
        f"{500 + column * 1.5:.2f} {800 - row * 1.5:.2f} 1.5 1.5 re"
        for row, cells in enumerate(qr_rows(f"SF1 SC-2026-{number:04d} {'5f' * 32} {'a1' * 32} by hand"))
        for column, cell in enumerate(cells)
        if cell
    ]
    pages[0] = "\n".join([pages[0], *squares, "f"])
    return raw_pdf(pages, size=A4)
