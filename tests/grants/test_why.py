"""Evidence, waivers and why not yet: each condition says how it stands, on what, by whom, and what is missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from seedfund.approvals.queries.exceptions import exceptions_in
from seedfund.approvals.rules.hands import Decision
from seedfund.grants.queries.why import TrancheExplained, explain_grant, explain_tranche
from seedfund.grants.rules.conditions import (
    AgreementSigned,
    AllOf,
    AnyOf,
    AttendanceAtLeast,
    Condition,
    DateReached,
    EvidenceOnFile,
    PreviousTrancheJustified,
    QuotesFiled,
    Since,
    VisitDoneSince,
)
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.facts import Status
from seedfund.grants.rules.words import EvidenceKind, SubjectKind
from seedfund.grants.service import record_evidence, waive_condition
from seedfund.grants.service.amendments import AmendAgreement, amend_agreement
from seedfund.grants.service.evidence import (
    EvidenceRecorded,
    Observation,
    RecordEvidence,
    WaiveCondition,
)
from seedfund.grants.service.payment_lists import ApprovePaymentList, approve_payment_list
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.roles import Role
from seedfund.register.rules import EvidenceKind as FileKind
from seedfund.store.programmes import GrantRole, grant_role
from tests.grants.accounting_for import filed
from tests.grants.paying import approved, listed, payee, released, told, wish
from tests.support.grants import (
    TODAY,
    Home,
    agreed,
    awarded,
    drafted,
    home,
    issued,
    key,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House

DUE = date(2026, 4, 1)
PAPER = "ab" * 32
WAITING = 4
"""Where a tranche's own conditions begin, after those that hold for every tranche."""


def granted(house: House, *conditions: Condition) -> tuple[str, Home]:
    """A grant in force with its payee, whose only tranche waits for these."""
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(500), *conditions, due_on=DUE), owner=owner)
    payee(house, grant, owner.head)
    filed(house, PAPER, FileKind.AUTHORITY)
    return grant, owner


def why(house: House, grant: str, position: int = 1) -> TrancheExplained:
    with house.work("coach") as work:
        return explain_tranche(work, grant, position)


def observed(
    house: House,
    subject: str,
    kind: EvidenceKind,
    value: int | None = None,
    *,
    on: date = TODAY,
    file: str | None = None,
) -> EvidenceRecorded:
    kinds = {"HH": SubjectKind.HOUSEHOLD, "PT": SubjectKind.PARTICIPANT}
    observation = Observation(
        subject_kind=kinds.get(subject[:2], SubjectKind.GRANT),
        subject=subject,
        kind=kind,
        observed_on=on,
        source="signed register",
        value=value,
        file_sha256=file,
    )
    with house.work("coach") as work:
        return record_evidence(work, RecordEvidence(key=key(), observation=observation))


def waiving(
    grant: str, condition: int = 1, reason: str = "Courses were stopped by the flood."
) -> WaiveCondition:
    return WaiveCondition(
        key=key(), grant=grant, tranche=1, condition=condition, reason=reason, evidence_sha256=PAPER
    )


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


def test_a_waived_condition_says_who_let_it_go_and_stands_on_the_exceptions_page(house: House) -> None:
    grant, _ = granted(house, AttendanceAtLeast(8_000))
    with house.work("manager") as work:
        waive_condition(work, waiving(grant))

    found = why(house, grant)
    finding = found.findings[WAITING]
    assert (found.is_payable, finding.status, finding.evaluator) == (True, Status.WAIVED, "manager")
    assert (finding.missing, finding.responsible) == (None, None)
    with house.work("auditor") as work:
        days = DateRange(TODAY, TODAY + timedelta(days=1))
        rows = exceptions_in(work.reader(), work.programme.id, days)
    assert [row.subject_number for row in rows if row.kind == "waiver"] == [f"{grant}/1.1"]


@pytest.mark.parametrize(
    ("codes", "condition", "reason"),
    [
        (("condition_unknown",), 9, "No reason."),
        (("condition_not_waivable",), 1, "No reason."),
        (("reason_missing",), 2, " "),
    ],
)
def test_a_waiver_without_reason_right_or_object_is_refused(
    house: House, codes: tuple[str, ...], condition: int, reason: str
) -> None:
    grant, _ = granted(house, AgreementSigned(), QuotesFiled())

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        waive_condition(work, waiving(grant, condition, reason))

    assert caught.value.codes == codes


