"""Reads of statements, matches and reconciliations; words of lines are opened for finance alone."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from seedfund.banking.queries import statements as sql
from seedfund.banking.queries.facts import (
    LineRow,
    LineWords,
    MatchedItem,
    MatchedLine,
    MatchParts,
    MatchRow,
    SignedRow,
    StatementRow,
)
from seedfund.banking.rules import (
    OUT_OF_IT,
    USABLE,
    BankLine,
    BookItem,
    Chained,
    Reconciliation,
    marks_in,
    reconcile,
)
from seedfund.funds.queries import BankAccountFacts
from seedfund.grants.queries.history import taken_over_of_people
from seedfund.grants.queries.on_their_way import payments_of_people
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.cash import CashMovement, cash_movements, subjects_of
from seedfund.people.queries import restricted_people, roles_of, sees_restricted
from seedfund.people.queries.restricted import RestrictedMarks
from seedfund.store.sealing.vault import Place, Vault
from seedfund.store.statements import Reader
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work

WORDS_ROLES = frozenset((Role.RECONCILER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER))
"""Who reads names, accounts and the bank's text: those who have to find out what a line is."""


OPENING: Final = "opening"
"""The event of what an account held when our books began; its value date is the cut-off."""


def line_place(statement: Key, position: int) -> Place:
    """Where a line's sealed words stand."""
    return Place("sf_bank_line", f"{statement}:{position}", "details")


def statement_by_number(reader: Reader, programme: Key, number: str) -> StatementRow:
    """A statement; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(sql.STATEMENT, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="statement", which=number)
    return found


def match_by_number(reader: Reader, programme: Key, number: str) -> MatchRow:
    """A match; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(sql.MATCH, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="match", which=number)
    return found


def parts_of(reader: Reader, matches: Sequence[Key]) -> Mapping[Key, MatchParts]:
    """Lines and items of matches."""
    lines: dict[Key, list[MatchedLine]] = defaultdict(list)
    items: dict[Key, list[MatchedItem]] = defaultdict(list)
    for line in reader.among(sql.MATCH_LINES, "matches", matches):
        lines[line.match_id].append(line)
    for item in reader.among(sql.MATCH_ITEMS, "matches", matches):
        items[item.match_id].append(item)
    return {match: MatchParts(tuple(lines[match]), tuple(items[match])) for match in matches}


def words_of_line(vault: Vault, line: LineRow) -> LineWords:
    """The words of a line, opened with the vault of its statement.

    Raises:
        Corrupt: they were altered.
    """
    if line.details is None:
        return LineWords()
    told = json.loads(vault.open_bytes(line.details, line_place(line.statement_id, line.position)))
    secrets = {name: Secret(text) for name, text in told.items() if name != "end_to_end"}
    return LineWords(end_to_end=told.get("end_to_end", ""), **secrets)


@dataclass(frozen=True, slots=True)
class _Hidden:
    """By what a line is known to be about somebody restricted: the numbers it names, an account, a match."""

    marks: frozenset[str]
    accounts: frozenset[str]
    matches: frozenset[str]

    def holds(self, line: LineRow, words: LineWords) -> bool:
        """Whether a line is about one of them."""
        texts = [words.end_to_end, line.bank_ref, line.batch]
        texts += [one.reveal() for one in (words.remittance, words.transactions) if one is not None]
        return (
            (line.account_digest is not None and line.account_digest in self.accounts)
            or (line.match != "" and line.match in self.matches)
            or bool(self.marks & marks_in(" | ".join(texts)))
        )


def _hidden(work: Work, bank_account: Key) -> _Hidden:
    """Nothing for those who see restricted people."""
    reader, programme = work.reader(), work.programme.id
    people = [] if sees_restricted(work) else restricted_people(reader, programme)
    payments = payments_of_people(reader, programme, people)
    numbers = {one.number for one in payments} | {one.grant for one in payments}
    # A grant of earlier books has no payment of ours, and money comes back to it all the same.
    numbers |= set(taken_over_of_people(reader, programme, people))
    told = subjects_of(reader, programme, sorted(numbers)) if numbers else frozenset()
    shown = reader.all(sql.RECONCILED_ENTRIES, bank_account=bank_account) if told else []
    return _Hidden(
        marks=marks_in(" | ".join(sorted(numbers))),
        accounts=frozenset(one.account_digest for one in payments if one.account_digest is not None),
        matches=frozenset(match for entry, match in shown if entry in told),
    )


def hidden_lines(work: Work, bank_account: Key) -> Callable[[LineRow, LineWords], bool]:
    """Whether a line of an account is about somebody restricted whom the actor does not see."""
    return _hidden(work, bank_account).holds


