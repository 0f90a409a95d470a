"""`report`, `ledger`, `week`, `list`, `show` and `why` on a programme that lived: what they print, in which form."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.kernel.clock import ManualClock
from seedfund.people.service import CorrectIdentity, correct_identity
from seedfund.reports.folios import FOLIOS
from seedfund.reports.make import REPORTS
from seedfund.reports.queries.desk import LISTS
from seedfund.store.revision import head
from seedfund.store.sealing.keyring import save_keyring
from tests.people.samples import identity
from tests.reports.html import read
from tests.reports.story import told_story
from tests.support.programme import RING, START, build_founded, house_on

Run = Callable[..., Result]
SETS = ("--set", "grant=SC-2026-0001", "--set", "reason=unspent")
CLOCK = "seedfund.store.work.SystemClock"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of the story and its keys."""
    place = tmp_path_factory.mktemp("story")
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(place / "seedfund.db")))
    build_founded(engine)
    house = house_on(engine)
    told_story(house)
    with house.work("expert") as work:
        sheet = identity("Rosa Elvira", "Prueba Cuasi", "+593 99 555 0101")
        correct_identity(work, CorrectIdentity(key="phone", participant="PT-2026-0001", identity=sheet))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO sf_alembic_version VALUES (:head)"), {"head": head()})
    engine.dispose()
    save_keyring(RING, place / "seedfund.key")
    return place


@contextmanager
def restored(folder: Path) -> Iterator[None]:
    """The database as it was, whatever is done in between."""
    kept = (folder / "seedfund.db").read_bytes()
    try:
        yield
    finally:
        (folder / "seedfund.db").write_bytes(kept)


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line on the ninth of March, as the manager unless told otherwise."""
    monkeypatch.setattr(CLOCK, lambda: ManualClock(START + timedelta(days=63)))
    monkeypatch.delenv("SEEDFUND_PIN", raising=False)

    def call(*arguments: str, language: str = "es", actor: str = "manager") -> Result:
        options = ["--db", str(folder / "seedfund.db"), "--actor", actor, "--lang", language]
        return CliRunner().invoke(cli, [*options, *arguments])

    return call


def data(result: Result) -> Any:
    """What was printed as JSON."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_report_alone_lists_the_reports(run: Run) -> None:
    rows = data(run("report", "--format", "json"))

    assert [row["report"] for row in rows] == [*REPORTS, *FOLIOS]
    assert {row["report"]: row["needs"] for row in rows}["cash_book"] == ["--account"]


