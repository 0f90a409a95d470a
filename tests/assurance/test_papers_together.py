"""A paper printed in two languages is held against both texts; a figure that is altered in either is found."""

from pathlib import Path
from typing import Any

import pytest

from seedfund.assurance.papers import PaperChecked, check_paper, load_papers, open_papers
from seedfund.assurance.papers import comparing as papers_comparing
from seedfund.assurance.rules.papers import PaperStatus
from seedfund.documents.layouts import Arrangement
from seedfund.documents.service import ReissuePaper, Signing, reissue_paper
from seedfund.kernel.secret import Secret
from tests.assurance.papers import rewritten, with_content, with_words
from tests.assurance.test_anchored_papers import written
from tests.documents.papers import draft, home_of, issued_paper, ready
from tests.documents.test_service_languages import together
from tests.support.grants import key
from tests.support.programme import House


@pytest.fixture
def number(house: House) -> str:
    """An agreement that was issued in Spanish and English."""
    ready(house)
    return issued_paper(house, draft(house, home_of(house)), languages=("es", "en")).number


def check(house: House, data: bytes) -> PaperChecked:
    with open_papers(house.engine) as known:
        return check_paper(data, file="papel.pdf", known=known)


def codes(checked: PaperChecked) -> list[str]:
    return [one.code for one in checked.findings if not one.code.startswith("books_")]


@pytest.mark.parametrize("arrangement", list(Arrangement))
def test_two_texts_on_one_paper_are_genuine_when_both_are(
    house: House, number: str, arrangement: Arrangement
) -> None:
    checked = check(house, together(house, number, "es", "en", arrangement=arrangement))

    assert (checked.status, checked.number) == (PaperStatus.GENUINE, number)
    assert codes(checked) == ["together_genuine", "enclosed_same"]
    assert "es, en" in checked.findings[0].sentence("es")


def test_a_figure_that_is_altered_in_one_of_them_is_found(house: House, number: str) -> None:
    checked = check(house, with_words(together(house, number, "es", "en"), "300", "500"))

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked)[:2] == ["paper_altered", "text_differs"]
    assert checked.differences


def test_a_content_that_is_altered_inside_is_found(house: House, number: str) -> None:
    checked = check(
        house, with_content(together(house, number, "es", "en"), '"minor":30000', '"minor":90000')
    )

    assert checked.status is PaperStatus.ALTERED


def test_what_another_program_wrote_again_is_not_the_file_that_was_printed(house: House, number: str) -> None:
    checked = check(house, rewritten(together(house, number, "es", "en")))

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked)[:2] == ["paper_altered", "text_same"]


def test_with_other_tools_its_bytes_cannot_be_judged_and_its_words_can(
    house: House, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers_comparing, "drawing_tools", lambda: "others")
    pdf = together(house, number, "es", "en")

    again, forged = check(house, rewritten(pdf)), check(house, with_words(pdf, "300", "500"))

    assert (again.status, codes(again)[:2]) == (PaperStatus.UNKNOWN, ["text_same", "together_not_drawn"])
    assert forged.status is PaperStatus.ALTERED


def test_two_texts_of_a_paper_that_was_corrected_are_superseded(house: House, number: str) -> None:
    pdf = together(house, number, "es", "en")
    with house.work("expert") as work:
        heard = Signing(read_aloud_by=Secret("Ana Muestra"))
        reissue_paper(work, ReissuePaper(key=key(), number=number, reason="se leyó", signing=heard))

    assert check(house, pdf).status is PaperStatus.SUPERSEDED


def test_far_from_the_books_two_texts_are_drawn_again_where_both_wordings_are_at_hand(
    house: House, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = together(house, number, "es", "en")
    with open_papers(house.engine) as known:
        noted = load_papers(written(tmp_path / "anchor.json", *known.every()))

    here = check_paper(pdf, file="papel.pdf", known=noted)
    monkeypatch.setattr(noted, "wording", _none)
    elsewhere = check_paper(pdf, file="papel.pdf", known=noted)

    assert here.status is PaperStatus.GENUINE
    assert (elsewhere.status, codes(elsewhere)[0]) == (PaperStatus.UNKNOWN, "together_not_drawn")


def _none(paper: Any) -> None:
    return None
