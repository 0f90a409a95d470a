"""Reads of business monitoring: by number, of a business, and what survives; notes only for those who may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.accompaniment.queries.showing import require_shown, shown_people
from seedfund.accompaniment.rules.monitoring import (
    BusinessFigures,
    Change,
    Looked,
    LookIrregularity,
    StoodStillFor,
    Survival,
    change_of,
    counts_on,
    survival_on,
)
from seedfund.accompaniment.tables.monitoring import Monitoring, MonitoringDecision, MonitoringReport
from seedfund.grants.queries.delivered import first_deliveries
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import list_plans, open_version, plans_of_versions
from seedfund.plans.rules.months import monthly_results
from seedfund.store.records import parse_document
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRow:
    """A look at a business with the version that holds; `recorder` is who recorded it.

    `irregular` says why it does not count unless it was accepted; `is_accepted` is None while nobody decided.
    """

    id: Key
    number: str
    plan_id: Key
    plan: str
    participant_id: Key
    visited_on: date
    version: int
    currency: str
    is_operating: bool
    stood_still_for: StoodStillFor | None
    month: date
    figures: BusinessFigures
    paid_women: int | None
    paid_men: int | None
    family_women: int | None
    family_men: int | None
    family_hands: int | None
    irregular: tuple[LookIrregularity, ...]
    note: bytes | None
    correction: str | None
    recorded_by: Key
    recorder: str
    is_accepted: bool | None
    decided_on: date | None

    @property
    def family(self) -> int | None:
        """How many of the family work there, where it is known."""
        split = [one for one in (self.family_women, self.family_men) if one is not None]
        return sum(split) if len(split) == 2 else self.family_hands

    def counts(self, on: date) -> bool:
        """Whether it is counted on a day."""
        return counts_on(self.irregular, is_accepted=self.is_accepted, decided_on=self.decided_on, on=on)

    @property
    def looked(self) -> Looked:
        """The day, and whether it was operating."""
        return Looked(self.visited_on, self.is_operating)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure of a look: itself, what the plan foresaw for that month, and the changes against plan and last look."""

    name: str
    now: Money | None
    planned: Money | None
    against_plan: Change | None
    against_last: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringVersion:
    """A version of what was told of a look, as it was told: by whom, on which day, and why it was told again."""

    version: int
    is_operating: bool
    month: date
    figures: BusinessFigures
    correction: str | None
    recorded_on: date
    recorder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringOpened:
    """A look at a business with its note, its comparisons, and every version of it, the first one first."""

    row: MonitoringRow
    note: Secret | None
    compared: tuple[Compared, ...]
    versions: tuple[MonitoringVersion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessState:
    """A business that was paid: when first, its last look, and what is known of its survival at each month."""

    plan_id: Key
    plan: str
    participant_id: Key
    first_paid: date
    last: MonitoringRow | None
    survival: Mapping[int, Survival]


def _row(*values: Any) -> MonitoringRow:
    this, number, key, plan, participant, visited, version, operating, still, month, currency = values[:11]
    sales, costs, stock, cash, women, men, family_women, family_men, family, irregular = values[11:21]
    note, correction, recorded_by, recorder, accepted, decided_on = values[21:]
    amounts = [None if one is None else Money(one, currency) for one in (sales, costs, stock, cash)]
    return MonitoringRow(
        id=this,
        number=number,
        plan_id=key,
        plan=plan,
        participant_id=participant,
        visited_on=visited,
        version=version,
        currency=currency,
        is_operating=bool(operating),
        stood_still_for=None if still is None else StoodStillFor(still),
        month=month,
        figures=BusinessFigures(sales=amounts[0], costs=amounts[1], stock=amounts[2], cash=amounts[3]),
        paid_women=women,
        paid_men=men,
        family_women=family_women,
        family_men=family_men,
        family_hands=family,
        irregular=() if irregular is None else tuple(map(LookIrregularity, parse_document(irregular))),
        note=note,
        correction=correction,
        recorded_by=recorded_by,
        recorder=recorder,
        is_accepted=None if accepted is None else bool(accepted),
        decided_on=decided_on,
    )


def _rows() -> Any:
    later = aliased(MonitoringReport)
    last = (
        sa.select(sa.func.max(col(later.version)))
        .where(col(later.monitoring_id) == col(Monitoring.id))
        .correlate(Monitoring)
        .scalar_subquery()
    )
    report = MonitoringReport
    return (
        sa.select(
            *(col(Monitoring.id), col(Monitoring.number), col(Monitoring.plan_id), col(Monitoring.plan)),
            *(col(Monitoring.participant_id), col(Monitoring.visited_on), col(report.version)),
            *(col(report.is_operating), col(report.stood_still_for), col(report.month), col(report.currency)),
            *(
                col(report.sales_minor),
                col(report.costs_minor),
                col(report.stock_minor),
                col(report.cash_minor),
            ),
            *(col(report.paid_women), col(report.paid_men), col(report.family_women)),
            *(col(report.family_men), col(report.family_hands), col(report.irregular)),
            *(col(report.note), col(report.correction), col(report.recorded_by), col(Actor.handle)),
            *(col(MonitoringDecision.is_accepted), col(MonitoringDecision.decided_on)),
        )
        .select_from(Monitoring)
        .join(report, sa.and_(col(report.monitoring_id) == col(Monitoring.id), col(report.version) == last))
        .join(Actor, col(Actor.id) == col(report.recorded_by))
        .outerjoin(MonitoringDecision, col(MonitoringDecision.monitoring_id) == col(Monitoring.id))
        .where(col(Monitoring.programme_id) == sa.bindparam("programme"))
        .order_by(col(Monitoring.visited_on), col(Monitoring.number))
    )


_ONE: Final = Query(
    _row,
    lambda: _rows().where(col(Monitoring.number) == sa.bindparam("number")).with_for_update(of=Monitoring),
)
_ALL: Final = Query(_row, _rows)
_OF_PLAN: Final = Query(_row, lambda: _rows().where(col(Monitoring.plan_id) == sa.bindparam("plan")))


def _version(*values: Any) -> MonitoringVersion:
    version, operating, month, currency, sales, costs, stock, cash, correction, recorded_at, recorder = values
    amounts = [None if one is None else Money(one, currency) for one in (sales, costs, stock, cash)]
    return MonitoringVersion(
        version=version,
        is_operating=bool(operating),
        month=month,
        figures=BusinessFigures(sales=amounts[0], costs=amounts[1], stock=amounts[2], cash=amounts[3]),
        correction=correction,
        recorded_on=recorded_at.date(),
        recorder=recorder,
    )


def _versions() -> Any:
    report = MonitoringReport
    return (
        sa.select(
            *(col(report.version), col(report.is_operating), col(report.month), col(report.currency)),
            *(col(report.sales_minor), col(report.costs_minor)),
            *(col(report.stock_minor), col(report.cash_minor)),
            *(col(report.correction), col(report.recorded_at), col(Actor.handle)),
        )
        .select_from(report)
        .join(Actor, col(Actor.id) == col(report.recorded_by))
        .where(col(report.monitoring_id) == sa.bindparam("monitoring"))
        .order_by(col(report.version))
    )


_VERSIONS: Final = Query(_version, _versions)


def monitoring_note_place(monitoring: Key, version: int) -> Place:
    """Where the note of a version stands."""
    return Place("sf_monitoring_report", f"{monitoring}:{version}", "note")


def monitoring_by_number(reader: Reader, programme: Key, number: str) -> MonitoringRow:
    """A look at a business; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_ONE, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="business monitoring", which=number)
    return found


def monitorings_of(reader: Reader, programme: Key, plan: Key) -> list[MonitoringRow]:
    """Every look at a business, the oldest first."""
    return reader.all(_OF_PLAN, programme=programme, plan=plan)


def list_monitoring(work: Work) -> list[MonitoringRow]:
    """Every look at a business, the oldest first; those of restricted people only for named roles."""
    rows = work.reader().all(_ALL, programme=work.programme.id)
    shown = shown_people(work, [row.participant_id for row in rows])
    return [row for row in rows if row.participant_id in shown]


def open_monitoring(work: Work, number: str) -> MonitoringOpened:
    """A look at a business with its note, compared with its plan and with the look before.

    Raises:
        NotFound: there is none of that number.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Corrupt: the note or the plan was altered.
    """
    reader = work.reader()
    row = monitoring_by_number(reader, work.programme.id, number)
    require_shown(work, row.participant_id, row.number)
    vault = open_vaults(reader, work, [row.participant_id]).get(row.participant_id)
    note = None
    if row.note is not None and vault is not None:
        note = vault.open(row.note, monitoring_note_place(row.id, row.version))
    plan = next(one for one in list_plans(work) if one.id == row.plan_id)
    before = [
        one
        for one in monitorings_of(reader, work.programme.id, row.plan_id)
        if one.visited_on < row.visited_on and one.counts(work.today())
    ]
    planned = BusinessFigures() if vault is None else _planned(work, plan.version_id, row.month)
    compared = _compare(row.figures, planned, before[-1].figures if before else BusinessFigures())
    versions = tuple(reader.all(_VERSIONS, monitoring=row.id))
    return MonitoringOpened(row=row, note=note, compared=compared, versions=versions)


def _planned(work: Work, version: Key, month: date) -> BusinessFigures:
    """What the plan foresaw of a month: its sales and its costs; nothing outside the months it tells of."""
    plan = open_version(work, version)
    for result in monthly_results(plan):
        if (result.month.year, result.month.month) == (month.year, month.month):
            return BusinessFigures(sales=result.sales, costs=result.cost_of_sales + result.fixed)
    return BusinessFigures()


def _compare(now: BusinessFigures, planned: BusinessFigures, before: BusinessFigures) -> tuple[Compared, ...]:
    return tuple(
        Compared(
            name=name,
            now=getattr(now, name),
            planned=getattr(planned, name),
            against_plan=change_of(getattr(now, name), getattr(planned, name)),
            against_last=change_of(getattr(now, name), getattr(before, name)),
        )
        for name in ("sales", "costs", "profit", "stock", "cash")
    )


def paid_businesses(reader: Reader, programme: Key, on: date) -> dict[Key, date]:
    """The plans whose business was paid by a day, with the day something first arrived."""
    versions = first_deliveries(reader, programme, on)
    owners = plans_of_versions(reader, list(versions))
    paid: dict[Key, date] = {}
    for version, day in versions.items():
        plan = owners[version]
        paid[plan] = min(day, paid.get(plan, day))
    return paid


def survivals(reader: Reader, programme: Key, on: date) -> dict[Key, Mapping[int, Survival]]:
    """What is known on a day of the survival of every business that was paid, whoever may see whom: for counts."""
    looks = _looks(reader.all(_ALL, programme=programme), on)
    return {
        plan: survival_on(day, [one.looked for one in looks.get(plan, ())], on=on)
        for plan, day in paid_businesses(reader, programme, on).items()
    }


def business_states(work: Work, on: date) -> list[BusinessState]:
    """Every business that was paid by a day, with what is known of it; of restricted people only for named roles."""
    plans = {one.id: one for one in list_plans(work)}
    paid = paid_businesses(work.reader(), work.programme.id, on)
    looks = _looks(list_monitoring(work), on)
    shown = shown_people(work, [plans[plan].participant_id for plan in paid])
    return [
        BusinessState(
            plan_id=plan,
            plan=plans[plan].number,
            participant_id=plans[plan].participant_id,
            first_paid=day,
            last=looks[plan][-1] if plan in looks else None,
            survival=survival_on(day, [one.looked for one in looks.get(plan, ())], on=on),
        )
        for plan, day in paid.items()
        if plans[plan].participant_id in shown
    ]


def _looks(rows: Sequence[MonitoringRow], on: date) -> dict[Key, list[MonitoringRow]]:
    """The looks up to a day by business that count on it, the oldest first."""
    found: dict[Key, list[MonitoringRow]] = {}
    for row in rows:
        if row.visited_on <= on and row.counts(on):
            found.setdefault(row.plan_id, []).append(row)
    return found
