"""A paper that was signed is still the paper; what else was added to it, or whose signature it is, is told."""

import builtins
import hashlib
from typing import Any

import pytest

from seedfund.assurance.papers import PaperChecked, check_paper, open_papers
from seedfund.assurance.rules.papers import PaperStatus
from seedfund.documents.service import print_paper
from seedfund.register.service import AttachScan, attach_scan
from tests.documents.papers import draft, issued_paper, ready
from tests.paper.test_electronic import drawn_on_a_page, repainted, signed
from tests.support.certificates import made
from tests.support.grants import key
from tests.support.programme import House


@pytest.fixture
def paper(house: House) -> tuple[str, bytes]:
    """An issued agreement: its number and its PDF."""
    ready(house)
    number = issued_paper(house, draft(house)).number
    with house.work("expert") as work:
        return number, print_paper(work, number)


def check(house: House, data: bytes, **given: Any) -> PaperChecked:
    with open_papers(house.engine) as known:
        return check_paper(data, file="papel.pdf", known=known, **given)


def codes(checked: PaperChecked) -> list[str]:
    return [one.code for one in checked.findings if not one.code.startswith("books_")]


def test_a_signed_paper_is_the_paper_and_says_who_signed(house: House, paper: tuple[str, bytes]) -> None:
    data = signed(paper[1])

    alone = check(house, data)
    trusting = check(house, data, trusted=[made().authority])
    other = check(house, data, trusted=[made(3).authority])

    assert (alone.status, alone.number) == (PaperStatus.GENUINE, paper[0])
    assert codes(alone) == ["signed_only", "signer_not_judged"]
    assert codes(trusting) == ["signed_only", "signer_trusted"]
    assert trusting.status is PaperStatus.GENUINE
    assert codes(other) == ["signed_only", "signer_not_trusted"]
    assert other.status is PaperStatus.ALTERED
    assert "Lucía Modelo Andrade" in trusting.findings[1].sentence("es")


def test_who_paints_over_a_paper_and_signs_that_is_found(house: House, paper: tuple[str, bytes]) -> None:
    checked = check(house, signed(repainted(paper[1])), trusted=[made().authority])

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked) == ["added_after", "signer_trusted"]


def test_who_paints_over_a_signed_paper_breaks_the_signature(house: House, paper: tuple[str, bytes]) -> None:
    checked = check(house, repainted(signed(paper[1])))

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked) == ["added_after", "signature_broken"]


def test_a_signature_that_is_drawn_is_looked_at_by_somebody_and_attached(
    house: House, paper: tuple[str, bytes]
) -> None:
    number, pdf = paper
    drawn = drawn_on_a_page(pdf)

    before = check(house, drawn)
    with house.work("field") as work:
        attach_scan(work, AttachScan(key=key(), number=number, sha256=hashlib.sha256(drawn).hexdigest()))
    after = check(house, drawn)

    assert before.status is PaperStatus.ALTERED
    assert codes(before) == ["added_after", "signature_drawn", "signer_not_judged"]
    assert after.status is PaperStatus.GENUINE
    assert codes(after) == ["scan_known", "signer_not_judged"]


def test_without_the_optional_package_what_was_added_is_not_taken_for_a_signature(
    house: House, paper: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = signed(paper[1])
    usual = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyhanko"):
            raise ImportError(name)
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    checked = check(house, data)

    assert checked.status is PaperStatus.ALTERED
    assert codes(checked) == ["added_after", "signatures_not_read"]
    assert "seedfund[sign]" in checked.findings[1].remedy("es")
