"""Files of a bank to the rows of both parts: XML and MT940 through their readers, a table of lines by its layout.

Cells are written in the style that the file was declared in, so that what follows reads them as it reads any other.
What a bank writes and nobody can read stays in its cell as it is, and is told there.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, Final

from seedfund.interchange.kinds.banking.columns import LINES, STATEMENTS
from seedfund.interchange.reader import Complaint, Sheet, SourceRow, read_parts
from seedfund.interchange.rules import PLAIN_LAYOUT, CellStyle, Layout, Part
from seedfund.interchange.rules.cells import day_text
from seedfund.interchange.rules.rows import RowReader
from seedfund.interchange.rules.statements import (
    STATEMENT_ACCOUNT_MISSING,
    STATEMENT_ACCOUNT_OTHER,
    STATEMENT_NOT_BOOKED,
    STATEMENT_NOTHING_TO_FOOT,
    STATEMENT_OFF,
)
from seedfund.interchange.statements import (
    BatchDetail,
    Statement,
    StatementEntry,
    StatementUnreadable,
    is_statement,
    read_statements,
)
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.kernel.secret import Secret

JOINT: Final = " / "
WRITTEN: Final = "account_written"
"""What a column of accounts says, beside the account that is said of the whole file."""
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]+")
_PLAIN_STYLE: Final = CellStyle(numbers=PLAIN)
_OPTIONAL: Final = ("statement", "line")
_OF_ONE: Final = (
    "statement",
    "reference",
    "sequence",
    "from_day",
    "until_day",
    "opening",
    "closing",
    "corrects",
)


def read_bank_files(
    parts: Sequence[Part],
    files: Mapping[str, bytes],
    *,
    layouts: Mapping[str, Layout] = {},
    style: CellStyle = _PLAIN_STYLE,
) -> tuple[tuple[Sheet, ...], frozenset[str]]:
    """The sheets of a bank's file; never raises for what stands in it.

    A table given alone is one of lines: what it lacks of its statement stands among the constants of the layout, or is
    told by the balance after each line.
    """
    first = files.get(STATEMENTS.name)
    constants = layouts.get(STATEMENTS.name, PLAIN_LAYOUT).constants
    if first is not None and is_statement(first):
        return _from_bank(first, constants, style)
    if first is not None and LINES.name not in files and not _is_of_statements(first, layouts):
        return _from_table(first, layouts, style)
    return read_parts(parts, files, layouts=layouts, style=style)


# XML and MT940 --------------------------------------------------------------------------------------------------------


def _from_bank(
    content: bytes, constants: Mapping[str, str], style: CellStyle
) -> tuple[tuple[Sheet, ...], frozenset[str]]:
    given = frozenset((STATEMENTS.name, LINES.name))
    try:
        found = read_statements(content)
    except StatementUnreadable as error:
        return _sheets(content, (), (), refusals=[error.refusal]), given
    refusals = [] if "account" in constants else [STATEMENT_ACCOUNT_MISSING()]
    heads = [
        SourceRow(row, {**_head_cells(one, style), **constants, "statement": _key(one, constants)})
        for row, one in enumerate(found, start=1)
    ]
    lines: list[SourceRow] = []
    for one in found:
        key = _key(one, constants)
        lines += [
            SourceRow(len(lines) + place, {"statement": key, **_line_cells(entry, style)})
            for place, entry in enumerate(one.entries, start=1)
        ]
    pending = sum(one.not_booked for one in found)
    flags: list[tuple[int | None, Refusal]] = [(None, STATEMENT_NOT_BOOKED(count=pending))] if pending else []
    flags += [(row, STATEMENT_OFF()) for row, one in enumerate(found, start=1) if not one.foots]
    return _sheets(content, heads, lines, refusals=refusals, flags=flags), given


def _sheets(
    content: bytes,
    heads: Sequence[SourceRow],
    lines: Sequence[SourceRow],
    *,
    refusals: Sequence[Refusal] = (),
    flags: Sequence[tuple[int | None, Refusal]] = (),
) -> tuple[Sheet, ...]:
    identity = (hashlib.sha256(content).hexdigest(), len(content))
    told = tuple(Complaint(STATEMENTS.name, None, None, one) for one in refusals)
    noted = tuple(Complaint(STATEMENTS.name, row, None, one) for row, one in flags)
    return (
        Sheet(STATEMENTS, *identity, tuple(heads), told, flags=noted),
        Sheet(LINES, *identity, tuple(lines), ()),
    )


def _key(one: Statement, constants: Mapping[str, str]) -> str:
    """What tells a statement from others; a corrected one also names the one it takes the place of.

    Its days are part of it: banks number anew each year, and some give every statement the same identification.
    """
    days = f"{one.from_day or '-'}..{one.until_day or '-'}"
    named = (constants.get("account", ""), one.reference, one.sequence, days, constants.get("corrects", ""))
    return _clean(JOINT.join(part for part in named if part))


def _head_cells(one: Statement, style: CellStyle) -> dict[str, str]:
    cells = {
        "reference": _clean(one.reference),
        "sequence": _clean(one.sequence),
        "bank_number": _identifier(one.number),
        "currency": one.currency,
        "from_day": _day(one.from_day, style),
        "until_day": _day(one.until_day, style),
        "opening": _money(one.opening, style),
        "closing": _money(one.closing, style),
    }
    return _filled(cells, one.unread)


def _line_cells(one: StatementEntry, style: CellStyle) -> dict[str, str]:
    cells = {
        "line": str(one.position),
        "booking_date": _day(one.booking_date, style),
        "value_date": _day(one.value_date, style),
        "amount": _money(one.amount, style),
        "reference": _clean(one.reference),
        "end_to_end": _clean(one.end_to_end),
        "is_reversal": "yes" if one.is_reversal else "",
        "batch": _clean(one.batch),
        "transactions": str(one.batch_count) if one.batch_count > 1 else "",
        "code": _clean(one.code),
        "original": "" if one.original is None else str(one.original),
        "rate": _clean(one.rate),
        "counterparty": _secret(one.counterparty),
        "counterparty_account": _identifier(one.account),
        "remittance": _secret(one.remittance),
        "details": _batch(one.details),
    }
    return _filled(cells, one.unread)


def _filled(cells: Mapping[str, str], unread: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in {**cells, **unread}.items() if text}


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _secret(secret: Secret | None) -> str:
    return "" if secret is None else _clean(secret.reveal())


def _identifier(secret: Secret | None) -> str:
    """With an apostrophe in front: a bank's own file was in no spreadsheet that rewrote its digits."""
    text = _secret(secret).replace("'", "")
    return f"'{text}" if text else ""


