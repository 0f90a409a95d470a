"""Conditions as data: read, written, phrased, and judged by facts in tables."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.grants.queries.papers import condition_sentence
from seedfund.grants.rules.conditions import (
    CODES,
    AccountLinked,
    AgreementSigned,
    AllOf,
    AnyOf,
    AttendanceAtLeast,
    ChildrenEnrolled,
    Condition,
    DateReached,
    EvidenceOnFile,
    PreviousTrancheJustified,
    QuotesFiled,
    Since,
    VisitDoneSince,
    condition_from_plain,
    condition_to_plain,
    leaves_of,
    percent,
)
from seedfund.grants.rules.evaluation import evaluate, evaluate_all
from seedfund.grants.rules.facts import (
    AccountUnderWay,
    ConditionFacts,
    EvidenceFact,
    HouseholdChild,
    LinkedAccount,
    PaidBefore,
    SchoolTerm,
    SignedAgreement,
    Status,
    Waiver,
)
from seedfund.grants.rules.words import EvidenceKind
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money

DAY = date(2026, 5, 4)
NUMBERS = count(1)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def paid(disbursed: int, justified: int = 0, returned: int = 0, **more: Any) -> PaidBefore:
    return PaidBefore(disbursed=usd(disbursed), justified=usd(justified), returned=usd(returned), **more)


FACTS = ConditionFacts(on=DAY, awarded_on=date(2026, 1, 15), paid_before=paid(0))
TERM = SchoolTerm(ref="ED-1", name="2026-2027", starts_on=DAY, ends_on=DAY)
AT_SCHOOL = (HouseholdChild(age=40), HouseholdChild(age=17, terms=(TERM,)))
ONE_OF_TWO = (*AT_SCHOOL, HouseholdChild(age=5))
SIGNED = SignedAgreement(number="AG-1", signed_on=date(2026, 2, 1), recorded_by="expert")


def evidence(kind: EvidenceKind, value: int | None = None, on: date = DAY, topic: str = "") -> EvidenceFact:
    return EvidenceFact(
        ref=f"EV-{next(NUMBERS)}", kind=kind, value=value, observed_on=on, topic=topic, recorded_by="coach"
    )


def quote(file: str | None = None, on: date = DAY, *, is_of_grant: bool = False) -> EvidenceFact:
    return replace(
        evidence(QUOTE, 5, on), file_sha256=file or f"{next(NUMBERS):064x}", is_of_grant=is_of_grant
    )


def contribution(value: int, on: date = DAY, *, is_of_grant: bool = False) -> EvidenceFact:
    return replace(evidence(EvidenceKind.OWN_CONTRIBUTION, value, on), is_of_grant=is_of_grant)


def facts(*items: EvidenceFact, **changes: Any) -> ConditionFacts:
    return replace(FACTS, evidence=items, **changes)


ATTENDANCE = EvidenceKind.ATTENDANCE
VISIT = EvidenceKind.VISIT
QUOTE = EvidenceKind.QUOTE
LINKED = LinkedAccount(ref="PT-1", usable_from=DAY, verified_by="finance")


def under_way(state: str) -> AccountUnderWay:
    refused_for = "document_not_accepted" if state == "refused" else ""
    return AccountUnderWay(ref="SL-2026-0001", state=state, since=DAY, refused_for=refused_for)


LATER = date(2026, 5, 5)
BEFORE = date(2026, 5, 3)
LONG_AGO = date(2020, 1, 1)
JUDGED: tuple[tuple[Condition, ConditionFacts, str], ...] = (
    (AgreementSigned(), FACTS, "agreement_not_signed"),
    (AgreementSigned(), facts(agreement=SIGNED), ""),
    (AgreementSigned(), facts(agreement=replace(SIGNED, signed_on=LATER)), "agreement_not_signed"),
    (AttendanceAtLeast(8_000), FACTS, "attendance_not_recorded"),
    (AttendanceAtLeast(8_000), facts(evidence(ATTENDANCE, 7_999)), "attendance_too_low"),
    (AttendanceAtLeast(8_000), facts(evidence(ATTENDANCE, 8_000)), ""),
    (AttendanceAtLeast(8_000), facts(evidence(ATTENDANCE, 10_001)), "attendance_not_recorded"),
    (
        AttendanceAtLeast(8_000),
        facts(evidence(ATTENDANCE, 9_000, BEFORE), evidence(ATTENDANCE, 7_000)),
        "attendance_too_low",
    ),
    (AttendanceAtLeast(8_000), facts(evidence(ATTENDANCE, 9_000, LATER)), "attendance_not_recorded"),
    (
        AttendanceAtLeast(8_000, "sewing"),
        facts(evidence(ATTENDANCE, 9_000, topic="baking")),
        "attendance_not_recorded",
    ),
    (AttendanceAtLeast(8_000, "sewing"), facts(evidence(ATTENDANCE, 9_000, topic="sewing")), ""),
    (AccountLinked(), FACTS, "account_not_linked"),
    (AccountLinked(), facts(account=LINKED), ""),
    (AccountLinked(), facts(account=replace(LINKED, usable_from=LATER)), "account_not_linked"),
    (AccountLinked(), facts(evidence(EvidenceKind.ACCOUNT_LINKED)), ""),
    (AccountLinked(), facts(account=LINKED, under_way=under_way("refused")), ""),
    (AccountLinked(), facts(under_way=under_way("invited")), "account_not_opened"),
    (AccountLinked(), facts(under_way=under_way("documents")), "account_not_opened"),
    (AccountLinked(), facts(under_way=under_way("opened")), "account_not_verified"),
    (AccountLinked(), facts(under_way=under_way("refused")), "account_refused"),
    (AccountLinked(), facts(under_way=under_way("closed")), "account_closed"),
    (AccountLinked(), facts(evidence(EvidenceKind.ACCOUNT_LINKED), under_way=under_way("refused")), ""),
    (PreviousTrancheJustified(8_000), FACTS, "previous_tranche_not_paid"),
    (
        PreviousTrancheJustified(8_000),
        facts(paid_before=paid(30_000, 23_999)),
        "previous_tranche_not_justified",
    ),
    (PreviousTrancheJustified(8_000), facts(paid_before=paid(30_000, 24_000)), ""),
    (PreviousTrancheJustified(8_000), facts(paid_before=paid(30_000, 20_000, 4_000)), ""),
    (PreviousTrancheJustified(10_000), facts(paid_before=paid(30_000, needs_receipts=False)), ""),
    (VisitDoneSince(), FACTS, "previous_tranche_not_paid"),
    (VisitDoneSince(Since.AGREEMENT), FACTS, "agreement_not_signed"),
    (VisitDoneSince(), facts(paid_before=paid(1, last_delivered_on=DAY)), "no_visit_since"),
    (VisitDoneSince(), facts(evidence(VISIT, 0), paid_before=paid(1, last_delivered_on=DAY)), ""),
    (
        VisitDoneSince(),
        facts(evidence(VISIT, 1, BEFORE), paid_before=paid(1, last_delivered_on=DAY)),
        "no_visit_since",
    ),
    (
        VisitDoneSince(is_operating=True),
        facts(evidence(VISIT, 0), paid_before=paid(1, last_delivered_on=DAY)),
        "business_not_operating",
    ),
    (QuotesFiled(2), facts(quote()), "quotes_missing"),
    (QuotesFiled(2), facts(quote(), quote()), ""),
    (QuotesFiled(2), facts(quote("ab"), quote("ab")), "quotes_missing"),
    (QuotesFiled(2), facts(evidence(QUOTE, 5), evidence(QUOTE, 6)), "quotes_missing"),
    (QuotesFiled(1), facts(quote(on=LONG_AGO)), "quotes_missing"),
    (QuotesFiled(1), facts(quote(on=LONG_AGO, is_of_grant=True)), ""),
    (DateReached(), FACTS, "date_not_set"),
    (DateReached(), facts(due_on=LATER), "date_not_reached"),
    (DateReached(), facts(due_on=DAY), ""),
    (DateReached(LATER), facts(due_on=DAY), "date_not_reached"),
    (EvidenceOnFile(EvidenceKind.LICENCE), FACTS, "evidence_missing"),
    (EvidenceOnFile(EvidenceKind.LICENCE), facts(evidence(EvidenceKind.LICENCE)), ""),
    (
        EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000),
        facts(evidence(EvidenceKind.OWN_CONTRIBUTION, 4_999)),
        "evidence_missing",
    ),
    (
        EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000),
        facts(contribution(2_500), contribution(2_500)),
        "",
    ),
    (
        EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000),
        facts(*(replace(contribution(2_500), file_sha256="ab") for _ in range(2))),
        "evidence_missing",
    ),
    (
        EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000),
        facts(contribution(5_000, LONG_AGO)),
        "evidence_missing",
    ),
    (
        EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000),
        facts(contribution(5_000, LONG_AGO, is_of_grant=True)),
        "",
    ),
    (EvidenceOnFile(EvidenceKind.LICENCE), facts(evidence(EvidenceKind.LICENCE, on=LONG_AGO)), ""),
    (AllOf((DateReached(), QuotesFiled())), facts(due_on=DAY), "condition_parts_not_met"),
    (AllOf((DateReached(), QuotesFiled())), facts(quote(), due_on=DAY), ""),
    (AnyOf((DateReached(), QuotesFiled())), FACTS, "no_alternative_met"),
    (AnyOf((DateReached(), QuotesFiled())), facts(due_on=DAY), ""),
    (ChildrenEnrolled(), FACTS, "no_child_of_school_age"),
    (ChildrenEnrolled(), facts(children=ONE_OF_TWO), "children_not_enrolled"),
    (ChildrenEnrolled(), facts(children=AT_SCHOOL), ""),
    (ChildrenEnrolled(" 2026-2027 "), facts(children=AT_SCHOOL), ""),
    (ChildrenEnrolled("2025-2026"), facts(children=AT_SCHOOL), "children_not_enrolled"),
    (ChildrenEnrolled(least=1), facts(children=ONE_OF_TWO), ""),
    (ChildrenEnrolled(least=2), facts(children=AT_SCHOOL), "too_few_children_enrolled"),
    (ChildrenEnrolled(age_from=6), facts(children=ONE_OF_TWO), ""),
    (ChildrenEnrolled(), facts(children=(*AT_SCHOOL, HouseholdChild(age=None))), "children_age_unknown"),
)
EVERY: tuple[Condition, ...] = (
    AgreementSigned(),
    AttendanceAtLeast(8_000),
    AttendanceAtLeast(6_667, "sewing"),
    AccountLinked(),
    PreviousTrancheJustified(8_000),
    VisitDoneSince(),
    VisitDoneSince(Since.AGREEMENT),
    VisitDoneSince(is_operating=True),
    QuotesFiled(3),
    DateReached(),
    DateReached(DAY),
    EvidenceOnFile(EvidenceKind.LICENCE),
    EvidenceOnFile(EvidenceKind.LICENCE, topic="municipal"),
    EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000),
    EvidenceOnFile(EvidenceKind.OWN_CONTRIBUTION, least=5_000, topic="oven"),
    VisitDoneSince(Since.AGREEMENT, is_operating=True),
    ChildrenEnrolled(),
    ChildrenEnrolled("2026-2027"),
    ChildrenEnrolled(least=2),
    ChildrenEnrolled("2026-2027", least=2, age_from=6, age_to=15),
    AllOf((AgreementSigned(), DateReached())),
    AnyOf((AgreementSigned(), AllOf((QuotesFiled(), DateReached(DAY))))),
)


@pytest.mark.parametrize(("condition", "known", "code"), JUDGED)
def test_a_condition_is_judged_by_its_facts(condition: Condition, known: ConditionFacts, code: str) -> None:
    finding = evaluate(condition, known)

    assert (finding.missing.code if finding.missing else "") == code
    assert finding.holds == (code == "")


@pytest.mark.parametrize(("condition", "known", "code"), JUDGED)
def test_what_is_met_has_its_evidence_and_what_is_missing_its_hand(
    condition: Condition, known: ConditionFacts, code: str
) -> None:
    finding = evaluate(condition, known)

    if code:
        assert finding.responsible is not None
        assert str(finding.missing)
    else:
        assert finding.evidence
        assert finding.evaluator
        assert finding.on is not None


def test_every_kind_of_condition_is_judged_both_ways() -> None:
    met = {condition.code for condition, _, code in JUDGED if not code}
    not_met = {condition.code for condition, _, code in JUDGED if code}

    assert met == not_met == set(CODES)


@pytest.mark.parametrize("condition", EVERY)
def test_a_condition_is_read_back_from_its_plain_form(condition: Condition) -> None:
    assert condition_from_plain(condition_to_plain(condition)) == condition


@pytest.mark.parametrize("condition", EVERY)
def test_a_condition_has_its_own_sentence_in_both_languages(condition: Condition) -> None:
    english, spanish = (condition_sentence(condition, language, "USD") for language in ("en", "es"))

    assert english != spanish
    assert "{" not in english + spanish


OWN = EvidenceKind.OWN_CONTRIBUTION
SAID = [
    (VisitDoneSince(Since.AGREEMENT, is_operating=True), ("posterior al convenio", "en funcionamiento")),
    (EvidenceOnFile(OWN, least=5_000), ("aporte propio", "USD\N{NO-BREAK SPACE}50,00 o más")),
    (EvidenceOnFile(OWN, least=5_000, topic="horno"), ("(horno)", "USD\N{NO-BREAK SPACE}50,00 o más")),
    (EvidenceOnFile(EvidenceKind.LICENCE, topic="municipal"), ("permiso (municipal)",)),
    (EvidenceOnFile(EvidenceKind.ATTENDANCE, least=8_000), ("80 % o más",)),
    (EvidenceOnFile(EvidenceKind.OTHER, least=2), ("en total 2 o más",)),
    (AllOf((EvidenceOnFile(OWN, least=5_000), DateReached())), ("USD\N{NO-BREAK SPACE}50,00 o más",)),
]


@pytest.mark.parametrize(("condition", "words"), SAID)
def test_a_sentence_says_all_that_its_condition_asks(condition: Condition, words: tuple[str, ...]) -> None:
    said = condition_sentence(condition, "es", "USD")

    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ("attendance", "condition.code"),
        ({"code": "attendance"}, "condition.code"),
        ({"code": "attendance_at_least"}, "condition.basis_points"),
        ({"code": "attendance_at_least", "basis_points": "most"}, "condition.basis_points"),
        ({"code": "attendance_at_least", "basis_points": 10_001}, "basis_points"),
        ({"code": "quotes_filed", "count": 0}, "count"),
        ({"code": "quotes_filed", "price": 3}, "condition.price"),
        ({"code": "evidence_on_file", "kind": "rumour"}, "condition.kind"),
        ({"code": "evidence_on_file", "kind": "licence", "least": -1}, "least"),
        ({"code": "all_of", "conditions": []}, "conditions"),
        ({"code": "all_of", "conditions": "all"}, "condition.conditions"),
        ({"code": "any_of", "conditions": [{"code": "none"}]}, "condition.conditions[0].code"),
    ],
)
def test_a_condition_that_cannot_be_read_names_its_place(data: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        condition_from_plain(data)

    assert caught.value.field == field


def test_a_waiver_lets_one_condition_go_from_its_day_on() -> None:
    conditions = (QuotesFiled(), DateReached(LATER))
    waiver = Waiver(ref="SC-1/1.1", authorised_by="manager", on=DAY, reason="Only one seller.")
    known = [evaluate_all(conditions, replace(FACTS, on=day), waivers={1: waiver}) for day in (BEFORE, DAY)]

    assert [[finding.status for finding in findings] for findings in known] == [
        [Status.NOT_MET, Status.NOT_MET],
        [Status.WAIVED, Status.NOT_MET],
    ]


def test_a_condition_that_is_met_needs_no_waiver() -> None:
    waiver = Waiver(ref="SC-1/1.1", authorised_by="manager", on=DAY, reason="Only one seller.")
    (finding,) = evaluate_all((QuotesFiled(),), facts(quote()), waivers={1: waiver})

    assert finding.status is Status.MET


def test_simple_conditions_are_found_in_composed_ones() -> None:
    assert [leaf.code for leaf in leaves_of(EVERY[-1])] == [
        "agreement_signed",
        "quotes_filed",
        "date_reached",
    ]


@pytest.mark.parametrize(
    ("points", "shown"), [(8_000, "80 %"), (6_667, "66.67 %"), (5, "0.05 %"), (10_000, "100 %")]
)
def test_a_share_is_shown_exactly(points: int, shown: str) -> None:
    assert percent(points) == shown


@given(
    disbursed=st.integers(1, 10**9),
    accounted=st.integers(0, 10**9),
    points=st.integers(1, 10_000),
)
def test_the_share_justified_is_never_rounded_up(disbursed: int, accounted: int, points: int) -> None:
    accounted = min(accounted, disbursed)
    finding = evaluate(PreviousTrancheJustified(points), facts(paid_before=paid(disbursed, accounted)))

    assert finding.holds == (accounted * 10_000 >= points * disbursed)
