"""Taking a bank statement in: always, and as the bank told it; what is odd is flagged and put on a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.banking.queries import StatementRow, line_place, statement_by_number, with_days
from seedfund.banking.queries.statements import LINES_OF, SAME_STATEMENT, SEEN_MARKS
from seedfund.banking.rules import (
    STATEMENT_STATES,
    LineFlag,
    StatementFlag,
    StatementTold,
    counted_day,
    is_barred,
    statement_flags,
)
from seedfund.banking.rules.deciding import (
    MONTH_SIGNED,
    STATEMENT_HAS_MATCHES,
    STATEMENT_NOT_OF_ACCOUNT,
    STATEMENT_TOLD_OTHERWISE,
)
from seedfund.banking.rules.footing import weighed
from seedfund.banking.service.common import RECORDERS, account_of, closed_months, move_statement
from seedfund.banking.service.judging import account_digest, as_told, flags_of_lines
from seedfund.banking.service.said import LineSaid, RecordStatement, StatementRecorded
from seedfund.banking.tables import BankLine, BankStatement
from seedfund.funds.queries import BankAccountFacts
from seedfund.kernel.canonical import canonical_bytes, canonical_text
from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.store.commands import verb
from seedfund.store.sealing.vault import Vault
from seedfund.store.unit import Unit

SERIES: Final = "BS"
LINES_MAX: Final = 100_000
REFERENCE_MAX: Final = 80
SEQUENCE_MAX: Final = 40


@verb("banking.record_statement", roles=RECORDERS)
def record_statement(unit: Unit, command: RecordStatement) -> StatementRecorded:
    """Take in what a bank says of an account; one that does not foot posts nothing until a corrected one comes.

    Raises:
        NotFound: there is no such account, or no statement to correct.
        InvalidInput: it has no identification, too many lines, or a currency that is none.
        Refused: `statement_told_otherwise`, `statement_not_of_account`, `statement_has_matches`,
            `month_is_signed`, `no_such_step`.
    """
    _check(command)
    bank = account_of(unit, command.account)
    content = _content(unit, command)
    sequence, known = _same(unit, command, bank)
    same = next((row for row in known if row.content_digest == content), None)
    statement = unit.key() if same is None else same.id
    secrets = [one for line in command.lines for one in line.secrets().values()]
    unit.owns(statement, command.number, *secrets)
    if same is not None:
        return _known(same)
    unit.new_vault(statement)
    corrected = None if command.corrects is None else _corrected(unit, command.corrects, bank)
    if known and corrected is None:
        raise Refused([STATEMENT_TOLD_OTHERWISE(statement=known[0].number)])
    return _write(unit, command, bank, _Place(statement, content, corrected, sequence))


def _same(unit: Unit, command: RecordStatement, bank: BankAccountFacts) -> tuple[str, list[StatementRow]]:
    """The number a statement is kept under, and the statements that its bank told under the same identification.

    Banks number anew each year, or never (`STARTUMS`, `1/1`): one whose days lie apart from all of them is another one,
    and is kept with its first day behind the number.
    """
    reference, sequence = command.reference.strip()[:REFERENCE_MAX], command.sequence.strip()[:SEQUENCE_MAX]
    asked = {"programme": unit.programme.id, "bank_account": bank.id, "bank_ref": reference}
    known = unit.all(SAME_STATEMENT, **asked, sequence=sequence)
    first, last = command.from_day or command.until_day, command.until_day or command.from_day
    if not known or first is None or last is None:
        return sequence, known
    told = with_days(unit, known)
    if any(_meets(row, first, last) for row in told):
        return sequence, known
    apart = f"{sequence[: SEQUENCE_MAX - 11]} {first}".strip()
    return apart, unit.all(SAME_STATEMENT, **asked, sequence=apart)


def _meets(row: StatementRow, first: date, last: date) -> bool:
    """Whether a statement has days in common with a period."""
    return (row.from_day or date.min) <= last and (row.until_day or date.max) >= first


def _check(command: RecordStatement) -> None:
    exponent(command.currency)
    if not command.reference.strip():
        raise InvalidInput(
            field="reference",
            problem="the statement has no identification",
            remedy="give the one the bank prints on it",
        )
    if len(command.lines) > LINES_MAX:
        raise InvalidInput(
            field="lines",
            problem=f"there are more than {LINES_MAX}",
            remedy="ask the bank for shorter statements, such as one a day",
        )


def _known(row: StatementRow) -> StatementRecorded:
    return StatementRecorded(
        number=row.number,
        state=row.state,
        flags=row.flags,
        lines=row.line_count,
        flagged_lines=0,
        is_known=True,
    )


def _corrected(unit: Unit, number: str, bank: BankAccountFacts) -> StatementRow:
    row = statement_by_number(unit, unit.programme.id, number)
    if row.bank_account_id != bank.id:
        raise Refused([STATEMENT_NOT_OF_ACCOUNT(statement=row.number, account=bank.code)])
    STATEMENT_STATES.require(row.state, "replaced", which=row.number)
    if any(line.match for line in unit.among(LINES_OF, "statements", [row.id])):
        raise Refused([STATEMENT_HAS_MATCHES(statement=row.number)])
    months = sorted(closed_months(unit, bank.id).intersection(_months_of(unit, row)))
    if months:
        raise Refused([MONTH_SIGNED(account=bank.code, month=months[0])])
    return row


def _months_of(unit: Unit, row: StatementRow) -> frozenset[str]:
    """The months whose balance rests on a statement: those it has days of."""
    (told,) = with_days(unit, [row])
    first, last = told.from_day or told.recorded_on, told.until_day or told.recorded_on
    return frozenset(f"{first + timedelta(days=one):%Y-%m}" for one in range((last - first).days + 1))


def _content(unit: Unit, command: RecordStatement) -> str:
    """The keyed fingerprint of everything the bank told, so that the same is known again."""
    head = [
        command.account,
        command.reference.strip(),
        command.sequence.strip(),
        command.currency,
        *(None if day is None else day.isoformat() for day in (command.from_day, command.until_day)),
        *(None if money is None else str(money) for money in (command.opening, command.closing)),
    ]
    return unit.work.blinder.fingerprint(canonical_bytes([head, [_mark_of(line) for line in command.lines]]))


def _mark_of(line: LineSaid) -> list[object]:
    days = (line.booking_date, line.value_date)
    return [
        *(None if day is None else day.isoformat() for day in days),
        None if line.amount is None else str(line.amount),
        line.reference,
        line.end_to_end,
        line.is_reversal,
        *(f"{name}={secret.reveal()}" for name, secret in sorted(line.secrets().items())),
    ]


@dataclass(frozen=True)
class _Place:
    """The statement's key, the fingerprint of its content, the one it takes the place of, and the number it has."""

    statement: Key
    content: str
    corrects: StatementRow | None
    sequence: str


