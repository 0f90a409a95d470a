"""Applications, interviews and plans on both databases: who is planned with, and by whose hands."""

from dataclasses import replace

import pytest

from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.secret import Secret
from seedfund.scholarships.queries.applications import (
    application_by_number,
    interview_place,
    interviews_of,
    list_applications,
    plan_by_number,
    plans_of,
)
from seedfund.scholarships.rules.terms import terms_hash
from seedfund.scholarships.rules.words import ClosedFor
from seedfund.scholarships.service import (
    ApplyForScholarship,
    CloseApplication,
    InterviewApplicant,
    PlanEmployment,
    apply_for_scholarship,
    award_scholarship,
    close_application,
    interview_applicant,
    plan_employment,
)
from seedfund.store.unit import open_vault
from tests.scholarships.trainees import (
    TERMS,
    applied,
    approved,
    awarded,
    awarding,
    interviewed,
    plan_ready,
    planned,
    schooled,
    trainee,
)
from tests.support.grants import key, usd
from tests.support.programme import House
from tests.training.courses import cohort, course, done
from tests.training.courses import trainee as person


def test_a_person_has_one_application_at_a_time_and_may_apply_again_after_it(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    first = applied(house, owner)

    with pytest.raises(Refused) as caught:
        applied(house, owner)
    done(house, close_application, CloseApplication(key=key(), application=first, reason=ClosedFor.NO_PLACE))

    assert caught.value.codes == ("application_open",)
    assert applied(house, owner) == "AP-2026-0002"
    with house.work("auditor") as work:
        row = application_by_number(work.reader(), work.programme.id, first)
    assert (row.state, row.closed_for) == ("closed", "no_place")


def test_nobody_is_planned_with_before_an_interview_recommends_it(house: House) -> None:
    schooled(house)
    number = applied(house, trainee(house))

    with pytest.raises(Refused) as early:
        planned(house, number)
    interviewed(house, number, is_recommended=False, is_within_income=False)
    with pytest.raises(Refused) as against:
        planned(house, number)
    interviewed(house, number)

    assert early.value.codes == ("not_interviewed",)
    assert against.value.codes == ("not_recommended", "income_above_limit")
    assert planned(house, number).plan == "EP-2026-0001"


def test_what_an_interview_noted_is_sealed_and_the_earlier_interview_is_kept(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number = applied(house, owner)
    told = InterviewApplicant(
        key=key(),
        application=number,
        is_recommended=True,
        is_within_income=True,
        note=Secret("cuida a su madre"),
    )
    done(house, interview_applicant, told)
    interviewed(house, number, is_recommended=False)

    with house.work("coach") as work:
        row = application_by_number(work.reader(), work.programme.id, number)
        first, second = interviews_of(work.reader(), [row.id])[row.id]
        vault = open_vault(work.reader(), work, row.participant_id)
        assert first.note is not None
        opened = vault.open(first.note, interview_place(row.id, 1)).reveal()
    assert (opened, b"madre" in first.note) == ("cuida a su madre", False)
    assert (first.is_recommended, second.is_recommended) == (True, False)


def test_who_prepared_a_plan_neither_approves_it_nor_awards_on_it(house: House) -> None:
    schooled(house)
    application = applied(house, trainee(house))
    interviewed(house, application)
    own = done(
        house, plan_employment, PlanEmployment(key=key(), application=application, terms=TERMS), "manager"
    )

    with pytest.raises(Refused) as caught:
        approved(house, own.plan)
    approved(house, own.plan, "director")
    with pytest.raises(Refused) as awarding_it:
        done(house, award_scholarship, awarding(own), "manager")

    assert caught.value.codes == ("employment_plan_own",)
    assert awarding_it.value.codes == ("award_by_planner",)


def test_an_award_is_of_what_was_approved_and_of_a_benefit_tied_to_attendance(house: House) -> None:
    schooled(house)
    application = applied(house, trainee(house))
    interviewed(house, application)
    plan = planned(house, application)

    with pytest.raises(Refused) as caught:
        done(house, award_scholarship, awarding(plan, usd(100), "untied"), "secretary")

    assert caught.value.codes == (
        "employment_plan_not_approved",
        "award_not_as_planned",
        "benefit_not_tied_to_attendance",
    )


def test_a_plan_made_anew_takes_the_place_of_the_one_before_and_is_approved_again(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    first = plan_ready(house, owner)
    second = planned(house, "AP-2026-0001", replace(TERMS, occupation="pastelera"))

    with pytest.raises(Refused) as caught:
        done(house, award_scholarship, awarding(first), "secretary")

    with house.work("auditor") as work:
        row = application_by_number(work.reader(), work.programme.id, "AP-2026-0001")
        plans = plans_of(work.reader(), [row.id])[row.id]
        known = plan_by_number(work.reader(), work.programme.id, second.plan)
    assert caught.value.codes == ("employment_plan_not_approved",)
    assert [one.state for one in plans] == ["replaced", "prepared"]
    assert (known.terms.occupation, known.terms_hash) == ("pastelera", terms_hash(known.terms))


def test_a_person_is_trained_once_with_programme_money(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    awarded(house, owner)
    again = applied(house, owner)
    interviewed(house, again)

    with pytest.raises(Refused) as caught:
        planned(house, again)

    assert caught.value.codes == ("trained_before",)
    assert "BV-2026-0001" in str(caught.value)


def test_a_plan_asks_for_no_more_than_the_course_costs_and_a_cohort_of_it(house: House) -> None:
    schooled(house)
    application = applied(house, trainee(house))
    interviewed(house, application)

    with pytest.raises(Refused) as caught:
        planned(house, application, replace(TERMS, fee=usd(121)))

    with pytest.raises(Refused) as other:
        course(house, "COS-1", is_second=True)
        planned(house, application, replace(TERMS, cohort=cohort(house, "COS-1")))

    assert caught.value.codes == ("employment_plan_fee",)
    assert other.value.codes == ("cohort_of_other_course",)
    assert planned(house, application, replace(TERMS, cohort="CH-2026-0001")).cost == usd(280)


def test_applications_of_restricted_people_are_for_named_roles_alone(house: House) -> None:
    schooled(house)
    hidden = person(house, restricted=True, actor="protection")
    command = ApplyForScholarship(key=key(), participant=hidden, course="PAN-1", occupation="panadera")

    with pytest.raises(NotAllowed):
        done(house, apply_for_scholarship, command, "coach")
    done(house, apply_for_scholarship, command, "protection")
    applied(house, trainee(house))

    with house.work("coach") as work:
        assert [row.number for row in list_applications(work)] == ["AP-2026-0002"]
    with house.work("protection") as work:
        assert [row.number for row in list_applications(work)] == ["AP-2026-0001", "AP-2026-0002"]
    with pytest.raises(NotAllowed):
        interviewed(house, "AP-2026-0001")
