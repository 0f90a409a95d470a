"""Every sentence can be read in Spanish and in English, and a missing one is shown rather than lost."""

import subprocess
import sys

import pytest

from seedfund.kernel.errors import InvalidInput, RefusalCode
from seedfund.kernel.messages import (
    contradictions,
    languages,
    placeholders,
    remedy,
    sentence,
    translate,
    untranslated,
)
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
