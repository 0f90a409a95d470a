"""`audit verify PAPER`, `audit anchor`: a paper is checked at the books, or far from them with a list of hashes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.documents.service import ReissuePaper, Signing, reissue_paper
from seedfund.kernel.clock import ManualClock
from seedfund.kernel.secret import Secret
from seedfund.store.revision import head
from seedfund.store.sealing.keyring import save_keyring
from tests.assurance.papers import rewritten, with_words
from tests.documents.papers import draft, home_of, ready
from tests.support.grants import key
from tests.support.programme import RING, START, build_founded, house_on

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, its keys, an agreement as it was issued first, and the one that corrected it."""
    place = tmp_path_factory.mktemp("papers")
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(place / "seedfund.db")))
    build_founded(engine)
    house = house_on(engine)
    ready(house)
    draft(house, home_of(house))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO sf_alembic_version VALUES (:head)"), {"head": head()})
    save_keyring(RING, place / "seedfund.key")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("seedfund.store.work.SystemClock", lambda: ManualClock(START))
        issued = invoke(place, "agreement", "issue", "SC-2026-0001", "--out", str(place / "first.pdf"))
        assert issued.exit_code == 0, issued.output
        anchored = invoke(place, "audit", "anchor", "--out", str(place / "before.json"))
        assert anchored.exit_code == 0, anchored.output
        with house.work("expert") as work:
            heard = Signing(read_aloud_by=Secret("Ana Muestra"))
            reissue_paper(work, ReissuePaper(key=key(), number="AG-2026-0001", reason="leído", signing=heard))
        assert invoke(place, "agreement", "print", "AG-2026-0001", "--out", str(place)).exit_code == 0
        assert invoke(place, "audit", "anchor", "--out", str(place / "after.json")).exit_code == 0
    engine.dispose()
    return place


def invoke(place: Path, *arguments: str, lang: str = "es", actor: str = "expert") -> Result:
    """The command line on the folder's database."""
    options = ["--db", str(place / "seedfund.db"), "--lang", lang]
    return CliRunner().invoke(cli, [*options, *(["--actor", actor] if actor else []), *arguments])


