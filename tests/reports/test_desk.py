"""Lists and things on both databases: every list can be read, every number is found, restricted people stay out."""

from collections.abc import Iterable

import pytest

from seedfund.kernel.errors import NotFound
from seedfund.kernel.lazy import Later
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.queries.desk import LISTS, list_rows, show
from seedfund.reports.queries.desk.things import FINDERS
from seedfund.reports.value import Word
from tests.reports.story import Story, accounted
from tests.reports.test_queries import made, total
from tests.support.grants import key, usd

NUMBERS = {
    "HH-2026-0001": "household",
    "PT-2026-0001": "participant",
    "SC-2026-0001": "grant",
    "AG-2026-0001": "agreement",
    "PL-2026-0001": "payment list",
    "PG-2026-0001": "payment",
    "JU-2026-0001": "justification",
    "RD-2026-0001": "refund demand",
    "AS-UNHCR-2026-000012": "entry",
    "UNHCR": "fund",
}


def restricted(story: Story) -> None:
    """The first person becomes visible to named roles only."""
    with story.house.work("protection") as work:
        restrict_participant(
            work, RestrictParticipant(key=key(), participant=story.participant, is_restricted=True)
        )


def awaited(found: Iterable[object]) -> list[Later]:
    """Those that are loaded when they are asked."""
    return [one for one in found if isinstance(one, Later)]


def test_whoever_is_asked_for_a_number_is_there() -> None:
    others = awaited((*FINDERS, *LISTS.values()))

    assert len(others) > 50
    assert [one.target.__name__ for one in others] == [one.name for one in others]


def test_every_list_is_read(story: Story) -> None:
    with story.house.work("manager") as work:
        sizes = {noun: len(list_rows(work, noun)) for noun in LISTS}

    assert {noun: sizes[noun] for noun in ("households", "participants", "grants", "payments", "entries")} == {
        "households": 3, "participants": 3, "grants": 3, "payments": 3, "entries": 19,
    }  # fmt: skip
    assert [noun for noun, size in sizes.items() if size == 0] == [
        *("duplicates", "likely-duplicates", "plans"),
        *("providers", "courses", "cohorts", "sessions", "enrolments", "certificates"),
        *(
            "savings",
            "savings-plans",
            "savings-groups",
            *("visits", "statements", "lines-to-enter", "matches", "reconciliations"),
            "schooling",
            "services",
            "referrals",
            "barriers",
        ),
        *("vacancies", "interviews", "placements", "activities", "monitoring"),
        *("household-plans", "instruments", "assessments", "graduation-criteria", "graduations"),
        *("selection-rules", "screenings", "selections"),
        *("applications", "scholarships", "bills", "complaints"),
        *("payout-layouts", "payout-files", "payout-results", "payout-exceptions"),
        *("refunds", "extracts", "proposals"),
    ]


def test_every_number_is_found(story: Story) -> None:
    with story.house.work("manager") as work:
        kinds = {number: show(work, number).kind for number in NUMBERS}

    assert kinds == NUMBERS


def test_an_entry_is_shown_with_its_rows(story: Story) -> None:
    with story.house.work("auditor") as work:
        thing = show(work, "AS-UNHCR-2026-000012")

    (row,) = thing.parts["rows"]
    assert (row["debit"], row["credit"], row["amount"]) == (
        *("advances:SC-2026-0001:A1:participant", "cash:BANK"),
        usd(300),
    )
    assert row["phase"] == Word("settle")


def test_a_fund_is_shown_with_its_lines(story: Story) -> None:
    with story.house.work("finance") as work:
        thing = show(work, "UNHCR")

    assert thing.fields["disbursed"] == usd(360)
    assert {line["line"]: line["available"] for line in thing.parts["lines"]}["A1"] == usd(1_940)


def test_a_receipt_shows_what_of_it_was_applied_and_what_waits_as_the_ledger_does(story: Story) -> None:
    accounted(story.house, story.first, usd(195))
    ledger = made(story, "participant_grant_ledger")

    with story.house.work("manager") as work:
        receipts = [row for row in list_rows(work, "receipts") if row["grant"] == story.first]

    assert [(row["accepted"], row["applied"], row["unapplied"]) for row in receipts] == [
        (usd(180), usd(180), usd(0)),
        (usd(0), usd(0), usd(0)),
        (usd(195), usd(70), usd(125)),
        (usd(0), usd(0), usd(0)),
    ]
    assert total(ledger, "accepted") == usd(250)
    assert total(ledger, "unapplied") == usd(125)


def test_a_restricted_person_is_in_no_list_of_those_who_may_not_see_them(story: Story) -> None:
    restricted(story)
    seen = {}
    for actor in ("expert", "protection"):
        with story.house.work(actor) as work:
            lists = {noun: list_rows(work, noun) for noun in ("participants", "grants", "households")}
        seen[actor] = {
            "people": [row["number"] for row in lists["participants"]],
            "grants": [row["number"] for row in lists["grants"]],
            "heads": [row["head"] is not None for row in lists["households"]],
        }

    assert story.participant not in seen["expert"]["people"]
    assert story.first not in seen["expert"]["grants"]
    assert seen["expert"]["heads"] == [False, True, True]
    assert story.participant in seen["protection"]["people"]
    assert story.first in seen["protection"]["grants"]


def test_nothing_of_a_thing_shows_itself_in_a_trace(story: Story) -> None:
    with story.house.work("expert") as work:
        thing = show(work, story.participant)

    assert "Rosa" not in repr(thing) + repr(thing.fields)
    assert "Rosa" in thing.fields["name"].reveal()


def test_a_list_or_a_number_that_is_not_there_is_not_found(story: Story) -> None:
    with story.house.work("manager") as work:
        with pytest.raises(NotFound, match="households"):
            list_rows(work, "cats")
        with pytest.raises(NotFound):
            show(work, "GR-2026-0001")
