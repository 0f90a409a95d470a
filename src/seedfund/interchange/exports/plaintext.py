"""A journal as text for hledger and for beancount, which an auditor's own copy of either reads and adds up again.

Must not know databases. The same journal gives the same text. Accounts are declared before their first posting, with
the code the books know them by; at the end stands an assertion for every account that moved, to the last minor unit, so
that the tool itself says whether its sums are ours. hledger checks an assertion at the end of its day, beancount at the
beginning of the next.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Final, Protocol

from seedfund.interchange.exports.journal import Balance, Head, Side, Transaction
from seedfund.interchange.exports.names import AccountName
from seedfund.kernel.money import PLAIN, format_minor

_UNSAFE: Final = re.compile(r"[^\w .,:/#·-]+")
Words = Callable[[str], str]
"""Translates a word of the house."""


class Form(Protocol):
    """How a tool writes what a journal is made of."""

    def head(self, head: Head, words: Words) -> Iterator[str]:
        """The lines at the top."""

    def declared(self, account: str, of: AccountName, first: Transaction) -> Iterator[str]:
        """The lines that name an account before it is used."""

    def transaction(self, one: Transaction, narration: str) -> Iterator[str]:
        """The lines of a transaction."""

    def assertions(self, head: Head, found: Iterable[Balance], words: Words) -> Iterator[str]:
        """The lines that say what stands at the end."""


def written(
    form: Form, head: Head, entries: Iterable[Transaction], found: Iterable[Balance], *, words: Words
) -> Iterator[str]:
    """The journal line by line, each without its end; an account that came back to nothing is asserted as well."""
    yield from form.head(head, words)
    seen: dict[str, AccountName] = {}
    for one in entries:
        yield ""
        for side in one.sides:
            if side.account not in seen:
                seen[side.account] = side.of
                yield from form.declared(side.account, side.of, one)
        yield from form.transaction(one, _narration(one, words))
    yield ""
    standing = {one.account: one for one in found}
    whole = standing | {
        account: Balance(account, of, 0) for account, of in seen.items() if account not in standing
    }
    yield from form.assertions(head, [whole[account] for account in sorted(whole)], words)


def _narration(one: Transaction, words: Words) -> str:
    said = words(one.event.replace("_", " ").replace(".", " "))
    return plain(f"{said} · {one.voucher}" if one.voucher else said)


def plain(text: str) -> str:
    """Text without a sign that either tool reads as anything but text: quotes, semicolons, bars, line ends."""
    return _UNSAFE.sub(" ", text).strip()


def amount(minor: int, currency: str) -> str:
    """An amount with the decimals of its currency, `-1250.50 USD`."""
    return f"{format_minor(minor, currency, PLAIN)} {currency}"


class Hledger:
    """The form of hledger's journals."""

    def head(self, head: Head, words: Words) -> Iterator[str]:
        """Title, day and chains as comments; the decimal mark and the commodities declared."""
        yield f"; {plain(head.title)} · {plain(words('As of'))} {head.as_of.isoformat()}"
        for chain in head.chains:
            yield f"; {plain(words('Control code'))}: {plain(chain)}"
        yield from (f"; {plain(told)}" for told in head.brought)
        yield "decimal-mark ."
        for currency in head.currencies:
            one = format_minor(0, currency, PLAIN)
            yield f"commodity 1000{one[1:] or '.'} {currency}"

    def declared(self, account: str, of: AccountName, first: Transaction) -> Iterator[str]:
        """The account, with its code as a tag."""
        yield f"account {account}"
        yield f"    ; code:{of.code}"

    def transaction(self, one: Transaction, narration: str) -> Iterator[str]:
        """Number in parentheses, value date and hash as tags; each side with the number of its row."""
        yield f"{one.booked_on.isoformat()} * ({plain(one.number)}) {narration}"
        yield f"    ; value-date:{one.value_on.isoformat()}, hash:{one.hash}"
        for side in one.sides:
            yield f"    {side.account}  {_moved(side)}  ; row:{side.seq}"

    def assertions(self, head: Head, found: Iterable[Balance], words: Words) -> Iterator[str]:
        """One transaction of nothing, each side asserting what stands on its account."""
        lines = [
            f"    {one.account}  {amount(0, one.of.currency)} = {amount(one.minor, one.of.currency)}"
            for one in found
        ]
        if lines:
            yield f"{head.as_of.isoformat()} * {plain(words('Trial balance'))}"
            yield from lines


class Beancount:
    """The form of beancount's files."""

    def head(self, head: Head, words: Words) -> Iterator[str]:
        """Title, day and chains as comments; title and currencies as options."""
        yield f";; {plain(words('As of'))} {head.as_of.isoformat()}"
        for chain in head.chains:
            yield f";; {plain(words('Control code'))}: {plain(chain)}"
        yield from (f";; {plain(told)}" for told in head.brought)
        yield f'option "title" "{plain(head.title)}"'
        for currency in head.currencies:
            yield f'option "operating_currency" "{currency}"'

    def declared(self, account: str, of: AccountName, first: Transaction) -> Iterator[str]:
        """The account, opened on the day of its first posting, with its code."""
        yield f"{first.booked_on.isoformat()} open {account} {of.currency}"
        yield f'  code: "{of.code}"'

    def transaction(self, one: Transaction, narration: str) -> Iterator[str]:
        """Number, value date and hash as metadata; each side with the number of its row."""
        yield f'{one.booked_on.isoformat()} * "{narration}"'
        yield f'  entry: "{plain(one.number)}"'
        yield f"  value-date: {one.value_on.isoformat()}"
        yield f'  hash: "{one.hash}"'
        for side in one.sides:
            yield f"  {side.account}  {_moved(side)}"
            yield f"    row: {side.seq}"

    def assertions(self, head: Head, found: Iterable[Balance], words: Words) -> Iterator[str]:
        """What stands on every account when the next day begins; the tool's own tolerance is set to nothing."""
        day = (head.as_of + timedelta(days=1)).isoformat()
        for one in found:
            minor, currency = one.minor, one.of.currency
            yield f"{day} balance {one.account}  {format_minor(minor, currency, PLAIN)} ~ 0 {currency}"


def _moved(side: Side) -> str:
    return amount(side.minor, side.of.currency)
