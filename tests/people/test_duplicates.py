"""The same document or account in two households: flagged at entry, stopped, decided once, remembered."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import DuplicateShown, household_facts, list_duplicates
from seedfund.people.rules import DocumentEntry, DocumentKind, DuplicateDecision, DuplicateKind, Relationship
from seedfund.people.service import (
    AddMember,
    DecideDuplicate,
    EndMembership,
    HouseholdRegistered,
    RecordDocument,
    add_member,
    decide_duplicate,
    end_membership,
    record_document,
)
from tests.people.samples import child, document, head, identity, key, person, propose, register
from tests.support.programme import House

NUMBER = "1710034065"


def two(house: House) -> tuple[HouseholdRegistered, HouseholdRegistered]:
    first = register(house, head(person(identity(), document(NUMBER))))
    second = register(house, head(person(identity("Ana", "Ensayo"), document(NUMBER))))
    return first, second


def stops(house: House, *homes: HouseholdRegistered) -> list[int]:
    with house.work("finance") as work:
        facts = household_facts(work.reader(), [home.household_id for home in homes])
    return [len(facts[home.household_id].payment_stops) for home in homes]


def decide(
    house: House,
    flag: Key,
    decision: DuplicateDecision,
    excluded: str | None = None,
    *,
    actor: str = "manager",
) -> None:
    command = DecideDuplicate(
        key=key(), flag=flag, decision=decision, reason=Secret("vistas las dos"), excluded=excluded
    )
    with house.work(actor) as work:
        decide_duplicate(work, command)


def test_the_same_document_in_two_households_is_flagged_at_entry_and_stops_both(house: House) -> None:
    first, second = two(house)

    assert first.duplicates == ()
    assert [(flag.kind, flag.household, flag.other) for flag in second.duplicates] == [
        (DuplicateKind.DOCUMENT, second.household, first.household)
    ]
    assert stops(house, first, second) == [1, 1]


@pytest.mark.parametrize(
    "other",
    [
        document("171003406-5", DocumentKind.FOREIGN_ID, ""),
        document("01710034065", DocumentKind.PASSPORT, "CO"),
    ],
)
def test_another_kind_country_or_spelling_does_not_hide_the_same_number(
    house: House, other: DocumentEntry
) -> None:
    register(house, head(person(identity(), document(NUMBER))))
    second = register(house, head(person(identity("Ana", "Ensayo"), other)))

    assert len(second.duplicates) == 1


def test_one_household_may_share_a_document_and_an_account(house: House) -> None:
    home = register(
        house,
        head(person(identity(), document(NUMBER))),
        child(person(identity("Luz", "Prueba"), document(NUMBER))),
    )
    found = [propose(house, member.participant, "2200112233").duplicates for member in home.members]

    assert (home.duplicates, found) == ((), [(), ()])


def test_the_same_account_is_flagged_also_when_it_was_retired_or_is_recorded_later(house: House) -> None:
    first, second = register(house), register(house, head(person(identity("Ana", "Ensayo"))))
    propose(house, first.members[0].participant, "22-0011-2233")
    found = propose(house, second.members[0].participant, "2200112233").duplicates

    assert [(flag.kind, flag.other) for flag in found] == [(DuplicateKind.ACCOUNT, first.household)]
    assert stops(house, first, second) == [1, 1]


def test_a_decision_is_made_once_by_another_hand_and_remembered_for_the_pair(house: House) -> None:
    first, second = two(house)
    flag = second.duplicates[0].flag
    decide(house, flag, DuplicateDecision.DIFFERENT_PEOPLE)
    again = RecordDocument(
        key=key(), participant=second.members[0].participant, document=document(NUMBER, DocumentKind.OTHER)
    )
    with house.work("field") as work:
        recorded = record_document(work, again)

    assert recorded.duplicates == ()
    assert stops(house, first, second) == [0, 0]
    with pytest.raises(Refused) as caught:
        decide(house, flag, DuplicateDecision.ENTRY_MISTAKE)
    assert caught.value.codes == ("duplicate_decided",)


def test_another_account_of_a_decided_pair_is_a_new_question(house: House) -> None:
    first, second = two(house)
    decide(house, second.duplicates[0].flag, DuplicateDecision.DIFFERENT_PEOPLE)
    propose(house, first.members[0].participant, "2200112233")

    assert len(propose(house, second.members[0].participant, "2200112233").duplicates) == 1


def test_the_same_person_in_two_households_keeps_the_excluded_one_stopped(house: House) -> None:
    first, second = two(house)
    decide(house, second.duplicates[0].flag, DuplicateDecision.SAME_PERSON, second.household)

    assert stops(house, first, second) == [0, 1]


def test_every_reason_against_a_decision_is_given_in_the_declared_order(house: House) -> None:
    first, second = two(house)
    third = register(house, head(person(identity("Eva", "Otra"))), actor="manager")
    flag = second.duplicates[0].flag
    cases = [
        (DuplicateDecision.SHARED_ACCOUNT, None, ("duplicate_account_only",)),
        (DuplicateDecision.SAME_PERSON, None, ("duplicate_excluded_missing",)),
        (DuplicateDecision.SAME_PERSON, third.household, ("duplicate_excluded_missing",)),
        (DuplicateDecision.ENTRY_MISTAKE, first.household, ("duplicate_excluded_not_expected",)),
    ]
    for decision, excluded, codes in cases:
        with pytest.raises(Refused) as caught:
            decide(house, flag, decision, excluded)
        assert caught.value.codes == codes


def test_who_entered_the_second_record_does_not_decide_in_the_rule_and_in_the_database(house: House) -> None:
    register(house, head(person(identity(), document(NUMBER))))
    second = register(house, head(person(identity("Ana", "Ensayo"), document(NUMBER))), actor="manager")
    with pytest.raises(Refused) as caught:
        decide(house, second.duplicates[0].flag, DuplicateDecision.DIFFERENT_PEOPLE)

    assert caught.value.codes == ("duplicate_own_decision",)
    attack = (
        "UPDATE sf_duplicate_flag SET state = 'decided', decision = 'entry_mistake', decided_by = flagged_by"
    )
    with (
        house.engine.connect() as connection,
        pytest.raises(sa.exc.IntegrityError, match="maker_is_not_checker"),
    ):
        connection.exec_driver_sql(attack)


def test_a_field_officer_does_not_decide_and_an_unknown_flag_is_not_found(house: House) -> None:
    _, second = two(house)
    with pytest.raises(NotAllowed, match="reviewer"):
        decide(house, second.duplicates[0].flag, DuplicateDecision.ENTRY_MISTAKE, actor="field")
    with pytest.raises(NotFound):
        decide(house, Key("0" * 32), DuplicateDecision.ENTRY_MISTAKE)
    with pytest.raises(InvalidInput, match="no key"):
        decide(house, Key("Rosa"), DuplicateDecision.ENTRY_MISTAKE)


def test_a_restricted_person_is_never_shown_through_a_duplicate(house: House) -> None:
    hidden = register(
        house, head(person(identity(), document(NUMBER), is_restricted=True)), actor="protection"
    )
    seen = register(house, head(person(identity("Ana", "Ensayo"), document(NUMBER))))
    with house.work("manager") as work:
        for_manager = list_duplicates(work)
    with house.work("protection") as work:
        for_protection = list_duplicates(work)

    assert [flag.other for flag in seen.duplicates] == [None]
    assert [sides(flag) for flag in for_manager] == [{seen.household}]
    assert [sides(flag) for flag in for_protection] == [{hidden.household, seen.household}]
    with pytest.raises(NotAllowed, match="restricted"):
        decide(house, seen.duplicates[0].flag, DuplicateDecision.ENTRY_MISTAKE)
    decide(house, seen.duplicates[0].flag, DuplicateDecision.ENTRY_MISTAKE, actor="director")
    assert stops(house, hidden, seen) == [0, 0]


def sides(flag: DuplicateShown) -> set[str]:
    return {side.household for side in (flag.first, flag.second) if side is not None}


def test_a_person_who_moves_brings_the_document_along(house: House) -> None:
    home = register(
        house,
        head(person(identity(), document(NUMBER))),
        child(person(identity("Luz", "Prueba"), document(NUMBER))),
    )
    other = register(house, head(person(identity("Ana", "Ensayo"))))
    moving = home.members[1].participant
    with house.work("field") as work:
        end_membership(work, EndMembership(key=key(), household=home.household, participant=moving))
        command = AddMember(
            key=key(), household=other.household, relationship=Relationship.SIBLING, participant=moving
        )
        moved = add_member(work, command)

    assert [flag.other for flag in moved.duplicates] == [home.household]


def test_of_two_entries_at_the_same_moment_one_sees_the_other(house: House) -> None:
    homes = [register(house), register(house, head(person(identity("Ana", "Ensayo"))))]
    barrier = Barrier(2)

    def enter(home: HouseholdRegistered) -> int:
        command = RecordDocument(
            key=key(), participant=home.members[0].participant, document=document(NUMBER)
        )
        barrier.wait(timeout=30)
        with house.work("field") as work:
            return len(record_document(work, command).duplicates)

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(enter, homes))

    assert sorted(found) == [0, 1]
