"""Receipts known again: by any mark, however often copied; those older than their grant; declarations under one cap."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from seedfund.approvals.queries.exceptions import exceptions_in
from seedfund.approvals.rules.policy import Profile
from seedfund.approvals.rules.presets import also_in, preset
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.words import DocumentKind
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from tests.approvals.verbs import in_force
from tests.grants.accounting_for import accounted, handed_in, receipt, reviewed
from tests.grants.paying import (
    payable,
)
from tests.support.grants import (
    TODAY,
    prepared,
    usd,
)
from tests.support.programme import House


def test_the_same_document_is_known_again_in_another_household_however_it_is_written(house: House) -> None:
    prepared(house)
    first, second = payable(house), payable(house)
    accounted(house, first, usd(50))

    again = handed_in(
        house,
        second,
        receipt(usd(50), number="001 001 000000001", supplier="FERRETERÍA EJEMPLO"),
    )
    with pytest.raises(Refused) as caught:
        reviewed(house, again.number)

    assert again.duplicates == (1,)
    assert caught.value.codes == ("receipt_used_before",)
    assert (
        reviewed(house, again.number, decision=ReviewDecision.REJECTED, observation="twice").state
        == "rejected"
    )


def test_a_document_that_was_rejected_before_may_be_accepted_elsewhere(house: House) -> None:
    prepared(house)
    first, second = payable(house), payable(house)
    one = handed_in(house, first, receipt(usd(50))).number
    two = handed_in(house, second, receipt(usd(50))).number
    reviewed(house, one, decision=ReviewDecision.REJECTED, observation="wrong file")

    assert reviewed(house, two).accepted == usd(50)


def test_of_three_copies_one_is_accepted_whichever_was_rejected(house: House) -> None:
    prepared(house)
    grant = payable(house)
    first, second, third = (handed_in(house, grant, receipt(usd(50))).number for _ in range(3))
    reviewed(house, first, decision=ReviewDecision.REJECTED, observation="blurred")
    with pytest.raises(Refused) as early:
        reviewed(house, third)
    reviewed(house, second)

    with pytest.raises(Refused) as late:
        reviewed(house, third)

    assert (early.value.codes, late.value.codes) == (("receipt_used_before",),) * 2
    assert f"{second}/1, which is accepted" in str(late.value)


KNOWN_AGAIN = [
    ("accents", {"supplier": Secret("FERRETERIA EJEMPLO")}),
    ("tax id beside the name", {"tax_id": Secret("9900000001001")}),
    ("shortened number", {"number": Secret("1-1-1")}),
    ("number without dashes", {"number": Secret("001001000000001")}),
    ("same photo", {"number": Secret("77"), "supplier": Secret("Otra"), "file_sha256": "12" * 32}),
]


@pytest.mark.parametrize(("how", "changed"), KNOWN_AGAIN, ids=[how for how, _ in KNOWN_AGAIN])
def test_a_document_is_known_again_by_any_of_its_marks(house: House, how: str, changed: Any) -> None:
    prepared(house)
    grant = payable(house)
    one = replace(receipt(usd(50)), file_sha256="12" * 32)
    reviewed(house, handed_in(house, grant, one).number)

    again = handed_in(house, grant, replace(receipt(usd(50)), **changed))
    with pytest.raises(Refused) as caught:
        reviewed(house, again.number)

    assert again.duplicates == (1,), how
    assert caught.value.codes == ("receipt_used_before",)


def test_a_receipt_by_its_tax_id_is_known_again_when_the_name_stands_beside_it(house: House) -> None:
    prepared(house)
    grant = payable(house)
    one = replace(receipt(usd(50)), supplier=None, tax_id=Secret("9900000001001"))
    accepted = handed_in(house, grant, one).number
    reviewed(house, accepted)

    again = handed_in(house, grant, replace(receipt(usd(50)), tax_id=Secret("9900000001001")))

    assert again.duplicates == (1,)


def test_one_photo_of_several_documents_handed_in_together_marks_none(house: House) -> None:
    prepared(house)
    grant = payable(house)
    lines = [replace(receipt(usd(10), number=number), file_sha256="12" * 32) for number in ("1-1-7", "1-1-8")]

    recorded = handed_in(house, grant, *lines)

    assert recorded.duplicates == ()
    assert [reviewed(house, recorded.number, place).accepted for place in (1, 2)] == [usd(10), usd(10)]


def test_a_receipt_older_than_its_grant_is_taken_in_listed_and_accepted_with_words_alone(
    house: House,
) -> None:
    prepared(house)
    grant = payable(house)
    recorded = handed_in(house, grant, receipt(usd(50), on=date(2019, 1, 1)), receipt(usd(20), number="A7"))
    with pytest.raises(Refused) as silent:
        reviewed(house, recorded.number)

    told_why = reviewed(house, recorded.number, observation="Deposit on the oven, paid before.")

    assert recorded.early == (1,)
    assert silent.value.codes == ("receipt_before_grant",)
    assert told_why.accepted == usd(50)
    assert reviewed(house, recorded.number, 2).accepted == usd(20)
    with house.work("auditor") as work:
        days = DateRange(TODAY, TODAY + timedelta(days=1))
        found = [row.subject_number for row in exceptions_in(work.reader(), work.programme.id, days)]
    assert found == [f"{recorded.number}/1"]


def test_a_declaration_in_lieu_of_a_receipt_has_a_cap(house: House) -> None:
    prepared(house)
    grant = payable(house)
    number = handed_in(house, grant, receipt(usd(80), kind=DocumentKind.DECLARATION)).number

    with pytest.raises(Refused) as caught:
        reviewed(house, number)
    result = reviewed(
        house,
        number,
        decision=ReviewDecision.ACCEPTED_WITH_OBSERVATION,
        accepted=usd(50),
        observation="market stall",
    )

    assert caught.value.codes == ("declaration_above_cap",)
    assert result.accepted == usd(50)


def test_declarations_of_a_grant_share_one_cap_however_they_are_split(house: House) -> None:
    prepared(house)
    grant, other = payable(house), payable(house)
    declared = receipt(usd(30), kind=DocumentKind.DECLARATION)
    numbers = [handed_in(house, grant, declared).number for _ in range(2)]
    reviewed(house, numbers[0])

    with pytest.raises(Refused) as caught:
        reviewed(house, numbers[1])

    assert caught.value.codes == ("declaration_above_cap",)
    assert "accept USD 20.00" in str(caught.value)
    assert reviewed(house, handed_in(house, other, declared).number).accepted == usd(30)


def test_a_declaration_waits_until_the_policy_has_a_cap_in_its_currency(house: House) -> None:
    prepared(house)
    terms = also_in(preset(Profile.SMALL, "EUR"), "USD", times=1)
    in_force(house, replace(terms, declaration_caps=()))
    number = handed_in(house, payable(house), receipt(usd(30), kind=DocumentKind.DECLARATION)).number
    with pytest.raises(Refused) as caught:
        reviewed(house, number)

    in_force(house, terms)

    assert caught.value.codes == ("declaration_cap_missing",)
    assert reviewed(house, number).accepted == usd(30)
