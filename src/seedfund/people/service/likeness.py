"""Proposing pairs of records that may be one person, and deciding about them.

A proposal is worked out again from the sheets inside the command: no caller can write a score. Nothing is merged
without a person's decision; a decision is kept for the pair for good, and a further one may turn it.
"""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries.comparing import open_some
from seedfund.people.queries.likely import (
    LikelyFacts,
    Pair,
    likely_pair,
    likely_steps,
    ordered,
    reasons_text,
    remembered_pairs,
)
from seedfund.people.queries.records import human_number, participant_by_number
from seedfund.people.rules import (
    LIKELY_STATES,
    LIKENESS_SELF,
    PERSON_ERASED,
    SEE_RESTRICTED,
    LikelyDecision,
    check_likeness_decision,
)
from seedfund.people.rules.likeness.alike import METHOD
from seedfund.people.rules.likeness.scoring import Likeness, Scorer
from seedfund.people.service.identity import REGISTRARS
from seedfund.people.service.leading import require_leading
from seedfund.people.service.merging import Merged, write_merge, write_parting
from seedfund.people.tables import LikelyPair, LikelyPairDecision, Participant
from seedfund.store.commands import Command, verb
from seedfund.store.records import lock_key
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit

DECIDERS: Final = (Role.REVIEWER, Role.PROGRAMME_MANAGER, Role.PROTECTION_OFFICER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class TwoPeople:
    """The numbers of two people, in any order."""

    first: str
    second: str


@dataclass(frozen=True, kw_only=True)
class ProposeLikelyDuplicates(Command):
    """Pairs that somebody should look at, from a search or because somebody noticed them."""

    pairs: tuple[TwoPeople, ...]


@dataclass(frozen=True, kw_only=True)
class LikelyDuplicatesProposed:
    """How many pairs wait for a decision now, and how many were known before, waiting or decided."""

    proposed: int
    known: int


@dataclass(frozen=True, slots=True)
class _Named:
    id: Key
    number: str
    is_restricted: bool
    is_erased: bool


@verb("people.propose_likely_duplicates", roles=tuple(dict.fromkeys((*REGISTRARS, *DECIDERS))))
def propose_likely_duplicates(unit: Unit, command: ProposeLikelyDuplicates) -> LikelyDuplicatesProposed:
    """Put pairs of records that may be one person before somebody who decides; a known pair is not put there again.

    How alike they are is worked out here, and kept with its reasons whatever it comes to.

    Raises:
        InvalidInput: a number has not the form of one.
        NotFound: there is no such person, or the actor's roles do not reach them.
        MissingExtra: the package that measures letters is not installed.
        Refused: `likeness_self`.
    """
    lock_key(unit, "likely duplicates")
    ids = _ids(unit, command.pairs)
    pairs = list(dict.fromkeys(ordered(*(ids[number] for number in _numbers(one))) for one in command.pairs))
    known = remembered_pairs(unit, unit.programme.id)
    new = [pair for pair in pairs if pair not in known]
    numbers = _write_pairs(unit, new)
    if new:
        unit.created("sf_likely_pair", METHOD, {"pairs": numbers})
    return LikelyDuplicatesProposed(proposed=len(new), known=len(pairs) - len(new))


def _numbers(two: TwoPeople) -> tuple[str, str]:
    first, second = human_number(two.first, field="first"), human_number(two.second, field="second")
    if first == second:
        refuse([LIKENESS_SELF(participant=first)])
    return first, second


def _ids(unit: Unit, pairs: tuple[TwoPeople, ...]) -> dict[str, Key]:
    """The keys of everybody who is named; whom the actor may not see is as if not there."""
    wanted = list(dict.fromkeys(number for pair in pairs for number in _numbers(pair)))
    rows = unit.among(NAMED, "numbers", wanted, programme=unit.programme.id)
    found = {row.number: row for row in rows if _sees(unit, is_restricted=row.is_restricted)}
    for number in wanted:
        if number not in found:
            raise NotFound(what="participant", which=number)
    refuse(PERSON_ERASED(participant=number) for number in wanted if found[number].is_erased)
    return {number: found[number].id for number in wanted}


def _sees(unit: Unit, *, is_restricted: bool) -> bool:
    return not is_restricted or bool(unit.actor.roles.intersection(SEE_RESTRICTED))


def _write_pairs(unit: Unit, pairs: list[Pair]) -> list[str]:
    """Work out how alike they are and write it; the numbers of each pair."""
    scorer = Scorer()
    ids = [key for pair in pairs for key in pair]
    sees_all = _sees(unit, is_restricted=True)
    opened = open_some(unit, unit.work, ids, sounds=scorer.sounds, sees_all=sees_all)
    people = {one.key: one for one in opened.people}
    unit.insert_many(
        LikelyPair,
        [_row(unit, pair, scorer.compare(people[pair[0]], people[pair[1]])) for pair in pairs],
    )
    return [f"{opened.numbers[first]} {opened.numbers[second]}" for first, second in pairs]


def _row(unit: Unit, pair: Pair, told: Likeness) -> dict[str, Any]:
    return {
        "id": unit.key(),
        "programme_id": unit.programme.id,
        "participant_a": pair[0],
        "participant_b": pair[1],
        "score": told.score,
        "reasons": reasons_text(told.reasons),
        "method": METHOD,
        "state": LIKELY_STATES.start,
        "proposed_by": unit.actor.id,
        "proposed_at": unit.now,
    }


@dataclass(frozen=True, kw_only=True)
class DecideLikelyDuplicate(Command):
    """What was found about two records, and why.

    `leads` is the number under which the person goes on if it is one person; `new_head` heads the household that the
    other record leaves, where it was the head and others stay.
    """

    first: str
    second: str
    decision: LikelyDecision
    reason: Secret
    leads: str | None = None
    new_head: str | None = None


@dataclass(frozen=True, kw_only=True)
class LikelyDuplicateDecided:
    """The decision; the household of the record that does not lead, who stays there, and whether it leads elsewhere."""

    first: str
    second: str
    decision: LikelyDecision
    leads: str | None
    household: str | None
    stay: tuple[str, ...]
    is_household_merged: bool


@verb("people.decide_likely_duplicate", roles=DECIDERS)
def decide_likely_duplicate(unit: Unit, command: DecideLikelyDuplicate) -> LikelyDuplicateDecided:
    """Decide whether two records are one person, for good: never proposed again, turned only by a further decision.

    Of one person one number leads; the other keeps everything that was done under it, its household is left and its
    participation ends as a duplicate. Deciding later that they are different people parts them again.

    Raises:
        NotFound: there is no such person, the two were never proposed, or the actor's roles do not reach them.
        InvalidInput: a participation began after the day of the decision.
        Refused: `person_erased`, `person_merged`, `likeness_own_decision`, `likeness_stands`, `likeness_leads_missing`,
            `likeness_leads_not_expected`, `head_leaves_others`, `head_not_to_name`, `new_head_not_a_member`,
            `leaves_before_joining`.
    """
    pair = _pair(unit, command)
    leads = human_number(command.leads, field="leads") if command.leads is not None else None
    refuse(
        check_likeness_decision(
            command.decision,
            state=pair.state,
            pair=pair.numbers,
            leads=leads,
            is_own=pair.entered_by == unit.actor.id,
        )
    )
    _write_decision(unit, pair, command, leads=leads)
    left = Merged(None, (), is_household_merged=False)
    if command.decision is LikelyDecision.SAME_PERSON:
        left = _merge(unit, pair, command, leads=str(leads))
    elif pair.state == LikelyDecision.SAME_PERSON:
        left = write_parting(unit, pair.id, dict(zip(pair.people, pair.numbers, strict=True)))
    return LikelyDuplicateDecided(
        first=pair.numbers[0],
        second=pair.numbers[1],
        decision=command.decision,
        leads=leads,
        household=left.household,
        stay=left.stay,
        is_household_merged=left.is_household_merged,
    )


def _pair(unit: Unit, command: DecideLikelyDuplicate) -> LikelyFacts:
    """The pair, locked with both people; neither was erased, and only a merge of its own stands between them."""
    first, second = _numbers(TwoPeople(first=command.first, second=command.second))
    # Always in the same order, so that two hands who name them the other way round queue and do not block each other.
    people = [participant_by_number(unit, unit.programme.id, number) for number in sorted((first, second))]
    for person in people:
        if not _sees(unit, is_restricted=person.is_restricted):
            raise NotFound(what="participant", which=person.number)
    refuse(PERSON_ERASED(participant=person.number) for person in people if person.is_erased)
    keys = ordered(people[0].id, people[1].id)
    pair = likely_pair(unit, unit.programme.id, keys, numbers=(first, second))
    if pair.state != LikelyDecision.SAME_PERSON:
        for person in people:
            require_leading(unit, person.id)
    return pair


def _write_decision(
    unit: Unit, pair: LikelyFacts, command: DecideLikelyDuplicate, *, leads: str | None
) -> None:
    position = len(likely_steps(unit, [pair.id])[pair.id]) + 1
    vault = unit.new_vault(pair.id) if position == 1 else unit.vault(pair.id)
    unit.owns(pair.id, command.reason)
    numbers = dict(zip(pair.numbers, pair.people, strict=True))
    unit.insert(
        LikelyPairDecision,
        pair_id=pair.id,
        position=position,
        decision=command.decision.value,
        leading_id=numbers[leads] if leads is not None else None,
        reason=vault.seal(command.reason, decision_place(pair.id, position)),
        entered_by=pair.entered_by,
        decided_by=unit.actor.id,
        decided_on=unit.occurred_on,
        decided_at=unit.now,
    )
    unit.execute(DECIDE, this=pair.id, new_state=command.decision.value)
    unit.changed(
        "sf_likely_pair",
        " ".join(pair.numbers),
        {"state": pair.state},
        {"state": command.decision, "leads": leads},
    )


def _merge(unit: Unit, pair: LikelyFacts, command: DecideLikelyDuplicate, *, leads: str) -> Merged:
    (other,) = [number for number in pair.numbers if number != leads]
    new_head = human_number(command.new_head, field="new_head") if command.new_head is not None else None
    return write_merge(
        unit,
        pair.id,
        participant_by_number(unit, unit.programme.id, other),
        leading=participant_by_number(unit, unit.programme.id, leads),
        new_head=new_head,
    )


def decision_place(pair: Key, position: int) -> Place:
    """Where the reason of a decision is sealed."""
    return Place("sf_likely_pair_decision", f"{pair}:{position}", "reason")


NAMED: Final = Query(
    lambda key, number, restricted, erased_at: _Named(key, number, restricted, erased_at is not None),
    lambda: sa.select(
        col(Participant.id),
        col(Participant.number),
        col(Participant.is_restricted),
        col(Participant.erased_at),
    ).where(
        col(Participant.programme_id) == sa.bindparam("programme"),
        col(Participant.number).in_(sa.bindparam("numbers", expanding=True)),
    ),
)
DECIDE: Final = Write(
    lambda: (
        sa.update(LikelyPair)
        .where(col(LikelyPair.id) == sa.bindparam("this"))
        .values(state=sa.bindparam("new_state"))
    )
)
