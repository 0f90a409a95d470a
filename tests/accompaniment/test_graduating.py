"""Who takes part graduates with their household, in the same act and on the record of their own."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from seedfund.accompaniment.service import DecideGraduation, GraduationChanged, decide_graduation
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.people.queries.shown import participation_history
from seedfund.people.rules import ExitReason, Relationship
from seedfund.people.service import HouseholdRegistered
from tests.accompaniment.test_graduation import assessed, governed, proposed
from tests.people.samples import child, head, identity, person, register
from tests.support.grants import key, left, participating
from tests.support.programme import House


def family(house: House, *, hidden: bool = False) -> HouseholdRegistered:
    """A head, a sister who takes part too, and a child who was only registered."""
    sister = person(identity("Ana", "Prueba"), is_restricted=hidden)
    return register(
        house,
        head(),
        replace(head(sister), relationship=Relationship.SIBLING),
        child(person(identity("Leo", "Prueba"))),
        actor="protection",
    )


def states(house: House, participant: str) -> list[str]:
    with house.work("director") as work:
        return [step.to_state for step in participation_history(work, participant)]


def decided(house: House, number: str, *, approved: bool = True, by: str = "manager") -> GraduationChanged:
    command = DecideGraduation(
        key=key(), number=number, is_approved=approved, reason="Lo que se acordó con ellas"
    )
    with house.work(by) as work:
        return decide_graduation(work, command)


def waiting(house: House, found: HouseholdRegistered) -> str:
    """The number of a graduation that was proposed."""
    governed(house)
    assessed(house, found.household, "meals=yes")
    return proposed(house, found.household)


def test_everybody_of_the_household_who_takes_part_graduates_with_it(house: House) -> None:
    found = family(house)
    mother, sister, son = (one.participant for one in found.members)
    participating(house, mother, "enrolled")
    participating(house, mother, "active")
    participating(house, sister, "enrolled")

    told = decided(house, waiting(house, found))

    assert set(told.participants) == {mother, sister}
    assert states(house, mother) == ["identified", "enrolled", "active", "graduated"]
    assert states(house, sister) == ["identified", "enrolled", "active", "graduated"]
    assert "graduated" not in states(house, son)


def test_the_record_of_a_participation_names_who_decided_the_graduation(house: House) -> None:
    found = register(house)
    (mother,) = (one.participant for one in found.members)
    participating(house, mother, "enrolled")
    participating(house, mother, "active")

    decided(house, waiting(house, found), by="director")

    query = sa.text(
        "SELECT s.from_state, s.to_state, a.handle FROM sf_participation_step s"
        " JOIN sf_actor a ON a.id = s.recorded_by ORDER BY s.position DESC LIMIT 1"
    )
    with house.engine.connect() as connection:
        assert tuple(connection.execute(query).one()) == ("active", "graduated", "director")


def test_nobody_graduates_with_a_household_whose_graduation_is_declined(house: House) -> None:
    found = register(house)
    participating(house, found.members[0].participant, "enrolled")

    told = decided(house, waiting(house, found), approved=False)

    assert told.participants == ()
    assert states(house, found.members[0].participant) == ["identified", "enrolled"]


def test_a_household_whose_person_left_meanwhile_does_not_graduate_and_can_be_declined(house: House) -> None:
    found = register(house)
    participating(house, found.members[0].participant, "enrolled")
    number = waiting(house, found)
    left(house, found.members[0].participant, ExitReason.RELOCATED)

    with pytest.raises(Refused) as caught:
        decided(house, number)

    assert caught.value.codes == ("graduation_not_taking_part",)
    assert caught.value.refusals[0].facts["state"] == "exited"
    assert decided(house, number, approved=False).state == "declined"


def test_a_household_that_was_never_enrolled_is_not_proposed(house: House) -> None:
    found = register(house)

    with pytest.raises(Refused) as caught:
        waiting(house, found)

    assert caught.value.codes == ("graduation_not_taking_part",)


def test_a_member_who_left_stays_as_they_left_when_the_others_graduate(house: House) -> None:
    found = family(house)
    mother, sister, _ = (one.participant for one in found.members)
    for one in (mother, sister):
        participating(house, one, "enrolled")
    left(house, sister, ExitReason.DROPPED_OUT)

    told = decided(house, waiting(house, found))

    assert told.participants == (mother,)
    assert states(house, sister)[-1] == "exited"


def test_with_a_restricted_member_only_named_roles_approve_and_a_refusal_moves_nobody(house: House) -> None:
    found = family(house, hidden=True)
    mother, sister, _ = (one.participant for one in found.members)
    for one in (mother, sister):
        participating(house, one, "enrolled")
    number = waiting(house, found)

    with pytest.raises(NotAllowed):
        decided(house, number)

    assert [states(house, one)[-1] for one in (mother, sister)] == ["enrolled", "enrolled"]
    assert set(decided(house, number, by="director").participants) == {mother, sister}
