"""Lists, things, the week and the exceptions page: what each role sees of services, work, activities and schooling."""

from datetime import date, timedelta

import pytest

from seedfund.accompaniment.rules.referrals import Barrier, DeclinedBy
from seedfund.accompaniment.service import Attendee, Headcount
from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.secret import Secret
from seedfund.people.rules import ConsentMethod, ConsentPurpose
from seedfund.people.service import WithdrawConsent, withdraw_consent
from seedfund.reports.books.exceptions import ExceptionEntry
from seedfund.reports.books.week import Due
from seedfund.reports.queries.accompaniment_due import (
    ASK_ANSWER,
    ASK_JOB,
    ASK_SERVED,
    DECIDE,
    DECIDE_GRADUATION,
    END_GOAL,
    HOLD,
    INTERVIEW,
    REVOKE,
)
from seedfund.reports.queries.desk.lists import list_rows
from seedfund.reports.queries.desk.things import show
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.hidden import HIDDEN
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.queries.week import due_items
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from seedfund.savings.rules.words import RefusedFor
from seedfund.savings.service import RecordAccountRefusal, record_account_refusal
from tests.accompaniment.serving import (
    NEED,
    NOTE,
    WORK,
    activity,
    agreed,
    done,
    held,
    interview,
    placed,
    referral_step,
    referred,
    service,
    somebody,
    vacancy,
)
from tests.accompaniment.test_graduation import assessed, decided, governed, planned, proposed
from tests.people.samples import head, identity, person, register
from tests.savings.accounts import invited, saver
from tests.schooling.pupils import SCHOOL, born, enrolled, family, pupil
from tests.support.grants import home, key
from tests.support.programme import House


def week(house: House, by: str = "coach") -> list[tuple[str, date, object]]:
    """What the week says of accompaniment."""
    with house.work(by) as work:
        items = list(due_items(open_scope(work)))
    return [
        (item.number, item.due_on, item.what) for item in items if item.due is Due.ACCOMPANIMENT_TO_FOLLOW
    ]


def exceptions(house: House, by: str) -> list[ExceptionEntry]:
    with house.work(by) as work:
        return list(exception_entries(open_scope(work), since=None))


def numbers(house: House, noun: str, by: str = "coach") -> list[str]:
    with house.work(by) as work:
        return [row["number"] for row in list_rows(work, noun)]


def hidden_person(house: House) -> str:
    """A restricted head of a household, who agreed to share data with partners."""
    entry = person(identity("Ana", "Prueba"), is_restricted=True)
    who = register(house, head(entry), actor="protection").members[0].participant
    agreed(house, who, by="protection")
    return who


def test_each_thing_stands_in_its_list_and_is_found_by_its_number(house: House) -> None:
    who, to = somebody(house), service(house)
    fair = activity(house)
    found = {
        "services": ("service", to),
        "referrals": ("referral", referred(house, who, to)),
        "vacancies": ("vacancy", vacancy(house)),
        "interviews": ("interview", interview(house, who)),
        "placements": ("placement", placed(house, who)),
        "activities": ("activity", fair),
        "schooling": ("schooling", enrolled(house, family(house, born(2015)).members[1].participant).number),
    }

    for noun, (kind, number) in found.items():
        assert numbers(house, noun) == [number]
        with house.work("coach") as work:
            assert show(work, number.lower()).kind == kind


def test_what_is_told_in_confidence_is_read_by_those_who_accompany_and_by_nobody_else(house: House) -> None:
    who = somebody(house)
    referral, job = referred(house, who, service(house)), placed(house, who)
    referral_step(house, referral, "accepted", note=Secret(NOTE))
    child = enrolled(house, family(house, born(2015)).members[1].participant).number

    with house.work("coach") as work:
        need = show(work, referral).fields["need"]
        place, school = show(work, job).fields["work"], show(work, child).fields["school"]
        note = show(work, referral).parts["steps"][1]["note"]
        assert [one.reveal() for one in (need, place, school, note)] == [NEED, WORK, SCHOOL, NOTE]
    with house.work("finance") as work:
        assert "need" not in show(work, referral).fields
        assert "work" not in show(work, job).fields
        assert "school" not in show(work, child).fields
        assert show(work, referral).parts["steps"][1]["note"] is None


def test_who_came_to_an_activity_is_shown_by_sex_and_by_name(house: House) -> None:
    number = activity(house)
    held(house, number, attendees=(Attendee(participant=home(house).head),), headcounts=(Headcount(heads=9),))

    with house.work("coach") as work:
        (row,) = list_rows(work, "activities")
        parts = show(work, number).parts

    assert row["came"] == 10
    assert parts["came"] == [
        {"sex": Word("female"), "heads": 1},
        {"sex": Word("not_collected"), "heads": 9},
    ]
    assert parts["attendees"][0]["name"].reveal() == "Rosa Elvira Prueba Cuasi"


def test_barriers_of_services_and_of_accounts_stand_in_one_list(house: House) -> None:
    number = referred(house, somebody(house), service(house))
    referral_step(house, number, "declined", barrier=Barrier.DISTANCE, declined_by=DeclinedBy.PARTICIPANT)
    link = invited(house, saver(house))
    refusal = RecordAccountRefusal(key=key(), link=link, refused_for=RefusedFor.DOCUMENT_NOT_ACCEPTED)
    done(house, record_account_refusal, refusal, "field")

    with house.work("coach") as work:
        rows = list_rows(work, "barriers")

    assert [(row["number"], row["kind"].text, row["barrier"].text, row["said"].text) for row in rows] == [
        (number, "health", "distance", "participant"),
        (link, "account", "document", "document_not_accepted"),
    ]


