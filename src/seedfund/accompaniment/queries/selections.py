"""Reads of selections: the rules in force, lists as they were made, and how each household stands now."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.rules.criteria import SelectionTerms
from seedfund.accompaniment.rules.selection import (
    LeaveReason,
    Listed,
    Outcome,
    SelectionContent,
    Waiting,
)
from seedfund.accompaniment.tables.selection import (
    Selection,
    SelectionEntry,
    SelectionEntryStep,
    SelectionRules,
)
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries import household_rows
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor

# Rules ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RulesRow:
    """A version of the rules of a selection, with who proposed and who approved it."""

    id: Key
    code: str
    version: int
    terms: SelectionTerms
    content_hash: str
    effective_from: date
    proposer: str
    approver: str


def _rules(*values: Any) -> RulesRow:
    this, code, version, content, content_hash, effective_from, proposer, approver = values
    wanted = json.loads(content)
    terms = decode(SelectionTerms, wanted["terms"])
    return RulesRow(this, code, version, terms, content_hash, effective_from, proposer, approver)


def _all_rules() -> Any:
    proposer, approver = sa.orm.aliased(Actor), sa.orm.aliased(Actor)
    return (
        sa.select(
            col(SelectionRules.id),
            col(SelectionRules.code),
            col(SelectionRules.version),
            col(SelectionRules.content),
            col(SelectionRules.content_hash),
            col(SelectionRules.effective_from),
            col(proposer.handle),
            col(approver.handle),
        )
        .join(proposer, col(proposer.id) == col(SelectionRules.proposed_by))
        .join(approver, col(approver.id) == col(SelectionRules.approved_by))
        .where(col(SelectionRules.programme_id) == sa.bindparam("programme"))
    )


_IN_FORCE: Final = Query(
    _rules,
    lambda: (
        _all_rules()
        .where(
            col(SelectionRules.code) == sa.bindparam("code"),
            col(SelectionRules.effective_from) <= sa.bindparam("on_day"),
        )
        .order_by(col(SelectionRules.version).desc())
        .limit(1)
        .with_for_update(of=SelectionRules)
    ),
)
_RULES: Final = Query(
    _rules,
    lambda: _all_rules().order_by(col(SelectionRules.code), col(SelectionRules.version)),
)
LAST_RULES: Final = Query(
    int,
    lambda: sa.select(sa.func.coalesce(sa.func.max(col(SelectionRules.version)), 0)).where(
        col(SelectionRules.programme_id) == sa.bindparam("programme"),
        col(SelectionRules.code) == sa.bindparam("code"),
    ),
)


def rules_in_force(reader: Reader, programme: Key, code: str, on: date) -> RulesRow:
    """The newest version of rules that holds on a day; locks it inside a command.

    Raises:
        NotFound: none of that code holds on the day.
    """
    found = reader.first(_IN_FORCE, programme=programme, code=code, on_day=on)
    if found is None:
        raise NotFound(what="selection rules in force", which=code)
    return found


def list_rules(reader: Reader, programme: Key) -> list[RulesRow]:
    """Every version of every rules, by code and version."""
    return reader.all(_RULES, programme=programme)


# Selections -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SelectionRow:
    """A selection as stored; what it said when it was made is in `content`, read when it is asked for."""

    id: Key
    number: str
    code: str
    version: int
    rules: str
    places: int
    households: int
    stored: str
    content_hash: str
    made_on: date
    state: str
    recorder: str

    @cached_property
    def terms(self) -> SelectionTerms:
        """The rules it was made by."""
        return decode(SelectionTerms, json.loads(self.rules)["terms"])

    @cached_property
    def listed(self) -> Mapping[str, Listed]:
        """Every household as it was listed, by its number."""
        content = decode(SelectionContent, json.loads(self.stored))
        return {one.household: one for one in content.households}


def _selections() -> Any:
    return (
        sa.select(
            col(Selection.id),
            col(Selection.number),
            col(SelectionRules.code),
            col(SelectionRules.version),
            col(SelectionRules.content),
            col(Selection.places),
            col(Selection.households),
            col(Selection.content),
            col(Selection.content_hash),
            col(Selection.made_on),
            col(Selection.state),
            col(Actor.handle),
        )
        .join(SelectionRules, col(SelectionRules.id) == col(Selection.rules_id))
        .join(Actor, col(Actor.id) == col(Selection.recorded_by))
        .where(col(Selection.programme_id) == sa.bindparam("programme"))
        .order_by(col(Selection.number))
    )


_SELECTION: Final = Query(
    SelectionRow,
    lambda: (
        _selections().where(col(Selection.number) == sa.bindparam("number")).with_for_update(of=Selection)
    ),
)
_SELECTIONS: Final = Query(SelectionRow, _selections)


def selection_by_number(reader: Reader, programme: Key, number: str) -> SelectionRow:
    """A selection; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_SELECTION, programme=programme, number=number)
    if found is None:
        raise NotFound(what="selection", which=number)
    return found


