"""Two records are compared as a careful colleague would: what agrees counts, what speaks against counts too."""

import sys
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import MissingExtra
from seedfund.kernel.secret import Secret
from seedfund.people.rules import AgeSource, Birth, Sex, number_key
from seedfund.people.rules.likeness.alike import POINTS, PROPOSED_FROM, SCORE_MAX, Alike, Trait
from seedfund.people.rules.likeness.blocking import Block, Blocking, keys_of
from seedfund.people.rules.likeness.folding import words_of
from seedfund.people.rules.likeness.known import Known, years_of
from seedfund.people.rules.likeness.nearness import near_forms
from seedfund.people.rules.likeness.scoring import Scorer, births, mates_met

SCORER = Scorer()
BORN = date(1990, 5, 17)


def known(name: str = "Rosa Elvira Prueba Cuasi", born: date | None = BORN, **changes: Any) -> Known:
    years = None if born is None else (born.year, born.year)
    usual = Known("1", (words_of(name),), Sex.FEMALE, born, years, country="EC", locality="EC0401")
    return replace(usual, **changes)


def how(one: str, other: str) -> Alike:
    return SCORER.names(known(one), known(other))


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Rosa Elvira Prueba Cuasi", "PRUEBA CUASI, Rosa Elvira", Alike.SAME),
        ("José Ibáñez", "Jose\u0301 Iba\u0301n\u0303ez", Alike.SAME),
        ("José de la Cruz", "Cruz José", Alike.SAME),
        ("Sra. Ana Prueba", "Ana Prueba", Alike.SAME),
        ("María José Vallejo", "Maria Joze Bayejo", Alike.SAME_SOUND),
        ("Ximena Jiménez", "Jimena Gimenes", Alike.SAME_SOUND),
        ("Hilda Quiroz", "Ilda Kiros", Alike.SAME_SOUND),
        ("Luis Quishpe Huamán", "Luis Kishpe Guaman", Alike.SAME_SOUND),
        ("Tzamarenda Shiguango", "Samarenda Siguango", Alike.SAME_SOUND),
        ("Nina Cuasqui", "Nina Kwaski", Alike.CARRIED_OVER),
        ("Mohammed Al-Hassan", "Muhamad Hassan", Alike.CARRIED_OVER),
        ("Hussein Saeed", "Husayn Said", Alike.CARRIED_OVER),
        ("Abdulrahman Youssef", "Abdul Rahman Yusuf", Alike.CARRIED_OVER),
        ("Kyaw Htun", "Gyaw Tun", Alike.CARRIED_OVER),
        ("Somchai Thongdee", "Somjai Tongdi", Alike.CARRIED_OVER),
        ("Juan Martinez", "Juan Martinze", Alike.CARRIED_OVER),
        ("Juan Prueba", "Juan Pruebva", Alike.SAME_SOUND),
        ("Rosalinda Prueba", "Roalinda Prueba", Alike.ONE_SLIP),
        ("R. Prueba Cuasi", "Rosa Prueba Cuasi", Alike.INITIALS),
        ("Rosa Prueba", "Rosa Elvira Prueba Cuasi", Alike.WORDS_MISSING),
        ("Roalinda Prueba", "Rosalinda Prueba Cuasi", Alike.WORDS_MISSING_ALIKE),
        ("María José Prueba Cuasi", "María Belén Prueba Cuasi", Alike.ONE_WORD_DIFFERS),
        ("Mario Prueba Cuasi", "María Prueba Cuasi", Alike.ONE_WORD_DIFFERS),
        ("Daniel Prueba Cuasi", "Daniela Prueba Cuasi", Alike.ONE_WORD_DIFFERS),
        ("Aung", "Aung", Alike.ONLY_WORD),
        ("Rosa", "Rosa Prueba", Alike.ONE_WORD),
        ("Rosa Prueba", "Rosa Ensayo", Alike.DIFFERENT),
        ("Juan Mora", "Jenny Mero", Alike.DIFFERENT),
        ("محمد أحمد", "احمد مُحَمَّد", Alike.SAME),
        ("فاطمة الحسن", "فاطمه حسن", Alike.SAME),
        ("สมชาย ใจดี", "ใจดี สมชาย", Alike.SAME),
        ("ကျော် ထွန်း", "ထွန်း ကျော်", Alike.SAME),
        ("محمد أحمد", "Mohammed Ahmed", Alike.DIFFERENT),
    ],
)
def test_a_name_is_known_again_however_it_was_written(one: str, other: str, wanted: Alike) -> None:
    assert (how(one, other), how(other, one)) == (wanted, wanted)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (date(1990, 5, 17), date(1990, 5, 17), Alike.SAME),
        (date(1990, 5, 7), date(1990, 7, 5), Alike.DAY_AND_MONTH_SWAPPED),
        (date(1968, 5, 17), date(1986, 5, 17), Alike.YEAR_OFF),
        (date(1994, 5, 17), date(2004, 5, 17), Alike.YEAR_OFF),
        (date(1990, 5, 17), date(1990, 5, 11), Alike.DAY_OR_MONTH_OFF),
        (date(1990, 5, 17), date(1990, 9, 17), Alike.DAY_OR_MONTH_OFF),
        (date(1990, 5, 17), date(1991, 8, 2), Alike.DIFFERENT),
        (date(1990, 5, 17), date(1993, 8, 2), Alike.YEARS_APART),
        (date(1990, 5, 17), date(2012, 8, 2), Alike.MANY_YEARS_APART),
        # The first of January stands for "I know the year".
        (date(1990, 1, 1), date(1990, 1, 1), Alike.SAME_YEAR),
        (date(1990, 1, 1), date(1990, 5, 17), Alike.SAME_YEAR),
        (date(1990, 1, 1), date(1991, 5, 17), Alike.YEAR_BESIDE),
        (date(1990, 1, 1), None, None),
    ],
)
def test_a_birth_is_compared_as_well_as_it_is_known(
    one: date | None, other: date | None, wanted: Alike | None
) -> None:
    assert births(known(born=one), known(born=other)) == births(known(born=other), known(born=one)) == wanted


