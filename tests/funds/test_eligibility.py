"""Who pays what for whom is data under two persons: the two funders of the northern border, without code."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.funds.queries import (
    benefit_by_id,
    benefit_on,
    eligible_payers,
    list_benefits,
    list_eligibility,
)
from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.service import approve_eligibility, define_benefit_type, set_eligibility
from seedfund.funds.service.benefits import ApproveBenefitType, DefineBenefitType, approve_benefit_type
from seedfund.funds.service.eligibility import ApproveEligibility, SetEligibility
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from tests.funds.support import ENDS, SEED, TRANSFER, benefit, key, opened
from tests.support.programme import House

TODAY = date(2026, 1, 5)


def eligible(house: House, code: str, *rules: Eligible, from_day: date | None = None) -> None:
    with house.work("manager") as work:
        number = set_eligibility(
            work, SetEligibility(key=key(), benefit=code, rules=rules, from_day=from_day)
        ).number
    with house.work("director") as work:
        approve_eligibility(work, ApproveEligibility(key=key(), number=number))


def payers(house: House, group: str, code: str, day: date = TODAY) -> tuple[list[str], list[str]]:
    with house.work("expert") as work:
        found = eligible_payers(
            work.reader(), work.programme.id, population_group=group, benefit=code, day=day
        )
    return [fund.code for fund in found.funds], list(found.outside)


def northern_border(house: House) -> None:
    opened(house, "UNHCR")
    benefit(house, "cash_transfer", TRANSFER, series="TM")
    benefit(house, "seed_capital", SEED)
    eligible(
        house,
        "cash_transfer",
        Eligible(population_group="host", payer="MIES"),
        Eligible(population_group="refugee", fund="UNHCR"),
    )
    eligible(
        house,
        "seed_capital",
        Eligible(population_group="host", fund="UNHCR"),
        Eligible(population_group="refugee", fund="UNHCR"),
    )


@pytest.mark.parametrize(
    ("group", "code", "expected"),
    [
        ("host", "cash_transfer", ([], ["MIES"])),
        ("refugee", "cash_transfer", (["UNHCR"], [])),
        ("host", "seed_capital", (["UNHCR"], [])),
        ("refugee", "seed_capital", (["UNHCR"], [])),
        ("returnee", "seed_capital", ([], [])),
        ("host", "scholarship", ([], [])),
    ],
)
def test_one_ministry_pays_transfers_of_hosts_and_the_agency_all_else(
    house: House, group: str, code: str, expected: tuple[list[str], list[str]]
) -> None:
    northern_border(house)

    assert payers(house, group, code) == expected


def test_a_fund_outside_its_period_pays_nothing(house: House) -> None:
    northern_border(house)

    assert payers(house, "host", "seed_capital", ENDS - timedelta(days=1)) == (["UNHCR"], [])
    assert payers(house, "host", "seed_capital", ENDS) == ([], [])


def test_new_rules_take_the_place_of_the_old_ones_from_their_day_on(house: House) -> None:
    northern_border(house)
    opened(house, "EU")
    later = TODAY + timedelta(days=20)
    eligible(house, "seed_capital", Eligible(population_group="host", fund="EU"), from_day=later)

    assert payers(house, "host", "seed_capital", later - timedelta(days=1)) == (["UNHCR"], [])
    assert payers(house, "host", "seed_capital", later) == (["EU"], [])
    assert payers(house, "refugee", "seed_capital", later) == ([], [])
    assert payers(house, "refugee", "cash_transfer", later) == (["UNHCR"], [])
    eligible(house, "seed_capital", Eligible(population_group="host", fund="UNHCR"))
    assert payers(house, "host", "seed_capital", later) == (["UNHCR"], [])
    with house.work("auditor") as work:
        assert len(list_eligibility(work.reader(), work.programme.id)) == 6


def test_rules_need_a_second_person_a_known_benefit_and_known_funds(house: House) -> None:
    northern_border(house)
    rules = (Eligible(population_group="host", payer="MIES"),)
    with house.work("manager") as work:
        number = set_eligibility(work, SetEligibility(key=key(), benefit="seed_capital", rules=rules)).number
    with pytest.raises(Refused) as caught, house.work("Manager") as work:
        approve_eligibility(work, ApproveEligibility(key=key(), number=number))
    assert caught.value.codes == ("proposal_own",)

    for code, given in (("x", rules), ("seed_capital", (Eligible(population_group="host", fund="NONE"),))):
        with pytest.raises(NotFound), house.work("manager") as work:
            set_eligibility(work, SetEligibility(key=key(), benefit=code, rules=given))
    wrong = (Eligible(population_group="hosts"), Eligible(population_group="hosts"))
    with pytest.raises(Refused) as caught, house.work("manager") as work:
        set_eligibility(
            work,
            SetEligibility(
                key=key(), benefit="seed_capital", rules=wrong, from_day=TODAY - timedelta(days=1)
            ),
        )
    assert caught.value.codes == (
        "eligibility_payer",
        "eligibility_payer",
        "eligibility_group",
        "eligibility_group",
        "eligibility_twice",
        "proposal_backdated",
    )


def test_a_grant_keeps_the_version_of_its_benefit(house: House) -> None:
    benefit(house, "seed_capital", SEED)
    with house.work("expert") as work:
        first = benefit_on(work.reader(), work.programme.id, "seed_capital", TODAY)
    benefit(house, "seed_capital", replace(SEED, one_per_months=24))
    with house.work("expert") as work:
        reader, programme = work.reader(), work.programme.id
        second = benefit_on(reader, programme, "seed_capital", TODAY)
        kept = benefit_by_id(reader, first.id)
        with pytest.raises(NotFound, match="seed_capital"):
            benefit_on(reader, programme, "seed_capital", TODAY - timedelta(days=1))
        versions = [one.version for one in list_benefits(reader, programme)]

    assert (first.version, second.version, versions) == (1, 2, [1, 2])
    assert (kept.terms.one_per_months, second.terms.one_per_months) == (18, 24)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"code": "Seed Capital"}, "code"), ({"series": "AG"}, "series"), ({"series": "s"}, "series")],
)
def test_a_benefit_needs_a_code_and_a_series_of_its_own(
    house: House, change: dict[str, object], field: str
) -> None:
    good = DefineBenefitType(key=key(), code="seed_capital", series="SC", terms=SEED)
    with pytest.raises(InvalidInput) as caught, house.work("manager") as work:
        define_benefit_type(work, replace(good, **change))  # type: ignore[arg-type] # fields by name
    assert caught.value.field == field


def test_a_benefit_with_unusable_terms_is_refused_and_a_good_one_needs_two_persons(house: House) -> None:
    bad = DefineBenefitType(key=key(), code="x1", series="SC", terms=replace(SEED, methods=(), bases=()))
    with pytest.raises(Refused) as caught, house.work("manager") as work:
        define_benefit_type(work, bad)
    assert caught.value.codes == ("benefit_without_method", "benefit_without_basis")

    with house.work("manager") as work:
        number = define_benefit_type(work, replace(bad, key=key(), terms=SEED)).number
    with pytest.raises(Refused) as caught, house.work("manager") as work:
        approve_benefit_type(work, ApproveBenefitType(key=key(), number=number))
    assert caught.value.codes == ("proposal_own",)


ATTACKS = [
    "UPDATE sf_benefit_type SET terms = '{}'",
    "DELETE FROM sf_benefit_type",
    "UPDATE sf_eligibility_rule SET population_group = 'host' WHERE population_group = 'refugee'",
    "DELETE FROM sf_eligibility_rule",
    "UPDATE sf_fund SET currency = 'EUR'",
    "UPDATE sf_budget_line SET kind = 'charges'",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_sql_changes_no_rule_of_money(house: House, attack: str) -> None:
    northern_border(house)

    with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never"):
        connection.exec_driver_sql(attack)
