"""`export` on a programme that lived: what others get, where it goes, and what is refused in Spanish."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.test_reading import folder as folder
from tests.cli.test_reading import run as run
from tests.interchange.exports.tools import summed

Run = Callable[..., Result]


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_the_books_go_to_the_screen_or_to_a_file_alike(run: Run, tmp_path: Path, form: str) -> None:
    path = tmp_path / "libros.txt"

    shown, kept = run("export", form), run("export", form, "--out", str(path))

    sums, said = summed(shown.stdout)
    assert (shown.exit_code, kept.exit_code, kept.stdout) == (0, 0, "")
    assert path.read_text(encoding="utf-8") == shown.stdout
    assert len(sums) > 10
    assert sums == said
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_fund_that_is_none_leaves_no_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "libros.txt"

    result = run("export", "hledger", "--fund", "NADA", "--out", str(path))

    assert result.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    result = run("export", "hledger", "--out", str(tmp_path / "no" / "libros.txt"))

    assert result.exit_code == 4
    assert "libros.txt" in result.stderr


GIVING = ("export", "360giving", "--prefix", "360G-ejemplo", "--organisation", "EC-RUC-1790000000001")
IATI = ("export", "iati", "--organisation", "EC-RUC-1790000000001", "--type", "22", "--country", "EC")


@pytest.mark.parametrize("form", [GIVING, (*IATI, "--donor", "UNHCR=XM-DAC-41121")])
def test_what_could_point_at_a_person_is_refused_and_leaves_no_file(
    run: Run, tmp_path: Path, form: tuple[str, ...]
) -> None:
    result = run(*form, "--out", str(tmp_path / "publicado"))

    assert result.exit_code == 1
    assert "menos de 5 ayudas" in result.stderr.lower()
    assert list(tmp_path.iterdir()) == []


def test_a_donor_without_an_identifier_is_named_with_the_option_that_gives_it(run: Run) -> None:
    lacking, broken = run(*IATI), run(*IATI, "--donor", "UNHCR")

    assert (lacking.exit_code, broken.exit_code) == (1, 1)
    assert "Indíquelo con --donor UNHCR=IDENTIFICADOR" in lacking.stderr
    assert "escriba CÓDIGO=ID" in broken.stderr
