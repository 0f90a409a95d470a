"""Made-up people for the search of likely duplicates: households, and pairs planted in twelve ways of going wrong.

Names come from Faker's lists for Colombia, from its Arabic and Thai lists in their own scripts, and from lists of our
own where one name is written in several ways. Beside the planted pairs there are people who are alike and are not one:
brothers and sisters, twins, fathers and sons of one name.
"""

import random
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from faker import Faker

from seedfund.people.rules.values import Sex

SEED: Final = 20_261_127
PER_HOME: Final = 4
FIRST: Final = date(1950, 1, 1)
DAYS: Final = 27_000
LOCALITIES: Final = 60
ASKED: Final = date(2026, 1, 5)
COMMUNITIES: Final = 12
COMMON_FROM: Final = 5
CARRIED: Final = (
    ("Mohammed", "Muhamad"), ("Hussein", "Husayn"), ("Youssef", "Yusuf"), ("Khaled", "Khalid"), ("Ahmed", "Ahmad"),
    ("Omar", "Umar"), ("Osama", "Usama"), ("Abdulrahman", "Abdul Rahman"), ("Kareem", "Karim"), ("Noor", "Nour"),
    ("Saeed", "Said"), ("Rasheed", "Rashid"), ("Al-Hassan", "Hassan"), ("Jaber", "Jabir"), ("Suleiman", "Sulayman"),
    ("Mahmoud", "Mahmud"), ("Qasem", "Kasim"), ("Fatima", "Fatma"), ("Khadija", "Kadija"), ("Zeinab", "Zaynab"),
)  # fmt: skip
ROMANISED: Final = (
    ("Kyaw", "Gyaw"), ("Htun", "Tun"), ("Aung", "Ong"), ("Thein", "Tein"), ("Hpone", "Pone"), ("Khin", "Kin"),
    ("Somchai", "Somjai"), ("Thongchai", "Tongchai"), ("Phongsak", "Pongsak"), ("Chalerm", "Jalerm"), ("Sith", "Sit"),
    ("Myint", "Myin"), ("Zaw", "Saw"), ("Soe", "So"), ("Phyo", "Pyo"), ("Wunna", "Vunna"), ("Khaing", "Kaing"),
)  # fmt: skip
KICHWA: Final = (
    ("Quishpe", "Kishpe"), ("Huamán", "Waman"), ("Guamán", "Huaman"), ("Cunduri", "Kunduri"), ("Quinche", "Kinchi"),
    ("Tzamarenda", "Samarenda"), ("Chuquimarca", "Chukimarka"), ("Llumiquinga", "Yumikinga"), ("Sisa", "Ciza"),
    ("Inti", "Hinti"), ("Cuasqui", "Kwaski"), ("Pacari", "Pakari"), ("Yauri", "Llauri"), ("Illescas", "Iyeskas"),
)  # fmt: skip
_SPELLING: Final = (
    ("v", "b"),
    ("z", "s"),
    ("ll", "y"),
    ("qu", "k"),
    ("ci", "si"),
    ("ce", "se"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person as an officer writes one down; where `age` is given, only it and its day are known."""

    given: str
    family: str
    sex: Sex
    born: date
    locality: str
    community: str
    phone: str
    document: str = ""
    age: int | None = None
    asked_on: date | None = None


Home = tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Households, and the places (household, member) of the two records of each planted pair, by what went wrong."""

    homes: tuple[Home, ...]
    planted: Mapping[str, tuple[tuple[int, int], ...]]
    """Each pair as the numbers of two people, counted through all households from zero."""


class Maker:
    """Makes people from one seed, always the same ones."""

    def __init__(self, seed: int = SEED) -> None:
        self.dice: Final = random.Random(seed)
        faker = Faker("es_CO")
        faker.seed_instance(seed)
        names = {faker.first_name_female(): Sex.FEMALE for _ in range(3000)}
        names |= {faker.first_name_male(): Sex.MALE for _ in range(3000)}
        self._given = {
            sex: sorted(name for name, its in names.items() if its is sex) for sex in (Sex.FEMALE, Sex.MALE)
        }
        self._family = sorted({faker.last_name() for _ in range(5000)})
        for names_of_one in (*self._given.values(), self._family):
            self.dice.shuffle(names_of_one)
        self._scripts = [self._script(language, seed) for language in ("ar_AA", "th_TH")]

    def homes(self, count: int) -> list[Home]:
        """Households of four: two grown-ups and two children, now and then twins or a son of his father's name."""
        return [self._home() for _ in range(count)]

    def _home(self) -> Home:
        dice = self.dice
        locality, community = f"EC{dice.randrange(LOCALITIES):04d}", f"Barrio {dice.randrange(COMMUNITIES)}"
        phone = f"+5939{dice.randrange(10**8):08d}"
        script = dice.random()
        lists = self._scripts[0 if script < 0.04 else 1] if script < 0.08 else None
        father, mother = (self._person(sex, lists) for sex in (Sex.MALE, Sex.FEMALE))
        people = [father, mother]
        surname = f"{father.family.split()[0]} {mother.family.split()[0]}"
        for _ in range(PER_HOME - 2):
            child = self._person(dice.choice((Sex.FEMALE, Sex.MALE)), lists)
            people.append(replace(child, family=surname))
        if dice.random() < 0.02:
            people[3] = replace(people[3], born=people[2].born, sex=people[2].sex)
        if dice.random() < 0.03:
            people[2] = replace(people[2], given=father.given, family=father.family, sex=Sex.MALE)
        return tuple(
            replace(
                one,
                locality=locality,
                community=community,
                phone=phone,
                document=f"AX{dice.randrange(10**8):08d}",
            )
            for one in people
        )

    def _person(self, sex: Sex, lists: tuple[list[str], list[str]] | None) -> Person:
        dice = self.dice
        given, family = (self._given[sex], self._family) if lists is None else lists
        return Person(
            given=" ".join(self._some(given, 1 if lists or dice.random() < 0.4 else 2)),
            family=" ".join(self._some(family, 1 if lists else 2)),
            sex=sex,
            born=FIRST + timedelta(days=dice.randrange(DAYS)),
            locality="",
            community="",
            phone="",
        )

    def _some(self, names: list[str], count: int) -> list[str]:
        """Some names; a few are common and most are rare, as in life."""
        return self.dice.choices(names, cum_weights=_common(len(names)), k=count)

    @staticmethod
    def _script(language: str, seed: int) -> tuple[list[str], list[str]]:
        faker = Faker(language)
        faker.seed_instance(seed)
        given = sorted({faker.first_name() for _ in range(2000)})
        return given, sorted({faker.last_name() for _ in range(2000)})


def world(people: int, each: int) -> World:
    """About so many people in households, with `each` planted pairs of every kind, no two in one household."""
    maker = Maker()
    kinds = len(DISTURBANCES)
    whole = max(each * kinds, (people - each * kinds) // PER_HOME)
    homes = maker.homes(whole)
    chosen = iter(maker.dice.sample(range(whole), each * kinds))
    planted: dict[str, tuple[tuple[int, int], ...]] = {}
    for kind, disturb in DISTURBANCES.items():
        pairs = []
        for home in [next(chosen) for _ in range(each)]:
            member = maker.dice.randrange(2)
            first, second = disturb(maker.dice, homes[home][member])
            # Nobody is found by the number they are called at, or by a document: the second record has none, or the
            # document with a slip.
            second = replace(
                second, phone="", document="" if second.document == first.document else second.document
            )
            homes[home] = tuple(first if place == member else one for place, one in enumerate(homes[home]))
            homes.append((second,))
            pairs.append((home * PER_HOME + member, _place(whole, len(homes) - 1)))
        planted[kind] = tuple(pairs)
    return World(tuple(homes), planted)


def _place(whole: int, home: int) -> int:
    """The number of the only person of a household that was added after the whole ones."""
    return whole * PER_HOME + home - whole


def _plain(text: str) -> str:
    """Without accents, which only Latin letters can do without."""
    if not unicodedata.name(text[0], "").startswith("LATIN"):
        return text
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _order_and_accents(dice: random.Random, one: Person) -> tuple[Person, Person]:
    return one, replace(one, given=_plain(one.family).upper(), family=_plain(one.given).upper())


def _spanish_spelling(dice: random.Random, one: Person) -> tuple[Person, Person]:
    first = replace(
        one, given=dice.choice(("Vicenta", "Zoila", "Llanet", "Quiteria")), family=f"{one.family} Vélez"
    )
    text = first.given.lower(), first.family.lower()
    for letters, others in _SPELLING:
        text = text[0].replace(letters, others), text[1].replace(letters, others)
    return first, replace(first, given=text[0].title(), family=text[1].title())


def _pairs_of(names: tuple[tuple[str, str], ...]) -> Callable[[random.Random, Person], tuple[Person, Person]]:
    def disturb(dice: random.Random, one: Person) -> tuple[Person, Person]:
        (given, given_too), (family, family_too) = dice.sample(names, 2)
        return replace(one, given=given, family=family), replace(one, given=given_too, family=family_too)

    return disturb


def _kichwa(dice: random.Random, one: Person) -> tuple[Person, Person]:
    (family, family_too), (other, other_too) = dice.sample(KICHWA, 2)
    first = replace(one, family=f"{family} {other}")
    return first, replace(first, family=f"{family_too} {other_too}")


def _slip(dice: random.Random, one: Person) -> tuple[Person, Person]:
    words = one.family.split()
    place = max(range(len(words)), key=lambda position: len(words[position]))
    word = words[place]
    at = dice.randrange(1, len(word))
    words[place] = dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at : at + 1] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        )
    )
    return one, replace(one, family=" ".join(words))


