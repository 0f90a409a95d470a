"""Registering households: few fields at the door, one head, nobody in two households, refusals by member."""

from datetime import date

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.queries import (
    household_by_number,
    household_facts,
    missing_fields,
    names_of,
    participant_facts,
)
from seedfund.people.rules import (
    AgeSource,
    Birth,
    DocumentEntry,
    DocumentKind,
    GroupRule,
    Identity,
    PersonField,
    PopulationGroup,
    Relationship,
    Step,
)
from seedfund.people.service import (
    AddMember,
    ChangeHousehold,
    EndMembership,
    MemberAdded,
    add_member,
    change_household,
    end_membership,
    register_household,
)
from tests.people.samples import child, document, head, identity, key, person, register, registering
from tests.support.programme import House


def test_a_household_is_registered_with_its_members_in_the_order_given(house: House) -> None:
    niece = person(identity("Luz", "Prueba"), birth=Birth(AgeSource.ESTIMATED, born_in=2017))
    found = register(house, head(), child(niece, Relationship.NEPHEW_OR_NIECE))

    assert found.household == "HH-2026-0001"
    assert [member.participant for member in found.members] == ["PT-2026-0001", "PT-2026-0002"]
    with house.work("field") as work:
        facts = household_facts(work.reader(), [found.household_id])[found.household_id]
    assert facts.head is not None
    assert facts.head.number == "PT-2026-0001"
    assert [member.relationship for member in facts.members] == ["head", "nephew_or_niece"]
    numbers = facts.composition(date(2026, 1, 5))
    assert (numbers.size, numbers.dependants, numbers.dependants_not_own) == (2, 1, 1)


def test_the_same_registration_twice_is_one_household(house: House) -> None:
    command = registering()
    with house.work("field") as work:
        first = register_household(work, command)
    with house.work("field") as work:
        second = register_household(work, command)

    assert first == second
    with house.work("field") as work, pytest.raises(NotFound):
        household_by_number(work.reader(), work.programme.id, "HH-2026-0002")


def test_every_reason_against_a_household_is_given_at_once_and_member_by_member(house: House) -> None:
    nameless = child(person(Identity(), birth=None))
    with pytest.raises(Refused) as caught:
        register(house, nameless)

    assert caught.value.codes == ("household_without_head", "member_field_needed", "member_field_needed")
    assert [refusal.facts.get("field") for refusal in caught.value.refusals[1:]] == ["name_or_alias", "birth"]


def test_an_alias_alone_opens_the_door(house: House) -> None:
    found = register(house, head(person(Identity(alias=Secret("Doña Ejemplo")))))

    with house.work("field") as work:
        needed = missing_fields(work.reader(), [found.members[0].participant_id], Step.SIGN)
    assert [refusal.facts["field"] for refusal in needed[found.members[0].participant_id]] == [
        "full_name",
        "identity_document",
        "language",
    ]


def test_a_document_of_the_kind_none_fills_the_field_and_a_payee_in_cash_may_be_known_above(
    house: House,
) -> None:
    found = register(house, head(person(identity(), DocumentEntry(kind=DocumentKind.NONE))))
    who = found.members[0].participant_id

    with house.work("field") as work:
        facts = participant_facts(work.reader(), [who])[who]
        needed = missing_fields(work.reader(), [who], Step.PAY, known=[PersonField.PAYEE])[who]
    assert PersonField.IDENTITY_DOCUMENT in facts.filled
    assert [refusal.facts["field"] for refusal in needed] == ["language", "contact"]


@pytest.mark.parametrize(
    ("country", "locality", "field"),
    [("ec", "EC0401", "country"), ("ECU", "EC0401", "country"), ("EC", "x" * 31, "locality")],
)
def test_a_place_that_cannot_be_kept_is_named_as_input(
    house: House, country: str, locality: str, field: str
) -> None:
    command = registering()
    wrong = type(command)(key=key(), country=country, locality=locality, members=command.members)
    with pytest.raises(InvalidInput) as caught, house.work("field") as work:
        register_household(work, wrong)

    assert caught.value.field == field


def test_finance_does_not_register_households(house: House) -> None:
    with pytest.raises(NotAllowed, match="field_officer"):
        register(house, actor="finance")


def test_an_unusual_number_is_warned_about_stored_and_never_blocked(house: House) -> None:
    found = register(house, head(person(identity(), document("1710034066"))))

    assert [warning.code for warning in found.members[0].warnings] == ["document_doubtful"]


def test_marks_that_hide_in_a_name_are_warned_about(house: House) -> None:
    found = register(house, head(person(identity("Ro\u202esa", "Prueba"))))

    assert [warning.code for warning in found.members[0].warnings] == ["name_has_hidden_marks"]


def test_a_household_of_two_groups_is_counted_by_the_rule_asked_for(house: House) -> None:
    wife = head(person(group=PopulationGroup.HOST))
    husband = child(
        person(identity("Juan", "Prueba"), group=PopulationGroup.REFUGEE), Relationship.SPOUSE_OR_PARTNER
    )
    found = register(house, wife, husband)

    with house.work("field") as work:
        reader = work.reader()
        by_head = household_facts(reader, [found.household_id])[found.household_id].group
        by_any = household_facts(reader, [found.household_id], rule=GroupRule.ANY_DISPLACED)[
            found.household_id
        ].group
    assert by_head is not None
    assert by_any is not None
    assert (by_head.group, by_head.is_mixed) == (PopulationGroup.HOST, True)
    assert by_any.group == PopulationGroup.REFUGEE


