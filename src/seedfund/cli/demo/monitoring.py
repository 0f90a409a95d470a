"""Looks at businesses: whether they run, what the month brought, who works there; decided where it does not fit."""

from collections.abc import Callable, Iterator
from functools import partial

from seedfund.accompaniment.rules.monitoring import StoodStillFor
from seedfund.accompaniment.service import (
    BusinessTold,
    CorrectMonitoring,
    DecideMonitoring,
    RecordMonitoring,
    correct_monitoring,
    decide_monitoring,
    record_monitoring,
)
from seedfund.cli.demo.cases import Cases
from seedfund.cli.demo.dated import Planned, Row, by_day, by_hand
from seedfund.cli.demo.stage import Stage, secret
from seedfund.kernel.dates import parse_date


class Monitoring:
    """The looks at businesses, with their numbers; `cases` is asked on the day, when the plans have theirs."""

    def __init__(self, stage: Stage, cases: Callable[[], Cases]):
        self.stage = stage
        self.cases = cases
        self.looks: dict[tuple[str, str, str], str] = {}
        self.last: dict[str, str] = {}

    def planned(self) -> Iterator[Planned]:
        """The looks of each day, and what somebody else decided of those that do not fit."""
        rows = self.stage.rows("monitoring") if self.stage.has("monitoring") else []
        for day, found in by_day(rows, "on"):
            yield Planned(day, "businesses looked at", partial(self._look, found))
        for day, found in by_day(rows, "decided_on"):
            yield Planned(day, "looks at businesses decided", partial(self._decide, found))

    def _look(self, rows: list[Row]) -> None:
        plans = self.cases().by_key
        for actor, found in by_hand(rows).items():
            with self.stage.acting(actor) as work:
                for row in found:
                    key = self.stage.key("look", *_which(row))
                    told = _told(self.stage, row)
                    if row["correction"]:
                        number, reason = self.last[row["plan"]], row["correction"]
                        correcting = CorrectMonitoring(key=key, number=number, told=told, reason=reason)
                        correct_monitoring(work, correcting)
                    else:
                        recording = RecordMonitoring(key=key, plan=plans[row["plan"]].plan, told=told)
                        number = record_monitoring(work, recording).number
                        self.looks[_which(row)] = self.last[row["plan"]] = number

    def _decide(self, rows: list[Row]) -> None:
        for actor, found in by_hand(rows, "decider").items():
            with self.stage.acting(actor) as work:
                for row in found:
                    deciding = DecideMonitoring(
                        key=self.stage.key("look decided", *_which(row)),
                        number=self.looks[_which(row)],
                        is_accepted=row["accepted"] == "yes",
                        reason=row["why"],
                    )
                    decide_monitoring(work, deciding)


def _which(row: Row) -> tuple[str, str, str]:
    """Two people may look at a business on one day."""
    return row["plan"], row["on"], row["actor"]


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
        family_women=_count(row["family_women"]),
        family_men=_count(row["family_men"]),
        family_hands=_count(row["family_hands"]),
        note=secret(row["note"]),
    )


def _count(text: str) -> int | None:
    return int(text) if text else None
