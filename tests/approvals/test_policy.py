"""Policies: three examples that hold, terms that cannot be used, and what a new one relaxes."""

from dataclasses import replace

import pytest

from seedfund.approvals.rules import REFUSALS, STATES
from seedfund.approvals.rules.policy import (
    OTHER,
    Act,
    ActAssurance,
    DeclarationCap,
    MethodDays,
    PolicyTerms,
    Profile,
    RoleCeiling,
    Stage,
    Step,
    Threshold,
    assurance_for,
    check_terms,
    declaration_cap,
    hold_days,
    steps_for,
    terms_content,
)
from seedfund.approvals.rules.presets import also_in, preset
from seedfund.approvals.rules.relaxations import relaxations
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import Refusal
from seedfund.kernel.messages import untranslated
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance, Role
from tests.approvals.verbs import usd

SMALL = preset(Profile.SMALL)
ONE = Step(Stage.APPROVE, (Role.DIRECTOR,))


def stages(terms: PolicyTerms, kind: str, amount: Money) -> list[tuple[str, int]]:
    found = steps_for(terms, subject_kind=kind, weighed=amount)
    assert not isinstance(found, Refusal)
    return [(step.stage.value, step.approvals) for step in found]


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("currency", ["USD", "JOD", "THB", "JPY"])
def test_every_profile_is_usable_in_every_currency(profile: Profile, currency: str) -> None:
    terms = preset(profile, currency)

    assert check_terms(terms) == []
    assert decode(PolicyTerms, terms_content(terms)) == terms


@pytest.mark.parametrize(
    ("profile", "amount", "expected"),
    [
        (Profile.SMALL, 9_999, [("approve", 1)]),
        (Profile.SMALL, 10_000, [("approve", 2)]),
        (Profile.STANDARD, 1_999, [("approve", 1)]),
        (Profile.STANDARD, 2_000, [("review", 1), ("approve", 1)]),
        (Profile.STANDARD, 10_000, [("review", 1), ("approve", 2)]),
        (Profile.STRICT, 1, [("review", 1), ("approve", 1), ("finance_release", 1)]),
        (Profile.STRICT, 5_000, [("review", 1), ("approve", 1), ("authorise", 1), ("finance_release", 1)]),
    ],
)
def test_the_amount_decides_the_stages_of_a_payment_list(
    profile: Profile, amount: int, expected: list[tuple[str, int]]
) -> None:
    assert stages(preset(profile), "payment_list", usd(amount)) == expected


def test_limits_in_a_further_currency_are_a_round_multiple() -> None:
    terms = also_in(SMALL, "JOD", times=2)

    assert check_terms(terms) == []
    assert stages(terms, "award", Money(20_000_000, "JOD")) == [("approve", 2)]
    assert stages(terms, "award", Money(19_999_999, "JOD")) == [("approve", 1)]
    assert stages(terms, "award", usd(10_000)) == [("approve", 2)]
    assert RoleCeiling(Role.FINANCE_APPROVER, "JOD", 20_000_000) in terms.ceilings
    assert declaration_cap(terms, "JOD") == Money(100_000, "JOD")


def test_a_cap_of_declarations_is_known_in_the_currencies_the_policy_names() -> None:
    assert declaration_cap(SMALL, "USD") == usd(50)
    assert declaration_cap(SMALL, "JOD") is None


def test_a_kind_the_policy_does_not_name_takes_the_stages_of_other() -> None:
    assert stages(preset(Profile.STRICT), "write_off", usd(1)) == [("review", 1), ("approve", 1)]


def test_a_currency_the_policy_does_not_know_is_refused() -> None:
    found = steps_for(SMALL, subject_kind="payment_list", weighed=Money(1, "THB"))

    assert isinstance(found, Refusal)
    assert found.code == "policy_lacks_currency"


BROKEN = [
    ("policy_without_start", {"thresholds": (Threshold(OTHER, "USD", 1, (ONE,)),)}),
    ("policy_without_other", {"thresholds": (Threshold("payment_list", "USD", 0, (ONE,)),)}),
    ("policy_step_empty", {"thresholds": (Threshold(OTHER, "USD", 0, ()),)}),
    ("policy_step_empty", {"thresholds": (Threshold(OTHER, "USD", 0, (replace(ONE, approvals=0),)),)}),
    ("policy_step_empty", {"thresholds": (Threshold(OTHER, "USD", 0, (replace(ONE, roles=()),)),)}),
    ("policy_stage_twice", {"thresholds": (Threshold(OTHER, "USD", 0, (ONE, ONE)),)}),
    (
        "policy_stage_twice",
        {"thresholds": (Threshold(OTHER, "USD", 0, (ONE, replace(ONE, stage=Stage.REVIEW))),)},
    ),
    ("policy_quorum", {"quorum": 0}),
    ("policy_quorum", {"quorum": 4}),
    ("policy_figure", {"receipt_tolerance_bps": 10_001}),
    ("policy_figure", {"refund_days": -1}),
    ("policy_figure", {"ceilings": (RoleCeiling(Role.DIRECTOR, "USD", -1),)}),
    ("policy_figure", {"hold_expiry_days": (MethodDays("bank", -1),)}),
    ("policy_figure", {"declaration_caps": (DeclarationCap("JOD", -1),)}),
]