def joining(household: str, participant: str) -> AddMember:
    return AddMember(
        key=key(), household=household, relationship=Relationship.SIBLING, participant=participant
    )


def test_a_person_is_in_one_household_at_a_time_and_moves_by_leaving_first(house: House) -> None:
    first = register(house, head(), child(person(identity("Luz", "Prueba"))))
    second = register(house, head(person(identity("Ana", "Ensayo"))))
    moving = first.members[1].participant
    with pytest.raises(Refused) as caught, house.work("field") as work:
        add_member(work, joining(second.household, moving))
    assert caught.value.codes == ("person_in_a_household",)

    with house.work("field") as work:
        end_membership(work, EndMembership(key=key(), household=first.household, participant=moving))
        moved = add_member(work, joining(second.household, moving))
        facts = household_facts(work.reader(), [second.household_id])[second.household_id]

    assert moved == MemberAdded(
        household=second.household,
        participant=moving,
        participant_id=first.members[1].participant_id,
        warnings=(),
        duplicates=(),
    )
    assert [member.participant.number for member in facts.members] == [moving, "PT-2026-0003"]


def test_a_head_who_leaves_others_names_the_next_one(house: House) -> None:
    home = register(house, head(), child(person(identity("Luz", "Prueba")), Relationship.SPOUSE_OR_PARTNER))
    leaving, staying = (member.participant for member in home.members)
    attempts = {
        None: ("head_leaves_others",),
        leaving: ("new_head_not_a_member",),
    }
    for new_head, codes in attempts.items():
        command = EndMembership(key=key(), household=home.household, participant=leaving, new_head=new_head)
        with pytest.raises(Refused) as caught, house.work("field") as work:
            end_membership(work, command)
        assert caught.value.codes == codes

    with house.work("field") as work:
        command = EndMembership(key=key(), household=home.household, participant=leaving, new_head=staying)
        ended = end_membership(work, command)
        facts = household_facts(work.reader(), [home.household_id])[home.household_id]
    assert ended.members == (staying,)
    assert facts.head is not None
    assert facts.head.number == staying


def test_leaving_is_refused_for_a_stranger_a_child_with_a_new_head_and_a_day_too_early(house: House) -> None:
    home = register(house, head(), child(person(identity("Luz", "Prueba"))))
    other = register(house, head(person(identity("Ana", "Ensayo"))))
    young, stranger = home.members[1].participant, other.members[0].participant
    refused = []
    for command in (
        EndMembership(key=key(), household=home.household, participant=stranger),
        EndMembership(key=key(), household=home.household, participant=young, new_head=young),
        EndMembership(key=key(), household=home.household, participant=young, occurred_on=date(2026, 1, 1)),
    ):
        with pytest.raises(Refused) as caught, house.work("field") as work:
            end_membership(work, command)
        refused.append(caught.value.codes)

    assert refused == [("person_not_a_member",), ("head_not_to_name",), ("leaves_before_joining",)]


def test_a_household_that_left_takes_nobody_in_and_a_second_head_is_refused(house: House) -> None:
    home = register(house)
    with house.work("field") as work:
        change_household(work, ChangeHousehold(key=key(), household=home.household, state="left"))
    command = AddMember(
        key=key(),
        household=home.household,
        relationship=Relationship.HEAD,
        person=person(identity("Ana", "B")),
    )
    with pytest.raises(Refused) as caught, house.work("field") as work:
        add_member(work, command)

    assert caught.value.codes == ("household_not_active", "head_already_named")


def test_a_state_that_does_not_exist_and_a_step_back_to_itself_do_nothing(house: House) -> None:
    home = register(house)
    with pytest.raises(InvalidInput, match="active or left or closed"), house.work("field") as work:
        change_household(work, ChangeHousehold(key=key(), household=home.household, state="gone"))
    with house.work("field") as work:
        changed = change_household(work, ChangeHousehold(key=key(), household=home.household, phase="2"))

    assert changed.state == "active"


def test_the_database_itself_refuses_a_second_head_and_a_second_household(house: House) -> None:
    home = register(house, head(), child(person(identity("Luz", "Prueba"))))
    attacks = (
        "UPDATE sf_household_member SET relationship = 'head'",
        "INSERT INTO sf_household_member (id, household_id, participant_id, relationship, is_dependant, from_day) "
        f"SELECT '{'0' * 31}1', household_id, participant_id, 'sibling', is_dependant, from_day "
        "FROM sf_household_member WHERE relationship = 'child'",
    )
    for attack in attacks:
        with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
            connection.exec_driver_sql(attack)
    assert len(home.members) == 2


def test_a_name_typed_where_a_number_belongs_is_not_repeated_in_the_error(house: House) -> None:
    with pytest.raises(InvalidInput) as caught, house.work("field") as work:
        household_by_number(work.reader(), work.programme.id, "Rosa Elvira Prueba")

    assert "Rosa" not in str(caught.value)


def test_facts_of_a_person_in_no_household_and_names_of_nobody(house: House) -> None:
    home = register(house)
    who = home.members[0]
    with house.work("field") as work:
        end_membership(work, EndMembership(key=key(), household=home.household, participant=who.participant))
        facts = participant_facts(work.reader(), [who.participant_id])[who.participant_id]
        empty = household_facts(work.reader(), [home.household_id])[home.household_id]
        assert names_of(work, []) == {}

    assert (facts.household, facts.participation) == (None, "identified")
    assert (empty.members, empty.head, empty.group) == ((), None, None)
