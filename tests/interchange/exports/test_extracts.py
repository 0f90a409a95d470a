"""Extracts for others: nobody stands in them by name, each recipient has own tokens, and who got what is logged."""

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from seedfund.interchange.exports.extract import ExtractFile
from seedfund.interchange.rules.extracting import WITHHELD, rare
from seedfund.interchange.service import (
    ExtractMade,
    IdentifyTokens,
    MakeExtract,
    handed_out,
    identify_tokens,
    make_extract,
)
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.register.queries import read_paper
from seedfund.reports.make import Asked, make_report
from seedfund.reports.queries.desk import list_rows
from tests.interchange.exports.conftest import HIDDEN
from tests.reports.story import Story, days
from tests.reports.test_queries import column
from tests.support.grants import home, key

ASKED = MakeExtract(key="", recipient="Auditora Ejemplo", engagement="Auditoría 2026", purpose="muestra")
Rows = list[dict[str, str]]


def made(story: Story, actor: str = "manager", **more: Any) -> ExtractMade:
    """An extract of the story."""
    with story.house.work(actor) as work:
        return make_extract(work, replace(ASKED, key=key(), **more))


def files(story: Story, number: str, actor: str = "manager") -> list[ExtractFile]:
    """The files of an extract."""
    with story.house.work(actor) as work:
        return handed_out(work, number)


def tables(story: Story, number: str, actor: str = "manager") -> dict[str, Rows]:
    """The rows of an extract by table."""
    return {
        one.name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(one.content.decode())))
        for one in files(story, number, actor)
    }


def of(rows: Rows, name: str) -> list[str]:
    """A column."""
    return [row[name] for row in rows]


def test_an_extract_tells_every_amount_and_names_nobody(crowd: Story) -> None:
    number = made(crowd).number
    found = tables(crowd, number)
    whole = b"".join(one.content for one in files(crowd, number)).decode()
    with crowd.house.work("auditor") as work:
        ledger = make_report(work, "fund_ledger", Asked(fund="UNHCR"))
    delivered = sum(one.minor for one in column(ledger, "disbursed") if isinstance(one, Money))

    assert sum(map(Decimal, of(found["grants"], "disbursed"))) == Decimal(delivered).scaleb(-2)
    assert sum(map(Decimal, of(found["payments"], "delivered"))) == Decimal(delivered).scaleb(-2)
    assert set(of(found["payments"], "grant")) <= set(of(found["grants"], "grant"))
    assert set(of(found["people"], "household")) >= set(of(found["grants"], "household")) - {WITHHELD}
    for told in (
        "SC-2026",
        "PT-2026",
        "HH-2026",
        "PG-2026",
        "Rosa",
        "Prueba",
        "EJ0",
        "+593",
        "harina",
        "1990",
    ):
        assert told not in whole


def test_traits_that_few_people_share_are_withheld(crowd: Story) -> None:
    found = tables(crowd, made(crowd).number)["people"]
    traits = Counter(
        (row["sex"], row["age_band"], row["population_group"], row["disability"]) for row in found
    )

    assert len(found) == 8
    assert all(count >= 5 or set(one) == {WITHHELD} for one, count in traits.items())


def test_three_people_alike_are_too_few_to_tell_what_they_share(story: Story) -> None:
    found = tables(story, made(story).number)["people"]

    assert {row[name] for row in found for name in ("sex", "age_band", "population_group")} == {WITHHELD}
    assert {row["phase"] for row in found} == {WITHHELD}


def test_a_person_keeps_their_token_within_an_engagement_and_has_another_elsewhere(crowd: Story) -> None:
    first = tables(crowd, made(crowd).number)
    again = tables(crowd, made(crowd, recipient="  auditora EJEMPLO").number)
    other = tables(crowd, made(crowd, recipient="Donante Ejemplo").number)
    later = tables(crowd, made(crowd, engagement="Auditoría 2027").number)

    people = set(of(first["people"], "person"))
    assert people == set(of(again["people"], "person"))
    assert people.isdisjoint(of(other["people"], "person"))
    assert people.isdisjoint(of(later["people"], "person"))
    assert set(of(first["grants"], "grant")).isdisjoint(of(other["grants"], "grant"))


def test_restricted_people_are_in_no_row_and_the_sums_stay_whole(crowd: Story) -> None:
    usual = tables(crowd, made(crowd).number)
    whole = tables(crowd, made(crowd, "protection", with_restricted=True).number, "protection")

    assert len(whole["people"]) == len(usual["people"]) + 1
    assert Counter(of(usual["grants"], "person"))[WITHHELD] == 1
    assert Counter(of(usual["grants"], "household"))[WITHHELD] == 1
    assert WITHHELD not in of(whole["grants"], "person")
    assert sorted(of(usual["grants"], "awarded")) == sorted(of(whole["grants"], "awarded"))


def test_restricted_people_go_only_through_hands_that_may_see_them(crowd: Story) -> None:
    with pytest.raises(NotAllowed):
        made(crowd, with_restricted=True)
    number = made(crowd, "protection", with_restricted=True).number

    with pytest.raises(NotAllowed):
        files(crowd, number)
    with pytest.raises(NotAllowed), crowd.house.work("manager") as work:
        identify_tokens(work, IdentifyTokens(key=key(), extract=number, tokens=("x",), reason="muestra"))


