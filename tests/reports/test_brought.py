"""Where a figure stands that earlier books told, it is marked: in every report, list, page and export."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Final

from seedfund.funds.service import record_fund_opening
from seedfund.funds.service.history import OpeningLine, RecordFundOpening
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.service.takeover import take_over
from seedfund.grants.service.told import EarlierTranche, TakeOverGrant
from seedfund.interchange.exports.books import FORMS, write_books
from seedfund.interchange.exports.extract import ExtractTerms, extract_files
from seedfund.interchange.exports.giving import GivingPublisher, write_giving
from seedfund.interchange.exports.iati import IatiPublisher, write_iati
from seedfund.ledger.service.openings import OpeningKind
from seedfund.register.rules import EvidenceKind
from seedfund.reports.folios import FOLIOS
from seedfund.reports.make import REPORTS, Asked, listed_report, make_report
from seedfund.reports.queries.desk import list_rows
from seedfund.reports.queries.desk.grant import grant_fields
from seedfund.reports.render.csv import render_csv
from seedfund.reports.render.words import said, words_of
from seedfund.reports.value import Phrase, Report
from tests.grants.accounting_for import filed, grant_of
from tests.grants.test_history import CUT_OFF, PAID_ON, PAPER
from tests.grants.test_undoing import reverse
from tests.support.grants import home, key, prepared, usd
from tests.support.programme import House

MARK: Final = {"en": "Brought forward, not verified here", "es": "Trasladado, no verificado aquí"}
ASKED: Final = Asked(number="SC-2026-0001", fund="UNHCR", account="BANK")
WITHOUT_FIGURES: Final = {
    "week": "what is due, and no figure that was told by others",
    "exceptions": "the act itself stands there as a row",
}
OUT: Final = "not verified here"


def opened(house: House) -> list[str]:
    """Five grants of one kind that were taken over, and the opening of their fund."""
    prepared(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)
    numbers = []
    for place in range(1, 6):
        command = TakeOverGrant(
            key=key(),
            benefit="seed",
            parts=(AwardPart(fund="UNHCR", line="A1", amount=usd(500)),),
            tranches=(
                EarlierTranche(amount=usd(300), paid=usd(300), paid_on=PAID_ON),
                EarlierTranche(amount=usd(200)),
            ),
            outside_number=f"HIAS-{place:03d}",
            approved_on=date(2025, 9, 1),
            cut_off=CUT_OFF,
            evidence_sha256=PAPER,
            household=home(house).household,
            agreement_number=f"CONV-{place}",
            agreed_on=date(2025, 9, 10),
            justified=usd(180),
        )
        with house.work("approver") as work:
            numbers.append(take_over(work, command).grant)
    lines = (
        OpeningLine(kind=OpeningKind.CONTRIBUTIONS, amount=usd(1_600)),
        OpeningLine(kind=OpeningKind.CASH, amount=usd(100), name="BANK"),
    )
    with house.work("director") as work:
        record_fund_opening(
            work,
            RecordFundOpening(key=key(), fund="UNHCR", cut_off=CUT_OFF, lines=lines, source="estado"),
        )
    return numbers


def told(notes: tuple[Phrase, ...], language: str) -> str:
    return "\n".join(said(note, words_of(language), language=language) for note in notes)


def unmarked(notes: Mapping[str, tuple[Phrase, ...]]) -> list[tuple[str, str]]:
    return [
        (name, language)
        for name, phrases in notes.items()
        for language, mark in MARK.items()
        if mark not in told(phrases, language)
    ]


def test_every_report_and_page_with_such_a_figure_says_so_in_both_languages(house: House) -> None:
    numbers = opened(house)
    household = grant_of(house, numbers[0]).household_id
    with house.work("director") as work:
        (home_number,) = [
            row["household"] for row in list_rows(work, "grants") if row["number"] == numbers[0]
        ]
        made: dict[str, Report] = {name: make_report(work, name, ASKED) for name in REPORTS}
        made["indicator_rows"] = make_report(work, "indicators", Asked(explain="women_among_recipients"))
        listed = listed_report(work, "indicators")
        pages = {name: FOLIOS[name].make(work, Asked(number=str(home_number)), "es") for name in FOLIOS}

        shared = make_report(work, "indicators", Asked(is_shared=True)).notes
        page = FOLIOS["programme"].make(work, Asked(is_shared=True), "es").notes

    assert household is not None
    assert [("5 " in told(notes, "en"), MARK["en"] in told(notes, "en")) for notes in (shared, page)] == [
        (False, True)
    ] * 2
    notes = {name: report.notes for name, report in made.items() if name not in WITHOUT_FIGURES}
    assert unmarked(notes | {name: page.notes for name, page in pages.items()}) == []
    assert [name for name in notes if not made[name].standing.is_brought_forward] == []
    assert listed is not None
    assert all(one["brought_forward_unverified"] for one in listed)
    out = io.BytesIO()
    render_csv(made["fund_summary"], out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert {row["brought_forward_unverified"] for row in rows} == {"yes"}
    exceptions = [str(cell) for row in made["exceptions"].rows for cell in row]
    assert sum(OUT in cell for cell in exceptions) == 2 * len(numbers)
    assert "USD 1.500,00 pagado de 5 subvenciones hasta el 2026-01-02" in told(notes["fund_summary"], "es")
    assert "USD 100.00 in hand on 2026-01-02" in told(notes["cash_book"], "en")
    assert "received" not in told(notes["cash_book"], "en")
    assert "received" not in told(notes["participant_grant_ledger"], "en")
    assert list(made["indicator_rows"].rows)
    assert "HIAS-001" in told(notes["participant_grant_ledger"], "en")
    assert "HIAS-002" not in told(notes["participant_grant_ledger"], "en")


def test_lists_pages_and_exports_for_others_mark_what_earlier_books_told(house: House) -> None:
    numbers = opened(house)
    giving = GivingPublisher(prefix="360G-ejemplo", organisation="EC-RUC-1790000000001")
    iati = IatiPublisher(
        organisation="EC-RUC-1790000000001",
        organisation_type="22",
        country="EC",
        donors={"UNHCR": "XM-DAC-41121"},
    )
    out: dict[str, io.BytesIO] = {name: io.BytesIO() for name in (*FORMS, "giving", "iati")}
    with house.work("director") as work:
        listed = {row["number"]: row["brought_forward_unverified"] for row in list_rows(work, "grants")}
        shown = grant_fields(work, grant_of(house, numbers[0]))
        for form in FORMS:
            write_books(work, out[form], form=form)
        write_giving(work, out["giving"], giving)
        write_iati(work, out["iati"], iati)
        terms = ExtractTerms(
            number="EX-2026-0001",
            recipient="Auditora",
            engagement="A",
            as_of=work.today(),
            known_at=work.clock.now(),
            with_restricted=False,
        )
        tables = {one.name: one.content.decode() for one in extract_files(work, terms)}

    assert listed == {number: f"HIAS-{place:03d}" for place, number in enumerate(numbers, start=1)}
    assert (shown["brought_forward_unverified"], shown["outside_agreement"]) == (usd(300), "CONV-1")
    texts = {name: one.getvalue().decode() for name, one in out.items()}
    assert [name for name, text in texts.items() if OUT not in text] == []
    assert texts["giving"].count(OUT) == len(numbers)
    grants = list(csv.DictReader(io.StringIO(tables["grants.csv"])))
    assert [row["brought_forward"] for row in grants if row["record"] == "row"] == ["yes"] * len(numbers)


def test_a_programme_without_earlier_books_has_no_mark_and_one_taken_back_goes(house: House) -> None:
    prepared(house)
    with house.work("director") as work:
        before = make_report(work, "fund_summary").notes
        listed = listed_report(work, "indicators") or []
    filed(house, PAPER, EvidenceKind.STATEMENT)
    line = OpeningLine(kind=OpeningKind.CONTRIBUTIONS, amount=usd(10))
    with house.work("approver") as work:
        entry = record_fund_opening(
            work,
            RecordFundOpening(key=key(), fund="UNHCR", cut_off=CUT_OFF, lines=(line,), source="estado"),
        ).entry
    with house.work("director") as work:
        marked = make_report(work, "fund_summary").notes
    reverse(house, entry)
    with house.work("director") as work:
        after = make_report(work, "fund_summary").notes

    assert (len(marked) - len(before), after) == (1, before)
    assert [one for one in listed if "brought_forward_unverified" in one] == []
