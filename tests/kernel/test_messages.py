"""Every sentence can be read in Spanish and in English, and a missing one is shown rather than lost."""

import subprocess
import sys

import pytest

from seedfund.kernel.errors import (
    Busy,
    InvalidInput,
    MissingExtra,
    NotAllowed,
    NotFound,
    RefusalCode,
    SeedfundError,
)
from seedfund.kernel.messages import (
    contradictions,
    error_templates,
    known,
    languages,
    placeholders,
    remedy,
    sentence,
    told,
    translate,
    untranslated,
)
from seedfund.kernel.money import restyled
from seedfund.kernel.states import NO_SUCH_STEP

STEP = NO_SUCH_STEP(
    what="plan", which="PN-7", state="walled", wanted="open", possible="none, this is an end state"
)
NEW = RefusalCode("new", "A sentence that no catalogue has: {number}.", "Write it.")


def test_a_refusal_is_read_in_english_as_it_was_declared() -> None:
    assert (sentence(STEP, "en"), remedy(STEP, "en")) == (STEP.sentence, STEP.remedy)


def test_a_refusal_is_read_in_spanish_with_its_facts() -> None:
    refusal = NO_SUCH_STEP(what="plan", which="PN-7", state="x", wanted="y", possible="z, w")

    assert sentence(refusal, "es") == "plan PN-7 está en estado «x»; desde ahí no puede pasar a «y»."
    assert remedy(refusal, "es") == "Pasos posibles: z, w."


def test_a_fact_that_is_our_own_word_is_read_in_spanish_too() -> None:
    assert remedy(STEP, "es") == "Pasos posibles: ninguno, es un estado final."


def test_a_sentence_nobody_translated_yet_is_shown_in_english() -> None:
    assert sentence(NEW(number=3), "es") == "A sentence that no catalogue has: 3."
    assert untranslated([NO_SUCH_STEP, NEW], "es") == ("new",)


@pytest.mark.parametrize("language", ["xx", "ES", "", "../es"])
def test_an_unknown_language_is_a_typed_error(language: str) -> None:
    for ask in (
        lambda: translate("anything", language),
        lambda: sentence(STEP, language),
        lambda: untranslated([NEW], language),
        lambda: contradictions(language),
    ):
        with pytest.raises(InvalidInput, match="use one of en, es") as caught:
            ask()
        assert caught.value.field == "language"


def test_english_and_spanish_are_there_and_english_lacks_nothing() -> None:
    assert languages()[:2] == ("en", "es")
    assert untranslated([NEW], "en") == ()


@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_no_two_areas_translate_one_sentence_differently(language: str) -> None:
    assert contradictions(language) == ()


def test_a_sentence_names_its_facts() -> None:
    assert placeholders("{amount} of {fund}, {amount} again") == {"amount", "fund"}


def test_catalogues_and_their_reader_stay_closed_until_a_sentence_is_shown() -> None:
    code = (
        "import sys, seedfund.kernel.money, seedfund.kernel.errors, seedfund.kernel.states;"
        "sys.exit('babel' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize(
    ("error", "spanish"),
    [
        (
            InvalidInput(
                field="amount", problem="it is empty", remedy="give it a value", row=3, file="a.csv"
            ),
            "archivo a.csv, fila 3, campo amount: está vacío; dele un valor.",
        ),
        (
            InvalidInput(field="day", problem="'x' is not a date", remedy="use one of grant, plan"),
            "campo day: «x» no es una fecha; use uno de grant, plan.",
        ),
        (
            NotFound(what="budget line", which="F1/09"),
            "no hay línea de presupuesto F1/09 en este programa. Búsquelo con: seedfund list.",
        ),
        (
            NotFound(what="benefit", which="seed_capital on 2026-11-22"),
            "no hay beneficio seed_capital al 2026-11-22 en este programa. Búsquelo con: seedfund list.",
        ),
        (
            NotFound(what="kind of file", which="household", look="seedfund import --kinds"),
            "no hay tipo de archivo household. Vea lo que hay con: seedfund import --kinds",
        ),
        (
            NotFound(
                what="kind of file",
                which="household (did you mean households?)",
                look="seedfund import --kinds",
            ),
            "no hay tipo de archivo household (¿quiso decir households?). Vea lo que hay con: "
            "seedfund import --kinds",
        ),
        (
            MissingExtra(extra="xlsx", what="A spreadsheet"),
            "Una hoja de cálculo necesita un paquete opcional. Instálelo con: pip install 'seedfund[xlsx]'.",
        ),
        (
            NotAllowed(
                "pay needs one of these roles: cashier, auditor. Ask an administrator of the programme."
            ),
            "pay necesita uno de estos roles: caja, auditoría. Pídalo a la administración del programa.",
        ),
        (
            Busy(
                "still busy after 8 attempts; try again later. another process is writing; run the unit again."
            ),
            "sigue ocupada después de 8 intentos; intente más tarde. "
            "otro proceso está escribiendo; ejecute todo de nuevo.",
        ),
    ],
)
def test_an_error_is_read_in_spanish_with_its_facts(error: SeedfundError, spanish: str) -> None:
    assert told(error, "es") == spanish
    assert told(error, "en") == str(error)


def test_an_error_nobody_translated_yet_is_shown_in_english() -> None:
    assert known("something of its own kind", "es") == "something of its own kind"


def test_every_error_is_known_again_and_none_is_taken_for_another() -> None:
    for template, spanish in error_templates("es").items():
        facts = {name: f"Fact{place}" for place, name in enumerate(sorted(placeholders(template)))}
        assert known(template.format(**facts), "es") == spanish.format(**facts)


def test_an_amount_in_a_sentence_is_written_as_the_language_writes_numbers() -> None:
    over = RefusalCode("over", "{wanted} is more than {free}.", "Ask for {free} or less.")
    refusal = over(wanted="USD 1250.50", free="JOD 0.250")

    assert sentence(refusal, "es").count("USD 1.250,50") == 1
    assert "JOD 0,250" in remedy(refusal, "es")
    assert "USD 1,250.50" in sentence(refusal, "en")


@pytest.mark.parametrize("text", ["USD", "USD 5", "USD 5.000", "XXX 5.00", "about USD 5.00", "usd 5.00"])
def test_what_is_no_amount_as_we_store_it_is_left_as_it_is(text: str) -> None:
    assert restyled(text, "es") == text
