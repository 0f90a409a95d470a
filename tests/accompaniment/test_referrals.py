"""Referrals in a database: on consent or by an override, what became of them, sealed and restricted."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.accompaniment.queries.referrals import (
    list_referrals,
    open_referral,
    referrals_of_households,
)
from seedfund.accompaniment.rules.referrals import Barrier, DeclinedBy, ReferralIrregularity
from seedfund.accompaniment.rules.services import ServiceKind
from seedfund.accompaniment.service import (
    ChangeService,
    ReferralsRevoked,
    WithdrawFromServices,
    change_service,
    withdraw_from_services,
)
from seedfund.accompaniment.triggers import TRIGGERS
from seedfund.assurance.verify import Request, verify
from seedfund.grants.service import EraseParticipant, erase_participant
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.rules import ConsentMethod, ConsentPurpose, ErasureGround, ExitReason
from seedfund.people.service import WithdrawConsent, withdraw_consent
from tests.accompaniment.serving import (
    NEED,
    NOTE,
    TODAY,
    agreed,
    done,
    referral_step,
    referred,
    service,
    somebody,
)
from tests.people.samples import child, head, identity, person, register
from tests.schooling.pupils import born
from tests.support.grants import home, key, participating
from tests.support.programme import RING, House

DECLINED = {"barrier": Barrier.DOCUMENT, "declined_by": DeclinedBy.SERVICE}


def refused(house: House, participant: str, to: str, **changes: Any) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        referred(house, participant, to, **changes)
    return caught.value.codes


def steps(house: House, number: str) -> list[tuple[str, str | None]]:
    with house.work("coach") as work:
        return [(one.to_state, one.barrier) for one in open_referral(work, number).steps]


def withdrawn(house: House, participant: str) -> ReferralsRevoked:
    command = WithdrawFromServices(
        key=key(), participant=participant, language="es", method=ConsentMethod.VERBAL
    )
    found: ReferralsRevoked = done(house, withdraw_from_services, command)
    return found


def test_a_referral_goes_from_the_offer_to_the_service_done(house: House) -> None:
    number = referred(house, somebody(house), service(house))
    referral_step(house, number, "accepted")
    referral_step(house, number, "done", note=Secret(NOTE))

    assert steps(house, number) == [("offered", None), ("accepted", None), ("done", None)]
    with pytest.raises(Refused) as caught:
        referral_step(house, number, "revoked")
    assert caught.value.codes == ("no_such_step",)


def test_nobody_is_referred_without_consent(house: House) -> None:
    to, who = service(house), home(house).head

    assert refused(house, who, to) == ("referral_consent_missing",)
    agreed(house, who)
    assert referred(house, who, to) == "RF-2026-0001"


def test_for_a_child_the_guardian_consents(house: House) -> None:
    to = service(house)
    minor = register(house, head(), child(person(identity("Luz"), birth=born(2012)))).members[1].participant
    agreed(house, minor)
    assert refused(house, minor, to) == ("referral_guardian_missing",)

    agreed(house, minor, by_guardian=True)

    assert referred(house, minor, to)


def test_an_override_has_its_reason_and_its_roles_and_stands_on_the_exceptions_page(house: House) -> None:
    to, who = service(house, kind=ServiceKind.PROTECTION), home(house).head
    reason = "Immediate danger, the person cannot be asked"
    with pytest.raises(NotAllowed):
        referred(house, who, to, without_consent=reason)
    with pytest.raises(InvalidInput, match="without_consent"):
        referred(house, who, to, by="manager", without_consent=" ")

    number = referred(house, who, to, by="manager", without_consent=reason)

    with house.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT kind, subject_kind, subject_number, reason FROM sf_exception"
        ).all()
    assert [tuple(row) for row in rows] == [("override", "referral", number, reason)]
    assert referral_step(house, number, "accepted").state == "accepted"
    agreed(house, who)
    with pytest.raises(Refused) as caught:
        referred(house, who, service(house, name="Otro servicio"), by="manager", without_consent=reason)
    assert caught.value.codes == ("referral_override_not_needed",)


def test_who_withdraws_is_referred_nowhere_and_what_is_under_way_is_revoked(house: House) -> None:
    who, to = somebody(house), service(house)
    other = service(house, name="Consultorio jurídico Ejemplo", kind=ServiceKind.LEGAL)
    under_way, finished = referred(house, who, to), referred(house, who, other)
    referral_step(house, finished, "accepted")
    referral_step(house, finished, "done")

    assert withdrawn(house, who).numbers == (under_way,)

    assert steps(house, under_way)[-1] == ("revoked", None)
    assert steps(house, finished)[-1] == ("done", None)
    assert refused(house, who, to) == ("referral_consent_withdrawn",)
    with pytest.raises(Refused) as caught:
        withdrawn(house, who)
    assert caught.value.codes == ("consent_not_standing",)


def test_after_a_withdrawal_nobody_is_taken_in_and_who_was_served_is_told_as_irregular(house: House) -> None:
    who = somebody(house)
    first, second = (referred(house, who, service(house, name=f"Servicio {n}")) for n in (1, 2))
    referral_step(house, second, "accepted")
    house.clock.advance(timedelta(days=1))
    command = WithdrawConsent(
        key=key(),
        participant=who,
        purpose=ConsentPurpose.PARTNERS,
        language="es",
        method=ConsentMethod.VERBAL,
    )
    done(house, withdraw_consent, command)

    with pytest.raises(Refused) as caught:
        referral_step(house, first, "accepted")
    served = referral_step(house, second, "done")

    assert caught.value.codes == ("referral_consent_withdrawn",)
    assert served.irregularity is ReferralIrregularity.SERVED_AFTER_WITHDRAWAL
    referral_step(house, first, "revoked")


def test_a_refusal_of_a_service_carries_its_barrier(house: House) -> None:
    number = referred(house, somebody(house), service(house))
    with pytest.raises(Refused) as caught:
        referral_step(house, number, "declined")
    assert caught.value.codes == ("referral_barrier_missing",)

    referral_step(house, number, "declined", **DECLINED)

    assert steps(house, number)[-1] == ("declined", Barrier.DOCUMENT)


@pytest.mark.parametrize(
    ("state", "changes", "code"),
    [
        ("accepted", DECLINED, "referral_barrier_not_expected"),
        (
            "declined",
            {"barrier": Barrier.OTHER, "declined_by": DeclinedBy.PARTICIPANT},
            "referral_barrier_untold",
        ),
        ("accepted", {"occurred_on": TODAY - timedelta(days=2)}, "referral_step_before_last"),
    ],
)
def test_a_step_that_does_not_fit_is_refused(
    house: House, state: str, changes: dict[str, Any], code: str
) -> None:
    number = referred(house, somebody(house), service(house))

    with pytest.raises(Refused) as caught:
        referral_step(house, number, state, **changes)

    assert code in caught.value.codes
    with pytest.raises(InvalidInput, match="state"):
        referral_step(house, number, "closed")


def test_a_live_referral_is_not_made_twice_and_a_paused_service_takes_nobody(house: House) -> None:
    who, to = somebody(house), service(house)
    referred(house, who, to)
    assert refused(house, who, to) == ("referral_twice",)
    done(house, change_service, ChangeService(key=key(), number=to, state="paused", reason="No staff"))

    assert refused(house, somebody(house), to) == ("referral_service_not_open",)
    done(house, change_service, ChangeService(key=key(), number=to, state="open"))
    assert referred(house, somebody(house), to)


def test_a_service_is_listed_once_and_closed_for_good(house: House) -> None:
    to = service(house)
    with pytest.raises(Refused) as caught:
        service(house, name="CENTRO DE SALUD EJEMPLO")
    assert caught.value.codes == ("service_listed_twice",)
    earlier = ChangeService(key=key(), number=to, state="closed", occurred_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as caught:
        done(house, change_service, earlier)
    assert caught.value.codes == ("service_step_before_last",)

    done(house, change_service, ChangeService(key=key(), number=to, state="closed"))

    with pytest.raises(Refused) as caught:
        done(house, change_service, ChangeService(key=key(), number=to, state="open"))
    assert caught.value.codes == ("no_such_step",)
    with pytest.raises(InvalidInput, match="state"):
        done(house, change_service, ChangeService(key=key(), number=to, state="gone"))
    assert service(house) != to


def test_an_answer_is_expected_in_thirty_days_unless_a_day_is_given(house: House) -> None:
    who, to = somebody(house), service(house)
    with pytest.raises(InvalidInput, match="answer_by"):
        referred(house, who, to, answer_by=TODAY - timedelta(days=1))
    with pytest.raises(InvalidInput, match="need"):
        referred(house, who, to, need=Secret(""))

    number = referred(house, who, to)

    with house.work("coach") as work:
        assert open_referral(work, number).referral.answer_by == date(2026, 2, 4)
        with pytest.raises(NotFound):
            open_referral(work, "RF-2026-0099")


def test_needs_and_notes_are_sealed_and_the_books_verify(house: House) -> None:
    number = referred(house, somebody(house), service(house))
    referral_step(house, number, "accepted", note=Secret(NOTE))

    with house.work("coach") as work:
        opened = open_referral(work, number)
    assert opened.need is not None
    assert opened.need.reveal() == NEED
    assert [None if note is None else note.reveal() for note in opened.notes] == [None, NOTE]
    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any(word in str(value) for value in row for word in (NEED, NOTE)), table
    assert verify(house.engine, Request(keyring=RING)).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_referral SET state = 'done'",
        "UPDATE sf_referral_step SET note = (SELECT need FROM sf_referral)",
        "UPDATE sf_service SET state = 'closed'",
    ],
)
def test_what_is_altered_behind_the_programme_is_found(house: House, statement: str) -> None:
    number = referred(house, somebody(house), service(house))
    referral_step(house, number, "accepted", note=Secret(NOTE))
    with house.engine.begin() as connection:
        for trigger in TRIGGERS:
            for sql in trigger.drop(connection.dialect.name):
                connection.exec_driver_sql(sql)
        connection.exec_driver_sql(statement)
        for trigger in TRIGGERS:
            for sql in trigger.create(connection.dialect.name):
                connection.exec_driver_sql(sql)

    assert not verify(house.engine, Request(keyring=RING)).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_referral SET consent = 'override'",
        "DELETE FROM sf_referral",
        "UPDATE sf_referral_step SET to_state = 'done'",
        "DELETE FROM sf_service_step",
    ],
)
def test_the_ground_of_a_referral_and_its_steps_are_never_edited(house: House, statement: str) -> None:
    referred(house, somebody(house), service(house))

    with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)


def restricted(house: House) -> tuple[str, Key]:
    """A restricted head who agreed, and her household."""
    entry = person(identity("Ana", "Prueba"), is_restricted=True)
    home_of = register(house, head(entry), actor="protection")
    agreed(house, home_of.members[0].participant, by="protection")
    return home_of.members[0].participant, home_of.household_id


def test_referrals_of_a_restricted_person_are_seen_by_named_roles_only(house: House) -> None:
    who, household = restricted(house)
    to = service(house)
    number = referred(house, who, to, by="protection")

    with house.work("protection") as work:
        assert [row.number for row in list_referrals(work)] == [number]
        assert [row.number for row in referrals_of_households(work, [household])[household]] == [number]
    with house.work("coach") as work:
        assert list_referrals(work) == []
        assert referrals_of_households(work, [household]) == {household: []}
        with pytest.raises(NotAllowed):
            open_referral(work, number)
    with pytest.raises(NotAllowed):
        referral_step(house, number, "accepted")
    with pytest.raises(NotAllowed):
        referred(house, who, to)


def test_a_household_page_finds_its_referrals(house: House) -> None:
    who, to = somebody(house), service(house)
    number = referred(house, who, to)
    with house.work("coach") as work:
        (row,) = list_referrals(work)
        assert row.household_id is not None
        found = referrals_of_households(work, [row.household_id])

    assert [(one.number, one.kind) for one in found[row.household_id]] == [(number, ServiceKind.HEALTH)]


def test_what_an_erased_person_needed_cannot_be_read_any_more(house: House) -> None:
    who = register(house, head()).members[0].participant
    agreed(house, who)
    number = referred(house, who, service(house))
    referral_step(house, number, "accepted", note=Secret(NOTE))
    participating(house, who, "exited", reason=ExitReason.RELOCATED)
    erasing = EraseParticipant(key=key(), participant=who, ground=ErasureGround.REQUESTED)
    done(house, erase_participant, erasing, "protection")

    with house.work("coach") as work:
        opened = open_referral(work, number)

    assert (opened.need, opened.notes) == (None, (None, None))
    assert verify(house.engine, Request(keyring=RING)).is_sound
    with pytest.raises(Refused) as caught:
        referral_step(house, number, "done")
    assert caught.value.codes == ("person_erased",)
