"""Likely duplicates at the desk: how many wait, what was decided, support under two numbers, and who may see it."""

import pytest

from seedfund.kernel.secret import Secret
from seedfund.people.queries.likely import search_likely_duplicates
from seedfund.people.rules import LikelyDecision
from seedfund.people.service import (
    DecideLikelyDuplicate,
    ProposeLikelyDuplicates,
    RestrictParticipant,
    TwoPeople,
    decide_likely_duplicate,
    propose_likely_duplicates,
    restrict_participant,
)
from seedfund.reports.queries.desk import list_rows, show
from seedfund.reports.value import Word
from tests.reports.story import Story
from tests.reports.test_queries import cell, made, section
from tests.support.grants import key, usd

PAIR = ("PT-2026-0001", "PT-2026-0002")


@pytest.fixture
def waiting(story: Story) -> Story:
    """The first two people of the story were proposed as one."""
    with story.house.work("expert") as work:
        two = TwoPeople(first=PAIR[0], second=PAIR[1])
        propose_likely_duplicates(work, ProposeLikelyDuplicates(key=key(), pairs=(two,)))
    return story


def decided(story: Story, decision: LikelyDecision) -> None:
    with story.house.work("manager") as work:
        decide_likely_duplicate(
            work,
            DecideLikelyDuplicate(
                key=key(),
                first=PAIR[0],
                second=PAIR[1],
                decision=decision,
                reason=Secret("vistas"),
                leads=PAIR[0] if decision is LikelyDecision.SAME_PERSON else None,
            ),
        )


def test_the_week_tells_how_many_pairs_wait_until_they_are_decided(waiting: Story) -> None:
    report = made(waiting, "week")
    (row,) = section(report, "Duplicates to decide")

    assert cell(report, row, "what") == Word("look at likely duplicates, of which there are", "1")
    assert cell(report, row, "participant") == " · ".join(PAIR)

    decided(waiting, LikelyDecision.DIFFERENT_PEOPLE)
    assert section(made(waiting, "week"), "Duplicates to decide") == []


def test_support_under_two_numbers_of_one_person_stands_on_the_exceptions_page(waiting: Story) -> None:
    decided(waiting, LikelyDecision.SAME_PERSON)

    report = made(waiting, "exceptions")
    rows = [
        (cell(report, row, "number"), cell(report, row, "what"), cell(report, row, "reason"))
        for row in section(report, "Duplicates decided")
    ]

    same = Word("same person")
    assert rows == [
        (" ".join(PAIR), Word("likely duplicate"), same),
        (f"{waiting.second} {waiting.first}", Word("support under two numbers"), same),
    ]
    (twice,) = [
        row for row in section(report, "Duplicates decided") if cell(report, row, "amount") is not None
    ]
    assert cell(report, twice, "amount") == usd(500)


def test_a_merged_number_says_under_which_number_the_person_goes_on(waiting: Story) -> None:
    decided(waiting, LikelyDecision.SAME_PERSON)

    with waiting.house.work("manager") as work:
        merged, leads, home = show(work, PAIR[1]), show(work, PAIR[0]), show(work, "HH-2026-0002")
        (row,) = list_rows(work, "likely-duplicates")
    assert (merged.fields["goes_on_as"], leads.fields["also_registered_as"]) == (PAIR[0], [PAIR[1]])
    assert home.fields["goes_on_as"] == "HH-2026-0001"
    assert [grant["number"] for grant in merged.parts["grants"]] == [waiting.second]
    assert (row["state"], row["waits"]) == (Word("same_person"), False)


def test_a_pair_with_a_restricted_person_is_in_no_list_week_or_exception_of_others(waiting: Story) -> None:
    with waiting.house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=PAIR[1]))

    assert section(made(waiting, "week"), "Duplicates to decide") == []
    with waiting.house.work("manager") as work:
        assert list_rows(work, "likely-duplicates") == []
    with waiting.house.work("director") as work:
        assert [(row["earlier"], row["later"]) for row in list_rows(work, "likely-duplicates")] == [PAIR]
        found = search_likely_duplicates(work)
    assert found.remembered == 1
