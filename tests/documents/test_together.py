"""A paper in two of its languages: clause beside clause, both hashes at the foot, the prevailing text said to be so."""

import re
from typing import Any

import pytest

from seedfund.documents.content import Content, content_hash
from seedfund.documents.layouts import Arrangement, Version, draw_together
from seedfund.documents.layouts.together import blocks_together
from seedfund.documents.wording import load_template, template_from_source
from seedfund.kernel.errors import Corrupt, Refused
from seedfund.paper.blocks import Columns, Heading
from tests.documents import samples
from tests.documents.samples import CHAIN_HEAD
from tests.documents.test_drawing import flat, pages

SIDE, AFTER = Arrangement


def version(content: Content, language: str, **changes: Any) -> Version:
    data = content.to_json()
    values: dict[str, Any] = {
        "content": content,
        "data": data,
        "language": language,
        "wording": load_template(content.wording, language=language),
        "number": content.number,
        "content_hash": content_hash(data),
        "chain_head": CHAIN_HEAD,
    }
    return Version(**{**values, **changes})


def both(content: Content, first: str, second: str) -> tuple[Version, Version]:
    """Two texts of one paper; the translation has a number and so a hash of its own."""
    changes = {"languages": (first, second), "prevailing_language": first}
    main = type(content).from_json({**content.to_json(), **changes})
    other = type(content).from_json({**main.to_json(), "number": f"{content.number}-{second.upper()}"})
    return version(main, first), version(other, second)


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("second", ["en", "fr", "pt", "qu", "th", "my"])
def test_both_texts_are_whole_and_both_hashes_stand_on_every_page(
    arrangement: Arrangement, second: str
) -> None:
    texts = both(samples.agreement(), "es", second)

    found = pages(draw_together(*texts, arrangement=arrangement))

    whole = flat(" ".join(found)).replace(" ", "")
    for one in texts:
        assert all(one.content_hash in page for page in found)
        headings = [block for block in one.wording.blocks(one.data) if isinstance(block, Heading)]
        assert len(headings) > 20
        for heading in headings:
            assert re.sub(r"\s", "", "".join(span.text for span in heading.spans)) in whole
    assert "español(textoqueprevalece)" in whole


@pytest.mark.parametrize(
    "content", [samples.payment_receipt(), samples.consent(), samples.agreement(kind="undertaking")]
)
@pytest.mark.parametrize("arrangement", Arrangement)
def test_every_paper_of_participants_is_drawn_in_two_languages(
    content: Content, arrangement: Arrangement
) -> None:
    texts = both(content, "es", "en")

    found = flat(" ".join(pages(draw_together(*texts, arrangement=arrangement))))

    for one in texts:
        assert one.wording.title in found
    assert "Spanish (the text that prevails)" not in found
    assert "English" in found


def test_side_by_side_is_signed_once_and_one_after_the_other_under_each_text() -> None:
    texts = both(samples.agreement(), "es", "en")

    beside, behind = (flat(" ".join(pages(draw_together(*texts, arrangement=one)))) for one in (SIDE, AFTER))

    # Who cannot sign is witnessed by two.
    assert beside.count("Testigo / Witness") == 2
    assert behind.count("Testigo") == behind.count("Witness") == 2
    assert "Huella digital: pulgar derecho / Thumbprint: right thumb" in beside


def test_the_same_two_texts_give_the_same_bytes_and_another_order_gives_others() -> None:
    spanish, english = both(samples.agreement(), "es", "en")

    first = draw_together(spanish, english, arrangement=SIDE)

    assert draw_together(spanish, english, arrangement=SIDE) == first
    assert draw_together(english, spanish, arrangement=SIDE) != first
    assert draw_together(spanish, english, arrangement=AFTER) != first


@pytest.mark.parametrize(("first", "second"), [("th", "my"), ("ar", "es"), ("es", "th")])
@pytest.mark.parametrize("content", [samples.agreement(), samples.payment_receipt(), samples.consent()])
def test_clauses_stand_beside_one_another_in_any_script(content: Content, first: str, second: str) -> None:
    left, right = both(content, first, second)

    found = [one for one in blocks_together(left, right) if isinstance(one, Columns)]

    for one in found:
        anchors = [
            [block.anchor for block in side if isinstance(block, Heading)] for side in (one.left, one.right)
        ]
        assert anchors[0] == anchors[1]
    assert [one.goes_on for one in found] == [False] + [True] * (len(found) - 1)


def test_an_altered_text_of_the_two_is_not_drawn() -> None:
    spanish, english = both(samples.agreement(), "es", "en")
    altered = version(english.content, "en", content_hash="0" * 64)

    with pytest.raises(Corrupt):
        draw_together(spanish, altered, arrangement=SIDE)


def test_an_old_wording_that_cannot_say_which_text_prevails_is_refused() -> None:
    spanish, english = both(samples.agreement(), "es", "en")
    labels = english.wording.labels_source.replace("text_prevails", "text_old")
    old = template_from_source(
        "agreement", language="en", source=english.wording.source, labels_source=labels
    )

    with pytest.raises(Refused) as refused:
        draw_together(spanish, version(english.content, "en", wording=old), arrangement=SIDE)

    assert refused.value.codes == ("template_label_missing",)


def test_a_clause_that_one_text_alone_has_is_not_lost() -> None:
    spanish, english = both(samples.payment_receipt(), "es", "en")
    source = spanish.wording.source.replace(
        "## Firma {#signing}", "## Aviso {#notice}\n\nSolo aquí.\n\n## Firma {#signing}"
    )
    more = template_from_source(
        "payment_receipt", language="es", source=source, labels_source=spanish.wording.labels_source
    )

    found = flat(
        " ".join(
            pages(draw_together(version(spanish.content, "es", wording=more), english, arrangement=SIDE))
        )
    )

    assert "Solo aquí." in found
    assert "Signature" in found
