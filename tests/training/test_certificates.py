"""Certificates on both databases: earned by attendance, or let through by another hand whose waiver stays named."""

import pytest
import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.tables import ExceptionRecord
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.store.statements import Query
from seedfund.training.queries.enrolments import certificates_of, enrolment_by_number
from seedfund.training.rules.words import Mark
from seedfund.training.service import (
    CertificateIssued,
    IssueCertificate,
    WaiveThreshold,
    issue_certificate,
    waive_threshold,
)
from tests.support.programme import House
from tests.training.courses import (
    cohort,
    course,
    done,
    enrolled,
    key,
    left,
    mark,
    registered,
    session,
    trainee,
)


def attended(house: House, *marks: Mark) -> str:
    """The number of an enrolment with these marks, a session each."""
    course(house)
    number, rosa = cohort(house), trainee(house)
    own = enrolled(house, number, rosa)
    for what in marks:
        registered(house, session(house, number), mark(rosa, what))
    return own


def issued(house: House, enrolment: str, actor: str = "coach") -> CertificateIssued:
    found: CertificateIssued = done(
        house, issue_certificate, IssueCertificate(key=key(), enrolment=enrolment), actor
    )
    return found


def waived(house: House, enrolment: str, actor: str = "manager") -> None:
    command = WaiveThreshold(key=key(), enrolment=enrolment, reason="cuidó a su madre enferma")
    done(house, waive_threshold, command, actor)


def test_a_certificate_carries_hours_counts_and_rate(house: House) -> None:
    own = attended(house, *[Mark.PRESENT] * 4, Mark.ABSENT)
    found = issued(house, own)

    assert (found.certificate, found.attended, found.possible) == ("CF-2026-0001", 4, 5)
    assert (found.basis_points, found.is_waived) == (8_000, False)
    with house.work("coach") as work:
        reader = work.reader()
        enrolment = enrolment_by_number(reader, work.programme.id, own)
        kept = certificates_of(reader, [enrolment.id])[enrolment.id]
    assert (kept.minutes, kept.verification_code, kept.waiver_id) == (480, found.verification_code, None)


def test_attendance_below_the_threshold_says_what_was_attended_and_what_is_needed(house: House) -> None:
    own = attended(house, *[Mark.PRESENT] * 3, Mark.ABSENT)

    with pytest.raises(Refused) as caught:
        issued(house, own)

    (refusal,) = caught.value.refusals
    assert refusal.code == "attendance_below_threshold"
    assert "attended 3 of 4 (75 %), and 80 % is needed" in str(refusal)


def test_a_waiver_is_an_authorised_act_of_another_hand_that_the_certificate_names(house: House) -> None:
    own = attended(house, Mark.PRESENT, Mark.ABSENT)
    with pytest.raises(NotAllowed):
        waived(house, own, "coach")
    waived(house, own)
    with pytest.raises(Refused) as same_hand:
        issued(house, own, "manager")
    found = issued(house, own)

    assert same_hand.value.codes == ("own_threshold_waiver",)
    assert (found.is_waived, found.basis_points) == (True, 5_000)
    with house.work("coach") as work:
        reader = work.reader()
        enrolment = enrolment_by_number(reader, work.programme.id, own)
        assert certificates_of(reader, [enrolment.id])[enrolment.id].waiver_id is not None
        subjects = reader.all(Query(str, lambda: sa.select(col(ExceptionRecord.subject_number))))
    assert subjects == [own]


def test_nothing_is_waived_that_is_reached(house: House) -> None:
    own = attended(house, Mark.PRESENT)

    with pytest.raises(Refused) as caught:
        waived(house, own)

    assert caught.value.codes == ("waiver_not_needed",)


def test_a_register_with_a_gap_earns_no_certificate(house: House) -> None:
    course(house)
    number, rosa, luz = cohort(house), trainee(house), trainee(house, "Luz Ejemplo")
    own, _ = enrolled(house, number, rosa), enrolled(house, number, luz)
    registered(house, session(house, number), mark(rosa), mark(luz))
    registered(house, session(house, number), mark(luz))

    with pytest.raises(Refused) as caught:
        issued(house, own)

    assert caught.value.codes == ("sessions_unmarked", "attendance_below_threshold")


def test_one_certificate_is_given_and_none_to_who_left_or_had_no_session(house: House) -> None:
    own = attended(house, Mark.PRESENT)
    issued(house, own)
    with pytest.raises(Refused) as again:
        issued(house, own)
    luz = trainee(house, "Luz Ejemplo")
    other = enrolled(house, cohort(house), luz)
    with pytest.raises(Refused) as early:
        issued(house, other)
    left(house, other)
    with pytest.raises(Refused) as gone:
        issued(house, other)

    assert again.value.codes == ("certificate_twice",)
    assert early.value.codes == ("no_sessions_yet",)
    assert gone.value.codes == ("enrolment_ended", "no_sessions_yet")


def test_the_database_itself_holds_that_below_the_threshold_is_only_certified_if_waived(house: House) -> None:
    own = attended(house, Mark.PRESENT)
    issued(house, own)

    with pytest.raises(Exception, match=r"only added to|never"), house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE sf_certificate SET basis_points = 1"))
