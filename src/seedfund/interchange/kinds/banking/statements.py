"""A bank's statement becomes one command: its head and its lines, whatever of them could be read."""

from typing import Any, Final

from seedfund.banking.queries import OurAccounts, our_accounts
from seedfund.banking.service import LineSaid, RecordStatement, record_statement
from seedfund.interchange.kinds.banking.columns import LINES, STATEMENTS
from seedfund.interchange.kinds.banking.reading import amount_of, read_bank_files
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers, RowRefused
from seedfund.interchange.rules.statements import STATEMENT_ACCOUNT_OTHER, STATEMENT_ACCOUNT_UNKNOWN
from seedfund.interchange.statements.value import read_amount
from seedfund.kernel.errors import with_nearest
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret

_AMOUNTS: Final = ("amount", "debit", "credit")


def _record(intake: Intake, group: Group) -> Numbers:
    root, values = group.root, group.root.values
    lines = group.of(LINES.name)
    account, number = _account(intake, group)
    command = RecordStatement(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        account=account,
        reference=values.text("reference") or values.need_text("statement"),
        sequence=values.text("sequence"),
        number=values.secret("bank_number") or number,
        currency=values.need_text("currency"),
        from_day=values.day("from_day"),
        until_day=values.day("until_day"),
        opening=values.money("opening"),
        closing=values.money("closing"),
        corrects=values.text("corrects") or None,
        lines=tuple(_line(one) for one in lines),
    )
    recorded = record_statement(intake.work, command).number
    told = {(one.part, one.key): f"{recorded}/{place}" for place, one in enumerate(lines, start=1)}
    return {(root.part, root.key): recorded, **told}


def _account(intake: Intake, group: Group) -> tuple[str, Secret | None]:
    """The account of ours that a statement is of, and the bank's number of it where its lines write that.

    Raises:
        RowRefused: a line names none of ours, or another one than the statement is said to be of.
    """
    given = group.root.values.need_text("account")
    named: dict[str, Entry] = {}
    for one in group.of(LINES.name):
        if one.values.has("account"):
            named.setdefault(one.values.text("account"), one)
    if not named:
        return given, None
    ours = our_accounts(intake.work)
    said = ours.called(given) or ours.numbered(intake.work, given) or given
    number: Secret | None = None
    for written, line in named.items():
        code = ours.called(written)
        if code is None:
            number = Secret(written)
            code = ours.numbered(intake.work, written) or _first_told(ours, written, said=said, given=given)
        if code is None:
            shown = f"…{written[-3:]}" if any(sign.isdigit() for sign in written) else written
            known = with_nearest(shown, ours.titles)
            raise RowRefused(line.complaint(STATEMENT_ACCOUNT_UNKNOWN(written=known), "account"))
        if code != said:
            raise RowRefused(line.complaint(STATEMENT_ACCOUNT_OTHER(account=said), "account"))
    return said, number


def _first_told(ours: OurAccounts, written: str, *, said: str, given: str) -> str | None:
    """The account that --account gives, where its number is told for the first time."""
    is_number = any(sign.isdigit() for sign in written)
    return said if is_number and given != written and not ours.has_number(said) else None


def _line(entry: Entry) -> LineSaid:
    values = entry.values
    unread = tuple(sorted({_field(one.column) for one in entry.waiting if one.column is not None}))
    written = "; ".join(
        f"{one.column}={entry.cells.get(one.column, '')}" for one in entry.waiting if one.column is not None
    )
    return LineSaid(
        amount=amount_of(_amounts(entry)),
        booking_date=values.day("booking_date"),
        value_date=values.day("value_date"),
        reference=values.text("reference"),
        end_to_end=values.text("end_to_end"),
        is_reversal=values.flag("is_reversal"),
        batch=values.text("batch"),
        batch_count=values.whole("transactions"),
        code=values.text("code"),
        original=_original(values.text("original")),
        rate=values.text("rate"),
        counterparty=values.secret("counterparty"),
        account=values.secret("counterparty_account"),
        remittance=values.secret("remittance"),
        transactions=values.secret("details"),
        written=Secret(written) if written else None,
        unread=unread,
    )


def _amounts(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {name: entry.values.money(name) for name in _AMOUNTS}
    side = entry.values.text("side")
    return {**found, "side": side or None}


def _field(column: str) -> str:
    return "amount" if column in (*_AMOUNTS, "side") else column


def _original(text: str) -> Money | None:
    """`EUR 100.00`; what cannot be read is none, and stands in the bank's file."""
    currency, _, amount = text.strip().partition(" ")
    return read_amount(amount, currency)


BANK_STATEMENT: Final = Kind(
    name="bank_statement",
    title_en="Statements of a bank: camt.053, MT940, or a table of lines",
    title_es="Extractos de un banco: camt.053, MT940 o una tabla de líneas",
    parts=(STATEMENTS, LINES),
    is_whole=True,
    carry_out=_record,
    read=read_bank_files,
    said=("account", "corrects"),
)
