"""Awards: money is set aside once, for one owner, out of lines that may pay it, on a basis that holds."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from seedfund.funds.queries import budget_line
from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.rules.words import BenefitUnit
from seedfund.grants.queries.agreements import agreements_of
from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.grants.rules.words import EndReason, OwnerKind
from seedfund.grants.service import award_grant, commit_award, decline_award
from seedfund.grants.service.awards import AwardGrant, DeclineAward, GrantAwarded
from seedfund.grants.service.lists import CommitAward
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.people.rules import PopulationGroup, Sex
from seedfund.people.service import EndMembership, end_membership
from seedfund.plans.service import WithdrawPlan, withdraw_plan
from seedfund.store.work import run
from tests.funds.support import benefit
from tests.people.samples import child, head, identity, person, register
from tests.support.benefits import SEED
from tests.support.grants import (
    SHA,
    Home,
    approved_plan,
    awarded,
    awarded_on_plan,
    awarding,
    drafted,
    eligible,
    home,
    key,
    lines,
    may_receive,
    prepared,
    referring,
    transferred,
    usd,
)
from tests.support.programme import CODE, RING, House


def read(house: House, number: str) -> GrantRow:
    with house.work("manager") as work:
        return grant_by_number(work.reader(), work.programme.id, number)


def available(house: House, line: str = "A1") -> Money:
    with house.work("finance") as work:
        return budget_line(work.reader(), work.programme.id, "UNHCR", line).available


def refused(house: House, command: AwardGrant) -> tuple[str, ...]:
    with house.work("manager") as work, pytest.raises(Refused) as caught:
        award_grant(work, command)
    return caught.value.codes


def kits(house: House) -> None:
    """A benefit of persons, one in 18 months."""
    benefit(house, "kit", replace(SEED, unit=BenefitUnit.PERSON, purpose="tools"), series="KT")
    eligible(house, "kit", Eligible(population_group="refugee", fund="UNHCR"))


def kit(owner: Home) -> AwardGrant:
    """A kit for one person."""
    return replace(
        referring(owner, usd(50)),
        benefit="kit",
        owner_kind=OwnerKind.PERSON,
        participant=owner.head,
        household="",
    )


def test_an_award_on_a_committees_decision_takes_its_owner_plan_and_group(house: House) -> None:
    prepared(house)
    owner = home(house)
    result = awarded_on_plan(house, owner)

    grant = read(house, result.number)
    expected = GrantAwarded(
        number="SC-2026-0001", awarded=usd(500), population_group="refugee", entry=result.entry
    )
    assert result == expected
    assert (grant.state, grant.owner_kind, grant.basis_ref) == ("awarded", "household", "BP-2026-0001")
    assert grant.plan_version_id is not None


def test_awarded_money_leaves_what_the_line_has_available(house: House) -> None:
    prepared(house)
    awarded(house, None, usd(300), usd(200))

    assert (available(house, "A1"), available(house, "A2")) == (usd(2_700), usd(2_800))


def test_nobody_awards_more_than_a_line_has_left(house: House) -> None:
    prepared(house, allotted=400)

    assert refused(house, referring(home(house))) == ("available_too_low",)
    assert available(house) == usd(400)


def test_a_decision_is_awarded_once_and_for_its_own_amount(house: House) -> None:
    prepared(house)
    plan = approved_plan(house, home(house))
    assert refused(house, awarding(plan, usd(499))) == ("award_not_as_decided",)
    with house.work("secretary") as work:
        award_grant(work, awarding(plan))

    assert refused(house, awarding(plan))[0] == "basis_awarded_already"


def test_a_plan_its_owner_took_back_is_not_awarded(house: House) -> None:
    prepared(house)
    plan = approved_plan(house, home(house))
    with house.work("expert") as work:
        withdraw_plan(work, WithdrawPlan(key=key(), number=plan, reason="moves to another city"))

    assert refused(house, awarding(plan)) == ("plan_not_approved",)


def test_a_decision_is_awarded_from_its_own_line(house: House) -> None:
    prepared(house)
    plan = approved_plan(house, home(house))
    other = replace(lines(usd(500))[0], line="A2")

    assert refused(house, replace(awarding(plan), parts=(other,))) == ("award_other_line",)
    assert refused(house, awarding(plan, usd(300), usd(200))) == ("award_other_line",)


def test_a_plan_without_a_decision_is_not_awarded(house: House) -> None:
    prepared(house)

    with house.work("secretary") as work, pytest.raises(NotFound, match="committee decision"):
        award_grant(work, awarding("BP-2026-0099"))


def test_an_award_never_comes_before_the_decision(house: House) -> None:
    prepared(house)
    house.clock.advance(timedelta(days=4))
    plan = approved_plan(house, home(house))
    early = replace(awarding(plan), occurred_on=house.clock.now().date() - timedelta(days=2))

    assert "award_before_decision" in refused(house, early)


@pytest.mark.parametrize(
    ("codes", "change"),
    [
        (("award_amount",), {"parts": ()}),
        (("award_amount",), {"parts": lines(usd(0))}),
        (("line_twice",), {"parts": lines(usd(1)) * 2}),
        (("award_currencies",), {"parts": lines(usd(1), Money(1, "EUR"))}),
        (("basis_paper_missing",), {"basis_sha256": ""}),
    ],
)
def test_an_award_that_says_too_little_is_refused(
    house: House, codes: tuple[str, ...], change: dict[str, object]
) -> None:
    prepared(house)
    command = replace(referring(home(house)), **change)  # type: ignore[arg-type] # the fields of the command

    assert refused(house, command) == codes


def test_every_reason_against_a_line_is_told_at_once(house: House) -> None:
    prepared(house)
    charges = replace(lines(usd(100))[0], line="CH")

    codes = refused(house, replace(referring(home(house)), benefit="transfer", parts=(charges,)))

    assert codes == ("basis_kind", "line_not_for")


def test_a_fund_pays_only_the_groups_it_is_for(house: House) -> None:
    prepared(house)
    owner = home(house)
    house.clock.advance(timedelta(days=1))
    eligible(house, "seed", Eligible(population_group="refugee", payer="MIES"))

    assert refused(house, referring(owner)) == ("fund_not_eligible",)


def test_a_household_is_awarded_one_seed_grant_a_period(house: House) -> None:
    prepared(house)
    owner = home(house)
    awarded(house, owner)

    assert refused(house, referring(owner)) == ("one_per_household_and_period",)


def test_another_purpose_stands_beside_a_seed_grant_and_its_like_does_not(house: House) -> None:
    prepared(house)
    owner = home(house)
    awarded(house, owner)
    transferred(house, owner)

    with pytest.raises(Refused) as caught:
        transferred(house, owner)

    assert caught.value.codes == ("double_support",)


def test_a_declined_award_gives_its_money_back_and_frees_the_household(house: House) -> None:
    prepared(house)
    owner = home(house)
    first = awarded(house, owner)
    with house.work("manager") as work:
        moved = decline_award(work, DeclineAward(key=key(), grant=first.number, reason=EndReason.DECLINED))

    assert (moved.state, available(house)) == ("declined", usd(3_000))
    assert awarded(house, owner).number == "SC-2026-0002"


def test_a_reason_of_another_step_does_not_decline_an_award(house: House) -> None:
    prepared(house)
    grant = awarded(house).number

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        decline_award(work, DeclineAward(key=key(), grant=grant, reason=EndReason.BREACH))

    assert caught.value.codes == ("end_reason_not_for",)


def test_a_benefit_of_households_is_not_awarded_to_a_group(house: House) -> None:
    prepared(house)
    owner = home(house)
    command = replace(
        referring(owner), owner_kind=OwnerKind.GROUP, owner_name="Asociación Ejemplo", participant=owner.head
    )

    assert refused(house, command) == ("owner_kind",)


def test_a_member_may_own_what_is_counted_by_household(house: House) -> None:
    prepared(house)
    owner = home(house)
    mine = replace(referring(owner), owner_kind=OwnerKind.PERSON, participant=owner.head, household="")
    with house.work("manager") as work:
        grant = award_grant(work, mine).number

    assert read(house, grant).owner_kind == "person"
    assert refused(house, referring(owner)) == ("one_per_household_and_period",)


def test_a_benefit_of_persons_is_counted_by_person(house: House) -> None:
    prepared(house)
    kits(house)
    niece = child(person(identity("Inés", "Prueba"), sex=Sex.FEMALE))
    found = register(house, head(), replace(niece, participates=True))
    for member in found.members:
        may_receive(house, member.participant)
    commands = [kit(Home(found.household, member.participant)) for member in found.members]
    with house.work("manager") as work:
        numbers = [award_grant(work, command).number for command in commands]

    assert numbers == ["KT-2026-0001", "KT-2026-0002"]
    assert refused(house, replace(commands[0], key=key())) == ("one_per_household_and_period",)


def test_a_declined_award_takes_its_draft_with_it(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = awarded(house, owner).number
    drafted(house, grant)
    with house.work("manager") as work:
        decline_award(work, DeclineAward(key=key(), grant=grant))
        found = grant_by_number(work.reader(), work.programme.id, grant)
        rows = agreements_of(work.reader(), [found.id])[found.id]

    assert [row.state for row in rows] == ["void"]


def test_an_award_says_whose_it_is(house: House) -> None:
    prepared(house)

    with house.work("manager") as work, pytest.raises(InvalidInput, match="household"):
        award_grant(work, referring(Home(household=" ", head="")))


def test_a_person_outside_every_household_gets_no_benefit_that_is_counted_by_household(house: House) -> None:
    prepared(house)
    owner = home(house)
    command = replace(referring(owner), owner_kind=OwnerKind.PERSON, participant=owner.head, household="")
    with house.work("field") as work:
        leaving = EndMembership(key=key(), household=owner.household, participant=owner.head)
        end_membership(work, leaving)

    assert refused(house, command) == ("household_needed",)


def test_a_household_whose_group_nobody_asked_for_is_not_awarded(house: House) -> None:
    prepared(house)
    found = register(house, head(person(group=PopulationGroup.NOT_COLLECTED)))
    owner = Home(found.household, found.members[0].participant)
    may_receive(house, owner.head)

    assert refused(house, referring(owner)) == ("population_group_unknown", "fund_not_eligible")


def test_a_benefit_with_an_agreement_is_not_committed_on_a_list(house: House) -> None:
    prepared(house)
    grant = awarded(house).number

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        commit_award(work, CommitAward(key=key(), grant=grant, list_sha256=SHA))

    assert caught.value.codes == ("agreement_needed",)


def test_two_awards_at_once_give_a_household_one_grant(house: House) -> None:
    prepared(house)
    owner = home(house)
    commands = [referring(owner) for _ in range(4)]

    def award(command: AwardGrant) -> str:
        try:
            return run(
                house.engine,
                lambda work: award_grant(work, command).number,
                actor="manager",
                programme=CODE,
                keyring=RING,
                clock=house.clock,
                ids=house.ids,
            )
        except Refused as error:
            return error.codes[0]

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(award, commands))

    assert results == ["SC-2026-0001", *["one_per_household_and_period"] * 3]
    assert available(house) == usd(2_500)
