"""The tutorial is followed as it stands, in both languages: files saved, commands given, answers compared."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.pages import Reader, blocks

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIALS = ("tutorial.md", "tutorial.es.md")
SCHOLARSHIPS = ("tutorial-scholarship.md", "tutorial-scholarship.es.md")
PAPERS = ("AG-2026-0001.pdf", "AC-2026-0001.pdf")
HOUSEHOLDS = "Households and their businesses"
BOOKS = ("participant.pdf", "fund.csv", "trial-balance.pdf", "cash.xlsx")


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_grant_runs_from_start_to_end_and_its_month_is_closed_as_the_pages_say(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    reader = Reader(monkeypatch)

    assert reader.follow(DOCS / name) > 60
    assert [paper for paper in (*PAPERS, *BOOKS) if not (tmp_path / paper).stat().st_size] == []
    if name == "tutorial.md":
        reader.clock.set(datetime(2026, 4, 2, 15, 0, tzinfo=UTC))
        assert reader.follow(DOCS / "how-to" / "close-a-month.md") == 6
        assert reader.follow(DOCS / "how-to" / "accompaniment.md", HOUSEHOLDS) == 27


@pytest.mark.parametrize(("before", "name"), tuple(zip(TUTORIALS, SCHOLARSHIPS, strict=True)))
def test_a_scholarship_runs_from_start_to_end_as_the_pages_say(
    before: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(monkeypatch)
    reader.follow(DOCS / before)

    assert reader.follow(DOCS / name) > 60
    assert (tmp_path / "AG-2026-0002.pdf").stat().st_size


@pytest.mark.parametrize("names", [TUTORIALS, SCHOLARSHIPS])
def test_both_languages_tell_the_same_steps(names: tuple[str, str]) -> None:
    english, spanish = (
        [(block.kind, block.name, _commands(block.text)) for block in blocks(DOCS / name)] for name in names
    )

    assert [step[:2] for step in english] == [step[:2] for step in spanish]
    assert [step[2] for step in english if step[0] == "sh"] == [
        step[2] for step in spanish if step[0] == "sh"
    ]


def _commands(text: str) -> int:
    return len([line for line in text.replace("\\\n", " ").splitlines() if line.strip()])


def test_an_answer_that_differs_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\nseedfund init\n```\n\n```text\nanother: answer\n```\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(AssertionError, match="another"):
        Reader(monkeypatch).follow(page)


def test_a_command_that_fails_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\nseedfund list funds\n```\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(AssertionError, match="seedfund init"):
        Reader(monkeypatch).follow(page)
