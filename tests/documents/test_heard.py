"""Every paper of the register can be heard: no fault in its parts, its words told as they are written."""

import re
from pathlib import Path

import pytest

from seedfund.documents.content import Content
from seedfund.documents.layouts import Arrangement, draw_together
from seedfund.documents.layouts.drawing import Version, laid_out
from seedfund.documents.layouts.pictures import CODE_IN_WORDS
from seedfund.paper.blocks import Heading, Item, Paragraph, Spans, Table
from seedfund.paper.format import LOCALES
from seedfund.paper.reading import PdfSource
from seedfund.paper.reading.hearing import faults
from seedfund.paper.reading.structure import Told, page_marks, parts_told
from seedfund.paper.tagging import said_of
from tests.documents import samples
from tests.documents.samples import all_papers
from tests.documents.test_drawing import drawn
from tests.documents.test_together import both, version

PAPERS = {content.paper: content for content in all_papers()}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "heard.md"
LEAVES = ("P", "H1", "H2", "H3", "Lbl", "TH", "TD")


def told(source: PdfSource) -> Told:
    found = parts_told(source, page_marks(source))
    assert found is not None
    return found


def written(one: Version) -> list[str]:
    """What headings, paragraphs, points and cells of a paper say, in order; signatures are not among them."""
    found: list[str] = []
    for block in laid_out(one):
        match block:
            case Heading(spans) | Paragraph(spans):
                found.append(text(spans))
            case Item(mark, spans):
                found += [*([mark] if mark else []), text(spans)]
            case Table(header=header, rows=rows):
                shown = [header] if any(text(cell) for cell in header) else []
                found += [text(cell) for row in (*shown, *rows) for cell in row]
            case _:
                continue
    return [one for one in found if one]


def text(spans: Spans) -> str:
    return said_of("".join(span.text for span in spans))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_heard_without_a_fault(paper: str) -> None:
    assert faults(PdfSource(drawn(PAPERS[paper]))) == ()


@pytest.mark.parametrize("language", LOCALES)
def test_an_agreement_is_told_word_for_word_in_every_language(language: str) -> None:
    content = samples.agreement()
    source = PdfSource(drawn(content, language))

    leaves = [part for part in told(source).below() if part.kind in LEAVES]
    said = [said_of(part.text) for part in leaves]

    wanted = written(version(content, language))
    found = iter(said)
    assert [one for one in wanted if one not in found] == []
    assert faults(source) == ()
    assert [part.alt for part in told(source).below() if part.kind == "Figure"] == [
        CODE_IN_WORDS[language].format(number=content.number)
    ]


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("pair", [("es", "qu"), ("ar", "en"), ("th", "my")])
def test_two_texts_of_a_paper_are_told_each_in_its_language(
    pair: tuple[str, str], arrangement: Arrangement
) -> None:
    texts = both(samples.agreement(), *pair)
    source = PdfSource(draw_together(*texts, arrangement=arrangement))
    parts = list(told(source).below())

    for one in texts:
        titles = [said_of(block_text) for block_text in _headings(one)]
        assert [
            said_of(part.text)
            for part in parts
            if part.kind.startswith("H") and part.language == one.language
        ] == titles
    assert faults(source) == ()


def _headings(one: Version) -> list[str]:
    return [text(block.spans) for block in laid_out(one) if isinstance(block, Heading)]


@pytest.mark.parametrize("language", ["qu", "my"])
def test_an_amount_in_the_words_of_the_language_of_record_is_told_in_that_language(language: str) -> None:
    content: Content = samples.payment_receipt()
    spoken = told(PdfSource(drawn(content, language)))

    found = [part for part in spoken.below() if part.kind == "Span" and part.language == "es"]

    assert found
    assert all("dólares de los Estados Unidos de América" in part.text for part in found)


def test_the_code_of_every_language_of_papers_is_told_in_words() -> None:
    assert set(CODE_IN_WORDS) == set(LOCALES)


def test_the_example_of_the_page_runs_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "agreement.pdf").write_bytes(drawn(samples.agreement()))
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    exec(block, {})  # noqa: S102 - our own page

    first, *parts = capsys.readouterr().out.splitlines()
    assert first == "()"
    assert "H1 es Convenio de entrega de capital semilla" in parts
