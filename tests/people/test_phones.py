"""A phone number that is read the short way is the number that the long way reads."""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedfund.people.rules import normal_phone
from seedfund.people.rules.documents import _international

CODES = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
LOOKED_AT = {54}
"""Countries where whatever stands in front may be a way of dialling within the country."""
KINDS = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)


def long_way(dialled: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(dialled, "EC")
    except phonenumbers.NumberParseException:
        return None


@pytest.mark.parametrize("code", CODES)
def test_numbers_of_every_country_code_are_read_alike(code: int) -> None:
    shown = [phonenumbers.example_number_for_non_geo_entity(code)]
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]:
        shown += [phonenumbers.example_number_for_type(region, kind) for kind in KINDS]
    known = [one for one in shown if one is not None and one.country_code == code]
    digits = [phonenumbers.national_significant_number(one) for one in known]
    more = ["7", "12", "123", "8005550199", "9" * 14, "1" * 15, "1" * 16, "8" * 17, "0123456", "19" * 5]
    found = 0
    for national in (*digits, *(f"{front}{own}" for front in "0189" for own in digits), *more):
        short = _international(phonenumbers, f"+{code}{national}")
        found += short is not None
        assert short is None or short == long_way(f"+{code}{national}"), national
    assert (found > 0) is (code not in LOOKED_AT), "how numbers of this country are read"


@given(st.sampled_from(CODES), st.text(alphabet="0123456789", max_size=19))
@example(code=1, national="")
@example(code=39, national="0236618300")
@example(code=52, national="15512345678")
@example(code=54, national="91123456789")
def test_any_digits_are_read_alike(code: int, national: str) -> None:
    short = _international(phonenumbers, f"+{code}{national}")

    assert short is None or short == long_way(f"+{code}{national}")


@pytest.mark.parametrize("dialled", ["", "+", "+0", "+0991234567", "+999123456", "0991234567", "+210123456"])
def test_what_is_no_number_of_a_country_is_not_read_the_short_way(dialled: str) -> None:
    assert _international(phonenumbers, dialled) is None


def test_a_number_of_the_field_is_valid_both_ways() -> None:
    written, dialled = normal_phone("099 123 4567", "EC"), normal_phone("+593 99 123 4567", "EC")

    assert written.international == dialled.international
    assert (written.warnings, dialled.warnings) == ((), ())