def _surname_missing(dice: random.Random, one: Person) -> tuple[Person, Person]:
    first = replace(one, family=f"{one.family} Ejemplo") if len(one.family.split()) < 2 else one
    return first, replace(first, family=first.family.split()[0])


def _day_and_month(dice: random.Random, one: Person) -> tuple[Person, Person]:
    first = replace(one, born=date(one.born.year, 2 + dice.randrange(5), 8 + dice.randrange(5)))
    return first, replace(first, born=date(first.born.year, first.born.day, first.born.month))


def _year_off(dice: random.Random, one: Person) -> tuple[Person, Person]:
    first = replace(one, born=one.born.replace(day=min(one.born.day, 28)))
    year = first.born.year
    return first, replace(first, born=first.born.replace(year=year + (10 if year < 1970 else -10)))


def _age_only(dice: random.Random, one: Person) -> tuple[Person, Person]:
    return one, replace(one, age=ASKED.year - one.born.year - 1, asked_on=ASKED)


def _sign_of_the_document(dice: random.Random, one: Person) -> tuple[Person, Person]:
    """Name and document each with a slip, as when somebody reads them out."""
    first, second = _slip(dice, one)
    at = dice.randrange(2, len(one.document))
    digit = str((int(one.document[at]) + 1 + dice.randrange(9)) % 10)
    return first, replace(second, document=one.document[:at] + digit + one.document[at + 1 :])


def _moved(dice: random.Random, one: Person) -> tuple[Person, Person]:
    first, second = _slip(dice, one)
    return first, replace(second, locality="EC9999", community="Otro")


DISTURBANCES: Final[Mapping[str, Callable[[random.Random, Person], tuple[Person, Person]]]] = (
    MappingProxyType(
        {
            "order and accents": _order_and_accents,
            "Spanish spelling": _spanish_spelling,
            "Kichwa spelling": _kichwa,
            "carried over from Arabic": _pairs_of(CARRIED),
            "carried over from Burmese and Thai": _pairs_of(ROMANISED),
            "a slip of the pen": _slip,
            "a surname left out": _surname_missing,
            "day and month swapped": _day_and_month,
            "a digit of the year": _year_off,
            "only the age known": _age_only,
            "a slip, and moved away": _moved,
            "a slip, and one in the document": _sign_of_the_document,
        }
    )
)
"""What went wrong with the second record → the two records of a person."""


@cache
def _common(count: int) -> list[float]:
    """How often names of a list come, added up: the n-th half as often as the one at half of its place."""
    return list(accumulate(1 / (place + COMMON_FROM) for place in range(count)))
