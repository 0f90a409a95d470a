"""What a programme did, for those who would rather look: money, deliveries, attendance, accounts, people.

Every chart is drawn from the table under it. Counts of people are hidden where the report is shared (`is_shared`), as
those of indicators are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from seedfund.kernel.dates import month_of
from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, code, text
from seedfund.reports.brought import book_marks, shared
from seedfund.reports.folio.lasting import lasting
from seedfund.reports.folio.parts import Found, made
from seedfund.reports.folio.value import Chart, Folio, Shape
from seedfund.reports.indicators.compute import Counting, combinations
from seedfund.reports.indicators.declared import Indicator
from seedfund.reports.indicators.report import NOT_TOLD, group_word
from seedfund.reports.indicators.rules import (
    ALL,
    NOT_COLLECTED,
    SMALL_CELL,
    Dimension,
    Figure,
    Unit,
    hide_small,
)
from seedfund.reports.queries.balances import fund_summaries
from seedfund.reports.queries.fund_events import fund_events
from seedfund.reports.queries.scope import Scope
from seedfund.reports.value import Cell, Column, Kind, NotKnown, Phrase, Rate, Row, Word
from seedfund.savings.queries.links import list_links, steps_of
from seedfund.training.queries.courses import list_courses
from seedfund.training.queries.rates import RateFacts, all_rates
from seedfund.training.rules.attendance import Attendance

FIVE: Final = ("awarded", "committed", "disbursed", "justified", "returned", "free")
MONEY: Final[tuple[Column, ...]] = (
    code("fund", "Fund", width=10),
    amount("awarded", "Awarded"),
    amount("committed", "Committed"),
    amount("disbursed", "Disbursed"),
    amount("justified", "Justified"),
    amount("returned", "Returned"),
    amount("free", "Free to award"),
)
DELIVERED: Final[tuple[Column, ...]] = (
    code("month", "Month", width=8),
    Column("payments", "Payments", Kind.INTEGER),
    amount("delivered", "Delivered"),
)
ATTENDANCE: Final[tuple[Column, ...]] = (
    text("course", "Course", width=30),
    Column("people", "Enrolments", Kind.INTEGER),
    Column("attended", "Attendance", Kind.RATE),
)
ACCOUNTS: Final[tuple[Column, ...]] = (
    code("month", "Month", width=8),
    Column("opened", "Opened", Kind.INTEGER),
    Column("verified", "Verified", Kind.INTEGER),
    Column("opened_so_far", "Opened so far", Kind.INTEGER),
    Column("verified_so_far", "Verified so far", Kind.INTEGER),
)
PEOPLE: Final[tuple[Column, ...]] = (
    text("group", "Group", width=20),
    text("sex", "By sex", width=16),
    Column("people", "People", Kind.INTEGER),
)
AGES: Final[tuple[Column, ...]] = (text("age", "Age", width=20), Column("people", "People", Kind.INTEGER))
EVERYBODY: Final = Indicator(code="people", title="People", unit=Unit.PERSON)
"""Everybody who lives in a household of which somebody was enrolled."""
NO_SESSIONS: Final = "no sessions yet"


def programme_folio(scope: Scope, *, is_shared: bool = False) -> Folio:
    """The report of a programme as of the day of the scope, part by part."""
    parts: tuple[tuple[str, str, Callable[[], Found]], ...] = (
        ("money", "Money by fund", lambda: _money(scope)),
        ("delivered", "Delivered month by month", lambda: _delivered(scope)),
        ("attendance", "Attendance by course", lambda: _attendance(scope, is_shared)),
        ("accounts", "Accounts opened", lambda: _accounts(scope, is_shared)),
        ("lasting", "What lasts", lambda: lasting(scope, is_shared=is_shared)),
        ("people", "People by population group and sex", lambda: _people(scope, is_shared)),
        ("ages", "People by age", lambda: _ages(scope, is_shared)),
    )
    small = Phrase("Small counts are not told, nor those from which they could be worked out.")
    return Folio(
        name="programme",
        title=Phrase("Programme report"),
        scope=scope.work.programme.name,
        standing=scope.standing,
        parts=tuple(made(scope, key, title, read) for key, title, read in parts),
        notes=(small, *shared(book_marks(scope))) if is_shared else book_marks(scope),
    )


# Money ----------------------------------------------------------------------------------------------------------------


def _money(scope: Scope) -> Found:
    rows: list[Row] = [(fund.fund, *(getattr(fund, name) for name in FIVE)) for fund in fund_summaries(scope)]
    note = Phrase(
        "The amounts stand beside each other and are never added up: what is justified was disbursed."
    )
    return Found(
        columns=MONEY,
        rows=rows,
        chart=Chart(Shape.BARS, "fund", FIVE),
        notes=(note,),
        is_summed=True,
    )


def _delivered(scope: Scope) -> Found:
    """What reached people, month by month from the first to the last; a month without any is a month of nothing."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for book in scope.book_ids:
        for event in fund_events(scope, book, since=None):
            if event.disbursed is not None and event.disbursed.minor:
                month = str(month_of(event.booking_date))
                sums[event.disbursed.currency][month] += event.disbursed.minor
                counts[event.disbursed.currency][month] += 1 if event.disbursed.minor > 0 else 0
    rows: list[Row] = [
        (month, counts[currency][month], Money(found[month], currency))
        for currency, found in sorted(sums.items())
        for month in _months(min(found), max(found))
    ]
    return Found(
        columns=DELIVERED, rows=rows, chart=Chart(Shape.UPRIGHTS, "month", ("delivered",)), is_summed=True
    )


