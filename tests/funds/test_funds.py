"""Funds open with a book, budgets move, instalments come and go; facts are taken in, decisions can be refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from seedfund.approvals.queries import exceptions_in
from seedfund.funds.queries import (
    bank_accounts,
    budget_changes,
    budget_line,
    instalments_of,
    lines_of,
    list_donors,
    list_funds,
)
from seedfund.funds.queries.positions import cash_by_account, fund_position, line_positions
from seedfund.funds.rules.words import BankAccountKind, LineKind, RecallReason
from seedfund.funds.service import (
    add_budget_line,
    allot_budget,
    open_bank_account,
    open_fund,
    recall_instalment,
    record_donor_cut,
    record_instalment,
    register_donor,
    revise_budget,
)
from seedfund.funds.service.budgets import AllotBudget, RecordDonorCut, ReviseBudget
from seedfund.funds.service.instalments import RecallInstalment, RecordInstalment
from seedfund.funds.service.opening import AddBudgetLine, OpenBankAccount, OpenFund, RegisterDonor
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.ledger.rules.events import grants
from seedfund.ledger.service.reversals import ReverseEntry, reverse_entry
from seedfund.store.work import Work
from tests.funds.support import (
    ENDS,
    STARTS,
    bank,
    deliver,
    entry,
    fund,
    funded,
    key,
    opened,
    part,
    release,
    sign,
    usd,
)
from tests.support.programme import House

JANUARY = DateRange(date(2026, 1, 1), date(2026, 2, 1))
SHA = "cd" * 32


def refused(house: House, actor: str, act: Callable[[Work], object]) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught, house.work(actor) as work:
        act(work)
    return caught.value.codes


HUNDRED = usd(100)


def money(amount: Money = HUNDRED, **change: object) -> RecordInstalment:
    base = RecordInstalment(key=key(), fund="UNHCR", bank_account="BANK", amount=amount)
    return replace(base, **change)  # type: ignore[arg-type] # fields by name


def test_a_fund_opens_with_its_book_and_its_lines(house: House) -> None:
    opened(house)
    bank(house)
    with house.work("auditor") as work:
        reader, programme = work.reader(), work.programme.id
        found = list_funds(reader, programme)
        lines = lines_of(reader, found[0].id)
        donors, accounts = list_donors(reader, programme), bank_accounts(reader, programme)

    assert [(one.code, one.donor, one.period) for one in found] == [
        ("UNHCR", "UNHCR", DateRange(STARTS, ENDS))
    ]
    assert [(one.code, one.kind) for one in lines] == [("A1", "grants"), ("A2", "grants"), ("CH", "charges")]
    assert ([one.code for one in donors], [one.code for one in accounts]) == (["UNHCR"], ["BANK"])


def test_nothing_is_opened_twice(house: House) -> None:
    opened(house)
    bank(house)
    again = {
        "donor_exists": lambda work: register_donor(work, RegisterDonor(key=key(), code="UNHCR", name="x")),
        "fund_exists": lambda work: open_fund(
            work,
            OpenFund(
                key=key(), code="UNHCR", donor="UNHCR", name="x", currency="USD", starts=STARTS, ends=ENDS
            ),
        ),
        "line_exists": lambda work: add_budget_line(
            work, AddBudgetLine(key=key(), fund="UNHCR", code="A1", name="x", kind=LineKind.GRANTS)
        ),
        "bank_account_exists": lambda work: open_bank_account(
            work,
            OpenBankAccount(key=key(), code="BANK", name="x", kind=BankAccountKind.BANK, currency="USD"),
        ),
    }

    assert [refused(house, "finance", act) for act in again.values()] == [(code,) for code in again]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "a b"}, "code"),
        ({"name": " "}, "name"),
        ({"ends": STARTS}, "end"),
        ({"code": "x" * 21}, "code"),
    ],
)
def test_a_fund_that_cannot_be_named_or_dated_is_no_input(
    house: House, change: dict[str, object], field: str
) -> None:
    opened(house)
    good = OpenFund(key=key(), code="EU", donor="UNHCR", name="x", currency="USD", starts=STARTS, ends=ENDS)
    with pytest.raises(InvalidInput) as caught, house.work("finance") as work:
        open_fund(work, replace(good, **change))  # type: ignore[arg-type] # fields by name
    assert caught.value.field == field


def test_a_fund_needs_its_donor_and_a_hand_that_keeps_money(house: House) -> None:
    good = OpenFund(key=key(), code="EU", donor="EU", name="x", currency="USD", starts=STARTS, ends=ENDS)
    with pytest.raises(NotFound, match="EU"), house.work("finance") as work:
        open_fund(work, good)
    with pytest.raises(NotAllowed), house.work("coach") as work:
        open_fund(work, good)


def test_an_instalment_brings_cash_and_budget_is_a_decision_of_its_own(house: House) -> None:
    funded(house)
    with house.work("finance") as work:
        position = fund_position(work.reader(), fund(house))
        free = budget_line(work.reader(), work.programme.id, "UNHCR", "A1").available
        cash = cash_by_account(work.reader(), fund(house))

    assert (position.received, position.cash, position.total.allotted) == (100_000, 100_000, 150_000)
    assert (position.uncommitted, position.unreserved_cash) == (150_000, 100_000)
    assert free == usd(500)
    assert list(cash.values()) == [(100_000, 0)]


def test_an_instalment_in_another_currency_keeps_the_donor_s_amount_and_rate(house: House) -> None:
    funded(house)
    command = money(
        usd(1_080),
        donor_amount=Money(100_000, "EUR"),
        rate="1.0800",
        rate_source="bank advice",
        evidence_sha256=SHA,
        received_on=date(2026, 1, 3),
    )
    with house.work("finance") as work:
        done = record_instalment(work, command)
        row = instalments_of(work.reader(), fund(house).id)[-1]

    assert (done.number, done.papers_missing, done.is_irregular) == (2, (), False)
    assert (row.donor_minor, row.donor_currency, row.rate, row.rate_source) == (
        100_000,
        "EUR",
        "1.0800",
        "bank advice",
    )
    assert (row.received_on, row.evidence_sha256) == (date(2026, 1, 3), SHA)


def test_what_is_wrong_with_an_instalment_is_told_at_once(house: House) -> None:
    funded(house)
    bank(house, "EUROS", "EUR")
    wrong = money(Money(0, "EUR"), bank_account="EUROS", rate="1", number=1)

    assert refused(house, "finance", lambda work: record_instalment(work, wrong)) == (
        "amount_not_above_zero",
        "fund_other_currency",
        "bank_account_other_currency",
        "donor_amount_incomplete",
        "instalment_recorded",
    )
    with pytest.raises(InvalidInput, match="received_on"), house.work("finance") as work:
        record_instalment(work, money(received_on=date(2026, 1, 6)))


def test_an_odd_instalment_is_taken_in_and_shown_on_the_exceptions_page(house: House) -> None:
    funded(house)
    with house.work("finance") as work:
        odd = [
            record_instalment(work, money(usd(1_000))),
            record_instalment(work, money(received_on=STARTS - timedelta(days=1))),
            record_instalment(work, money()),
        ]
        rows = exceptions_in(work.reader(), work.programme.id, JANUARY)

    assert [one.is_irregular for one in odd] == [True, True, False]
    assert [(row.kind, row.subject_number, row.reason) for row in rows] == [
        ("irregular_fact", "UNHCR/2", "like instalment 1: same amount, day and account"),
        ("irregular_fact", "UNHCR/3", "received outside the fund's period"),
    ]
    assert odd[0].papers_missing == ("bank_advice / statement",)


def recall(amount: Money, number: int = 1) -> RecallInstalment:
    return RecallInstalment(
        key=key(),
        fund="UNHCR",
        number=number,
        amount=amount,
        kind=RecallReason.RECALLED,
        reason="the donor closed the call",
    )


def test_an_instalment_taken_back_lowers_what_was_received(house: House) -> None:
    funded(house)
    with house.work("reconciler") as work:
        done = recall_instalment(work, recall(usd(400)))
        row = instalments_of(work.reader(), fund(house).id)[0]
        position = fund_position(work.reader(), fund(house))

    assert (row.recalled_minor, done.is_irregular) == (40_000, False)
    assert (position.received, position.cash, position.shortfall) == (60_000, 60_000, 0)


def test_a_recall_of_money_already_paid_names_the_shortfall(house: House) -> None:
    funded(house)
    sign(house, 30_000)
    deliver(house, release(house, 30_000), 30_000)
    with house.work("reconciler") as work:
        recall_instalment(work, recall(usd(1_000)))
        position = fund_position(work.reader(), fund(house))
        rows = exceptions_in(work.reader(), work.programme.id, JANUARY)

    assert (position.cash, position.shortfall, position.received) == (0, 30_000, 0)
    assert [row.kind for row in rows] == ["suspense"]


def test_a_recall_beyond_the_instalment_is_taken_in_and_one_beyond_the_donor_is_not(house: House) -> None:
    funded(house)
    with house.work("finance") as work:
        record_instalment(work, money(usd(50)))
        beyond = recall_instalment(work, recall(usd(60), number=2))
    assert beyond.is_irregular

    assert refused(house, "finance", lambda work: recall_instalment(work, recall(usd(1_000_000)))) == (
        "balance_too_low",
    )
    assert refused(
        house, "finance", lambda work: recall_instalment(work, replace(recall(Money(0, "EUR")), reason=""))
    ) == ("amount_not_above_zero", "fund_other_currency", "reason_missing")
    with pytest.raises(NotFound, match="UNHCR/9"), house.work("finance") as work:
        recall_instalment(work, recall(usd(1), number=9))


def revision(amount: Money, to_line: str = "A2", reason: str = "more tools, less rent") -> ReviseBudget:
    return ReviseBudget(
        key=key(), fund="UNHCR", from_line="A1", to_line=to_line, amount=amount, reason=reason
    )


def test_budget_moves_between_lines_but_never_what_is_promised(house: House) -> None:
    funded(house)
    entry(house, "award_decided", grants.award([(part(house), 40_000)]))
    with house.work("manager") as work:
        revise_budget(work, revision(usd(100)))
        lines = line_positions(work.reader(), fund(house))

    assert [lines[code].allotted for code in ("A1", "A2")] == [40_000, 60_000]
    assert (lines["A1"].available, lines["A1"].pre_committed) == (0, 40_000)
    assert refused(house, "manager", lambda work: revise_budget(work, revision(usd(1)))) == (
        "available_too_low",
    )


def test_a_revision_needs_two_lines_an_amount_and_a_reason(house: House) -> None:
    funded(house)

    assert refused(
        house, "manager", lambda work: revise_budget(work, revision(Money(0, "EUR"), "A1", " "))
    ) == ("amount_not_above_zero", "fund_other_currency", "same_line", "reason_missing")
    assert refused(
        house,
        "finance",
        lambda work: allot_budget(
            work, AllotBudget(key=key(), fund="UNHCR", line="A1", amount=Money(-1, "USD"))
        ),
    ) == ("amount_not_above_zero",)


def test_a_donor_s_cut_is_a_fact_even_of_what_was_promised(house: House) -> None:
    funded(house)
    entry(house, "award_decided", grants.award([(part(house), 40_000)]))
    cut = RecordDonorCut(
        key=key(), fund="UNHCR", line="A1", amount=usd(200), reason="letter of 4 January", evidence_sha256=SHA
    )
    with house.work("finance") as work:
        done = record_donor_cut(work, cut)
        found = line_positions(work.reader(), fund(house))["A1"]
        rows = exceptions_in(work.reader(), work.programme.id, JANUARY)
        changes = budget_changes(work.reader(), fund(house).id)

    assert (found.allotted, found.available, found.over, found.is_whole) == (30_000, 0, 10_000, True)
    assert ([row.kind for row in rows], done.papers_missing) == (["suspense"], ())
    assert [(one.move, one.amount_minor) for one in changes][-1] == ("cut", 20_000)
    assert refused(
        house,
        "finance",
        lambda work: record_donor_cut(work, replace(cut, key=key(), reason="", amount=usd(0))),
    ) == ("amount_not_above_zero", "reason_missing")


def test_the_history_of_a_budget_shows_what_was_taken_back(house: House) -> None:
    funded(house)
    with house.work("finance") as work:
        before = line_positions(work.reader(), fund(house))["A1"]
        added = allot_budget(work, AllotBudget(key=key(), fund="UNHCR", line="A1", amount=usd(70)))

    with house.work("director") as work:
        reversal = reverse_entry(work, ReverseEntry(key=key(), number=added.entry, reason="wrong line"))
        changes = budget_changes(work.reader(), fund(house).id)
        after = line_positions(work.reader(), fund(house))["A1"]

    assert (after.allotted, after.available) == (before.allotted, before.available)
    assert [one.reversed_by for one in changes if one.amount_minor == 7_000] == [reversal.number]
    assert {one.reversed_by for one in changes if one.amount_minor != 7_000} == {""}
