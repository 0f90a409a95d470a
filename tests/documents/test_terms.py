"""The terms of papers change under two persons, and papers say those of the day they were issued."""

from dataclasses import replace
from typing import Any

import pytest

from seedfund.documents.queries import paper_terms
from seedfund.documents.rules.terms import check_paper_terms, said_in
from seedfund.documents.service import (
    ApprovePaperTerms,
    ProposePaperTerms,
    approve_paper_terms,
    propose_paper_terms,
)
from seedfund.kernel.errors import Refused
from tests.documents.papers import TERMS, terms
from tests.support.grants import key
from tests.support.programme import House


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        ((), {}),
        (("paper_terms_empty",), {"tax_id": " "}),
        (("paper_terms_empty", "paper_terms_empty"), {"address": "", "dispute_forum": {}}),
        (("paper_terms_figure",), {"agreement_months": 0}),
        (("paper_terms_figure",), {"quotes_count": -1}),
        ((), {"quotes_count": 0, "justify_within_days": 0, "training": {}}),
        (("paper_terms_empty", "paper_terms_figure"), {"place": "", "copies": 0}),
    ],
)
def test_terms_that_papers_cannot_print_are_named(expected: tuple[str, ...], changes: dict[str, Any]) -> None:
    found = check_paper_terms(replace(TERMS, **changes))

    assert tuple(one.code for one in found) == expected


def test_what_differs_by_language_is_said_in_one() -> None:
    assert said_in(TERMS, "en")["representative_position"] == "executive director"
    assert said_in(TERMS, "en")["authority"] == ""
    with pytest.raises(Refused) as found:
        said_in(TERMS, "fr")
    assert set(found.value.codes) == {"paper_terms_without_language"}


def test_who_proposes_terms_does_not_approve_them(house: House) -> None:
    with house.work("manager") as work:
        number = propose_paper_terms(work, ProposePaperTerms(key=key(), terms=TERMS)).number

    with house.work("manager") as work, pytest.raises(Refused) as found:
        approve_paper_terms(work, ApprovePaperTerms(key=key(), number=number))

    assert found.value.codes == ("proposal_own",)


def test_later_terms_take_the_place_of_earlier_ones_from_their_day_on(house: House) -> None:
    terms(house)
    terms(house, cure_days=30)

    with house.work("expert") as work:
        found = paper_terms(work.reader(), work.programme.id, work.today())

    assert found.cure_days == 30


def test_there_are_no_terms_before_the_first(house: House) -> None:
    with house.work("expert") as work, pytest.raises(Refused) as found:
        paper_terms(work.reader(), work.programme.id, work.today())

    assert found.value.codes == ("paper_terms_missing",)
