"""What the verbs of accounts share: opening an account's row for its hands, and appending to its trail."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries import ParticipantRow, participant_facts
from seedfund.people.service.identity import require_person
from seedfund.savings.queries.links import LinkFacts, StepFacts, link_by_number, steps_of
from seedfund.savings.rules.links import LINK_STATES, Step, check_step
from seedfund.savings.tables import SavingsLink, SavingsStep
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

MOVE: Final = Write(
    lambda: (
        sa.update(SavingsLink)
        .where(col(SavingsLink.id) == sa.bindparam("this"))
        .values(state=sa.bindparam("new_state"), closed_on=sa.bindparam("new_closed"))
    )
)


@dataclass(frozen=True, kw_only=True)
class AccountMoved:
    """The account's number with us, whose it is, and its state now."""

    link: str
    participant: str
    state: str


def open_link(unit: Unit, number: str) -> tuple[LinkFacts, ParticipantRow]:
    """An account and its holder, if the actor may touch them.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`.
    """
    link = link_by_number(unit, unit.programme.id, number)
    people = [link.participant_id, *([] if link.co_holder_id is None else [link.co_holder_id])]
    facts = participant_facts(unit, people)
    rows = [require_person(unit, facts[person].number, goes_on=True) for person in people]
    return link, rows[0]


def reach_link(unit: Unit, number: str) -> tuple[LinkFacts, str]:
    """An account and its holder's number, also of somebody who was erased since: what happened to it is taken in.

    Raises:
        NotFound: there is no such account.
        NotAllowed: a holder is restricted, and the actor's roles do not reach them.
    """
    link = link_by_number(unit, unit.programme.id, number)
    people = [link.participant_id, *([] if link.co_holder_id is None else [link.co_holder_id])]
    facts = participant_facts(unit, people)
    for person in facts.values():
        if not person.is_erased:
            require_person(unit, person.number, goes_on=True)
    return link, facts[link.participant_id].number


def take_step(unit: Unit, link: LinkFacts, step: Step) -> None:
    """Bring an account to the state of a step its table allows.

    Raises:
        Refused: `no_such_step`, `savings_step_before_last`.
    """
    LINK_STATES.require(link.state, step.state, which=link.number)
    last = last_step(unit, link)
    refuse(check_step(link.number, link.state, last_on=last.step.on, on=step.on))
    closed = step.on if step.state == "closed" else None
    unit.execute(MOVE, this=link.id, new_state=step.state, new_closed=closed)
    write_step(unit, link.id, link.state, step, position=last.position + 1)
    unit.changed("sf_savings_link", link.number, {"state": link.state}, {"state": step.state})


def last_step(unit: Unit, link: LinkFacts) -> StepFacts:
    """The step an account's trail has come to."""
    return steps_of(unit, [link.id])[link.id][-1]


def write_step(
    unit: Unit, link: Key, before: str | None, step: Step, *, position: int, sha256: str | None = None
) -> None:
    """Append a step to a trail."""
    unit.insert(
        SavingsStep,
        link_id=link,
        position=position,
        from_state=before,
        to_state=step.state,
        happened_on=step.on,
        refused_for=None if step.reason is None else step.reason.value,
        barrier=None if step.barrier is None else step.barrier.value,
        proof=None if step.proof is None else step.proof.value,
        proof_sha256=sha256,
        recorded_by=unit.actor.id,
        recorded_at=unit.now,
    )
