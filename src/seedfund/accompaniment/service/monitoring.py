"""Business monitoring: what was found at a business on a day, and told again where it was told wrong."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.accompaniment.queries.monitoring import (
    MonitoringRow,
    monitoring_by_number,
    monitoring_note_place,
    monitorings_of,
)
from seedfund.accompaniment.rules.monitoring import (
    MONITORING_TWICE_ON_A_DAY,
    BusinessFigures,
    StoodStillFor,
    check_monitoring,
)
from seedfund.accompaniment.service.reaching import COMPANIONS, named, reached, sealed_note
from seedfund.accompaniment.tables.monitoring import Monitoring, MonitoringReport
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import plan_facts
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "BM"


@dataclass(frozen=True, kw_only=True)
class BusinessTold:
    """What is told of a business: whether it runs, and of a month (any day of it) what it brought; left out: not asked.

    Amounts are in the currency of its plan; profit is worked out. `paid_women`, `paid_men` and `family_hands` are
    people who work there, the owner among the family.
    """

    is_operating: bool
    month: date
    stood_still_for: StoodStillFor | None = None
    sales: Money | None = None
    costs: Money | None = None
    stock: Money | None = None
    cash: Money | None = None
    paid_women: int | None = None
    paid_men: int | None = None
    family_hands: int | None = None
    note: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class RecordMonitoring(Command):
    """A look at the business of a plan on the day of the command."""

    plan: str
    told: BusinessTold


@dataclass(frozen=True, kw_only=True)
class MonitoringRecorded:
    """The number of the look, its version, and the profit of the month where sales and costs are known."""

    number: str
    version: int
    profit: Money | None


@verb("accompaniment.record_monitoring", roles=COMPANIONS)
def record_monitoring(unit: Unit, command: RecordMonitoring) -> MonitoringRecorded:
    """Take in what was found at a business: operating or not, sales, costs, stock, cash, jobs.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the owner is restricted, and the actor's roles do not reach them.
        InvalidInput: an amount or a count is negative, or the month has not begun.
        Refused: `person_erased`, `monitoring_reason_missing`, `monitoring_reason_not_expected`,
            `monitoring_currency`, `monitoring_twice_on_a_day`.
    """
    plan = plan_facts(unit, unit.programme.id, command.plan.strip().upper())
    owner = reached(unit, plan.participant_id, plan.number)
    twins = [
        one for one in monitorings_of(unit, unit.programme.id, plan.id) if one.visited_on == unit.occurred_on
    ]
    refuse(
        [
            *_check(unit, command.told, plan.number, plan.currency, on=unit.occurred_on),
            *(
                MONITORING_TWICE_ON_A_DAY(plan=plan.number, day=one.visited_on, number=one.number)
                for one in twins
            ),
        ]
    )
    key, number = unit.key(), unit.human_number(SERIES)
    unit.insert(
        Monitoring,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        plan_id=plan.id,
        plan=plan.number,
        participant_id=owner.id,
        visited_on=unit.occurred_on,
    )
    unit.created("sf_monitoring", number, {"plan": plan.number, "on": str(unit.occurred_on)})
    about = _About(key, number, owner.id, plan.currency)
    return _write(unit, about, command.told, version=1, correction=None)


@dataclass(frozen=True, kw_only=True)
class CorrectMonitoring(Command):
    """All that should have been told of a look, and why it is told again (no personal data)."""

    number: str
    told: BusinessTold
    reason: str


@verb("accompaniment.correct_monitoring", roles=COMPANIONS)
def correct_monitoring(unit: Unit, command: CorrectMonitoring) -> MonitoringRecorded:
    """Tell a look at a business again; the version before stays with who wrote it.

    Raises:
        NotFound: there is none of that number.
        NotAllowed: the owner is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given, an amount or a count is negative, or the month has not begun.
        Refused: `person_erased`, `monitoring_reason_missing`, `monitoring_reason_not_expected`,
            `monitoring_currency`.
    """
    reason = named(command.reason, field="reason", most=300)
    row: MonitoringRow = monitoring_by_number(unit, unit.programme.id, command.number)
    owner = reached(unit, row.participant_id, row.number)
    refuse(_check(unit, command.told, row.plan, row.currency, on=row.visited_on))
    about = _About(row.id, row.number, owner.id, row.currency)
    return _write(unit, about, command.told, version=row.version + 1, correction=reason)


def _check(unit: Unit, said: BusinessTold, plan: str, currency: str, *, on: date) -> list[Refusal]:
    figures = _figures(said)
    counts = (said.paid_women, said.paid_men, said.family_hands)
    if any(one.minor < 0 for one in figures.told()) or any((one or 0) < 0 for one in counts):
        raise InvalidInput(
            field="told",
            problem="an amount or a count is negative",
            remedy="give 0 or more, or leave out what was not asked",
        )
    if said.month.replace(day=1) > on:
        raise InvalidInput(
            field="month", problem="the month has not begun", remedy="give a month up to that of the visit"
        )
    return check_monitoring(
        plan,
        figures,
        currency=currency,
        is_operating=said.is_operating,
        has_reason=said.stood_still_for is not None,
    )


def _figures(said: BusinessTold) -> BusinessFigures:
    return BusinessFigures(sales=said.sales, costs=said.costs, stock=said.stock, cash=said.cash)


@dataclass(frozen=True, slots=True)
class _About:
    """Which look is told of: its key and number, whose data key seals the note, and the currency."""

    key: Key
    number: str
    owner: Key
    currency: str


def _write(
    unit: Unit, about: _About, said: BusinessTold, *, version: int, correction: str | None
) -> MonitoringRecorded:
    figures = _figures(said)
    place = monitoring_note_place(about.key, version)
    unit.insert(
        MonitoringReport,
        monitoring_id=about.key,
        version=version,
        is_operating=said.is_operating,
        stood_still_for=None if said.stood_still_for is None else said.stood_still_for.value,
        month=said.month.replace(day=1),
        currency=about.currency,
        sales_minor=_minor(said.sales),
        costs_minor=_minor(said.costs),
        stock_minor=_minor(said.stock),
        cash_minor=_minor(said.cash),
        paid_women=said.paid_women,
        paid_men=said.paid_men,
        family_hands=said.family_hands,
        note=sealed_note(unit, about.owner, said.note, place),
        correction=correction,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    noted = {name: None if one is None else str(one) for name, one in _named(figures).items()}
    business = "operating" if said.is_operating else "standing_still"
    hands = {name: getattr(said, name) for name in ("paid_women", "paid_men", "family_hands")}
    still = None if said.stood_still_for is None else said.stood_still_for.value
    month = str(said.month.replace(day=1))
    after = {"business": business, "stood_still_for": still, "month": month, **noted, **hands}
    unit.created("sf_monitoring_report", f"{about.number} v{version}", after)
    return MonitoringRecorded(number=about.number, version=version, profit=figures.profit)


def _named(figures: BusinessFigures) -> dict[str, Money | None]:
    return {
        "sales": figures.sales,
        "costs": figures.costs,
        "stock": figures.stock,
        "cash": figures.cash,
    }


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor
