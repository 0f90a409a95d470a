"""No recipe is forgotten: the ledger reverses it, or names the verb of the area that keeps a record of it."""

from typing import Final

import pytest

from seedfund.cli.catalogue import all_verbs
from seedfund.kernel.errors import Refused
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.rules.recipes import POST, RECIPES
from seedfund.ledger.rules.undoing import OF_A_HOLD, OF_THE_BOOKS, REVERSIBLE, UNDONE_BY, undone_by
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, post, write
from tests.ledger.test_recipes import SUPPLY, posting
from tests.ledger.test_reversals import reverse
from tests.support.programme import House

POSTED: Final = [
    recipe.code for recipe in RECIPES if recipe.phase == POST and recipe.code not in OF_THE_BOOKS
]


def test_each_recipe_is_reversed_by_the_ledger_or_undone_by_a_verb_and_never_both() -> None:
    groups = [
        set(REVERSIBLE),
        set(UNDONE_BY),
        set(OF_THE_BOOKS),
        {recipe.code for recipe in RECIPES if recipe.phase in OF_A_HOLD},
    ]

    assert set().union(*groups) == {recipe.code for recipe in RECIPES}
    assert sum(map(len, groups)) == len(RECIPES)


def test_what_undoes_a_recipe_is_a_verb_that_people_can_call() -> None:
    known = {one.name for one in all_verbs()}

    assert {verb for verbs in UNDONE_BY.values() for verb in verbs} <= known


def test_the_remedy_is_that_of_the_first_row_with_a_record() -> None:
    assert undone_by(["charge.paid", "refund.demanded", "award.decided"]) == ("grants.lift_demand",)
    assert undone_by(["charge.paid"]) == ()


def test_an_entry_with_a_record_elsewhere_is_never_reversed_behind_its_back(
    house: House, book: BookOfTest
) -> None:
    promised = (("budget.allotted", 900), ("award.decided", 800), ("agreement.signed", 700))
    for code in POSTED:
        post(house, "supply", [posting(book, each, amount) for each, amount in promised])
        post(house, "supply", [posting(book, each, 50) for each in SUPPLY])
        about = EntryDraft(event="event", subject="X-2026-0001", postings=(posting(book, code, 10),))
        (entry,) = write(house, about)

        if code in UNDONE_BY:
            with pytest.raises(Refused, match=UNDONE_BY[code][0]) as refused:
                reverse(house, entry.number)
            assert refused.value.codes == ("entry_undone_elsewhere",)
        else:
            assert reverse(house, entry.number).number != entry.number
    require_sound(house, {book.id: ([], ["A1"])})
