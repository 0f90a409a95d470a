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
