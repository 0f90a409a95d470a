"""Finding a person: names in any order and spelling, in both Unicode forms, by sound; numbers however written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import InvalidInput, NotAllowed
from seedfund.kernel.secret import Secret
from seedfund.people.names import search_keys
from seedfund.people.queries import Found, find_participants
from seedfund.people.rules import Identity, normal_phone, number_key, phone_keys
from seedfund.people.service import CorrectIdentity, correct_identity
from tests.people.samples import document, head, identity, key, person, propose, register
from tests.support.programme import House


def find(house: House, actor: str = "field", **wanted: str) -> list[Found]:
    with house.work(actor) as work:
        return find_participants(
            work,
            region=wanted.pop("region", ""),
            **{name: Secret(text) for name, text in wanted.items()},
        )


@pytest.mark.parametrize(
    "typed",
    [
        "María Quishpe",
        "quishpe maria",
        "QUISHPE, MARÍA",
        unicodedata.normalize("NFD", "María Quishpe"),
        "Kishpe Maria",
        "Mar\u200bía",
        "Guaman",
        "Waman Maria",
        "María Fernanda de la Quishpe Huamán",
    ],
)
def test_a_name_is_found_in_any_order_accent_form_and_sound(house: House, typed: str) -> None:
    register(house, head(person(identity("María Fernanda", "Quishpe Guamán"))))
    register(house, head(person(identity("Marta Lucía", "Cuesta Vallejo"))))

    assert [hit.number for hit in find(house, name=typed)] == ["PT-2026-0001"]


@pytest.mark.parametrize("typed", ["Quishpe Vallejo", "Pérez", "M", ""])
def test_a_name_is_found_only_when_every_word_fits(house: House, typed: str) -> None:
    register(house, head(person(identity("María Fernanda", "Quishpe Guamán"))))

    assert find(house, name=typed) == []


def test_the_whole_name_comes_before_exact_words_and_those_before_sounds(house: House) -> None:
    register(house, head(person(identity("Ana", "Kishpe"))))
    register(house, head(person(identity("Ana María", "Quishpe"))))
    register(house, head(person(identity("Ana", "Quishpe"))))

    found = find(house, name="Quishpe Ana")
    assert [hit.number for hit in found] == ["PT-2026-0003", "PT-2026-0002", "PT-2026-0001"]
    assert [hit.household for hit in found] == ["HH-2026-0003", "HH-2026-0002", "HH-2026-0001"]


def test_an_alias_finds_a_person_too(house: House) -> None:
    alias = Identity(given_names=Secret("Rosa"), family_names=Secret("Prueba"), alias=Secret("La Ñata"))
    register(house, head(person(alias)))

    assert [hit.name.printed.reveal() for hit in find(house, name="nata")] == ["Rosa Prueba"]


@pytest.mark.parametrize("typed", ["0912345675", "912345675", "091.234-5675", " ０９１２３４５６７５ "])
def test_a_document_is_found_however_it_was_written(house: House, typed: str) -> None:
    register(house, head(person(identity(), document("091-234567-5"))))

    assert [hit.number for hit in find(house, document=typed)] == ["PT-2026-0001"]


def test_an_account_is_found_and_a_document_of_that_number_is_not(house: House) -> None:
    home = register(house, head(person(identity(), document("0912345675"))))
    propose(house, home.members[0].participant, "22-0044-5566")

    assert [hit.number for hit in find(house, account="2200445566")] == ["PT-2026-0001"]
    assert find(house, document="2200445566") == []
    assert find(house, account="0912345675") == []


@pytest.mark.parametrize(
    ("typed", "region"),
    [("+593 99 123 4567", ""), ("0991234567", "EC"), ("0991234567", ""), ("991234567", "")],
)
def test_a_phone_is_found_with_and_without_its_country(house: House, typed: str, region: str) -> None:
    register(house, head(person(identity("Rosa", "Prueba", "099 123 4567"))))

    assert [hit.number for hit in find(house, phone=typed, region=region)] == ["PT-2026-0001"]


def test_a_corrected_name_is_found_and_the_old_one_is_not(house: House) -> None:
    home = register(house, head(person(identity("Roza", "Pruevita", "0991234567"))))
    command = CorrectIdentity(
        key=key(), participant=home.members[0].participant, identity=identity("Luzmila", "Ensayo")
    )
    with house.work("field") as work:
        assert correct_identity(work, command).version == 2

    assert [hit.number for hit in find(house, name="Luzmila")] == ["PT-2026-0001"]
    assert find(house, name="Pruevita") == find(house, phone="0991234567") == []


def test_one_thing_is_searched_at_a_time_and_by_the_team_only(house: House) -> None:
    with pytest.raises(InvalidInput, match="2 things"):
        find(house, name="Rosa", phone="0991234567")
    with pytest.raises(InvalidInput, match="no digit"):
        find(house, document="N/A")
    with pytest.raises(NotAllowed, match="nobody"):
        find(house, actor="nobody", name="Rosa")


NAMES = st.text(alphabet="abcdefghijklmnñopqrstuvwxyzáéíóúüç '-", min_size=1, max_size=40)


@given(NAMES)
def test_order_case_and_form_never_change_the_keys(name: str) -> None:
    words = name.split()
    turned = " ".join(reversed(words)).upper()

    assert set(search_keys(unicodedata.normalize("NFD", turned))) == set(search_keys(name))


@given(st.text(alphabet="0123456789", min_size=1, max_size=20), st.sampled_from([" ", "-", ".", " / "]))
def test_separators_and_leading_zeros_never_change_a_number(digits: str, gap: str) -> None:
    expected = number_key(Secret(digits))

    assert number_key(Secret("00" + gap.join(digits))) == expected


@given(st.text(max_size=30))
def test_no_phone_is_ever_refused(text: str) -> None:
    assert isinstance(phone_keys(normal_phone(text, "EC")), tuple)
