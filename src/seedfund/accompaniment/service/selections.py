"""Selections: a list made from the rules in force, frozen; closed when its waiting list ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.screenings import ScreeningRow, screened_by
from seedfund.accompaniment.queries.selections import (
    RulesRow,
    entries_of,
    list_selections,
    rules_in_force,
    selection_by_number,
)
from seedfund.accompaniment.rules.criteria import Reason, Screened, Shortfall
from seedfund.accompaniment.rules.selection import (
    ENTRY_STATES,
    HASH_DOMAIN,
    SELECTION_STATES,
    Outcome,
    Ranked,
    SelectionContent,
    check_selection,
    listed,
    rank,
)
from seedfund.accompaniment.service.reaching import named
from seedfund.accompaniment.tables.selection import (
    Selection,
    SelectionEntry,
    SelectionEntryStep,
    SelectionStep,
)
from seedfund.grants.rules.words import PLACE, EvidenceKind, SubjectKind
from seedfund.grants.service.evidence import Observation, write_evidence
from seedfund.kernel.canonical import canonical_text, digest
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.people.queries import HouseholdFacts, household_facts
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

SERIES: Final = "SE"
SELECTORS: Final = (Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER, Role.DIRECTOR)
STEPS: Final = Query(
    int,
    lambda: sa.select(sa.func.count()).where(col(SelectionStep.selection_id) == sa.bindparam("selection")),
)
_MOVE: Final = Write(
    lambda: (
        sa.update(Selection)
        .where(col(Selection.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class MakeSelection(Command):
    """The code of the rules by which a list is made of every household screened by the day."""

    code: str


@dataclass(frozen=True, kw_only=True)
class SelectionMade:
    """The selection's number, how many are selected, waiting and refused, and the hash of the list."""

    number: str
    selected: int
    waiting: int
    refused: int
    content_hash: str


@verb("accompaniment.make_selection", roles=SELECTORS)
def make_selection(unit: Unit, command: MakeSelection) -> SelectionMade:
    """Rank every household screened by the day and freeze the list; the same facts give the same list.

    Members, ages and groups are those registered when it is made, ages counted on its day. Restricted households are
    ranked as all are, and shown to named roles only.

    Raises:
        NotFound: no rules of that code hold on the day.
        Refused: `selection_nobody_screened`, `selection_open_already`.
    """
    programme, day = unit.programme.id, unit.occurred_on
    rules = rules_in_force(unit, programme, command.code, day)
    screenings = screened_by(unit, programme, day)
    earlier = [row for row in list_selections(unit, programme) if row.code == rules.code]
    still_open = next((row.number for row in earlier if row.state == "open"), None)
    refuse(check_selection(rules.code, is_anybody=bool(screenings), day=day, open_selection=still_open))
    entries = entries_of(unit, [row.id for row in earlier])
    holders = {
        one.household_id: row.number for row in earlier for one in entries[row.id] if one.state == "selected"
    }
    facts = household_facts(unit, list(screenings), rule=rules.terms.group_rule)
    homes = [
        _screened(facts[key], screening, rules=rules, holds=holders.get(key))
        for key, screening in screenings.items()
    ]
    ranked = rank(rules.terms, homes, day)
    keys = {facts[key].number: key for key in screenings}
    return _write(unit, rules, ranked, keys)


def _screened(
    home: HouseholdFacts, screening: ScreeningRow, *, rules: RulesRow, holds: str | None
) -> Screened:
    stops = []
    if home.household.state != "active":
        stops.append(Reason(shortfall=Shortfall.HOUSEHOLD_NOT_ACTIVE, fact=home.household.state))
    if home.payment_stops:
        stops.append(Reason(shortfall=Shortfall.DUPLICATE_OPEN, fact=str(len(home.payment_stops))))
    if holds is not None:
        stops.append(Reason(shortfall=Shortfall.HOLDS_A_PLACE, fact=holds))
    return Screened(
        household=home.number,
        screened_on=screening.screened_on,
        version=screening.version,
        score=screening.score,
        income=screening.income,
        births=tuple(member.participant.birth for member in home.members),
        group=None if home.group is None else home.group.group,
        locality=home.household.locality,
        stops=tuple(stops),
    )


