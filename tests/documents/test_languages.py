"""Papers in the languages participants speak: the same fields in each, amounts in words or said to be in another's."""

from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment, nodes

from seedfund.documents.content import Content, content_hash
from seedfund.documents.rules import PARTICIPANT_LANGUAGES, PARTICIPANT_PAPERS
from seedfund.documents.wording import FENCE, load_template
from seedfund.kernel.errors import Refused
from seedfund.kernel.resources import resource_dir
from seedfund.paper.blocks import Block, Heading, Item, Paragraph, Table
from seedfund.paper.format import LOCALES, date_text, money_text
from seedfund.paper.words import PHRASES, words
from tests.documents import samples
from tests.documents.samples import all_papers
from tests.documents.test_drawing import drawn, flat, pages, squeezed

PAPERS = {one.paper: one for one in all_papers() if one.paper in PARTICIPANT_PAPERS}
SPOKEN = [(paper, language) for paper in PARTICIPANT_PAPERS for language in PARTICIPANT_LANGUAGES]


def spans(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Item():
                yield "".join(span.text for span in block.spans)
            case Table():
                for row in (block.header, *block.rows):
                    yield from ("".join(span.text for span in cell) for cell in row)


def said(content: Content, language: str) -> str:
    blocks = load_template(content.wording, language=language).blocks(content.to_json())
    return "\n".join(spans(blocks)).replace("\u2068", "").replace("\u2069", "")


def printed_fields(paper: str, language: str) -> set[str]:
    """Every field a template prints, with its filter."""
    source = (resource_dir("templates") / paper / f"{language}.md").read_text(encoding="utf-8")
    body = source.split(f"\n{FENCE}\n", 1)[1]
    settings = Environment(comment_start_string="<!--", comment_end_string="-->", autoescape=True)
    settings.filters.update(dict.fromkeys(("money", "words", "figures", "date", "number", "label"), str))
    settings.filters.update(dict.fromkeys(("count", "ordinal"), str))
    found = settings.parse(body).find_all(nodes.Output)
    return {
        path(one) for output in found for one in output.nodes if not isinstance(one, nodes.TemplateData)
    } - {"review_note|label"}


def path(node: nodes.Node) -> str:
    match node:
        case nodes.Filter() if node.node is not None:
            return f"{path(node.node)}|{node.name}"
        case nodes.Getattr():
            return f"{path(node.node)}.{node.attr}"
        case nodes.Name():
            return node.name
        case nodes.Const():
            return str(node.value)
    raise AssertionError(node)


@pytest.mark.parametrize(("paper", "language"), SPOKEN)
def test_a_translation_prints_the_same_fields_as_the_spanish_text(paper: str, language: str) -> None:
    assert printed_fields(paper, language) == printed_fields(paper, "es")


@pytest.mark.parametrize(("paper", "language"), SPOKEN)
def test_a_translation_has_the_same_clauses_points_and_tables_as_the_spanish_text(
    paper: str, language: str
) -> None:
    def shape(spoken: str) -> list[tuple[str, object]]:
        blocks = load_template(paper, language=spoken).blocks(PAPERS[paper].to_json())
        return [
            (type(one).__name__, getattr(one, "anchor", len(one.rows) if isinstance(one, Table) else ""))
            for one in blocks
        ]

    *translated, note = shape(language)

    assert translated == shape("es")
    assert note == ("Paragraph", "")


@pytest.mark.parametrize(("paper", "language"), SPOKEN)
def test_a_translation_says_in_its_file_and_on_the_paper_that_it_has_to_be_reviewed(
    paper: str, language: str
) -> None:
    template = load_template(paper, language=language)

    assert "A lawyer and a native speaker have to review" in template.review
    assert "nobody did" in template.source
    *_, last = template.blocks(PAPERS[paper].to_json())
    assert isinstance(last, Paragraph)
    assert last.small
    assert template.labels["review_note"] in "".join(span.text for span in last.spans)


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("paper", ["agreement", "payment_receipt"])
def test_an_amount_stands_in_figures_and_in_words_on_every_paper(paper: str, language: str) -> None:
    content = PAPERS[paper]
    amount = {"agreement": samples.agreement().amount, "payment_receipt": samples.payment_receipt().amount}[
        paper
    ]

    text = said(content, language)

    assert money_text(amount, language) in text
    assert words(amount, language if language in PHRASES else content.prevailing_language) in text
    assert date_text(content.dated_on, language) in text


@pytest.mark.parametrize(
    ("language", "note"),
    [
        (
            "qu",
            "(quinientos con 00/100 dólares de los Estados Unidos de América, mishu shimi (castellano) killk",
        ),
        ("my", "(စပိန်ဘာသာဖြင့် quinientos con 00/100 dólares de los Estados Unidos de América။ မြန်မာစာဖြင့်"),
    ],
)
def test_words_of_the_prevailing_language_are_said_to_be_so(language: str, note: str) -> None:
    assert note in said(samples.agreement(languages=("es", language)), language)


def test_burmese_beside_thai_states_amounts_in_thai_words() -> None:
    content = samples.agreement(languages=("th", "my"), prevailing_language="th")

    assert "(ထိုင်းဘာသာဖြင့် ห้าร้อยดอลลาร์สหรัฐถ้วน။" in said(content, "my")


def test_a_paper_without_any_rule_for_words_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        said(samples.agreement(languages=("qu",), prevailing_language="qu"), "qu")

    assert refused.value.codes == ("language_without_words",)


@pytest.mark.parametrize(("paper", "language"), SPOKEN)
def test_a_paper_in_two_languages_names_the_one_that_prevails(paper: str, language: str) -> None:
    content = type(PAPERS[paper]).from_json(
        {**PAPERS[paper].to_json(), "languages": ["es", language], "prevailing_language": "es"}
    )
    labels = load_template(paper, language=language).labels

    text = said(content, language)

    assert labels["es"] in text
    assert labels[language] in text


def test_values_in_arabic_are_isolated_and_nothing_else_is() -> None:
    content = samples.payment_receipt()
    blocks = load_template("payment_receipt", language="ar").blocks(content.to_json())

    text = "\n".join(spans(blocks))

    for value in (content.number, content.grant_number, money_text(content.amount, "ar")):
        assert f"\u2068{value}\u2069" in text
    assert text.count("\u2068") == text.count("\u2069")
    assert "\u2068" not in said(content, "es")
    assert "\u2068\u2069" not in text


@pytest.mark.parametrize("language", PARTICIPANT_LANGUAGES)
@pytest.mark.parametrize("paper", PARTICIPANT_PAPERS)
def test_a_paper_is_drawn_in_every_language(paper: str, language: str) -> None:
    content: Any = PAPERS[paper]
    labels = load_template(paper, language=language).labels

    pdf = drawn(content, language)

    found = pages(pdf)
    whole = flat(" ".join(found))
    assert all(one.name in whole for one in (*content.signatories, *content.witnesses))
    assert all(content_hash(content.to_json()) in page for page in found)
    assert drawn(content, language) == pdf
    if language != "ar":  # a reader of PDF puts numbers inside Arabic where it thinks they belong
        assert all(content.number in page for page in found)
        assert squeezed(labels["review_note"]) in squeezed(whole)
        assert squeezed(labels["page_of"].format(page=1, pages=len(found))) in squeezed(found[0])
