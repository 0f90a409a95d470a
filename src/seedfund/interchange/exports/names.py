"""What accounts are called in plain-text accounting, one name for both tools. Must not know files or databases.

A name is root, fund, kind and the parts of our own code: `cash:BANK` of the book UNHCR is `Assets:UNHCR:Cash:BANK`.
Beancount takes letters, digits and dashes, and every part begins with a capital letter or a digit (its syntax of
accounts); hledger takes these as well. What does not fit becomes a dash; where two codes would then have one name, the
account that was opened later gets a number behind it. The exact code stands beside the name in the file.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from seedfund.ledger.rules.accounts import KINDS, MEMO_KINDS

ROOTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cash": "Assets",
        "advances": "Assets",
        "claims": "Assets",
        "due_from": "Assets",
        "expense": "Expenses",
        "write_offs": "Expenses",
        "losses": "Expenses",
        "donor_returns": "Income",
        "contributions": "Income",
        "income": "Income",
        "credit": "Liabilities",
        "withheld": "Liabilities",
        "due_to": "Liabilities",
        "shortfall": "Liabilities",
        "fx": "Equity",
        "opening": "Equity",
    }
    | dict.fromkeys((kind for kind in KINDS if kind in MEMO_KINDS), "Equity:Budget")
)
"""Under which of the five roots a kind of account stands; the budget pairs come to nothing under equity."""
HOLDS: Final = "Equity:Hold"
"""Payments on their way: what is held of each account, in a tree that comes to nothing as a whole."""


@dataclass(frozen=True, slots=True)
class AccountName:
    """An account under its name, that of what is held of it, and the code the books know it by."""

    posted: str
    held: str
    book: str
    code: str
    currency: str


@dataclass(frozen=True, slots=True)
class CodedAccount:
    """An account to be named: its key, book, code and kind, and the currency of the book."""

    id: int
    book: str
    code: str
    kind: str
    currency: str


def named(accounts: Iterable[CodedAccount]) -> dict[int, AccountName]:
    """A name for every account, by its key, none of them twice; a smaller key was opened earlier and comes first."""
    found: dict[int, AccountName] = {}
    taken: set[str] = set()
    for one in sorted(accounts, key=lambda account: account.id):
        path = _free(":".join((component(one.book), *map(component, one.code.split(":")))), taken)
        taken.add(path)
        found[one.id] = AccountName(
            posted=f"{ROOTS[one.kind]}:{path}",
            held=f"{HOLDS}:{path}",
            book=one.book,
            code=one.code,
            currency=one.currency,
        )
    return found


def component(text: str) -> str:
    """A part of a name that both tools take: letters, digits and dashes, a capital letter or digit in front."""
    kept = "".join(sign if sign == "-" or _is_plain(sign) else "-" for sign in text)
    first = kept[:1].upper()
    if len(first) == 1 and unicodedata.category(first) in ("Lu", "Nd"):
        return first + kept[1:]
    return f"X{kept}"


def _is_plain(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category.startswith("L") or category == "Nd"


def _free(path: str, taken: set[str]) -> str:
    """The path, or with the first number behind it that nobody has."""
    if path not in taken:
        return path
    number = 2
    while f"{path}-{number}" in taken:
        number += 1
    return f"{path}-{number}"
