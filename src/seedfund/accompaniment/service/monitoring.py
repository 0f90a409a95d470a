"""Business monitoring: what was found at a business on a day, always taken in; told again where it was told wrong."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.accompaniment.queries.monitoring import (
    MonitoringRow,
    monitoring_by_number,
    monitoring_note_place,
    monitorings_of,
)
from seedfund.accompaniment.rules.monitoring import (
    BusinessFigures,
    LookIrregularity,
    StoodStillFor,
    irregularities,
)
from seedfund.accompaniment.service.reaching import COMPANIONS, named, reached, sealed_note
from seedfund.accompaniment.tables.monitoring import Monitoring, MonitoringReport
from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput
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

    Amounts are in one currency, as a rule that of its plan; profit is worked out. `paid_women` to `family_men` are
    people who work there, the owner among the family; `family_hands` counts the family where nobody asked by sex.
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
    family_women: int | None = None
    family_men: int | None = None
    family_hands: int | None = None
    note: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class RecordMonitoring(Command):
    """A look at the business of a plan on the day of the command."""

    plan: str
    told: BusinessTold


@dataclass(frozen=True, kw_only=True)
class MonitoringRecorded:
    """The look's number and version, its profit where sales and costs are known, and why it does not count yet."""

    number: str
    version: int
    profit: Money | None
    irregular: tuple[LookIrregularity, ...] = ()


@verb("accompaniment.record_monitoring", roles=COMPANIONS)
def record_monitoring(unit: Unit, command: RecordMonitoring) -> MonitoringRecorded:
    """Take in what was found at a business: operating or not, sales, costs, stock, cash, jobs.

    It is always taken in: a second look on a day, another currency, a reason that does not fit are marked and decided.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: the owner is restricted, and the actor's roles do not reach them.
        InvalidInput: an amount or a count is negative, amounts are in several currencies, the family is counted
            twice, or the month has not begun.
        Refused: `person_erased`.
    """
    plan = plan_facts(unit, unit.programme.id, command.plan.strip().upper())
    owner = reached(unit, plan.participant_id, plan.number)
    _check(command.told, on=unit.occurred_on)
    days = [one.visited_on for one in monitorings_of(unit, unit.programme.id, plan.id)]
    irregular = _irregular(command.told, plan.currency, is_second=unit.occurred_on in days)
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
    about = _About(key, number, owner.id, plan.currency, irregular)
    return _write(unit, about, command.told, version=1, correction=None)


@dataclass(frozen=True, kw_only=True)
class CorrectMonitoring(Command):
    """All that should have been told of a look, and why it is told again (no personal data)."""

    number: str
    told: BusinessTold
    reason: str


@verb("accompaniment.correct_monitoring", roles=COMPANIONS)
def correct_monitoring(unit: Unit, command: CorrectMonitoring) -> MonitoringRecorded:
    """Tell a look at a business again; the version before stays with who wrote it, and what was decided stays decided.

    Raises:
        NotFound: there is none of that number.
        NotAllowed: the owner is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given, an amount or a count is negative, amounts are in several currencies, the
            family is counted twice, or the month has not begun.
        Refused: `person_erased`.
    """
    reason = named(command.reason, field="reason", most=300)
    row: MonitoringRow = monitoring_by_number(unit, unit.programme.id, command.number)
    owner = reached(unit, row.participant_id, row.number)
    _check(command.told, on=row.visited_on)
    plan = plan_facts(unit, unit.programme.id, row.plan)
    is_second = LookIrregularity.SECOND_LOOK in row.irregular
    irregular = _irregular(command.told, plan.currency, is_second=is_second)
    about = _About(row.id, row.number, owner.id, plan.currency, irregular, known=row.irregular)
    return _write(unit, about, command.told, version=row.version + 1, correction=reason)


def _check(said: BusinessTold, *, on: date) -> None:
    figures = _figures(said)
    counts = (said.paid_women, said.paid_men, said.family_women, said.family_men, said.family_hands)
    if any(one.minor < 0 for one in figures.told()) or any((one or 0) < 0 for one in counts):
        raise InvalidInput(
            field="told",
            problem="an amount or a count is negative",
            remedy="give 0 or more, or leave out what was not asked",
        )
    if len({one.currency for one in figures.told()}) > 1:
        raise InvalidInput(
            field="told", problem="it has amounts in several currencies", remedy="tell them all in one"
        )
    if said.family_hands is not None and (said.family_women, said.family_men) != (None, None):
        raise InvalidInput(
            field="family_hands",
            problem="the family is counted twice",
            remedy="leave it out where family_women or family_men is given",
        )
    if said.month.replace(day=1) > on:
        raise InvalidInput(
            field="month", problem="the month has not begun", remedy="give a month up to that of the visit"
        )


def _irregular(said: BusinessTold, currency: str, *, is_second: bool) -> tuple[LookIrregularity, ...]:
    return irregularities(
        _figures(said),
        currency=currency,
        is_operating=said.is_operating,
        has_reason=said.stood_still_for is not None,
        is_second=is_second,
    )


def _figures(said: BusinessTold) -> BusinessFigures:
    return BusinessFigures(sales=said.sales, costs=said.costs, stock=said.stock, cash=said.cash)


@dataclass(frozen=True, slots=True)
class _About:
    """Which look is told of: its key and number, whose data key seals the note, the plan's currency.

    `irregular` is what is irregular about it as it is told now, `known` what was before.
    """

    key: Key
    number: str
    owner: Key
    currency: str
    irregular: tuple[LookIrregularity, ...]
    known: tuple[LookIrregularity, ...] = ()


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
        currency=_currency(figures, about.currency),
        sales_minor=_minor(said.sales),
        costs_minor=_minor(said.costs),
        stock_minor=_minor(said.stock),
        cash_minor=_minor(said.cash),
        paid_women=said.paid_women,
        paid_men=said.paid_men,
        family_women=said.family_women,
        family_men=said.family_men,
        family_hands=said.family_hands,
        irregular=canonical_text(list(about.irregular)) if about.irregular else None,
        note=sealed_note(unit, about.owner, said.note, place),
        correction=correction,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_monitoring_report", f"{about.number} v{version}", _noted(said, figures, about))
    for one in about.irregular:
        if one not in about.known:
            write_exception(
                unit,
                ExceptionKind.IRREGULAR_FACT,
                subject_kind="monitoring",
                subject_number=about.number,
                reason=one.value,
                facts={"version": version},
            )
    return MonitoringRecorded(
        number=about.number, version=version, profit=figures.profit, irregular=about.irregular
    )


HANDS: Final = ("paid_women", "paid_men", "family_women", "family_men", "family_hands")
"""The people who work at a business, as they are counted."""


def _noted(said: BusinessTold, figures: BusinessFigures, about: _About) -> dict[str, Any]:
    """What the audit record tells of a version."""
    return {
        "business": "operating" if said.is_operating else "standing_still",
        "stood_still_for": None if said.stood_still_for is None else said.stood_still_for.value,
        "month": str(said.month.replace(day=1)),
        **{name: None if one is None else str(one) for name, one in _named(figures).items()},
        **{name: getattr(said, name) for name in HANDS},
        "irregular": canonical_text(list(about.irregular)) if about.irregular else None,
    }


def _currency(figures: BusinessFigures, currency: str) -> str:
    """The currency the amounts are told in; that of the plan where none is."""
    return next((one.currency for one in figures.told()), currency)


def _named(figures: BusinessFigures) -> dict[str, Money | None]:
    return {
        "sales": figures.sales,
        "costs": figures.costs,
        "stock": figures.stock,
        "cash": figures.cash,
    }


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor
