"""Balances: always taken in, never written over, counted as of any day and as known at any instant."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from seedfund.grants.service import EraseParticipant, erase_participant
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.money import Money
from seedfund.people.rules import ErasureGround, ExitReason
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.savings.queries.links import link_by_number
from seedfund.savings.queries.observations import counted_of
from seedfund.savings.rules.observing import (
    Activity,
    Unknown,
    activity_on,
    balance_on,
    deposits_between,
    net_saved,
)
from seedfund.savings.rules.words import Irregular
from seedfund.savings.service import (
    AccountStep,
    DecideIrregular,
    IrregularDecided,
    decide_irregular,
    invite_to_account,
    record_balance,
)
from tests.savings.accounts import (
    TODAY,
    done,
    invited,
    inviting,
    key,
    later,
    opened,
    read,
    reading,
    saver,
    step,
    usd,
    verified,
)
from tests.support.grants import left
from tests.support.programme import House
from tests.support.unguarded import unguarded


def decide(house: House, number: str, *, counts: bool, actor: str = "coach") -> IrregularDecided:
    command = DecideIrregular(key=key(), number=number, counts=counts, reason="compared with the passbook")
    found: IrregularDecided = done(house, decide_irregular, command, actor)
    return found


def balance(house: House, link: str, on: date, known_at: datetime | None = None) -> Money | Unknown:
    with house.work("field") as work:
        facts = link_by_number(work.reader(), work.programme.id, link)
        return balance_on(counted_of(work.reader(), [facts.id], known_at=known_at)[facts.id], on)


def test_figures_hold_as_of_any_day(house: House) -> None:
    link = verified(house, saver(house))
    read(house, link, usd(20))
    first = later(house, 40)
    read(house, link, usd(35), first, deposited=usd(25), withdrawn=usd(10))
    last = later(house, 200)
    read(house, link, usd(35), last)

    with house.work("field") as work:
        facts = link_by_number(work.reader(), work.programme.id, link)
        seen = counted_of(work.reader(), [facts.id])[facts.id]
    assert [balance_on(seen, day) for day in (TODAY, first, last)] == [usd(20), usd(35), usd(35)]
    assert deposits_between(seen, facts.life, start=TODAY, end=last) == usd(25)
    assert net_saved(seen, facts.life, start=TODAY - timedelta(days=1), end=last) == usd(35)
    assert [activity_on(seen, facts.life, day) for day in (first, last)] == [
        Activity.ACTIVE,
        Activity.DORMANT,
    ]


def test_a_reading_with_a_deposit_brings_a_verified_account_into_use(house: House) -> None:
    link = verified(house, saver(house))

    assert read(house, link, usd(0)).state == "verified"
    assert read(house, link, usd(10)).state == "active"
    step(house, link, AccountStep.DORMANT)
    assert read(house, link, usd(20)).state == "dormant"
    day = later(house, 3)
    assert read(house, link, usd(30), day).state == "active"


def test_a_correction_keeps_what_it_corrects_and_who_knew_what_when(house: House) -> None:
    link = verified(house, saver(house))
    wrong = read(house, link, usd(200))
    before = house.clock.now()
    later(house, 1)
    read(house, link, usd(20), TODAY, corrects=wrong.observation, reason="a zero too many")

    assert balance(house, link, TODAY) == usd(20)
    assert balance(house, link, TODAY, known_at=before) == usd(200)
    with house.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT balance_minor FROM sf_savings_observation ORDER BY number")
        assert [row[0] for row in rows] == [20_000, 2_000]


def test_a_reading_is_corrected_once_and_within_its_account(house: House) -> None:
    link, other = verified(house, saver(house)), verified(house, saver(house), "5511")
    wrong = read(house, link, usd(200))
    for again, code in ((other, "savings_observation_of_another"), (link, "")):
        command = reading(again, usd(20), corrects=wrong.observation, reason="typed wrong")
        if code:
            with pytest.raises(Refused) as caught:
                done(house, record_balance, command)
            assert caught.value.codes == (code,)
        else:
            done(house, record_balance, command)
    with pytest.raises(Refused) as caught:
        read(house, link, usd(21), corrects=wrong.observation, reason="typed wrong")

    assert caught.value.codes == ("savings_observation_corrected_already",)


@pytest.mark.parametrize(
    ("amount", "days", "expected"),
    [
        (Money(2_000, "EUR"), 0, Irregular.OTHER_CURRENCY),
        (usd(20), -1, Irregular.BEFORE_OPENING),
    ],
)
def test_an_irregular_reading_is_taken_in_and_counts_for_nothing(
    house: House, amount: Money, days: int, expected: Irregular
) -> None:
    link = verified(house, saver(house))
    found = read(house, link, amount, TODAY + timedelta(days=days))

    assert found.irregular == expected
    assert balance(house, link, TODAY) is Unknown.NOT_OBSERVED


def test_a_reading_of_an_account_nobody_opened_is_taken_in_too(house: House) -> None:
    link = invited(house, saver(house))

    assert read(house, link, usd(20)).irregular == Irregular.NOT_OPENED


def test_an_irregular_reading_counts_once_another_hand_has_decided_so(house: House) -> None:
    link = verified(house, saver(house))
    odd = read(house, link, usd(50), deposited=usd(60), withdrawn=usd(0), actor="coach")
    with pytest.raises(Refused) as caught:
        decide(house, odd.observation, counts=True, actor="coach")
    decide(house, odd.observation, counts=True, actor="manager")

    assert caught.value.codes == ("savings_own_decision",)
    assert balance(house, link, TODAY) == usd(50)
    with pytest.raises(Refused) as caught:
        decide(house, odd.observation, counts=False, actor="manager")
    assert caught.value.codes == ("savings_decided_already",)


def test_what_is_set_aside_stays_on_record_and_counts_for_nothing(house: House) -> None:
    link = verified(house, saver(house))
    odd = read(house, link, usd(50), deposited=usd(60), withdrawn=usd(0))
    decide(house, odd.observation, counts=False)

    assert balance(house, link, TODAY) is Unknown.NOT_OBSERVED
    with house.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM sf_savings_observation").scalar_one() == 1


def test_an_irregular_correction_leaves_what_it_corrects_in_force_until_it_counts(house: House) -> None:
    link = verified(house, saver(house))
    first = read(house, link, usd(50))
    odd = read(
        house, link, usd(40), corrects=first.observation, reason="typed", deposited=usd(60), withdrawn=usd(0)
    )

    assert balance(house, link, TODAY) == usd(50)
    decide(house, odd.observation, counts=True)
    assert balance(house, link, TODAY) == usd(40)


def test_no_decision_makes_another_currency_count_and_a_regular_reading_needs_none(house: House) -> None:
    link = verified(house, saver(house))
    foreign = read(house, link, Money(2_000, "EUR"))
    fine = read(house, link, usd(10))
    for number, code in (
        (foreign.observation, "savings_cannot_count"),
        (fine.observation, "savings_not_irregular"),
    ):
        with pytest.raises(Refused) as caught:
            decide(house, number, counts=True)
        assert caught.value.codes == (code,)


def test_what_was_seen_of_somebody_who_was_erased_is_taken_in_and_nothing_begins(house: House) -> None:
    who = saver(house)
    link = verified(house, who)
    left(house, who.number, ExitReason.RELOCATED)
    erasing = EraseParticipant(key=key(), participant=who.number, ground=ErasureGround.REQUESTED)
    done(house, erase_participant, erasing, "protection")

    assert read(house, link, usd(10)).state == "active"
    assert step(house, link, AccountStep.CLOSED).state == "closed"
    again = inviting(who)
    with pytest.raises(Refused) as caught:
        done(house, invite_to_account, again)
    assert caught.value.codes == ("person_erased",)


def test_readings_are_never_changed_or_deleted(house: House) -> None:
    read(house, verified(house, saver(house)), usd(10))
    for attack in (
        "UPDATE sf_savings_observation SET balance_minor = 1",
        "DELETE FROM sf_savings_observation",
    ):
        with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="never"):
            connection.exec_driver_sql(attack)


def test_who_recorded_an_irregular_reading_does_not_decide_in_the_database_either(house: House) -> None:
    odd = read(house, verified(house, saver(house)), usd(50), deposited=usd(60), withdrawn=usd(0))
    decide(house, odd.observation, counts=True)
    attack = (
        "INSERT INTO sf_savings_decision SELECT 'f' || substr(CAST(id AS VARCHAR(40)), 2), observation_id, "
        "meeting_id, counts, reason, recorded_by, recorded_by, decided_on, decided_at FROM sf_savings_decision"
    )
    if house.engine.dialect.name == "postgresql":
        attack = attack.replace(
            "'f' || substr(CAST(id AS VARCHAR(40)), 2)",
            "CAST('f' || substr(CAST(id AS VARCHAR(40)), 2) AS UUID)",
        )
    with (
        pytest.raises(sa.exc.IntegrityError, match="two_persons"),
        unguarded(house.engine, "sf_savings_decision") as connection,
    ):
        connection.exec_driver_sql(attack)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "observed_on"),
        ({"deposited": Money(100, "EUR")}, "deposited"),
        ({"withdrawn": usd(-1)}, "deposited"),
        ({"corrects": "SO-2026-0001"}, "reason"),
    ],
)
def test_what_cannot_be_read_is_turned_back(house: House, fields: dict[str, object], field: str) -> None:
    link = opened(house, saver(house))
    with pytest.raises(InvalidInput) as caught:
        read(house, link, usd(10), **fields)  # type: ignore[arg-type] # the table says which

    assert caught.value.field == field


def test_the_balance_of_a_restricted_person_is_for_named_roles_alone(house: House) -> None:
    who = saver(house)
    link = verified(house, who)
    odd = read(house, link, usd(50), deposited=usd(60), withdrawn=usd(0))
    restricting = RestrictParticipant(key=key(), participant=who.number)
    done(house, restrict_participant, restricting, "protection")

    with pytest.raises(NotAllowed):
        read(house, link, usd(20))
    with pytest.raises(NotAllowed):
        decide(house, odd.observation, counts=True)
    decide(house, odd.observation, counts=True, actor="protection")
