"""Names of other scripts survive the way in, out and through search in both Unicode forms; all are made up."""

import unicodedata

import pytest
from faker import Faker

from seedfund.kernel.secret import Secret
from seedfund.people.queries import find_participants
from tests.people.samples import head, identity, person, register
from tests.support.programme import House

OWN = {
    "my": [("မောင်ကျော်", "ဇော"), ("ဒေါ်ခင်", "မြင့်")],
    "qu": [("Ñusta", "Quishpe"), ("Rumiñahui", "Ushiña")],
}


def names_of(locale: str) -> list[tuple[str, str]]:
    if locale in OWN:
        return OWN[locale]
    faker = Faker(locale)
    faker.seed_instance(7)
    return [(faker.first_name(), faker.last_name()) for _ in range(2)]


@pytest.mark.parametrize("locale", ["es_CO", "ar_SA", "th_TH", "my", "qu"])
def test_a_name_of_any_script_is_found_and_told_as_it_was_written(house: House, locale: str) -> None:
    names = names_of(locale)
    for given, family in names:
        register(house, head(person(identity(unicodedata.normalize("NFD", given), family))))

    for number, (given, family) in enumerate(names, start=1):
        both = f"{family} {given}"
        for typed in (unicodedata.normalize("NFC", both), unicodedata.normalize("NFD", both)):
            with house.work("field") as work:
                found = find_participants(work, name=Secret(typed))
            assert [hit.number for hit in found] == [f"PT-2026-000{number}"]
            printed = found[0].name.printed.reveal()
            assert unicodedata.normalize("NFC", printed) == unicodedata.normalize("NFC", f"{given} {family}")
