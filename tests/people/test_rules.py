"""People are counted as they say they are; what is unusual warns, what is missing is asked for when it is needed."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import untranslated
from seedfund.kernel.secret import Secret
from seedfund.people.rules import (
    REFUSALS,
    AgeRange,
    AgeSource,
    Birth,
    Difficulty,
    Disability,
    DocumentKind,
    GroupRule,
    IdentityDocument,
    Member,
    PopulationGroup,
    Relationship,
    Sex,
    WashingtonGroup,
    age_on,
    age_range,
    check_household,
    composition,
    disability,
    document_warnings,
    documents,
    household,
    household_warnings,
    is_adult,
    normal_number,
    normal_phone,
    participation,
    reporting_group,
)

TODAY = date(2026, 6, 1)
REFUGEE, HOST, UNKNOWN = PopulationGroup.REFUGEE, PopulationGroup.HOST, PopulationGroup.NOT_COLLECTED


def born(year: int, month: int = 1, day: int = 1) -> Birth:
    return Birth(AgeSource.DOCUMENT, born_on=date(year, month, day))


def member(person: str, relationship: Relationship = Relationship.CHILD, **changes: Any) -> Member:
    usual = Member(person, relationship, Sex.FEMALE, born(1990), HOST)
    return replace(usual, **changes)


MOTHER = member("m", Relationship.HEAD, group=REFUGEE)


def codes(refusals: Any) -> list[str]:
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    ("birth", "least", "most", "counted"),
    [
        (born(2008, 6, 1), 18, 18, 18),
        (born(2008, 6, 2), 17, 17, 17),
        (Birth(AgeSource.DECLARED, born_in=2008), 17, 18, 17),
        (Birth(AgeSource.DECLARED, born_in=2026), 0, 0, 0),
        (Birth(AgeSource.ESTIMATED, age=30, asked_on=TODAY), 30, 30, 30),
        (Birth(AgeSource.ESTIMATED, age=30, asked_on=date(2025, 6, 1)), 31, 31, 31),
        (Birth(AgeSource.ESTIMATED, age=30, asked_on=date(2025, 12, 1)), 30, 31, 30),
    ],
)
def test_an_age_is_as_sure_as_what_is_known(birth: Birth, least: int, most: int, counted: int) -> None:
    assert age_range(birth, TODAY) == AgeRange(least, most)
    assert age_on(birth, TODAY) == counted


def test_a_year_of_birth_counts_as_the_first_of_july_and_is_exact_at_the_end_of_the_year() -> None:
    birth = Birth(AgeSource.DECLARED, born_in=2000)

    assert (age_on(birth, date(2026, 6, 30)), age_on(birth, date(2026, 7, 1))) == (25, 26)
    assert age_range(birth, date(2026, 12, 31)) == AgeRange(26, 26)


@pytest.mark.parametrize(
    ("birth", "adult"),
    [
        (born(2008, 6, 1), True),
        (born(2008, 6, 2), False),
        (Birth(AgeSource.DECLARED, born_in=2008), None),
        (Birth(AgeSource.DECLARED, born_in=2007), True),
        (Birth(AgeSource.DECLARED, born_in=2009), False),
        (Birth(AgeSource.ESTIMATED, age=17, asked_on=date(2025, 12, 1)), None),
    ],
)
def test_adulthood_is_left_open_where_it_cannot_be_told(birth: Birth, adult: bool | None) -> None:
    assert is_adult(birth, TODAY) is adult


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(0, 2000))
def test_what_is_known_less_well_never_contradicts_the_date(birth_day: date, later: int) -> None:
    day = date(2020, 1, 1) + timedelta(days=later)
    exact = age_on(Birth(AgeSource.DOCUMENT, born_on=birth_day), day)
    asked = birth_day + (day - birth_day) // 2
    age_then = age_on(Birth(AgeSource.DOCUMENT, born_on=birth_day), asked)

    for vague in (
        Birth(AgeSource.DECLARED, born_in=birth_day.year),
        Birth(AgeSource.ESTIMATED, age=age_then, asked_on=asked),
    ):
        ages = age_range(vague, day)
        assert ages.least <= exact <= ages.most


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"born_on": TODAY, "born_in": 2026},
        {"age": 30},
        {"asked_on": TODAY},
        {"born_in": 1990, "asked_on": TODAY},
        {"age": -1, "asked_on": TODAY},
        {"age": 121, "asked_on": TODAY},
    ],
)
def test_a_birth_is_given_in_one_way_and_by_an_age_somebody_can_have(parts: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        Birth(AgeSource.DECLARED, **parts)


@pytest.mark.parametrize(
    "birth",
    [
        born(2026, 6, 2),
        born(1900),
        Birth(AgeSource.DECLARED, born_in=2027),
        Birth(AgeSource.ESTIMATED, age=3, asked_on=date(2026, 6, 2)),
    ],
)
def test_a_birth_that_does_not_fit_the_day_is_refused(birth: Birth) -> None:
    with pytest.raises(InvalidInput, match="does not fit"):
        age_range(birth, TODAY)


def answers(answer: Difficulty | None, **changes: Difficulty | None) -> WashingtonGroup:
    return WashingtonGroup(**{**{question.name: answer for question in fields(WashingtonGroup)}, **changes})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, Disability.NOT_COLLECTED),
        (answers(None), Disability.NOT_COLLECTED),
        (answers(Difficulty.NONE), Disability.NO),
        (answers(Difficulty.SOME), Disability.NO),
        (answers(Difficulty.NONE, hearing=None), Disability.NOT_COLLECTED),
        (answers(Difficulty.NONE, hearing=Difficulty.A_LOT), Disability.YES),
        (answers(None, self_care=Difficulty.CANNOT), Disability.YES),
    ],
)
def test_disability_follows_the_six_answers_and_silence_is_not_no(
    given: WashingtonGroup | None, expected: Disability
) -> None:
    assert disability(given) is expected


HOUSEHOLDS: list[tuple[str, list[Member]]] = [
    ("household_empty", []),
    ("household_member_twice", [MOTHER, member("a"), member("a")]),
    ("household_without_head", [member("a")]),
    ("household_with_several_heads", [MOTHER, member("b", Relationship.HEAD)]),
    ("head_is_dependant", [replace(MOTHER, is_dependant=True)]),
]


@pytest.mark.parametrize(("code", "members"), HOUSEHOLDS, ids=[row[0] for row in HOUSEHOLDS])
def test_each_fault_of_a_household_is_refused_by_its_name(code: str, members: list[Member]) -> None:
    assert codes(check_household(members)) == [code]


def test_a_household_has_exactly_one_head_and_every_code_has_a_row() -> None:
    assert check_household([MOTHER, member("a")]) == ()
    told = ["household_in_list", *(row[0] for row in HOUSEHOLDS), "head_is_a_child"]
    assert told == [k.code for k in household.REFUSALS]


def test_a_head_who_is_a_child_warns_and_does_not_refuse() -> None:
    young = replace(MOTHER, birth=born(2010))

    assert check_household([young]) == ()
    assert codes(household_warnings([young], TODAY)) == ["head_is_a_child"]
    assert household_warnings([MOTHER, replace(MOTHER, birth=None)], TODAY) == ()


def test_dependants_are_counted_whether_or_not_they_are_own_children() -> None:
    members = [
        MOTHER,
        member("a", birth=born(2015), is_dependant=True),
        member("b", Relationship.STEPCHILD, birth=born(2012), is_dependant=True),
        member("c", Relationship.NEPHEW_OR_NIECE, birth=born(2014), is_dependant=True),
        member("d", Relationship.PARENT, birth=born(1950), is_dependant=True),
        member("e", birth=born(2000)),
        member("f", Relationship.NOT_RELATED, birth=None),
    ]
    found = composition(members, TODAY)

    assert (found.size, found.head, found.head_sex) == (7, "m", Sex.FEMALE)
    assert (found.adults, found.children, found.age_unknown) == (3, 3, 1)
    assert (found.dependants, found.dependants_not_own) == (4, 2)


@pytest.mark.parametrize(
    ("groups", "rule", "expected", "is_mixed"),
    [
        ([REFUGEE, HOST, HOST], GroupRule.HEAD, REFUGEE, True),
        ([HOST, REFUGEE], GroupRule.HEAD, HOST, True),
        ([HOST, REFUGEE], GroupRule.ANY_DISPLACED, REFUGEE, True),
        ([HOST, PopulationGroup.MIGRANT], GroupRule.ANY_DISPLACED, PopulationGroup.MIGRANT, True),
        ([HOST, HOST], GroupRule.ANY_DISPLACED, HOST, False),
        ([REFUGEE, HOST, HOST], GroupRule.MAJORITY, HOST, True),
        ([HOST, REFUGEE], GroupRule.MAJORITY, REFUGEE, True),
        ([UNKNOWN, HOST], GroupRule.HEAD, UNKNOWN, False),
        ([UNKNOWN, HOST], GroupRule.MAJORITY, HOST, False),
        ([UNKNOWN, UNKNOWN], GroupRule.ANY_DISPLACED, UNKNOWN, False),
    ],
)
def test_a_mixed_household_is_counted_by_the_stated_rule(
    groups: list[PopulationGroup], rule: GroupRule, expected: PopulationGroup, is_mixed: bool
) -> None:
    others = [member(f"p{index}", group=group) for index, group in enumerate(groups[1:])]
    found = reporting_group([replace(MOTHER, group=groups[0]), *others], rule)

    assert (found.group, found.is_mixed) == (expected, is_mixed)
    assert (found.rule, found.rule_version) == (rule, 1)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (" 171003406-5 ", "1710034065"),
        ("0102030405", "0102030405"),
        ("ab 12.3", "AB123"),
        ("１７１", "171"),
        ("١٢٣", "123"),
    ],
)
def test_a_document_number_has_one_form_and_keeps_its_zeros(written: str, number: str) -> None:
    assert normal_number(written) == Secret(number)


@pytest.mark.parametrize("written", ["5.22645E+13", "4,07952e+14", "1E5", "=639267283918", "", " - "])
def test_what_a_spreadsheet_has_spoilt_is_refused_without_showing_it(written: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        normal_number(written, field="cedula")

    assert caught.value.field == "cedula"
    assert written.strip(" -") == "" or written not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "country", "number", "expected"),
    [
        (DocumentKind.NATIONAL_ID, "EC", "1710034065", []),
        (DocumentKind.NATIONAL_ID, "EC", "1710034064", ["document_doubtful"]),
        (DocumentKind.TAX_ID, "EC", "1710034065001", []),
        (DocumentKind.NATIONAL_ID, "TH", "0000000000000", []),
        (DocumentKind.NATIONAL_ID, "TH", "9999999999999", []),
        (DocumentKind.NATIONAL_ID, "TH", "1234567890123", ["document_doubtful"]),
        (DocumentKind.NATIONAL_ID, "TH", "1234567890121", []),
        (DocumentKind.REFUGEE_CARD, "EC", "anything", []),
        (DocumentKind.NATIONAL_ID, "VE", "12345678", []),
        (DocumentKind.NONE, "", "", []),
    ],
)
def test_an_unusual_document_number_warns_and_never_blocks(
    kind: DocumentKind, country: str, number: str, expected: list[str]
) -> None:
    found = document_warnings(IdentityDocument(kind, country, Secret(number)))

    assert codes(found) == expected
    assert all(number not in str(warning) for warning in found)


@pytest.mark.parametrize(
    ("written", "region", "international", "expected"),
    [
        ("099 123 4567", "EC", "+593991234567", []),
        ("+593 99 123 4567", "TH", "+593991234567", []),
        ("٠٩٩١٢٣٤٥٦٧", "EC", "+593991234567", []),
        ("081-234-5678", "TH", "+66812345678", []),
        ("12345", "EC", "+59312345", ["phone_doubtful"]),
        ("no tiene", "EC", None, ["phone_doubtful"]),
    ],
)
def test_a_phone_has_one_form_and_a_doubtful_one_is_kept(
    written: str, region: str, international: str | None, expected: list[str]
) -> None:
    phone = normal_phone(written, region)

    assert (phone.international and phone.international.reveal()) == international
    assert phone.written == Secret(written)
    assert codes(phone.warnings) == expected


def test_without_the_optional_packages_numbers_are_taken_and_said_to_be_unchecked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(documents, "import_module", absent)
    document = IdentityDocument(DocumentKind.NATIONAL_ID, "EC", Secret("1710034064"))

    assert codes(document_warnings(document)) == ["document_not_checked"]
    assert codes(normal_phone("099", "EC").warnings) == ["phone_not_checked"]
    assert normal_phone("+593 99", "EC").international == Secret("+59399")
    assert normal_phone("099", "EC").international is None


def test_every_code_is_its_own_and_is_read_in_spanish() -> None:
    kinds = (*household.REFUSALS, *documents.REFUSALS, *participation.REFUSALS)

    assert len({kind.code for kind in REFUSALS}) == len(REFUSALS)
    assert untranslated(kinds, "es") == ()
