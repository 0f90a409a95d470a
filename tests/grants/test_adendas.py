"""Adendas keep within what a grant allows: nothing is signed on one that ended, and a raise meets an award's limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from seedfund.funds.rules.eligibility import Eligible
from seedfund.grants.queries.agreements import agreements_of
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.rules.awarding import check_agreement_kind
from seedfund.grants.rules.states import GRANT_STATES
from seedfund.grants.rules.words import AgreementKind, LifeEventKind
from seedfund.grants.service import amend_agreement
from seedfund.grants.service.amendments import AmendAgreement
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money
from tests.funds.support import benefit
from tests.grants.accounting_for import available, closed, supported
from tests.grants.paying import at
from tests.support.benefits import SEED
from tests.support.grants import (
    MINUTES,
    agreed,
    amended,
    awarded,
    drafted,
    eligible,
    home,
    issued,
    key,
    minuted,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House
from tests.support.unguarded import unguarded


def withdrawn(house: House, grant: str) -> None:
    with house.work("coach") as work:
        record_life_event(work, RecordLifeEvent(key=key(), grant=grant, kind=LifeEventKind.WITHDRAWAL))


def agreements(house: House, grant: str) -> list[str]:
    """The states of a grant's agreements, in order."""
    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        return [row.state for row in agreements_of(work.reader(), [found.id])[found.id]]


def not_signed(house: House, agreement: str) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        signed(house, agreement)
    return caught.value.codes


def raised(house: House) -> tuple[str, str]:
    """A grant of 500 dollars in force, and an adenda to 700 that is issued and not signed."""
    grant = agreed(house)
    amended(house, grant, tranche(usd(700)), raised=True)
    return grant, issued(house, grant)


def test_a_grant_that_is_closed_takes_its_unsigned_adenda_with_it(house: House) -> None:
    prepared(house)
    grant, adenda = raised(house)
    closed(house, grant)

    assert agreements(house, grant) == ["signed", "void"]
    assert not_signed(house, adenda) == ("no_such_step",)
    assert (at(house, grant).committed, available(house)) == (0, usd(3_000))


def test_a_withdrawal_takes_the_unsigned_adenda_with_it(house: House) -> None:
    prepared(house)
    grant, adenda = raised(house)
    withdrawn(house, grant)

    assert agreements(house, grant) == ["signed", "void"]
    assert not_signed(house, adenda) == ("no_such_step",)
    assert (at(house, grant).committed, available(house)) == (0, usd(3_000))


def test_a_withdrawal_from_an_award_takes_its_draft_with_it(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    drafted(house, grant)
    withdrawn(house, grant)

    assert agreements(house, grant) == ["void"]


def test_an_adenda_that_older_books_left_open_on_a_closed_grant_is_never_signed(house: House) -> None:
    prepared(house)
    grant, adenda = raised(house)
    closed(house, grant)
    with unguarded(house.engine, "sf_agreement") as connection:
        left = "UPDATE sf_agreement SET state = 'issued', voided_on = NULL, voided_by = NULL WHERE number = :number"
        connection.execute(text(left), {"number": adenda})

    assert not_signed(house, adenda) == ("agreement_kind_state",)
    assert at(house, grant).committed == 0


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        (AgreementKind.CONVENIO, ["awarded"]),
        (AgreementKind.CARTA_COMPROMISO, ["awarded"]),
        (AgreementKind.ADENDA, ["in_force", "suspended"]),
    ],
)
def test_a_kind_of_agreement_belongs_to_states_of_its_grant(kind: AgreementKind, states: list[str]) -> None:
    assert [state for state in GRANT_STATES.states if not check_agreement_kind(kind, state)] == states


def not_raised(house: House, grant: str, amount: Money) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        amended(house, grant, tranche(amount), raised=True)
    return caught.value.codes


def test_a_raise_stops_at_the_most_that_the_benefit_gives_today(house: House) -> None:
    prepared(house)
    benefit(house, "seed", replace(SEED, amount_max=usd(600)))
    grant = agreed(house)

    assert not_raised(house, grant, usd(600, 1)) == ("award_range",)
    amended(house, grant, tranche(usd(600)), raised=True)
    signed(house, issued(house, grant))
    assert at(house, grant).committed == 60_000


def test_a_raise_is_paid_by_a_fund_that_is_still_for_the_group(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    house.clock.advance(timedelta(days=1))
    eligible(house, "seed", Eligible(population_group="refugee", payer="MIES"))

    assert not_raised(house, grant, usd(600)) == ("fund_not_eligible",)


def test_a_raise_is_paid_by_a_fund_that_is_still_open(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    house.clock.set(datetime(2027, 7, 2, 15, tzinfo=UTC))

    assert not_raised(house, grant, usd(600)) == ("fund_not_eligible", "fund_not_open")


def test_a_raise_does_not_stand_beside_what_another_payer_gives_for_the_same_purpose(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    supported(house, owner.household, "seed_capital")

    assert not_raised(house, grant, usd(600)) == ("double_support",)


def test_a_raise_stands_on_minutes_that_somebody_else_filed(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    unfiled = AmendAgreement(
        key=key(), grant=grant, tranches=(tranche(usd(600)),), basis_ref="CS-2", basis_sha256=MINUTES
    )
    with house.work("expert") as work, pytest.raises(Refused) as caught:
        amend_agreement(work, unfiled)
    minuted(house, actor="expert")
    with house.work("expert") as work, pytest.raises(Refused) as caught_again:
        amend_agreement(work, replace(unfiled, key=key()))

    assert (caught.value.codes, caught_again.value.codes) == (("raise_paper_missing",),) * 2
    with house.work("field") as work:
        assert amend_agreement(work, replace(unfiled, key=key())).amount == usd(600)


def test_what_limits_a_raise_is_asked_again_on_the_day_it_is_signed(house: House) -> None:
    prepared(house)
    grant, adenda = raised(house)
    house.clock.advance(timedelta(days=1))
    eligible(house, "seed", Eligible(population_group="refugee", payer="MIES"))

    assert not_signed(house, adenda) == ("fund_not_eligible",)
    assert at(house, grant).committed == 50_000


def test_a_cut_is_signed_whoever_pays_for_the_group_by_then(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    house.clock.advance(timedelta(days=1))
    eligible(house, "seed", Eligible(population_group="refugee", payer="MIES"))
    amended(house, grant, tranche(usd(400)))
    signed(house, issued(house, grant))

    assert at(house, grant).committed == 40_000
