"""Grants to individuals as 360Giving has them: valid, telling the money exactly, and pointing at nobody."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.funds.rules.eligibility import Eligible
from seedfund.grants.service.awards import award_grant
from seedfund.interchange.exports.giving import GivingPublisher, Published, write_giving
from seedfund.interchange.exports.plainjson import plain_json
from seedfund.interchange.exports.tokens import Tokens
from seedfund.interchange.rules.publishing import (
    HARDSHIP,
    LIVELIHOOD,
    OPPORTUNITY,
    PURPOSES,
    check_organisation,
    purpose_code,
    reason_code,
)
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.money import Money
from tests.funds.support import benefit
from tests.interchange.exports.standards import codes_of, giving_faults
from tests.reports.story import Story
from tests.support.benefits import SEED
from tests.support.grants import GROUPS, awarded, eligible, home, referring, usd

PUBLISHER = GivingPublisher(prefix="360G-ejemplo", organisation="EC-RUC-1790000000001")


def published(
    story: Story, actor: str = "manager", publisher: GivingPublisher = PUBLISHER, **asked: Any
) -> tuple[Any, Published, str]:
    """The package, what was counted, and the text; amounts are read as exact decimals."""
    out = io.BytesIO()
    with story.house.work(actor) as work:
        counted = write_giving(work, out, publisher, **asked)
    text = out.getvalue().decode()
    return json.loads(text, parse_float=Decimal), counted, text


def refused(story: Story, publisher: GivingPublisher = PUBLISHER, **asked: Any) -> tuple[str, ...]:
    """The codes of what was refused."""
    with pytest.raises(Refused) as caught:
        published(story, publisher=publisher, **asked)
    return caught.value.codes


def test_a_package_is_valid_and_tells_the_amounts_to_the_cent(crowd: Story) -> None:
    package, counted, text = published(crowd)

    assert giving_faults(json.loads(text)) == []
    assert counted == Published(count=5, left_out=4)
    assert [one["amountAwarded"] for one in package["grants"]] == [Decimal("100.00")] * 5
    assert text.count('"amountAwarded": 100.00,') == 5
    assert {one["amountDisbursed"] for one in package["grants"]} == {Decimal("0.00")}


def test_titles_purpose_and_reason_are_those_of_every_such_grant(crowd: Story) -> None:
    package, _, _ = published(crowd, language="es")

    assert {one["title"] for one in package["grants"]} == {"Ayuda a una persona: empleo y trabajo"}
    assert {json.dumps(one["toIndividualsDetails"]) for one in package["grants"]} == {
        '{"primaryGrantReason": "GTIR070", "grantPurpose": ["GTIP140"]}'
    }
    assert {one["awardDate"] for one in package["grants"]} == {"2026-03-01"}
    assert {one["recipientIndividual"]["name"] for one in package["grants"]} == {"Persona beneficiaria"}


def test_nobody_of_the_books_can_be_found_in_what_is_published(crowd: Story) -> None:
    _, _, text = published(crowd)

    for told in ("SC-2026", "PT-2026", "HH-2026", "Rosa", "Prueba", "EJ0", "+593", "refugee", "Actor"):
        assert told not in text


def test_a_recipient_keeps_their_token_and_no_order_of_awards_shows(crowd: Story) -> None:
    first, _, text = published(crowd)
    second, _, again = published(crowd, actor="auditor")
    ids = [one["id"] for one in first["grants"]]

    assert text == again
    assert ids == sorted(ids)
    assert len({one["recipientIndividual"]["id"] for one in second["grants"]}) == 5
    assert all(one["recipientIndividual"]["id"].startswith("360G-ejemplo-IND-") for one in first["grants"])


def test_a_token_is_another_for_another_reader_and_the_same_however_the_reader_is_written(
    story: Story,
) -> None:
    with story.house.work("auditor") as work:
        audit, same, donor = (
            Tokens(work, *names)
            for names in (("Auditoría", "2026"), (" AUDITORÍA ", "2026"), ("Donante", "2026"))
        )

    assert audit.of("person", "x") == same.of("person", "x") != donor.of("person", "x")
    assert audit.of("person", "x") != audit.of("grant", "x")


def test_restricted_people_are_left_out_whoever_publishes(crowd: Story) -> None:
    for actor in ("manager", "protection"):
        assert published(crowd, actor=actor)[1] == Published(count=5, left_out=4)


def test_a_grant_that_is_like_few_others_is_not_published(crowd: Story) -> None:
    awarded(crowd.house, None, usd(100))

    assert published(crowd)[1] == Published(count=6, left_out=4)
    assert refused(crowd, as_of=date(2026, 2, 28)) == ("too_few_to_publish",)


def test_grants_of_thin_months_stand_under_their_year(crowd: Story) -> None:
    for month in (4, 5, 6):
        crowd.house.clock.set(crowd.house.clock.now().replace(month=month))
        awarded(crowd.house, None, usd(50))
    package, counted, _ = published(crowd)

    assert counted == Published(count=10, left_out=2)
    assert sorted(one["awardDate"] for one in package["grants"]) == ["2026-01-01"] * 5 + ["2026-03-01"] * 5


def test_who_publishes_has_to_be_known_outside(crowd: Story) -> None:
    unknown = GivingPublisher(prefix="ejemplo", organisation="Fundación Ejemplo")

    assert refused(crowd, publisher=unknown) == ("giving_prefix_unreadable", "organisation_id_unreadable")


def test_a_benefit_that_no_register_knows_is_named(crowd: Story) -> None:
    benefit(crowd.house, "garden", replace(SEED, purpose="huerto"), series="HU")
    eligible(crowd.house, "garden", *(Eligible(population_group=group, fund="UNHCR") for group in GROUPS))
    with crowd.house.work("manager") as work:
        award_grant(work, replace(referring(home(crowd.house), usd(20)), benefit="garden"))

    assert refused(crowd) == ("benefit_without_purpose_code",)


def test_a_stranger_publishes_nothing(crowd: Story) -> None:
    with pytest.raises(NotAllowed):
        published(crowd, actor="nobody")


@pytest.mark.parametrize(
    ("declared", "purpose", "code"),
    [
        ("GTIP010", "seed_capital", "GTIP010"),
        ("", "seed_capital", "GTIP140"),
        ("", "training", "GTIP130"),
        ("", "cash_transfer", "GTIP070"),
        ("", "something", None),
        ("ODS8", "seed_capital", "GTIP140"),
        ("ODS8", "something", None),
    ],
)
def test_a_purpose_code_is_the_declared_one_where_it_is_known_or_follows_from_the_purpose(
    declared: str, purpose: str, code: str | None
) -> None:
    assert purpose_code(declared, purpose) == code


def test_codes_are_those_of_the_published_lists() -> None:
    assert set(PURPOSES) == codes_of("grantToIndividualsPurpose.csv")
    assert {reason_code(code) for code in PURPOSES} == {HARDSHIP, LIVELIHOOD, OPPORTUNITY}
    assert {HARDSHIP, LIVELIHOOD, OPPORTUNITY} <= codes_of("grantToIndividualsReason.csv")


@pytest.mark.parametrize(
    ("identifier", "is_known"),
    [("EC-RUC-1790000000001", True), ("GB-CHC-1164883", True), ("1790000000001", False), ("", False)],
)
def test_an_organisation_is_named_by_its_register_and_its_number_there(
    identifier: str, is_known: bool
) -> None:
    assert (check_organisation(identifier) == []) is is_known


def test_a_name_with_half_a_character_does_not_break_the_file(crowd: Story) -> None:
    out = io.BytesIO()
    with crowd.house.work("manager") as work:
        work.bind(replace(work.programme, name='a\ud800"\x00'))
        write_giving(work, out, PUBLISHER)

    assert json.loads(out.getvalue().decode())["grants"][0]["grantProgramme"][0]["title"] == 'a\ud800"\x00'


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(value=PLAIN, minor=st.integers(-(10**17), 10**17))
def test_json_is_read_back_as_it_was_and_amounts_to_the_last_unit(value: Any, minor: int) -> None:
    text = plain_json({"value": value, "amount": Money(minor, "JOD")})
    read = json.loads(text, parse_float=Decimal)

    assert read["value"] == value
    assert read["amount"] == Decimal(f"{minor}E-3")


def test_a_float_has_no_exact_form() -> None:
    with pytest.raises(TypeError):
        plain_json({"amount": 0.1})