@pytest.mark.parametrize(
    ("birth", "years"),
    [
        (None, None),
        (Birth(AgeSource.DOCUMENT, born_on=BORN), (1990, 1990)),
        (Birth(AgeSource.DECLARED, born_in=1991), (1991, 1991)),
        (Birth(AgeSource.ESTIMATED, age=30, asked_on=date(2026, 3, 1)), (1995, 1996)),
    ],
)
def test_an_age_is_two_years_of_birth(birth: Birth | None, years: tuple[int, int] | None) -> None:
    assert years_of(birth) == years


ALIKE = known()
"""Each row: what is different about the second record, and whether a person should look."""


@pytest.mark.parametrize(
    ("other", "is_proposed"),
    [
        (known("Rosa Elvira Prueva Quasi"), True),
        (known("Roza Prueba Cuasi", date(1990, 5, 17), locality="EC9999"), True),
        (known(born=date(1990, 1, 1)), True),
        (known(born=None), False),
        (known(born=None, phones=("a",)), False),
        (known(born=date(1957, 8, 2)), False),
        (known("Rosa Belén Prueba Cuasi"), False),
        (known("Luz Ensayo"), False),
        (known(sex=Sex.MALE, born=date(1990, 1, 1)), False),
        (known(sex=Sex.NOT_COLLECTED), True),
        (known("Ana Ensayo", documents=("d",)), False),
    ],
)
def test_a_name_alone_proposes_nobody_and_what_speaks_against_counts(other: Known, is_proposed: bool) -> None:
    assert (SCORER.compare(ALIKE, other).score >= PROPOSED_FROM) is is_proposed


def test_twins_and_siblings_under_one_roof_are_let_be_and_a_second_entry_is_not() -> None:
    first = known("María José Prueba Cuasi", home="h", phones=("p",), accounts=("a",))
    twin = replace(first, names=(words_of("María Belén Prueba Cuasi"),))

    assert SCORER.compare(first, twin).score < PROPOSED_FROM
    assert SCORER.compare(first, replace(first, key="2")).score >= PROPOSED_FROM


def test_a_father_and_a_son_of_one_name_are_two_people() -> None:
    father = known("Luis Prueba Cuasi", date(1961, 4, 3), sex=Sex.MALE, home="h")
    assert SCORER.compare(father, replace(father, born_on=BORN, years=(1990, 1990))).score < PROPOSED_FROM


