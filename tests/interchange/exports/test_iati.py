"""Funds as activities of IATI: valid, adding up to the fund ledger, and with no sum that tells of a person."""

import io
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.interchange.exports.iati import IatiPublisher, write_iati
from seedfund.interchange.rules.flows import FlowType, Moved, moved_of, told_by_month
from seedfund.interchange.rules.publishing import LEAST_ALIKE
from seedfund.kernel.errors import NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.reports.make import Asked, make_report
from seedfund.reports.value import Report
from tests.grants.paying import paid, payee
from tests.interchange.exports.standards import iati_faults
from tests.reports.story import Story
from tests.reports.test_queries import cell, column
from tests.support.grants import home, transferred

PUBLISHER = IatiPublisher(
    organisation="EC-RUC-1790000000001",
    organisation_type="22",
    country="EC",
    donors={"UNHCR": "XM-DAC-41121"},
)


NAUGHTY = (
    '<script>"&amp;]]></script>',
    '<!ENTITY x SYSTEM "file:///etc/passwd">',
    "a\x00b\x1b",
    "a\ud800",
    "ñ 𝒳\uffff",
)


def reported(
    story: Story, actor: str = "manager", publisher: IatiPublisher = PUBLISHER, **asked: Any
) -> tuple[ET.Element, str]:
    """The file of activities, read and as text."""
    out = io.BytesIO()
    with story.house.work(actor) as work:
        write_iati(work, out, publisher, **asked)
    text = out.getvalue().decode()
    return ET.fromstring(text), text  # noqa: S314 (our own file)


def sums(root: ET.Element) -> dict[str, Decimal]:
    """What the transactions of each type add up to."""
    found: Counter[str] = Counter()
    for one in root.iter("transaction"):
        found[one.find("transaction-type").attrib["code"]] += Decimal(one.findtext("value", ""))  # type: ignore[assignment, union-attr]  # a Counter of decimals
    return dict(found)  # type: ignore[arg-type]  # a Counter of decimals


def column_sum(report: Report, name: str) -> Decimal:
    """What a column of a ledger adds up to."""
    return sum(
        (Decimal(one.minor).scaleb(-2) for one in column(report, name) if isinstance(one, Money)),
        start=Decimal(0),
    )


@pytest.fixture
def paid_story(story: Story) -> Story:
    """The story with three more cash transfers paid, so that five grants moved money."""
    for _ in range(3):
        owner = home(story.house)
        grant = transferred(story.house, owner)
        payee(story.house, grant, owner.head)
        paid(story.house, grant, 1)
    return story


def test_a_file_is_valid_and_its_sums_are_those_of_the_fund_ledger(paid_story: Story) -> None:
    root, text = reported(paid_story)
    with paid_story.house.work("auditor") as work:
        ledger = make_report(work, "fund_ledger", Asked(fund="UNHCR"))
    given_out = column_sum(ledger, "disbursed") - column_sum(ledger, "refunded")

    assert iati_faults(text) == []
    assert sums(root) == {
        "1": column_sum(ledger, "received"),
        "4": given_out + column_sum(ledger, "other_spending"),
    }
    assert cell(ledger, next(iter(ledger.rows)), "received") is None


def test_an_agreement_is_no_commitment_unless_the_policy_says_so(paid_story: Story) -> None:
    for _ in range(2):
        transferred(paid_story.house, home(paid_story.house))
    root, text = reported(paid_story, publisher=replace(PUBLISHER, with_commitments=True))
    with paid_story.house.work("auditor") as work:
        ledger = make_report(work, "fund_ledger", Asked(fund="UNHCR"))

    assert iati_faults(text) == []
    assert sums(root)["2"] == column_sum(ledger, "committed")
    assert "2" not in sums(reported(paid_story)[0])


def test_nobody_is_in_the_file_and_words_are_the_reader_s(paid_story: Story) -> None:
    root, text = reported(paid_story, language="es")
    said = [one.findtext("description/narrative") for one in root.iter("transaction")]

    for told in ("SC-2026", "PT-2026", "HH-2026", "Rosa", "comisión", "Actor"):
        assert told not in text
    assert said == ["Fondos recibidos", "Ayudas a participantes y otros gastos, de 2026-01-01 a 2026-03-09"]


def test_the_same_books_give_the_same_file(paid_story: Story) -> None:
    first = reported(paid_story)[1]
    paid_story.house.clock.advance(timedelta(hours=2))

    assert reported(paid_story, actor="auditor")[1] == first


def test_sums_of_fewer_than_five_people_are_not_published(story: Story) -> None:
    with pytest.raises(Refused) as caught:
        reported(story)

    assert caught.value.codes == ("fund_too_few_to_publish",)
    assert [one.facts["fund"] for one in caught.value.refusals] == ["UNHCR"]


