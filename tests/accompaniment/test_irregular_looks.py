"""A look at a business that does not fit is taken in, marked, listed, and counts once another person accepted it."""

from datetime import date

import pytest

from seedfund.accompaniment.queries.monitoring import business_states, list_monitoring, open_monitoring
from seedfund.accompaniment.rules.monitoring import LookIrregularity, StoodStillFor, Survival
from seedfund.accompaniment.service import (
    CorrectMonitoring,
    DecideMonitoring,
    correct_monitoring,
    decide_monitoring,
)
from seedfund.assurance.verify import Request, verify
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.money import Money
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.queries.accompaniment_due import DECIDE_LOOK
from seedfund.reports.queries.desk import list_rows, show
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.hidden import HIDDEN
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.queries.week import due_items
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from tests.accompaniment.serving import done
from tests.accompaniment.test_monitoring import business, later, looked, told
from tests.assurance.support import altering
from tests.support.grants import key, usd
from tests.support.programme import RING, House

JUNE = date(2026, 6, 1)
IN_EUROS = {name: Money(100, "EUR") for name in ("sales", "costs", "stock", "cash")}


def decided(house: House, number: str, *, accepted: bool = True, by: str = "expert") -> None:
    command = DecideMonitoring(
        key=key(), number=number, is_accepted=accepted, reason="Se confirmó con la dueña"
    )
    done(house, decide_monitoring, command, by)


def survival(house: House) -> Survival:
    """What is known of the one business at three months."""
    with house.work("coach") as work:
        (state,) = business_states(work, work.today())
    return state.survival[3]


def waiting(house: House, by: str = "coach") -> list[str]:
    """The looks that the week wants decided."""
    with house.work(by) as work:
        return [one.number for one in due_items(open_scope(work)) if one.what == word(DECIDE_LOOK)]


@pytest.mark.parametrize(
    ("changes", "irregular"),
    [
        (dict(IN_EUROS), ["other_currency"]),
        ({"is_operating": False}, ["reason_missing"]),
        ({"stood_still_for": StoodStillFor.CARE}, ["reason_not_expected"]),
        ({"is_operating": False, **IN_EUROS}, ["other_currency", "reason_missing"]),
    ],
)
def test_what_does_not_fit_is_taken_in_marked_and_put_on_the_exceptions_page(
    house: House, changes: dict[str, object], irregular: list[str]
) -> None:
    plan, _ = business(house)
    later(house, 60)

    found = looked(house, plan, "coach", **changes)

    assert [one.value for one in found.irregular] == irregular
    with house.work("auditor") as work:
        (row,) = list_rows(work, "monitoring")
        entries = [
            one for one in exception_entries(open_scope(work), since=None) if one.number == found.number
        ]
    assert row["irregular"] == [Word(one) for one in irregular]
    assert row["state"] == Word("open")
    assert [one.reason for one in entries] == [word(one) for one in irregular]
    assert waiting(house) == [found.number]


def test_a_second_look_on_one_day_stands_beside_the_first(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)
    first = looked(house, plan)

    second = looked(house, plan, sales=usd(1_000))

    assert second.irregular == (LookIrregularity.SECOND_LOOK,)
    with house.work("coach") as work:
        assert [(one.number, one.irregular) for one in list_monitoring(work)] == [
            (first.number, ()),
            (second.number, (LookIrregularity.SECOND_LOOK,)),
        ]


def test_an_irregular_look_tells_of_survival_once_another_person_accepted_it(house: House) -> None:
    plan, _ = business(house)
    later(house, 160)
    number = looked(house, plan, is_operating=False, month=JUNE).number
    assert survival(house) is Survival.NOT_VISITED

    decided(house, number)

    assert survival(house) is Survival.NOT_OPERATING
    assert waiting(house) == []
    with house.work("coach") as work:
        assert show(work, number).fields["state"] == Word("counted")


def test_an_irregular_look_that_was_set_aside_tells_nothing(house: House) -> None:
    plan, _ = business(house)
    later(house, 160)
    number = looked(house, plan, is_operating=False, month=JUNE).number

    decided(house, number, accepted=False)

    assert survival(house) is Survival.NOT_VISITED
    with house.work("coach") as work:
        assert show(work, number).fields["state"] == Word("set_aside")


