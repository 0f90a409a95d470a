"""The trail of an account at a third party: dated, decided by two hands, its number sealed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.queries import list_duplicates
from seedfund.savings.queries.links import (
    link_by_number,
    links_by_barrier,
    links_of,
    number_place,
    sealed_number,
    steps_of,
)
from seedfund.savings.rules.words import BARRIER_OF, AccountKind, Barrier, Holding, Proof, RefusedFor
from seedfund.savings.service import (
    AccountRefused,
    AccountStep,
    OpenAccount,
    RecordAccountRefusal,
    RecordAccountStep,
    VerifyAccount,
    invite_to_account,
    open_account,
    record_account_refusal,
    record_account_step,
    verify_account,
)
from seedfund.store.unit import open_vault
from tests.people.samples import head, identity, person, propose
from tests.savings.accounts import (
    TODAY,
    agreed,
    done,
    invited,
    inviting,
    key,
    later,
    opened,
    opening,
    parent_and_child,
    saver,
    step,
    verify,
)
from tests.support.programme import House


def trail(house: House, link: str) -> list[tuple[str, date]]:
    with house.work("field") as work:
        facts = link_by_number(work.reader(), work.programme.id, link)
        return [(one.step.state, one.step.on) for one in steps_of(work.reader(), [facts.id])[facts.id]]


def codes(house: House, verb: object, command: object, actor: str = "field") -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        done(house, verb, command, actor)  # type: ignore[arg-type] # any verb with its command
    return caught.value.codes


def test_an_account_is_a_dated_trail_from_the_invitation_to_the_closing(house: House) -> None:
    link = invited(house, saver(house))
    step(house, link, AccountStep.DOCUMENTS)
    day = later(house, 3)
    done(house, open_account, opening(link, on=day))
    verify(house, link)
    step(house, link, AccountStep.ACTIVE)
    step(house, link, AccountStep.DORMANT)
    last = later(house, 30)
    step(house, link, AccountStep.CLOSED)

    assert trail(house, link) == [
        *(("invited", TODAY), ("documents", TODAY)),
        *((state, day) for state in ("opened", "verified", "active", "dormant")),
        ("closed", last),
    ]


def test_what_the_bank_refused_stays_on_the_trail_with_its_barrier_and_may_be_asked_again(
    house: House,
) -> None:
    link = invited(house, saver(house))
    refusal = RecordAccountRefusal(key=key(), link=link, refused_for=RefusedFor.DOCUMENT_NOT_ACCEPTED)
    refused: AccountRefused = done(house, record_account_refusal, refusal)
    step(house, link, AccountStep.DOCUMENTS)
    done(house, open_account, opening(link))

    assert refused.barrier == Barrier.DOCUMENT
    assert [state for state, _ in trail(house, link)] == ["invited", "refused", "documents", "opened"]


def test_every_reason_of_a_refusal_is_counted_under_a_barrier_and_every_barrier_has_one() -> None:
    assert set(BARRIER_OF) == set(RefusedFor)
    assert set(BARRIER_OF.values()) == set(Barrier)


def test_refusals_are_counted_once_an_account_under_each_barrier(house: House) -> None:
    link, other = invited(house, saver(house)), invited(house, saver(house))
    for number, reason in (
        (link, RefusedFor.DOCUMENT_NOT_ACCEPTED),
        (link, RefusedFor.DOCUMENT_EXPIRED),
        (link, RefusedFor.FEES_TOO_HIGH),
        (other, RefusedFor.NO_BRANCH_IN_REACH),
    ):
        refusal = RecordAccountRefusal(key=key(), link=number, refused_for=reason)
        done(house, record_account_refusal, refusal)
        step(house, number, AccountStep.DOCUMENTS)

    with house.work("field") as work:
        reader, programme = work.reader(), work.programme.id
        found = links_by_barrier(reader, programme, start=TODAY, end=TODAY)
        yesterday = TODAY - timedelta(days=1)
        earlier = links_by_barrier(reader, programme, start=yesterday, end=yesterday)
    counts = {barrier.value: len(links) for barrier, links in found.items()}
    assert counts == {"status": 0, "document": 1, "money": 1, "information": 0, "distance": 1}
    assert set(earlier.values()) == {()}


def test_an_invitation_needs_the_consent_to_share_data_with_a_bank(house: House) -> None:
    who = saver(house, consents=False)

    assert codes(house, invite_to_account, inviting(who)) == ("savings_bank_consent_missing",)


def test_a_joint_account_names_its_other_holder_and_an_own_one_does_not(house: House) -> None:
    who, other = saver(house), saver(house)

    assert codes(house, invite_to_account, inviting(who, holding=Holding.JOINT)) == (
        "savings_co_holder_missing",
    )
    assert codes(house, invite_to_account, inviting(who, co_holder=other.number)) == (
        "savings_co_holder_not_expected",
    )
    same = inviting(who, holding=Holding.CHILD, co_holder=who.number)
    assert codes(house, invite_to_account, same) == ("savings_co_holder_is_holder",)


def test_a_person_is_invited_to_an_institution_once_until_the_account_is_closed(house: House) -> None:
    who = saver(house)
    link = invited(house, who)

    assert codes(house, invite_to_account, inviting(who, institution="COOPERATIVA ejemplo")) == (
        "savings_link_twice",
    )
    step(house, link, AccountStep.CLOSED)
    assert invited(house, who) != link


def test_an_opening_tells_its_account_in_exactly_one_way(house: House) -> None:
    who, other = saver(house), saver(house)
    link = invited(house, who)
    own, foreign = (propose(house, one.number, "77001").account for one in (who, other))
    nothing = OpenAccount(key=key(), link=link, opened_on=TODAY)
    both = opening(link, payout_account=own)
    of_another = OpenAccount(key=key(), link=link, opened_on=TODAY, payout_account=foreign)

    assert codes(house, open_account, nothing) == ("savings_account_number_missing",)
    assert codes(house, open_account, both) == ("savings_account_number_twice",)
    assert codes(house, open_account, of_another) == ("savings_account_of_another",)


def test_a_payout_account_is_related_and_its_number_is_not_written_twice(house: House) -> None:
    who = saver(house)
    account = propose(house, who.number, "77001").account
    link = invited(house, who)
    done(house, open_account, OpenAccount(key=key(), link=link, opened_on=TODAY, payout_account=account))

    with house.work("field") as work:
        facts = link_by_number(work.reader(), work.programme.id, link)
        assert facts.payout_account_id == account
        assert sealed_number(work.reader(), facts.id) is None


def test_the_number_is_sealed_under_its_holders_key(house: House) -> None:
    who = saver(house)
    link = opened(house, who, "2200-112-233")

    with house.work("field") as work:
        facts = link_by_number(work.reader(), work.programme.id, link)
        blob = sealed_number(work.reader(), facts.id)
        assert blob is not None
        assert b"2200" not in blob
        vault = open_vault(work.reader(), work, who.id)
        assert vault.open(blob, number_place(facts.id)).reveal() == "2200-112-233"


def test_the_same_account_in_another_household_is_flagged_at_once(house: House) -> None:
    opened(house, saver(house), "2200-112-233")
    link = invited(house, saver(house))
    found = done(house, open_account, opening(link, "2200112233"))

    assert found.duplicates == 1
    with house.work("manager") as work:
        assert [flag.kind.value for flag in list_duplicates(work)] == ["account"]


def test_whoever_recorded_the_opening_does_not_verify_it_in_the_rule_and_in_the_database(
    house: House,
) -> None:
    link = invited(house, saver(house))
    done(house, open_account, opening(link), "coach")
    with pytest.raises(Refused) as caught:
        verify(house, link, "coach")

    assert caught.value.codes == ("savings_own_verification",)
    attack = "UPDATE sf_savings_link SET state = 'verified', verified_by = opened_by"
    with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="two_persons"):
        connection.exec_driver_sql(attack)


def test_a_step_that_the_trail_does_not_allow_is_refused(house: House) -> None:
    who = saver(house)
    link = invited(house, who)
    active = RecordAccountStep(key=key(), link=link, step=AccountStep.ACTIVE)

    assert codes(house, record_account_step, active) == ("no_such_step",)
    with pytest.raises(Refused):
        verify(house, link)


def test_a_step_does_not_come_before_the_last_one(house: House) -> None:
    link = invited(house, saver(house))
    later(house, 5)
    step(house, link, AccountStep.DOCUMENTS)
    early = RecordAccountStep(key=key(), link=link, step=AccountStep.CLOSED, occurred_on=TODAY)

    assert codes(house, record_account_step, early) == ("savings_step_before_last",)


def test_steps_are_never_changed_or_deleted(house: House) -> None:
    invited(house, saver(house))
    for attack in ("UPDATE sf_savings_step SET happened_on = '2020-01-01'", "DELETE FROM sf_savings_step"):
        with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="never"):
            connection.exec_driver_sql(attack)


def test_the_account_of_a_restricted_person_is_for_named_roles_alone(house: House) -> None:
    who = saver(house, head(person(identity(), is_restricted=True)), actor="protection")
    with pytest.raises(NotAllowed):
        done(house, invite_to_account, inviting(who))
    link = invited(house, who, "protection")

    with pytest.raises(NotAllowed):
        step(house, link, AccountStep.DOCUMENTS)


def test_a_joint_account_is_out_of_reach_where_either_holder_is_restricted(house: House) -> None:
    who = saver(house)
    other = saver(house, head(person(identity("Luz"), is_restricted=True)), actor="protection")
    asked = inviting(who, holding=Holding.JOINT, co_holder=other.number)

    with pytest.raises(NotAllowed):
        done(house, invite_to_account, asked)


def test_unreadable_openings_are_turned_back_and_nothing_is_written(house: House) -> None:
    link = invited(house, saver(house))
    future = opening(link, on=TODAY + timedelta(days=1))
    for command in (future, opening(link, "pendiente")):
        with pytest.raises(InvalidInput):
            done(house, open_account, command)
    with pytest.raises(NotFound):
        done(house, open_account, opening("SL-2026-0999"))

    assert [state for state, _ in trail(house, link)] == ["invited"]


def test_a_childs_account_is_the_childs_and_its_adult_has_none_of_it(house: House) -> None:
    mother, son = parent_and_child(house, date(2014, 3, 1))
    link = invited(house, son, holding=Holding.CHILD, co_holder=mother.number, kind=AccountKind.BANK)

    with house.work("field") as work:
        found = links_of(work.reader(), [mother.id, son.id])
    assert {person: [one.number for one in own] for person, own in found.items()} == {
        mother.id: [],
        son.id: [link],
    }


def test_a_joint_account_is_of_both(house: House) -> None:
    who, other = saver(house), saver(house)
    link = invited(house, who, holding=Holding.JOINT, co_holder=other.number)

    with house.work("field") as work:
        found = links_of(work.reader(), [who.id, other.id])
    assert [[one.number for one in own] for own in found.values()] == [[link], [link]]


def test_a_proof_has_the_hash_of_its_file_or_none(house: House) -> None:
    link = opened(house, saver(house))
    spoiled = VerifyAccount(key=key(), link=link, proof=Proof.CERTIFICATE, proof_sha256="abc")
    with pytest.raises(InvalidInput, match="SHA-256"):
        done(house, verify_account, spoiled, "coach")
    done(house, verify_account, replace(spoiled, key=key(), proof_sha256="A" * 64), "coach")

    with house.engine.connect() as connection:
        stored = connection.exec_driver_sql(
            "SELECT proof, proof_sha256 FROM sf_savings_step WHERE to_state = 'verified'"
        ).one()
    assert tuple(stored) == ("certificate", "a" * 64)


def test_the_account_number_never_stands_in_a_repr() -> None:
    assert "2200" not in repr(opening("SL-2026-0001", "2200-112-233"))
    assert repr(Secret("2200")) == "Secret(…)"


def test_consent_of_one_person_is_not_that_of_another(house: House) -> None:
    who, other = saver(house, consents=False), saver(house, consents=False)
    agreed(house, other.number)

    assert codes(house, invite_to_account, inviting(who)) == ("savings_bank_consent_missing",)
