"""The page on files of a provider is followed as it stands, in both languages, from where the tutorial leaves off."""

import shutil
from pathlib import Path

import pytest

from tests.support.pages import Reader, blocks

ROOT = Path(__file__).resolve().parents[2]
PAGES = (("tutorial.md", "provider-files.md"), ("tutorial.es.md", "provider-files.es.md"))
NO_RESULT_YET = "```csv results_2.csv"
"""Where the tutorial has released its second list and no result of it is in."""


@pytest.mark.parametrize(("before", "name"), PAGES)
def test_a_list_goes_out_and_its_results_come_in_as_the_page_says(
    before: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples" / "payouts", tmp_path / "examples" / "payouts")
    tutorial = (ROOT / "docs" / before).read_text(encoding="utf-8")
    begun = tmp_path / before
    begun.write_text(tutorial[: tutorial.index(NO_RESULT_YET)], encoding="utf-8")
    reader = Reader(monkeypatch)
    reader.follow(begun)

    assert reader.follow(ROOT / "docs" / "how-to" / name) == 10

    (head, row) = (tmp_path / "transfers.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("TIPO;CUENTA")
    assert ";180,00;PG-2026-0002;" in row


def test_both_languages_give_the_same_files_and_steps() -> None:
    english, spanish = (
        [(block.kind, block.name) for block in blocks(ROOT / "docs" / "how-to" / name)] for _, name in PAGES
    )

    assert english == spanish
    assert len(english) == 11
