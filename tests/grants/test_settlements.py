"""Claims answered without a refund: kept back from the next payment, set off against another grant of the payee."""

from dataclasses import replace

import pytest

from seedfund.approvals.queries import exceptions_in
from seedfund.assurance.verify import Request, verify
from seedfund.funds.queries import budget_line
from seedfund.funds.rules.eligibility import Eligible
from seedfund.funds.service import allot_budget, record_instalment
from seedfund.funds.service.budgets import AllotBudget
from seedfund.funds.service.instalments import RecordInstalment
from seedfund.grants.queries.endings import demands_of
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.settling_up import pair_up
from seedfund.grants.rules.words import BasisKind, OwnerKind
from seedfund.grants.service import award_grant, commit_award, resume_grant, suspend_grant
from seedfund.grants.service.awards import AwardGrant
from seedfund.grants.service.course import ResumeGrant, SuspendGrant
from seedfund.grants.service.lists import CommitAward
from seedfund.grants.service.settlements import (
    GrantsSetOff,
    KeepBack,
    KeptBack,
    SetOff,
    keep_back,
    set_off,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.money import Money
from tests.funds.support import opened
from tests.grants.accounting_for import demanded, figures, grant_of, overpaid
from tests.grants.paying import at, paid, payable, payable_transfer, payee
from tests.support.grants import (
    GROUPS,
    SHA,
    TODAY,
    Home,
    agreed,
    eligible,
    home,
    key,
    prepared,
    transferred,
    usd,
)
from tests.support.programme import RING, House


def kept_back(
    house: House,
    grant: str,
    amount: Money | None = None,
    *,
    actor: str = "approver",
    reason: str = "paid too much",
) -> KeptBack:
    with house.work(actor) as work:
        return keep_back(work, KeepBack(key=key(), grant=grant, reason=reason, amount=amount))


def set_against(
    house: House,
    grant: str,
    against: str,
    amount: Money | None = None,
    *,
    actor: str = "approver",
    reason: str = "the owner asked for it",
) -> GrantsSetOff:
    with house.work(actor) as work:
        command = SetOff(key=key(), grant=grant, against=against, reason=reason, amount=amount)
        return set_off(work, command)


def half_paid(house: House, owner: Home | None = None) -> str:
    """A grant over 500 dollars of which 200 were paid and 100 of those demanded back."""
    grant = payable(house, owner)
    paid(house, grant, amount=usd(200))
    demanded(house, grant, usd(100))
    return grant


def overpaid_transfer(house: House, amount: int) -> str:
    """A transfer of 60 dollars of which 40 were paid, and some of those found not to be due (row 24)."""
    grant = payable_transfer(house)
    paid(house, grant, amount=usd(40))
    overpaid(house, grant, Money(amount, "USD"))
    return grant


def pay_transfer(house: House, grant: str, owner: Home) -> None:
    """Pay a transfer in full, and find 25 dollars of it not to be due."""
    payee(house, grant, owner.head)
    paid(house, grant)
    overpaid(house, grant, usd(25))


def elsewhere(house: House, owner: Home) -> str:
    """A transfer of 60 dollars in force, paid by another fund."""
    opened(house, "ECHO")
    with house.work("finance") as work:
        received = RecordInstalment(key=key(), fund="ECHO", bank_account="BANK", amount=usd(500))
        record_instalment(work, received)
        allot_budget(work, AllotBudget(key=key(), fund="ECHO", line="A1", amount=usd(300)))
    payers = [Eligible(population_group=group, fund=fund) for group in GROUPS for fund in ("UNHCR", "ECHO")]
    eligible(house, "transfer", *payers)
    with house.work("manager") as work:
        command = AwardGrant(
            key=key(),
            benefit="transfer",
            parts=(AwardPart(fund="ECHO", line="A1", amount=usd(60)),),
            basis_kind=BasisKind.ELIGIBILITY_LIST,
            basis_ref="EL-2",
            basis_sha256=SHA,
            owner_kind=OwnerKind.HOUSEHOLD,
            household=owner.household,
        )
        grant = award_grant(work, command).number
        commit_award(work, CommitAward(key=key(), grant=grant, list_sha256=SHA))
    return grant


def demand_states(house: House, grant: str) -> list[str]:
    row = grant_of(house, grant)
    with house.work("finance") as work:
        return [demand.state for demand in demands_of(work.reader(), [row.id])[row.id]]


def listed_exceptions(house: House, subject: str) -> list[str]:
    with house.work("finance") as work:
        days = DateRange(TODAY, TODAY.replace(year=TODAY.year + 1))
        found = exceptions_in(work.reader(), work.programme.id, days)
    return [row.subject_number for row in found if row.subject_kind == subject]


def available(house: House, fund: str = "UNHCR") -> Money:
    with house.work("finance") as work:
        return budget_line(work.reader(), work.programme.id, fund, "A1").available


def assert_sound(house: House, *grants: str) -> None:
    """The figures of the grants contradict nothing, and neither does anything the verifier recomputes."""
    for grant in grants:
        assert figures(house, grant).contradictions == ()
    found = verify(house.engine, Request(keyring=RING))
    assert found.is_sound, found


def test_an_overpayment_is_kept_back_without_cash_or_budget(house: House) -> None:
    prepared(house)
    grant = overpaid_transfer(house, 1_500)
    before, free = at(house, grant), available(house)

    result = kept_back(house, grant)

    assert result.amount == usd(15)
    assert at(house, grant) == replace(before, expense=4_000, claims=at(house, grant).claims)
    assert (at(house, grant).refund_due, at(house, grant).spent, available(house)) == (0, 4_000, free)
    assert_sound(house, grant)


def test_what_is_kept_back_where_receipts_are_due_is_open_again_and_closes_its_demand(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    result = kept_back(house, grant)

    position = at(house, grant)
    assert (result.amount, result.closed) == (usd(100), ("RD-2026-0001",))
    assert (position.open_advance, position.refund_due, position.committed_free) == (20_000, 0, 30_000)
    assert demand_states(house, grant) == ["settled"]
    assert_sound(house, grant)


def test_keeping_back_in_part_leaves_the_demand_open(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    assert kept_back(house, grant, usd(40)).closed == ()
    assert (at(house, grant).refund_due, demand_states(house, grant)) == (6_000, ["open"])
    assert_sound(house, grant)


def test_nothing_is_kept_back_that_was_not_demanded(house: House) -> None:
    prepared(house)
    grant = payable(house)

    with pytest.raises(Refused) as caught:
        kept_back(house, grant, reason=" ")

    assert caught.value.codes == ("claim_nothing", "reason_missing")


def test_no_more_is_kept_back_than_was_demanded(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    with pytest.raises(Refused) as caught:
        kept_back(house, grant, usd(100, 1))

    assert caught.value.codes == ("claim_exceeded",)


def test_no_more_is_kept_back_than_is_left_to_pay(house: House) -> None:
    prepared(house)
    grant = overpaid_transfer(house, 3_000)

    with pytest.raises(Refused) as caught:
        kept_back(house, grant)

    assert caught.value.codes == ("promise_exceeded",)
    assert kept_back(house, grant, usd(20)).amount == usd(20)


def test_a_grant_that_is_suspended_has_no_next_payment_to_keep_back_from(house: House) -> None:
    prepared(house)
    grant = half_paid(house)
    with house.work("manager") as work:
        suspend_grant(work, SuspendGrant(key=key(), grant=grant, reason="moved away"))

    with pytest.raises(Refused) as caught:
        kept_back(house, grant)

    assert caught.value.codes == ("promise_not_in_force",)
    with house.work("manager") as work:
        resume_grant(work, ResumeGrant(key=key(), grant=grant, reason="came back"))
    assert kept_back(house, grant).amount == usd(100)


def test_who_demanded_the_money_does_not_keep_it_back(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant, amount=usd(200))
    demanded(house, grant, usd(100), actor="approver")

    with pytest.raises(Refused) as caught:
        kept_back(house, grant)

    assert caught.value.codes == ("settled_by_demander",)
    assert kept_back(house, grant, actor="director").amount == usd(100)


def test_another_currency_is_not_kept_back(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    with pytest.raises(InvalidInput):
        kept_back(house, grant, Money(100, "COP"))


def test_only_an_authority_settles_a_claim(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    with pytest.raises(NotAllowed):
        kept_back(house, grant, actor="finance")


def test_a_set_off_is_disbursed_on_one_grant_and_returned_on_the_other(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = half_paid(house, owner)
    other = transferred(house, owner)
    free = available(house)

    result = set_against(house, grant, other, usd(60))

    source, target = figures(house, grant).total, figures(house, other).total
    assert (result.amount, result.closed) == (usd(60), ())
    assert (source.returned, source.refund_due) == (usd(60), usd(40))
    assert (target.disbursed, target.justified, target.to_disburse) == (usd(60), usd(60), usd(0))
    assert available(house) == free + usd(60)
    assert listed_exceptions(house, "set_off") == [grant]
    assert_sound(house, grant, other)


def test_a_set_off_to_a_grant_with_receipts_is_its_open_advance(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = transferred(house, owner)
    other = agreed(house, owner=owner)
    pay_transfer(house, grant, owner)

    set_against(house, grant, other, usd(25))

    position = at(house, other)
    assert (position.open_advance, position.spent, position.committed_free) == (2_500, 2_500, 47_500)
    assert (at(house, grant).refund_due, at(house, grant).spent) == (0, 3_500)
    assert_sound(house, grant, other)


def test_a_set_off_of_the_whole_claim_closes_the_demand(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = payable(house, owner)
    paid(house, grant, amount=usd(200))
    demanded(house, grant, usd(50))

    result = set_against(house, grant, transferred(house, owner))

    assert (result.amount, result.closed) == (usd(50), ("RD-2026-0001",))
    assert demand_states(house, grant) == ["settled"]


def test_nobody_pays_the_debt_of_another(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    with pytest.raises(Refused) as caught:
        set_against(house, grant, transferred(house), usd(10))

    assert caught.value.codes == ("set_off_other_payee",)


def test_a_set_off_stays_within_one_book(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = half_paid(house, owner)

    with pytest.raises(Refused) as caught:
        set_against(house, grant, elsewhere(house, owner), usd(10))

    assert caught.value.codes == ("set_off_other_book",)


def test_no_more_is_set_off_than_the_other_grant_promises(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = half_paid(house, owner)

    with pytest.raises(Refused) as caught:
        set_against(house, grant, transferred(house, owner))

    assert caught.value.codes == ("promise_exceeded", "set_off_exceeded")


def test_a_grant_is_not_set_off_against_itself(house: House) -> None:
    prepared(house)
    grant = half_paid(house)

    with pytest.raises(Refused) as caught:
        set_against(house, grant, grant)

    assert caught.value.codes == ("set_off_same_grant",)


def test_every_reason_against_a_set_off_is_told_at_once(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant, amount=usd(200))
    demanded(house, grant, usd(50), actor="approver")

    with pytest.raises(Refused) as caught:
        set_against(house, grant, transferred(house), usd(90), reason=" ")

    assert caught.value.codes == (
        "claim_exceeded",
        "settled_by_demander",
        "promise_exceeded",
        "set_off_other_payee",
        "set_off_exceeded",
        "reason_missing",
    )


def test_claims_and_promises_pair_up_within_their_books() -> None:
    assert pair_up([(1, 30), (2, 50)], [(2, 20), (1, 10), (1, 40)], 100) == [
        (0, 1, 10),
        (0, 2, 20),
        (1, 0, 20),
    ]
    assert pair_up([(1, 30)], [(1, 40)], 12) == [(0, 0, 12)]
    assert pair_up([(1, 30)], [(2, 40)], 12) == []
