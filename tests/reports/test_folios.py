"""Reports of several parts: the programme with its bars, and a household on a page; the same figures in every form."""

import hashlib
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest

from seedfund.grants.rules.conditions import AgreementSigned
from seedfund.kernel.errors import InvalidInput, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.people.rules import PopulationGroup, Sex
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.folio import chapters, programme
from seedfund.reports.folio.drawing import render_folio_pdf
from seedfund.reports.folio.value import ALL, Chart, Folio, Part, Shape, bars_of
from seedfund.reports.folio.writing import folio_json, write_folio
from seedfund.reports.folios import FOLIOS
from seedfund.reports.make import Asked, make_report
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.value import Column, Kind, NotKnown, Phrase, Rate, Report, Section, Standing, Word
from tests.people.samples import child, head, person, register
from tests.reports.story import Story
from tests.support.grants import agreed, home, key, participating, tranche, usd
from tests.support.programme import START, House

STANDING = Standing(as_of=date(2026, 1, 1), known_at=START, basis="", provisional=False)
IMPRINT = Imprint(
    organisation="Fundación Ejemplo", programme="Frontera", produced_by="expert", produced_at=START
)


def made(house: House, name: str, asked: Asked | None = None, actor: str = "manager") -> Folio:
    with house.work(actor) as work:
        return FOLIOS[name].make(work, asked or Asked(), "es")


def part(folio: Folio, name: str) -> Part:
    return next(one for one in folio.parts if one.key == name)


def rows(folio: Folio, name: str) -> list[Any]:
    table = part(folio, name).table
    assert table is not None, part(folio, name).problem
    return list(table.rows)


def pdf(folio: Folio, language: str = "es") -> bytes:
    out = io.BytesIO()
    render_folio_pdf(folio, out, language=language, imprint=IMPRINT)
    return out.getvalue()


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def restricted(story: Story) -> None:
    with story.house.work("protection") as work:
        restrict_participant(
            work, RestrictParticipant(key=key(), participant=story.participant, is_restricted=True)
        )
        work.commit()


# The programme --------------------------------------------------------------------------------------------------------


def test_money_by_fund_is_that_of_the_summary_of_funds(story: Story) -> None:
    folio = made(story.house, "programme")
    with story.house.work("manager") as work:
        summary = make_report(work, "fund_summary")
    columns = [column.key for column in summary.columns]
    (told,) = rows(folio, "money")

    (row,) = summary.rows
    assert told == ("UNHCR", *(row[columns.index(name)] for name in programme.FIVE))
    assert told[3] == usd(360)


def test_what_was_delivered_month_by_month_adds_up_to_what_was_disbursed(story: Story) -> None:
    folio = made(story.house, "programme")
    months = rows(folio, "delivered")

    assert sum(row[2].minor for row in months) == rows(folio, "money")[0][3].minor
    assert [row[0] for row in months] == sorted(row[0] for row in months)
    assert all(row[0][:4] == "2026" for row in months)


def test_a_past_day_knows_nothing_of_what_came_after(story: Story) -> None:
    folio = made(story.house, "programme", Asked(as_of=date(2025, 12, 31)))

    assert rows(folio, "money")[0][3] == usd(0)
    assert rows(folio, "delivered") == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_paper_and_json_tell_the_same_figures(story: Story, language: str) -> None:
    folio = made(story.house, "programme")
    said = text_of(pdf(folio, language))
    plain = json.loads(folio_json(folio, language=language))

    assert [one["part"] for one in plain["parts"]] == [one.key for one in folio.parts]
    money = next(one["table"] for one in plain["parts"] if one["part"] == "money")
    for name in programme.FIVE:
        amount = money["sections"][0]["rows"][0][name]["amount"]
        shown = amount.replace(".", ",") if language == "es" else amount
        whole, _, rest = shown.partition("," if language == "es" else ".")
        point = "." if language == "es" else ","
        grouped = f"{int(whole):,}".replace(",", point) + shown[len(whole)] + rest
        # Once beside its bar, once in the table.
        assert said.count(grouped) >= 2, (name, grouped)
    people = next(one["table"] for one in plain["parts"] if one["part"] == "people")
    assert all(str(row["people"]) in said for row in people["sections"][0]["rows"])


def test_the_same_report_has_the_same_bytes(story: Story) -> None:
    for name, asked in (("programme", Asked()), ("household", Asked(number=story.household))):
        one, other = (made(story.house, name, asked) for _ in range(2))
        hashes = {hashlib.sha256(pdf(folio)).hexdigest() for folio in (one, other)}

        assert len(hashes) == 1
        assert folio_json(one, language="es") == folio_json(other, language="es")


