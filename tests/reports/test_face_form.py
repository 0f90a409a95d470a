"""The FACE-like form: D is A less C on every line, and a period begins where the one before ended."""

import io
from datetime import date

import pytest

from seedfund.reports.books.face_form import TO_FILL_IN, face_form
from seedfund.reports.render.text import render_text
from tests.reports.readers import csv_lines, pdf_pages
from tests.reports.samples import STANDING, budget_line, usd
from tests.reports.story import Story
from tests.reports.test_queries import cell, column, made, minor, total


@pytest.mark.parametrize(
    ("approved", "accepted", "free_of_receipts", "balance"),
    [
        ("3000.00", "300.00", "0.00", "2700.00"),
        ("3000.00", "0.00", "0.00", "3000.00"),
        ("0.00", "300.00", "0.00", "-300.00"),
        ("0.00", "0.00", "0.00", "0.00"),
        ("500.00", "300.00", "60.00", "140.00"),
    ],
)
def test_what_is_left_is_what_is_not_accepted_also_where_a_side_is_nothing(
    approved: str, accepted: str, free_of_receipts: str, balance: str
) -> None:
    line = budget_line(
        "L1",
        approved,
        "450.00",
        paid_in_period=usd("450.00"),
        justified=usd(accepted),
        justified_in_period=usd(accepted),
        no_receipts_due=usd(free_of_receipts),
        no_receipts_due_in_period=usd(free_of_receipts),
    )

    report = face_form([line], scope="ACNUR", standing=STANDING)
    (row,) = report.rows

    assert cell(report, row, "authorised") == usd(approved)
    assert cell(report, row, "spent") == usd("450.00")
    assert cell(report, row, "balance") == usd(balance)


def test_the_form_of_the_books_stands_on_receipts_and_on_what_needs_none(story: Story) -> None:
    report = made(story, "face_form")
    by_line = {cell(report, row, "line"): row for row in report.rows}

    seed = by_line["A1"]

    assert cell(report, seed, "spent") == usd("360.00")
    assert cell(report, seed, "accepted") == usd("240.00")
    assert cell(report, by_line["CH"], "accepted") == usd("2.50")
    assert all(
        minor(one) == minor(authorised) - minor(accepted)
        for one, authorised, accepted in zip(
            *(column(report, name) for name in ("balance", "authorised", "accepted")), strict=True
        )
    )
    assert minor(total(report, "balance")) == sum(minor(one) for one in column(report, "balance"))


def test_a_period_begins_with_what_the_one_before_left(story: Story) -> None:
    january = made(story, "face_form", as_of=date(2026, 1, 31))
    later = made(story, "face_form", since=date(2026, 2, 1))
    whole = made(story, "face_form")

    assert column(later, "authorised") == column(january, "balance")
    assert column(later, "balance") == column(whole, "balance")
    assert [minor(one) for one in column(whole, "accepted")] == [
        minor(one) + minor(other)
        for one, other in zip(column(january, "accepted"), column(later, "accepted"), strict=True)
    ]


def test_what_the_agency_decides_is_left_open_on_paper_and_in_files(story: Story) -> None:
    report = made(story, "face_form")
    out = io.StringIO()
    render_text(report, out, language="es")
    (printed,) = pdf_pages(report)

    assert set(column(report, "outstanding")) == {TO_FILL_IN}
    assert {line["outstanding"] for line in csv_lines(report) if line["record"] == "row"} == {
        "#to be filled in"
    }
    for text in (printed.replace("\r\n", " "), " ".join(out.getvalue().split())):
        assert "Autorización de fondos y certificado de gastos (FACE)" in text
        assert "Certifico" in text
