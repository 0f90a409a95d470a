"""A running grant is taken over in one act, as the earlier books tell it, and goes on here from where it stood."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from seedfund.approvals.queries import exceptions_in
from seedfund.grants.queries.history import taken_over, told_by_others
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.takeover import TakeoverIrregularity, against, check_takeover
from seedfund.grants.rules.words import BasisKind, OwnerKind
from seedfund.grants.service.awards import AwardGrant, award_grant
from seedfund.grants.service.takeover import GrantTakenOverDone, take_over
from seedfund.grants.service.told import EarlierTranche, TakeOverGrant
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, RefusalCode, Refused
from seedfund.kernel.money import Money
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import FileEvidence, file_evidence
from tests.funds.support import benefit
from tests.grants.accounting_for import accounted, figures, filed, grant_of, require_sound
from tests.grants.paying import listed, payee, wish
from tests.grants.test_history import CUT_OFF, PAID_ON, PAPER, donor_gave
from tests.support.benefits import SEED
from tests.support.grants import Home, amended, home, issued, key, prepared, signed, tranche, usd
from tests.support.programme import House

APPROVED, AGREED = date(2025, 9, 1), date(2025, 9, 10)
BOTH = (EarlierTranche(amount=usd(300), paid=usd(300), paid_on=PAID_ON), EarlierTranche(amount=usd(200)))


def ready(house: House) -> Home:
    """A programme with the statement of the earlier books filed, and a household whose head may receive."""
    prepared(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)
    return home(house)


def taken(
    house: House, owner: Home, *tranches: EarlierTranche, actor: str = "approver", **other: Any
) -> GrantTakenOverDone:
    """A household's seed capital of 500 dollars from A1, of which the first tranche was paid, as it was told."""
    told: Mapping[str, Any] = {
        "benefit": "seed",
        "parts": (AwardPart(fund="UNHCR", line="A1", amount=usd(500)),),
        "tranches": tranches or BOTH,
        "outside_number": "HIAS-017",
        "approved_on": APPROVED,
        "cut_off": CUT_OFF,
        "evidence_sha256": PAPER,
        "household": owner.household,
        "agreement_number": "CONV-44/2025",
        "agreed_on": AGREED,
        **other,
    }
    with house.work(actor) as work:
        return take_over(work, TakeOverGrant(key=key(), **told))


def test_a_running_grant_stands_in_gross_figures_and_is_paid_on_from_here(house: House) -> None:
    owner = ready(house)

    done = taken(house, owner, justified=usd(180), returned=usd(20))

    total = figures(house, done.grant).total
    assert (done.approved, done.paid, done.justified, done.returned) == (
        usd(500),
        usd(300),
        usd(180),
        usd(20),
    )
    assert (total.awarded, total.committed, total.disbursed) == (usd(500), usd(500), usd(300))
    assert (total.justified, total.returned, total.to_justify) == (usd(180), usd(20), usd(100))
    payee(house, done.grant, owner.head)
    accounted(house, done.grant, usd(100))
    assert listed(house, wish(done.grant, 2)).total == usd(200)
    donor_gave(house, usd(280))
    require_sound(house)


def test_outside_numbers_and_days_are_kept_and_the_act_is_an_exception(house: House) -> None:
    done = taken(house, ready(house))

    row = grant_of(house, done.grant)
    with house.work("finance") as work:
        kept = taken_over(work.reader(), [row.id])[row.id]
        told = told_by_others(work.reader(), [row.id])
        rows = exceptions_in(work.reader(), work.programme.id, DateRange(date(2026, 1, 1), date(2026, 2, 1)))

    assert (kept.outside_number, kept.agreement_number, kept.agreed_on) == (
        "HIAS-017",
        "CONV-44/2025",
        AGREED,
    )
    assert (row.awarded_on, told) == (APPROVED, {row.id: "HIAS-017"})
    assert [one.subject_number for one in rows if one.subject_kind == "brought_forward"] == [done.grant] * 2


