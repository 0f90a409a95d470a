"""`agreement attach`, `open-copy` and `sign`: a signed copy is noted, kept sealed, made with a key file, checked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.kernel.clock import ManualClock
from seedfund.store.revision import head
from seedfund.store.sealing.keyring import save_keyring
from tests.documents.papers import draft, home_of, issued_paper, ready, text_of
from tests.paper.test_electronic import repainted
from tests.support.certificates import PASSPHRASE, made
from tests.support.programme import RING, START, build_founded, house_on

Run = Callable[..., Result]
SCAN = b"\xff\xd8\xff a signature and a thumbprint"
NUMBER = "AG-2026-0001"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, its keys, an issued agreement, a scan, and the key files of two signers."""
    place = tmp_path_factory.mktemp("signed")
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(place / "seedfund.db")))
    build_founded(engine)
    house = house_on(engine)
    ready(house)
    issued_paper(house, draft(house, home_of(house)))
    draft(house)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO sf_alembic_version VALUES (:head)"), {"head": head()})
    engine.dispose()
    save_keyring(RING, place / "seedfund.key")
    (place / "scan.jpg").write_bytes(SCAN)
    (place / "trusted.pem").write_bytes(made(1).authority + made(2).authority)
    for which in (1, 2):
        (place / f"signer{which}.p12").write_bytes(made(which).key_file)
    return place


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line on the folder's database."""
    monkeypatch.setattr("seedfund.store.work.SystemClock", lambda: ManualClock(START))
    monkeypatch.delenv("SEEDFUND_PIN", raising=False)
    monkeypatch.setenv("SEEDFUND_SIGN_PASSPHRASE", PASSPHRASE)

    def call(*arguments: str, lang: str = "es") -> Result:
        options = ["--db", str(folder / "seedfund.db"), "--actor", "expert", "--lang", lang]
        return CliRunner().invoke(cli, [*options, *arguments])

    return call


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def signed(run: Run, folder: Path, out: Path, *options: str, signer: int = 1) -> Any:
    with_key = ("--with", str(folder / f"signer{signer}.p12"), "--out", str(out), "--format", "json")
    return data(run("agreement", "sign", NUMBER, *with_key, *options))


def verdict(run: Run, path: Path, *options: str) -> Any:
    (found,) = json.loads(run("audit", "verify", str(path), *options, "--format", "json").stdout)
    return found["status"], [one["code"] for one in found["findings"] if not one["code"].startswith("books")]


def test_a_scan_is_noted_kept_sealed_and_brought_back(run: Run, folder: Path, tmp_path: Path) -> None:
    scan = folder / "scan.jpg"

    filed = data(run("agreement", "attach", NUMBER, str(scan), "--keep", str(tmp_path), "--format", "json"))

    (kept,) = tmp_path.iterdir()
    assert filed["file"] == str(kept)
    assert b"thumbprint" not in kept.read_bytes()
    assert kept.name.startswith(f"{NUMBER}-v1-")
    back = tmp_path / "back.jpg"
    opened = data(run("agreement", "open-copy", NUMBER, str(kept), "--out", str(back), "--format", "json"))
    assert opened["sha256"] == filed["sha256"]
    assert back.read_bytes() == SCAN
    assert verdict(run, back)[0] == "genuine"


def test_a_changed_scan_is_found(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("agreement", "attach", NUMBER, str(folder / "scan.jpg"), "--key", "twice").exit_code == 0
    changed = tmp_path / "scan.jpg"
    changed.write_bytes(SCAN + b"!")

    result = run("audit", "verify", str(changed), "--scan-of", NUMBER)

    assert result.exit_code == 4
    assert "[scan_altered]" in result.stdout
    assert run("audit", "verify", str(folder / "scan.jpg"), "--scan-of", NUMBER).exit_code == 0


def test_a_kept_copy_that_was_altered_is_refused_and_nothing_is_written(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("agreement", "attach", NUMBER, str(folder / "scan.jpg"), "--keep", str(tmp_path))
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])

    result = run("agreement", "open-copy", NUMBER, str(kept), "--out", str(tmp_path / "back.jpg"))

    assert result.exit_code == 4
    assert "no es una copia firmada" in result.stderr
    assert not (tmp_path / "back.jpg").exists()


def test_a_paper_is_signed_by_two_and_both_signatures_are_told(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    once, twice = tmp_path / "once.pdf", tmp_path / "twice.pdf"

    signed(run, folder, once, "--place", "Tulcán")
    signed(run, folder, twice, "--on", str(once), signer=2)

    assert twice.read_bytes().startswith(once.read_bytes())
    status, codes = verdict(run, twice, "--trust", str(folder / "trusted.pem"))
    assert (status, codes) == ("genuine", ["scan_known", "signer_trusted", "signer_trusted"])
    assert "Lucía Modelo Andrade" in run("audit", "verify", str(once)).stdout


def test_something_else_than_the_signed_paper_is_not_signed(run: Run, folder: Path, tmp_path: Path) -> None:
    once, painted = tmp_path / "once.pdf", tmp_path / "painted.pdf"
    signed(run, folder, once)
    painted.write_bytes(repainted(once.read_bytes()))

    result = run(
        *("agreement", "sign", NUMBER, "--on", str(painted), "--with", str(folder / "signer2.p12")),
        *("--out", str(tmp_path / "no.pdf")),
    )

    assert result.exit_code == 1
    assert "audit verify" in result.stderr
    assert not (tmp_path / "no.pdf").exists()
    assert verdict(run, painted)[0] == "altered"


def test_another_passphrase_signs_nothing(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "no.pdf"
    options = ("agreement", "sign", NUMBER, "--with", str(folder / "signer1.p12"), "--out", str(out))
    monkeypatch.setenv("SEEDFUND_SIGN_PASSPHRASE", "otra")

    wrong = run(*options)
    monkeypatch.delenv("SEEDFUND_SIGN_PASSPHRASE")
    none = run(*options)

    assert (wrong.exit_code, none.exit_code) == (1, 1)
    assert "[key_file_unreadable]" in wrong.stderr
    assert "SEEDFUND_SIGN_PASSPHRASE" in none.stderr
    assert not out.exists()


def test_a_thumbprint_with_its_witnesses_is_planned_on_the_command_line(run: Run, tmp_path: Path) -> None:
    issue = ("agreement", "issue", "SC-2026-0002", "--signs-by", "thumbprint")
    out = tmp_path / "convenio.pdf"

    refused = run(*issue)
    issued = run(
        *(
            *issue,
            "--finger",
            "left_thumb",
            "--read-aloud-by",
            "Ana Muestra",
            "--interpreter",
            "Luz Ficticia",
        ),
        *("--spoken-language", "kichwa", "--witness", "Rosa Prueba", "--witness-document", "0400000018"),
        *("--out", str(out)),
    )

    assert (refused.exit_code, issued.exit_code) == (1, 0)
    assert "[finger_missing]" in refused.stderr
    said = text_of(out.read_bytes())
    assert "con la interpretación de Luz Ficticia al idioma kichwa" in said
    assert "Rosa Prueba 0400000018" in said
    assert "pulgar izquierdo" in said
