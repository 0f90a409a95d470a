"""Participations step by step, consents given and withdrawn, details filled in later, restriction."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from seedfund.grants.service import EraseParticipant, erase_participant
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.queries import (
    HouseholdShown,
    find_participants,
    identity_of,
    missing_fields,
    names_of,
    participant_facts,
    participation_history,
    show_household,
)
from seedfund.people.rules import (
    PARTICIPATION_STATES,
    AgeSource,
    Birth,
    ConsentMethod,
    ConsentPurpose,
    Difficulty,
    Disability,
    ErasureGround,
    ExitReason,
    LegalStatus,
    Step,
    WashingtonGroup,
)
from seedfund.people.service import (
    ChangeParticipation,
    CorrectParticipant,
    RecordConsent,
    RestrictParticipant,
    WithdrawConsent,
    change_participation,
    correct_participant,
    record_consent,
    restrict_participant,
    withdraw_consent,
)
from tests.people.samples import child, document, head, identity, key, person, register
from tests.support.programme import House


def step(
    house: House, participant: str, state: str, reason: ExitReason | None = None, day: date | None = None
) -> None:
    command = ChangeParticipation(
        key=key(), participant=participant, state=state, reason=reason, occurred_on=day
    )
    with house.work("coach") as work:
        change_participation(work, command)


def test_a_participation_keeps_every_step_and_a_return_is_a_new_one(house: House) -> None:
    who = register(house).members[0].participant
    step(house, who, "enrolled")
    step(house, who, "exited", ExitReason.RELOCATED)
    step(house, who, "identified")

    with house.work("coach") as work:
        taken = participation_history(work, who)
    assert [(row.position, row.from_state, row.to_state, row.reason) for row in taken] == [
        (1, None, "identified", None),
        (2, "identified", "enrolled", None),
        (3, "enrolled", "exited", "relocated"),
        (1, None, "identified", None),
    ]


@pytest.mark.parametrize("wanted", PARTICIPATION_STATES.states)
def test_only_the_declared_steps_can_be_taken(house: House, wanted: str) -> None:
    who = register(house).members[0].participant
    reason = ExitReason.DECLINED if wanted == "exited" else None
    if wanted in PARTICIPATION_STATES.steps["identified"]:
        step(house, who, wanted, reason)
        return
    with pytest.raises(Refused) as caught:
        step(house, who, wanted, reason)

    code = "participation_under_way" if wanted == "identified" else "no_such_step"
    assert caught.value.codes == (code,)


def test_leaving_early_has_a_reason_and_nothing_else_has_one(house: House) -> None:
    home = register(house, head(), child(person(identity("Luz", "Prueba"))))
    who, without = (member.participant for member in home.members)
    refused = []
    for participant, state, reason in (
        (who, "exited", None),
        (who, "enrolled", ExitReason.DECEASED),
        (without, "enrolled", None),
    ):
        with pytest.raises(Refused) as caught:
            step(house, participant, state, reason)
        refused.append(caught.value.codes)

    assert refused == [("exit_reason_missing",), ("exit_reason_not_expected",), ("participation_not_begun",)]


def test_a_step_before_the_beginning_and_an_unknown_state_are_named_as_input(house: House) -> None:
    who = register(house).members[0].participant
    with pytest.raises(InvalidInput) as early:
        step(house, who, "enrolled", day=date(2026, 1, 1))
    with pytest.raises(InvalidInput) as unknown:
        step(house, who, "promoted")

    assert (early.value.field, unknown.value.field) == ("occurred_on", "state")


def consent(house: House, participant: str, purpose: ConsentPurpose) -> None:
    command = RecordConsent(
        key=key(),
        participant=participant,
        purpose=purpose,
        language="qu",
        method=ConsentMethod.THUMBPRINT,
        wording="consent-2026-1",
    )
    with house.work("field") as work:
        record_consent(work, command)


def withdraw(house: House, participant: str, purpose: ConsentPurpose) -> None:
    command = WithdrawConsent(
        key=key(), participant=participant, purpose=purpose, language="es", method=ConsentMethod.VERBAL
    )
    with house.work("field") as work:
        withdraw_consent(work, command)


def test_a_consent_stands_until_it_is_withdrawn_and_can_be_given_again(house: House) -> None:
    who = register(house).members[0]
    consent(house, who.participant, ConsentPurpose.PHOTOS)
    house.clock.advance(timedelta(days=2))
    withdraw(house, who.participant, ConsentPurpose.PHOTOS)
    house.clock.advance(timedelta(days=2))
    consent(house, who.participant, ConsentPurpose.PHOTOS)

    with house.work("field") as work:
        held = participant_facts(work.reader(), [who.participant_id])[who.participant_id].consents
    assert [(item.given_on.day, item.withdrawn_on and item.withdrawn_on.day) for item in held] == [
        (5, 7),
        (9, None),
    ]
    assert [item.stands_on(date(2026, 1, 8)) for item in held] == [False, False]


def test_only_a_standing_consent_is_withdrawn_and_a_row_is_never_changed(house: House) -> None:
    who = register(house).members[0].participant
    consent(house, who, ConsentPurpose.BANK)
    with pytest.raises(Refused) as caught:
        withdraw(house, who, ConsentPurpose.PHOTOS)
    assert caught.value.codes == ("consent_not_standing",)

    for attack in ("UPDATE sf_consent SET is_given = NOT is_given", "DELETE FROM sf_consent"):
        with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never"):
            connection.exec_driver_sql(attack)


def test_details_are_filled_in_when_a_step_asks_for_them(house: House) -> None:
    who = register(house, head(person(identity("Rosa", "Prueba", "0991234567"), document("123A")))).members[0]
    answers = WashingtonGroup(seeing=Difficulty.NONE, communicating=Difficulty.CANNOT)
    command = CorrectParticipant(
        key=key(),
        participant=who.participant,
        birth=Birth(AgeSource.DOCUMENT, born_on=date(1991, 2, 3)),
        nationality="CO",
        legal_status=LegalStatus.ASYLUM_APPLICANT,
        language="es",
        washington_group=answers,
    )
    with house.work("field") as work:
        before = missing_fields(work.reader(), [who.participant_id], Step.REPORT)[who.participant_id]
        changed = correct_participant(work, command).changed
        after = missing_fields(work.reader(), [who.participant_id], Step.REPORT)[who.participant_id]
        facts = participant_facts(work.reader(), [who.participant_id])[who.participant_id]

    missing = ["language", "payee", "nationality", "legal_status", "disability"]
    assert [refusal.facts["field"] for refusal in before] == missing
    assert [refusal.facts["field"] for refusal in after] == ["payee"]
    assert changed == ("age_source", "birth_date", "nationality", "legal_status", "language", "disability")
    assert (facts.disability, facts.birth and facts.birth.source) == (Disability.YES, AgeSource.DOCUMENT)


def test_questions_not_asked_are_recorded_as_such_and_what_is_not_given_stays(house: House) -> None:
    who = register(house).members[0]
    with house.work("field") as work:
        not_asked = CorrectParticipant(
            key=key(), participant=who.participant, washington_group=WashingtonGroup()
        )
        correct_participant(work, not_asked)
        correct_participant(work, CorrectParticipant(key=key(), participant=who.participant, language="qu"))
        facts = participant_facts(work.reader(), [who.participant_id])[who.participant_id]

    assert (facts.disability, facts.language) == (Disability.NOT_COLLECTED, "qu")


def shown(house: House, actor: str, household: str) -> HouseholdShown:
    with house.work(actor) as work:
        return show_household(work, household)


def test_a_restricted_person_is_seen_by_named_roles_and_by_others_as_a_code(house: House) -> None:
    home = register(house, head(), child(person(identity("Escondida", "Prueba"))))
    hidden = home.members[1]
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=hidden.participant))

    for actor, sees in (("field", False), ("finance", False), ("protection", True), ("director", True)):
        with house.work(actor) as work:
            name = names_of(work, [hidden.participant_id])[hidden.participant_id]
            found = find_participants(work, name=Secret("Escondida"))
        members = [member.name.number for member in shown(house, actor, home.household).members]
        assert name.printed.reveal() == ("Escondida Prueba" if sees else hidden.participant)
        assert (name.is_hidden, len(found), len(members)) == (not sees, int(sees), 1 + sees)
    with pytest.raises(NotAllowed, match=hidden.participant), house.work("field") as work:
        identity_of(work, hidden.participant)


def test_a_restriction_is_set_and_lifted_once_by_named_roles(house: House) -> None:
    who = register(house).members[0].participant
    lift = RestrictParticipant(key=key(), participant=who, is_restricted=False)
    with pytest.raises(Refused) as not_set, house.work("director") as work:
        restrict_participant(work, lift)
    with pytest.raises(NotAllowed, match="protection_officer"), house.work("field") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=who))
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=who))
    with pytest.raises(Refused) as twice, house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=who))

    assert not_set.value.codes == ("person_not_restricted",)
    assert twice.value.codes == ("person_restricted_already",)


def test_a_destroyed_data_key_leaves_no_trace_in_the_file(house: House) -> None:
    who = register(house, head(), child(person(identity("Luz", "Prueba")))).members[1]
    with house.engine.connect() as connection:
        wrapped = bytes(
            connection.exec_driver_sql(
                f"SELECT wrapped FROM sf_data_key WHERE subject_id = '{who.participant_id}'"
            ).scalar_one()
        )
    command = EraseParticipant(
        key=key(), participant=who.participant, ground=ErasureGround.ENTERED_BY_MISTAKE
    )
    with house.work("director") as work:
        erase_participant(work, command)

    with house.engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT wrapped FROM sf_data_key").scalars().all()
    assert wrapped not in [bytes(blob) for blob in left]
    if house.engine.dialect.name == "sqlite":
        assert wrapped not in Path(str(house.engine.url.database)).read_bytes()


def test_an_unknown_person_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        step(house, "PT-2026-0999", "enrolled")
