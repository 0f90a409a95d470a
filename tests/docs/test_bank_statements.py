"""The page on bank statements is followed as it stands, in both languages: from the bank's file to the closed books."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.pages import Reader, blocks

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = (
    ("tutorial.md", "bank-statements.md", "A month"),
    ("tutorial.es.md", "bank-statements.es.md", "Un mes"),
)


@pytest.mark.parametrize(("before", "name", "section"), PAGES)
def test_a_month_goes_from_the_banks_file_to_closed_books_as_the_page_says(
    before: str, name: str, section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(monkeypatch)
    reader.follow(DOCS / before)
    reader.clock.set(datetime(2026, 4, 2, 15, 0, tzinfo=UTC))

    assert reader.follow(DOCS / "how-to" / name, section) == 16


def test_the_page_tells_the_same_steps_in_both_languages() -> None:
    english, spanish = (
        [(block.kind, block.name, block.text) for block in blocks(DOCS / "how-to" / name, section)]
        for _, name, section in PAGES
    )

    assert [step[:2] for step in english] == [step[:2] for step in spanish]
    assert [step for step in english if step[0] == "sta"] == [step for step in spanish if step[0] == "sta"]