def _day(day: date | None, style: CellStyle) -> str:
    return "" if day is None else day_text(day, style)


def _money(amount: Money | None, style: CellStyle) -> str:
    if amount is None:
        return ""
    shown = format_minor(abs(amount.minor), amount.currency, style.numbers)
    return f"-{shown}" if amount.minor < 0 else shown


def _batch(details: Sequence[BatchDetail]) -> str:
    told = [
        {
            "reference": one.reference,
            "amount": "" if one.amount is None else str(one.amount),
            "counterparty": _secret(one.counterparty),
            "account": _secret(one.account),
            "remittance": _secret(one.remittance),
        }
        for one in details
    ]
    return json.dumps([_filled(one, {}) for one in told], ensure_ascii=False) if told else ""


# Tables ---------------------------------------------------------------------------------------------------------------


def _is_of_statements(content: bytes, layouts: Mapping[str, Layout]) -> bool:
    """Whether a table is one of statements: it names balances of whole statements, and no line does."""
    layout = replace(layouts.get(STATEMENTS.name, PLAIN_LAYOUT), constants={})
    (sheet,), _ = read_parts((STATEMENTS,), {STATEMENTS.name: content}, layouts={STATEMENTS.name: layout})
    return {"opening", "closing"} <= {name for _, name in sheet.headers}