def _months(first: str, last: str) -> Iterator[str]:
    year, month = (int(part) for part in first.split("-"))
    while (found := f"{year:04d}-{month:02d}") <= last:
        yield found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


# Courses and accounts -------------------------------------------------------------------------------------------------


def _attendance(scope: Scope, is_shared: bool) -> Found:
    reader, programme = scope.reader, scope.work.programme.id
    names = {one.code: one.name for one in list_courses(reader, programme)}
    by_course: dict[str, list[RateFacts]] = defaultdict(list)
    for one in all_rates(reader, programme, scope.as_of):
        by_course[one.course].append(one)
    rows: list[Row] = []
    for course, found in sorted(by_course.items()):
        hidden = is_shared and 0 < len(found) < SMALL_CELL
        told: tuple[Cell, Cell] = (len(found), _rate(found))
        rows.append((f"{course} · {names[course]}", *((NotKnown(NOT_TOLD),) * 2 if hidden else told)))
    return Found(columns=ATTENDANCE, rows=rows, chart=Chart(Shape.BARS, "course", ("attended",)))


def _rate(found: Sequence[RateFacts]) -> Cell:
    """What all enrolments of a course attended of what they could have."""
    known = [one.attendance for one in found if isinstance(one.attendance, Attendance)]
    possible = sum(one.possible for one in known)
    return Rate(sum(one.attended for one in known), possible) if possible else NotKnown(NO_SESSIONS)


def _accounts(scope: Scope, is_shared: bool) -> Found:
    """Accounts by the month in which they were opened and first verified, and how many so far.

    A shared report tells the last month's sums alone: from two sums beside each other one account could be told.
    """
    links = list_links(scope.reader, scope.work.programme.id)
    trails = steps_of(scope.reader, [link.id for link in links])
    opened = [link.opened_on for link in links if link.opened_on and link.opened_on <= scope.as_of]
    firsts = [
        next((one.step.on for one in trails[link.id] if one.step.state == "verified"), None) for link in links
    ]
    verified = [on for on in firsts if on is not None and on <= scope.as_of]
    rows = _so_far(opened, verified)
    if is_shared:
        rows = [_last_only(rows[-1])] if rows else []
    return Found(columns=ACCOUNTS, rows=rows, chart=Chart(Shape.UPRIGHTS, "month", ("opened_so_far",)))


def _last_only(row: Row) -> Row:
    """The sums of a row alone, small ones hidden; also where few are opened and not verified, which two sums tell."""
    month, *_, opened, verified = row
    nothing = NotKnown(NOT_TOLD)
    few = isinstance(opened, int) and isinstance(verified, int) and 0 < opened - verified < SMALL_CELL
    return (month, nothing, nothing, _told(opened), nothing if few else _told(verified))