def _write(unit: Unit, rules: RulesRow, ranked: Sequence[Ranked], keys: dict[str, Key]) -> SelectionMade:
    content = SelectionContent(
        code=rules.code,
        version=rules.version,
        rules_hash=rules.content_hash,
        made_on=unit.occurred_on,
        households=tuple(listed(one) for one in ranked),
    )
    text = canonical_text(encode(content, []))
    content_hash = digest(HASH_DOMAIN, text.encode("utf-8"))
    key, number = unit.key(), unit.human_number(SERIES)
    unit.insert(
        Selection,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        rules_id=rules.id,
        places=rules.terms.places,
        households=len(ranked),
        content=text,
        content_hash=content_hash,
        made_on=unit.occurred_on,
        state=SELECTION_STATES.start,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    _write_step(unit, key, (None, SELECTION_STATES.start), "")
    unit.created(
        "sf_selection",
        number,
        {"state": SELECTION_STATES.start, "content_hash": content_hash, "places": rules.terms.places},
    )
    _write_entries(unit, (key, number), ranked, keys)
    counts = {outcome: sum(one.outcome is outcome for one in ranked) for outcome in Outcome}
    return SelectionMade(
        number=number,
        selected=counts[Outcome.SELECTED],
        waiting=counts[Outcome.WAITING],
        refused=counts[Outcome.REFUSED],
        content_hash=content_hash,
    )


def _write_entries(
    unit: Unit, selection: tuple[Key, str], ranked: Sequence[Ranked], keys: dict[str, Key]
) -> None:
    key, number = selection
    rows = [
        {
            "selection_id": key,
            "position": one.position,
            "household_id": keys[one.screened.household],
            "screening_version": one.screened.version,
            "outcome": one.outcome.value,
            "state": one.outcome.value,
        }
        for one in ranked
    ]
    unit.insert_many(SelectionEntry, rows)
    unit.insert_many(
        SelectionEntryStep, [entry_step(unit, key, one.position, to=one.outcome.value) for one in ranked]
    )
    for one in ranked:
        after = {"household": one.screened.household, "state": one.outcome.value}
        unit.created("sf_selection_entry", f"{number}/{one.position}", after)
        if one.outcome is Outcome.SELECTED:
            write_place(unit, number, one.screened.household, is_held=True)


def write_place(unit: Unit, selection: str, household: str, *, is_held: bool) -> None:
    """Tell grants that a household got a place, or gave it up: awards may ask for one (policy)."""
    place = Observation(
        subject_kind=SubjectKind.HOUSEHOLD,
        subject=household,
        kind=EvidenceKind.OTHER,
        topic=PLACE.format(selection),
        value=1 if is_held else -1,
        observed_on=unit.occurred_on,
        source=selection,
    )
    write_evidence(unit, place)


def entry_step(unit: Unit, selection: Key, entry: int, *, to: str) -> dict[str, object]:
    """The first step of a household in a selection: what the list says of it."""
    return {
        "selection_id": selection,
        "entry": entry,
        "position": 1,
        "from_state": ENTRY_STATES.start,
        "to_state": to,
        "why": None,
        "reason": "",
        "is_override": False,
        "happened_on": unit.occurred_on,
        "recorded_at": unit.now,
        "recorded_by": unit.actor.id,
    }


def _write_step(unit: Unit, selection: Key, steps: tuple[str | None, str], reason: str) -> None:
    unit.insert(
        SelectionStep,
        selection_id=selection,
        position=unit.one(STEPS, selection=selection) + 1,
        from_state=steps[0],
        to_state=steps[1],
        reason=reason,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


@dataclass(frozen=True, kw_only=True)
class CloseSelection(Command):
    """A selection whose waiting list ends, and why (no personal data)."""

    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SelectionMoved:
    """The selection's number and its state now."""

    number: str
    state: str


@verb("accompaniment.close_selection", roles=SELECTORS)
def close_selection(unit: Unit, command: CloseSelection) -> SelectionMoved:
    """End the waiting list of a selection; who holds a place keeps it.

    Raises:
        NotFound: there is no such selection.
        InvalidInput: no reason is given.
        Refused: `no_such_step`.
    """
    row = selection_by_number(unit, unit.programme.id, command.number)
    reason = named(command.reason, field="reason", most=300)
    SELECTION_STATES.require(row.state, "closed", which=row.number)
    unit.execute(_MOVE, this_id=row.id, new_state="closed")
    _write_step(unit, row.id, (row.state, "closed"), reason)
    unit.changed("sf_selection", row.number, {"state": row.state}, {"state": "closed"})
    return SelectionMoved(number=row.number, state="closed")
