"""What is told of a bank statement: the command, its lines, and the answer. Must not know how it is stored."""

from dataclasses import dataclass
from datetime import date

from seedfund.banking.rules import StatementFlag
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.store.commands import Command


@dataclass(frozen=True, kw_only=True)
class LineSaid:
    """A line as the bank told it; `amount` is signed: what left the account is below zero.

    A day or an amount that could not be read is left out and its field named in `unread`, with what the file writes in
    `written`. `transactions` tells those of a batch, in JSON.
    """

    amount: Money | None = None
    booking_date: date | None = None
    value_date: date | None = None
    reference: str = ""
    end_to_end: str = ""
    is_reversal: bool = False
    batch: str = ""
    batch_count: int = 0
    code: str = ""
    original: Money | None = None
    rate: str = ""
    counterparty: Secret | None = None
    account: Secret | None = None
    remittance: Secret | None = None
    transactions: Secret | None = None
    written: Secret | None = None
    unread: tuple[str, ...] = ()

    def secrets(self) -> dict[str, Secret]:
        """What of it is sealed, by name."""
        named = {
            "counterparty": self.counterparty,
            "account": self.account,
            "remittance": self.remittance,
            "transactions": self.transactions,
            "written": self.written,
        }
        return {name: secret for name, secret in named.items() if secret is not None}


@dataclass(frozen=True, kw_only=True)
class RecordStatement(Command):
    """A statement of one of our accounts: the bank's identification and number, its days, balances and lines.

    `number` is the account as the bank writes it. `corrects` is the number of the statement it takes the place of.
    """

    account: str
    reference: str
    currency: str
    lines: tuple[LineSaid, ...]
    sequence: str = ""
    number: Secret | None = None
    from_day: date | None = None
    until_day: date | None = None
    opening: Money | None = None
    closing: Money | None = None
    corrects: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatementRecorded:
    """The statement's number and state, what is odd about it, and how many lines it has.

    `is_known` when the bank told the very same before; then nothing was written.
    """

    number: str
    state: str
    flags: tuple[StatementFlag, ...]
    lines: int
    flagged_lines: int
    is_known: bool = False