def list_selections(reader: Reader, programme: Key) -> list[SelectionRow]:
    """Every selection, by number."""
    return reader.all(_SELECTIONS, programme=programme)


# Households of a selection --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A household of a selection, as it stands now."""

    selection_id: Key
    position: int
    household_id: Key
    household: str
    screening_version: int
    outcome: Outcome
    state: str

    @property
    def waiting(self) -> Waiting:
        """What the order of the list looks at."""
        return Waiting(household=self.household, position=self.position, state=self.state)


@dataclass(frozen=True, slots=True)
class EntryStepRow:
    """A step of a household in a selection: from where to where, why, and whether it passed over another."""

    selection_id: Key
    entry: int
    position: int
    from_state: str
    to_state: str
    why: LeaveReason | None
    reason: str
    is_override: bool
    happened_on: date
    recorder: str


_ENTRIES: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(SelectionEntry.selection_id),
            col(SelectionEntry.position),
            col(SelectionEntry.household_id),
            col(SelectionEntry.screening_version),
            col(SelectionEntry.outcome),
            col(SelectionEntry.state),
        )
        .where(col(SelectionEntry.selection_id).in_(sa.bindparam("selections", expanding=True)))
        .order_by(col(SelectionEntry.selection_id), col(SelectionEntry.position))
    ),
)


def _step(*values: Any) -> EntryStepRow:
    selection, entry, position, before, after, why, reason, is_override, happened_on, recorder = values
    return EntryStepRow(
        selection_id=selection,
        entry=entry,
        position=position,
        from_state=before,
        to_state=after,
        why=None if why is None else LeaveReason(why),
        reason=reason,
        is_override=bool(is_override),
        happened_on=happened_on,
        recorder=recorder,
    )


_STEPS: Final = Query(
    _step,
    lambda: (
        sa.select(
            col(SelectionEntryStep.selection_id),
            col(SelectionEntryStep.entry),
            col(SelectionEntryStep.position),
            col(SelectionEntryStep.from_state),
            col(SelectionEntryStep.to_state),
            col(SelectionEntryStep.why),
            col(SelectionEntryStep.reason),
            col(SelectionEntryStep.is_override),
            col(SelectionEntryStep.happened_on),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(SelectionEntryStep.recorded_by))
        .where(col(SelectionEntryStep.selection_id).in_(sa.bindparam("selections", expanding=True)))
        .order_by(
            col(SelectionEntryStep.selection_id),
            col(SelectionEntryStep.entry),
            col(SelectionEntryStep.position),
        )
    ),
)


def entries_of(reader: Reader, selections: Sequence[Key]) -> Mapping[Key, list[EntryRow]]:
    """The households of these selections in the order of their lists."""
    rows = reader.among(_ENTRIES, "selections", list(selections))
    homes = household_rows(reader, [Key(row[2]) for row in rows])
    found: dict[Key, list[EntryRow]] = defaultdict(list)
    for selection, position, household, version, outcome, state in rows:
        number = homes[household].number
        found[selection].append(
            EntryRow(selection, position, household, number, version, Outcome(outcome), state)
        )
    return found


def entry_of(entries: Sequence[EntryRow], selection: str, household: str) -> EntryRow:
    """The household of this number in a selection.

    Raises:
        NotFound: it is not in it.
    """
    found = next((one for one in entries if one.household == household), None)
    if found is None:
        raise NotFound(what="household of a selection", which=f"{selection} {household}")
    return found


def entry_steps(reader: Reader, selections: Sequence[Key]) -> Mapping[Key, list[EntryStepRow]]:
    """Every step of the households of these selections, by position and step."""
    found: dict[Key, list[EntryStepRow]] = defaultdict(list)
    for row in reader.among(_STEPS, "selections", list(selections)):
        found[row.selection_id].append(row)
    return found
