"""Home visits of the two professionals: planned for eighteen months, held on their day, some missed or moved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice
from typing import Final

from seedfund.cli.demo.dated import Planned, Row
from seedfund.cli.demo.phases import PROTECTION, excluded, heads, is_restricted
from seedfund.cli.demo.stage import Stage
from seedfund.kernel.dates import parse_date
from seedfund.kernel.secret import Secret
from seedfund.people.queries.records import participant_numbers
from seedfund.store.work import Work
from seedfund.visits.queries import OwedVisit, owed_visits
from seedfund.visits.rules.planning import visit_days
from seedfund.visits.rules.words import Dimension, Frequency, MissReason, VisitMode, VisitRole
from seedfund.visits.service import (
    CancelVisits,
    MissVisit,
    PlanVisits,
    RecordVisit,
    RescheduleVisit,
    Told,
    cancel_visits,
    miss_visit,
    plan_visits,
    record_visit,
    reschedule_visit,
)

ALL_OF_THEM: Final = timedelta(days=3 * 366)


@dataclass(slots=True)
class Round:
    """The visits of one professional in one place: whom, on which days, and by whom instead for restricted people."""

    stage: Stage
    row: Row
    exceptions: Mapping[tuple[str, str, int], Row]
    people: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def role(self) -> VisitRole:
        """Coach or economic inclusion expert."""
        return VisitRole(self.row["role"])

    @property
    def days(self) -> tuple[date, ...]:
        """The days visits are due by the rule."""
        return visit_days(
            parse_date(self.row["starts_on"]), int(self.row["months"]), Frequency(self.row["frequency"])
        )

    def planned(self, until: date) -> Iterator[Planned]:
        """The planning, the visits of each day, and those that were moved to a later one."""
        days = self.days
        yield Planned(days[0] - timedelta(days=1), "visits planned", self._plan)
        moved = {int(row["days_later"]) for row in self.exceptions.values() if row["days_later"]}
        for turn, day in enumerate(days, start=1):
            for later in (0, *sorted(moved)):
                on = day + timedelta(days=later)
                if on <= until:
                    yield Planned(on, "visits", partial(self._visit, turn))

    def _plan(self) -> None:
        suffix, left_out = self.row["suffix"], excluded(self.stage)
        here = {
            one["household"]
            for one in self.stage.part("households", "households", suffix)
            if one["locality"] == self.row["locality"]
        }
        rows = [one for one in heads(self.stage, suffix) if one["household"] in here - left_out]
        numbers = self.stage.members([one["member"] for one in rows])
        for one in rows:
            actor = PROTECTION if is_restricted(one) else self.row["actor"]
            self.people.setdefault(actor, {})[numbers[one["member"]]] = one["household"]
        for actor, people in self.people.items():
            with self.stage.acting(actor) as work:
                for person in people:
                    planning = PlanVisits(
                        key=self.stage.key("visits", self.role, person),
                        participant=person,
                        role=self.role,
                        starts_on=self.days[0],
                        frequency=Frequency(self.row["frequency"]),
                        months=int(self.row["months"]),
                    )
                    plan_visits(work, planning)

    def _visit(self, turn: int) -> None:
        for actor, people in self.people.items():
            with self.stage.acting(actor) as work:
                owed = [
                    one
                    for one in owed_visits(work, work.today())
                    if one.due_on == work.today() and one.role is self.role
                ]
                numbers = participant_numbers(work.reader(), [one.participant_id for one in owed])
                for one in owed:
                    household = people.get(numbers[one.participant_id])
                    if household is not None:
                        self._play(work, one, self.exceptions.get((household, self.role, turn)))

    def _play(self, work: Work, owed: OwedVisit, instead: Row | None) -> None:
        key = self.stage.key("visit", owed.number, work.today())
        moved_already = instead is not None and bool(instead["days_later"]) and owed.due_on not in self.days
        if instead is None or moved_already:
            record_visit(work, RecordVisit(key=key, number=owed.number, told=self._told(owed.number)))
        elif instead["days_later"]:
            to_day = work.today() + timedelta(days=int(instead["days_later"]))
            reason = MissReason(instead["reason"])
            reschedule_visit(work, RescheduleVisit(key=key, number=owed.number, to_day=to_day, reason=reason))
        elif instead["what"] == "missed":
            miss_visit(work, MissVisit(key=key, number=owed.number, reason=MissReason(instead["reason"])))
        else:
            self._call_off(work, key, owed, MissReason(instead["reason"]))

    def _call_off(self, work: Work, key: str, owed: OwedVisit, reason: MissReason) -> None:
        """All that was still to come: nobody visits the dead."""
        numbers = tuple(
            one.number
            for one in owed_visits(work, work.today() + ALL_OF_THEM)
            if one.participant_id == owed.participant_id and one.role is self.role
        )
        cancel_visits(work, CancelVisits(key=key, numbers=numbers, reason=reason))

    def _told(self, number: str) -> Told:
        """What the visit found, out of what the example's professionals write down."""
        findings = self.stage.rows("visit_findings")
        first = int(number.rpartition("-")[2]) % len(findings)
        told = list(islice(cycle(findings), first, first + 2))
        actions = " ".join(one["agreed"] for one in told if one["agreed"])
        return Told(
            mode=VisitMode.HOME,
            findings=Secret(" ".join(one["finding"] for one in told)),
            dimensions=tuple(dict.fromkeys(Dimension(one["dimension"]) for one in told)),
            actions=Secret(actions) if actions else None,
        )


def planned(stage: Stage) -> Iterator[Planned]:
    """Every visit of the programme up to its last day."""
    if not stage.has("visit_plans"):
        return
    exceptions = {
        (row["household"], row["role"], int(row["turn"])): row for row in stage.rows("visit_exceptions")
    }
    for row in stage.rows("visit_plans"):
        yield from Round(stage, row, exceptions).planned(stage.last_day)
