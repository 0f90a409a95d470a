"""What is read of statements, matches and reconciliations, as values. Must not know how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from seedfund.banking.rules import LineFlag, MatchKind, MatchReason, StatementFlag
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement as stored; amounts in minor units of its currency."""

    id: Key
    number: str
    bank_account_id: Key
    bank_ref: str
    sequence: str
    version: int
    corrects_id: Key | None
    currency: str
    from_day: date | None
    until_day: date | None
    opening_minor: int | None
    closing_minor: int | None
    line_count: int
    flags: tuple[StatementFlag, ...]
    number_digest: str | None
    content_digest: str
    state: str
    recorded_on: date
    recorder: str

    def money(self, minor: int | None) -> Money | None:
        """An amount in the statement's currency."""
        return None if minor is None else Money(minor, self.currency)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as stored, with its statement and, where one stands, the match that explains it."""

    statement_id: Key
    statement: str
    statement_state: str
    position: int
    booking_date: date | None
    value_date: date | None
    counted_on: date
    amount_minor: int | None
    is_reversal: bool
    bank_ref: str
    batch: str
    batch_count: int
    code: str
    foreign_minor: int | None
    foreign_currency: str | None
    account_digest: str | None
    details: bytes | None
    flags: tuple[LineFlag, ...]
    match: str
    mark: str

    @property
    def number(self) -> str:
        """How a line is named: `BS-2026-0001/3`."""
        return f"{self.statement}/{self.position}"


@dataclass(frozen=True, slots=True)
class LineWords:
    """The words of a line, opened: who stands on the other side, their account, the bank's text, references."""

    end_to_end: str = ""
    counterparty: Secret | None = None
    account: Secret | None = None
    remittance: Secret | None = None
    transactions: Secret | None = None
    written: Secret | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every word there is, in clear."""
        words = (self.counterparty, self.account, self.remittance, self.transactions, self.written)
        return (self.end_to_end, *(one.reveal() for one in words if one is not None))


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match as stored."""

    id: Key
    number: str
    bank_account_id: Key
    kind: MatchKind
    is_by_hand: bool
    score: int
    reasons: tuple[MatchReason, ...]
    hand_reason: str | None
    content_digest: str
    state: str
    proposed_on: date
    proposed_by: Key
    proposer: str
    decided_on: date | None
    decider: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A line of a match."""

    match_id: Key
    statement_id: Key
    position: int


@dataclass(frozen=True, slots=True)
class MatchedItem:
    """An entry, or a payment that was on its way, of a match."""

    match_id: Key
    position: int
    entry_id: Key | None
    payment_id: Key | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class MatchParts:
    """Lines and items of a match, in order."""

    lines: tuple[MatchedLine, ...]
    items: tuple[MatchedItem, ...]


@dataclass(frozen=True, slots=True)
class SignedRow:
    """A signed reconciliation of an account's month, the last version; amounts in minor units."""

    number: str
    bank_account_id: Key
    month: str
    version: int
    currency: str
    bank_minor: int
    books_minor: int
    in_bank_minor: int
    in_bank_count: int
    in_books_minor: int
    in_books_count: int
    unexplained_minor: int
    explained: Mapping[str, str]
    signed_on: date
    signed_at: datetime
    signer: str
