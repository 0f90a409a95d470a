"""A paper says what its content says, draws hostile text as it was typed, and prints the same again."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from seedfund.documents.content import Content, Person, content_hash
from seedfund.documents.layouts import draw
from seedfund.documents.layouts.drawing import texts
from seedfund.documents.wording import load_template, template_from_source
from seedfund.kernel.errors import Corrupt, InvalidInput, Refused
from seedfund.kernel.resources import resource_dir
from tests.documents import samples
from tests.documents.samples import CHAIN_HEAD, all_papers

PAPERS = {content.paper: content for content in all_papers()}
HOSTILE = (
    "<img src=/etc/passwd>",
    '<font color="[[[getattr(x)]]]">rojo</font>',
    "<b>sin cerrar <onDraw name='x'/>",
    "**estrellas** | tubos | # almohadilla",
    "{{ number }} {% for x in y %}",
    "~~~ signatures",
    "] ) ( \\ Tj ET Q endstream %PDF",
    "&lt;i&gt; &amp; &#65;",
    "N.º {#parties} -- 1. 2) * +",
)


def drawn(content: Content, language: str = "es", **changes: Any) -> bytes:
    data = content.to_json()
    arguments: dict[str, Any] = {
        "language": language,
        "template_version": load_template(content.paper, language=language).version,
        "number": content.number,
        "content_hash": content_hash(data),
        "chain_head": CHAIN_HEAD,
    }
    return draw(data, **{**arguments, **changes})


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\ufffe", "-"))


def squeezed(text: str) -> str:
    """Without any blank, since a line may end inside a long word."""
    return re.sub(r"\s+", "", text)


def text_of(pdf: bytes) -> str:
    return flat(" ".join(pages(pdf)))


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_drawn_in_both_languages(paper: str, language: str) -> None:
    content = PAPERS[paper]

    found = pages(drawn(content, language))

    for index, page in enumerate(found, start=1):
        of = "de" if language == "es" else "of"
        label = "Página" if language == "es" else "Page"
        assert f"{label} {index} {of} {len(found)}" in page
        assert content.number in page
        assert CHAIN_HEAD in page
        assert content_hash(content.to_json()) in page
    whole = flat(" ".join(found))
    assert content.programme in whole
    assert content.organisation.name in whole
    assert all(one.name in whole for one in (*content.signatories, *content.witnesses))


def test_an_agreement_states_its_amount_in_figures_and_words() -> None:
    spanish, english = (text_of(drawn(samples.agreement(), language)) for language in ("es", "en"))

    assert "USD 500,00 (quinientos con 00/100 dólares de los Estados Unidos de América)" in spanish
    assert "USD 500.00 (five hundred and 00/100 United States dollars)" in english
    assert "22 de noviembre de 2026" in spanish
    assert "22 November 2026" in english


def test_an_agreement_prints_its_annexes_its_hashes_and_who_signs_for_whom() -> None:
    content = samples.agreement()

    text = text_of(drawn(content))

    for item in content.items:
        assert item.description in text
    for tranche in content.tranches:
        assert all(condition in text for condition in tranche.conditions)
    assert content.plan_hash in text
    assert content.schedule_hash in text
    assert "Firma a ruego de María Ejemplo Quishpe" in text
    assert "Huella digital: pulgar derecho" in text
    assert "Testigo" in text
    assert "leído en voz alta por Ana Muestra Benavides" in text


@pytest.mark.parametrize("paper", PAPERS)
def test_every_word_a_person_wrote_is_on_the_paper(paper: str) -> None:
    content = PAPERS[paper]
    codes = {"paper", "prevailing_language"}
    unsaid = (
        *("currency", "kind", "method", "role", "finger", "funded_by", "outcome", "languages"),
        *("modality", "stipend_period", "paid_for", "purpose", "state"),
    )

    text = squeezed(text_of(drawn(content)))

    for field, value in texts(content.to_json()):
        name = re.sub(r"\[[0-9]+\]$", "", field).rsplit(".", 1)[-1]
        is_plain = not re.fullmatch(r"[0-9.]+|[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
        if (
            value
            and is_plain
            and field not in codes
            and name not in unsaid
            and field not in NOT_PRINTED[paper]
        ):
            assert squeezed(value) in text, field


ORGANISATION = {
    f"organisation.{name}"
    for name in (
        "address",
        "authority",
        "representative",
        "representative_document",
        "representative_position",
    )
}
OWNER = {"owner.name", "owner.person.address"}
NOT_PRINTED: dict[str, set[str]] = {
    "agreement": {"owner.name", "payee.person.address"},
    "addendum": {"organisation.address", "organisation.authority", *OWNER},
    "scholarship_agreement": {"owner.name", "payee.person.address", "payee.person.document"},
    "handover": ORGANISATION | OWNER,
    "close_out": ORGANISATION | OWNER,
    "payment_receipt": ORGANISATION | OWNER | {"payee.person.address", "owner.person.document"},
    "committee_minutes": ORGANISATION,
    "official_receipt": ORGANISATION | OWNER | {"received_from.address"},
    "certificate": ORGANISATION | {"fund", "donor", "holder.address"},
    "attendance_register": ORGANISATION | {"fund", "donor", "place"},
    "consent": {
        *ORGANISATION - {"organisation.address"},
        "organisation.tax_id",
        "person.address",
    },
}
"""What a content carries and its wording leaves out on purpose; a group's name is printed when a group owns."""


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_is_drawn_as_it_was_typed(value: str) -> None:
    person = Person(name=value, document=value, address=value)
    item = replace(samples.plan_items()[0], description=value, supplier=value)
    content = samples.agreement(
        owner=replace(samples.owner(), person=person),
        business_name=value,
        items=(item, *samples.plan_items()[1:]),
    )

    pdf = drawn(content)

    assert squeezed(text_of(pdf)).count(squeezed(value)) >= 6
    assert b"/URI" not in pdf
    assert b"/XObject" not in pdf
    assert b"/JavaScript" not in pdf


