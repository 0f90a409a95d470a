"""Confirmations on both databases: each opens one payment, a refusal stops the next, a wrong one is decided again."""

from datetime import date

import pytest

from seedfund.grants.rules.words import Delivery, EvidenceKind, SubjectKind
from seedfund.grants.service import amend_agreement, draft_agreement
from seedfund.grants.service.agreements import DraftAgreement
from seedfund.grants.service.amendments import AmendAgreement
from seedfund.grants.service.evidence import (
    Observation,
    RecordEvidence,
    WaiveCondition,
    record_evidence,
    waive_condition,
)
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import NotFound, Refused
from seedfund.scholarships.queries.scholarships import confirmations_of, scholarship_by_number
from seedfund.scholarships.rules.words import Outcome
from seedfund.training.rules.words import Mark
from seedfund.training.service import CorrectMark, correct_mark
from tests.grants.accounting_for import figures, refunded, require_sound
from tests.grants.paying import approved, at, ended, listed, paid, released, told, wish
from tests.grants.test_findings import lifted
from tests.grants.test_settlements import kept_back
from tests.scholarships.trainees import (
    FEE_FIRST,
    FEE_LAST,
    FEE_PROGRESS,
    STIPEND_FIRST,
    STIPEND_LAST,
    accepted,
    agreed,
    at_day,
    attending,
    awarded,
    billed,
    confirmed,
    corrected,
    schooled,
    taught,
    trainee,
)
from tests.support.grants import usd
from tests.support.programme import House
from tests.training.courses import cohort, course, done, key, left, mark, session

FEBRUARY = date(2026, 2, 12)


def attended(house: House, *marks: Mark) -> tuple[str, str]:
    """A scholarship whose first period is over, with these marks; and the number of the trainee."""
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    taught(house, owner.head, *marks)
    at_day(house, FEBRUARY)
    return number, owner.head


def marked_anew(house: House, person: str, place: int, what: Mark = Mark.ABSENT) -> None:
    """A mark that turns out to be another one."""
    wrong = CorrectMark(
        key=key(), session=f"CH-2026-0001/{place}", mark=mark(person, what), reason="la firma era de otra"
    )
    done(house, correct_mark, wrong)


def test_nothing_is_paid_before_it_is_confirmed(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))

    with pytest.raises(Refused) as caught:
        listed(house, wish(number, FEE_FIRST))

    assert caught.value.codes == ("confirmation_missing", "bill_missing")


def test_a_fee_waits_for_its_confirmation_and_for_its_bill(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))
    confirmed(house, number, FEE_FIRST)

    with pytest.raises(Refused) as caught:
        listed(house, wish(number, FEE_FIRST))
    accepted(house, billed(house, (number, FEE_FIRST, usd(48))))

    assert caught.value.codes == ("bill_missing",)
    assert listed(house, wish(number, FEE_FIRST)).total == usd(48)


def test_nothing_is_confirmed_before_the_enrolment_is_proven(house: House) -> None:
    schooled(house)
    number = agreed(house, trainee(house))
    at_day(house, FEBRUARY)

    for tranche in (FEE_FIRST, STIPEND_FIRST):
        with pytest.raises(Refused) as caught:
            confirmed(house, number, tranche)
        assert caught.value.codes == ("enrolment_not_proven",)


def test_a_tranche_is_decided_once_and_in_its_order(house: House) -> None:
    number, _ = attended(house, *[Mark.PRESENT] * 3)
    confirmed(house, number, FEE_FIRST)

    with pytest.raises(Refused) as twice:
        confirmed(house, number, FEE_FIRST)
    with pytest.raises(Refused) as before:
        confirmed(house, number, FEE_LAST)
    with pytest.raises(Refused) as unknown:
        confirmed(house, number, 9)

    assert twice.value.codes == ("tranche_decided_already",)
    assert before.value.codes == ("earlier_tranche_undecided", "certificate_lacks")
    assert unknown.value.codes == ("scholarship_tranche_unknown",)