def _from_table(
    content: bytes, layouts: Mapping[str, Layout], style: CellStyle
) -> tuple[tuple[Sheet, ...], frozenset[str]]:
    """A bank's table of lines, with the one statement it is, or those that its column of statements names."""
    head = layouts.get(STATEMENTS.name, PLAIN_LAYOUT)
    own = layouts.get(LINES.name, PLAIN_LAYOUT)
    layout = replace(own, sheet=own.sheet or head.sheet)
    free = tuple(
        replace(column, is_required=column.is_required and column.name not in _OPTIONAL)
        for column in LINES.columns
    )
    loose = replace(LINES, columns=free)
    (sheet,), _ = read_parts((loose,), {LINES.name: content}, layouts={LINES.name: layout}, style=style)
    currency = head.constants.get("currency") or style.currency
    reader = RowReader(loose, replace(style, currency=currency))
    statements: list[SourceRow] = []
    lines: dict[int, SourceRow] = {}
    complaints = list(sheet.complaints)
    groups = _statements_in(sheet.rows, head.constants)
    complaints += _accounts_told(sheet.rows, head.constants)
    for constants, rows in groups:
        values = [reader.read(row.cells)[0] for row in rows]
        cells, refusals = _told_head(constants, values, style, currency=currency)
        statements.append(SourceRow(len(statements) + 1, cells))
        if not sheet.complaints:
            place = len(statements) if len(groups) > 1 else None
            complaints += [Complaint(STATEMENTS.name, place, None, one) for one in refusals]
        for line, row in enumerate(rows, start=1):
            numbered = {**row.cells, "statement": cells["statement"], "line": str(line)}
            lines[row.number] = replace(row, cells=numbered)
    unnamed = [row for row in sheet.rows if row.number not in lines]
    ordered = tuple(sorted([*lines.values(), *unnamed], key=lambda row: row.number))
    told = Sheet(LINES, sheet.sha256, sheet.size, ordered, tuple(complaints), sheet.headers, sheet.flags)
    heads = Sheet(STATEMENTS, sheet.sha256, sheet.size, tuple(statements), ())
    return (heads, told), frozenset((STATEMENTS.name, LINES.name))


def _statements_in(
    rows: Sequence[SourceRow], constants: Mapping[str, str]
) -> list[tuple[Mapping[str, str], Sequence[SourceRow]]]:
    """The rows of each statement of a table, with what its layout says of it.

    Rows of several accounts are statements of each. What identifies one statement, and its balances, say nothing of
    several. A row that names none where others do is in none of them, and is told as it stands.
    """
    named: dict[tuple[str, str], list[SourceRow]] = {}
    for row in rows:
        named.setdefault((_bare(_account(row)), row.cells.get("statement", "").strip()), []).append(row)
    if set(named) <= {("", "")}:
        return [(constants, rows)]
    own = constants
    if len(named) > 1:
        own = {name: text for name, text in constants.items() if name not in _OF_ONE}
    of_accounts, of_statements = (any(one) for one in zip(*named, strict=True))
    found: list[tuple[Mapping[str, str], Sequence[SourceRow]]] = []
    for (account, name), some in named.items():
        told = {**own}
        if account:
            told |= {"account": own.get("account", _account(some[0])), WRITTEN: _account(some[0])}
        if name:
            told["statement"] = name
        if bool(account) is of_accounts and bool(name) is of_statements:
            found.append((told, some))
    return found


def _account(row: SourceRow) -> str:
    """What the column of accounts says of a row, without the apostrophe of a spreadsheet."""
    return row.cells.get("account", "").strip().removeprefix("'").strip()


def _bare(account: str) -> str:
    """An account as it is compared within a table: a bank writes its number with spaces or dashes, or without."""
    return "".join(sign for sign in account.casefold() if sign.isalnum()).lstrip("0")