def test_a_grant_of_which_nothing_was_paid_is_taken_over_too(house: House) -> None:
    done = taken(house, ready(house), EarlierTranche(amount=usd(500)))

    total = figures(house, done.grant).total
    row = grant_of(house, done.grant)
    with house.work("finance") as work:
        assert told_by_others(work.reader(), [row.id]) == {row.id: "HIAS-017"}
    assert (done.paid, total.committed, total.disbursed) == (usd(0), usd(500), usd(0))
    require_sound(house)


def test_a_grant_from_several_lines_without_agreement_is_taken_over(house: House) -> None:
    owner = ready(house)

    done = taken(
        house,
        owner,
        EarlierTranche(amount=usd(60), paid=usd(60), paid_on=PAID_ON),
        benefit="transfer",
        parts=(
            AwardPart(fund="UNHCR", line="A1", amount=usd(40)),
            AwardPart(fund="UNHCR", line="A2", amount=usd(20)),
        ),
        agreement_number="",
        agreed_on=None,
    )

    total = figures(house, done.grant).total
    assert (done.agreement, total.disbursed, total.justified) == ("", usd(60), usd(60))
    require_sound(house)


def test_an_adenda_amends_an_agreement_that_was_signed_elsewhere(house: House) -> None:
    owner = ready(house)
    done = taken(house, owner)

    amended(house, done.grant, tranche(usd(300)), tranche(usd(150)))
    signed(house, issued(house, done.grant))

    assert figures(house, done.grant).total.committed == usd(450)
    require_sound(house)


UNHELD: Final[tuple[tuple[dict[str, Any], tuple[str, ...]], ...]] = (
    ({"evidence_sha256": "9b" * 32}, ("history_paper",)),
    ({"agreement_number": "", "agreed_on": None}, ("takeover_agreement",)),
    ({"tranches": (EarlierTranche(amount=usd(400)),)}, ("schedule_sum",)),
    ({"justified": usd(280), "returned": usd(30)}, ("history_unbalanced",)),
    (
        {
            "tranches": (
                EarlierTranche(amount=usd(200), paid=usd(201), paid_on=PAID_ON),
                EarlierTranche(amount=usd(300)),
            )
        },
        ("history_above_tranche",),
    ),
    (
        {
            "tranches": (
                EarlierTranche(amount=usd(300), paid=usd(300), paid_on=date(2025, 8, 31)),
                EarlierTranche(amount=usd(200)),
            )
        },
        ("takeover_paid_before",),
    ),
    (
        {
            "benefit": "transfer",
            "parts": (AwardPart(fund="UNHCR", line="A1", amount=usd(500)),),
            "justified": usd(1),
        },
        ("takeover_no_agreement", "history_no_receipts"),
    ),
    (
        {"owner_kind": OwnerKind.PERSON, "parts": (AwardPart(fund="UNHCR", line="CH", amount=usd(500)),)},
        ("line_not_for",),
    ),
)


def test_what_our_books_cannot_hold_is_refused(house: House) -> None:
    owner = ready(house)
    for other, codes in UNHELD:
        with pytest.raises(Refused) as caught:
            taken(house, owner, **({"participant": owner.head} | other))

        assert caught.value.codes == codes


def test_one_outside_number_is_one_grant_and_who_files_the_statement_does_not_enter_it(house: House) -> None:
    owner = ready(house)
    done = taken(house, owner)
    with house.work("director") as work:
        filing = FileEvidence(key=key(), sha256="9c" * 32, kind=EvidenceKind.STATEMENT, description="estado")
        file_evidence(work, filing)

    with pytest.raises(Refused) as caught:
        taken(house, home(house), evidence_sha256="9c" * 32, actor="director")

    assert caught.value.codes == ("takeover_twice", "takeover_own_paper")
    assert done.grant in str(caught.value.refusals[0].facts.values())
    with pytest.raises(NotAllowed):
        taken(house, home(house), outside_number="HIAS-018", actor="finance")


def irregular(house: House, grant: str) -> list[str]:
    """What is told of a grant as against a rule."""
    with house.work("finance") as work:
        rows = exceptions_in(work.reader(), work.programme.id, DateRange(date(2026, 1, 1), date(2026, 2, 1)))
    return [
        one.reason for one in rows if (one.subject_kind, one.subject_number) == ("grant_taken_over", grant)
    ]


