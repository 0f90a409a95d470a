"""Looks at businesses in a database: kept in versions, compared with plan and last look, hidden where people are."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.accompaniment.queries.monitoring import business_states, list_monitoring, open_monitoring
from seedfund.accompaniment.rules.monitoring import StoodStillFor, Survival
from seedfund.accompaniment.service import (
    BusinessTold,
    CorrectMonitoring,
    MonitoringRecorded,
    RecordMonitoring,
    correct_monitoring,
    record_monitoring,
)
from seedfund.assurance.verify import Request, verify
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.rules.conditions import AgreementSigned
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.queries.desk.monitoring import show_monitoring
from tests.accompaniment.serving import done
from tests.assurance.support import altering
from tests.grants.paying import paid, payee
from tests.support.grants import (
    Home,
    awarded_on_plan,
    drafted,
    home,
    issued,
    key,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import RING, House

FEBRUARY = date(2026, 2, 1)


def told(**changes: object) -> BusinessTold:
    """A business that runs: 900 sold, 600 spent in February."""
    usual: dict[str, object] = {
        "is_operating": True,
        "month": FEBRUARY,
        "sales": usd(900),
        "costs": usd(600),
        "stock": usd(120),
        "cash": usd(45),
        "paid_women": 1,
        "paid_men": 0,
        "family_hands": 2,
        "note": Secret("La señora Ejemplo ya no fía."),
    }
    return BusinessTold(**(usual | changes))  # type: ignore[arg-type] # as a test wants it


def business(house: House) -> tuple[str, Home]:
    """The number of the plan of a business whose first payment arrived, and its owner."""
    prepared(house)
    owner = home(house)
    grant = awarded_on_plan(house, owner).number
    drafted(house, grant, tranche(usd(500), AgreementSigned()))
    signed(house, issued(house, grant))
    payee(house, grant, owner.head)
    paid(house, grant)
    with house.work("auditor") as work:
        return grant_by_number(work.reader(), work.programme.id, grant).basis_ref, owner


def looked(house: House, plan: str, by: str = "coach", **changes: object) -> MonitoringRecorded:
    command = RecordMonitoring(key=key(), plan=plan, told=told(**changes))
    found: MonitoringRecorded = done(house, record_monitoring, command, by)
    return found


def later(house: House, days: int) -> None:
    house.clock.advance(timedelta(days=days))


def test_a_look_is_kept_with_its_profit_worked_out(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)

    found = looked(house, plan)

    assert (found.version, found.profit) == (1, usd(300))
    with house.work("coach") as work:
        (row,) = list_monitoring(work)
        opened = open_monitoring(work, found.number)
    assert (row.number, row.plan, row.is_operating, row.month) == ("BM-2026-0001", plan, True, FEBRUARY)
    assert opened.note is not None
    assert opened.note.reveal() == "La señora Ejemplo ya no fía."


def test_a_look_is_compared_with_the_plan_and_with_the_look_before(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)
    looked(house, plan)
    later(house, 300)
    second = looked(house, plan, month=date(2026, 11, 15), sales=usd(1_080), stock=None)

    with house.work("coach") as work:
        by_name = {one.name: one for one in open_monitoring(work, second.number).compared}

    sales = by_name["sales"]
    assert sales.against_last is not None
    assert (sales.against_last.difference, sales.against_last.basis_points) == (usd(180), 2_000)
    assert sales.planned is not None
    assert sales.planned.minor > 0
    assert sales.against_plan is not None
    assert sales.against_plan.difference == usd(1_080) - sales.planned
    assert by_name["stock"].against_last is None
    assert by_name["profit"].now == usd(480)


def test_a_correction_keeps_the_version_before_with_who_wrote_it(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)
    number = looked(house, plan).number

    command = CorrectMonitoring(
        key=key(), number=number, told=told(sales=usd(90)), reason="se anotó un cero de más"
    )
    again = done(house, correct_monitoring, command, "coach")

    assert (again.version, again.profit) == (2, usd(-510))
    with house.engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT version, sales_minor, correction FROM sf_monitoring_report ORDER BY version")
        ).all()
    assert [tuple(row) for row in rows] == [(1, 90_000, None), (2, 9_000, "se anotó un cero de más")]
    with house.work("coach") as work:
        shown = show_monitoring(work, number).parts["versions"]
        on = work.today()
    assert [(row["version"], row["sales"], row["profit"], row["correction"]) for row in shown] == [
        (1, usd(900), usd(300), None),
        (2, usd(90), usd(-510), "se anotó un cero de más"),
    ]
    assert {(row["actor"], row["recorded_on"]) for row in shown} == {("coach", on)}


def test_a_business_that_stood_still_says_why_and_is_known_so_at_three_months(house: House) -> None:
    plan, _ = business(house)
    later(house, 200)
    looked(
        house,
        plan,
        is_operating=False,
        stood_still_for=StoodStillFor.ILLNESS,
        sales=None,
        costs=None,
        month=date(2026, 6, 1),
    )

    with house.work("coach") as work:
        (state,) = business_states(work, work.today())
    assert state.plan == plan
    assert dict(state.survival) == {
        3: Survival.NOT_OPERATING,
        6: Survival.NOT_OPERATING,
        12: Survival.NOT_DUE,
    }


@pytest.mark.parametrize(
    "changes",
    [
        *({"sales": usd(-1)}, {"paid_men": -1}, {"month": date(2027, 1, 1)}),
        *({"sales": Money(1, "EUR")}, {"family_women": 1}),
    ],
)
def test_a_negative_figure_a_month_to_come_two_currencies_or_a_family_counted_twice_is_no_input(
    house: House, changes: dict[str, object]
) -> None:
    plan, _ = business(house)
    later(house, 60)

    with pytest.raises(InvalidInput):
        looked(house, plan, "coach", **changes)


def test_an_unknown_business_is_not_found(house: House) -> None:
    prepared(house)

    with pytest.raises(NotFound):
        looked(house, "BP-2026-0999")


def test_the_business_of_a_restricted_person_is_for_named_roles_only(house: House) -> None:
    plan, owner = business(house)
    later(house, 60)
    number = looked(house, plan).number
    command = RestrictParticipant(key=key(), participant=owner.head)
    done(house, restrict_participant, command, "protection")

    with house.work("coach") as work:
        assert list_monitoring(work) == []
        assert business_states(work, work.today()) == []
        with pytest.raises(NotAllowed):
            open_monitoring(work, number)
    with pytest.raises(NotAllowed):
        looked(house, plan)
    with house.work("protection") as work:
        assert [one.number for one in list_monitoring(work)] == [number]


@pytest.mark.parametrize(
    "column",
    [
        *("sales_minor", "costs_minor", "stock_minor", "cash_minor"),
        *("paid_women", "paid_men", "family_hands"),
    ],
)
def test_a_figure_altered_behind_our_back_is_found(house: House, column: str) -> None:
    plan, _ = business(house)
    later(house, 60)
    looked(house, plan)
    assert verify(house.engine, Request(keyring=RING)).is_sound

    with altering(house.engine) as connection:
        connection.exec_driver_sql(f"UPDATE sf_monitoring_report SET {column} = {column} + 1")

    assert not verify(house.engine, Request(keyring=RING)).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_monitoring SET visited_on = '2026-02-01'",
        "UPDATE sf_monitoring_report SET month = '2026-01-01'",
        "UPDATE sf_monitoring_report SET stood_still_for = 'theft'",
        "UPDATE sf_monitoring_report SET irregular = '[\"second_look\"]'",
    ],
)
def test_the_day_month_or_reason_of_a_look_altered_behind_our_back_is_found(
    house: House, statement: str
) -> None:
    plan, _ = business(house)
    later(house, 60)
    looked(house, plan, is_operating=False, stood_still_for=StoodStillFor.ILLNESS)
    assert verify(house.engine, Request(keyring=RING)).is_sound

    with altering(house.engine) as connection:
        connection.exec_driver_sql(statement)

    assert not verify(house.engine, Request(keyring=RING)).is_sound
