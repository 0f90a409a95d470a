"""Proposing what lines of a bank and items of the books are the same money: by rule, or by hand with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.banking.queries import LineRow, parts_of
from seedfund.banking.queries.known import (
    Known,
    entry_item,
    item_facts,
    key_of,
    known_of,
    match_digest,
    opened_lines,
    payment_item,
)
from seedfund.banking.queries.statements import MATCHES_OF_ACCOUNT
from seedfund.banking.rules import MATCH_STATES, USABLE, MatchKind, MatchReason, Proposal, propose
from seedfund.banking.rules.deciding import (
    ITEM_NOT_OF_ACCOUNT,
    ItemState,
    LineState,
    check_free,
)
from seedfund.banking.service.common import (
    RECONCILERS,
    RECORDERS,
    MatchMoved,
    account_of,
    lines_by_number,
    why,
)
from seedfund.banking.tables import BankMatch, BankMatchItem, BankMatchLine
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "RM"
DECIDE: Final = Write(
    lambda: (
        sa.update(BankMatch)
        .where(col(BankMatch.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            decided_on=sa.bindparam("new_on"),
            decided_by=sa.bindparam("new_by"),
            reason=sa.bindparam("new_reason"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class ProposeMatches(Command):
    """One of our accounts, by its code."""

    account: str


@dataclass(frozen=True, kw_only=True)
class MatchesProposed:
    """How many matches were proposed now, how many proposals stand in all, and how many lines have none."""

    account: str
    proposed: int
    open_proposals: int
    lines_without: int


@verb("banking.propose_matches", roles=RECORDERS)
def propose_matches(unit: Unit, command: ProposeMatches) -> MatchesProposed:
    """Propose what the open lines of an account may be; nothing is chosen, and what was rejected is not proposed again.

    Raises:
        NotFound: there is no such account.
    """
    known = known_of(unit, unit.programme.id, account_of(unit, command.account))
    lines = [fact for _, _, fact in opened_lines(unit, unit.work, known)]
    wanted = {match_digest(one.lines, one.items): one for one in propose(lines, item_facts(known))}
    rows = unit.all(MATCHES_OF_ACCOUNT, programme=unit.programme.id, bank_account=known.bank.id)
    standing = {row.content_digest for row in rows if row.state == "proposed"}
    refused = {row.content_digest for row in rows if row.state == "rejected"}
    # What a proposal spoke of may have been settled since, from another file or by hand.
    gone = [row for row in rows if row.state == "proposed" and not row.is_by_hand]
    for row in gone:
        if row.content_digest not in wanted:
            decide(unit, (row.id, row.number), "overtaken")
            standing.discard(row.content_digest)
    fresh = [(mark, one) for mark, one in wanted.items() if mark not in standing | refused]
    _write(unit, known, fresh)
    told = {line for mark, one in wanted.items() if mark not in refused for line in one.lines}
    return MatchesProposed(
        account=known.bank.code,
        proposed=len(fresh),
        open_proposals=len(standing) + len(fresh),
        lines_without=sum(line.id not in told for line in lines),
    )


def decide(unit: Unit, match: tuple[Key, str], state: str, reason: str | None = None) -> None:
    """Take a match, by its key and number, one step, by who acts."""
    key, number = match
    unit.execute(
        DECIDE,
        this_id=key,
        new_state=state,
        new_on=unit.occurred_on,
        new_by=unit.actor.id,
        new_reason=reason,
    )
    unit.changed("sf_bank_match", number, {}, {"state": state})


def _write(
    unit: Unit, known: Known, proposals: Sequence[tuple[str, Proposal]], *, hand_reason: str | None = None
) -> list[str]:
    """Keep proposals in the order of their certainty; returns their numbers."""
    if not proposals:
        return []
    year = unit.occurred_on.year
    numbers = [f"{SERIES}-{year}-{one:04d}" for one in unit.numbers(SERIES, year, len(proposals))]
    for number, (mark, one) in zip(numbers, proposals, strict=True):
        _write_one(unit, known, (number, mark, hand_reason), one)
    return numbers


def _write_one(unit: Unit, known: Known, told: tuple[str, str, str | None], one: Proposal) -> None:
    match, (number, mark, hand_reason) = unit.key(), told
    unit.insert(
        BankMatch,
        id=match,
        programme_id=unit.programme.id,
        number=number,
        bank_account_id=known.bank.id,
        kind=one.kind.value,
        is_by_hand=one.kind is MatchKind.BY_HAND,
        score=one.score,
        reasons=canonical_text([reason.value for reason in one.reasons]),
        hand_reason=hand_reason,
        content_digest=mark,
        state=MATCH_STATES.start,
        proposed_on=unit.occurred_on,
        proposed_at=unit.now,
        proposed_by=unit.actor.id,
        decided_on=None,
        decided_by=None,
        reason=None,
    )
    rows = [known.lines[line] for line in one.lines]
    unit.insert_many(
        BankMatchLine,
        [
            {"match_id": match, "position": place, "statement_id": row.statement_id, "line": row.position}
            for place, row in enumerate(rows, start=1)
        ],
    )
    items = [_item(known, match, *placed) for placed in enumerate(one.items, start=1)]
    unit.insert_many(BankMatchItem, items)
    unit.created("sf_bank_match", number, {"state": MATCH_STATES.start, "kind": one.kind.value})
    if items:
        total = sum(item["amount_minor"] for item in items)
        unit.created("sf_bank_match_item", number, {"total": str(Money(total, known.bank.currency))})


def _item(known: Known, match: Key, position: int, item: str) -> dict[str, Any]:
    entry, payment = key_of(item)
    amount = known.entries[entry].amount if entry is not None else 0
    if payment is not None:
        amount = -known.payments[payment].open_minor
    return {
        "match_id": match,
        "position": position,
        "entry_id": entry,
        "payment_id": payment,
        "amount_minor": amount,
    }


@dataclass(frozen=True, kw_only=True)
class PairLines(Command):
    """Lines (`BS-2026-0001/3`) and what of the books they are: entries and payments on their way, by number.

    Lines alone undo each other in the bank, entries alone in the books. `reason` says how it is known.
    """

    account: str
    reason: str
    lines: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    payments: tuple[str, ...] = ()


@verb("banking.pair_lines", roles=RECONCILERS)
def pair_lines(unit: Unit, command: PairLines) -> MatchMoved:
    """Put lines and items together by hand, where no rule found them; another person confirms it.

    Raises:
        NotFound: there is no such account or line.
        InvalidInput: fewer than two things are named, or no reason is given.
        Refused: `item_not_of_account`, `line_not_usable`, `line_matched`, `item_matched`.
    """
    reason = why(command.reason)
    if len(command.lines) + len(command.entries) + len(command.payments) < 2:
        raise InvalidInput(
            field="lines",
            problem="fewer than two things are named",
            remedy="name the lines and the entries or payments that are the same money",
        )
    known = known_of(unit, unit.programme.id, account_of(unit, command.account))
    rows = lines_by_number(unit, command.lines)
    items, refusals = _named(known, command)
    refusals += _strangers(known, rows)
    states = [
        LineState(id=row.number, statement_state=row.statement_state, matched_by=row.match) for row in rows
    ]
    refuse([*refusals, *check_free(states, _shown(known, items))])
    number = pair(unit, known, [row.number for row in rows], items, reason=reason)
    return MatchMoved(match=number, state=MATCH_STATES.start)


def pair(unit: Unit, known: Known, lines: Sequence[str], items: Sequence[str], *, reason: str) -> str:
    """Write a match made by hand inside another command; returns its number."""
    proposal = Proposal(
        kind=MatchKind.BY_HAND,
        lines=tuple(lines),
        items=tuple(items),
        score=0,
        reasons=(MatchReason.BY_HAND,),
    )
    return _write(unit, known, [(match_digest(lines, items), proposal)], hand_reason=reason)[0]


def _named(known: Known, command: PairLines) -> tuple[list[str], list[Refusal]]:
    entries = {one.number: one for one in known.entries.values()}
    payments = {one.number: one for one in known.payments.values()}
    items, refusals = list[str](), list[Refusal]()
    for number in dict.fromkeys(one.strip().upper() for one in command.entries):
        if number in entries:
            items.append(entry_item(entries[number].entry_id))
        else:
            refusals.append(ITEM_NOT_OF_ACCOUNT(item=number, account=known.bank.code))
    for number in dict.fromkeys(one.strip().upper() for one in command.payments):
        if number in payments:
            items.append(payment_item(payments[number].id))
        else:
            refusals.append(ITEM_NOT_OF_ACCOUNT(item=number, account=known.bank.code))
    return items, refusals


def _strangers(known: Known, rows: Sequence[LineRow]) -> list[Refusal]:
    """Lines of another account; those of a statement that does not count are told as such."""
    return [
        ITEM_NOT_OF_ACCOUNT(item=row.number, account=known.bank.code)
        for row in rows
        if row.statement_state in USABLE and row.number not in known.lines
    ]


def _shown(known: Known, items: Sequence[str]) -> list[ItemState]:
    found = []
    for item in items:
        entry, _ = key_of(item)
        if entry is not None and entry in known.shown:
            number = known.entries[entry].number
            found.append(ItemState(id=number, is_own=False, matched_by=known.shown[entry]))
    return found


def lapse_others(unit: Unit, known: Known, taken: frozenset[str]) -> int:
    """Let every proposal go that names a line or an item that is taken now; returns how many."""
    rows = [
        row
        for row in unit.all(MATCHES_OF_ACCOUNT, programme=unit.programme.id, bank_account=known.bank.id)
        if row.state == "proposed"
    ]
    parts = parts_of(unit, [row.id for row in rows])
    numbers = {(row.statement_id, row.position): row.number for row in known.lines.values()}
    gone = 0
    for row in rows:
        names = [numbers.get((one.statement_id, one.position), "") for one in parts[row.id].lines]
        names += [entry_item(one.entry_id) for one in parts[row.id].items if one.entry_id is not None]
        names += [payment_item(one.payment_id) for one in parts[row.id].items if one.payment_id is not None]
        if taken.intersection(names):
            decide(unit, (row.id, row.number), "overtaken")
            gone += 1
    return gone
