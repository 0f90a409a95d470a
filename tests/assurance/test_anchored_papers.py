"""A list of papers taken along: it decides by hashes, says of which day it is, and a damaged one is refused."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from seedfund.assurance.anchors import load_heads
from seedfund.assurance.papers import (
    IssuedPaper,
    NotedPapers,
    check_paper,
    load_papers,
    open_papers,
    papers_to_plain,
    with_anchored,
)
from seedfund.assurance.report import ChainHead, Verification
from seedfund.assurance.rules.papers import PaperStatus
from seedfund.documents.service import print_paper
from seedfund.kernel.errors import InvalidInput
from tests.assurance.papers import with_words
from tests.documents.papers import draft, issued_paper, ready
from tests.support.programme import House

MADE_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = ChainHead("NB", "audit", 7, "ab" * 32)
PAPER = IssuedPaper(
    programme="NB",
    number="AG-2026-0001",
    version=1,
    latest=1,
    kind="agreement",
    language="es",
    content_hash="cd" * 32,
    template_version="1.0+0123456789ab",
    chain_head="",
    pdf_sha256="ef" * 32,
    drawn_with="nothing",
    issued_on=date(2026, 1, 5),
)


def written(path: Path, *papers: IssuedPaper) -> Path:
    path.write_text(json.dumps(papers_to_plain(papers, [HEAD], made_at=MADE_AT)), encoding="utf-8")
    return path


def test_an_anchor_is_read_as_it_was_written(tmp_path: Path) -> None:
    later = replace(PAPER, version=2, latest=2, content_hash="00" * 32)

    path = written(tmp_path / "anchor.json", PAPER, later)

    noted = load_papers(path)
    assert (len(noted), noted.as_of) == (2, date(2026, 3, 1))
    assert list(noted.with_number(["AG-2026-0001"])) == [PAPER, later]
    assert list(noted.with_bytes(["ef" * 32])) == [PAPER, later]
    assert list(noted.with_content(["00" * 32])) == [later]
    assert load_heads(path) == (HEAD,)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("papers"),
        lambda data: data.update(form="another"),
        lambda data: data.update(made_at="yesterday"),
        lambda data: data["papers"][0].update(version="1"),
        lambda data: data["papers"][0].pop("pdf_sha256"),
        lambda data: data["papers"][0].update(issued_on="soon"),
    ],
)
def test_a_file_that_lists_no_papers_is_refused(tmp_path: Path, change: Any) -> None:
    path = written(tmp_path / "anchor.json", PAPER)
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))

    with pytest.raises(InvalidInput, match="audit anchor"):
        load_papers(path)


def test_far_from_the_books_a_paper_is_judged_by_its_bytes_and_the_limits_are_told(
    house: House, tmp_path: Path
) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number
    with house.work("expert") as work:
        pdf = print_paper(work, number)
    with open_papers(house.engine) as known:
        noted = load_papers(written(tmp_path / "anchor.json", *known.every()))

    genuine = check_paper(pdf, file="papel.pdf", known=noted)
    forged = check_paper(with_words(pdf, "300,", "500,"), file="papel.pdf", known=noted)

    assert genuine.status is PaperStatus.GENUINE
    assert [one.code for one in genuine.findings] == [
        "paper_genuine",
        "enclosed_same",
        "redrawn_same",
        "books_not_seen",
    ]
    assert "2026-03-01" in genuine.findings[-1].sentence("es")
    assert forged.status is PaperStatus.ALTERED
    assert forged.differences


def test_a_paper_with_another_wording_than_here_is_judged_all_the_same(house: House, tmp_path: Path) -> None:
    ready(house)
    number = issued_paper(house, draft(house)).number
    with house.work("expert") as work:
        pdf = print_paper(work, number)
    with open_papers(house.engine) as known:
        issued = [replace(one, template_version="9.9+000000000000") for one in known.every()]
    noted = load_papers(written(tmp_path / "anchor.json", *issued))

    genuine = check_paper(pdf, file="papel.pdf", known=noted)
    forged = check_paper(with_words(pdf, "300,", "500,"), file="papel.pdf", known=noted)

    assert (genuine.status, genuine.findings[2].code) == (PaperStatus.GENUINE, "not_redrawn")
    assert (forged.status, forged.findings[3].code) == (PaperStatus.ALTERED, "text_not_compared")
    assert "redacción" in forged.findings[3].sentence("es")


def test_the_register_is_held_against_what_was_noted_elsewhere(house: House, tmp_path: Path) -> None:
    ready(house)
    issued_paper(house, draft(house))
    with open_papers(house.engine) as known:
        (issued,) = known.every()
    gone = replace(issued, number="AG-2026-0777")
    other = replace(issued, pdf_sha256="00" * 32)
    sound = Verification((), {}, {}, ())

    def codes(*noted: IssuedPaper) -> list[str]:
        found = with_anchored(sound, house.engine, NotedPapers(MADE_AT.date(), noted))
        assert found.errors_count == len(found.findings)
        return [one.code for one in found.findings]

    assert codes(issued) == []
    assert codes(issued, gone, other) == ["noted_paper_missing", "noted_paper_differs"]
