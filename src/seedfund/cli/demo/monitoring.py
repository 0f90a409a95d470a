"""Looks at businesses: whether they run, what the month brought, who works there; told again where told wrong."""

from collections.abc import Callable, Iterator
from functools import partial

from seedfund.accompaniment.rules.monitoring import StoodStillFor
from seedfund.accompaniment.service import (
    BusinessTold,
    CorrectMonitoring,
    RecordMonitoring,
    correct_monitoring,
    record_monitoring,
)
from seedfund.cli.demo.cases import Cases
from seedfund.cli.demo.dated import Planned, Row, by_day, by_hand
from seedfund.cli.demo.stage import Stage, secret
from seedfund.kernel.dates import parse_date


def planned(stage: Stage, cases: Callable[[], Cases]) -> Iterator[Planned]:
    """The looks of each day; `cases` is asked on the day, when the plans have their numbers."""
    numbers: dict[str, str] = {}
    rows = stage.rows("monitoring") if stage.has("monitoring") else []
    for day, found in by_day(rows, "on"):
        yield Planned(day, "businesses looked at", partial(_look, stage, found, cases, numbers))


def _look(stage: Stage, rows: list[Row], cases: Callable[[], Cases], numbers: dict[str, str]) -> None:
    plans = cases().by_key
    for actor, found in by_hand(rows).items():
        with stage.acting(actor) as work:
            for row in found:
                plan, told = plans[row["plan"]].plan, _told(stage, row)
                key = stage.key("look", row["plan"], row["on"])
                if row["correction"]:
                    number, reason = numbers[row["plan"]], row["correction"]
                    correct_monitoring(
                        work, CorrectMonitoring(key=key, number=number, told=told, reason=reason)
                    )
                else:
                    recording = RecordMonitoring(key=key, plan=plan, told=told)
                    numbers[row["plan"]] = record_monitoring(work, recording).number


def _told(stage: Stage, row: Row) -> BusinessTold:
    return BusinessTold(
        is_operating=row["operating"] == "yes",
        month=parse_date(row["month"]),
        stood_still_for=StoodStillFor(row["stood_still_for"]) if row["stood_still_for"] else None,
        sales=stage.amount(row["sales"]),
        costs=stage.amount(row["costs"]),
        stock=stage.amount(row["stock"]),
        cash=stage.amount(row["cash"]),
        paid_women=_count(row["paid_women"]),
        paid_men=_count(row["paid_men"]),
        family_hands=_count(row["family_hands"]),
        note=secret(row["note"]),
    )


def _count(text: str) -> int | None:
    return int(text) if text else None