def test_a_refusal_needs_its_reason_and_stops_everything_after_it(house: House) -> None:
    number, _ = attended(house, *[Mark.PRESENT] * 3)

    with pytest.raises(Refused) as silent:
        confirmed(house, number, FEE_FIRST, Outcome.REFUSED)
    confirmed(house, number, FEE_FIRST, Outcome.REFUSED, reason="el curso no empezó")
    with pytest.raises(Refused) as stipend:
        confirmed(house, number, STIPEND_FIRST)
    with pytest.raises(Refused) as fee:
        confirmed(house, number, FEE_PROGRESS)

    assert silent.value.codes == ("reason_missing",)
    assert stipend.value.codes == ("earlier_tranche_refused",)
    assert fee.value.codes == ("earlier_tranche_refused",)


def test_a_refusal_decided_wrongly_is_decided_again_and_both_are_kept(house: House) -> None:
    number, _ = attended(house, *[Mark.PRESENT] * 3)
    confirmed(house, number, FEE_FIRST, Outcome.REFUSED, reason="sin prueba")
    corrected(house, number, FEE_FIRST)

    assert confirmed(house, number, STIPEND_FIRST).due == usd(12)
    with house.work("auditor") as work:
        row, _ = scholarship_by_number(work.reader(), work.programme.id, number)
        history = confirmations_of(work.reader(), [row.id])[row.id]
    assert [(one.position, one.version, one.outcome) for one in history] == [
        (1, 1, Outcome.REFUSED),
        (1, 2, Outcome.CONFIRMED),
        (3, 1, Outcome.CONFIRMED),
    ]
    require_sound(house)


def test_progress_is_confirmed_when_attendance_reaches_what_was_agreed(house: House) -> None:
    number, person = attended(house, Mark.PRESENT, Mark.PRESENT, Mark.PRESENT, Mark.ABSENT)
    confirmed(house, number, FEE_FIRST)

    with pytest.raises(Refused) as caught:
        confirmed(house, number, FEE_PROGRESS)
    taught(house, person, Mark.PRESENT, since=FEBRUARY)

    assert caught.value.codes == ("progress_lacks",)
    assert "75 %" in str(caught.value)
    assert confirmed(house, number, FEE_PROGRESS).due == usd(36)


