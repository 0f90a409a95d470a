"""How a single cell, a label or a sentence reads, in a language. Must not know pages, files or terminals.

Amounts and percentages take the language's number style; dates stay year-month-day, which no reader takes for
another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from seedfund.kernel.dates import utc
from seedfund.kernel.messages import translate
from seedfund.kernel.money import Money, NumberStyle, format_minor, money_text, style_of
from seedfund.reports.value import Cell, Kind, NotKnown, Phrase, Rate, Report, Word, phrase

Translate = Callable[[str], str]
"""From an English message id to the words of one language."""

ROUNDING: Final = Phrase("Percentages are rounded half up.")
COUNTS: Final = Phrase("n/N are the counts behind a percentage.")
HASH_LETTERS: Final = 12
HASHES: Final = Phrase("Hashes are printed by their first letters; the files carry them whole.")
EMPTY: Final = "(none)"
"""What stands in a part without rows, so that nobody wonders whether it was left out."""


def words_of(language: str) -> Translate:
    """The words of a language, from the catalogues.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """

    def words(text: str) -> str:
        return translate(text, language)

    words("")
    return words


def english(text: str) -> str:
    """The message id itself, which is English."""
    return text


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the language, its words, and whether amounts show their currency (one table, several)."""

    language: str
    words: Translate = english
    shows_currency: bool = False

    def cell(self, cell: Cell, kind: Kind) -> str:
        """The cell as people read it; nothing for None."""
        if cell is None:
            return ""
        if isinstance(cell, Money):
            return self.money(cell)
        if kind is Kind.HASH and isinstance(cell, str):
            return cell[:HASH_LETTERS]
        if kind is Kind.PERCENT and isinstance(cell, int):
            return percent_text(cell, style=style_of(self.language))
        return _read(cell, self.words, language=self.language)

    def money(self, amount: Money) -> str:
        """The figures of an amount, with its currency in front when several stand in one table."""
        figures = format_minor(amount.minor, amount.currency, style_of(self.language))
        return f"{amount.currency} {figures}" if self.shows_currency else figures

    def said(self, text: Phrase) -> str:
        """A sentence with its facts filled in."""
        return said(text, self.words, language=self.language)


def said(text: Phrase, words: Translate, *, language: str) -> str:
    """The sentence in the words of a language, its facts written in that language's style."""
    facts = {name: _read(fact, words, language=language) for name, fact in text.facts}
    return words(text.text).format_map(facts) if facts else words(text.text)


def _read(cell: Cell, words: Translate, *, language: str) -> str:
    match cell:
        case Money():
            return money_text(cell, language)
        case Word():
            return f"{words(cell.text)} {cell.number}".rstrip()
        case NotKnown():
            return words(cell.reason)
        case Rate():
            return rate_text(cell, words, language)
        case datetime():
            return utc(cell).strftime("%Y-%m-%d %H:%M UTC")
        case date():
            return cell.isoformat()
        case None:
            return ""
        case _:
            return str(cell)


def rate_text(rate: Rate, words: Translate, language: str) -> str:
    """A rate as people read it, `11/12 (91.7 %)`: both counts and the percentage, or why there is none."""
    return f"{rate.numerator}/{rate.denominator} ({_rate_percent(rate, words, language)})"


def _rate_percent(rate: Rate, words: Translate, language: str) -> str:
    points = rate_points(rate)
    if isinstance(points, NotKnown):
        return words(points.reason)
    return percent_text(points, style=style_of(language), decimals=1)


def rate_points(rate: Rate) -> int | NotKnown:
    """The rate in hundredths of a percent, rounded half up; of nothing it is not known."""
    if rate.denominator <= 0:
        return NotKnown("nothing to compare with")
    return (2 * rate.numerator * 10_000 + rate.denominator) // (2 * rate.denominator)


def percent_text(points: int, *, style: NumberStyle, decimals: int = 2) -> str:
    """Hundredths of a percent in figures: 8333 is `83,33 %`; with one decimal, rounded half up, `83,3 %`."""
    step = 10 ** (2 - decimals)
    whole, fraction = divmod((2 * abs(points) + step) // (2 * step), 10**decimals)
    sign = "-" if points < 0 else ""
    return f"{sign}{whole}{style.decimal}{fraction:0{decimals}d} %"


def notes_of(report: Report) -> tuple[Phrase, ...]:
    """The report's notes, what percentages and counts mean where there are any, and how hashes are printed."""
    kinds = {column.kind for column in report.columns}
    rounding = (ROUNDING,) if kinds & {Kind.RATE, Kind.PERCENT} else ()
    counts = (COUNTS,) if Kind.RATE in kinds else ()
    hashes = (HASHES,) if Kind.HASH in kinds else ()
    return (*report.notes, *rounding, *counts, *hashes)


def reader_of(report: Report, *, language: str) -> Reader:
    """The reader of a report: currencies are shown beside amounts when the report has more than one.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    return Reader(language, words_of(language), shows_currency=len(report.currencies) > 1)


def standing_lines(report: Report, reader: Reader) -> tuple[tuple[str, str], ...]:
    """What a report holds for, as pairs of label and text, in the order paper and screen print them."""
    standing, words = report.standing, reader.words
    pairs = [
        (words("Fund"), ", ".join(standing.funds) or words("all funds")),
        *([(words("Period"), period_text(report, reader))] if standing.since is not None else []),
        (words("As of"), standing.as_of.isoformat()),
        (words("Known at"), _read(standing.known_at, words, language=reader.language)),
        (words("Basis"), words(standing.basis)),
    ]
    if len(report.currencies) == 1:
        pairs.append((words("Amounts in"), report.currencies[0]))
    return tuple(pairs)


def period_text(report: Report, reader: Reader) -> str:
    """The first and the last day of the period a report covers; nothing where it covers none."""
    since, until = report.standing.since, report.standing.as_of
    return reader.said(phrase("from {since} until {until}", since=since, until=until)) if since else ""


def provisional_mark(report: Report, reader: Reader) -> str:
    """The word that marks figures of an open period, or nothing."""
    return reader.words("Provisional").upper() if report.standing.provisional else ""
