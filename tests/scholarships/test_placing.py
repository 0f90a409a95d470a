"""How scholarships end and what comes of them, on both databases: completion, certificate, work at 1 and 6 months."""

from datetime import date

import pytest
import sqlalchemy as sa

from seedfund.grants.service.awards import DeclineAward, decline_award
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.scholarships.queries.placements import placements_of
from seedfund.scholarships.queries.scholarships import list_scholarships, scholarship_by_number
from seedfund.scholarships.rules.ending import Ending
from seedfund.scholarships.rules.terms import FeePart, ScholarshipTerms
from seedfund.scholarships.rules.words import Milestone, Turn, Witness, Work
from seedfund.scholarships.service import (
    Answer,
    CheckPlacement,
    CorrectPlacement,
    PlacementChecked,
    check_work,
    correct_placement,
)
from seedfund.training.rules.words import Mark
from seedfund.training.service import IssueCertificate, issue_certificate
from tests.grants.accounting_for import require_sound
from tests.grants.paying import paid
from tests.scholarships.trainees import (
    ENDS,
    FEE_LAST,
    STARTS,
    accepted,
    agreed,
    at_day,
    attending,
    awarded,
    billed,
    confirmed,
    ended,
    proven,
    schooled,
    taught,
    trainee,
)
from tests.support.grants import key, usd
from tests.support.programme import House
from tests.training.courses import cohort, course, done, enrolled, left

PLACED = ScholarshipTerms(
    occupation="panadera",
    course="PAN-1",
    starts_on=STARTS,
    ends_on=ENDS,
    fee=usd(120),
    fee_parts=(
        FeePart(milestone=Milestone.CERTIFICATION, share_bps=5_000),
        FeePart(milestone=Milestone.PLACEMENT, share_bps=3_000),
        FeePart(milestone=Milestone.RETENTION, share_bps=2_000),
    ),
)


def certified(house: House) -> tuple[str, str]:
    """A scholarship whose trainee has the certificate, and the number of the trainee."""
    schooled(house)
    owner = trainee(house)
    number, enrolment = attending(house, owner, PLACED)
    taught(house, owner.head, *[Mark.PRESENT] * 3)
    done(house, issue_certificate, IssueCertificate(key=key(), enrolment=enrolment))
    return number, owner.head


def completed(house: House) -> str:
    """A scholarship whose course was completed on its last day."""
    number, _ = certified(house)
    at_day(house, ENDS)
    ended(house, number, Ending.COMPLETED)
    return number


def checked(house: House, number: str, month: int, work: Work, **told: object) -> PlacementChecked:
    """An answer about work, taken by the coach."""
    answer = Answer(work=work, witness=Witness.TRAINEE, **told)  # type: ignore[arg-type] # as a test wants it
    command = CheckPlacement(key=key(), scholarship=number, month=month, answer=answer)
    found: PlacementChecked = done(house, check_work, command)
    return found


def test_an_enrolment_is_proven_once_for_the_trainee_in_the_planned_course(house: House) -> None:
    schooled(house)
    owner, other = trainee(house), trainee(house)
    number, second = agreed(house, owner), agreed(house, other)
    course(house, "COS-1", is_second=True)
    elsewhere = enrolled(house, cohort(house, "COS-1"), owner.head)
    not_hers = enrolled(house, "CH-2026-0001", other.head)

    for wrong in (elsewhere, not_hers):
        with pytest.raises(Refused) as caught:
            proven(house, number, wrong)
        assert caught.value.codes == ("enrolment_of_other",)
    left(house, not_hers)
    with pytest.raises(Refused) as gone:
        proven(house, second, not_hers)

    assert gone.value.codes == ("enrolment_left",)


def test_a_course_is_completed_when_it_is_finished_or_certified(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))

    with pytest.raises(Refused) as early:
        ended(house, number, Ending.COMPLETED)
    with pytest.raises(Refused) as not_left:
        ended(house, number, Ending.DROPPED_OUT)
    with pytest.raises(Refused) as begun:
        ended(house, number, Ending.CANCELLED)

    assert early.value.codes == ("course_runs",)
    assert not_left.value.codes == ("trainee_not_left",)
    assert begun.value.codes == ("no_such_step",)