def test_a_stipend_waits_for_the_end_of_its_period_and_for_every_register(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    last = taught(house, owner.head, *[Mark.PRESENT] * 3)
    session(house, "CH-2026-0001", last)

    with pytest.raises(Refused) as caught:
        confirmed(house, number, STIPEND_FIRST)

    assert caught.value.codes == ("stipend_period_runs", "stipend_registers_lack")


def test_who_took_the_registers_does_not_confirm_the_stipend(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    taught(house, owner.head, Mark.PRESENT, actor="coach")
    at_day(house, FEBRUARY)

    with pytest.raises(Refused) as caught:
        confirmed(house, number, STIPEND_FIRST, actor="coach")

    assert caught.value.codes == ("confirmed_by_marker",)
    assert confirmed(house, number, STIPEND_FIRST).due == usd(4)


def test_who_left_is_paid_for_the_days_attended_only_and_no_fee_more(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, enrolment = attending(house, owner)
    taught(house, owner.head, *[Mark.PRESENT] * 4)
    left(house, enrolment)
    session(house, "CH-2026-0001", date(2026, 1, 20))

    decided = confirmed(house, number, STIPEND_FIRST)
    with pytest.raises(Refused) as caught:
        confirmed(house, number, FEE_FIRST)

    assert (decided.days_attended, decided.due) == (4, usd(16))
    assert caught.value.codes == ("trainee_left",)


def test_a_fee_refused_because_somebody_left_keeps_no_day_attended_from_being_paid(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, enrolment = attending(house, owner)
    taught(house, owner.head, *[Mark.PRESENT] * 4)
    left(house, enrolment)
    confirmed(house, number, FEE_FIRST, Outcome.REFUSED, reason="dejó el curso")

    assert confirmed(house, number, STIPEND_FIRST).due == usd(16)
    with pytest.raises(Refused) as caught:
        confirmed(house, number, FEE_PROGRESS)
    assert "earlier_tranche_refused" in caught.value.codes


def test_what_was_found_overpaid_wrongly_is_to_be_lifted_and_refunded_money_is_due_again(
    house: House,
) -> None:
    number, person = attended(house, *[Mark.PRESENT] * 10)
    confirmed(house, number, STIPEND_FIRST)
    paid(house, number, STIPEND_FIRST)
    marked_anew(house, person, 3)
    wrong = corrected(house, number, STIPEND_FIRST)
    marked_anew(house, person, 3, Mark.PRESENT)

    back = corrected(house, number, STIPEND_FIRST, actor="expert")
    assert (wrong.overpaid, back.overpaid, back.to_lift) == (usd(4), usd(0), usd(4))
    lifted(house, wrong.demand)
    marked_anew(house, person, 4)
    corrected(house, number, STIPEND_FIRST)
    refunded(house, number, usd(4))
    marked_anew(house, person, 4, Mark.PRESENT)
    again = corrected(house, number, STIPEND_FIRST, actor="expert")
    paid(house, number, STIPEND_FIRST)

    assert (again.due, again.to_lift) == (usd(40), usd(0))
    assert at(house, number).expense == 4_000
    require_sound(house)


def test_a_period_without_a_day_attended_pays_nothing_and_stops_nothing(house: House) -> None:
    number, person = attended(house, Mark.ABSENT)
    decided = confirmed(house, number, STIPEND_FIRST)
    taught(house, person, Mark.PRESENT, since=FEBRUARY)
    at_day(house, date(2026, 3, 12))

    assert (decided.due, decided.lapsed) == (usd(0), usd(80))
    confirmed(house, number, STIPEND_LAST)
    paid(house, number, STIPEND_LAST)
    assert at(house, number).expense == 400
    require_sound(house)


def test_what_was_paid_too_much_is_demanded_and_kept_back_from_the_next_payment(house: House) -> None:
    number, person = attended(house, *[Mark.PRESENT] * 10)
    confirmed(house, number, STIPEND_FIRST)
    paid(house, number, STIPEND_FIRST)
    marked_anew(house, person, 3)

    again = corrected(house, number, STIPEND_FIRST)
    kept_back(house, number)
    taught(house, person, *[Mark.PRESENT] * 6, since=FEBRUARY)
    at_day(house, date(2026, 3, 12))
    last = confirmed(house, number, STIPEND_LAST)

    assert (again.due, again.overpaid, again.demand) == (usd(36), usd(4), "RD-2026-0001")
    assert last.due == usd(24)
    (payment,) = released(house, wish(number, STIPEND_LAST)).payments
    told(house, payment)
    # 40 were paid of the first period, 20 and not 24 of the second: nine and six days in all.
    assert figures(house, number).total.disbursed == usd(60)
    assert at(house, number).expense == 6_000
    require_sound(house)


def test_an_overpayment_that_was_refunded_is_not_paid_out_again(house: House) -> None:
    number, person = attended(house, *[Mark.PRESENT] * 10)
    confirmed(house, number, STIPEND_FIRST)
    paid(house, number, STIPEND_FIRST)
    marked_anew(house, person, 3)
    corrected(house, number, STIPEND_FIRST)
    refunded(house, number, usd(4))

    with pytest.raises(Refused) as caught:
        listed(house, wish(number, STIPEND_FIRST, usd(4)))

    assert "confirmation_missing" in caught.value.codes
    require_sound(house)


def test_what_lapsed_wrongly_is_promised_again_by_another_hand(house: House) -> None:
    number, person = attended(house, *[Mark.PRESENT] * 9, Mark.ABSENT)
    first = confirmed(house, number, STIPEND_FIRST)
    marked_anew(house, person, 10, Mark.PRESENT)

    with pytest.raises(Refused) as own:
        corrected(house, number, STIPEND_FIRST, actor="expert")
    again = corrected(house, number, STIPEND_FIRST)
    paid(house, number, STIPEND_FIRST)

    assert own.value.codes == ("reversed_by_own_poster",)
    assert (first.lapsed, again.due, again.lapsed) == (usd(44), usd(40), usd(40))
    assert at(house, number).expense == 4_000
    require_sound(house)


def test_a_correction_needs_something_to_correct_and_no_payment_on_its_way(house: House) -> None:
    number, person = attended(house, *[Mark.PRESENT] * 5)

    with pytest.raises(Refused) as nothing:
        corrected(house, number, STIPEND_FIRST)
    confirmed(house, number, STIPEND_FIRST)
    with pytest.raises(Refused) as same:
        corrected(house, number, STIPEND_FIRST)
    approved(house, wish(number, STIPEND_FIRST))
    marked_anew(house, person, 1)
    with pytest.raises(Refused) as under_way:
        corrected(house, number, STIPEND_FIRST)

    assert nothing.value.codes == ("tranche_not_decided",)
    assert same.value.codes == ("decided_the_same",)
    assert under_way.value.codes == ("confirmed_payment_under_way",)


def test_a_tranche_of_a_grant_that_ended_is_not_confirmed(house: House) -> None:
    number, _ = attended(house, Mark.PRESENT)
    ended(house, number)

    with pytest.raises(Refused) as caught:
        confirmed(house, number, STIPEND_FIRST)

    assert caught.value.codes == ("scholarship_not_in_force",)


def test_a_grant_that_pays_no_course_is_no_scholarship(house: House) -> None:
    schooled(house)

    with pytest.raises(NotFound):
        confirmed(house, "SC-2026-0001", 1)


def test_a_session_of_another_course_pays_no_stipend(house: House) -> None:
    number, _ = attended(house, *[Mark.PRESENT] * 2)
    course(house, "COS-1", is_second=True)
    session(house, cohort(house, "COS-1"), date(2026, 1, 14))

    assert confirmed(house, number, STIPEND_FIRST).due == usd(8)


def test_nobody_clears_a_tranche_by_hand_or_waives_its_confirmation(house: House) -> None:
    schooled(house)
    number, _ = attending(house, trainee(house))
    forged = Observation(
        subject_kind=SubjectKind.GRANT,
        subject=number,
        kind=EvidenceKind.ENROLMENT,
        observed_on=date(2026, 1, 5),
        source="a list",
        topic="confirmed 1",
        value=1,
    )
    noted = done(house, record_evidence, RecordEvidence(key=key(), observation=forged), "field")
    waiving = WaiveCondition(
        key=key(), grant=number, tranche=1, condition=2, reason="prisa", evidence_sha256="ab" * 32
    )

    with pytest.raises(Refused) as waived:
        done(house, waive_condition, waiving, "director")
    with pytest.raises(Refused) as caught:
        listed(house, wish(number, FEE_FIRST))

    assert noted.is_irregular
    assert "condition_not_waivable" in waived.value.codes
    assert caught.value.codes == ("confirmation_missing", "bill_missing")


def test_no_agreement_or_adenda_of_a_scholarship_pays_without_its_confirmations(house: House) -> None:
    schooled(house)
    first, second = trainee(house), trainee(house)
    drafting = DraftAgreement(key=key(), grant=awarded(house, first))
    in_force, _ = attending(house, second)
    amending = AmendAgreement(
        key=key(), grant=in_force, tranches=(TrancheAsked(amount=usd(280), delivery=Delivery.IN_KIND),)
    )

    with pytest.raises(Refused) as draft:
        done(house, draft_agreement, drafting, "expert")
    with pytest.raises(Refused) as adenda:
        done(house, amend_agreement, amending, "expert")

    assert draft.value.codes == ("tranche_without_confirmation",)
    assert "tranche_without_confirmation" in adenda.value.codes
