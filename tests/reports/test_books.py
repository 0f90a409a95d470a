"""Each book computes what it promises, and nothing a query already knows."""

from dataclasses import replace
from datetime import date

from seedfund.kernel.money import Money
from seedfund.reports.books.exceptions import Irregularity
from seedfund.reports.books.participant_grant_ledger import participant_grant_ledger
from seedfund.reports.books.week import Due
from seedfund.reports.render.words import Reader
from seedfund.reports.value import Cell, NotKnown, Report, TotalRow
from tests.reports.samples import STANDING, grant_events, samples, usd

REPORTS = samples()


def _column(report: Report, key: str) -> list[Cell]:
    index = [column.key for column in report.columns].index(key)
    return [row[index] for row in report.rows]


def _cell(report: Report, total: TotalRow, key: str) -> Cell:
    return total.cells[[column.key for column in report.columns].index(key)]


def test_the_participant_ledger_prints_its_identity_and_it_holds() -> None:
    report = REPORTS["participant_grant_ledger"]

    (note,) = report.notes

    assert dict(note.facts) == {
        "disbursed": usd("300.00"),
        "uses": usd("300.00"),
        "difference": usd("0.00"),
    }


def test_the_participant_ledger_shows_what_is_missing_from_its_identity() -> None:
    events = grant_events()
    events[3] = replace(events[3], accepted=usd("220.00"))
    report = participant_grant_ledger(events, scope="x", standing=STANDING)

    said = Reader("es").said(report.notes[0])

    assert "USD 0,50" in said


def test_the_participant_ledger_totals_changes_and_keeps_the_last_balances() -> None:
    report = REPORTS["participant_grant_ledger"]
    (total,) = report.totals

    keys = ("awarded", "committed", "disbursed", "accepted", "returned", "to_disburse", "to_justify")
    expected = ("0.00", "500.00", "300.00", "220.50", "29.50", "200.00", "50.00")

    assert [_cell(report, total, key) for key in keys] == [usd(text) for text in expected]


def test_the_fund_ledger_runs_cash_and_what_is_uncommitted() -> None:
    report = REPORTS["fund_ledger"]

    cash = ["100.00", "10100.00", "10100.00", "10100.00", "9800.00", "9798.75"]
    free = ["0.00", "0.00", "9000.00", "8500.00", "8500.00", "8498.75"]

    assert _column(report, "cash") == [usd(text) for text in cash]
    assert _column(report, "uncommitted") == [usd(text) for text in free]


def test_the_fund_ledger_prints_the_three_meanings_of_free() -> None:
    report = REPORTS["fund_ledger"]
    _, uncommitted, unreserved, unfunded = report.totals

    assert _cell(report, uncommitted, "uncommitted") == usd("8498.75")
    assert _cell(report, unreserved, "cash") == usd("9648.75")
    assert _cell(report, unfunded, "committed") == usd("351.25")


def test_the_cash_book_starts_at_its_opening_balance_and_runs() -> None:
    report = REPORTS["cash_book"]

    assert _column(report, "balance") == [usd(text) for text in ("100.00", "1350.50", "1050.50", "1049.75")]


def test_the_trial_balance_puts_balances_on_their_side_and_its_sides_agree() -> None:
    report = REPORTS["trial_balance"]
    money = report.sections[0]
    labels = [Reader("en").said(total.label) for total in money.totals]

    assert _column(report, "closing_debit")[:3] == [usd("79.50"), usd("200.00"), usd("500.00")]
    assert _column(report, "closing_credit")[3] == usd("1000.00")
    assert labels[0] == "Control total advances"
    assert _cell(report, money.totals[0], "closing_debit") == usd("279.50")
    assert _cell(report, money.totals[-1], "closing_debit") == usd("-0.00") - usd("0.00")
    assert _cell(report, report.sections[1].totals[-1], "debit") == usd("0.00")


def test_the_budget_says_what_is_available_and_no_percentage_of_nothing() -> None:
    report = REPORTS["budget_vs_actual"]

    assert _column(report, "available") == [usd("1650.00"), Money(-35000, "USD")]
    assert _column(report, "paid_percent") == [3333, NotKnown("nothing to compare with")]
    assert _cell(report, report.totals[0], "justified_percent") == 2000


def test_the_week_counts_days_late_and_keeps_empty_parts() -> None:
    report = REPORTS["week"]

    assert _column(report, "days_late") == [0, 10]
    assert [len(section.rows) for section in report.sections] == [1, 1] + [0] * (len(Due) - 2)


def test_an_advance_stands_in_the_band_of_its_age_and_without_a_term_in_none() -> None:
    report = REPORTS["open_advances_ageing"]
    (total,) = report.totals
    bands = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "without_due_date")

    sums = [_cell(report, total, key) for key in bands]

    assert sums == [usd("10.00"), usd("20.00"), None, None, usd("30.00"), usd("40.00")]
    assert _column(report, "days") == [None, 91, 30, 0]


def test_the_exceptions_page_states_each_kind_also_when_nothing_happened() -> None:
    report = REPORTS["exceptions"]

    assert [len(section.rows) for section in report.sections] == [1] + [0] * (len(Irregularity) - 1)
    assert _column(report, "on") == [date(2026, 4, 2)]