def proposed_lines(reader: Reader, work: Work, bank: BankAccountFacts) -> set[str]:
    """The lines of an account that a standing proposal names."""
    rows = reader.all(sql.MATCHES_OF_ACCOUNT, programme=work.programme.id, bank_account=bank.id)
    parts = parts_of(reader, [row.id for row in rows if row.state == "proposed"])
    numbers = {row.id: row.number for row in list_statements(work)}
    return {f"{numbers[one.statement_id]}/{one.position}" for part in parts.values() for one in part.lines}


def open_lines(work: Work, statement: StatementRow) -> list[tuple[LineRow, LineWords | None]]:
    """The lines of a statement, with their words for those who reconcile; None for everybody else.

    The words of a line about somebody restricted are for named roles only, also among those who reconcile.
    """
    reader = work.reader()
    lines = reader.among(sql.LINES_OF, "statements", [statement.id])
    vault = None
    if roles_of(work).intersection(WORDS_ROLES):
        vault = open_vaults(reader, work, [statement.id]).get(statement.id)
    if vault is None:
        return [(line, None) for line in lines]
    hidden, marks = _hidden(work, statement.bank_account_id), RestrictedMarks(work)
    opened = [(line, words_of_line(vault, line)) for line in lines]
    return [
        (line, None if hidden.holds(line, words) or marks.stand_in(words.texts) else words)
        for line, words in opened
    ]


def list_statements(work: Work) -> list[StatementRow]:
    """Every statement of the programme, by number."""
    return work.reader().all(sql.STATEMENTS, programme=work.programme.id)


def list_matches(work: Work) -> list[MatchRow]:
    """Every match of the programme, by number."""
    return work.reader().all(sql.MATCHES, programme=work.programme.id)


def signings(reader: Reader, programme: Key) -> list[SignedRow]:
    """Signed reconciliations, each account's months in their last version, by month."""
    return reader.all(sql.SIGNINGS, programme=programme)


def waiting_lines(reader: Reader, programme: Key) -> Mapping[Key, int]:
    """How many lines of each account nothing explains yet."""
    return dict(reader.all(sql.OPEN_LINES, programme=programme))


def reconciled(
    reader: Reader, programme: Key, bank: BankAccountFacts, day: date
) -> tuple[Reconciliation, list[StatementRow], Mapping[Key, CashMovement]]:
    """An account's bank and books at the end of a day, its statements that stand, and the entries behind the books.

    Lines are named by their number, entries by their key.
    """
    statements = [
        row
        for row in reader.all(sql.STATEMENTS_OF_ACCOUNT, programme=programme, bank_account=bank.id)
        if row.state not in OUT_OF_IT
    ]
    shown = dict(reader.all(sql.RECONCILED_ENTRIES, bank_account=bank.id))
    moved = cash_movements(reader, programme, bank.code, until=date.max)
    rows = reader.all(sql.LINES_OF_ACCOUNT, bank_account=bank.id)
    spans = {row.id: row for row in with_days(reader, statements)}
    lines = [
        BankLine(
            id=row.number,
            day=day_within(row, spans[row.statement_id]),
            amount=row.amount_minor,
            match=row.match,
        )
        for row in rows
        if row.amount_minor
    ]
    items = [
        BookItem(
            id=one.entry_id,
            day=one.booking_date,
            amount=one.amount,
            match=shown.get(one.entry_id, ""),
            cut_off=one.value_date if one.event == OPENING else None,
        )
        for one in moved
    ]
    found = reconcile(_chained(list(spans.values())), lines, items, day)
    return found, list(spans.values()), {one.entry_id: one for one in moved}


def with_days(reader: Reader, statements: Sequence[StatementRow]) -> list[StatementRow]:
    """Statements with both days: where the bank names none, those of their lines, else the day of recording."""
    dayless = [row.id for row in statements if row.from_day is None or row.until_day is None]
    days: dict[Key, list[date]] = defaultdict(list)
    for line in reader.among(sql.LINES_OF, "statements", dayless):
        days[line.statement_id] += [day for day in [line.booking_date or line.value_date] if day is not None]
    found = []
    for row in statements:
        until = row.until_day or max(days[row.id], default=row.from_day or row.recorded_on)
        since = row.from_day or min([*days[row.id], until])
        found.append(replace(row, from_day=min(since, until), until_day=max(since, until)))
    return found


def day_within(line: LineRow, statement: StatementRow) -> date:
    """The day a line counts in: its own, but never outside the statement whose balances count it."""
    first, last = statement.from_day or date.min, statement.until_day or date.max
    return min(max(line.counted_on, first), last)


def _chained(statements: Sequence[StatementRow]) -> list[Chained]:
    """The statements that foot, with their days."""
    return [
        Chained(
            number=row.number,
            from_day=row.from_day or row.recorded_on,
            until_day=row.until_day or row.recorded_on,
            opening=row.opening_minor,
            closing=row.closing_minor,
        )
        for row in statements
        if row.state in USABLE and row.opening_minor is not None and row.closing_minor is not None
    ]
