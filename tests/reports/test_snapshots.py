"""Frozen indicators: the same figures when counted again, or what changed, line by line, naming nobody."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from seedfund.documents.service import FreezeIndicators, IndicatorsFrozen, freeze_indicators
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound
from seedfund.people.rules import PopulationGroup, Sex
from seedfund.people.service import MemberEntry, RestrictParticipant, restrict_participant
from seedfund.register.queries import read_paper
from seedfund.reports.indicators import marks
from seedfund.reports.indicators import snapshot as snapshots
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.reports.indicators.rules import Dimension
from seedfund.reports.make import Asked, listed_report, make_report
from seedfund.reports.value import NotKnown, Word
from tests.assurance.support import Lived, found_after
from tests.ledger.support import BookOfTest
from tests.people.samples import child, head, person, register
from tests.reports.story import Story
from tests.support.grants import TODAY, key, participating
from tests.support.programme import House


def household(house: House, *members: MemberEntry) -> tuple[str, str]:
    """The number of an enrolled household, and of its head."""
    found = register(house, *members)
    participating(house, found.members[0].participant, "enrolled")
    return found.household, found.members[0].participant


@pytest.fixture
def homes(house: House) -> House:
    """Two refugee households and a host one, all enrolled."""
    household(house, head(person(group=PopulationGroup.REFUGEE)), child(person()))
    household(house, head(person(group=PopulationGroup.REFUGEE, sex=Sex.MALE)))
    household(house, head(person(group=PopulationGroup.HOST)))
    return house


def freeze(house: House, *by: str, as_of: date | None = None, actor: str = "manager") -> IndicatorsFrozen:
    with house.work(actor) as work:
        found = freeze_indicators(work, FreezeIndicators(key=key(), as_of=as_of, by=by))
        work.commit()
    return found


def against(house: House, number: str, actor: str = "manager") -> dict[tuple[str, str], dict[str, Any]]:
    """Lines by indicator and group, over all phases."""
    with house.work(actor) as work:
        listed = listed_report(work, "indicators", Asked(snapshot=number))
    assert listed is not None
    return {(one["indicator"], one["group"]): one for one in listed if one["phase"] == "all"}


def test_a_snapshot_counts_to_the_same_figures_while_nothing_changed(homes: House) -> None:
    frozen = freeze(homes, "all")
    with homes.work("manager") as work:
        told = listed_report(work, "indicators", Asked(by=("all",), as_of=TODAY))
        lines = listed_report(work, "indicators", Asked(snapshot=frozen.number))

    assert told is not None
    assert lines is not None
    assert frozen.number == "IS-2026-0001"
    assert frozen.line_count == len(told) == len(lines)
    assert [one["numerator"] for one in told] == [one["numerator_then"] for one in lines]
    assert {one["change"] for one in lines} == {"same"}
    assert any(one["numerator_then"] for one in lines)


def test_a_snapshot_of_a_past_day_is_counted_as_of_that_day(homes: House) -> None:
    frozen = freeze(homes, as_of=date(2020, 1, 1))
    line = against(homes, frozen.number)["households_enrolled", "all"]

    assert (line["numerator_then"], line["numerator_now"], line["as_of"]) == (0, 0, "2020-01-01")


def test_a_household_that_came_afterwards_is_told_with_its_row(homes: House) -> None:
    frozen = freeze(homes)
    household(homes, head(person(group=PopulationGroup.REFUGEE)))
    lines = against(homes, frozen.number)

    whole, refugees, hosts = (lines["households_enrolled", group] for group in ("all", "refugee", "host"))
    assert (whole["numerator_then"], whole["numerator_now"]) == (3, 4)
    assert (whole["rows_added"], whole["rows_removed"], whole["change"]) == (1, 0, "figures_changed")
    assert (refugees["rows_added"], refugees["change"]) == (1, "figures_changed")
    assert hosts["change"] == "same"


def test_a_group_nobody_fell_into_then_is_told_as_a_line_of_none(homes: House) -> None:
    frozen = freeze(homes)
    household(homes, head(person(group=PopulationGroup.STATELESS)))
    line = against(homes, frozen.number)["households_enrolled", "stateless"]

    assert (line["numerator_then"], line["numerator_now"], line["rows_added"]) == (0, 1, 1)


def test_equal_figures_of_other_rows_are_told(homes: House, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_by_indicator = marks.rows_by_indicator
    frozen = freeze(homes)

    def other_row(*asked: Any) -> Any:
        found = rows_by_indicator(*asked)
        first, *rest = found["households_enrolled"]
        found["households_enrolled"] = [replace(first, key="0" * 32), *rest]
        return found

    monkeypatch.setattr(snapshots, "rows_by_indicator", other_row)
    line = against(homes, frozen.number)["households_enrolled", "all"]

    assert (line["numerator_then"], line["numerator_now"]) == (3, 3)
    assert (line["rows_added"], line["rows_removed"], line["change"]) == (1, 1, "other_rows")


@pytest.mark.parametrize(
    ("changes", "version"),
    [({"version": 2}, 2), ({"numerator": ("headed_by_a_woman",)}, 1)],
    ids=["a new version", "a meaning without a new version"],
)
def test_a_definition_that_changed_is_told_before_its_figures(
    homes: House, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], version: int
) -> None:
    frozen = freeze(homes)
    other = {**INDICATORS} | {"households_enrolled": replace(INDICATORS["households_enrolled"], **changes)}
    monkeypatch.setattr(snapshots, "INDICATORS", other)
    lines = against(homes, frozen.number)

    line = lines["households_enrolled", "all"]
    assert (line["change"], line["version_then"], line["version_now"]) == ("definition_changed", 1, version)
    assert lines["households_headed_by_women", "all"]["change"] == "same"


def test_an_indicator_that_is_declared_no_more_is_told_and_not_counted_as_none(
    homes: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = freeze(homes)
    left = {code: one for code, one in INDICATORS.items() if code != "households_enrolled"}
    monkeypatch.setattr(snapshots, "INDICATORS", left)
    line = against(homes, frozen.number)["households_enrolled", "all"]

    assert (line["change"], line["numerator_then"], line["numerator_now"]) == ("definition_changed", 3, None)
    assert (line["version_now"], line["rows_removed"]) == (None, 0)


def test_rows_that_came_are_named_for_those_who_may_see_them(homes: House) -> None:
    frozen = freeze(homes)
    open_home, _ = household(homes, head(person(group=PopulationGroup.HOST)))
    hidden_home, hidden_head = household(homes, head(person(group=PopulationGroup.HOST)))
    with homes.work("protection") as work:
        restrict_participant(
            work, RestrictParticipant(key=key(), participant=hidden_head, is_restricted=True)
        )
        work.commit()
    asked = Asked(snapshot=frozen.number, explain="households_enrolled")
    rows = {}
    for actor in ("manager", "protection"):
        with homes.work(actor) as work:
            rows[actor] = list(make_report(work, "indicators", asked).rows)

    assert [(row[0], row[2]) for row in rows["protection"]] == [
        (open_home, Word("added")),
        (hidden_home, Word("added")),
    ]
    assert rows["manager"][0][0] == open_home
    assert isinstance(rows["manager"][1][0], NotKnown)


def test_the_content_names_nobody_and_no_row_can_be_followed_from_line_to_line(homes: House) -> None:
    frozen = freeze(homes, "all")
    with homes.work("auditor") as work:
        paper = read_paper(work, frozen.number)
        text = paper.content.reveal()
        numbers = [row["number"] for row in paper.values()["lines"] if "number" in row]

    assert not numbers
    assert not any(word in text for word in ("HH-", "PT-", "Rosa", "BP-"))
    marks = [one for line in json.loads(text)["lines"] for one in line["counted"]]
    assert len(marks) == len(set(marks))


def test_every_line_carries_what_is_needed_to_count_it_again(homes: House) -> None:
    frozen = freeze(homes, "sex")
    with homes.work("auditor") as work:
        content = read_paper(work, frozen.number).values()

    line = next(one for one in content["lines"] if one["indicator"] == "households_headed_by_women")
    assert (line["numerator"], line["denominator"], line["value"]) == (2, 3, "66.67")
    assert (line["version"], line["unit"], line["rounding"]) == (1, "household", "half up, two decimals")
    assert (len(line["counted"]), len(line["out_of"])) == (2, 3)
    assert len(line["counted_digest"]) == len(line["out_of_digest"]) == 64
    assert content["as_of"] == TODAY.isoformat()
    assert content["dimensions"] == [Dimension.SEX.value]


def test_the_audit_finds_a_snapshot_whose_content_was_altered(homes: House) -> None:
    frozen = freeze(homes)
    lived = Lived(homes, BookOfTest(1, "F1"))
    assert lived.verified().findings == ()

    raised = (
        "UPDATE sf_paper SET content_plain = REPLACE(content_plain, '\"numerator\":3', '\"numerator\":9')"
    )
    found = found_after(lived, f"{raised} WHERE number = '{frozen.number}'")

    assert found.counts["content_altered"] == 1


def test_a_day_to_come_an_unknown_dimension_and_an_unknown_snapshot_are_refused(homes: House) -> None:
    with pytest.raises(InvalidInput, match="future"):
        freeze(homes, as_of=TODAY + timedelta(days=1))
    with pytest.raises(InvalidInput, match="no dimension"):
        freeze(homes, "shoe_size")
    with homes.work("manager") as work, pytest.raises(NotFound):
        make_report(work, "indicators", Asked(snapshot="IS-2026-0009"))


def test_a_snapshot_is_asked_for_alone(homes: House) -> None:
    frozen = freeze(homes)
    others = (
        {"as_of": TODAY},
        {"as_known": homes.clock.now()},
        {"by": ("sex",)},
        {"is_shared": True},
    )
    for other in others:
        with homes.work("manager") as work, pytest.raises(InvalidInput, match="its own day"):
            make_report(work, "indicators", Asked(snapshot=frozen.number, **other))


def test_who_reports_no_figures_freezes_none(homes: House) -> None:
    with pytest.raises(NotAllowed):
        freeze(homes, actor="cashier")


def test_the_same_key_gives_the_same_snapshot_and_another_key_the_next(homes: House) -> None:
    command = FreezeIndicators(key=key())
    numbers = []
    for asked in (command, command, FreezeIndicators(key=key())):
        with homes.work("manager") as work:
            numbers.append(freeze_indicators(work, asked).number)
            work.commit()

    assert numbers == ["IS-2026-0001", "IS-2026-0001", "IS-2026-0002"]


def test_an_earlier_knowledge_is_refused_with_the_snapshots_as_the_way_out(homes: House) -> None:
    with homes.work("manager") as work, pytest.raises(InvalidInput, match="--snapshot IS-"):
        make_report(work, "indicators", Asked(as_known=homes.clock.now()))


def test_a_snapshot_names_the_books_it_stands_on(story: Story) -> None:
    frozen = freeze(story.house)
    with story.house.work("auditor") as work:
        books = read_paper(work, frozen.number).values()["books"]
        heads = make_report(work, "indicators").standing.heads

    assert heads
    assert books == [{"book": one.book, "seq": one.seq, "hash": one.hash} for one in heads]