def _write(unit: Unit, command: RecordStatement, bank: BankAccountFacts, place: _Place) -> StatementRecorded:
    marks = [unit.work.blinder.fingerprint(canonical_bytes(_mark_of(line))) for line in command.lines]
    if place.corrects is not None:
        move_statement(unit, place.corrects, "replaced")
    seen = frozenset(unit.among(SEEN_MARKS, "marks", list(dict.fromkeys(marks)), bank_account=bank.id))
    digest = account_digest(unit, command.number)
    told = as_told(unit, command, bank, [mark in seen for mark in marks], digest=digest)
    flags = statement_flags(told)
    flagged = flags_of_lines(told)
    number = unit.human_number(SERIES)
    row = _head(unit, command, bank, place) | {
        "number": number,
        "flags": canonical_text([flag.value for flag in flags]),
        "number_digest": digest,
    }
    unit.insert(BankStatement, **row)
    _write_lines(unit, place.statement, told, list(zip(command.lines, marks, flagged, strict=True)))
    _note(unit, number, command, told)
    state = "does_not_foot" if is_barred(flags) else "foots"
    move_statement(unit, statement_by_number(unit, unit.programme.id, number), state)
    _tell(unit, number, flags, bank)
    odd = sum(map(bool, flagged))
    return StatementRecorded(
        number=number, state=state, flags=flags, lines=len(command.lines), flagged_lines=odd
    )


