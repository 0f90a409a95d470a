"""The trial balance on real rows: what single rows add up to, in the reader's words, without the empty ones."""

import re
from datetime import date, timedelta

import pytest

from seedfund.reports.render.words import Reader, words_of
from seedfund.reports.value import Kind, Report, Word
from tests.grants.accounting_for import closed, refunded
from tests.grants.paying import ended
from tests.reports.naive import Counters, counters
from tests.reports.story import Story
from tests.reports.test_queries import END_OF_JANUARY, cell, column, made, minor
from tests.support.grants import usd
from tests.support.programme import START


def closing(report: Report) -> dict[str, tuple[int, int, int]]:
    """Closing balance (debit above zero) and holds of every account of a trial balance on which something stands."""
    found = {
        str(cell(report, row, "account")): (
            minor(cell(report, row, "closing_debit")) - minor(cell(report, row, "closing_credit")),
            minor(cell(report, row, "hold_debit")),
            minor(cell(report, row, "hold_credit")),
        )
        for row in report.rows
    }
    return {code: counts for code, counts in found.items() if any(counts)}


def folded(found: dict[str, Counters]) -> dict[str, tuple[int, int, int]]:
    """The same from single rows."""
    counts = {
        code: (one.debits - one.credits, one.debits_held, one.credits_held) for code, one in found.items()
    }
    return {code: found for code, found in counts.items() if any(found)}


@pytest.mark.parametrize("as_of", [None, END_OF_JANUARY, date(2026, 1, 10), date(2026, 2, 20)])
def test_the_trial_balance_is_what_single_rows_add_up_to_on_any_day(story: Story, as_of: date | None) -> None:
    report = made(story, "trial_balance", as_of=as_of)

    assert closing(report) == folded(counters(story.house, as_of=as_of))


def test_a_figure_once_sent_is_printed_again_although_more_is_known_now(story: Story) -> None:
    before = START + timedelta(days=6)
    report = made(story, "trial_balance", as_known=before)

    assert closing(report) == folded(counters(story.house, as_known=before))
    assert closing(report) != closing(made(story, "trial_balance"))
    assert report.standing.known_at == before
    assert report.standing.heads[0].seq < made(story, "trial_balance").standing.heads[0].seq


def test_a_closed_month_is_final_and_an_open_one_provisional(story: Story) -> None:
    assert not made(story, "trial_balance", as_of=END_OF_JANUARY).standing.provisional
    assert made(story, "trial_balance", as_of=date(2026, 2, 28)).standing.provisional


def test_a_period_opens_where_the_one_before_closed(story: Story) -> None:
    january = closing(made(story, "trial_balance", as_of=END_OF_JANUARY))
    february = made(story, "trial_balance", since=date(2026, 2, 1), as_of=date(2026, 2, 28))

    opened = {
        str(cell(february, row, "account")): minor(cell(february, row, "opening_debit"))
        - minor(cell(february, row, "opening_credit"))
        for row in february.rows
    }

    assert opened == {code: january.get(code, (0, 0, 0))[0] for code in opened}
    assert opened["advances:SC-2026-0001:A1:participant"] == 300_00


def test_accounts_are_called_in_the_reader_s_language_with_whose_they_are(story: Story) -> None:
    report = made(story, "trial_balance", since=date(2026, 1, 1))
    shown = {
        Reader("es", words_of("es")).cell(cell(report, row, "name"), Kind.TEXT): cell(report, row, "about")
        for row in report.rows
    }
    labels = " ".join(
        Reader("es", words_of("es")).said(line.label) for part in report.sections for line in part.totals
    )
    contras = [
        Reader("es", words_of("es")).cell(one, Kind.TEXT)
        for one in column(made(story, "cash_book"), "contra")
    ]

    assert shown["anticipos a participantes"] == f"{story.first} · {story.participant} · Partida A1"
    assert "Total de control gastado" in labels
    assert not re.search("available|awarded|spent|advances", labels)
    assert contras == ["", "aportes", "anticipos a participantes", "gasto", "gasto"]
    assert column(made(story, "cash_book"), "contra_about")[1:3] == ["UNHCR", story.first]


def test_what_closed_grants_spent_is_one_line_of_the_trial_balance_with_the_same_totals(story: Story) -> None:
    for grant in (story.first, story.second):
        ended(story.house, grant)
    refunded(story.house, story.first, usd(120))
    before = made(story, "trial_balance", since=date(2026, 1, 1))
    for grant in (story.first, story.transfer):
        closed(story.house, grant)
    after = made(story, "trial_balance", since=date(2026, 1, 1))
    names = [(cell(after, row, "name"), cell(after, row, "about")) for row in after.rows]

    assert (Word("expense"), Word("closed grants together")) in names
    assert [part.totals for part in after.sections] == [part.totals for part in before.sections]


def test_a_trial_balance_adds_up_settled_grants_and_leaves_out_what_neither_moved_nor_holds(
    story: Story,
) -> None:
    for grant in (story.first, story.second):
        ended(story.house, grant)
    whole = made(story, "trial_balance", since=date(2026, 1, 1))
    lately = made(story, "trial_balance")
    naive = counters(story.house)
    committed = [one for code, one in naive.items() if code.startswith("committed:")]

    together = [row for row in whole.rows if cell(whole, row, "accounts") is not None]
    (line,) = [row for row in together if cell(whole, row, "name") == Word("committed")]

    assert cell(whole, line, "accounts") == len(committed) == 3
    assert minor(cell(whole, line, "debit")) == sum(
        one.debits for one in committed if one.debits == one.credits
    )
    assert closing(whole) == closing(lately) == folded(naive)
    assert whole.row_count + sum(int(str(cell(whole, row, "accounts"))) - 1 for row in together) == len(
        [code for code, one in naive.items() if one != Counters()]
    )
    assert any("Se omiten las cuentas" in Reader("es", words_of("es")).said(note) for note in lately.notes)