@pytest.mark.parametrize("actor", ["field", "finance", "auditor", "coach"])
def test_who_does_not_answer_for_the_data_neither_makes_nor_gets_an_extract(story: Story, actor: str) -> None:
    number = made(story).number

    with pytest.raises(NotAllowed):
        made(story, actor)
    with pytest.raises(NotAllowed):
        files(story, number, actor)


def test_the_register_says_who_got_what_for_what(story: Story) -> None:
    found = made(story)
    with story.house.work("auditor") as work:
        log = read_paper(work, found.number).values()
    handed = files(story, found.number)

    assert (found.number, found.people, found.grants) == ("EX-2026-0001", 3, 3)
    assert (log["recipient"], log["engagement"], log["purpose"], log["as_of"]) == (
        *("Auditora Ejemplo", "Auditoría 2026", "muestra"),
        "2026-03-09",
    )
    assert [(one["name"], one["rows"], one["sha256"]) for one in log["files"]] == [
        (one.name, one.row_count, one.sha256) for one in handed
    ]
    assert all(
        one["columns"][0] in ("person", "grant", "payment") and len(one["columns"]) > 6
        for one in log["files"]
    )


def test_who_got_what_is_a_list_that_every_hand_of_the_programme_can_read(story: Story) -> None:
    made(story)
    made(story, "protection", recipient="Donante Ejemplo", with_restricted=True)
    with story.house.work("auditor") as work:
        rows = list_rows(work, "extracts")

    assert [(row["number"], row["recipient"], row["with_restricted"], row["issued_by"]) for row in rows] == [
        ("EX-2026-0001", "Auditora Ejemplo", False, "manager"),
        ("EX-2026-0002", "Donante Ejemplo", True, "protection"),
    ]
    assert [row["people"] for row in rows] == [3, 3]


def test_an_extract_is_handed_out_as_it_was_logged_or_not_at_all(story: Story) -> None:
    number = made(story).number
    first = files(story, number)
    days(story.house, 1)

    assert files(story, number, "director") == first

    days(story.house, 20)
    home(story.house)
    assert files(story, number) == first

    with story.house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE sf_participant SET is_restricted = TRUE"))
    with pytest.raises(Refused) as caught:
        files(story, number)
    assert caught.value.codes == ("extract_changed",)


def test_an_extract_of_an_earlier_day_tells_what_had_happened_by_then(story: Story) -> None:
    found = tables(story, made(story, as_of=date(2026, 1, 8)).number)
    now = tables(story, made(story).number)

    assert sum(map(Decimal, of(found["grants"], "disbursed"))) < sum(
        map(Decimal, of(now["grants"], "disbursed"))
    )
    with pytest.raises(InvalidInput):
        made(story, as_of=date(2026, 3, 10))


def test_tokens_lead_back_to_numbers_for_a_reason_that_stays(story: Story) -> None:
    number = made(story).number
    found = tables(story, number)
    tokens = (found["people"][0]["person"], found["grants"][0]["grant"], found["payments"][0]["payment"])
    asked = IdentifyTokens(key=key(), extract=number, tokens=tokens, reason="muestra de la auditora")
    with story.house.work("protection") as work:
        identified = identify_tokens(work, asked).identified

    assert [one.kind for one in identified] == ["person", "grant", "payment"]
    assert [one.number[:2] for one in identified] in (["PT", "SC", "PG"], ["PT", "CT", "PG"])
    with story.house.engine.connect() as connection:
        logged = connection.execute(
            sa.text("SELECT count(*) FROM sf_audit WHERE operation = 'interchange.identify_tokens'")
        ).scalar_one()
    assert logged == 1


def test_a_token_of_another_recipient_leads_nowhere(story: Story) -> None:
    mine, other = made(story).number, made(story, recipient="Otra").number
    token = tables(story, other)["people"][0]["person"]
    with story.house.work("manager") as work, pytest.raises(Refused) as caught:
        identify_tokens(work, IdentifyTokens(key=key(), extract=mine, tokens=(token,), reason="muestra"))
    with story.house.work("manager") as work, pytest.raises(InvalidInput):
        identify_tokens(work, IdentifyTokens(key=key(), extract=mine, tokens=(), reason="muestra"))

    assert caught.value.codes == ("token_unknown",)


def test_a_restricted_person_s_token_leads_nowhere_where_they_are_not_in_the_extract(crowd: Story) -> None:
    number = made(crowd).number
    whole = tables(crowd, made(crowd, "protection", with_restricted=True).number, "protection")
    here = set(of(tables(crowd, number)["people"], "person"))
    (hidden,) = set(of(whole["people"], "person")) - here
    with crowd.house.work("protection") as work, pytest.raises(Refused):
        identify_tokens(work, IdentifyTokens(key=key(), extract=number, tokens=(hidden,), reason="muestra"))

    assert HIDDEN not in hidden


@pytest.mark.parametrize("field", ["recipient", "engagement", "purpose"])
@pytest.mark.parametrize("text", ["", "  ", "x" * 201])
def test_who_gets_it_and_why_has_to_be_said(story: Story, field: str, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        made(story, **{field: text})

    assert caught.value.field == field


def test_a_number_that_is_no_extract_is_not_found(story: Story) -> None:
    with pytest.raises(NotFound):
        files(story, "EX-2026-0009")


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("cd")), max_size=40))
def test_what_is_left_in_sight_is_shared_by_five_at_least(traits: list[tuple[str, str]]) -> None:
    hidden = rare(traits)
    counts = Counter(traits)

    assert hidden == {one for one in counts if counts[one] < 5}
