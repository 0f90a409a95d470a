"""Evidence, waivers and why not yet: each condition says how it stands, on what, by whom, and what is missing."""

from datetime import date, timedelta

import pytest

from seedfund.approvals.queries.exceptions import exceptions_in
from seedfund.grants.queries.why import explain_grant, explain_payment, explain_tranche
from seedfund.grants.rules.conditions import (
    AgreementSigned,
    AllOf,
    AnyOf,
    AttendanceAtLeast,
    DateReached,
    EvidenceOnFile,
    PreviousTrancheJustified,
    QuotesFiled,
    Since,
    VisitDoneSince,
)
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.words import EvidenceKind, SubjectKind
from seedfund.grants.service import record_evidence
from seedfund.grants.service.course import SuspendGrant, suspend_grant
from seedfund.grants.service.evidence import (
    Observation,
    RecordEvidence,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.roles import Role
from seedfund.people.service import RestrictParticipant, restrict_participant
from tests.grants.asking import DUE, WAITING, granted, observed, why
from tests.grants.paying import released, told, wish
from tests.support.grants import (
    TODAY,
    agreed,
    awarded,
    drafted,
    home,
    issued,
    key,
    prepared,
    tranche,
    usd,
)
from tests.support.programme import House


def test_a_tranche_waits_until_attendance_reaches_its_threshold(house: House) -> None:
    grant, owner = granted(house, AttendanceAtLeast(8_000))
    before = why(house, grant)
    observed(house, owner.head, EvidenceKind.ATTENDANCE, 7_500)
    low = why(house, grant)
    recorded = observed(house, owner.head, EvidenceKind.ATTENDANCE, 8_000)
    after = why(house, grant)

    gaps = [gap.missing[0].missing for gap in (before, low)]
    assert [gap.code for gap in gaps if gap] == ["attendance_not_recorded", "attendance_too_low"]
    assert (before.is_payable, low.is_payable, after.is_payable) == (False, False, True)
    finding = after.findings[WAITING]
    assert (finding.evidence, finding.evaluator, finding.on) == (recorded.number, "coach", TODAY)


def test_what_is_missing_names_who_does_it_and_by_when(house: House) -> None:
    grant, _ = granted(house, AttendanceAtLeast(8_000), QuotesFiled(2))

    missing = why(house, grant).missing

    assert [(item.code, item.responsible, item.by) for item in missing] == [
        ("attendance_at_least", Role.COACH, DUE),
        ("quotes_filed", Role.ECONOMIC_INCLUSION_EXPERT, DUE),
    ]


def test_evidence_about_grant_household_and_participant_counts_alike(house: House) -> None:
    grant, owner = granted(house, QuotesFiled(3))
    for digit, subject in enumerate((grant, owner.household, owner.head)):
        observed(house, subject, EvidenceKind.QUOTE, 10_000, file=f"{digit:064x}")

    assert why(house, grant).is_payable


def test_one_quotation_recorded_three_times_is_one(house: House) -> None:
    grant, _ = granted(house, QuotesFiled(3))
    for _ in range(3):
        observed(house, grant, EvidenceKind.QUOTE, 10_000, file="34" * 32)

    missing = why(house, grant).missing[0].missing

    assert missing is not None
    assert (missing.code, missing.facts["filed"]) == ("quotes_missing", "1")


def test_what_a_household_gave_before_the_award_counts_once_it_is_said_of_the_grant(house: House) -> None:
    grant, owner = granted(house, EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000))
    long_ago = TODAY - timedelta(days=900)
    observed(house, owner.household, EvidenceKind.OWN_CONTRIBUTION, 10_000, on=long_ago)
    before = why(house, grant).is_payable

    observed(house, grant, EvidenceKind.OWN_CONTRIBUTION, 10_000, on=long_ago)

    assert (before, why(house, grant).is_payable) == (False, True)


def test_what_cannot_be_as_it_is_told_is_taken_in_and_counts_for_nothing(house: House) -> None:
    grant, owner = granted(house, AttendanceAtLeast(8_000))
    result = observed(house, owner.head, EvidenceKind.ATTENDANCE, 12_000)
    later = observed(house, owner.head, EvidenceKind.VISIT, 1, on=TODAY + timedelta(days=9))

    assert (result.is_irregular, later.is_irregular) == (True, True)
    assert not why(house, grant).is_payable
    with house.work("auditor") as work:
        days = DateRange(TODAY, TODAY + timedelta(days=1))
        rows = exceptions_in(work.reader(), work.programme.id, days)
    listed_numbers = [row.subject_number for row in rows if row.kind == "irregular_fact"]
    assert listed_numbers == [result.number, later.number]