def test_a_condition_is_waived_once(house: House) -> None:
    grant, _ = granted(house, QuotesFiled())
    with house.work("manager") as work:
        waive_condition(work, waiving(grant))

    with house.work("director") as work, pytest.raises(Refused) as caught:
        waive_condition(work, waiving(grant))

    assert caught.value.codes == ("condition_waived_already",)


def test_a_field_officer_waives_nothing(house: House) -> None:
    grant, _ = granted(house, QuotesFiled())

    with house.work("field") as work, pytest.raises(NotAllowed):
        waive_condition(work, waiving(grant))


def test_who_prepared_a_payment_of_a_grant_does_not_waive_its_conditions(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200), QuotesFiled()), owner=owner)
    payee(house, grant, owner.head)
    listed(house, wish(grant))
    filed(house, PAPER, FileKind.AUTHORITY)
    # The preparer is given the authority to waive as well: two hats, one head.
    with house.work("admin") as work:
        grant_role(work, GrantRole(key=key(), handle="finance", role=Role.FINANCE_APPROVER))

    with house.work("finance") as work, pytest.raises(Refused) as caught:
        waive_condition(
            work,
            WaiveCondition(
                key=key(),
                grant=grant,
                tranche=2,
                condition=1,
                reason="Known seller.",
                evidence_sha256=PAPER,
            ),
        )

    assert caught.value.codes == ("waived_by_preparer",)


@pytest.mark.parametrize("kind", [None, FileKind.PHOTO])
def test_a_waiver_stands_on_the_paper_of_an_authority(house: House, kind: FileKind | None) -> None:
    grant, _ = granted(house, QuotesFiled())
    other = "e1" * 32
    if kind is not None:
        filed(house, other, kind)

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        waive_condition(work, replace(waiving(grant), evidence_sha256=other))

    assert caught.value.codes == ("waiver_paper",)


def test_who_waived_a_condition_does_not_approve_its_payment_and_may_reject_it(house: House) -> None:
    grant, _ = granted(house, QuotesFiled())
    with house.work("director") as work:
        waive_condition(work, waiving(grant))
    number = listed(house, wish(grant)).number

    with house.work("director") as work, pytest.raises(Refused) as caught:
        approve_payment_list(work, ApprovePaymentList(key=key(), number=number))
    with house.work("director") as work:
        rejecting = ApprovePaymentList(
            key=key(), number=number, decision=Decision.REJECTED, reason="Wait for a quotation."
        )
        moved = approve_payment_list(work, rejecting)

    assert caught.value.codes == ("approver_waived",)
    assert moved.state == "prepared"


def test_who_approved_a_payment_does_not_clear_its_way_afterwards(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200), QuotesFiled()), owner=owner)
    payee(house, grant, owner.head)
    filed(house, PAPER, FileKind.AUTHORITY)
    approved(house, wish(grant))

    with house.work("director") as work, pytest.raises(Refused) as caught:
        waive_condition(work, replace(waiving(grant), tranche=2))

    assert caught.value.codes == ("waived_by_approver",)


def test_a_waiver_does_not_hold_for_a_tranche_that_an_adenda_raised(house: House) -> None:
    grant, _ = granted(house, QuotesFiled(3))
    with house.work("manager") as work:
        waive_condition(work, waiving(grant))
    before = why(house, grant).is_payable
    with house.work("expert") as work:
        amend_agreement(
            work,
            AmendAgreement(
                key=key(),
                grant=grant,
                tranches=(tranche(usd(900), QuotesFiled(3), due_on=DUE),),
                basis_ref="CS-9",
                basis_sha256="ef" * 32,
            ),
        )
    signed(house, issued(house, grant))
    raised = why(house, grant).is_payable

    with house.work("manager") as work:
        waive_condition(work, waiving(grant))

    assert (before, raised, why(house, grant).is_payable) == (True, False, True)
