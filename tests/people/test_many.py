"""Registering many households at once: the same as one by one, all or none, duplicates flagged among themselves too."""

import json

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.people.queries import household_facts, identity_of
from seedfund.people.rules import DuplicateKind, Relationship
from seedfund.people.service import (
    HouseholdEntry,
    HouseholdsRegistered,
    MemberEntry,
    RegisterHouseholds,
    register_households,
)
from seedfund.people.service.many import HOUSEHOLDS_MAX
from tests.people.samples import child, document, head, identity, key, person, register, registering
from tests.support.programme import House

NUMBER = "1710034065"


def entry(*members: MemberEntry) -> HouseholdEntry:
    """A household of these members."""
    sample = registering()
    return HouseholdEntry(country=sample.country, locality=sample.locality, members=members or (head(),))


def register_all(house: House, *entries: HouseholdEntry, named: str = "") -> HouseholdsRegistered:
    """Register them together."""
    with house.work("field") as work:
        done = register_households(work, RegisterHouseholds(key=named or key(), households=entries))
        work.commit()
    return done


def stored(house: House, participant: str) -> list[tuple[object, ...]]:
    """What statistics have of a person."""
    chosen = "sex, birth_year, birth_date, population_group, nationality, disability, is_restricted"
    with house.engine.connect() as connection:
        found = connection.execute(
            sa.text(f"SELECT {chosen} FROM sf_participant WHERE number = :number"), {"number": participant}
        )
        return [tuple(row) for row in found]


def digests(house: House, participant: object) -> list[tuple[str, str]]:
    """By what a person is found."""
    with house.engine.connect() as connection:
        found = connection.execute(
            sa.text("SELECT kind, digest FROM sf_identity_index WHERE participant_id = :one ORDER BY 1, 2"),
            {"one": str(participant) if house.engine.dialect.name == "sqlite" else participant},
        )
        return [(str(kind), str(digest)) for kind, digest in found]


def test_many_at_once_are_registered_as_one_by_one(house: House) -> None:
    niece = child(person(identity("Luz", "Prueba", "+593991234567")), Relationship.NEPHEW_OR_NIECE)
    alone = register(house, head(), niece)
    (together,) = register_all(house, entry(head(), niece)).households

    assert together.household == "HH-2026-0002"
    assert [one.participant for one in together.members] == ["PT-2026-0003", "PT-2026-0004"]
    assert together.warnings == alone.warnings
    for one, other in zip(alone.members, together.members, strict=True):
        assert digests(house, one.participant_id) == digests(house, other.participant_id)
        assert stored(house, one.participant) == stored(house, other.participant)
        assert one.warnings == other.warnings
        with house.work("field") as work:
            assert identity_of(work, one.participant) == identity_of(work, other.participant)
    with house.work("field") as work:
        facts = household_facts(work.reader(), [alone.household_id, together.household_id])
    first, second = facts[alone.household_id], facts[together.household_id]
    assert [one.relationship for one in first.members] == [one.relationship for one in second.members]


def test_the_same_document_is_flagged_among_the_many_and_with_who_was_there(house: House) -> None:
    before = register(house, head(person(identity(), document(NUMBER))))
    done = register_all(
        house,
        entry(head(person(identity("Ana", "Ensayo"), document(NUMBER)))),
        entry(head(person(identity("Eva", "Ensayo"), document("0102030405")))),
        entry(head(person(identity("Iris", "Ensayo"), document("0102030405")))),
    )
    with_before, among, again = (one.duplicates for one in done.households)
    assert [(flag.kind, flag.other) for flag in with_before] == [(DuplicateKind.DOCUMENT, before.household)]
    assert {flag.other for flag in (*among, *again)} <= {one.household for one in done.households[1:]}
    assert len(among) + len(again) == 1, "a pair is flagged once"


def test_one_that_cannot_be_registered_keeps_all_of_them_out_and_is_named(house: House) -> None:
    headless = entry(child(person(identity())))
    with pytest.raises(Refused) as caught:
        register_all(house, entry(), headless)
    assert caught.value.codes == ("household_in_list", "household_without_head")
    assert caught.value.refusals[0].facts["position"] == "2"
    with house.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM sf_household")).scalar_one() == 0


@pytest.mark.parametrize("count", [0, HOUSEHOLDS_MAX + 1])
def test_none_and_too_many_are_refused(house: House, count: int) -> None:
    with pytest.raises(InvalidInput, match=str(count)):
        register_all(house, *[entry()] * count)


def test_the_same_list_twice_is_registered_once_and_its_record_holds_no_content(house: House) -> None:
    first = register_all(house, entry(), entry(), named="list-1")
    assert register_all(house, entry(), entry(), named="list-1") == first
    with house.engine.connect() as connection:
        payload, changes = connection.execute(
            sa.text("SELECT payload, changes FROM sf_audit WHERE key = 'list-1'")
        ).one()
        sealed = connection.execute(sa.text("SELECT count(*) FROM sf_audit_secret")).scalar_one()
    assert list(json.loads(payload)) == ["digest"]
    assert all(one.household in changes for one in first.households)
    assert sealed == 0
