"""Waivers: on whose authority and paper, for which tranche, and which hands stay apart."""

from dataclasses import replace
from datetime import timedelta

import pytest

from seedfund.approvals.queries.exceptions import exceptions_in
from seedfund.approvals.rules.hands import Decision
from seedfund.grants.rules.conditions import (
    AgreementSigned,
    AttendanceAtLeast,
    QuotesFiled,
)
from seedfund.grants.rules.facts import Status
from seedfund.grants.service import waive_condition
from seedfund.grants.service.amendments import AmendAgreement, amend_agreement
from seedfund.grants.service.evidence import (
    WaiveCondition,
)
from seedfund.grants.service.payment_lists import ApprovePaymentList, approve_payment_list
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.roles import Role
from seedfund.register.rules import EvidenceKind as FileKind
from seedfund.store.programmes import GrantRole, grant_role
from tests.grants.accounting_for import filed
from tests.grants.asking import DUE, PAPER, WAITING, granted, why
from tests.grants.paying import approved, listed, payee, wish
from tests.support.grants import (
    TODAY,
    agreed,
    home,
    issued,
    key,
    prepared,
    signed,
    tranche,
    usd,
)
from tests.support.programme import House


def waiving(
    grant: str, condition: int = 1, reason: str = "Courses were stopped by the flood."
) -> WaiveCondition:
    return WaiveCondition(
        key=key(), grant=grant, tranche=1, condition=condition, reason=reason, evidence_sha256=PAPER
    )


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
    minutes = filed(house, "ef" * 32, FileKind.MINUTES)
    with house.work("expert") as work:
        amend_agreement(
            work,
            AmendAgreement(
                key=key(),
                grant=grant,
                tranches=(tranche(usd(900), QuotesFiled(3), due_on=DUE),),
                basis_ref="CS-9",
                basis_sha256=minutes,
            ),
        )
    signed(house, issued(house, grant))
    raised = why(house, grant).is_payable

    with house.work("manager") as work:
        waive_condition(work, waiving(grant))

    assert (before, raised, why(house, grant).is_payable) == (True, False, True)
