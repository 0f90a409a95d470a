"""A tranche that waits for the children's school says how many of how many are enrolled, and never who."""

from dataclasses import replace
from datetime import date

import pytest

from seedfund.grants.queries.why import TrancheExplained
from seedfund.grants.rules.conditions import ChildrenEnrolled, condition_from_plain, condition_to_plain
from seedfund.grants.rules.evaluation import evaluate
from seedfund.grants.rules.facts import ConditionFacts, HouseholdChild, PaidBefore, SchoolTerm
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import sentence
from seedfund.kernel.money import zero
from seedfund.people.rules import Birth
from seedfund.people.service import AddMember, add_member
from seedfund.schooling.rules import LeftSchoolFor
from tests.grants.asking import WAITING, granted, why
from tests.schooling.pupils import TERM, born, enrolled, pupil, step
from tests.support.grants import TODAY, Home, key
from tests.support.programme import House


def joined(house: House, owner: Home, birth: Birth, *, is_restricted: bool = False) -> str:
    """A child that joins the household of the grant."""
    entry = pupil(birth, is_restricted=is_restricted)
    command = AddMember(
        key=key(),
        household=owner.household,
        relationship=entry.relationship,
        person=entry.person,
        is_dependant=True,
    )
    with house.work("protection") as work:
        return add_member(work, command).participant


def missing(house: House, grant: str) -> tuple[str, dict[str, str], str]:
    """What the tranche waits for: code, facts, and the Spanish sentence."""
    refusal = why(house, grant).missing[0].missing
    assert refusal is not None
    return refusal.code, dict(refusal.facts), sentence(refusal, "es")


def test_a_tranche_says_how_many_of_how_many_children_are_enrolled(house: House) -> None:
    grant, owner = granted(house, ChildrenEnrolled(TERM))
    children = [joined(house, owner, born(year)) for year in (2010, 2014, 2017)]
    joined(house, owner, born(2024))
    for one in children[:2]:
        enrolled(house, one)

    code, facts, told = missing(house, grant)

    assert code == "children_not_enrolled"
    assert facts == {"enrolled": "2", "children": "3", "term": TERM}
    assert told == f"2 de 3 niñas, niños y adolescentes con matrícula ({TERM}); se necesita la de todos."
    enrolled(house, children[2])
    finding = why(house, grant).findings[WAITING]
    assert finding.holds
    assert (finding.evidence, finding.evaluator) == ("3/3", "schools")


def test_fewer_than_all_suffice_where_the_agreement_says_so(house: House) -> None:
    grant, owner = granted(house, ChildrenEnrolled(TERM, least=2))
    children = [joined(house, owner, born(year)) for year in (2010, 2014, 2017)]
    enrolled(house, children[0])

    code, facts, _ = missing(house, grant)

    assert code == "too_few_children_enrolled"
    assert (facts["enrolled"], facts["children"], facts["needed"]) == ("1", "3", "2")
    enrolled(house, children[1])
    assert why(house, grant).findings[WAITING].holds


def test_without_a_name_the_term_that_runs_is_meant(house: House) -> None:
    grant, owner = granted(house, ChildrenEnrolled())
    child = joined(house, owner, born(2014))
    enrolled(house, child, term="2024-2025", starts_on=date(2024, 9, 1), ends_on=date(2025, 6, 30))

    assert missing(house, grant)[0] == "children_not_enrolled"
    enrolled(house, child)
    assert why(house, grant).findings[WAITING].holds


def test_a_child_that_left_or_whose_paper_nobody_saw_is_not_enrolled(house: House) -> None:
    grant, owner = granted(house, ChildrenEnrolled(TERM))
    number = enrolled(house, joined(house, owner, born(2014))).number
    assert why(house, grant).findings[WAITING].holds

    step(house, number, "left", reason=LeftSchoolFor.WORK)

    assert missing(house, grant)[1]["enrolled"] == "0"


def test_a_household_without_children_of_school_age_waits_for_a_decision(house: House) -> None:
    grant, owner = granted(house, ChildrenEnrolled(TERM))
    joined(house, owner, born(2024))

    assert missing(house, grant)[0] == "no_child_of_school_age"


def test_a_member_whose_age_nobody_knows_may_be_a_child() -> None:
    term = SchoolTerm(ref="ED-1", name=TERM, starts_on=TODAY, ends_on=TODAY)
    members = (HouseholdChild(age=35), HouseholdChild(age=11, terms=(term,)), HouseholdChild(age=None))
    nothing = zero("USD")
    facts = ConditionFacts(
        on=TODAY,
        awarded_on=TODAY,
        paid_before=PaidBefore(disbursed=nothing, justified=nothing, returned=nothing),
        children=members,
    )

    gap = evaluate(ChildrenEnrolled(TERM), facts).missing

    assert gap is not None
    assert (gap.code, gap.facts["unknown"]) == ("children_age_unknown", "1")
    assert evaluate(ChildrenEnrolled(TERM, least=1), facts).holds
    assert evaluate(ChildrenEnrolled(TERM), replace(facts, children=members[:2])).evidence == "1/1"


def test_a_restricted_child_counts_and_is_not_named(house: House) -> None:
    grant, owner = granted(house, ChildrenEnrolled(TERM))
    child = joined(house, owner, born(2014), is_restricted=True)
    assert missing(house, grant)[1]["children"] == "1"

    enrolled(house, child, by="protection")

    found: TrancheExplained = why(house, grant)
    assert found.findings[WAITING].evidence == "1/1"


def test_the_condition_survives_its_plain_form_and_says_what_it_asks() -> None:
    asked = ChildrenEnrolled(TERM, least=2, age_from=6, age_to=15)

    assert condition_from_plain(condition_to_plain(asked)) == asked
    assert str(asked.phrase()) == (
        "2 or more children of 6 to 15 years of the household are enrolled in school (2025-2026)."
    )


@pytest.mark.parametrize("ages", [(-1, 10), (10, 9), (5, 18)])
def test_school_age_ends_before_eighteen(ages: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="age_from"):
        ChildrenEnrolled(age_from=ages[0], age_to=ages[1])
    with pytest.raises(InvalidInput, match="least"):
        ChildrenEnrolled(least=-1)