def test_a_scholarship_that_never_began_is_cancelled_and_keeps_nobody_from_another(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    first = awarded(house, owner)

    assert ended(house, first, Ending.CANCELLED).state == "cancelled"
    done(house, decline_award, DeclineAward(key=key(), grant=first), "manager")
    assert awarded(house, owner) == "BV-2026-0002"


def test_the_last_fee_waits_for_the_certificate(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, enrolment = attending(house, owner)
    taught(house, owner.head, *[Mark.PRESENT] * 3)
    for tranche in (1, 2):
        confirmed(house, number, tranche)

    with pytest.raises(Refused) as caught:
        confirmed(house, number, FEE_LAST)
    done(house, issue_certificate, IssueCertificate(key=key(), enrolment=enrolment))

    assert caught.value.codes == ("certificate_lacks",)
    assert confirmed(house, number, FEE_LAST).due == usd(36)


def test_placement_and_retention_pay_the_provider_when_work_was_found_and_kept(house: House) -> None:
    number = completed(house)
    confirmed(house, number, 1)
    at_day(house, date(2026, 4, 11))

    with pytest.raises(Refused) as early:
        confirmed(house, number, 2)
    first = checked(house, number, 1, Work.EMPLOYED, is_relevant=True, evidence_sha256="c0" * 32)
    confirmed(house, number, 2)
    with pytest.raises(Refused) as kept:
        confirmed(house, number, 3)
    at_day(house, date(2026, 9, 11))
    second = checked(house, number, 6, Work.SELF_EMPLOYED)
    confirmed(house, number, 3)
    bill = billed(house, (number, 1, usd(60)), (number, 2, usd(36)), (number, 3, usd(24)))
    accepted(house, bill)
    for tranche in (1, 2, 3):
        paid(house, number, tranche)

    assert early.value.codes == ("work_lacks",)
    assert kept.value.codes == ("work_lacks",)
    assert (first.turn, second.turn) == (Turn.PLACED, Turn.KEPT)
    require_sound(house)


def test_work_is_asked_about_at_the_months_agreed_once_and_not_before(house: House) -> None:
    number = completed(house)

    with pytest.raises(Refused) as early:
        checked(house, number, 1, Work.EMPLOYED)
    with pytest.raises(Refused) as unknown:
        checked(house, number, 3, Work.EMPLOYED)
    at_day(house, date(2026, 4, 11))
    checked(house, number, 1, Work.UNREACHABLE)
    with pytest.raises(Refused) as twice:
        checked(house, number, 1, Work.EMPLOYED)
    with pytest.raises(InvalidInput, match="trade"):
        checked(house, number, 1, Work.NOT_WORKING, is_relevant=True)

    assert early.value.codes == ("placement_check_too_early",)
    assert unknown.value.codes == ("placement_check_unknown",)
    assert twice.value.codes == ("placement_checked_already",)


def test_an_answer_recorded_wrongly_is_told_again_and_the_first_is_kept(house: House) -> None:
    number = completed(house)
    at_day(house, date(2026, 4, 11))
    told = Answer(work=Work.EMPLOYED, witness=Witness.EMPLOYER)
    correcting = CorrectPlacement(
        key=key(), scholarship=number, month=1, answer=told, reason="la panadería lo confirma"
    )

    with pytest.raises(Refused) as nothing:
        done(house, correct_placement, correcting)
    checked(house, number, 1, Work.UNREACHABLE)
    again = CorrectPlacement(
        key=key(), scholarship=number, month=1, answer=told, reason="lo confirma su jefa"
    )
    done(house, correct_placement, again)

    assert nothing.value.codes == ("placement_not_checked",)
    with house.work("auditor") as work:
        row, _ = scholarship_by_number(work.reader(), work.programme.id, number)
        last = placements_of(work.reader(), [row.id])[row.id][1]
    assert (last.version, last.work, last.witness) == (2, Work.EMPLOYED, Witness.EMPLOYER)
    with house.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT COUNT(*) FROM sf_placement_check")).scalar()
    assert kept == 2


def test_nobody_is_asked_about_work_who_did_not_complete_the_course(house: House) -> None:
    number, _ = certified(house)

    with pytest.raises(Refused) as caught:
        checked(house, number, 1, Work.EMPLOYED)

    assert caught.value.codes == ("course_not_completed",)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sf_tranche_confirmation SET due_minor = 1",
        "DELETE FROM sf_placement_check",
        "UPDATE sf_scholarship_tranche SET amount_minor = 1",
        "UPDATE sf_tranche_lapse SET amount_minor = 1",
        "UPDATE sf_provider_bill_line SET amount_minor = 1",
        "DELETE FROM sf_scholarship_interview",
    ],
)
def test_what_was_decided_is_never_edited(house: House, change: str) -> None:
    number = completed(house)
    confirmed(house, number, 1)
    accepted(house, billed(house, (number, 1, usd(50))))
    at_day(house, date(2026, 4, 11))
    checked(house, number, 1, Work.EMPLOYED)

    with pytest.raises(sa.exc.DatabaseError), house.engine.begin() as connection:
        connection.execute(sa.text(change))


def test_scholarships_are_listed_by_their_number(house: House) -> None:
    number = completed(house)

    with house.work("coach") as work:
        assert [(row.number, row.state) for row in list_scholarships(work)] == [(number, "completed")]
