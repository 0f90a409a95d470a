"""Agreements: bound to plan and schedule by hash, issued with a number, in force with their money."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from seedfund.funds.queries import budget_line
from seedfund.grants.queries.agreements import AgreementRow, agreements_of
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.queries.papers import agreement_facts
from seedfund.grants.queries.tranches import tranches_of
from seedfund.grants.rules.conditions import AgreementSigned, AttendanceAtLeast
from seedfund.grants.rules.words import AgreementKind, Party, SignMethod
from seedfund.grants.service import (
    award_grant,
    draft_agreement,
    issue_agreement,
    record_signature,
    sign_agreement,
    void_agreement,
)
from seedfund.grants.service.agreements import DraftAgreement, IssueAgreement, VoidAgreement
from seedfund.grants.service.signing import SignAgreement, Witness
from seedfund.kernel.errors import NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.parts import positions
from tests.support.grants import (
    TODAY,
    agreed,
    approved_plan,
    awarded,
    awarding,
    drafted,
    home,
    issued,
    key,
    prepared,
    signed,
    signing,
    tranche,
    transferred,
    usd,
)
from tests.support.programme import House
from tests.support.unguarded import unguarded

AT_REQUEST = {
    "method": SignMethod.AT_REQUEST,
    "signatory": Secret("Vecino Inventado"),
    "read_aloud_by": Secret("Lectora Ficticia"),
    "witnesses": (Witness(handle="coach"), Witness(name=Secret("Testigo Imaginario"))),
}


def agreements(house: House, grant: str) -> list[AgreementRow]:
    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        return agreements_of(work.reader(), [found.id])[found.id]


def money(house: House, grant: str) -> tuple[int, int]:
    """What a grant has awarded and committed in the ledger."""
    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        parts = positions(work.reader(), [found.id])[found.id]
    return sum(part.awarded for part in parts), sum(part.committed for part in parts)


def available(house: House) -> Money:
    with house.work("finance") as work:
        return budget_line(work.reader(), work.programme.id, "UNHCR", "A1").available


def issuing(house: House) -> tuple[str, str]:
    """A grant and its issued agreement of one tranche."""
    grant = awarded(house).number
    drafted(house, grant, tranche(usd(500), AgreementSigned()))
    return grant, issued(house, grant)


def refused_signing(house: House, number: str) -> tuple[str, ...]:
    with house.work("expert") as work, pytest.raises(Refused) as caught:
        sign_agreement(work, SignAgreement(key=key(), agreement=number))
    return caught.value.codes


def test_a_draft_takes_the_benefits_own_schedule_and_binds_the_plan(house: House) -> None:
    prepared(house)
    plan = approved_plan(house, home(house))
    with house.work("secretary") as work:
        grant = award_grant(work, awarding(plan)).number
    result = drafted(house, grant)

    (row,) = agreements(house, grant)
    assert (result.state, result.number, row.number) == ("draft", "", None)
    assert (row.schedule_hash, row.plan_hash) == (result.schedule_hash, result.plan_hash)
    assert len(row.plan_hash) == 64
    assert money(house, grant) == (50_000, 0)


def test_a_signed_agreement_commits_its_money_and_brings_its_schedule_into_force(house: House) -> None:
    prepared(house)
    grant = agreed(house, tranche(usd(300), AgreementSigned()), tranche(usd(200)))

    assert money(house, grant) == (0, 50_000)
    with house.work("manager") as work:
        found = grant_by_number(work.reader(), work.programme.id, grant)
        rows = tranches_of(work.reader(), [found.id])[found.id]
    assert (found.state, found.agreed, found.schedule_version) == ("in_force", usd(500), 1)
    assert [row.amount_minor for row in rows] == [30_000, 20_000]


def test_signed_for_less_the_rest_goes_back_to_its_line(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    drafted(house, grant, tranche(usd(400)), amount=usd(400))
    signed(house, issued(house, grant))

    assert (money(house, grant), available(house)) == ((0, 40_000), usd(2_600))


def test_a_number_is_given_when_an_agreement_is_issued(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    drafted(house, grant)
    with house.work("expert") as work:
        void_agreement(work, VoidAgreement(key=key(), grant=grant, reason="Wrong dates."))
    drafted(house, grant)

    assert issued(house, grant) == "AG-2026-0001"
    assert [row.state for row in agreements(house, grant)] == ["void", "issued"]


@pytest.mark.parametrize(
    ("codes", "change"),
    [
        (("schedule_sum",), {"tranches": (tranche(usd(499)),)}),
        (("agreement_above_award",), {"tranches": (tranche(usd(501)),), "amount": usd(501)}),
        (("agreement_kind_state",), {"kind": AgreementKind.ADENDA}),
        (("tranche_before_start",), {"first_day": TODAY - timedelta(days=1)}),
    ],
)
def test_a_draft_that_does_not_fit_its_award_is_refused(
    house: House, codes: tuple[str, ...], change: dict[str, object]
) -> None:
    prepared(house)
    grant = awarded(house).number
    command = replace(DraftAgreement(key=key(), grant=grant), **change)  # type: ignore[arg-type] # its fields

    with house.work("expert") as work, pytest.raises(Refused) as caught:
        draft_agreement(work, command)

    assert caught.value.codes[: len(codes)] == codes


def test_one_agreement_is_under_way_at_a_time(house: House) -> None:
    prepared(house)
    grant = awarded(house).number
    drafted(house, grant)

    with pytest.raises(Refused) as caught:
        drafted(house, grant)

    assert caught.value.codes == ("agreement_open",)


def test_nothing_is_issued_without_a_draft(house: House) -> None:
    prepared(house)
    grant = awarded(house).number

    with house.work("expert") as work, pytest.raises(Refused) as caught:
        issue_agreement(work, IssueAgreement(key=key(), grant=grant))

    assert caught.value.codes == ("no_draft",)


def test_nothing_is_made_void_without_a_reason_or_a_draft(house: House) -> None:
    prepared(house)
    grant = awarded(house).number

    with house.work("expert") as work, pytest.raises(Refused) as caught:
        void_agreement(work, VoidAgreement(key=key(), grant=grant, reason=" "))

    assert caught.value.codes == ("reason_missing", "no_draft")


def test_a_benefit_without_agreement_is_committed_on_the_signed_list(house: House) -> None:
    prepared(house)
    grant = transferred(house)

    assert money(house, grant) == (0, 6_000)
    with pytest.raises(Refused) as caught:
        drafted(house, grant)
    assert caught.value.codes == ("agreement_kind_state", "no_agreement_needed")


def test_an_agreement_of_another_plan_version_is_not_signed(house: House) -> None:
    prepared(house)
    grant, number = issuing(house)
    with unguarded(house.engine, "sf_agreement") as connection:
        connection.exec_driver_sql("UPDATE sf_agreement SET plan_hash = 'other'")
    with house.work("expert") as work:
        for party in Party:
            record_signature(work, signing(number, party))

    assert refused_signing(house, number) == ("plan_changed",)
    assert money(house, grant) == (50_000, 0)


def test_what_an_agreement_says_is_read_at_once_in_the_language_of_its_paper(house: House) -> None:
    prepared(house)
    grant = awarded(house, None, usd(300), usd(200)).number
    drafted(house, grant, tranche(usd(500), AttendanceAtLeast(8_000), due_on=date(2026, 2, 1)))
    number = issued(house, grant)

    with house.work("expert") as work:
        spanish = agreement_facts(work, number)
        english = agreement_facts(work, number, language="en")
    assert (spanish.grant, spanish.amount, spanish.household) == (grant, usd(500), "HH-2026-0001")
    assert spanish.participant.printed.reveal().startswith("Rosa")
    assert [(part.line, part.amount) for part in spanish.parts] == [("A1", usd(300)), ("A2", usd(200))]
    assert spanish.tranches[0].conditions == ("La asistencia a la capacitación llega al 80 %.",)
    assert english.tranches[0].conditions == ("Attendance at the training reaches 80 %.",)


def test_the_same_schedule_has_the_same_hash_and_any_change_another(house: House) -> None:
    prepared(house)
    hashes = [
        drafted(house, awarded(house).number, tranche(usd(500), condition)).schedule_hash
        for condition in (AttendanceAtLeast(8_000), AttendanceAtLeast(8_000), AttendanceAtLeast(7_999))
    ]

    assert hashes[0] == hashes[1] != hashes[2]


def test_an_agreement_that_does_not_exist_is_not_found(house: House) -> None:
    with house.work("expert") as work, pytest.raises(NotFound, match="AG-2026-0009"):
        agreement_facts(work, "AG-2026-0009")


def test_a_stored_condition_is_its_plain_form(house: House) -> None:
    prepared(house)
    drafted(house, awarded(house).number, tranche(usd(500), AttendanceAtLeast(8_000, "bakery")))

    with house.engine.connect() as connection:
        (params,) = connection.exec_driver_sql("SELECT params FROM sf_tranche_condition").scalars()
    assert json.loads(params) == {
        "code": "attendance_at_least",
        "basis_points": 8_000,
        "course": "bakery",
    }
