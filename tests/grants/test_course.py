"""Suspension, end, adendas: the money moves with the promise, never below what is paid or on the way."""

from datetime import date

import pytest

from seedfund.funds.queries import budget_line
from seedfund.grants.queries.agreements import agreements_of
from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.grants.queries.tranches import tranches_of
from seedfund.grants.rules.conditions import AgreementSigned, VisitDoneSince
from seedfund.grants.rules.words import EndReason
from seedfund.grants.service import resume_grant, suspend_grant, terminate_grant
from seedfund.grants.service.course import ResumeGrant, SuspendGrant, TerminateGrant
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.parts import positions
from tests.grants.paying import payee, released, told, wish
from tests.support.grants import (
    agreed,
    amended,
    awarded,
    drafted,
    home,
    issued,
    key,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House


def read(house: House, number: str) -> GrantRow:
    with house.work("manager") as work:
        return grant_by_number(work.reader(), work.programme.id, number)


def committed(house: House, number: str) -> int:
    with house.work("manager") as work:
        grant = grant_by_number(work.reader(), work.programme.id, number)
        return sum(part.committed for part in positions(work.reader(), [grant.id])[grant.id])


def available(house: House) -> Money:
    with house.work("finance") as work:
        return budget_line(work.reader(), work.programme.id, "UNHCR", "A1").available


def refused_adenda(house: House, grant: str, *tranches: TrancheAsked) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        amended(house, grant, *tranches)
    return caught.value.codes


def half_paid(house: House) -> str:
    """A grant of two tranches whose first, of 300 dollars, was delivered."""
    owner = home(house)
    grant = agreed(house, tranche(usd(300), AgreementSigned()), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    for number in released(house, wish(grant)).payments:
        told(house, number)
    return grant


def test_a_suspended_grant_is_resumed_and_keeps_its_promise(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    with house.work("manager") as work:
        note = Secret("Se mudó con su hermana Ficticia")
        suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="Business closed.", note=note))
    assert (read(house, grant).state, committed(house, grant)) == ("suspended", 50_000)
    with house.work("manager") as work:
        resume_grant(work, ResumeGrant(key=key(), grant=grant, reason="Business open again."))

    assert read(house, grant).state == "in_force"


def test_only_a_suspended_grant_is_resumed_and_only_with_a_reason(house: House) -> None:
    prepared(house)
    grant = agreed(house)

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        resume_grant(work, ResumeGrant(key=key(), grant=grant, reason=""))

    assert caught.value.codes == ("reason_missing", "grant_not_suspended")


def test_an_award_is_not_suspended_before_it_is_agreed_on(house: House) -> None:
    prepared(house)
    grant = awarded(house).number

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="Not found."))

    assert caught.value.codes == ("no_such_step",)


def test_a_terminated_grant_gives_back_what_was_not_paid(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    with house.work("manager") as work:
        moved = terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=EndReason.WITHDRAWN))

    found = read(house, grant)
    assert (found.state, found.end_reason, committed(house, grant)) == ("terminated", "withdrawn", 0)
    assert (available(house), moved.state) == (usd(3_000), "terminated")


def test_a_termination_may_demand_what_is_not_accounted_for(house: House) -> None:
    prepared(house)
    grant = half_paid(house)
    with house.work("manager") as work:
        terminate_grant(
            work,
            TerminateGrant(key=key(), grant=grant, reason=EndReason.BREACH, refund_due_on=date(2026, 3, 1)),
        )
        found = grant_by_number(work.reader(), work.programme.id, grant)
        (part,) = positions(work.reader(), [found.id])[found.id]

    assert (part.committed, part.open_advance, part.refund_due) == (0, 0, 30_000)
    assert available(house) == usd(2_700)


def test_a_grant_does_not_end_for_a_reason_that_is_no_end(house: House) -> None:
    prepared(house)
    grant = agreed(house)

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=EndReason.COMPLETED))

    assert caught.value.codes == ("end_reason_not_for",)


def test_an_adenda_changes_schedule_and_money_when_it_is_signed(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    amended(house, grant, tranche(usd(250)), tranche(usd(150)))
    assert (committed(house, grant), read(house, grant).schedule_version) == (50_000, 1)
    number = issued(house, grant)
    signed(house, number)

    found = read(house, grant)
    assert number == "AD-2026-0001"
    assert (committed(house, grant), found.agreed, found.schedule_version) == (40_000, usd(400), 2)
    assert available(house) == usd(2_600)


def test_an_adenda_raises_a_grant_on_a_decision_alone(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    assert refused_adenda(house, grant, tranche(usd(600))) == ("raise_without_basis",)
    amended(house, grant, tranche(usd(600)), raised=True)
    signed(house, issued(house, grant))

    assert (committed(house, grant), available(house)) == (60_000, usd(2_400))


def test_an_adenda_never_goes_below_what_is_paid(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    codes = refused_adenda(house, grant, tranche(usd(299)))

    assert codes == ("tranche_below_paid", "lowered_below_used")


def test_an_adenda_may_cut_all_that_was_not_paid(house: House) -> None:
    prepared(house)
    grant = half_paid(house)
    amended(house, grant, tranche(usd(300), AgreementSigned()))
    signed(house, issued(house, grant))

    assert (committed(house, grant), read(house, grant).agreed) == (0, usd(300))


def test_what_is_paid_while_an_adenda_waits_for_signatures_counts(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300), AgreementSigned()), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    amended(house, grant, tranche(usd(100)), tranche(usd(200)))
    number = issued(house, grant)
    released(house, wish(grant))

    with pytest.raises(Refused) as caught:
        signed(house, number)

    assert caught.value.codes == ("tranche_below_paid",)


def test_an_adenda_that_changes_nothing_is_none(house: House) -> None:
    prepared(house)
    grant = agreed(house, tranche(usd(500), AgreementSigned()))

    assert refused_adenda(house, grant, tranche(usd(500), AgreementSigned())) == ("schedule_unchanged",)


def test_an_award_takes_no_adenda(house: House) -> None:
    prepared(house)
    grant = awarded(house).number

    assert refused_adenda(house, grant, tranche(usd(400))) == ("agreement_kind_state",)


def test_every_version_of_a_schedule_stays_and_one_is_in_force(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    amended(house, grant, tranche(usd(300)), tranche(usd(200), VisitDoneSince()))
    signed(house, issued(house, grant))

    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        in_force = tranches_of(work.reader(), [found.id])[found.id]
        agreements = agreements_of(work.reader(), [found.id])[found.id]
    with house.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM sf_tranche").scalar_one()
    assert [row.amount_minor for row in in_force] == [30_000, 20_000]
    assert (kept, [row.state for row in agreements]) == (3, ["signed", "signed"])


def test_money_moves_in_the_parts_it_lies_in(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = awarded(house, owner, usd(300), usd(200)).number
    drafted(house, grant, tranche(usd(500)))
    signed(house, issued(house, grant))
    amended(house, grant, tranche(usd(250)))
    signed(house, issued(house, grant))

    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        parts = positions(work.reader(), [found.id])[found.id]
    assert [part.committed for part in parts] == [15_000, 10_000]