@pytest.mark.parametrize("name", list(REPORTS))
def test_every_report_is_printed_as_text_and_json(run: Run, name: str) -> None:
    options = ("--fund", "UNHCR", "--grant", "SC-2026-0001", "--account", "BANK")

    shown, plain = run("report", name, *options), run("report", name, *options, "--format", "json")

    assert shown.exit_code == 0, shown.output
    assert "Al: 2026-03-09" in shown.stdout
    found = data(plain)
    if isinstance(found, list):
        assert {"indicator", "group", "numerator", "denominator", "value", "as_of"} <= set(found[0])
    else:
        assert found["report"] == name


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv", "json", "html"])
def test_a_report_is_written_in_the_form_of_its_file(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"libro.{ending}"

    result = run("ledger", "fund", "UNHCR", "--out", str(path))

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert path.name in result.stderr
    assert "9" in _text_of(path)


@pytest.mark.parametrize("name", list(FOLIOS))
def test_a_report_of_several_parts_is_written_as_html(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "informe.html"

    result = run("report", name, "HH-2026-0001", "--out", str(path))

    assert result.exit_code == 0, result.output
    page = read(path.read_bytes())
    assert len(page.headings) > 3
    assert page.tables
    assert run("report", name, "HH-2026-0001", "--format", "html").stdout.startswith("<!DOCTYPE html>")


def _text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            return str(document[0].get_textpage().get_text_range())
        finally:
            document.close()
    if path.suffix == ".xlsx":
        return str([cell.value for cell in openpyxl.load_workbook(path).worksheets[0][2]])
    return path.read_text(encoding="utf-8")


def test_a_form_that_is_no_text_needs_a_file(run: Run) -> None:
    result = run("report", "week", "--format", "pdf")

    assert result.exit_code == 1
    assert "--out ARCHIVO" in result.stderr


@pytest.mark.parametrize(
    ("book", "which", "title"),
    [
        ("participant", "HH-2026-0001", "Libro de la subvención por participante"),
        ("fund", "UNHCR", "Libro del fondo"),
        ("cash", "BANK", "Libro de caja y bancos"),
        ("trial-balance", "", "Balance de comprobación"),
    ],
)
def test_every_book_has_its_everyday_name(run: Run, book: str, which: str, title: str) -> None:
    result = run("ledger", book, *([which] if which else []))

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(title)


def test_a_book_says_whose_it_wants(run: Run) -> None:
    result = run("ledger", "cash")

    assert result.exit_code == 1
    assert "seedfund ledger cash ACCOUNT" in result.stderr


def test_a_day_that_is_none_is_told(run: Run) -> None:
    result = run("report", "trial_balance", "--as-of", "31/01/2026")

    assert result.exit_code == 1
    assert "año-mes-día" in result.stderr


def test_the_week_speaks_the_reader_s_language(run: Run) -> None:
    spanish, english = run("week"), run("week", language="en")

    assert "repetir el pago fallido" in spanish.stdout
    assert "retry the failed payment" in english.stdout
    assert "500,00" in spanish.stdout
    assert "500.00" in english.stdout


@pytest.mark.parametrize("noun", list(LISTS))
def test_every_list_is_a_list_of_objects(run: Run, noun: str) -> None:
    rows = data(run("list", noun, "--format", "json"))

    assert isinstance(rows, list)
    assert all(isinstance(row, dict) and row for row in rows)
    assert run("list", noun).exit_code == 0


def test_a_list_of_grants_tells_state_and_money(run: Run) -> None:
    rows = {row["number"]: row for row in data(run("list", "grants", "--format", "json"))}

    assert list(rows) == ["CT-2026-0001", "SC-2026-0001", "SC-2026-0002"]
    assert rows["SC-2026-0001"]["state"] == "in_force"
    assert rows["SC-2026-0001"]["awarded"] == {"minor": 50_000, "currency": "USD"}
    assert "vigente" in run("list", "grants").stdout


def test_an_empty_list_says_so(run: Run) -> None:
    result = run("list", "proposals")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "Todavía no hay nada" in result.stderr


def test_list_alone_tells_the_nouns_and_an_unknown_one_is_helped(run: Run) -> None:
    assert [row["list"] for row in data(run("list", "--format", "json"))] == list(LISTS)

    result = run("list", "cats")

    assert result.exit_code == 3
    assert "households" in result.stderr


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("HH-2026-0001", "household"),
        ("PT-2026-0001", "participant"),
        ("sc-2026-0001", "grant"),
        ("AG-2026-0001", "agreement"),
        ("PL-2026-0001", "payment list"),
        ("PG-2026-0001", "payment"),
        ("JU-2026-0001", "justification"),
        ("RD-2026-0001", "refund demand"),
        ("AS-UNHCR-2026-000012", "entry"),
        ("UNHCR", "fund"),
    ],
)
def test_anything_is_shown_by_its_number(run: Run, number: str, kind: str) -> None:
    found = data(run("show", number, "--format", "json"))

    assert (found["what"], found["number"]) == (kind, number.upper())
    assert number.upper() in run("show", number).stdout