@pytest.mark.parametrize(("code", "change"), BROKEN)
def test_terms_that_cannot_be_used_are_refused_for_their_reason(code: str, change: dict[str, object]) -> None:
    broken = replace(SMALL, **change)  # type: ignore[arg-type] # one field by name

    assert [refusal.code for refusal in check_terms(broken)] == [code]


def test_every_reason_is_told_at_once_in_the_declared_order() -> None:
    broken = replace(
        SMALL, thresholds=(Threshold("award", "USD", 5, ()),), quorum=9, receipt_tolerance_bps=20_000
    )

    assert [refusal.code for refusal in check_terms(broken)] == [
        "policy_without_start",
        "policy_without_other",
        "policy_step_empty",
        "policy_quorum",
        "policy_figure",
    ]


def test_an_act_the_policy_does_not_name_takes_a_claimed_name() -> None:
    assert assurance_for(SMALL, Act.SIGN_AGREEMENT) is Assurance.CLAIMED
    assert assurance_for(SMALL, Act.RELEASE_PAYMENT) is Assurance.PIN


def test_a_method_the_policy_does_not_name_has_no_term() -> None:
    assert (hold_days(SMALL, "bank"), hold_days(SMALL, "pigeon")) == (10, None)


def test_the_same_terms_relax_nothing_and_stricter_ones_neither() -> None:
    assert relaxations(SMALL, SMALL) == ()
    assert relaxations(SMALL, preset(Profile.STRICT)) == ()


RELAXED = [
    ("receipt_tolerance_bps", {"receipt_tolerance_bps": 1_500}),
    ("declaration_cap_minor", {"declaration_cap_minor": 99_999}),
    ("declaration_cap in JOD", {"declaration_caps": (DeclarationCap("JOD", 1),)}),
    ("overdue_days", {"overdue_days": 61}),
    ("refund_days", {"refund_days": 46}),
    ("refund_banking_days", {"refund_banking_days": 6}),
    ("payout_cooling_days", {"payout_cooling_days": 1}),
    ("write_off_paper_from_minor", {"write_off_paper_from_minor": 99_999_999}),
    ("splitting_window_days", {"splitting_window_days": 29}),
    ("committee_size_min", {"committee_size_min": 2}),
    ("quorum", {"quorum": 1}),
    ("stages of other from USD 10000.00", {"thresholds": SMALL.thresholds[:1]}),
    (
        "stages of other from USD 0.00",
        {
            "thresholds": (
                replace(SMALL.thresholds[0], steps=(replace(ONE, roles=SMALL.thresholds[0].steps[0].roles),)),
                *SMALL.thresholds[1:],
            )
        },
    ),
    (
        "ceiling of finance_approver",
        {"ceilings": (RoleCeiling(Role.FINANCE_APPROVER, "USD", 10_000_000_000),)},
    ),
    ("assurance of approve", {"assurances": (ActAssurance(Act.RELEASE_PAYMENT, Assurance.PIN),)}),
]


@pytest.mark.parametrize(("field", "change"), RELAXED)
def test_each_figure_that_asks_less_is_a_relaxation(field: str, change: dict[str, object]) -> None:
    after = replace(SMALL, **change)  # type: ignore[arg-type] # one field by name

    assert field in [one.field for one in relaxations(SMALL, after)]


def test_scoring_given_up_is_a_relaxation() -> None:
    standard = preset(Profile.STANDARD)

    found = relaxations(standard, replace(standard, scoring_required=False))

    assert [(one.field, one.before, one.after) for one in found] == [("scoring_required", "True", "False")]


def test_every_refusal_is_read_in_spanish() -> None:
    assert untranslated(REFUSALS, "es") == ()
    assert len({code.code for code in REFUSALS}) == len(REFUSALS)
    assert STATES[0].ends == ("rejected", "void")


def test_a_place_in_a_selection_no_longer_asked_for_is_a_relaxation() -> None:
    asking = replace(SMALL, awards_need_selection=True)

    assert [one.field for one in relaxations(asking, SMALL)] == ["awards_need_selection"]
    assert relaxations(SMALL, asking) == ()
