"""Who may be registered twice is found with reasons, put before a person, decided for good, and merged without loss."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import NotAllowed, NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.queries import show_household
from seedfund.people.queries.likely import (
    LikelySearch,
    likely_steps,
    list_likely_duplicates,
    search_likely_duplicates,
)
from seedfund.people.queries.merged import leading_numbers, same_people
from seedfund.people.rules import AgeSource, Birth, Identity, LikelyDecision, Relationship
from seedfund.people.rules.likeness.alike import METHOD, Alike, Trait
from seedfund.people.service import (
    AddMember,
    ChangeHousehold,
    ChangeParticipation,
    CorrectIdentity,
    DecideLikelyDuplicate,
    HouseholdRegistered,
    LikelyDuplicateDecided,
    LikelyDuplicatesProposed,
    ProposeLikelyDuplicates,
    RestrictParticipant,
    TwoPeople,
    add_member,
    change_household,
    change_participation,
    correct_identity,
    decide_likely_duplicate,
    propose_likely_duplicates,
    restrict_participant,
)
from tests.people.samples import child, head, identity, key, person, register
from tests.support.programme import House

SAME, DIFFERENT, LATER = (
    LikelyDecision.SAME_PERSON,
    LikelyDecision.DIFFERENT_PEOPLE,
    LikelyDecision.PUT_OFF,
)
LUZ = Birth(AgeSource.DOCUMENT, born_on=date(2015, 3, 2))


def search(house: House, actor: str = "manager") -> LikelySearch:
    with house.work(actor) as work:
        return search_likely_duplicates(work)


def pairs(found: LikelySearch) -> list[tuple[str, str]]:
    return [(one.first, one.second) for one in found.found]


def put_up(house: House, *given: tuple[str, str], actor: str = "expert") -> LikelyDuplicatesProposed:
    command = ProposeLikelyDuplicates(key=key(), pairs=tuple(TwoPeople(first=a, second=b) for a, b in given))
    with house.work(actor) as work:
        return propose_likely_duplicates(work, command)


def decide(
    house: House,
    pair: Sequence[str],
    decision: LikelyDecision,
    leads: str | None = None,
    *,
    new_head: str | None = None,
    actor: str = "manager",
) -> LikelyDuplicateDecided:
    command = DecideLikelyDuplicate(
        key=key(),
        first=pair[0],
        second=pair[1],
        decision=decision,
        reason=Secret("vistas las dos"),
        leads=leads,
        new_head=new_head,
    )
    with house.work(actor) as work:
        return decide_likely_duplicate(work, command)


def waiting(house: House, actor: str = "manager") -> list[tuple[str, str]]:
    with house.work(actor) as work:
        return [pair.numbers for pair in list_likely_duplicates(work)]


def twice(house: House) -> tuple[HouseholdRegistered, HouseholdRegistered]:
    """A mother and her child, entered by two officers in two ways."""
    first = register(house, head(), child(person(identity("Luz", "Prueba"), birth=LUZ)))
    second = register(
        house,
        head(person(identity("ROZA ELBIRA", "Prueva Quasi"))),
        child(person(identity("Lus", "Prueva"), birth=LUZ)),
    )
    return first, second


def numbers(home: HouseholdRegistered) -> tuple[str, ...]:
    return tuple(member.participant for member in home.members)


def refused(
    house: House, pair: Sequence[str], decision: LikelyDecision, *leads: str, actor: str
) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        decide(house, pair, decision, *leads, actor=actor)
    return caught.value.codes


def test_a_search_finds_who_was_entered_twice_and_says_why(house: House) -> None:
    first, second = twice(house)
    register(house, head(person(identity("Nadie", "Conocida"))))

    found = search(house)

    (mother, mother_too), (luz, luz_too) = zip(numbers(first), numbers(second), strict=True)
    assert set(pairs(found)) == {(mother, mother_too), (luz, luz_too)}
    assert (found.people, found.remembered, found.left_out) == (5, 0, 0)
    best = found.found[0]
    told = {(reason.trait, reason.alike) for reason in best.reasons}
    assert {(Trait.NAME, Alike.SAME_SOUND), (Trait.BIRTH, Alike.SAME), (Trait.PLACE, Alike.COMMUNITY)} <= told
    assert best.score == min(10_000, sum(reason.points for reason in best.reasons))


def test_a_proposal_is_worked_out_again_and_remembered_for_good(house: House) -> None:
    first, second = twice(house)
    found = pairs(search(house))

    assert put_up(house, *found) == LikelyDuplicatesProposed(proposed=2, known=0)
    assert put_up(house, *found, found[0][::-1]) == LikelyDuplicatesProposed(proposed=0, known=2)
    again = search(house)
    assert (again.found, again.remembered) == ((), 2)
    decide(house, found[0], DIFFERENT)
    decide(house, found[1], LATER)
    assert waiting(house) == [found[1]]
    again = search(house)
    assert (again.found, again.remembered) == ((), 2)
    with house.work("manager") as work:
        kept = {pair.numbers: pair for pair in list_likely_duplicates(work, only_waiting=False)}
    assert {pair.method for pair in kept.values()} == {METHOD}
    assert {pair.state for pair in kept.values()} == {"different_people", "put_off"}
    assert numbers(first)[0] in kept[found[0]].numbers or numbers(second)[0] in kept[found[0]].numbers


def test_somebody_may_propose_a_pair_that_no_search_finds(house: House) -> None:
    first = register(house)
    second = register(house, head(person(identity("Nadie", "Conocida"))))

    assert put_up(house, (numbers(second)[0], numbers(first)[0])).proposed == 1
    assert waiting(house) == [(numbers(first)[0], numbers(second)[0])]
    with pytest.raises(Refused) as caught:
        put_up(house, (numbers(first)[0], numbers(first)[0]))
    assert caught.value.codes == ("likeness_self",)
    with pytest.raises(NotFound):
        put_up(house, (numbers(first)[0], "PT-2026-0999"))


def test_another_hand_decides_and_says_which_number_leads(house: House) -> None:
    first = register(house)
    second = register(house, actor="protection")
    pair = (numbers(first)[0], numbers(second)[0])

    with pytest.raises(NotFound):
        decide(house, pair, DIFFERENT)
    put_up(house, pair, actor="protection")
    with pytest.raises(NotAllowed):
        decide(house, pair, DIFFERENT, actor="expert")
    assert refused(house, pair, SAME, pair[0], actor="protection") == ("likeness_own_decision",)
    assert refused(house, pair, SAME, actor="manager") == ("likeness_leads_missing",)
    assert refused(house, pair, DIFFERENT, pair[0], actor="manager") == ("likeness_leads_not_expected",)
    decide(house, pair, DIFFERENT)
    assert refused(house, pair, DIFFERENT, actor="director") == ("likeness_stands",)


def test_a_merged_record_keeps_what_it_was_and_nothing_new_begins_under_it(house: House) -> None:
    first, second = twice(house)
    mother, luz = zip(numbers(first), numbers(second), strict=True)
    put_up(house, mother, luz)
    child_decided = decide(house, luz, SAME, luz[0])
    decided = decide(house, mother[::-1], SAME, mother[0])

    assert (child_decided.stay, child_decided.is_household_merged) == ((mother[1],), False)
    assert (decided.household, decided.is_household_merged) == (second.household, True)
    with house.work("manager") as work:
        told = leading_numbers(
            work.reader(), work.programme.id, [*mother, *luz, first.household, second.household]
        )
        shown = show_household(work, second.household)
    assert told == {mother[1]: mother[0], luz[1]: luz[0], second.household: first.household}
    assert (shown.state, shown.members) == ("left", ())
    for attempt in (
        lambda work: correct_identity(
            work, CorrectIdentity(key=key(), participant=mother[1], identity=identity())
        ),
        lambda work: change_participation(
            work, ChangeParticipation(key=key(), participant=mother[1], state="identified")
        ),
        lambda work: add_member(
            work,
            AddMember(
                key=key(), household=first.household, relationship=Relationship.CHILD, participant=mother[1]
            ),
        ),
    ):
        with house.work("field") as work, pytest.raises(Refused) as caught:
            attempt(work)
        assert caught.value.codes == ("person_merged",)
        assert caught.value.refusals[0].facts["leads"] == mother[0]
    with house.work("field") as work, pytest.raises(Refused) as caught:
        change_household(work, ChangeHousehold(key=key(), household=second.household, state="active"))
    assert caught.value.codes == ("household_merged",)


def test_a_participation_of_the_merged_record_ends_as_a_duplicate(house: House) -> None:
    first, second = twice(house)
    mother = (numbers(first)[0], numbers(second)[0])
    put_up(house, mother)
    decide(house, mother, SAME, mother[0], new_head=numbers(second)[1])

    with house.engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT p.number, s.state, s.reason FROM sf_participation s"
                " JOIN sf_participant p ON p.id = s.participant_id ORDER BY p.number"
            )
        ).all()
    assert [tuple(row) for row in rows] == [
        (mother[0], "identified", None),
        (mother[1], "exited", "excluded_duplicate"),
    ]


def test_a_head_who_leaves_others_names_the_next_one(house: House) -> None:
    first, second = twice(house)
    mother = (numbers(first)[0], numbers(second)[0])
    put_up(house, mother)

    assert refused(house, mother, SAME, mother[0], actor="manager") == ("head_leaves_others",)
    decided = decide(house, mother, SAME, mother[0], new_head=numbers(second)[1])
    assert (decided.stay, decided.is_household_merged) == ((numbers(second)[1],), False)


def test_of_two_records_in_one_household_the_one_that_leads_takes_the_place(house: House) -> None:
    home = register(house, head(), child(person(identity("Rosa", "Prueba Cuasi"))))
    pair = numbers(home)
    put_up(house, *pairs(search(house)))
    decided = decide(house, pair, SAME, pair[1])

    assert (decided.household, decided.stay, decided.is_household_merged) == (
        home.household,
        (pair[1],),
        False,
    )
    with house.work("manager") as work:
        (member,) = show_household(work, home.household).members
    assert (member.name.number, member.relationship) == (pair[1], Relationship.HEAD)


def test_a_further_decision_parts_them_again_and_both_stay_on_record(house: House) -> None:
    first, second = twice(house)
    mother, luz = zip(numbers(first), numbers(second), strict=True)
    put_up(house, mother, luz)
    decide(house, luz, SAME, luz[0])
    decide(house, mother, SAME, mother[0])
    house.clock.advance(timedelta(days=3))
    parted = decide(house, mother, DIFFERENT, actor="director")

    assert parted.household == second.household
    with house.work("manager") as work:
        assert leading_numbers(work.reader(), work.programme.id, [mother[1], second.household]) == {}
        shown = show_household(work, second.household)
        (kept,) = [
            pair for pair in list_likely_duplicates(work, only_waiting=False) if pair.numbers == mother
        ]
        steps = likely_steps(work.reader(), [kept.id])[kept.id]
    assert (shown.state, [one.name.number for one in shown.members]) == ("active", [mother[1]])
    assert [step.decision for step in steps] == ["same_person", "different_people"]
    turned = decide(house, mother, SAME, mother[1], new_head=luz[0])
    assert (turned.household, turned.stay) == (first.household, (luz[0],))


def test_three_records_of_one_person_lead_to_one_number(house: House) -> None:
    homes = [register(house) for _ in range(3)]
    one, two, three = (numbers(home)[0] for home in homes)
    put_up(house, (two, three))
    decide(house, (two, three), SAME, two)

    assert pairs(search(house)) == [(one, two)]
    put_up(house, (one, two), (one, three))
    decide(house, (one, two), SAME, one)
    assert refused(house, (one, three), SAME, one, actor="manager") == ("person_merged",)
    assert waiting(house) == []
    with house.work("manager") as work:
        reader = work.reader()
        assert leading_numbers(reader, work.programme.id, [two, three]) == {two: one, three: one}
        assert leading_numbers(reader, work.programme.id, [home.household for home in homes]) == {
            homes[1].household: homes[0].household,
            homes[2].household: homes[0].household,
        }
        ids = [home.members[0].participant_id for home in homes]
        assert set(same_people(reader, ids[2:])) == set(ids)


def test_who_was_told_apart_from_a_record_is_told_apart_from_the_one_that_leads_it(house: House) -> None:
    one, two, three = (numbers(register(house))[0] for _ in range(3))
    put_up(house, (one, two), (two, three))
    decide(house, (two, three), DIFFERENT)
    decide(house, (one, two), SAME, one)

    assert search(house).found == ()


def test_a_restricted_person_is_in_no_search_list_or_count_of_others(house: House) -> None:
    open_one = register(house)
    hidden = register(house, head(person(is_restricted=True)), actor="protection")
    pair = (numbers(open_one)[0], numbers(hidden)[0])

    mine, theirs = search(house), search(house, "protection")
    assert (mine.found, mine.people, mine.remembered) == ((), 1, 0)
    assert (pairs(theirs), theirs.people) == ([pair], 2)
    with pytest.raises(NotFound):
        put_up(house, pair, actor="manager")
    put_up(house, pair, actor="protection")
    assert (waiting(house), waiting(house, "director")) == ([], [pair])
    with pytest.raises(NotFound):
        put_up(house, pair, actor="manager")
    with pytest.raises(NotFound):
        decide(house, pair, DIFFERENT, actor="manager")
    again = search(house)
    assert (again.found, again.people, again.remembered) == ((), 1, 0)


def test_whom_one_record_protects_the_other_does_not_betray(house: House) -> None:
    open_one, other = register(house), register(house)
    pair = (numbers(open_one)[0], numbers(other)[0])
    put_up(house, pair)
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=pair[1]))
    assert waiting(house) == []
    decide(house, pair, SAME, pair[0], actor="director")

    with house.engine.connect() as connection:
        assert (
            connection.execute(sa.text("SELECT count(*) FROM sf_participant WHERE is_restricted")).scalar()
            == 2
        )


def test_no_name_is_written_by_a_search_or_a_proposal(house: House) -> None:
    twice(house)
    put_up(house, *pairs(search(house)))

    with house.engine.connect() as connection:
        texts = connection.execute(sa.text("SELECT reasons FROM sf_likely_pair")).scalars().all()
    assert all("prue" not in text.casefold() and "ro" not in text.split('"')[1] for text in texts)
    assert texts


def test_an_alias_finds_a_person_too(house: House) -> None:
    first = register(house, head(person(Identity(alias=Secret("Doña Chela Prueba")))))
    second = register(house, head(person(identity("Chela", "Prueba"))))

    assert pairs(search(house)) == [(numbers(first)[0], numbers(second)[0])]