def test_a_part_that_cannot_be_read_says_so_and_the_others_are_told(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError("no courses today")

    monkeypatch.setattr(programme, "all_rates", broken)
    folio = made(story.house, "programme")

    lost = part(folio, "attendance")
    assert (lost.table, lost.problem) == (None, "this part could not be read")
    assert rows(folio, "money")
    assert "esta parte no se pudo leer" in text_of(pdf(folio))
    told = next(
        one for one in json.loads(folio_json(folio, language="es"))["parts"] if one["part"] == "attendance"
    )
    assert (told["table"], told["problem"]) == (None, "this part could not be read")


def test_people_are_told_by_group_and_sex_and_what_was_not_collected_stands_apart(house: House) -> None:
    for group, sex in (
        (PopulationGroup.REFUGEE, Sex.FEMALE),
        (PopulationGroup.HOST, Sex.MALE),
        (PopulationGroup.NOT_COLLECTED, Sex.FEMALE),
    ):
        found = register(house, head(person(group=group, sex=sex)))
        participating(house, found.members[0].participant, "enrolled")
    folio = made(house, "programme")
    cells = {(row[0].text, row[1].text): row[2] for row in rows(folio, "people")}

    assert cells["not_collected", "female"] == 1
    assert (cells["refugee", "female"], cells["refugee", "male"]) == (1, 0)
    assert cells["all", "all"] == 3
    assert sum(count for (group, _), count in cells.items() if group != "all") == 3
    assert rows(folio, "ages")[-1] == (ALL, 3)


def test_a_shared_report_tells_no_small_count_and_none_from_which_it_could_be_worked_out(
    house: House,
) -> None:
    members = [child(person(group=PopulationGroup.REFUGEE, sex=Sex.FEMALE)) for _ in range(7)]
    one = register(house, head(person(group=PopulationGroup.REFUGEE, sex=Sex.FEMALE)), *members)
    two = register(house, head(person(group=PopulationGroup.HOST, sex=Sex.MALE)))
    for found in (one, two):
        participating(house, found.members[0].participant, "enrolled")
    folio = made(house, "programme", Asked(is_shared=True))

    people = rows(folio, "people")
    assert not [row for row in people if isinstance(row[2], int) and 0 < row[2] < 5]
    hidden = [row for row in people if row[0].text != "all" and isinstance(row[2], NotKnown)]
    assert len(hidden) >= 2
    assert "muy pocas" in text_of(pdf(folio)) or "no se dice" in text_of(pdf(folio)).lower()


def test_a_bar_is_drawn_from_its_cell_and_nothing_where_there_is_no_figure() -> None:
    columns = (
        Column("label", "Course", Kind.TEXT),
        Column("count", "People", Kind.INTEGER),
        Column("rate", "Attendance", Kind.RATE),
    )
    with_problem = NotKnown("it could not be counted")
    table = report(
        columns, ("a", 4, Rate(1, 2)), ("b", with_problem, with_problem), (ALL, 9, None), ("c", 2, Rate(0, 0))
    )
    counts = bars_of(table, Chart(Shape.BARS, "label", ("count",)))
    rates = bars_of(table, Chart(Shape.BARS, "label", ("rate",)))

    assert [one.share for one in counts] == [1.0, None, 0.5]
    assert [one.share for one in rates] == [0.5, None, None]


def test_bars_of_two_currencies_are_measured_apart() -> None:
    columns = (Column("fund", "Fund", Kind.CODE), Column("free", "Free to award", Kind.MONEY))
    table = report(columns, ("A", usd(100)), ("B", Money(5_000_000, "COP")), ("C", usd(50)))

    assert [one.share for one in bars_of(table, Chart(Shape.BARS, "fund", ("free",)))] == [1.0, 1.0, 0.5]


def report(columns: tuple[Column, ...], *found: tuple[Any, ...]) -> Report:
    return Report(
        name="any",
        title=Phrase("Any"),
        scope="",
        standing=STANDING,
        columns=columns,
        sections=(Section(rows=found),),
    )


# A household ----------------------------------------------------------------------------------------------------------


def test_a_household_is_told_with_its_five_amounts_never_merged(story: Story) -> None:
    folio = made(story.house, "household", Asked(number=story.household))
    with story.house.work("manager") as work:
        ledger = make_report(work, "participant_grant_ledger", Asked(number=story.first))

    (grant,) = rows(folio, "grants")
    assert grant[0] == story.first
    events: list[dict[str, Any]] = [
        dict(zip((one.key for one in ledger.columns), row, strict=True)) for row in ledger.rows
    ]
    told: dict[str, Any] = dict(zip(chapters.AMOUNTS, grant[2:], strict=True))
    for name, column in (("disbursed", "disbursed"), ("justified", "accepted"), ("returned", "returned")):
        assert told[name].minor == sum(one[column].minor for one in events if one[column] is not None)
    assert told["disbursed"] == usd(300)
    assert told["justified"] == usd(180)


def test_every_chapter_of_a_household_can_be_read(story: Story) -> None:
    folio = made(story.house, "household", Asked(number=story.household))

    assert [one.key for one in folio.parts] == [one.key for one in chapters.CHAPTERS]
    assert [one.problem for one in folio.parts] == [""] * len(folio.parts)
    assert [row[0] for row in rows(folio, "tranches")] == ["SC-2026-0001/1", "SC-2026-0001/2"]


def test_what_is_missing_says_what_who_and_in_which_language(story: Story) -> None:
    owner = home(story.house)
    grant = agreed(story.house, tranche(usd(500), AgreementSigned()), owner=owner)
    asked = Asked(number=owner.household)
    missing = rows(made(story.house, "household", asked), "missing")
    with story.house.work("manager") as work:
        english = FOLIOS["household"].make(work, asked, "en")

    assert missing
    assert all(row[0] == f"{grant}/1" for row in missing)
    assert [row[1] for row in missing] != [row[1] for row in rows(english, "missing")]
    assert any(isinstance(row[2], Word) for row in missing)


def test_a_restricted_person_stands_on_no_page_of_those_who_may_not_see_them(story: Story) -> None:
    restricted(story)
    seen = made(story.house, "household", Asked(number=story.household), actor="protection")
    unseen = made(story.house, "household", Asked(number=story.household), actor="expert")

    assert any(row[0] == story.participant for row in rows(seen, "members"))
    assert rows(seen, "grants")
    for form in (pdf(unseen), folio_json(unseen, language="es")):
        said = text_of(form) if form.startswith(b"%PDF") else form.decode("utf-8")
        assert story.participant not in said
        assert story.first not in said
        assert "Rosa" not in said
    assert {one.key: rows(unseen, one.key) for one in unseen.parts if one.key in ("grants", "tranches", "missing")} == {
        "grants": [], "tranches": [], "missing": [],
    }  # fmt: skip


def test_what_a_person_is_beyond_a_name_is_for_those_who_accompany_them(story: Story) -> None:
    expert = rows(made(story.house, "household", Asked(number=story.household), actor="expert"), "members")
    auditor = rows(made(story.house, "household", Asked(number=story.household), actor="auditor"), "members")

    assert isinstance(expert[0][3], Word)
    assert all(isinstance(cell, NotKnown) for row in auditor for cell in row[3:])


def test_a_usual_household_fits_one_page_and_nothing_of_it_shows_in_a_trace(story: Story) -> None:
    folio = made(story.house, "household", Asked(number=story.household))

    assert len(pypdfium2.PdfDocument(pdf(folio))) == 1
    assert "Rosa" not in repr(folio) + repr(folio.parts)


def test_text_of_a_person_is_drawn_as_it_is(story: Story) -> None:
    folio = made(story.house, "household", Asked(number=story.household))
    strange = replace(folio, scope="<b>HH</b> {{ 1 }} **x** [y](http://z)")

    assert strange.scope in text_of(pdf(strange))


def test_a_letter_no_font_has_is_refused(story: Story) -> None:
    folio = made(story.house, "household", Asked(number=story.household))

    with pytest.raises(Refused, match="character"):
        pdf(replace(folio, scope="HH \u4e2d"))


def test_a_page_on_a_screen_has_every_part(story: Story) -> None:
    folio = made(story.house, "household", Asked(number=story.household))
    plain, drawn = io.StringIO(), io.StringIO()
    write_folio(folio, plain, language="es")
    write_folio(folio, drawn, language="es", width=140)

    assert all("Integrantes" in one.getvalue() for one in (plain, drawn))
    assert all(story.first in one.getvalue() for one in (plain, drawn))


def test_other_days_and_no_number_are_refused_with_the_way_out(story: Story) -> None:
    asked = (Asked(), Asked(number=story.household, as_of=date(2026, 1, 1)))
    for one in (*asked, Asked(number=story.household, as_known=story.house.clock.now())):
        with pytest.raises(InvalidInput):
            made(story.house, "household", one)
    with pytest.raises(NotFound):
        made(story.house, "household", Asked(number="HH-2026-0999"))
    with pytest.raises(InvalidInput):
        made(story.house, "programme", Asked(as_known=story.house.clock.now()))
