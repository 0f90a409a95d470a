"""When two documents are the same: marks of issuer and number, and which of two stands in the way."""

import pytest

from seedfund.grants.rules.sameness import Twin, marks_of, numbers_of, used_before

NUMBERS = [
    ("001-001-000000001", ("1001000000001", "1-1-1")),
    ("001 001 000000001", ("1001000000001", "1-1-1")),
    ("001001000000001", ("1001000000001", "1-1-1")),
    ("1-1-1", ("1-1-1",)),
    ("NV-0000218", ("nv0000218", "nv-218")),
    ("A 123", ("a123", "a-123")),
    ("A123", ("a123",)),
    ("000", ("000",)),
    (" -- ", ()),
]


@pytest.mark.parametrize(("written", "forms"), NUMBERS)
def test_a_number_is_compared_as_one_word_and_part_by_part(written: str, forms: tuple[str, ...]) -> None:
    assert set(forms) <= set(numbers_of(written))


def test_other_numbers_of_one_supplier_are_other_documents() -> None:
    one = set(marks_of(supplier="Ejemplo", tax_id="", number="001-001-000000001"))

    assert one.isdisjoint(marks_of(supplier="Ejemplo", tax_id="", number="001-001-000000010"))
    assert one.isdisjoint(marks_of(supplier="Otra", tax_id="", number="001-001-000000001"))


def test_a_document_without_issuer_or_number_has_no_mark() -> None:
    assert marks_of(supplier="Ejemplo", tax_id="", number="") == ()
    assert marks_of(supplier="", tax_id=" ", number="1") == ()


STANDS = [
    (Twin(place="JU-1/1", state="accepted", is_earlier=False), True),
    (Twin(place="JU-1/1", state="accepted_with_observation", is_earlier=False), True),
    (Twin(place="JU-1/1", state="pending", is_earlier=True), True),
    (Twin(place="JU-1/1", state="pending", is_earlier=False), False),
    (Twin(place="JU-1/1", state="rejected", is_earlier=True), False),
    (Twin(place="JU-1/1", state="withdrawn", is_earlier=True), False),
    (Twin(place="JU-1/1", state="accepted", is_earlier=True, is_item=True), False),
]


@pytest.mark.parametrize(("twin", "stands"), STANDS)
def test_what_was_accepted_or_came_first_stands_in_the_way(twin: Twin, stands: bool) -> None:
    assert used_before([twin]) == ((twin.place, twin.state) if stands else None)
