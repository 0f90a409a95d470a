"""What of an account is open on both sides: lines that nothing explains, entries and payments that no line shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.banking.queries.facts import LineRow, LineWords
from seedfund.banking.queries.reads import words_of_line
from seedfund.banking.queries.statements import LINES_OF_ACCOUNT, RECONCILED_ENTRIES
from seedfund.banking.rules import ItemFact, LineFact, marks_in
from seedfund.funds.queries import BankAccountFacts
from seedfund.grants.queries.on_their_way import PaymentShown, payments_on_their_way, payments_shown
from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.cash import CashMovement, cash_movements
from seedfund.store.statements import Reader
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work

_DOMAIN: Final = "seedfund.bank_match.1"


@dataclass(frozen=True)
class Known:
    """Both sides of an account: lines that count, entries that moved money in it, payments on their way from it.

    `shown` are the entries that a standing match has; `told` the payments that entries speak of, by number.
    """

    bank: BankAccountFacts
    lines: Mapping[str, LineRow]
    entries: Mapping[Key, CashMovement]
    payments: Mapping[Key, PaymentShown]
    shown: Mapping[Key, str]
    told: Mapping[str, PaymentShown]

    def paid_by(self, entry: CashMovement) -> Key:
        """Who let the money of an entry go, releasing its payment or entering it; of what came in, who entered it."""
        payment = self.told.get(entry.subject)
        released = None if payment is None else payment.released_by
        return entry.actor_id if released is None or entry.amount > 0 else released

    def hands_of(self, entry: CashMovement) -> frozenset[Key]:
        """Who may not say that the bank shows an entry: who paid or took it, and who released what came back."""
        payment = self.told.get(entry.subject)
        released = None if payment is None else payment.released_by
        return frozenset({self.paid_by(entry)} if released is None else {self.paid_by(entry), released})


def known_of(reader: Reader, programme: Key, bank: BankAccountFacts) -> Known:
    """Everything open on both sides of an account, and what is not."""
    entries = cash_movements(reader, programme, bank.code, until=date.max)
    return Known(
        bank=bank,
        lines={row.number: row for row in reader.all(LINES_OF_ACCOUNT, bank_account=bank.id)},
        entries={one.entry_id: one for one in entries},
        payments={one.id: one for one in payments_on_their_way(reader, programme, bank.id)},
        shown=dict(reader.all(RECONCILED_ENTRIES, bank_account=bank.id)),
        told=payments_shown(reader, programme, [one.subject for one in entries]),
    )


def opened_lines(reader: Reader, work: Work, known: Known) -> list[tuple[LineRow, LineWords, LineFact]]:
    """The lines of an account that nothing explains, with what they name; their words are opened for rules alone."""
    rows = [row for row in known.lines.values() if row.amount_minor and not row.match]
    vaults = open_vaults(reader, work, list(dict.fromkeys(row.statement_id for row in rows)))
    facts, tellers = [], _tellers(known.lines.values())
    for row in rows:
        vault = vaults.get(row.statement_id)
        words = LineWords() if vault is None else words_of_line(vault, row)
        was_told = tellers[row.mark] != row.statement_id
        facts.append((row, words, _line_fact(row, words, was_told=was_told)))
    return facts


def _tellers(lines: Iterable[LineRow]) -> Mapping[str, Key]:
    """By what a line tells, the statement that counts for it: the one where it is explained, else the first to come.

    A statement that is set aside is not asked, so that what it told first is the other's again.
    """
    tellers: dict[str, Key] = {}
    for row in sorted(lines, key=lambda row: not row.match):
        tellers.setdefault(row.mark, row.statement_id)
    return tellers


def _line_fact(row: LineRow, words: LineWords, *, was_told: bool) -> LineFact:
    texts = [words.end_to_end, row.bank_ref, row.batch]
    texts += [secret.reveal() for secret in (words.remittance, words.transactions) if secret is not None]
    return LineFact(
        id=row.number,
        day=row.counted_on,
        amount=row.amount_minor or 0,
        marks=marks_in(" | ".join(texts)),
        reference=row.bank_ref,
        account=row.account_digest,
        is_reversal=row.is_reversal,
        was_told=was_told,
    )


def item_facts(known: Known) -> list[ItemFact]:
    """The entries that no line shows, and the payments on their way, as rules compare them."""
    found = [
        _entry_fact(entry, known.told.get(entry.subject))
        for entry in known.entries.values()
        if entry.entry_id not in known.shown
    ]
    return [*found, *(_payment_fact(payment) for payment in known.payments.values() if payment.open_minor)]


def entry_item(key: Key) -> str:
    """How rules name an entry."""
    return f"entry:{key}"


def payment_item(key: Key) -> str:
    """How rules name a payment on its way."""
    return f"payment:{key}"


def key_of(item: str) -> tuple[Key | None, Key | None]:
    """The entry's key or the payment's of a name that rules use."""
    kind, _, key = item.partition(":")
    return (Key(key), None) if kind == "entry" else (None, Key(key))


def _entry_fact(entry: CashMovement, payment: PaymentShown | None) -> ItemFact:
    texts = [entry.number, entry.subject]
    if payment is not None:
        texts += [payment.number, payment.grant]
    return ItemFact(
        id=entry_item(entry.entry_id),
        day=entry.value_date,
        amount=entry.amount,
        marks=marks_in(" | ".join(texts)),
        reference="" if payment is None else payment.provider_ref,
        account=None if payment is None else payment.account_digest,
        group="" if payment is None or entry.amount > 0 else payment.list_number,
        takes_back="" if entry.reverses is None else entry_item(entry.reverses),
    )


def _payment_fact(payment: PaymentShown) -> ItemFact:
    return ItemFact(
        id=payment_item(payment.id),
        day=payment.released_on or date.min,
        amount=-payment.open_minor,
        marks=marks_in(f"{payment.number} | {payment.grant}"),
        reference=payment.provider_ref,
        account=payment.account_digest,
        group=payment.list_number,
        is_open=True,
    )


def match_digest(lines: Sequence[str], items: Sequence[str]) -> str:
    """What tells a match from others: its lines and items, in any order."""
    return digest(_DOMAIN, canonical_bytes([sorted(lines), sorted(items)]))


def names_of_items(known: Known, keys: Iterable[tuple[Key | None, Key | None]]) -> list[str]:
    """Entries and payments by the number people know."""
    found = []
    for entry, payment in keys:
        if entry is not None:
            found.append(known.entries[entry].number if entry in known.entries else entry)
        elif payment is not None:
            found.append(known.payments[payment].number if payment in known.payments else payment)
    return found
