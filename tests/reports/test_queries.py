"""Reports on real rows: they end on what single rows add up to, on any day, as known at any instant."""

import io
from datetime import date

import pytest

from seedfund.funds.queries import fund_facts, fund_position
from seedfund.grants.queries.grants import grants_by_number
from seedfund.grants.rules.figures import figures_of
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.ledger.queries.moved import recipe_sums
from seedfund.ledger.queries.parts import positions
from seedfund.reports.make import Asked, make_report
from seedfund.reports.queries.desk.grant import grant_amounts
from seedfund.reports.queries.parties import owners_of
from seedfund.reports.render.text import render_text
from seedfund.reports.render.words import Reader
from seedfund.reports.value import Cell, Report, Row, Word
from tests.reports.figures import assert_same_figures
from tests.reports.naive import counters
from tests.reports.readers import csv_lines, json_value, pdf_pages
from tests.reports.story import Story, charge, cut
from tests.support.grants import awarded, usd

END_OF_JANUARY = date(2026, 1, 31)
NAMES = (
    *("fund_summary", "participant_grant_ledger", "fund_ledger", "cash_book", "trial_balance"),
    *("budget_vs_actual", "face_form", "week", "open_advances_ageing", "exceptions"),
)


def asked(story: Story, **more: object) -> Asked:
    """Everything a report may need, and more."""
    return Asked(**({"number": story.first, "fund": "UNHCR", "account": "BANK"} | more))  # type: ignore[arg-type]  # fields by name


def made(story: Story, name: str, actor: str = "manager", **more: object) -> Report:
    """A report of the story, as an actor sees it."""
    with story.house.work(actor) as work:
        return make_report(work, name, asked(story, **more))


def cell(report: Report, row: Row, name: str) -> Cell:
    """A cell by its column."""
    return row[[column.key for column in report.columns].index(name)]


def column(report: Report, name: str) -> list[Cell]:
    """A column's cells."""
    return [cell(report, row, name) for row in report.rows]


def total(report: Report, name: str) -> Cell:
    """The cell of the first total."""
    return cell(report, report.totals[0].cells, name)


def section(report: Report, title: str) -> list[Row]:
    """The rows of a part."""
    return next(
        list(part.rows) for part in report.sections if part.title is not None and part.title.text == title
    )


def minor(value: Cell) -> int:
    """Minor units of an amount, nothing for none."""
    return value.minor if isinstance(value, Money) else 0


@pytest.mark.parametrize("name", ["trial_balance", "budget_vs_actual"])
@pytest.mark.parametrize(
    ("since", "said"), [(None, "2026-03-01"), (date(2026, 1, 15), "2026-01-15")], ids=["default", "given"]
)
def test_figures_of_a_period_name_its_first_and_last_day(
    story: Story, name: str, since: date | None, said: str
) -> None:
    report = made(story, name, since=since)
    out = io.StringIO()
    render_text(report, out, language="es")
    period = f"desde {said} hasta 2026-03-09"

    assert period in pdf_pages(report)[0]
    assert f"Período: {period}" in out.getvalue()
    assert {line["since"] for line in csv_lines(report)} == {said}
    assert json_value(report)["since"] == said


@pytest.mark.parametrize("name", NAMES)
def test_a_report_of_one_fund_names_it_and_one_of_all_says_so(story: Story, name: str) -> None:
    report = made(story, name)
    of_all = name in ("cash_book", "week", "exceptions")
    out = io.StringIO()
    render_text(report, out, language="es")

    assert report.standing.funds == (() if of_all else ("UNHCR",))
    assert ("todos los fondos" in pdf_pages(report)[0]) is of_all
    assert ("Fondo: todos los fondos" if of_all else "Fondo: UNHCR ·") in out.getvalue()
    assert json_value(report)["funds"] == ([] if of_all else ["UNHCR"])


@pytest.mark.parametrize("since", [None, date(2026, 1, 11), date(2026, 2, 1)])
def test_the_fund_ledger_ends_on_its_accounts(story: Story, since: date | None) -> None:
    found = counters(story.house)
    cash = found["cash:BANK"].debits - found["cash:BANK"].credits
    free = sum(one.debits - one.credits for code, one in found.items() if code.startswith("available:"))

    report = made(story, "fund_ledger", since=since)

    assert (total(report, "cash"), total(report, "uncommitted")) == (Money(cash, "USD"), Money(free, "USD"))


