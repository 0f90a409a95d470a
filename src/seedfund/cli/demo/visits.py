"""Home visits of the two professionals: planned for eighteen months, held on their day, some missed or moved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice
from types import MappingProxyType
from typing import Final

from seedfund.cli.demo.dated import Planned, Row, day_of
from seedfund.cli.demo.phases import PROTECTION, excluded, heads, is_restricted
from seedfund.cli.demo.stage import Stage
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

SUFFIX_OF: Final[Mapping[str, str]] = MappingProxyType({"A": "", "B": "_2"})
"""The ending of the files of each phase."""
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
        return VisitRole(self.row["rol"])

    @property
    def days(self) -> tuple[date, ...]:
        """The days visits are due by the rule."""
        return visit_days(
            day_of(self.row["desde"]), int(self.row["meses"]), Frequency(self.row["frecuencia"])
        )

    def planned(self, until: date) -> Iterator[Planned]:
        """The planning, the visits of each day, and those that were moved to a later one."""
        days = self.days
        yield Planned(days[0] - timedelta(days=1), "visits planned", self._plan)
        moved = {int(row["nueva_fecha"]) for row in self.exceptions.values() if row["nueva_fecha"]}
        for turn, day in enumerate(days, start=1):
            for later in (0, *sorted(moved)):
                on = day + timedelta(days=later)
                if on <= until:
                    yield Planned(on, "visits", partial(self._visit, turn))

    def _plan(self) -> None:
        suffix, left_out = SUFFIX_OF[self.row["fase"]], excluded(self.stage)
        here = {
            one["hogar"]
            for one in self.stage.rows(f"households{suffix}")
            if one["localidad"] == self.row["localidad"]
        }
        rows = [one for one in heads(self.stage, suffix) if one["hogar"] in here - left_out]
        numbers = self.stage.members([one["miembro"] for one in rows])
        for one in rows:
            actor = PROTECTION if is_restricted(one) else self.row["quien"]
            self.people.setdefault(actor, {})[numbers[one["miembro"]]] = one["hogar"]
        for actor, people in self.people.items():
            with self.stage.acting(actor) as work:
                for person in people:
                    planning = PlanVisits(
                        key=self.stage.key("visits", self.role, person),
                        participant=person,
                        role=self.role,
                        starts_on=self.days[0],
                        frequency=Frequency(self.row["frecuencia"]),
                        months=int(self.row["meses"]),
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
        moved_already = instead is not None and bool(instead["nueva_fecha"]) and owed.due_on not in self.days
        if instead is None or moved_already:
            record_visit(work, RecordVisit(key=key, number=owed.number, told=self._told(owed.number)))
        elif instead["nueva_fecha"]:
            to_day = work.today() + timedelta(days=int(instead["nueva_fecha"]))
            reason = MissReason(instead["motivo"])
            reschedule_visit(work, RescheduleVisit(key=key, number=owed.number, to_day=to_day, reason=reason))
        elif instead["que"] == "missed":
            miss_visit(work, MissVisit(key=key, number=owed.number, reason=MissReason(instead["motivo"])))
        else:
            self._call_off(work, key, owed, MissReason(instead["motivo"]))

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
        actions = " ".join(one["acuerdo"] for one in told if one["acuerdo"])
        return Told(
            mode=VisitMode.HOME,
            findings=Secret(" ".join(one["hallazgo"] for one in told)),
            dimensions=tuple(dict.fromkeys(Dimension(one["dimension"]) for one in told)),
            actions=Secret(actions) if actions else None,
        )


def planned(stage: Stage, until: date) -> Iterator[Planned]:
    """Every visit of the programme up to a day."""
    exceptions = {
        (row["hogar"], row["rol"], int(row["turno"])): row for row in stage.rows("visit_exceptions")
    }
    for row in stage.rows("visit_plans"):
        yield from Round(stage, row, exceptions).planned(until)