def test_a_household_of_the_same_people_counts_for_each_of_them() -> None:
    mates = (("ls", 1988), ("an", 2015))
    assert mates_met(mates, (("an", 2016), ("ls", 1988))) == 2
    assert mates_met(mates, (("an", 2018),)) == 0
    reasons = SCORER.compare(known(home="h", mates=mates), known(home="i", mates=mates)).reasons
    assert (Trait.HOUSEHOLD, Alike.MEMBERS_ALIKE) in {(one.trait, one.alike) for one in reasons}


def test_without_the_package_that_measures_letters_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)

    with pytest.raises(MissingExtra, match=r"pip install 'seedfund\[match\]'"):
        Scorer()


def test_an_alias_counts_as_a_name() -> None:
    with_alias = known("Rosa Prueba", names=(words_of("Rosa Prueba"), words_of("Yanet Ensayo")))
    assert SCORER.names(with_alias, known("Yaneth Ensayo")) is Alike.SAME_SOUND


PEOPLE = st.builds(
    lambda name, born, sex, phone, home, place: Known(
        "k", (words_of(name),), sex, born, (born.year, born.year), phones=phone, home=home, locality=place
    ),
    name=st.lists(
        st.sampled_from(("Rosa", "Roza", "Luis", "Prueba", "Prueva", "Cuasi", "Kwasi", "Ana", "محمد", "R")),
        min_size=1,
        max_size=4,
    ).map(" ".join),
    born=st.dates(date(1950, 1, 1), date(2020, 1, 1)),
    sex=st.sampled_from(Sex),
    phone=st.sampled_from(((), ("p",), ("q",))),
    home=st.sampled_from((None, "h", "i")),
    place=st.sampled_from(("", "EC01", "EC02")),
)


@given(PEOPLE, PEOPLE)
def test_a_score_is_the_sum_of_its_reasons_and_the_same_from_either_side(one: Known, other: Known) -> None:
    told, back = SCORER.compare(one, other), SCORER.compare(other, one)

    assert told == back
    assert 0 <= told.score <= SCORE_MAX
    assert told.score == max(0, min(SCORE_MAX, sum(reason.points for reason in told.reasons)))
    assert SCORER.compare_from(one, other, PROPOSED_FROM) == (told if told.score >= PROPOSED_FROM else None)


@given(PEOPLE)
def test_nobody_is_more_like_another_than_like_themselves(one: Known) -> None:
    itself = SCORER.compare(one, one)
    assert itself.score >= SCORER.compare(one, replace(one, born_on=None, years=None)).score


def test_every_likeness_has_its_points_and_every_point_its_sign() -> None:
    against = {Alike.YEARS_APART, Alike.MANY_YEARS_APART, Alike.LIVE_TOGETHER}
    assert {alike for (_, alike), points in POINTS.items() if points < 0} == against | {Alike.DIFFERENT}
    assert set(Trait) == {trait for trait, _ in POINTS}
    assert set(Alike) == {alike for _, alike in POINTS}


@pytest.mark.parametrize(
    ("other", "block"),
    [
        (known("Cuasi Rosa", date(1991, 3, 2)), Block.TWO_NAMES_AND_YEAR),
        (known("Roza Elbira Prueva Quasi", date(1957, 3, 2)), Block.WHOLE_NAME),
        (known("Roza Otra", date(1990, 5, 17), locality=""), Block.NAME_AND_BIRTHDAY),
        (known("Ruth Elsa Paz Cano", date(1990, 3, 2)), Block.INITIALS_PLACE_AND_YEAR),
        (known("Nadie Conocida"), Block.BIRTHDAY_AND_PLACE),
    ],
)
def test_each_key_brings_together_what_it_forgives(other: Known, block: Block) -> None:
    assert list(Blocking([ALIKE, other], SCORER.sounds).pairs(block)) == [(0, 1)]


def test_a_swapped_day_and_month_meet_by_the_birthday() -> None:
    one, other = known("Rosa Uno", date(1990, 5, 7)), known("Rosa Dos", date(1990, 7, 5))
    assert set(keys_of(one, Block.NAME_AND_BIRTHDAY, SCORER.sounds)) & set(
        keys_of(other, Block.NAME_AND_BIRTHDAY, SCORER.sounds)
    )