def test_the_week_tells_what_accompaniment_asks(house: House) -> None:
    who = somebody(house)
    offered = referred(house, who, service(house), answer_by=date(2026, 1, 9))
    taken = referred(house, who, service(house, name="Otro servicio"))
    referral_step(house, taken, "accepted")
    arranged, planned = interview(house, who), activity(house)
    job = placed(house, who, starts_on=date(2025, 12, 10))
    odd = enrolled(house, family(house, born(2000)).members[1].participant).number

    assert sorted(week(house)) == sorted(
        [
            (offered, date(2026, 1, 9), word(ASK_ANSWER)),
            (arranged, date(2026, 1, 8), word(INTERVIEW)),
            (planned, date(2026, 1, 7), word(HOLD)),
            (job, date(2026, 1, 10), word(ASK_JOB)),
            (odd, date(2026, 1, 5), word(DECIDE)),
        ]
    )
    house.clock.advance(timedelta(days=25))
    assert (taken, date(2026, 2, 4), word(ASK_SERVED)) in week(house)


def test_a_referral_whose_consent_was_withdrawn_is_to_be_revoked(house: House) -> None:
    who = somebody(house)
    number = referred(house, who, service(house))
    command = WithdrawConsent(
        key=key(),
        participant=who,
        purpose=ConsentPurpose.PARTNERS,
        language="es",
        method=ConsentMethod.VERBAL,
    )
    done(house, withdraw_consent, command)

    assert week(house) == [(number, date(2026, 1, 5), word(REVOKE))]


@pytest.mark.parametrize("noun", ["referrals", "interviews", "placements", "schooling"])
def test_things_of_a_restricted_person_are_on_no_list_page_or_week_of_others(house: House, noun: str) -> None:
    who = hidden_person(house)
    made = {
        "referrals": lambda: referred(
            house, who, service(house), by="protection", answer_by=date(2026, 1, 6)
        ),
        "interviews": lambda: interview(house, who, by="protection"),
        "placements": lambda: placed(house, who, by="protection", starts_on=date(2025, 12, 6)),
        "schooling": lambda: enrolled(house, who, by="protection").number,
    }
    number = made[noun]()

    assert numbers(house, noun, "protection") == [number]
    assert [one for one, _, _ in week(house, "protection")] == [number]
    for role in ("coach", "manager", "finance", "auditor"):
        assert numbers(house, noun, role) == []
        assert week(house, role) == []
        with house.work(role) as work, pytest.raises(NotAllowed):
            show(work, number)


def test_barriers_of_a_restricted_person_are_told_to_named_roles_only(house: House) -> None:
    number = referred(house, hidden_person(house), service(house), by="protection")
    referral_step(
        house,
        number,
        "declined",
        by="protection",
        barrier=Barrier.STATUS,
        declined_by=DeclinedBy.SERVICE,
    )

    assert numbers(house, "barriers", "protection") == [number]
    assert numbers(house, "barriers") == []


def test_an_override_stands_on_the_exceptions_page(house: House) -> None:
    number = referred(
        house, home(house).head, service(house), by="manager", without_consent="Immediate danger"
    )

    (entry,) = exceptions(house, "auditor")

    assert (entry.number, entry.what, entry.reason, entry.decided_by) == (
        number,
        word("referred without consent"),
        "Immediate danger",
        "manager",
    )


def test_an_exception_about_a_restricted_person_is_counted_and_not_told_to_others(house: House) -> None:
    entry = person(identity("Ana", "Prueba"), is_restricted=True)
    who = register(house, head(entry), actor="protection").members[0].participant
    number = referred(
        house, who, service(house), by="protection", without_consent="The shelter must not be named"
    )
    odd = enrolled(house, who, by="protection")
    assert odd.irregularity is not None

    told = {one.number: one.reason for one in exceptions(house, "protection")}
    hidden = exceptions(house, "auditor")

    assert told == {number: "The shelter must not be named", odd.number: word(odd.irregularity.value)}
    assert [(one.number, one.reason) for one in hidden] == [("", word(HIDDEN))] * 2


def test_a_restricted_child_is_left_out_of_the_page_of_its_family(house: House) -> None:
    family_of = register(house, head(), pupil(born(2015), is_restricted=True))
    enrolled(house, family_of.members[1].participant, by="protection")

    assert numbers(house, "schooling") == []
    assert len(numbers(house, "schooling", "director")) == 1


def test_the_week_tells_a_graduation_to_decide_and_a_goal_past_its_day(house: House) -> None:
    governed(house)
    household = home(house).household
    assessed(house, household, "meals=yes")
    graduation, plan = proposed(house, household), planned(house, household)
    assert week(house) == [(graduation, date(2026, 1, 5), word(DECIDE_GRADUATION))]

    house.clock.advance(timedelta(days=150))

    assert (f"{plan}/1", date(2026, 6, 1), word(END_GOAL)) in week(house)
    decided(house, graduation)
    assert graduation not in [number for number, _, _ in week(house)]