def test_a_grant_is_shown_with_its_five_amounts_and_tranches(run: Run) -> None:
    found = data(run("show", "SC-2026-0001", "--format", "json"))
    amounts = {
        name: found[name]["minor"] for name in ("awarded", "committed", "disbursed", "justified", "returned")
    }

    assert amounts == {
        "awarded": 50_000, "committed": 50_000, "disbursed": 30_000, "justified": 18_000, "returned": 0,
    }  # fmt: skip
    assert [tranche["payable"] for tranche in found["tranches"]] == [False, True]
    assert [payment["number"] for payment in found["payments"]] == ["PG-2026-0001"]


def test_how_to_reach_a_person_is_shown_to_those_who_work_with_people(run: Run) -> None:
    seen = {
        actor: set(data(run("show", "PT-2026-0001", "--format", "json", actor=actor)))
        for actor in ("expert", "auditor")
    }

    assert "phones" in seen["expert"]
    assert "phones" not in seen["auditor"]
    assert "name" in seen["auditor"]


def test_a_number_of_nothing_is_not_found(run: Run) -> None:
    result = run("show", "XX-2026-0001")

    assert result.exit_code == 3
    assert "XX-2026-0001" in result.stderr


@pytest.mark.parametrize(
    "asked",
    [
        ("list", "participants"),
        ("list", "grants"),
        ("show", "SC-2026-0001"),
        ("why", "SC-2026-0001"),
        ("week",),
        ("agreement", "list"),
        ("ledger", "trial-balance"),
        *(("report", name) for name in ("trial-balance", "indicators", "exceptions")),
    ],
    ids=" ".join,
)
def test_a_stranger_reads_nothing(run: Run, asked: tuple[str, ...]) -> None:
    result = run(*asked, actor="nobody")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "nobody" in result.stderr


def test_why_tells_what_is_missing_who_does_it_and_by_when(run: Run) -> None:
    result = run("why", "SC-2026-0001/1")
    (plain,) = data(run("why", "SC-2026-0001/1", "--format", "json"))

    assert result.exit_code == 0
    assert "tiene que esperar" in result.stdout
    assert "✗ desembolso con saldo" in result.stdout
    assert [one["missing"] for one in plain["findings"] if one["status"] == "not_met"] == ["tranche_paid"]


def test_amounts_are_written_alike_in_heads_sentences_and_results(folder: Path, run: Run) -> None:
    with restored(folder):
        refused = run("do", "grants.demand_refund", *SETS, "--set", "amount=USD 5000.00", actor="finance")
        done = run("do", "grants.demand_refund", *SETS, "--set", "amount=USD 5.50", actor="finance")

    assert "USD 5.000,00" in refused.stderr
    assert "5000.00" not in refused.stderr
    assert "USD 5,50" in done.stdout
    assert "5.50" not in done.stdout


def test_why_of_a_suspended_grant_says_since_when_by_whom_and_why(folder: Path, run: Run) -> None:
    with restored(folder):
        assert (
            run(
                "do", "grants.suspend_grant", "--set", "grant=SC-2026-0001", "--set", "reason=cerrado"
            ).exit_code
            == 0
        )

        told = run("why", "SC-2026-0001")

    assert "desde el 2026-03-09, manager: cerrado" in told.stdout


def test_why_of_a_grant_suspended_by_a_death_says_so_with_the_number_of_the_event(
    folder: Path, run: Run
) -> None:
    with restored(folder):
        event = run("do", "grants.record_life_event", "--set", "grant=SC-2026-0001", "--set", "kind=death")
        assert event.exit_code == 0

        told = run("why", "SC-2026-0001")

    assert "manager: fallecimiento LE-2026-0001" in told.stdout


def test_why_of_a_grant_tells_each_tranche(run: Run) -> None:
    found = data(run("why", "SC-2026-0001", "--format", "json"))

    assert [(one["position"], one["payable"]) for one in found] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("number", "code"), [("SC-2026-9999", 3), ("SC-2026-0001/9", 3), ("SC-2026-0001/x", 1)]
)
def test_why_of_nothing_is_told(run: Run, number: str, code: int) -> None:
    assert run("why", number).exit_code == code
