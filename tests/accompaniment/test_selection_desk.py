"""Lists, things, the week and the exceptions page: what each role sees of rules, screenings and selections."""

from datetime import date, timedelta

import pytest

from seedfund.accompaniment.rules.sampling import Difference, Finding
from seedfund.accompaniment.service import DrawVerificationSample, draw_verification_sample
from seedfund.kernel.errors import NotFound
from seedfund.kernel.secret import Secret
from seedfund.reports.queries.desk.lists import list_rows
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.things import show
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.queries.selection_due import DRAW, PROMOTE, VERIFY, VERIFY_DAYS
from seedfund.reports.queries.week import due_items
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from tests.accompaniment.selecting import (
    CODE,
    TODAY,
    families,
    family,
    found,
    left,
    promoted,
    ruled,
    screened,
    selected,
)
from tests.accompaniment.serving import NOTE, done
from tests.support.grants import key
from tests.support.programme import House


def shown(house: House, number: str, by: str = "coach") -> Thing:
    with house.work(by) as work:
        return show(work, number)


def week(house: House, by: str = "coach") -> list[tuple[date, object, str]]:
    """What the week says of selections."""
    with house.work(by) as work:
        items = list(due_items(open_scope(work)))
    return [(one.due_on, one.what, one.participant) for one in items if one.number.startswith("SE-")]


def sampled(house: House, number: str) -> None:
    done(house, draw_verification_sample, DrawVerificationSample(key=key(), number=number), "manager")


def test_rules_screenings_and_selections_are_listed_and_shown(house: House) -> None:
    first, second, third = families(house, 10000, 20500, 30000)
    alone = screened(house, family(house), 15000)
    ruled(house)
    number = selected(house).number

    with house.work("coach") as work:
        (rules,) = list_rows(work, "selection-rules")
        screenings = list_rows(work, "screenings")
        (row,) = list_rows(work, "selections")
    assert (rules["code"], rules["places"], rules["approved_by"]) == (CODE, 2, "manager")
    assert [(one["household"], one["score"]) for one in screenings] == [
        (first, "10.000"),
        (second, "20.500"),
        (third, "30.000"),
        (alone, "15.000"),
    ]
    assert (row["number"], row["selected"], row["waiting"], row["refused"]) == (number, 2, 1, 1)
    thing = shown(house, number.lower())
    assert [(one["household"], one["state"]) for one in thing.parts["households"]] == [
        (first, Word("selected")),
        (second, Word("selected")),
        (third, Word("waiting")),
        (alone, Word("refused")),
    ]
    (reason,) = thing.parts["refused"]
    assert (reason["household"], reason["because"], reason["criterion"]) == (
        alone,
        Word("not_met"),
        Word("child_under"),
    )
    criteria = shown(house, CODE).parts["criteria"]
    assert [one["criterion"] for one in criteria] == [Word("extreme_poverty"), Word("child_under")]
    with pytest.raises(NotFound):
        shown(house, "no_such_rules")


def test_the_share_that_differs_is_shown_and_the_note_to_those_who_accompany(house: House) -> None:
    homes = families(house, 10000, 11000)
    ruled(house)
    number = selected(house).number
    sampled(house, number)
    found(house, number, homes[0], Finding.VERIFIED)
    found(house, number, homes[1], Finding.DIFFERS, difference=Difference.PLACE, note=Secret(NOTE))

    thing = shown(house, number)
    assert thing.fields["differing"] == "1/2 (50.00 %)"
    notes = [one["note"] for one in thing.parts["sample"] if one["note"] is not None]
    assert [note.reveal() for note in notes] == [NOTE]
    assert all(one["note"] is None for one in shown(house, number, "auditor").parts["sample"])


def test_the_week_asks_for_the_sample_the_doors_and_the_next_of_the_list(house: House) -> None:
    homes = families(house, 10000, 11000, 12000)
    ruled(house)
    number = selected(house).number
    assert week(house) == [(TODAY, word(DRAW), "")]

    sampled(house, number)
    assert week(house) == []
    house.clock.advance(timedelta(days=VERIFY_DAYS - 7))
    due = TODAY + timedelta(days=VERIFY_DAYS)
    asked = week(house)
    assert [(on, what) for on, what, _ in asked] == [(due, word(VERIFY))] * 2
    assert all(name for _, _, name in asked)
    found(house, number, homes[0], Finding.VERIFIED)
    assert len(week(house)) == 1

    left(house, number, homes[1])
    (promotion,) = week(house)
    assert promotion[1] == word(PROMOTE)
    promoted(house, number)
    assert week(house) == []


def test_a_restricted_household_is_counted_and_named_to_named_roles_only(house: House) -> None:
    hidden = screened(house, family(house, 2018, restricted=True, by="protection"), 11500, by="protection")
    homes = families(house, 10000, 11000)
    ruled(house)
    number = selected(house).number
    left(house, number, homes[0])

    for by, expected in (("coach", homes), ("protection", [homes[0], homes[1], hidden])):
        thing = shown(house, number, by)
        assert [one["household"] for one in thing.parts["households"]] == expected
        assert thing.fields["waiting"] == 1
    ((_, what, name),) = [one for one in week(house) if one[1] == word(PROMOTE)]
    assert (what, name) == (word(PROMOTE), "")
    ((_, _, named),) = [one for one in week(house, "protection") if one[1] == word(PROMOTE)]
    assert named


def test_who_was_promoted_out_of_turn_stands_on_the_exceptions_page(house: House) -> None:
    homes = families(house, 10000, 11000, 12000, 13000)
    ruled(house)
    number = selected(house).number
    left(house, number, homes[0])
    promoted(house, number, "manager", household=homes[3], reason="Riesgo urgente")

    with house.work("auditor") as work:
        (entry,) = [one for one in exception_entries(open_scope(work), since=None) if one.number == number]
    assert (entry.what, entry.reason) == (word("promoted out of turn"), "Riesgo urgente")
    moves = shown(house, number).parts["moves"]
    assert [(one["household"], one["out_of_turn"]) for one in moves] == [
        (homes[0], Word("no")),
        (homes[3], Word("yes")),
    ]
