"""Indicators counted from rows: the figures of counting by hand, on both databases, down to the rows behind them."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.rules.conditions import AgreementSigned
from seedfund.grants.tables.awards import Grant
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries import household_facts, participant_facts
from seedfund.people.rules import (
    AgeSource,
    Birth,
    GroupRule,
    PopulationGroup,
    Relationship,
    Sex,
    age_on,
)
from seedfund.people.service import MemberEntry
from seedfund.people.tables import Participant
from seedfund.reports.indicators.bases import BASES, ON
from seedfund.reports.indicators.compute import Counting, count, explain, indicator_of, one_pass
from seedfund.reports.indicators.declared import INDICATORS, Indicator
from seedfund.reports.indicators.facts import FACTS, Fact
from seedfund.reports.indicators.report import group_word
from seedfund.reports.indicators.rules import GROUPING, Dimension, Figure, Unit, band_of
from seedfund.reports.make import Asked, listed_report, make_report
from seedfund.reports.value import NotKnown, Report, Word
from seedfund.store.statements import Query, Reader
from tests.grants.paying import paid, payable, payable_transfer, payee
from tests.people.samples import child, head, person, register
from tests.support.grants import (
    TODAY,
    awarded_on_plan,
    drafted,
    home,
    issued,
    participating,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House
from tests.support.unguarded import unguarded

GROUP = Dimension.POPULATION_GROUP
BIRTHS = (
    Birth(AgeSource.DOCUMENT, born_on=date(2008, 11, 22)),
    Birth(AgeSource.DOCUMENT, born_on=date(2008, 11, 23)),
    Birth(AgeSource.DOCUMENT, born_on=date(2008, 2, 29)),
    Birth(AgeSource.DECLARED, born_in=2008),
    Birth(AgeSource.DECLARED, born_in=2014),
    Birth(AgeSource.ESTIMATED, age=17, asked_on=date(2026, 1, 10)),
    Birth(AgeSource.ESTIMATED, age=17, asked_on=date(2024, 2, 29)),
    Birth(AgeSource.ESTIMATED, age=4, asked_on=date(2025, 11, 22)),
    Birth(AgeSource.DECLARED, born_in=1950),
)


def figures(
    house: House, *codes: str, by: tuple[Dimension, ...] = (GROUP,), on: date = TODAY
) -> list[Figure]:
    with house.work("manager") as work:
        asked = Counting(reader=work.reader(), programme=work.programme.id, on=on)
        return count(asked, [INDICATORS[code] for code in codes], by)


def for_cash_transfers(house: House) -> None:
    """The benefit of the tests is called by its purpose in programmes."""
    with unguarded(house.engine, "sf_grant") as connection:
        connection.execute(sa.update(Grant).values(purpose="cash_transfer"))


def payable_on_plan(house: House) -> str:
    """The number of a grant that stands on an approved plan, in force, with a payee."""
    owner = home(house)
    grant = awarded_on_plan(house, owner).number
    drafted(house, grant, tranche(usd(500), AgreementSigned()))
    signed(house, issued(house, grant))
    payee(house, grant, owner.head)
    return grant


def told(found: list[Figure]) -> dict[str, tuple[int | None, int | None]]:
    return {one.group: (one.numerator, one.denominator) for one in found if not one.phase}


def member(group: PopulationGroup, relationship: Relationship, sex: Sex = Sex.FEMALE) -> MemberEntry:
    return MemberEntry(person=person(group=group, sex=sex), relationship=relationship)


def enrolled(house: House, *members: MemberEntry) -> str:
    """A registered household whose head was enrolled."""
    found = register(house, *members)
    participating(house, found.members[0].participant, "enrolled")
    return found.household


@pytest.fixture
def mixed(house: House) -> House:
    """Households of one group, of two, and of one nobody asked for."""
    one, two = PopulationGroup.REFUGEE, PopulationGroup.HOST
    asylum, unknown = PopulationGroup.ASYLUM_SEEKER, PopulationGroup.NOT_COLLECTED
    enrolled(house, head(person(group=one)))
    enrolled(house, head(person(group=asylum, sex=Sex.MALE)))
    enrolled(house, head(person(group=two)), member(one, Relationship.SPOUSE_OR_PARTNER, Sex.MALE))
    enrolled(
        house,
        head(person(group=two)),
        member(asylum, Relationship.SIBLING),
        member(asylum, Relationship.CHILD),
    )
    enrolled(house, head(person(group=unknown)), member(one, Relationship.CHILD))
    enrolled(house, head(person(group=unknown)))
    register(house, head(person(group=one)))
    return house


def test_households_are_counted_once_somebody_of_them_was_enrolled(mixed: House) -> None:
    found = told(figures(mixed, "households_enrolled"))

    assert found == {"all": (6, None), "host": (2, None), "refugee": (2, None), "not_collected": (2, None)}
    assert told(figures(mixed, "households_enrolled", on=date(2020, 1, 1))) == {"all": (0, None)}


@pytest.mark.parametrize("rule", list(GroupRule))
def test_a_household_of_several_groups_has_the_same_one_here_as_everywhere(
    mixed: House, rule: GroupRule
) -> None:
    with mixed.work("manager") as work:
        reader = work.reader()
        base = BASES[Unit.HOUSEHOLD].rows(TODAY, rule)
        query: Query[Any] = Query(lambda *values: values, lambda: base)
        rows = reader.all(query, programme=work.programme.id, **{ON: TODAY})
        groups = [column.key for column in base.selected_columns]
        found = {row[0]: row[groups.index(GROUP.value)] for row in rows}
        known = household_facts(reader, list(found), rule=rule)

    assert found == {key: GROUPING[facts.group.group] for key, facts in known.items() if facts.group}
    assert len(found) == 6


@pytest.mark.parametrize(
    "on", [TODAY, date(2026, 2, 28), date(2026, 6, 30), date(2026, 7, 1), date(2028, 2, 29)]
)
def test_ages_fall_into_the_band_that_the_rule_of_ages_gives_them(house: House, on: date) -> None:
    house.clock.set(house.clock.now().replace(year=2029))
    enrolled(house, head(), *(child(person(birth=birth)) for birth in BIRTHS))
    with house.work("manager") as work:
        reader = work.reader()
        query: Query[Any] = Query(
            lambda *values: values,
            lambda: BASES[Unit.PERSON].rows(on, GroupRule.HEAD),
        )
        people = reader.all(Query(Key, lambda: sa.select(col(Participant.id))))
        known = participant_facts(reader, people)
        rows = reader.all(query, programme=work.programme.id, **{ON: date(2029, 12, 31)})
    bands = {str(row[0]): row[6] for row in rows}

    for key, facts in known.items():
        assert facts.birth is not None
        try:
            age = age_on(facts.birth, on)
        except InvalidInput:
            continue
        first = max(start for start in (0, 5, 12, 18, 60) if start <= age)
        assert bands[key] == band_of(first), (facts.birth, on)
    assert len(bands) == len(BIRTHS) + 1


def test_what_was_delivered_counts_and_what_was_only_promised_does_not(house: House) -> None:
    prepared(house)
    waits, gets = payable_transfer(house), payable_transfer(house)
    paid(house, gets)
    for_cash_transfers(house)

    found = told(figures(house, "refugee_households_with_cash_transfer"))

    assert waits != gets
    assert found == {"all": (1, 2), "refugee": (1, 2)}


def test_a_business_counts_once_however_many_tranches_reached_it(house: House) -> None:
    prepared(house)
    grant = payable_on_plan(house)
    payable_on_plan(house)
    assert told(figures(house, "businesses_with_seed_capital"))["all"] == (0, None)

    paid(house, grant)

    assert told(figures(house, "businesses_with_seed_capital"))["all"] == (1, None)


def test_women_are_counted_among_those_who_received(house: House) -> None:
    prepared(house)
    paid(house, payable_transfer(house))

    assert told(figures(house, "women_among_recipients"))["all"] == (1, 1)
    assert told(figures(house, "women_among_recipients_of_seed_capital"))["all"] == (0, 0)


class Listening(Reader):
    """A reader that remembers how often it was asked."""

    asked = 0

    def all(self, query: Query[Any], **params: Any) -> list[Any]:
        self.asked += 1
        return super().all(query, **params)


def test_many_indicators_are_counted_in_one_statement_a_unit(mixed: House) -> None:
    with mixed.work("manager") as work:
        reader = Listening(work.reader().connection)
        asked = Counting(reader=reader, programme=work.programme.id, on=TODAY)
        count(asked, list(INDICATORS.values()), tuple(Dimension))

        alone = Listening(reader.connection)
        for fact in FACTS.values():
            if fact.listed is not None:
                fact.listed(alone, work.programme.id, TODAY)

    assert reader.asked == len({one.unit for one in INDICATORS.values()}) + alone.asked


def test_the_pass_over_households_looks_every_fact_up_by_its_key(mixed: House) -> None:
    """A list joined without an index is scanned for every household, which takes hours where there are many."""
    if mixed.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by what it counted of the tables")
    of_households = [one for one in INDICATORS.values() if one.unit is Unit.HOUSEHOLD]
    with mixed.work("manager") as work:
        reader = work.reader()
        asked = Counting(reader=reader, programme=work.programme.id, on=TODAY)
        query: Query[Any] = Query(
            lambda *values: values,
            lambda: one_pass(asked, Unit.HOUSEHOLD, of_households, tuple(Dimension)),
        )
        sql, values = reader.text(query, programme=asked.programme, **{ON: TODAY})
        plan = reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    outer = [line for _, parent, _, line in plan if parent == 0]

    assert not [line for line in outer if line.startswith("SCAN")]
    assert not [line for *_, line in plan if "AUTOMATIC" in line]


# Problems ------------------------------------------------------------------------------------------------------------


def test_an_indicator_that_cannot_be_counted_is_told_as_a_problem_and_the_others_are_counted(
    mixed: House,
) -> None:
    broken = Indicator(
        code="broken", title="Broken", unit=Unit.HOUSEHOLD, numerator=("missing_table",), denominator=()
    )
    missing = Fact(Unit.HOUSEHOLD, lambda _: sa.select(sa.column("id")).select_from(sa.table("sf_no_such")))
    with mixed.work("manager") as work:
        asked = Counting(
            reader=work.reader(),
            programme=work.programme.id,
            on=TODAY,
            facts={**FACTS, "missing_table": missing},
        )
        found = count(asked, [broken, INDICATORS["households_enrolled"]], (GROUP,))

    assert [(one.indicator, one.numerator, bool(one.problem)) for one in found[:2]] == [
        ("broken", None, True),
        ("households_enrolled", 6, False),
    ]


def test_a_fact_of_another_unit_is_a_problem_and_never_a_zero(mixed: House) -> None:
    wrong = Indicator(code="wrong", title="Wrong", unit=Unit.HOUSEHOLD, numerator=("woman",))
    with mixed.work("manager") as work:
        asked = Counting(reader=work.reader(), programme=work.programme.id, on=TODAY)
        (found,) = count(asked, [wrong], (GROUP,))

    assert (found.numerator, found.value, bool(found.problem)) == (None, None, True)


# The rows behind -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", list(INDICATORS))
def test_the_rows_behind_an_indicator_are_as_many_as_it_counts(house: House, code: str) -> None:
    prepared(house)
    paid(house, payable_transfer(house))
    paid(house, payable(house))
    home(house)
    with house.work("manager") as work:
        asked = Counting(reader=work.reader(), programme=work.programme.id, on=TODAY)
        rows = explain(asked, code, sees_restricted=True)
        (total, *_) = count(asked, [INDICATORS[code]], (GROUP,))

    assert Counter(row.is_counted for row in rows)[True] == total.numerator
    if total.denominator is not None:
        assert len(rows) == total.denominator


def test_a_row_of_a_restricted_person_has_no_number_for_those_who_may_not_see_it(house: House) -> None:
    found = register(house, head(replace(person(), is_restricted=True)), actor="protection")
    participating(house, found.members[0].participant, "enrolled")
    with house.work("manager") as work:
        asked = Counting(reader=work.reader(), programme=work.programme.id, on=TODAY)
        (hidden,) = explain(asked, "households-enrolled", sees_restricted=False)
        (shown,) = explain(asked, "households-enrolled", sees_restricted=True)

    assert (hidden.number, dict(hidden.groups), hidden.is_counted) == ("", {}, True)
    assert shown.number == found.household


# The report ----------------------------------------------------------------------------------------------------------


def asking(house: House, asked: Asked) -> Report:
    with house.work("manager") as work:
        return make_report(work, "indicators", asked)


def test_the_list_for_programs_carries_counts_value_and_day(mixed: House) -> None:
    with mixed.work("manager") as work:
        listed = listed_report(work, "indicators", Asked())
    assert listed is not None
    by_group = {one["group"]: one for one in listed if one["indicator"] == "households_headed_by_women"}

    assert {"indicator", "group", "numerator", "denominator", "value", "as_of"} <= set(listed[0])
    assert (by_group["all"]["numerator"], by_group["all"]["denominator"]) == (5, 6)
    assert (by_group["all"]["value"], by_group["refugee"]["value"]) == (83.33, 50.0)
    assert by_group["all"]["as_of"] == TODAY.isoformat()


def test_a_shared_table_tells_no_small_count(mixed: House) -> None:
    open_table, shared = asking(mixed, Asked()), asking(mixed, Asked(is_shared=True))

    assert any(isinstance(row[3], int) and 0 < row[3] < 5 for row in open_table.rows)
    assert not any(isinstance(row[3], int) and 0 < row[3] < 5 for row in shared.rows)
    assert any(isinstance(row[3], NotKnown) for row in shared.rows)


def test_rows_behind_a_figure_are_a_report_of_their_own(mixed: House) -> None:
    found = asking(mixed, Asked(explain="households_headed_by_women"))

    assert found.name == "indicator_rows"
    assert found.row_count == 6


def test_an_unknown_indicator_and_an_earlier_knowledge_are_refused_with_the_way_out(mixed: House) -> None:
    with pytest.raises(NotFound, match="no_such"):
        indicator_of("no_such")
    with pytest.raises(InvalidInput, match="snapshot"):
        asking(mixed, Asked(as_known=mixed.clock.now()))


def test_a_group_that_was_not_collected_is_read_as_words_in_a_table_and_stays_a_code_in_the_list() -> None:
    assert group_word("not_collected") == Word("not collected")
    assert group_word("San_Lorenzo") == Word("San_Lorenzo")
