"""What each recipe does to the columns of ledgers: the identities hold row by row, for every recipe there is."""

from collections import Counter
from dataclasses import replace

import pytest

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.recipes import RECIPES, SETTLE, Recipe
from seedfund.reports.effects import Leg, RowLegs, fund_columns, grant_columns

GRANT, LINE = Key("a" * 32), Key("b" * 32)
OF_GRANTS = frozenset(
    {"awarded", "committed", "spent", "expense", "advances", "claims", "write_offs", "credit"}
)
MOVED_BETWEEN = frozenset(
    {
        *("loan.given", "loan.taken", "loan.repaid", "loan.returned", "donor.returned"),
        *("payment.overpaid", "refund.other_claims", "cash.short.lost", "cash.short.claimed"),
        *("tax.withheld.advances", "tax.withheld.expense", "tax.paid"),
        *(
            "set_off.advances",
            "set_off.expense",
        ),
        *("opening.contributions", "opening.income", "opening.cash", "opening.spending"),
        *("opening.disbursed.advances", "opening.disbursed.expense"),
    }
)
"""What a fund's ledger shows under transfers: money lent, claimed, held for others, or brought in by an opening."""


def leg(kind: str, number: int) -> Leg:
    """An account of a kind; those of grants belong to one part."""
    is_part = kind in OF_GRANTS
    return Leg(number, 1, f"{kind}:X", kind, GRANT if is_part else None, LINE if is_part else None, None, "")


def row(recipe: Recipe, *, amount: int = 100, mirrored: bool = False) -> RowLegs:
    """A row of a recipe, or the mirror of one."""
    kinds = (recipe.debit_kind, recipe.credit_kind, recipe.memo_debit_kind, recipe.memo_credit_kind)
    four = [leg(kind, place) if kind is not None else None for place, kind in enumerate(kinds)]
    debits = tuple(found for found in (four[0], four[2]) if found is not None)
    credits = tuple(found for found in (four[1], four[3]) if found is not None)
    if mirrored:
        return RowLegs(recipe.code, "post", amount, 0, True, credits, debits)
    held = amount if recipe.phase in ("settle", "void") else 0
    return RowLegs(recipe.code, recipe.phase, amount, held, False, debits, credits)


EVERY = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.code)


USES = ("accepted", "no_receipts_due", "returned", "written_off", "borne_by_us", "refund_due", "to_justify")
OUTSIDE = {"payment.overpaid": 100, "cash.short.claimed": 100, "refund.other_claims": -100}
"""Claims on providers and custodians are no grant's; here they are given the part all the same."""


@pytest.mark.parametrize(
    "recipe", [one for one in RECIPES if one.number != 28], ids=lambda recipe: recipe.code
)
@pytest.mark.parametrize("needs_receipts", [True, False])
def test_disbursed_is_all_that_became_of_it(recipe: Recipe, needs_receipts: bool) -> None:
    found = grant_columns(row(recipe), grant_id=GRANT, line_id=LINE, needs_receipts=needs_receipts)

    assert found["disbursed"] == sum(found[name] for name in USES) - OUTSIDE.get(recipe.code, 0)


@pytest.mark.parametrize("kind", ["advances", "expense"])
def test_a_set_off_is_disbursed_of_one_grant_and_returned_of_the_other(kind: str) -> None:
    by_code = {recipe.code: recipe for recipe in RECIPES}
    other = Key("c" * 32)
    paid = row(by_code[f"set_off.{kind}"])
    claims = replace(paid.credits[0], grant_id=other)
    restored = row(by_code["set_off.restored"])
    rows = (
        replace(paid, credits=(claims, paid.credits[1])),
        replace(restored, credits=(replace(restored.credits[0], grant_id=other),)),
    )

    sums = {
        grant: sum(
            (
                grant_columns(one, grant_id=grant, line_id=LINE, needs_receipts=kind == "advances")
                for one in rows
            ),
            Counter(),
        )
        for grant in (GRANT, other)
    }

    assert (sums[GRANT]["disbursed"], sums[GRANT]["returned"]) == (100, 0)
    assert (sums[other]["disbursed"], sums[other]["returned"]) == (0, 100)


@EVERY
def test_cash_and_what_is_free_move_as_the_accounts_do(recipe: Recipe) -> None:
    legs = row(recipe)
    cash = sum(change for one, change in legs.signed() if one.kind in ("cash", "shortfall"))
    free = sum(change for one, change in legs.signed() if one.kind in ("available", "over"))

    found = fund_columns(legs)

    inflow = sum(found[name] for name in ("received", "income", "refunded", "transfers", "exchange"))
    assert inflow - found["disbursed"] - found["other_spending"] == cash
    freed = sum(found[name] for name in ("allotted", "lapsed", "released", "back_to_line"))
    assert freed - found["awarded"] - found["other_spending"] == free


@EVERY
def test_only_money_of_others_is_a_transfer(recipe: Recipe) -> None:
    assert bool(fund_columns(row(recipe))["transfers"]) == (recipe.code in MOVED_BETWEEN)


@EVERY
def test_the_mirror_of_a_row_undoes_it(recipe: Recipe) -> None:
    if recipe.phase not in ("post", SETTLE):
        return
    names = (
        "received",
        "income",
        "refunded",
        "transfers",
        "exchange",
        "other_spending",
        "allotted",
        "lapsed",
        "released",
        "back_to_line",
    )
    there, back = fund_columns(row(recipe)), fund_columns(row(recipe, mirrored=True))

    assert {name: there[name] + back[name] for name in (*names, "awarded", "committed", "disbursed")} == (
        dict.fromkeys((*names, "awarded", "committed", "disbursed"), 0)
    )


def test_a_hold_is_in_payment_until_it_is_settled_or_voided() -> None:
    by_code = {recipe.code: recipe for recipe in RECIPES}
    columns = [
        fund_columns(row(by_code[f"payment.{step}.advances"]))["in_payment"]
        for step in ("released", "delivered", "voided")
    ]

    assert columns == [100, -100, -100]