def test_the_cash_book_is_the_bank_statement(story: Story) -> None:
    report = made(story, "cash_book")

    assert column(report, "amount_in")[1:] == [usd(10_000), None, None, None]
    assert column(report, "amount_out")[1:] == [None, usd(300), usd(60), usd(2, 50)]
    assert column(report, "balance")[-1] == usd(9_637, 50)
    assert column(report, "party")[1:] == ["UNHCR", "PT-2026-0001", "PT-2026-0003", ""]


def test_cash_that_a_fact_took_beyond_what_there_was_stands_below_zero_in_its_book(story: Story) -> None:
    charge(story.house, usd(9_700))

    assert column(made(story, "cash_book"), "balance")[-1] == usd(9_637, 50) - usd(9_700)


def test_the_participant_ledger_tells_every_event_with_what_is_behind_it(story: Story) -> None:
    report = made(story, "participant_grant_ledger")

    events = [found.text for found in column(report, "event") if isinstance(found, Word)]

    assert events == [
        *("award decided", "agreement signed", "payments released", "payment delivered"),
        *("evidence accepted", "refund demanded", "receipt rejected"),
    ]
    assert column(report, "tranche")[2:4] == [f"{story.first}/1", f"{story.first}/1"]
    assert column(report, "evidence_number")[1:2] == ["AG-2026-0001"]
    assert column(report, "evidence_number")[4:] == ["JU-2026-0001/1", "", "JU-2026-0001/2"]
    assert column(report, "approved_by")[4] == "finance"
    assert [minor(amount) for amount in column(report, "in_payment")[2:4]] == [30_000, -30_000]


def test_the_identity_of_a_grant_holds_on_every_day(story: Story) -> None:
    for day in (date(2026, 1, 10), date(2026, 2, 6), date(2026, 2, 7), None):
        (note,) = made(story, "participant_grant_ledger", as_of=day).notes
        assert dict(note.facts)["difference"] == usd(0)


def test_a_household_s_ledger_holds_all_its_grants_and_names_its_person(story: Story) -> None:
    report = made(story, "participant_grant_ledger", number=story.household)

    assert report.scope.startswith(f"{story.participant} Rosa Elvira Prueba")
    assert story.first in report.scope


def test_the_summary_agrees_with_the_position_of_the_fund(story: Story) -> None:
    with story.house.work("finance") as work:
        position = fund_position(work.reader(), fund_facts(work.reader(), work.programme.id, "UNHCR"))

    report = made(story, "fund_summary")
    (row,) = report.rows
    shown = {name: minor(cell(report, row, name)) for name in ("received", "cash", "free", "unreserved_cash")}
    shown |= {name: minor(cell(report, row, name)) for name in ("committed", "disbursed", "justified")}
    shown |= {name: minor(cell(report, row, name)) for name in ("no_receipts_due", "returned", "refund_due")}

    assert shown == {
        "received": position.received,
        "cash": position.cash,
        "free": position.uncommitted,
        "unreserved_cash": position.unreserved_cash,
        "committed": position.total.committed,
        "disbursed": position.total.paid,
        "justified": position.total.justified,
        "no_receipts_due": position.total.no_receipts_due,
        "returned": position.total.returned,
        "refund_due": position.total.refund_due,
    }


def test_a_grant_s_amounts_are_the_figures_it_closes_with(story: Story) -> None:
    with story.house.work("finance") as work:
        reader = work.reader()
        grants = grants_by_number(reader, work.programme.id, [story.first, story.second])
        sums = recipe_sums(reader, [grant.id for grant in grants.values()])
        stands = positions(reader, [grant.id for grant in grants.values()])
        for number, grant in grants.items():
            (position,) = stands[grant.id]
            key_of = next(part for part in sums if part.grant_id == grant.id)
            figures = figures_of(sums[key_of], position, grant.currency)
            (owner,) = owners_of(reader, work.programme.id, number)
            amounts = grant_amounts(work, owner)

            assert amounts["awarded"] == figures.awarded - figures.lapsed
            for name in ("committed", "in_payment", "disbursed", "justified", "returned", "refund_due"):
                assert amounts[name] == getattr(figures, name), name
            for name in ("written_off", "to_disburse", "to_justify"):
                assert amounts[name] == getattr(figures, name), name


