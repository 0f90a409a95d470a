"""Accounts at third parties and their trails, without their numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.savings.rules.links import Step
from seedfund.savings.rules.observing import AccountLife
from seedfund.savings.rules.words import AccountKind, Barrier, Holding, Proof, RefusedFor
from seedfund.savings.tables import SavingsLink, SavingsStep
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """An account at a third party as it stands now; its number stays sealed."""

    id: Key
    number: str
    participant_id: Key
    co_holder_id: Key | None
    kind: AccountKind
    holding: Holding
    institution: str
    product: str
    currency: str
    payout_account_id: Key | None
    state: str
    invited_on: date
    opened_on: date | None
    opened_by: Key | None
    verified_by: Key | None
    closed_on: date | None

    @property
    def life(self) -> AccountLife:
        """From when to when the account lives."""
        return AccountLife(currency=self.currency, opened_on=self.opened_on, closed_on=self.closed_on)

    @property
    def holders(self) -> tuple[Key, ...]:
        """Whose account it is: the person, and who shares it; the adult of a child's account only manages it."""
        shares = self.holding is Holding.JOINT and self.co_holder_id is not None
        return (
            (self.participant_id, self.co_holder_id)
            if shares and self.co_holder_id
            else (self.participant_id,)
        )


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step of a trail with the hand that recorded it."""

    link_id: Key
    position: int
    step: Step
    from_state: str | None
    recorded_by: Key
    recorded_at: datetime


def _link(*values: Any) -> LinkFacts:
    key, number, participant, co_holder, kind, holding, *others = values
    return LinkFacts(key, number, participant, co_holder, AccountKind(kind), Holding(holding), *others)


def _links() -> Any:
    return sa.select(
        col(SavingsLink.id),
        col(SavingsLink.number),
        col(SavingsLink.participant_id),
        col(SavingsLink.co_holder_id),
        col(SavingsLink.kind),
        col(SavingsLink.holding),
        col(SavingsLink.institution),
        col(SavingsLink.product),
        col(SavingsLink.currency),
        col(SavingsLink.payout_account_id),
        col(SavingsLink.state),
        col(SavingsLink.invited_on),
        col(SavingsLink.opened_on),
        col(SavingsLink.opened_by),
        col(SavingsLink.verified_by),
        col(SavingsLink.closed_on),
    ).order_by(col(SavingsLink.number))


LINK: Final = Query(
    _link,
    lambda: (
        _links()
        .where(
            col(SavingsLink.programme_id) == sa.bindparam("programme"),
            col(SavingsLink.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)
LINKS: Final = Query(
    _link, lambda: _links().where(col(SavingsLink.programme_id) == sa.bindparam("programme"))
)
LINKS_BY_ID: Final = Query(
    _link, lambda: _links().where(col(SavingsLink.id).in_(sa.bindparam("ids", expanding=True)))
)
LINKS_OF: Final = Query(
    _link, lambda: _links().where(col(SavingsLink.participant_id).in_(sa.bindparam("ids", expanding=True)))
)
LINKS_SHARED: Final = Query(
    _link,
    lambda: _links().where(
        col(SavingsLink.co_holder_id).in_(sa.bindparam("ids", expanding=True)),
        col(SavingsLink.holding) == Holding.JOINT.value,
    ),
)


def _step(*values: Any) -> StepFacts:
    link, position, before, after, on, refused_for, barrier, proof, by, at = values
    step = Step(
        state=after,
        on=on,
        reason=RefusedFor(refused_for) if refused_for else None,
        barrier=Barrier(barrier) if barrier else None,
        proof=Proof(proof) if proof else None,
    )
    return StepFacts(link, position, step, before, by, at)


STEPS_OF: Final = Query(
    _step,
    lambda: (
        sa.select(
            col(SavingsStep.link_id),
            col(SavingsStep.position),
            col(SavingsStep.from_state),
            col(SavingsStep.to_state),
            col(SavingsStep.happened_on),
            col(SavingsStep.refused_for),
            col(SavingsStep.barrier),
            col(SavingsStep.proof),
            col(SavingsStep.recorded_by),
            col(SavingsStep.recorded_at),
        )
        .where(col(SavingsStep.link_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(SavingsStep.link_id), col(SavingsStep.position))
    ),
)
SEALED_NUMBER: Final = Query(
    lambda content: None if content is None else bytes(content),
    lambda: sa.select(col(SavingsLink.account_number)).where(col(SavingsLink.id) == sa.bindparam("id")),
)


REFUSED_FOR: Final = Query(
    lambda barrier, link: (Barrier(barrier), Key(link)),
    lambda: (
        sa.select(col(SavingsStep.barrier), col(SavingsStep.link_id))
        .join(SavingsLink, col(SavingsLink.id) == col(SavingsStep.link_id))
        .where(
            col(SavingsLink.programme_id) == sa.bindparam("programme"),
            col(SavingsStep.barrier).is_not(None),
            col(SavingsStep.happened_on) >= sa.bindparam("start", type_=sa.Date),
            col(SavingsStep.happened_on) <= sa.bindparam("end", type_=sa.Date),
        )
        .distinct()
        .order_by(col(SavingsStep.link_id), col(SavingsStep.barrier))
    ),
)


def number_place(link: Key) -> Place:
    """Where the number of an account is sealed."""
    return Place("sf_savings_link", link, "account_number")


def link_by_number(reader: Reader, programme: Key, number: str) -> LinkFacts:
    """An account by its number in the programme, `SL-2026-0001`; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(LINK, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="savings link", which=number)
    return found


