"""Adendas keep within what a grant allows: nothing is signed on one that ended."""

import pytest
from sqlalchemy import text

from seedfund.grants.queries.agreements import agreements_of
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.rules.awarding import check_agreement_kind
from seedfund.grants.rules.states import GRANT_STATES
from seedfund.grants.rules.words import AgreementKind, LifeEventKind
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.kernel.errors import Refused
from tests.grants.accounting_for import available, closed
from tests.grants.paying import at
from tests.support.grants import (
    agreed,
    amended,
    awarded,
    drafted,
    issued,
    key,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House


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
    with house.engine.begin() as connection:
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
