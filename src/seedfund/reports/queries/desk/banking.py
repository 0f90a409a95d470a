"""Statements, matches and signed months as the desk shows them; names and texts of lines for finance alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from seedfund.banking.queries import (
    LineRow,
    LineWords,
    MatchRow,
    SignedRow,
    StatementRow,
    aside_because,
    lines_to_enter,
    list_matches,
    list_statements,
    match_by_number,
    open_lines,
    parts_of,
    signings,
    statement_by_number,
)
from seedfund.banking.rules import MATCH_STATES, OUT_OF_IT
from seedfund.banking.rules.to_enter import ToEnter
from seedfund.funds.queries import BankAccountFacts, bank_accounts
from seedfund.grants.queries.on_their_way import payments_on_their_way
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.people.queries import roles_of
from seedfund.reports.queries.desk.grant_reads import NUMBERS_OF_ENTRIES, NUMBERS_OF_PAYMENTS
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.typed import typed
from seedfund.reports.value import Word
from seedfund.store.work import Work


def _banks(work: Work) -> Mapping[Key, BankAccountFacts]:
    roles_of(work)
    return {one.id: one for one in bank_accounts(work.reader(), work.programme.id)}


def statement_rows(work: Work) -> list[Row]:
    """Every statement, with its balances and what is odd about it."""
    banks = _banks(work)
    return [
        {"number": row.number, "account": banks[row.bank_account_id].code, **_statement(row)}
        for row in list_statements(work)
    ]


def _statement(row: StatementRow) -> Row:
    return {
        "state": Word(row.state),
        "bank_reference": row.bank_ref,
        "from_day": row.from_day,
        "until_day": row.until_day,
        "opening_balance": row.money(row.opening_minor),
        "closing_balance": row.money(row.closing_minor),
        "line_count": row.line_count,
        "flags": [Word(flag.value) for flag in row.flags],
    }


def show_statement(work: Work, number: str) -> Thing:
    """A statement with its lines; who stands on the other side is told to those who reconcile."""
    banks = _banks(work)
    row = statement_by_number(work.reader(), work.programme.id, number)
    fields: Row = {
        "account": banks[row.bank_account_id].code,
        **_statement(row),
        "sequence": row.sequence,
        "version": row.version,
        "recorded_on": row.recorded_on,
        "recorded_by": row.recorder,
        "set_aside_because": aside_because(work.reader(), row),
    }
    lines = [_line(row, line, words) for line, words in open_lines(work, row)]
    told = lines_to_enter(work, banks[row.bank_account_id])
    own = {line["number"] for line in lines}
    enter = [_to_enter(one) for number, several in told.items() if number in own for one in several]
    parts = {"statement lines": lines, "what may be entered": enter}
    return Thing("bank statement", row.number, fields, {name: rows for name, rows in parts.items() if rows})


def to_enter_rows(work: Work) -> list[Row]:
    """What may be entered from lines that nothing explains, with the command that another hand carries out."""
    return [
        _to_enter(one)
        for bank in _banks(work).values()
        for several in lines_to_enter(work, bank).values()
        for one in several
    ]


@dataclass(frozen=True, slots=True)
class WhyItIsOpen:
    """What a line of a statement waits for.

    `match` is the confirmed match that explains it; `state` is its statement's. Of a line that counts and is open,
    `may_be` is what may be entered from it, and `commands` are those that end it otherwise, as they are typed.
    """

    match: str
    state: str
    may_be: tuple[Row, ...] = ()
    commands: tuple[str, ...] = ()


def why_it_is_open(work: Work, number: str) -> WhyItIsOpen:
    """What one line, such as `BS-2026-0001/3`, waits for.

    Raises:
        NotFound: there is no such line.
    """
    statement, _, position = number.strip().upper().partition("/")
    row = statement_by_number(work.reader(), work.programme.id, statement)
    found = next((line for line, _ in open_lines(work, row) if str(line.position) == position), None)
    if found is None:
        raise NotFound(what="line", which=number)
    if found.match or row.state in OUT_OF_IT:
        return WhyItIsOpen(found.match, row.state)
    bank = _banks(work)[row.bank_account_id]
    line = f"{statement}/{position}"
    if decisions := _decisions(work, row, found.position):
        return WhyItIsOpen("", row.state, commands=decisions)
    may_be = tuple(_to_enter(one) for one in lines_to_enter(work, bank).get(line, ()))
    return WhyItIsOpen("", row.state, may_be, () if may_be else _by_hand(bank.code, line))


def _decisions(work: Work, statement: StatementRow, position: int) -> tuple[str, ...]:
    """What is decided about the matches that are proposed of a line."""
    waiting = {row.id: row.number for row in list_matches(work) if row.state == MATCH_STATES.start}
    parts = parts_of(work.reader(), list(waiting))
    about = [
        number
        for key, number in waiting.items()
        if any((one.statement_id, one.position) == (statement.id, position) for one in parts[key].lines)
    ]
    return tuple(
        command
        for number in about
        for command in (
            typed("banking.confirm_matches", f'matches=["{number}"]'),
            typed("banking.reject_match", f"match={number}", "reason=..."),
        )
    )


def _by_hand(account: str, line: str) -> tuple[str, ...]:
    """What the rules propose, then lines and books put together by a person, then an entry made from the line."""
    return tuple(
        typed(verb, f"account={account}", *fields)
        for verb, fields in (
            ("banking.propose_matches", ()),
            ("banking.pair_lines", (f'lines=["{line}"]', "payments=...", "reason=...")),
            ("banking.enter_line", (f"line={line}", "what=...", "fund=...", "reason=...")),
        )
    )


def _to_enter(one: ToEnter) -> Row:
    return {
        "number": one.line,
        "may_be": Word(one.what.value),
        "about": one.about or None,
        "because": [Word(reason.value) for reason in one.reasons],
        "to_fill": list(one.to_fill),
        "command": command_of(one),
    }


def command_of(one: ToEnter) -> str:
    """The command as it is typed; what a person fills in is left as `name=...`."""
    told = [f"{name}={value}" for name, value in one.fields] + [f"{name}=..." for name in one.to_fill]
    return typed(one.verb, *told)


def _line(statement: StatementRow, line: LineRow, words: LineWords | None) -> Row:
    told: Row = {
        "number": line.number,
        "on": line.counted_on,
        "value_date": line.value_date,
        "amount": statement.money(line.amount_minor),
        "reversal": line.is_reversal,
        "bank_reference": line.bank_ref,
        "original": None
        if line.foreign_minor is None
        else Money(line.foreign_minor, line.foreign_currency or ""),
        "flags": [Word(flag.value) for flag in line.flags],
        "match": line.match or None,
    }
    if words is not None:
        told |= {
            "end_to_end": words.end_to_end,
            "counterparty": words.counterparty,
            "text": words.remittance,
            "written": words.written,
            "transactions": _transactions(words.transactions),
        }
    return told


def _transactions(told: Secret | None) -> list[Secret]:
    """The transactions of a batch, one a line."""
    if told is None:
        return []
    try:
        rows = json.loads(told.reveal())
    except ValueError:
        return [told]
    return [Secret(" · ".join(str(value) for value in row.values())) for row in rows if isinstance(row, dict)]


def match_rows(work: Work) -> list[Row]:
    """Every match of lines and books."""
    banks = _banks(work)
    return [
        {"number": row.number, "account": banks[row.bank_account_id].code, **_match(row)}
        for row in list_matches(work)
    ]


def _match(row: MatchRow) -> Row:
    return {
        "state": Word(row.state),
        "kind": Word(row.kind.value),
        "score": row.score,
        "reasons": [Word(reason.value) for reason in row.reasons],
        "proposed_on": row.proposed_on,
        "proposed_by": row.proposer,
        "decided_on": row.decided_on,
        "decided_by": row.decider,
    }


def show_match(work: Work, number: str) -> Thing:
    """A match with its lines and what of the books it names."""
    banks = _banks(work)
    reader, programme = work.reader(), work.programme.id
    row = match_by_number(reader, programme, number)
    currency = banks[row.bank_account_id].currency
    parts = parts_of(reader, [row.id])[row.id]
    statements = {one.id: one for one in list_statements(work)}
    wanted = {(one.statement_id, one.position) for one in parts.lines}
    lines = [
        _line(statements[key], line, words)
        for key in dict.fromkeys(one.statement_id for one in parts.lines)
        for line, words in open_lines(work, statements[key])
        if (key, line.position) in wanted
    ]
    entries = [one.entry_id for one in parts.items if one.entry_id is not None]
    payments = [one.payment_id for one in parts.items if one.payment_id is not None]
    names = dict(reader.among(NUMBERS_OF_ENTRIES, "ids", entries))
    names |= dict(reader.among(NUMBERS_OF_PAYMENTS, "ids", payments))
    on_way = {one.id for one in payments_on_their_way(reader, programme, row.bank_account_id)}
    items: list[Row] = [
        {
            "number": names[one.entry_id or one.payment_id or Key("")],
            "amount": Money(one.amount_minor, currency),
            "on_its_way": one.payment_id in on_way,
        }
        for one in parts.items
    ]
    fields: Row = {"account": banks[row.bank_account_id].code, **_match(row)}
    fields |= {"put_together_because": row.hand_reason, "reason": row.reason}
    return Thing("bank match", row.number, fields, {"statement lines": lines, "in the books": items})


def signed_rows(work: Work) -> list[Row]:
    """Every signed month of an account."""
    banks = _banks(work)
    return [
        {"number": row.number, "account": banks[row.bank_account_id].code, **_signed(row)}
        for row in signings(work.reader(), work.programme.id)
    ]


def _signed(row: SignedRow) -> Row:
    return {
        "month": row.month,
        "version": row.version,
        "by_the_bank": Money(row.bank_minor, row.currency),
        "by_the_books": Money(row.books_minor, row.currency),
        "not_in_the_books": Money(row.in_bank_minor, row.currency),
        "not_in_the_bank": Money(row.in_books_minor, row.currency),
        "unexplained": Money(row.unexplained_minor, row.currency),
        "signed_on": row.signed_on,
        "signed_by": row.signer,
    }


def show_signed(work: Work, number: str) -> Thing:
    """A signed month with what was explained."""
    banks = _banks(work)
    for row in signings(work.reader(), work.programme.id):
        if row.number == number.upper():
            told: list[Row] = [{"number": name, "reason": text} for name, text in row.explained.items()]
            fields: Row = {"account": banks[row.bank_account_id].code, **_signed(row)}
            return Thing("signed reconciliation", row.number, fields, {"explained": told})
    raise NotFound(what="reconciliation", which=number)