@pytest.mark.parametrize(
    ("one", "other", "block"),
    [
        (known("Uno Dos", phones=("x", "y")), known("Tres", phones=("y", "z")), Block.PHONE),
        (known("Uno Dos", documents=("x",)), known("Tres", documents=("x",)), Block.DOCUMENT),
        (known("Uno Dos", accounts=("x",)), known("Tres", accounts=("x", "z")), Block.ACCOUNT),
    ],
)
def test_a_shared_number_brings_two_people_together(one: Known, other: Known, block: Block) -> None:
    assert list(Blocking([one, other], SCORER.sounds).pairs(block)) == [(0, 1)]


@given(st.lists(PEOPLE, min_size=2, max_size=8))
def test_blocks_bring_together_exactly_who_shares_a_key(people: list[Known]) -> None:
    sounds = SCORER.sounds
    for block in (Block.WHOLE_NAME, Block.NAME_AND_BIRTHDAY, Block.BIRTHDAY_AND_PLACE, Block.PHONE):
        keys = [set(keys_of(one, block, sounds)) for one in people]
        wanted = {
            (one, other) for one, other in combinations(range(len(people)), 2) if keys[one] & keys[other]
        }
        assert set(Blocking(people, sounds).pairs(block)) == wanted


def test_a_block_too_large_is_cut_by_sex_and_place_and_what_is_left_out_is_told() -> None:
    crowd = [
        known(born=None, key=str(number), sex=sex) for number in range(5) for sex in (Sex.FEMALE, Sex.MALE)
    ]
    blocking = Blocking([*crowd, known(born=None, locality="EC0402")], SCORER.sounds, most=4)

    assert list(blocking.pairs(Block.WHOLE_NAME)) == []
    told = blocking.told[0]
    assert (told.blocks, told.cut, told.left_out, told.people, told.pairs) == (1, 1, 2, 10, 0)
    roomier = Blocking([*crowd, known(born=None, locality="EC0402")], SCORER.sounds, most=5)
    assert len(list(roomier.pairs(Block.WHOLE_NAME))) == roomier.told[0].pairs == 20


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("QX7041233", "QX7041333"),
        ("QX7041233", "QX7014233"),
        ("QX7041233", "QX-7041.23"),
        ("QX7041233", "QX70412233"),
        ("0801234567", "801234576"),
    ],
)
def test_a_number_with_one_slip_of_the_pen_meets_its_neighbour(one: str, other: str) -> None:
    assert near(one).intersection(near(other))


@pytest.mark.parametrize(
    ("one", "other"), [("QX7041233", "QX7942283"), ("A1234", "A1235"), ("17001", "17002")]
)
def test_numbers_further_apart_or_short_do_not_meet(one: str, other: str) -> None:
    assert not near(one).intersection(near(other))


@given(st.text("0123456789", min_size=8, max_size=13).filter(lambda text: text[0] != "0"), st.data())
def test_whatever_sign_is_wrong_the_number_is_met(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(number) - 1))
    wrong = number[:place] + data.draw(st.sampled_from("0123456789")) + number[place + 1 :]

    assert near(number).intersection(near(wrong))


def near(number: str) -> set[str]:
    return {form.reveal() for form in near_forms(number_key(Secret(number)))}


def test_a_number_beside_another_counts_for_one_name_and_not_under_one_roof() -> None:
    beside: dict[str, Any] = {"born": None, "locality": "", "near_documents": (7, 8)}

    def reasons(one: Known, other: Known) -> set[tuple[Trait, Alike]]:
        return {(told.trait, told.alike) for told in SCORER.compare(one, other).reasons}

    slip = (Trait.DOCUMENT, Alike.ONE_SLIP)
    assert slip in reasons(known(**beside), known(**beside))
    assert SCORER.compare(known(**beside), known(**beside)).score >= PROPOSED_FROM
    assert slip not in reasons(known(**beside), known("Marta Otra Ensayo", **beside))
    assert slip not in reasons(known(**beside, home="1"), known(**beside, home="1"))
    assert slip not in reasons(known(**beside, documents=("d",)), known(**beside, documents=("d",)))