def _accounts_told(rows: Sequence[SourceRow], constants: Mapping[str, str]) -> list[Complaint]:
    """Rows that name no account where others do, and another one than the whole file is said to be of."""
    named = {_bare(account): row for row in reversed(rows) for account in [_account(row)] if account}
    if not named:
        return []
    found = [
        Complaint(LINES.name, row.number, "account", STATEMENT_ACCOUNT_MISSING())
        for row in rows
        if not _account(row)
    ]
    given = constants.get("account", "")
    if given and len(named) > 1:
        first, *others = sorted(named.values(), key=lambda row: row.number)
        own = _bare(given) if _bare(given) in named else _bare(_account(first))
        found += [
            Complaint(LINES.name, row.number, "account", STATEMENT_ACCOUNT_OTHER(account=given))
            for row in (first, *others)
            if _bare(_account(row)) != own
        ]
    return found


def _told_head(
    constants: Mapping[str, str], values: Sequence[Mapping[str, Any]], style: CellStyle, *, currency: str
) -> tuple[dict[str, str], list[Refusal]]:
    """What a table and its layout say of the statement, and what neither does."""
    days = sorted(day for one in values for day in [one.get("booking_date") or one.get("value_date")] if day)
    first, last = (days[0], days[-1]) if days else (None, None)
    balances = _balances(values, style)
    cells = {
        "currency": currency,
        "from_day": _day(first, style),
        "until_day": _day(last, style),
        **balances,
        **constants,
    }
    period = f"{first}..{last}" if days else "-"
    written = cells.pop(WRITTEN, "")
    named = (
        cells.get("account", ""),
        written if written != cells.get("account") else "",
        cells.get("statement") or period,
        cells.get("corrects", ""),
    )
    cells["reference"] = cells.get("reference") or cells.get("statement") or period
    cells["statement"] = JOINT.join(part for part in named if part)
    refusals = [] if "account" in cells else [STATEMENT_ACCOUNT_MISSING()]
    if not {"opening", "closing"} <= cells.keys():
        refusals.append(STATEMENT_NOTHING_TO_FOOT())
    return _filled(cells, {}), refusals


def _balances(values: Sequence[Mapping[str, Any]], style: CellStyle) -> dict[str, str]:
    """Opening and closing by the balance after each line, whether the bank lists the oldest or the newest first."""
    lines = [(amount_of(one), one.get("balance")) for one in values]
    if not lines or any(amount is None or balance is None for amount, balance in lines):
        return {}
    told = [(amount, balance) for amount, balance in lines if amount is not None and balance is not None]
    ordered = next((order for order in (told, told[::-1]) if _is_running(order)), told)
    amount, balance = ordered[0]
    return {"opening": _money(balance - amount, style), "closing": _money(ordered[-1][1], style)}


def _is_running(lines: Sequence[tuple[Money, Money]]) -> bool:
    """Whether every balance is the one before it with the line's amount."""
    return all(after == before + amount for before, amount, after in _steps(lines))


def _steps(lines: Sequence[tuple[Money, Money]]) -> Iterator[tuple[Money, Money, Money]]:
    for (_, before), (amount, after) in pairwise(lines):
        yield before, amount, after


def amount_of(values: Mapping[str, Any]) -> Money | None:
    """The signed amount of a line: with its sign, by its side, or from the column of credits or debits it stands in."""
    amount: Money | None = values.get("amount")
    if amount is not None:
        side = values.get("side")
        return amount if side is None else _turned(amount, is_out=side == "debit")
    credit: Money | None = values.get("credit")
    debit: Money | None = values.get("debit")
    if debit is None:
        return credit
    return -debit if credit is None else credit - debit


def _turned(amount: Money, *, is_out: bool) -> Money:
    size = abs(amount.minor)
    return Money(-size if is_out else size, amount.currency)
