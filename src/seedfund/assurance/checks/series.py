"""Series of numbers: the counter says the highest that was given, and something carries every one below it."""

from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.rules.series import Series, parse_number
from seedfund.assurance.scan import Sheet
from seedfund.store.tables import Counter

CHECK: Final = "numbers"
COUNTERS: Final = Sheet(
    "sf_counter",
    lambda *values: values,
    lambda: (
        sa.select(col(Counter.series), col(Counter.year), col(Counter.last))
        .where(col(Counter.programme_id) == sa.bindparam("programme"))
        .order_by(col(Counter.series), col(Counter.year))
    ),
    keys=2,
)


def numbered_tables(context: Context) -> list[str]:
    """Every table of ours that has a number in a programme, by name."""
    inspector = sa.inspect(context.scan.connection)
    names = sorted(name for name in context.scan.tables if name.startswith("sf_"))
    columns = {name: {column["name"]: column for column in inspector.get_columns(name)} for name in names}
    return [
        name
        for name, found in columns.items()
        if "programme_id" in found and "number" in found and isinstance(found["number"]["type"], sa.String)
    ]


def check_series(context: Context, programme: ProgrammeFound) -> None:
    """Every series of a programme; a number may stand in several tables (a paper has that of its agreement)."""
    series: dict[tuple[str, int], Series] = {}
    for name, year, last in context.each("counters", COUNTERS, programme=programme.id):
        series[name, year] = Series(last if isinstance(last, int) else 0)
    for table in numbered_tables(context):
        for (number,) in context.each(CHECK, _numbers_of(table), programme=programme.id):
            parsed = parse_number(number)
            if parsed is not None:
                name, year, running = parsed
                series.setdefault((name, year), Series(0)).see(running)
    for (name, year), one in sorted(series.items()):
        which = f"{name}-{year}"
        gap = one.first_gap()
        if gap is not None:
            context.report.found(kinds.SERIES_GAP, "sf_counter", which, number=gap)
        if one.beyond is not None:
            context.report.found(kinds.SERIES_BEYOND, "sf_counter", which, number=one.beyond, last=one.last)


def _numbers_of(table: str) -> Sheet[tuple[Any, ...]]:
    statement = f"SELECT number FROM {table} WHERE programme_id = :programme AND number IS NOT NULL"  # noqa: S608 - names of ours only
    return Sheet(
        table,
        lambda *values: values,
        lambda: sa.text(statement).bindparams(sa.bindparam("programme")).columns(number=sa.String),
    )