def test_everything_that_is_missing_is_told_at_once(story: Story) -> None:
    unknown = IatiPublisher(organisation="Ejemplo", organisation_type="22", country="Ecuador")
    with pytest.raises(Refused) as caught:
        reported(story, publisher=unknown)
    with pytest.raises(Refused) as malformed:
        reported(story, publisher=replace(PUBLISHER, donors={"UNHCR": "ACNUR"}))

    assert caught.value.codes == ("organisation_id_unreadable", "donor_without_id", "country_unreadable")
    assert malformed.value.codes == ("organisation_id_unreadable",)


def test_a_fund_that_is_none_and_a_stranger_get_nothing(story: Story) -> None:
    with pytest.raises(NotFound):
        reported(story, fund="NADA")
    with pytest.raises(NotAllowed):
        reported(story, actor="nobody")


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_name_with_markup_or_signs_of_no_letter_stays_text(paid_story: Story, name: str) -> None:
    with paid_story.house.work("manager") as work:
        work.bind(replace(work.programme, name=name, organisation=name))
        out = io.BytesIO()
        write_iati(work, out, PUBLISHER)
    text = out.getvalue().decode()
    title = ET.fromstring(text).findtext("iati-activity/title/narrative")  # noqa: S314 (our own file)

    assert iati_faults(text) == []
    assert title is not None
    assert title.split(" · ")[0] == "".join(
        "\ufffd" if sign in "\x00\x1b\ud800\uffff" else sign for sign in name
    )


# Sums -------------------------------------------------------------------------------------------------------------

DAY = date(2026, 1, 5)


def given_to(grant: int, month: int, minor: int = 100) -> Moved:
    """Money for a grant in a month."""
    return Moved(FlowType.EXPENDITURE, DAY.replace(month=month), minor, f"g{grant}")


@pytest.mark.parametrize(
    ("columns", "is_of_organisation", "expected"),
    [
        ({"received": 500}, False, [("1", 500)]),
        ({"received": -500}, False, [("1", -500)]),
        ({"disbursed": 300}, False, [("4", 300)]),
        ({"disbursed": 300}, True, [("3", 300)]),
        ({"refunded": 50}, False, [("4", -50)]),
        ({"other_spending": 7}, False, [("4", 7)]),
        ({"committed": 300}, False, [("2", 300)]),
        ({"income": 9, "allotted": 5, "in_payment": 300}, False, []),
    ],
)
def test_a_row_is_the_transaction_that_the_standard_has_for_it(
    columns: dict[str, int], is_of_organisation: bool, expected: list[tuple[str, int]]
) -> None:
    found = moved_of(DAY, columns, grant="g", is_of_organisation=is_of_organisation, with_commitments=True)

    assert [(one.type.value, one.minor) for one in found] == expected


def test_thin_months_go_together_with_the_next_and_the_last_with_the_one_before() -> None:
    rows = [given_to(grant, 1) for grant in range(3)]
    rows += [given_to(grant, 2) for grant in range(2, 6)]
    rows += [given_to(grant, 3) for grant in range(5)]
    rows += [given_to(9, 4, -40)]

    told, is_enough = told_by_month(rows, as_of=date(2026, 4, 20))

    assert is_enough
    assert [(one.first.month, one.on, one.minor) for one in told] == [
        (1, date(2026, 2, 28), 700),
        (3, date(2026, 4, 20), 460),
    ]


def test_a_month_of_charges_alone_is_told_by_itself_and_organisations_are_no_people() -> None:
    charge = Moved(FlowType.EXPENDITURE, DAY, 7)
    coop = Moved(FlowType.DISBURSEMENT, DAY, 900, "g1", is_of_organisation=True)

    told, is_enough = told_by_month([charge, coop], as_of=date(2026, 12, 31))

    assert is_enough
    assert [(one.type.value, one.minor, one.on) for one in told] == [
        ("3", 900, date(2026, 1, 31)),
        ("4", 7, date(2026, 1, 31)),
    ]


@given(
    st.lists(
        st.builds(
            given_to, st.integers(0, 12), st.integers(1, 12), st.integers(-(10**6), 10**6).filter(bool)
        ),
        max_size=40,
    )
)
def test_whatever_moved_is_told_in_full_and_only_together_with_enough_others(rows: list[Moved]) -> None:
    told, is_enough = told_by_month(rows, as_of=date(2026, 12, 31))

    assert sum(one.minor for one in told) == sum(row.minor for row in rows)
    for one in told if is_enough else ():
        within = {row.grant for row in rows if one.first <= row.on <= one.on}
        assert len(within) >= LEAST_ALIKE