def _head(unit: Unit, command: RecordStatement, bank: BankAccountFacts, place: _Place) -> dict[str, object]:
    corrects = place.corrects
    return {
        "id": place.statement,
        "programme_id": unit.programme.id,
        "bank_account_id": bank.id,
        "bank_ref": command.reference.strip()[:REFERENCE_MAX],
        "sequence": place.sequence,
        "version": 1 if corrects is None else corrects.version + 1,
        "corrects_id": None if corrects is None else corrects.id,
        "currency": command.currency,
        "from_day": command.from_day,
        "until_day": command.until_day,
        "opening_minor": None if command.opening is None else command.opening.minor,
        "closing_minor": None if command.closing is None else command.closing.minor,
        "line_count": len(command.lines),
        "content_digest": place.content,
        "state": STATEMENT_STATES.start,
        "recorded_on": unit.occurred_on,
        "recorded_at": unit.now,
        "recorded_by": unit.actor.id,
    }


def _note(unit: Unit, number: str, command: RecordStatement, told: StatementTold) -> None:
    """What an auditor's check holds the rows to."""
    balances = {"opening": command.opening, "closing": command.closing}
    if None not in balances.values():
        unit.created("sf_bank_statement", number, {name: str(one) for name, one in balances.items()})
    amounts = [line.amount for line in told.lines]
    known = [amount for amount in amounts if amount is not None]
    if known:
        total = str(Money(sum(known), command.currency))
        after = {"lines": len(known), "total": total, "weighed": weighed(amounts)}
        unit.created("sf_bank_line", number, after)


def _write_lines(
    unit: Unit,
    statement: Key,
    told: StatementTold,
    lines: Sequence[tuple[LineSaid, str, tuple[LineFlag, ...]]],
) -> None:
    vault = unit.vault(statement)
    unit.insert_many(
        BankLine,
        [
            {
                "statement_id": statement,
                "position": position,
                "booking_date": line.booking_date,
                "value_date": line.value_date,
                "counted_on": counted_day(seen, told, recorded=unit.occurred_on),
                "amount_minor": seen.amount,
                "is_reversal": line.is_reversal,
                "bank_ref": line.reference[:80],
                "batch": line.batch[:80],
                "batch_count": line.batch_count,
                "code": line.code[:40],
                "foreign_minor": None if line.original is None else line.original.minor,
                "foreign_currency": None if line.original is None else line.original.currency,
                "rate": line.rate[:20],
                "account_digest": account_digest(unit, line.account),
                "details": _sealed(vault, statement, position, line),
                "flags": canonical_text([flag.value for flag in flags]),
                "mark": mark,
            }
            for position, ((line, mark, flags), seen) in enumerate(
                zip(lines, told.lines, strict=True), start=1
            )
        ],
    )


def _sealed(vault: Vault, statement: Key, position: int, line: LineSaid) -> bytes | None:
    words = {name: secret.reveal() for name, secret in line.secrets().items()}
    if line.end_to_end:
        words["end_to_end"] = line.end_to_end
    if not words:
        return None
    return vault.seal(Secret(canonical_text(words)), line_place(statement, position))


def _tell(unit: Unit, number: str, flags: Sequence[StatementFlag], bank: BankAccountFacts) -> None:
    """Put what is odd about a statement on the exceptions page, each in a row of its own."""
    for flag in flags:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="bank_statement",
            subject_number=number,
            reason=flag.value,
            facts={"account": bank.code},
        )
