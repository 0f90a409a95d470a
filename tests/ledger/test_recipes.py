"""Every recipe is posted once and the books still tie out; the page of recipes is whole."""

from datetime import date
from typing import Final

from seedfund.kernel.canonical import canonical_bytes
from seedfund.ledger.rules.accounts import KINDS, AccountRef
from seedfund.ledger.rules.chain import RowFacts, row_bytes
from seedfund.ledger.rules.posting import Hold, Posting
from seedfund.ledger.rules.recipes import RECIPES, SETTLE, VOID
from tests.ledger.model import MEMO_KINDS
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, post
from tests.ledger.test_entries import hold_of
from tests.support.programme import House

MISSING = {32, 33, 36, 39}
"""Rows without a recipe of their own: same as others, shared by parts, no posting, a mirror."""


def account(book: BookOfTest, kind: str, *, side: str) -> AccountRef:
    """Some account of a kind; cash stands on two sides, so each side has its own."""
    if kind == "cash":
        return book.bank if side == "credit" else book.petty
    if kind in ("available", "allotted", "over"):
        return book.line().account(kind)
    if kind in ("advances", "claims"):
        return book.part().account(kind, "participant")
    if kind in (
        "contributions",
        "income",
        "withheld",
        "due_to",
        "due_from",
        "donor_returns",
        "losses",
        "fx",
        "opening",
    ):
        return AccountRef(book.id, f"{kind}:X", kind, holder="X")
    if kind == "shortfall":
        return AccountRef(book.id, "shortfall:BANK", kind, holder="BANK")
    return book.part().account(kind)


def posting(book: BookOfTest, code: str, amount: int, hold: Hold | None = None) -> Posting:
    """A posting of a recipe between some accounts."""
    recipe = next(recipe for recipe in RECIPES if recipe.code == code)
    kinds = (recipe.debit_kind, recipe.credit_kind, recipe.memo_debit_kind, recipe.memo_credit_kind)
    sides = ("debit", "credit", "debit", "credit")
    refs = [
        None if kind is None else account(book, kind, side=side)
        for kind, side in zip(kinds, sides, strict=True)
    ]
    return Posting(code, amount, refs[0], refs[1], refs[2], refs[3], hold=hold)


def test_each_row_of_the_page_has_its_recipes() -> None:
    assert {recipe.number for recipe in RECIPES} == set(range(1, 41)) - MISSING


def test_a_money_pair_holds_money_and_a_memo_pair_budget() -> None:
    for recipe in RECIPES:
        for kind in (recipe.debit_kind, recipe.credit_kind):
            assert kind is None or not KINDS[kind].is_memo
        for kind in (recipe.memo_debit_kind, recipe.memo_credit_kind):
            assert kind is None or kind in MEMO_KINDS


def test_whoever_pays_from_a_line_or_a_promise_moves_the_budget_in_the_same_row() -> None:
    paying = [
        recipe
        for recipe in RECIPES
        if recipe.credit_kind == "cash" and recipe.debit_kind in ("advances", "expense")
    ]

    assert paying
    assert all(recipe.memo_debit_kind == "spent" for recipe in paying)


SUPPLY: Final = (
    *("opening.disbursed.advances", "opening.disbursed.advances"),
    *("opening.disbursed.expense", "opening.disbursed.advances", "refund.demanded", "written_off.advances"),
    *("excess.received", "tax.withheld.expense", "loan.given", "loan.taken"),
)
"""Rows that put something on each account that others take from."""


def test_every_recipe_is_posted_and_counted(house: House, book: BookOfTest) -> None:
    posted: set[str] = set()
    for recipe in RECIPES:
        if recipe.phase in (SETTLE, VOID):
            continue
        promised = (("budget.allotted", 900), ("award.decided", 800), ("agreement.signed", 700))
        post(house, "supply", [posting(book, code, amount) for code, amount in promised])
        post(house, "supply", [posting(book, code, 50) for code in SUPPLY])
        entry = post(house, "event", [*_short(book, recipe.code), posting(book, recipe.code, 10)])
        posted.add(recipe.code)
        if recipe.phase == "hold":
            resolve(house, book, recipe.code, entry.seqs[0], posted)
        require_sound(house, {book.id: ([], ["A1"])})

    assert posted == {recipe.code for recipe in RECIPES}


def _short(book: BookOfTest, code: str) -> list[Posting]:
    """Something to cure, for a cure."""
    return [posting(book, code.replace("cure", "room"), 10)] if code.startswith("cure.") else []


def resolve(house: House, book: BookOfTest, code: str, seq: int, posted: set[str]) -> None:
    """Settle a hold in part, hold again, and void."""
    target = code.rpartition(".")[2]
    hold = hold_of(house, book, seq)
    post(house, "part", [posting(book, f"payment.delivered.{target}", 4, hold)])
    again = post(house, "again", [posting(book, f"payment.rest.{target}", 1)])
    post(house, "void", [posting(book, f"payment.voided.{target}", 1, hold_of(house, book, again.seqs[0]))])
    posted |= {f"payment.delivered.{target}", f"payment.voided.{target}"}


def test_the_bytes_of_a_row_are_the_canonical_ones() -> None:
    row = RowFacts(
        "ACNUR-ñ",
        7,
        "a" * 64,
        1,
        "payment.delivered.advances",
        "settle",
        12_345,
        ("advances:SC-2026-0001:A1.1:participant", "cash:BANK", "spent:x", "committed:Línea-1"),
        6,
        20_000,
        None,
    )
    plain = [*row[:7], *row.accounts, *row[8:]]

    assert row_bytes(row) == canonical_bytes(plain)
    assert row_bytes(row._replace(resolves_seq=None, held=None, reverses_seq=3)) == canonical_bytes(
        [*row[:7], *row.accounts, None, None, 3]
    )


def test_a_hold_knows_since_when(house: House, book: BookOfTest) -> None:
    post(house, "award", [posting(book, "award.decided", 10)])
    post(house, "sign", [posting(book, "agreement.signed", 10)])
    funded = post(house, "release", [posting(book, "payment.released.advances", 10)])

    assert hold_of(house, book, funded.seqs[0]).booking_date == date(2026, 1, 5)
