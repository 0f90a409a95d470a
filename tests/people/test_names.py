"""A name is found however it was written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.people.names import fold, name_key, phonetic, search_keys, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  José   MARÍA ", "jose maria"),
        ("Ñusta", "nusta"),
        ("O'Brien", "obrien"),
        ("Pérez-Gómez", "perez gomez"),
        ("Straße Øystein Łukasz", "strasse oystein lukasz"),
        ("محمّد", "محمد"),
        ("มานี", "มานี"),
        ("", ""),
    ],
)
def test_a_name_is_folded_without_losing_letters_of_other_scripts(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_order_of_words_and_small_words_do_not_matter() -> None:
    assert name_key("María de los Ángeles Quishpe") == name_key("QUISHPE Angeles, Maria")
    assert tokens("De La") == ("de", "la")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Quishpe", "Kishpe"),
        ("Quishpe", "Quispe"),
        ("Quizhpe", "Kishpe"),
        ("Vallejo", "Bayejo"),
        ("Zambrano", "Sanbrano"),
        ("Huamán", "Guamán"),
        ("Huamán", "Wamán"),
        ("Güiracocha", "Wiracocha"),
        ("Hernández", "Ernandes"),
        ("Jiménez", "Gimenes"),
        ("Javier", "Xavier"),
        ("Yupanqui", "Llupanki"),
        ("Cecilia", "Sesilia"),
        ("Guerrero", "Guerero"),
        ("Rey", "Rei"),
        ("Zhunio", "Shunio"),
    ],
)
def test_names_that_sound_alike_meet(first: str, second: str) -> None:
    assert phonetic(first) == phonetic(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Chango", "Sango"), ("Guerrero", "Herrero"), ("Gallo", "Galo"), ("Peña", "Pela"), ("Rosa", "Rocha")],
)
def test_names_that_sound_unlike_stay_apart(first: str, second: str) -> None:
    assert phonetic(first) != phonetic(second)


def test_a_name_is_found_whole_by_word_and_by_sound() -> None:
    assert search_keys("Rosa de Quishpe A.") == (
        "n:quishpe rosa",
        "s:kispe",
        "s:rosa",
        "w:quishpe",
        "w:rosa",
    )
    assert search_keys(" ") == ()


@given(st.text(max_size=40))
def test_any_text_can_be_folded_and_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert name_key(name_key(text)) == name_key(text)
    assert isinstance(phonetic(text), str)


@given(st.lists(st.sampled_from(["rosa", "Ñusta", "QUISHPE", "luz", "Vallejo"]), min_size=1, max_size=5))
def test_any_order_and_case_give_the_same_keys(words: list[str]) -> None:
    assert search_keys(" ".join(words)) == search_keys("  ".join(reversed(words)).upper())