def _told(count: Cell) -> Cell:
    return NotKnown(NOT_TOLD) if isinstance(count, int) and 0 < count < SMALL_CELL else count


def _so_far(opened: Sequence[date], verified: Sequence[date]) -> list[Row]:
    months = [str(month_of(on)) for on in (*opened, *verified)]
    if not months:
        return []
    by_opened = Counter(str(month_of(on)) for on in opened)
    by_verified = Counter(str(month_of(on)) for on in verified)
    rows: list[Row] = []
    sums = [0, 0]
    for month in _months(min(months), max(months)):
        sums = [sums[0] + by_opened[month], sums[1] + by_verified[month]]
        rows.append((month, by_opened[month], by_verified[month], *sums))
    return rows


# People ---------------------------------------------------------------------------------------------------------------


def _people(scope: Scope, is_shared: bool) -> Found:
    """People by group and sex; a cell is hidden with others of its row and its column, where it is shared."""
    group, sex = Dimension.POPULATION_GROUP, Dimension.SEX
    counted = combinations(_counting(scope), EVERYBODY, (group, sex))
    sums: Counter[tuple[str, str]] = Counter()
    for one in counted:
        sums[one.groups[group], one.groups[sex]] += one.numerators[EVERYBODY.code]
    groups, sexes = _ordered(key for key, _ in sums), _ordered(key for _, key in sums)
    # Groups take the place of phases, so that rows and columns are both sums that nothing may be worked out from.
    figures = [_figure("", None, ALL, sums.total())]
    figures += [_figure("", sex, one, sum(sums[key, one] for key in groups)) for one in sexes]
    for key in groups:
        figures.append(_figure(key, None, ALL, sum(sums[key, one] for one in sexes)))
        figures += [_figure(key, sex, one, sums[key, one]) for one in sexes]
    told = hide_small(figures) if is_shared else figures
    rows: list[Row] = [
        (Word(one.phase or ALL), group_word(one.group), _count(one))
        for one in told
        if one.phase and one.dimension
    ]
    rows += [(Word(ALL), group_word(one.group), _count(one)) for one in told if not one.phase]
    return Found(columns=PEOPLE, rows=rows, chart=Chart(Shape.BARS, "sex", ("people",), group="group"))


def _ages(scope: Scope, is_shared: bool) -> Found:
    counted = combinations(_counting(scope), EVERYBODY, (Dimension.AGE_BAND,))
    sums: Counter[str] = Counter()
    for one in counted:
        sums[one.groups[Dimension.AGE_BAND]] += one.numerators[EVERYBODY.code]
    figures = [_figure("", None, ALL, sums.total())]
    figures += [_figure("", Dimension.AGE_BAND, band, sums[band]) for band in sorted(sums, key=_by_age)]
    told = hide_small(figures) if is_shared else figures
    rows: list[Row] = [(group_word(one.group), _count(one)) for one in told[1:]]
    if sums:
        rows.append((Word(ALL), _count(told[0])))
    return Found(columns=AGES, rows=rows, chart=Chart(Shape.BARS, "age", ("people",)))


def _counting(scope: Scope) -> Counting:
    return Counting(reader=scope.reader, programme=scope.work.programme.id, on=scope.as_of)


def _figure(phase: str, dimension: Dimension | None, group: str, count: int) -> Figure:
    return Figure(
        indicator=EVERYBODY.code,
        dimension=dimension,
        group=group,
        phase=phase,
        numerator=count,
        denominator=None,
    )


def _count(figure: Figure) -> Cell:
    return NotKnown(NOT_TOLD) if figure.is_hidden else figure.numerator


def _ordered(words: Iterator[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (word == NOT_COLLECTED, word))


def _by_age(band: str) -> tuple[bool, int]:
    """Bands by their first year; what was not collected comes last."""
    return band == NOT_COLLECTED, 0 if band == NOT_COLLECTED else int(band.rstrip("+").split("-")[0])
