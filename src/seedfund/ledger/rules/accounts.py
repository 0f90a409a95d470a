"""The kinds of accounts, their floors and their codes. Pure: no database, no clock.

A grant's accounts are kept per PART: grant × book × budget line (a grant may have two lines, or two funds).
"""

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.ids import Key

DEBIT: Final = "D"
CREDIT: Final = "C"
NO_FLOOR: Final = "N"
FLOORS: Final = (DEBIT, CREDIT, NO_FLOOR)

PARTICIPANT: Final = "participant"
SUPPLIER: Final = "supplier"
PROVIDER: Final = "provider"
HOLDERS: Final = (PARTICIPANT, SUPPLIER, PROVIDER)


@dataclass(frozen=True, slots=True)
class AccountKind:
    """A kind of account: the side its balance stands on (its floor), and whether it is budget (memo) or money."""

    name: str
    floor: str
    is_memo: bool = False


KINDS: Final = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            AccountKind("cash", DEBIT),
            AccountKind("advances", DEBIT),
            AccountKind("claims", DEBIT),
            AccountKind("expense", DEBIT),
            AccountKind("write_offs", DEBIT),
            AccountKind("losses", DEBIT),
            AccountKind("due_from", DEBIT),
            AccountKind("donor_returns", DEBIT),
            AccountKind("contributions", CREDIT),
            AccountKind("income", CREDIT),
            AccountKind("credit", CREDIT),
            AccountKind("withheld", CREDIT),
            AccountKind("due_to", CREDIT),
            AccountKind("shortfall", CREDIT),
            AccountKind("fx", NO_FLOOR),
            AccountKind("opening", NO_FLOOR),
            AccountKind("available", DEBIT, is_memo=True),
            AccountKind("awarded", DEBIT, is_memo=True),
            AccountKind("committed", DEBIT, is_memo=True),
            AccountKind("spent", DEBIT, is_memo=True),
            AccountKind("allotted", CREDIT, is_memo=True),
            AccountKind("over", CREDIT, is_memo=True),
        )
    }
)
MEMO_KINDS: Final = frozenset(kind.name for kind in KINDS.values() if kind.is_memo)
_LABEL: Final = re.compile(r"[\w.\-/]{1,60}")


class AccountRef(NamedTuple):
    """An account of a book by its code, with what is needed to open it when it is used first.

    Book and code alone say which account it is. A tuple, because a payment list makes forty thousand of them.
    """

    book_id: int
    code: str
    kind: str
    grant_id: Key | None = None
    line_id: Key | None = None
    bank_account_id: Key | None = None
    line: str = ""
    holder: str = ""

    @property
    def companion(self) -> str | None:
        """The code of the account that names what a fact took beyond this one's floor (`shortfall:A`, `over:LINE`)."""
        if self.kind == "cash":
            return "shortfall" + self.code[4:]
        return f"over:{self.line}" if self.line and self.kind in MEMO_KINDS else None


def label(text: str, *, name: str) -> str:
    """A part of an account's code: letters, digits and `. - _ /`, up to 60, in NFC.

    Raises:
        InvalidInput: anything else, naming the field.
    """
    found = unicodedata.normalize("NFC", text)
    if not _LABEL.fullmatch(found):
        raise InvalidInput(
            field=name,
            problem=f"{text!r} cannot stand in an account's code",
            remedy="use letters, digits, dot, dash, slash or underscore, up to 60",
        )
    return found


def bank(kind: str, book_id: int, account: str, *, bank_account_id: Key | None = None) -> AccountRef:
    """`cash:A` or `shortfall:A`: a fund's share of a bank account, petty cash, envelope or float."""
    holder = label(account, name="bank_account")
    return AccountRef(book_id, f"{kind}:{holder}", kind, bank_account_id=bank_account_id, holder=holder)


def cash(book_id: int, account: str, *, bank_account_id: Key | None = None) -> AccountRef:
    """`cash:A`: a fund's share of a bank account, petty cash, envelope or float."""
    return bank("cash", book_id, account, bank_account_id=bank_account_id)


def other(kind: str, book_id: int, name: str) -> AccountRef:
    """An account of a kind and one word: `contributions:DONOR`, `income:KIND`, `withheld:TAX`, `due_to:FUND`."""
    holder = label(name, name=kind)
    return AccountRef(book_id, f"{kind}:{holder}", kind, holder=holder)


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line in a book."""

    book_id: int
    line_id: Key
    code: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", label(self.code, name="line"))

    def account(self, kind: str) -> AccountRef:
        """`available:LINE`, `allotted:LINE`, `over:LINE`; `expense:LINE`, `spent:LINE` of spending outside grants."""
        return AccountRef(self.book_id, f"{kind}:{self.code}", kind, line_id=self.line_id, line=self.code)


@dataclass(frozen=True, slots=True)
class Part:
    """The unit of a grant's accounts: grant × book × budget line; `grant` is the grant's number."""

    line: Line
    grant_id: Key
    grant: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "grant", label(self.grant, name="grant"))

    @property
    def book_id(self) -> int:
        """The book it is kept in."""
        return self.line.book_id

    def account(self, kind: str, holder: str = "") -> AccountRef:
        """`committed:SC-2026-0001:A1.1`, or with a holder `advances:SC-2026-0001:A1.1:participant`."""
        line = self.line
        code = f"{kind}:{self.grant}:{line.code}"
        if holder:
            code = f"{code}:{holder if holder in HOLDERS else label(holder, name='holder')}"
        return AccountRef(line.book_id, code, kind, self.grant_id, line.line_id, None, line.code, holder)
