"""Names as people of each place bear them go onto paper and come back; all are made up by a generator or by us."""

import re
import unicodedata
from typing import Final, Literal

import pytest
from faker import Faker

from seedfund.paper.blocks import Align, Paragraph, Span, Table
from seedfund.paper.text import ScriptTypesetter
from tests.paper.text.samples import drawn, read_back

LOCALES = ("es_CO", "es_ES", "ar_SA", "ar_PS", "th_TH", "pt_BR", "fr_FR")
BURMESE = ("မောင်ကျော်ဇော", "ဒေါ်ခင်မြင့်", "နန်းမွေ့ဆိုင်", "စောဖောထူး", "ဥက္ကာ", "သင်္ကြန်")
KICHWA = ("Ñusta Quishpe", "Rumiñahui Guamán", "Sisa Tuquerres", "Inti Maldonado Ushiña", "Amaru Kishpi")
FORMS: Final[tuple[Literal["NFC"], Literal["NFD"]]] = ("NFC", "NFD")
MARKED = re.compile("[\u064b-\u0652]|الله")


def names_of(locale: str, count: int) -> list[str]:
    faker = Faker(locale)
    faker.seed_instance(2026)
    return [faker.name() for _ in range(count)]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_name_of_a_locale_is_refused_in_either_form(locale: str) -> None:
    setter = ScriptTypesetter()
    texts = [("name", unicodedata.normalize(form, name)) for name in names_of(locale, 500) for form in FORMS]

    assert setter.refusals(texts) == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("locale", ["es_CO", "th_TH", "my", "qu"])
def test_names_in_a_list_are_copied_as_they_were_written(locale: str, form: Literal["NFC", "NFD"]) -> None:
    names = {"my": [*BURMESE], "qu": [*KICHWA]}.get(locale) or names_of(locale, 25)
    rows = tuple(((Span(unicodedata.normalize(form, name)),),) for name in names)
    table = Table((Align.LEFT,), ((Span("x"),),), rows)

    assert read_back(drawn([table])) == " ".join(
        ["x", *(unicodedata.normalize("NFC", name) for name in names)]
    )


@pytest.mark.parametrize("language", ["es", "ar"])
def test_arabic_names_are_copied_as_they_were_written_but_for_vowel_marks(language: str) -> None:
    """A mark over a letter is drawn at its own height, and PDFium takes it for another line; Allah is one sign."""
    names = names_of("ar_SA", 80)
    plain = [name for name in names if not MARKED.search(name)]

    found = [read_back(drawn([Paragraph((Span(name),), language=language)], language)) for name in plain]

    assert found == plain
    assert len(plain) > 0.9 * len(names)


@pytest.mark.parametrize("name", [*BURMESE, *KICHWA])
def test_both_forms_of_a_name_are_drawn_alike(name: str) -> None:
    one, other = (drawn([Paragraph((Span(unicodedata.normalize(form, name)),))]) for form in FORMS)

    assert one == other