def list_links(reader: Reader, programme: Key) -> list[LinkFacts]:
    """Every account of the programme, by number."""
    return reader.all(LINKS, programme=programme)


def links_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, LinkFacts]:
    """These accounts, by key."""
    return {link.id: link for link in reader.among(LINKS_BY_ID, "ids", list(dict.fromkeys(ids)))}


def links_of(reader: Reader, people: Sequence[Key]) -> dict[Key, tuple[LinkFacts, ...]]:
    """The accounts of these people, own and shared, by person; an adult who manages a child's has none of it."""
    wanted = list(dict.fromkeys(people))
    found: dict[Key, list[LinkFacts]] = {person: [] for person in wanted}
    for link in reader.among(LINKS_OF, "ids", wanted):
        found[link.participant_id].append(link)
    for link in reader.among(LINKS_SHARED, "ids", wanted):
        if link.co_holder_id is not None:
            found[link.co_holder_id].append(link)
    return {person: tuple(links) for person, links in found.items()}


def steps_of(
    reader: Reader, links: Sequence[Key], *, known_at: datetime | None = None
) -> dict[Key, tuple[StepFacts, ...]]:
    """The trails of these accounts in their order, as known at an instant (now where none is given)."""
    found: dict[Key, list[StepFacts]] = defaultdict(list)
    for one in reader.among(STEPS_OF, "ids", list(dict.fromkeys(links))):
        if known_at is None or one.recorded_at <= known_at:
            found[one.link_id].append(one)
    return {link: tuple(found[link]) for link in dict.fromkeys(links)}


def links_by_barrier(
    reader: Reader, programme: Key, *, start: date, end: date
) -> dict[Barrier, tuple[Key, ...]]:
    """The accounts that were refused from a day to a day (both included), under each barrier; none is left out.

    An account refused twice under one barrier stands there once.
    """
    found: dict[Barrier, list[Key]] = {barrier: [] for barrier in Barrier}
    for barrier, link in reader.all(REFUSED_FOR, programme=programme, start=start, end=end):
        found[barrier].append(link)
    return {barrier: tuple(links) for barrier, links in found.items()}


def sealed_number(reader: Reader, link: Key) -> bytes | None:
    """The sealed number of an account; None where none is known yet, or where a payout account has it."""
    return reader.one(SEALED_NUMBER, id=link)


def is_same_institution(link: LinkFacts, institution: str) -> bool:
    """Whether an account is at an institution, however its name is written."""
    return link.institution.casefold() == institution.casefold()
