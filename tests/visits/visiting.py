"""Visits in tests: planning them, holding one, saying what it found."""

from dataclasses import replace
from datetime import date
from typing import Any

from seedfund.kernel.secret import Secret
from seedfund.visits.rules import Dimension, Frequency, VisitMode, VisitRole
from seedfund.visits.service import (
    PlanVisits,
    RecordVisit,
    Told,
    VisitRecorded,
    VisitsPlanned,
    plan_visits,
    record_visit,
)
from tests.support.grants import key
from tests.support.programme import House

STARTS = date(2026, 1, 12)
WORDS = "La panadería de prueba funciona los lunes"


def told(**changes: Any) -> Told:
    """A visit at home that found the business at work."""
    usual = Told(
        mode=VisitMode.HOME,
        findings=Secret(WORDS),
        dimensions=(Dimension.HEALTH, Dimension.ECONOMIC_INCLUSION),
        actions=Secret("Llevar el cuaderno de ventas"),
        is_operating=True,
    )
    return replace(usual, **changes)


def planned(house: House, participant: str, **changes: Any) -> VisitsPlanned:
    """Monthly visits of the coach for eighteen months."""
    usual = PlanVisits(
        key=key(),
        participant=participant,
        role=VisitRole.COACH,
        starts_on=STARTS,
        frequency=Frequency.MONTHLY,
    )
    with house.work("expert") as work:
        return plan_visits(work, replace(usual, **changes))


def held(house: House, number: str, by: str = "coach", **changes: Any) -> VisitRecorded:
    """A planned visit that was held today."""
    with house.work(by) as work:
        return record_visit(work, RecordVisit(key=key(), number=number, told=told(**changes)))


def dropped_in(
    house: House, participant: str, role: VisitRole = VisitRole.COACH, **changes: Any
) -> VisitRecorded:
    """A visit today that nobody planned."""
    recording = RecordVisit(key=key(), participant=participant, role=role, told=told(**changes))
    with house.work("coach") as work:
        return record_visit(work, recording)