def test_a_look_is_not_compared_with_one_that_does_not_count(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)
    looked(house, plan, stood_still_for=StoodStillFor.CARE)
    later(house, 30)
    second = looked(house, plan, sales=usd(1_080))

    with house.work("coach") as work:
        sales = open_monitoring(work, second.number).compared[0]

    assert sales.against_last is None


def test_a_correction_that_mends_a_look_lets_it_count_and_one_that_spoils_it_is_told(house: House) -> None:
    plan, _ = business(house)
    later(house, 160)
    number = looked(house, plan, is_operating=False, month=JUNE).number

    mended = told(is_operating=False, stood_still_for=StoodStillFor.ILLNESS, month=JUNE)
    correcting = CorrectMonitoring(key=key(), number=number, told=mended, reason="Faltaba el motivo")
    assert done(house, correct_monitoring, correcting, "coach").irregular == ()
    assert survival(house) is Survival.NOT_OPERATING

    spoiled = CorrectMonitoring(
        key=key(), number=number, told=told(month=JUNE, **IN_EUROS), reason="Cobra en euros"
    )
    assert done(house, correct_monitoring, spoiled, "coach").irregular == (LookIrregularity.OTHER_CURRENCY,)
    assert waiting(house) == [number]
    with house.work("auditor") as work:
        told_of = [
            one.reason for one in exception_entries(open_scope(work), since=None) if one.number == number
        ]
    assert told_of == [word("reason_missing"), word("other_currency")]


def test_a_look_is_decided_once_by_somebody_else_and_only_where_it_is_irregular(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)
    regular = looked(house, plan).number
    number = looked(house, plan, "expert").number

    codes = {}
    for which, by in ((regular, "expert"), (number, "expert")):
        with pytest.raises(Refused) as caught:
            decided(house, which, by=by)
        codes[which] = caught.value.codes
    decided(house, number, by="manager")
    with pytest.raises(Refused) as again:
        decided(house, number, by="manager")

    assert codes == {
        regular: ("monitoring_not_irregular",),
        number: ("monitoring_decided_by_recorder",),
    }
    assert again.value.codes == ("monitoring_decided",)


def test_an_irregular_look_at_the_business_of_a_restricted_person_is_for_named_roles(house: House) -> None:
    plan, owner = business(house)
    later(house, 60)
    number = looked(house, plan, is_operating=False).number
    done(house, restrict_participant, RestrictParticipant(key=key(), participant=owner.head), "protection")

    with pytest.raises(NotAllowed):
        decided(house, number)

    assert (waiting(house), waiting(house, by="protection")) == ([], [number])
    with house.work("auditor") as work:
        told_of = [
            (one.number, one.reason)
            for one in exception_entries(open_scope(work), since=None)
            if one.what == word("monitoring")
        ]
    assert told_of == [("", word(HIDDEN))]


def test_the_family_is_counted_by_sex_and_its_sum_is_worked_out(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)
    number = looked(house, plan, family_hands=None, family_women=2, family_men=1).number

    with house.work("coach") as work:
        fields = show(work, number).fields

    assert (fields["family_women"], fields["family_men"], fields["family_hands"]) == (2, 1, 3)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_monitoring_decision SET is_accepted = NOT is_accepted",
        "UPDATE sf_monitoring_report SET irregular = NULL",
        "UPDATE sf_monitoring_report SET family_women = family_women + 1",
        "UPDATE sf_monitoring_report SET family_men = family_men + 1",
    ],
)
def test_what_makes_a_look_count_altered_behind_our_back_is_found(house: House, statement: str) -> None:
    plan, _ = business(house)
    later(house, 60)
    looked(house, plan)
    number = looked(house, plan, family_hands=None, family_women=1, family_men=1).number
    decided(house, number)
    assert verify(house.engine, Request(keyring=RING)).is_sound

    with altering(house.engine) as connection:
        connection.exec_driver_sql(statement)

    assert not verify(house.engine, Request(keyring=RING)).is_sound