def test_what_was_awarded_against_a_rule_is_taken_over_and_told(house: House) -> None:
    owner = ready(house)
    first = taken(house, owner)
    benefit(house, "small", replace(SEED, amount_max=usd(6)), series="SM")
    second = taken(
        house,
        owner,
        EarlierTranche(amount=usd(5), paid=usd(5), paid_on=date(2025, 9, 5)),
        EarlierTranche(amount=usd(2)),
        benefit="small",
        parts=(AwardPart(fund="UNHCR", line="A1", amount=usd(7)),),
        outside_number="HIAS-018",
    )

    assert (first.irregular, irregular(house, first.grant)) == ((), [])
    assert irregular(house, second.grant) == [one.value for one in second.irregular]
    assert set(second.irregular) == {
        *(TakeoverIrregularity.OUT_OF_RANGE, TakeoverIrregularity.BESIDE_ANOTHER),
        *(TakeoverIrregularity.NOT_ELIGIBLE, TakeoverIrregularity.PAID_UNAGREED),
        TakeoverIrregularity.SAME_AGREEMENT,
    }
    assert grant_of(house, second.grant).basis_kind == "earlier_books"
    require_sound(house)


def test_nothing_is_awarded_here_on_earlier_books(house: House) -> None:
    owner = ready(house)
    asked = AwardGrant(
        key=key(),
        benefit="seed",
        parts=(AwardPart(fund="UNHCR", line="A1", amount=usd(500)),),
        basis_kind=BasisKind.EARLIER_BOOKS,
        basis_ref="HIAS-017",
        basis_sha256=PAPER,
        owner_kind=OwnerKind.HOUSEHOLD,
        household=owner.household,
    )
    with house.work("manager") as work, pytest.raises(Refused) as caught:
        award_grant(work, asked)

    assert caught.value.codes == ("basis_kind",)


REASON = RefusalCode("", "Why.", "What to do.")


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ([], []),
        (["line_not_for", "owner_kind"], []),
        (["award_range", "fund_not_eligible"], ["taken_over_out_of_range", "taken_over_not_eligible"]),
        (["one_per_household_and_period", "double_support"], ["taken_over_beside_another"]),
        (["fund_not_open", "award_needs_selection"], ["taken_over_fund_not_open", "taken_over_not_selected"]),
        (["owner_deceased", "household_not_active"], ["taken_over_not_taking_part"]),
    ],
)
def test_each_rule_a_running_grant_is_against_is_told_once(codes: list[str], told: list[str]) -> None:
    assert list(against(replace(REASON, code=code)() for code in codes)) == told


UNREAD: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("outside_number", {"outside_number": " "}),
    ("agreement_number", {"agreement_number": "C" * 61}),
    ("cut_off", {"cut_off": date(2026, 1, 6)}),
    ("cut_off", {"agreed_on": date(2025, 8, 31)}),
    ("paid", {"tranches": (EarlierTranche(amount=usd(500), paid=usd(1)),)}),
    ("paid", {"justified": Money(1, "EUR")}),
)


def test_what_cannot_be_read_is_no_running_grant(house: House) -> None:
    owner = ready(house)
    for field, other in UNREAD:
        with pytest.raises(InvalidInput, match=field):
            taken(house, owner, **other)


@pytest.mark.parametrize(
    ("taken_as", "needs", "has", "tied", "codes"),
    [
        ("", True, True, False, []),
        ("", False, False, False, []),
        ("SC-2026-0001", True, True, False, ["takeover_twice"]),
        ("", True, False, False, ["takeover_agreement"]),
        ("", False, True, False, ["takeover_no_agreement"]),
        ("", True, True, True, ["takeover_tied"]),
        ("SC-2026-0001", True, False, True, ["takeover_twice", "takeover_agreement", "takeover_tied"]),
    ],
)
def test_every_reason_why_a_grant_is_not_taken_over_is_told_at_once(
    taken_as: str, needs: bool, has: bool, tied: bool, codes: list[str]
) -> None:
    found = check_takeover(
        "HIAS-1",
        taken_as=taken_as,
        benefit="seed",
        needs_agreement=needs,
        has_agreement=has,
        is_tied=tied,
    )

    assert [one.code for one in found] == codes
