"""Three example policies to begin from: small, standard, strict. Every figure is an example. Pure."""

from dataclasses import replace
from typing import Final

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
)
from seedfund.kernel.currencies import exponent
from seedfund.kernel.roles import Assurance, Role


def preset(profile: Profile, currency: str = "USD") -> PolicyTerms:
    """The example terms of a profile, its amounts in whole units of a currency.

    Every figure is an example, to be replaced by those of the programme's own manual; the amounts suit a currency
    whose unit is worth about a US dollar.
    """
    unit = int(10 ** exponent(currency))
    small = _small(currency, unit)
    if profile is Profile.SMALL:
        return small
    standard = _standard(small, unit)
    return standard if profile is Profile.STANDARD else _strict(standard, unit)


def also_in(terms: PolicyTerms, currency: str, *, times: int) -> PolicyTerms:
    """The same terms with limits in a further currency too, one unit of the first being `times` of it.

    For a programme whose funds are in several currencies; `times` is a round figure for limits, never a rate of
    exchange.
    """

    def moved(minor: int) -> int:
        return minor * times * int(10 ** exponent(currency)) // int(10 ** exponent(terms.currency))

    thresholds = [
        replace(one, currency=currency, from_minor=moved(one.from_minor))
        for one in terms.thresholds
        if one.currency == terms.currency
    ]
    ceilings = [
        replace(one, currency=currency, ceiling_minor=moved(one.ceiling_minor))
        for one in terms.ceilings
        if one.currency == terms.currency
    ]
    cap = DeclarationCap(currency, moved(terms.declaration_cap_minor))
    return replace(
        terms,
        thresholds=(*terms.thresholds, *thresholds),
        ceilings=(*terms.ceilings, *ceilings),
        declaration_caps=(*terms.declaration_caps, cap),
    )


_APPROVERS: Final = (Role.PROGRAMME_MANAGER, Role.FINANCE_APPROVER, Role.DIRECTOR)


def _small(currency: str, unit: int) -> PolicyTerms:
    approve = Step(Stage.APPROVE, _APPROVERS, 1, needs_authority=True)
    return PolicyTerms(
        profile=Profile.SMALL,
        currency=currency,
        thresholds=(
            Threshold(OTHER, currency, 0, (approve,)),
            Threshold(OTHER, currency, 10_000 * unit, (replace(approve, approvals=2),)),
        ),
        ceilings=_ceilings(currency, unit, manager=5_000, finance=10_000, director=1_000_000),
        splitting_window_days=30,
        scoring_required=False,
        committee_size_min=3,
        quorum=2,
        receipt_tolerance_bps=1_000,
        declaration_cap_minor=50 * unit,
        overdue_days=60,
        refund_days=45,
        refund_banking_days=5,
        payout_cooling_days=2,
        write_off_paper_from_minor=500 * unit,
        hold_expiry_days=_hold_days(bank=10, code=30),
        assurances=(
            ActAssurance(Act.APPROVE, Assurance.PIN),
            ActAssurance(Act.RELEASE_PAYMENT, Assurance.PIN),
        ),
    )


def _standard(small: PolicyTerms, unit: int) -> PolicyTerms:
    review = Step(Stage.REVIEW, (Role.REVIEWER, Role.PROGRAMME_MANAGER), 1)
    approve = Step(Stage.APPROVE, _APPROVERS, 1, needs_authority=True)
    return replace(
        small,
        profile=Profile.STANDARD,
        thresholds=(
            Threshold(OTHER, small.currency, 0, (approve,)),
            Threshold(OTHER, small.currency, 2_000 * unit, (review, approve)),
            Threshold(OTHER, small.currency, 10_000 * unit, (review, replace(approve, approvals=2))),
        ),
        ceilings=_ceilings(small.currency, unit, manager=2_000, finance=10_000, director=1_000_000),
        scoring_required=True,
        quorum=3,
        receipt_tolerance_bps=500,
        declaration_cap_minor=30 * unit,
        overdue_days=45,
        refund_days=30,
        refund_banking_days=3,
        payout_cooling_days=2,
        write_off_paper_from_minor=200 * unit,
    )


def _strict(standard: PolicyTerms, unit: int) -> PolicyTerms:
    review = Step(Stage.REVIEW, (Role.REVIEWER, Role.PROGRAMME_MANAGER), 1)
    approve = Step(Stage.APPROVE, _APPROVERS, 1, needs_authority=True)
    release = Step(Stage.FINANCE_RELEASE, (Role.FINANCE_APPROVER, Role.DIRECTOR), 1)
    authorise = Step(Stage.AUTHORISE, (Role.DIRECTOR,), 1, needs_authority=True)
    two = replace(approve, approvals=2)
    return replace(
        standard,
        profile=Profile.STRICT,
        thresholds=(
            Threshold(OTHER, standard.currency, 0, (review, approve)),
            Threshold("payment_list", standard.currency, 0, (review, approve, release)),
            Threshold(OTHER, standard.currency, 5_000 * unit, (review, two)),
            Threshold("payment_list", standard.currency, 5_000 * unit, (review, approve, authorise, release)),
        ),
        ceilings=_ceilings(standard.currency, unit, manager=1_000, finance=5_000, director=250_000),
        splitting_window_days=90,
        committee_size_min=5,
        receipt_tolerance_bps=200,
        declaration_cap_minor=15 * unit,
        overdue_days=30,
        refund_banking_days=2,
        payout_cooling_days=3,
        write_off_paper_from_minor=0,
        hold_expiry_days=_hold_days(bank=5, code=15),
        assurances=(
            *standard.assurances,
            ActAssurance(Act.WAIVE_CONDITION, Assurance.PIN),
            ActAssurance(Act.WRITE_OFF, Assurance.PIN),
        ),
    )


def _ceilings(
    currency: str, unit: int, *, manager: int, finance: int, director: int
) -> tuple[RoleCeiling, ...]:
    return (
        RoleCeiling(Role.PROGRAMME_MANAGER, currency, manager * unit),
        RoleCeiling(Role.FINANCE_APPROVER, currency, finance * unit),
        RoleCeiling(Role.DIRECTOR, currency, director * unit),
    )


def _hold_days(*, bank: int, code: int) -> tuple[MethodDays, ...]:
    slow = ("withdrawal_code", "voucher", "cheque", "in_kind")
    quick = ("bank", "mobile_money", "cash")
    return (*(MethodDays(name, bank) for name in quick), *(MethodDays(name, code) for name in slow))