@pytest.fixture
def check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Checks files of the folder."""
    monkeypatch.setattr("seedfund.store.work.SystemClock", lambda: ManualClock(START))
    monkeypatch.delenv("SEEDFUND_PIN", raising=False)

    def call(*arguments: str, **said: str) -> Result:
        return invoke(folder, "audit", "verify", *arguments, **said)

    return call


def only(result: Result) -> Any:
    """The one verdict of an answer in JSON."""
    (found,) = json.loads(result.stdout)
    return found


def test_the_paper_that_holds_is_genuine_and_the_one_before_is_superseded(check: Run, folder: Path) -> None:
    holds, before = folder / "AG-2026-0001-v2.pdf", folder / "first.pdf"

    genuine, superseded = check(str(holds)), check(str(before))

    assert (genuine.exit_code, superseded.exit_code) == (0, 3)
    assert "✓ AG-2026-0001-v2.pdf: AUTÉNTICO" in genuine.stdout
    assert "! first.pdf: REEMPLAZADO" in superseded.stdout
    assert "la versión 2 lo reemplazó" in superseded.stdout
    both = check(str(holds), str(before), "--format", "json")
    assert both.exit_code == 3
    assert [one["status"] for one in json.loads(both.stdout)] == ["genuine", "superseded"]


def test_an_altered_figure_is_shown_line_by_line(check: Run, folder: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(with_words((folder / "AG-2026-0001-v2.pdf").read_bytes(), "300,", "500,"))

    result = check(str(forged))

    assert result.exit_code == 4
    assert "✗ forged.pdf: ALTERADO" in result.stdout
    assert "emitido: " in result.stdout
    assert "500,00" in result.stdout
    told = only(check(str(forged), "--format", "json", lang="en"))
    assert (told["status"], told["number"], told["version"]) == ("altered", "AG-2026-0001", 2)
    assert all(line["issued"].replace("300", "500") == line["found"] for line in told["differences"])


def test_without_an_actor_nobody_reads_what_the_file_does_not_say_itself(
    check: Run, folder: Path, tmp_path: Path
) -> None:
    stripped = tmp_path / "stripped.pdf"
    data = (folder / "AG-2026-0001-v2.pdf").read_bytes()
    stripped.write_bytes(with_words(data, "300,", "500,").replace(b"/EmbeddedFiles", b"/EmbeddedNothg"))

    stranger, expert = (only(check(str(stripped), "--format", "json", actor=one)) for one in ("", "expert"))

    assert "text_not_compared" in [one["code"] for one in stranger["findings"]]
    assert not stranger["differences"]
    assert expert["differences"]


def test_with_an_anchor_a_paper_is_checked_without_the_database(
    check: Run, folder: Path, tmp_path: Path
) -> None:
    far = tmp_path / "ministry"
    far.mkdir()
    options = ("--anchors", str(folder / "after.json"), "--format", "json")
    forged = far / "forged.pdf"
    forged.write_bytes(with_words((folder / "AG-2026-0001-v2.pdf").read_bytes(), "300,", "500,"))
    again = far / "again.pdf"
    again.write_bytes(rewritten((folder / "AG-2026-0001-v2.pdf").read_bytes()))

    def verdict(path: Path) -> Any:
        result = invoke(far, "audit", "verify", str(path), *options, actor="")
        return only(result)["status"], result.exit_code, [one["code"] for one in only(result)["findings"]]

    assert verdict(folder / "AG-2026-0001-v2.pdf")[:2] == ("genuine", 0)
    assert verdict(folder / "AG-2026-0001-v2.pdf")[2][-1] == "books_not_seen"
    assert verdict(folder / "first.pdf")[:2] == ("superseded", 3)
    assert verdict(forged)[:2] == ("altered", 4)
    assert "text_differs" in verdict(forged)[2]
    assert "text_same" in verdict(again)[2]
    assert not (far / "seedfund.db").exists()


def test_an_anchor_from_before_cannot_know_what_came_after_and_says_so(check: Run, folder: Path) -> None:
    anchors = ("--anchors", str(folder / "before.json"), "--format", "json")

    first, second = (
        check(str(folder / "first.pdf"), *anchors),
        check(str(folder / "AG-2026-0001-v2.pdf"), *anchors),
    )

    assert only(first)["status"] == "genuine"
    assert "not_seen" in only(first)["findings"][-1]["code"]
    # The number is known and this content is not: from here it cannot be told from a forgery.
    assert only(second)["status"] == "altered"


def test_an_anchor_names_nobody_and_is_made_of_hashes(folder: Path) -> None:
    text = (folder / "after.json").read_text(encoding="utf-8")
    data = json.loads(text)

    assert "María" not in text
    assert [(one["number"], one["version"], one["latest"]) for one in data["papers"]] == [
        ("AG-2026-0001", 1, 2),
        ("AG-2026-0001", 2, 2),
    ]
    assert {head["chain"] for head in data["heads"]} >= {"audit"}


def test_the_same_anchor_serves_the_verification_of_the_whole(folder: Path, tmp_path: Path) -> None:
    altered = json.loads((folder / "after.json").read_text(encoding="utf-8"))
    altered["papers"][1]["content_hash"] = "0" * 64
    (tmp_path / "altered.json").write_text(json.dumps(altered), encoding="utf-8")

    same = invoke(folder, "audit", "verify", "--anchors", str(folder / "after.json"))
    other = invoke(folder, "audit", "verify", "--anchors", str(tmp_path / "altered.json"))

    assert "[anchor_" not in same.stdout
    assert "[noted_paper_" not in same.stdout
    assert other.exit_code == 4
    assert "[noted_paper_differs]" in other.stdout


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"plain text", "pdf_not_one"), (b"%PDF-1.4 cut", "pdf_cut")],
    ids=("no PDF", "cut"),
)
def test_what_is_no_paper_ends_with_one_and_says_what_it_is(
    check: Run, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "otro.pdf"
    path.write_bytes(content)

    result = check(str(path))

    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert "otro.pdf" in result.stderr


def test_a_file_larger_than_any_paper_is_not_read(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedfund.cli.files.FILE_MOST", 100)
    path = tmp_path / "grande.pdf"
    path.write_bytes(b"%PDF" + b" " * 200)

    assert "[pdf_too_large]" in check(str(path)).stderr


def test_a_file_that_is_not_there_and_a_list_that_is_none_are_refused(check: Run, folder: Path) -> None:
    missing = check(str(folder / "nada.pdf"))
    other = check(str(folder / "first.pdf"), "--anchors", str(folder / "seedfund.key"))

    assert (missing.exit_code, other.exit_code) == (1, 1)
    assert "nada.pdf" in missing.stderr
    assert "audit anchor" in other.stderr


def test_a_scan_is_compared_with_those_that_were_attached(check: Run, folder: Path, tmp_path: Path) -> None:
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(b"\xff\xd8\xff")

    result = check(str(scan), "--scan-of", "ag-2026-0001")

    assert result.exit_code == 3
    assert "0" in result.stdout
    assert check("--scan-of", "AG-2026-0001").exit_code == 1
    both = check(str(scan), "--scan-of", "AG-2026-0001", "--anchors", str(folder / "after.json"))
    assert both.exit_code == 1
