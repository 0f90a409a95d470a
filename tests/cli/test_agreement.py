"""`agreement issue`, `print` and `list`: a paper becomes a file that names nobody, and no file is written over."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.kernel.clock import ManualClock
from seedfund.store.revision import head
from seedfund.store.sealing.keyring import save_keyring
from tests.documents.papers import draft, home_of, ready
from tests.support.programme import RING, START, build_founded, house_on

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of four grants with drafts, and its keys."""
    place = tmp_path_factory.mktemp("agreements")
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(place / "seedfund.db")))
    build_founded(engine)
    house = house_on(engine)
    ready(house)
    draft(house, home_of(house))
    draft(house)
    draft(house)
    draft(house)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO sf_alembic_version VALUES (:head)"), {"head": head()})
    engine.dispose()
    save_keyring(RING, place / "seedfund.key")
    return place


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line as the expert."""
    monkeypatch.setattr("seedfund.store.work.SystemClock", lambda: ManualClock(START))
    monkeypatch.delenv("SEEDFUND_PIN", raising=False)

    def call(*arguments: str) -> Result:
        options = ["--db", str(folder / "seedfund.db"), "--actor", "expert", "--lang", "es"]
        return CliRunner().invoke(cli, [*options, "agreement", *arguments])

    return call


def data(result: Result) -> Any:
    """What was printed as JSON."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def words(path: Path) -> str:
    """The first page of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_an_agreement_is_issued_printed_and_listed(run: Run, tmp_path: Path) -> None:
    options = ("--lang", "es", "--lang", "en", "--witness", "Rosa Prueba", "--out", str(tmp_path))
    issued = data(run("issue", "SC-2026-0001", *options, "--format", "json"))
    listed = data(run("list", "--format", "json"))

    assert issued["paper"]["number"] == "AG-2026-0001"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["AG-2026-0001-EN.pdf", "AG-2026-0001.pdf"]
    assert "María Luisa" in words(tmp_path / "AG-2026-0001.pdf")
    assert [(row["number"], row["state"], row["has_paper"]) for row in listed] == [
        ("AG-2026-0001", "issued", True),
        *[("draft", "draft", False)] * 3,
    ]

    english = run("print", "ag-2026-0001", "--lang", "en", "--out", str(tmp_path / "again.pdf"))
    assert english.exit_code == 0, english.output
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "AG-2026-0001-EN.pdf").read_bytes()


def test_an_agreement_is_printed_in_two_languages_side_by_side_and_one_after_the_other(
    run: Run, tmp_path: Path
) -> None:
    options = ("--lang", "es,qu", "--lang", "en", "--layout", "side", "--out", str(tmp_path / "x.pdf"))
    three = run("issue", "SC-2026-0004", *options)
    assert (three.exit_code, three.stdout) == (1, "")
    assert "--lang th,my" in three.stderr

    issued = data(
        run(
            *("issue", "SC-2026-0004", "--lang", "es,en", "--layout", "side", "--format", "json"),
            *("--out", str(tmp_path)),
        )
    )
    number = issued["paper"]["number"]
    assert [path.name for path in tmp_path.iterdir()] == [f"{number}-es+en.pdf"]
    again = run("print", number, "--lang", "es,en", "--out", str(tmp_path / "again.pdf"), "--format", "json")
    after = run("print", number, "--lang", "en,es", "--layout", "after", "--out", str(tmp_path / "after.pdf"))
    absent = run("print", number, "--lang", "es,qu", "--out", str(tmp_path / "absent.pdf"))
    unknown = run("print", number, "--lang", "es,xx", "--out", str(tmp_path / "unknown.pdf"))

    assert data(again)["language"] == "es,en"
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / f"{number}-es+en.pdf").read_bytes()
    assert "inglés" in words(tmp_path / "again.pdf") or "English" in words(tmp_path / "again.pdf")
    assert after.exit_code == 0, after.output
    assert (absent.exit_code, unknown.exit_code) == (1, 2)
    assert "qu" in absent.stderr


def test_no_file_is_written_over_unless_told_to(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "convenio.pdf"
    target.write_text("mío")

    kept = run("issue", "SC-2026-0002", "--out", str(target))

    assert kept.exit_code == 1
    assert "convenio.pdf" in kept.stderr
    assert target.read_text() == "mío"
    assert run("issue", "SC-2026-0002", "--out", str(target), "--force").exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_a_paper_that_does_not_exist_ends_with_three(run: Run, tmp_path: Path) -> None:
    assert run("print", "AG-2026-0999", "--out", str(tmp_path)).exit_code == 3


def test_two_papers_do_not_go_into_one_file(run: Run, tmp_path: Path) -> None:
    options = ("--lang", "es", "--lang", "en", "--out", str(tmp_path / "uno.pdf"))

    result = run("issue", "SC-2026-0003", *options)

    assert result.exit_code == 1
    assert "dos documentos para un solo archivo" in result.stderr
    assert not list(tmp_path.iterdir())