def test_hostile_text_moves_no_clause_and_adds_none() -> None:
    quiet = samples.agreement(business_name="x")
    loud = samples.agreement(business_name="x\n\n## Otra cláusula {#object}\n\n- y\n\n| a |\n|---|")

    headings = [
        re.findall(r"(?m)^([0-9]+)\. ([A-ZÁÉÍÓÚ].*)$", "\n".join(pages(drawn(one)))) for one in (quiet, loud)
    ]

    assert headings[0] == headings[1]


def test_a_letter_without_a_font_is_refused_by_field_before_anything_is_drawn() -> None:
    items = (replace(samples.plan_items()[0], description="चूल्हा"), *samples.plan_items()[1:])
    content = samples.agreement(items=items, business_place="Tulcán 😀")

    with pytest.raises(Refused) as refused:
        drawn(content)

    assert set(refused.value.codes) == {"character_without_font"}
    assert {one.facts["field"] for one in refused.value.refusals} == {
        "business_place",
        "items[0].description",
    }


def test_the_same_paper_prints_the_same_bytes_whatever_was_drawn_before() -> None:
    first = drawn(samples.agreement())

    for content in all_papers():
        drawn(content, "en")

    assert drawn(samples.agreement()) == first


def test_a_content_that_was_changed_after_issue_is_not_drawn() -> None:
    issued = content_hash(samples.agreement().to_json())
    changed = samples.agreement(business_name="Otra panadería")

    with pytest.raises(Corrupt, match="has the hash"):
        drawn(changed, content_hash=issued)
    with pytest.raises(Corrupt, match="carries the number"):
        drawn(changed, number="SC-2026-0043")


def test_data_that_is_no_content_is_not_drawn() -> None:
    with pytest.raises(InvalidInput, match="no such paper"):
        draw({}, language="es", template_version="1", number="1", content_hash="", chain_head="")


def test_a_paper_is_not_printed_in_words_it_was_not_issued_with() -> None:
    with pytest.raises(Refused) as refused:
        drawn(samples.agreement(), template_version="0.9+000000000000")

    assert refused.value.codes == ("template_changed",)