def test_the_budget_s_available_is_what_its_line_has_available(story: Story) -> None:
    found = counters(story.house)
    report = made(story, "budget_vs_actual")

    available = {
        code: minor(amount)
        for code, amount in zip(column(report, "line"), column(report, "available"), strict=True)
    }

    assert available == {
        line: found[f"available:{line}"].debits - found[f"available:{line}"].credits
        for line in ("A1", "A2", "CH")
    }
    assert column(report, "no_receipts_due")[0] == usd(60)
    assert column(report, "justified")[0] == usd(180)


def test_a_budget_without_rates_or_explanations_prints_no_empty_columns_and_speaks_of_no_counts(
    story: Story,
) -> None:
    report = made(story, "budget_vs_actual")
    out = io.StringIO()
    render_text(report, out, language="es")
    printed = " ".join(" ".join(pdf_pages(report)).split())

    for shown in (out.getvalue(), printed):
        assert "Explicación" not in shown
        assert "cambio" not in shown
        assert "n/N" not in shown
        assert "se redondean" in shown
    assert {"rate", "explanation"} <= set(csv_lines(report)[0])


def test_the_period_of_a_budget_is_what_happened_in_it(story: Story) -> None:
    report = made(story, "budget_vs_actual", since=date(2026, 2, 1))

    assert column(report, "paid_in_period")[0] == usd(0)
    assert column(report, "justified_in_period")[0] == usd(180)


def test_an_advance_is_open_from_the_day_it_was_paid(story: Story) -> None:
    report = made(story, "open_advances_ageing", as_of=date(2026, 3, 20))
    (row,) = report.rows

    assert cell(report, row, "paid_on") == date(2026, 1, 10)
    assert cell(report, row, "open") == usd(70)
    assert cell(report, row, "days_1_30") == usd(70)


def test_what_was_refused_stands_on_the_exceptions_page(story: Story) -> None:
    with pytest.raises(Refused):
        awarded(story.house, None, usd(5_000))

    report = made(story, "exceptions")
    (row,) = section(report, "Decisions that were refused")

    assert cell(report, row, "what") == "grants.award_grant"
    assert "available_too_low" in str(cell(report, row, "reason"))


def test_a_line_cut_below_its_promises_is_an_open_exception_and_free_falls_below_zero(story: Story) -> None:
    cut(story.house, "A1", usd(2_500))

    report = made(story, "exceptions")
    open_rows = [
        row for row in section(report, "Entries in suspense") if cell(report, row, "what") == "over:A1"
    ]

    assert [cell(report, row, "amount") for row in open_rows] == [usd(560)]
    assert total(made(story, "fund_summary"), "free") == usd(3_000 + 2_997, 50) - usd(560)
    assert total(made(story, "fund_ledger"), "uncommitted") == total(made(story, "fund_summary"), "free")


@pytest.mark.parametrize(("name", "missing"), [("fund_ledger", "fund"), ("cash_book", "account")])
def test_a_report_says_what_it_needs(story: Story, name: str, missing: str) -> None:
    with pytest.raises(InvalidInput, match=f"give --{missing}"):
        made(story, name, **{missing: ""})


def test_what_is_not_there_is_not_found(story: Story) -> None:
    with pytest.raises(NotFound):
        made(story, "participant_grant_ledger", number="SC-2026-9999")
    with pytest.raises(NotFound):
        made(story, "fund_ledger", fund="NADA")
    with pytest.raises(NotFound):
        made(story, "no_such_report")


def test_a_period_that_ends_before_it_begins_is_no_period(story: Story) -> None:
    with pytest.raises(InvalidInput, match="comes after the day"):
        made(story, "fund_ledger", since=date(2026, 3, 2), as_of=date(2026, 3, 1))


@pytest.mark.parametrize("name", NAMES)
def test_paper_and_files_carry_the_same_figures_of_real_rows(story: Story, name: str) -> None:
    report = made(story, name)

    assert_same_figures(report)
    notes = [Reader("es").said(note) for note in report.notes]

    assert report.name == name
    assert all("diferencia USD 0,00" in note for note in notes if "diferencia" in note)