def test_evidence_says_where_it_comes_from_and_about_whom(house: House) -> None:
    prepared(house)
    nameless = Observation(
        subject_kind=SubjectKind.GRANT,
        subject="SC-2026-0077",
        kind=EvidenceKind.QUOTE,
        observed_on=TODAY,
        source=" ",
    )
    with house.work("coach") as work, pytest.raises(InvalidInput, match="source"):
        record_evidence(work, RecordEvidence(key=key(), observation=nameless))

    with pytest.raises(NotFound, match="SC-2026-0077"):
        observed(house, "SC-2026-0077", EvidenceKind.QUOTE)


def test_composed_conditions_say_each_of_their_gaps(house: House) -> None:
    both = AllOf((AgreementSigned(), DateReached(), QuotesFiled()))
    either = AnyOf((AttendanceAtLeast(8_000), QuotesFiled(2)))
    grant, _ = granted(house, both, either)

    found = why(house, grant).missing

    assert [gap.code for item in found for gap in item.gaps()] == [
        "date_not_reached",
        "quotes_missing",
        "attendance_not_recorded",
        "quotes_missing",
    ]


def test_a_visit_counts_from_the_day_of_the_agreement(house: House) -> None:
    grant, owner = granted(house, VisitDoneSince(Since.AGREEMENT, is_operating=True))
    observed(house, owner.household, EvidenceKind.VISIT, 1, on=TODAY - timedelta(days=1))
    early = why(house, grant).missing[0].gaps()[0].code
    observed(house, owner.household, EvidenceKind.VISIT, 0)
    idle = why(house, grant).missing[0].gaps()[0].code
    house.clock.advance(timedelta(days=1))
    observed(house, owner.household, EvidenceKind.VISIT, 1, on=TODAY + timedelta(days=1))

    assert (early, idle) == ("no_visit_since", "business_not_operating")
    assert why(house, grant).is_payable


def test_a_later_tranche_waits_for_the_earlier_one(house: House) -> None:
    prepared(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200), PreviousTrancheJustified(8_000)))

    codes = [gap.code for item in why(house, grant, 2).missing for gap in item.gaps()]

    assert codes == ["earlier_tranche_not_delivered", "previous_tranche_not_paid", "payee_missing"]


def test_after_the_funds_period_a_tranche_waits_for_another_fund(house: House) -> None:
    grant, _ = granted(house)
    with house.work("coach") as work:
        found = explain_tranche(work, grant, 1, on=date(2027, 7, 1))

    assert [gap.code for item in found.missing for gap in item.gaps()] == ["outside_fund_period"]


def test_a_failed_payment_waits_for_its_retry(house: House) -> None:
    grant, _ = granted(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)

    found = why(house, grant).missing
    assert [gap.code for item in found for gap in item.gaps()] == ["failed_payment_waits"]


def test_a_payment_is_asked_for_by_its_own_number(house: House) -> None:
    grant, _ = granted(house)
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, Outcome.FAILED)

    with house.work("coach") as work:
        found = explain_payment(work, payment.lower())
        with pytest.raises(NotFound, match="payment PG-2026-0099"):
            explain_payment(work, "PG-2026-0099")

    assert (found.grant, found.position) == (grant, 1)
    assert [gap.code for item in found.missing for gap in item.gaps()] == ["failed_payment_waits"]


def test_before_an_agreement_is_in_force_the_next_step_of_it_is_told(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    told = [why(house, grant)]
    drafted(house, grant)
    told.append(why(house, grant))
    issued(house, grant)
    told.append(why(house, grant))

    codes = [item.missing[1].gaps()[0].code for item in told]
    assert codes == ["no_draft", "agreement_not_signed", "signatures_missing"]
    assert {item.position for item in told} == {0}


def test_a_tranche_that_is_not_planned_is_not_found(house: House) -> None:
    grant, _ = granted(house)

    with pytest.raises(NotFound, match=f"{grant}/2"):
        why(house, grant, 2)
    with house.work("coach") as work:
        assert [item.position for item in explain_grant(work, grant)] == [1]


def test_a_suspended_grant_says_since_when_by_whom_and_why(house: House) -> None:
    prepared(house)
    grant = agreed(house)
    with house.work("manager") as work:
        suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="negocio cerrado"))

    with house.work("field") as work:
        found = explain_grant(work, grant)
    stopped = [finding for one in found for finding in one.findings if finding.code == "grant_in_force"]

    assert [(one.evidence, one.evaluator, one.on) for one in stopped] == [
        ("negocio cerrado", "manager", TODAY)
    ] * len(found)
    assert not stopped[0].holds


def test_why_a_restricted_persons_grant_was_suspended_is_told_to_named_roles_alone(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    with house.work("manager") as work:
        suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="se mudó a la calle Ficticia"))
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=owner.head))

    told = {}
    for actor in ("field", "protection"):
        with house.work(actor) as work:
            findings = [one for found in explain_grant(work, grant) for one in found.findings]
        told[actor] = {one.evidence for one in findings if one.code == "grant_in_force"}
    assert told == {"field": {""}, "protection": {"se mudó a la calle Ficticia"}}