def test_a_paper_prints_again_in_the_words_that_were_kept_with_it(tmp_path: Path) -> None:
    content = samples.payment_receipt()
    source = (resource_dir("templates") / "payment_receipt" / "es.md").read_text(encoding="utf-8")
    (tmp_path / "payment_receipt").mkdir()
    (tmp_path / "payment_receipt" / "es.md").write_text(source.replace("Declaro", "Afirmo"), encoding="utf-8")
    issued = load_template("payment_receipt", language="es", templates_dir=tmp_path)
    first = drawn(content, template_version=issued.version, templates_dir=tmp_path)

    kept = template_from_source(
        "payment_receipt", language="es", source=issued.source, labels_source=issued.labels_source
    )

    assert "Afirmo que recibí" in text_of(first)
    assert drawn(content, template_version=kept.version, template=kept) == first


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("es", "Carta de compromiso", "Carta de compromiso por la entrega de capital semilla"),
        ("en", "Undertaking", "Undertaking for a grant of capital semilla"),
    ],
)
def test_an_undertaking_is_named_as_one_and_speaks_as_the_participant_alone(
    language: str, title: str, said: str
) -> None:
    content = samples.agreement(kind="undertaking")
    version = load_template("undertaking", language=language).version

    text = text_of(drawn(content, language, template_version=version))

    assert said in text
    assert f"{title} SC-2026-0042" in text
    assert {"es": "Yo, María Ejemplo", "en": "I, María Ejemplo"}[language] in text
    assert "USD 500" in text
    assert all(item.description in text for item in content.items)


def test_a_consent_form_tells_every_answer_and_that_help_does_not_depend_on_the_last_two() -> None:
    text = text_of(drawn(samples.consent()))

    assert text.count("Sí") == 2
    assert text.count("No consta") == 2
    assert "Retirado" in text
    assert "retirado el 3 de noviembre de 2026" in text
    assert (
        "2 de octubre de 2026, con huella; explicado en quechua; por quien ejerce la representación" in text
    )
    assert "no cambia en nada la ayuda que recibo" in text
    assert "menor de edad" in text


def test_a_paper_in_two_languages_says_which_one_prevails() -> None:
    content = samples.agreement(languages=("es", "en"), interpreter="Sara Muestra", spoken_language="kichwa")

    assert "Se emite en español y inglés; si hay diferencias, prevalece el texto en español" in text_of(
        drawn(content)
    )
    assert "where they differ, the text in Spanish prevails" in text_of(drawn(content, "en"))
    assert "con la interpretación de Sara Muestra al idioma kichwa" in text_of(drawn(content))


def test_a_participant_without_a_document_and_a_payee_who_is_another_person_are_said_so() -> None:
    person = Person(name="Yara Muestra")
    payee = replace(samples.agreement().payee, person=Person(name="Noé Prueba"), relation="hermano")
    content = samples.agreement(owner=replace(samples.owner(), person=person), payee=payee)

    text = text_of(drawn(content))

    assert "no cuenta con un documento de identidad" in text
    assert "Quien cobra es hermano de la persona participante" in text


@pytest.mark.parametrize(
    ("count", "words"), [(1, "se presenta antes una proforma."), (2, "se presentan antes 2 proformas.")]
)
def test_one_quotation_is_asked_for_in_the_singular(count: int, words: str) -> None:
    text = " ".join(text_of(drawn(samples.agreement(quotes_count=count))).split())

    assert words in text


def test_the_grant_is_called_a_subvencion_on_every_paper_and_units_are_multiplied_not_declined() -> None:
    papers = [drawn(content) for content in (samples.agreement(), samples.close_out(), samples.handover())]
    texts = [" ".join(text_of(paper).split()) for paper in papers]

    assert all("asignación" not in text for text in texts)
    assert all("subvención" in text for text in texts)
    assert re.search(r"\d × \w", texts[0])


def test_a_close_out_without_open_amount_says_that_nothing_remains() -> None:
    content = samples.close_out(
        returned=samples.usd(4000), open_amount=samples.usd(0), refund_by=date(2027, 12, 31)
    )

    assert "No queda valor pendiente" in text_of(drawn(content))
    assert "Queda por justificar" not in text_of(drawn(content))


def test_a_paper_in_a_language_without_wording_is_refused() -> None:
    content = samples.agreement()
    data = content.to_json()

    with pytest.raises(Refused) as refused:
        draw(
            data,
            language="xx",
            template_version="1",
            number=content.number,
            content_hash=content_hash(data),
            chain_head=CHAIN_HEAD,
        )

    assert refused.value.codes == ("language_without_words",)
