"""Balances that were observed: every row for those who look, and those that count for figures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.savings.rules.observing import Observed
from seedfund.savings.rules.words import Irregular, Source
from seedfund.savings.tables import SavingsDecision, SavingsMeeting, SavingsObservation
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class ObservationFacts:
    """One observation as it stands: what was read, by whom, what is irregular, and what was decided about that."""

    id: Key
    number: str
    link_id: Key
    observed: Observed
    observer_id: Key
    recorded_by: Key
    recorded_at: datetime
    irregular: Irregular | None
    corrects_id: Key | None
    reason: str | None
    counts: bool | None
    decided_at: datetime | None

    @property
    def is_undecided(self) -> bool:
        """Whether it waits for a decision."""
        return self.irregular is not None and self.counts is None


def _observation(*values: Any) -> ObservationFacts:
    key, number, link, on, currency, balance, deposited, withdrawn, source, *others = values
    observer, by, at, irregular, corrects, reason, counts, decided_at = others
    observed = Observed(
        on=on,
        balance=Money(balance, currency),
        deposited=None if deposited is None else Money(deposited, currency),
        withdrawn=None if withdrawn is None else Money(withdrawn, currency),
        source=Source(source),
    )
    return ObservationFacts(
        id=key,
        number=number,
        link_id=link,
        observed=observed,
        observer_id=observer,
        recorded_by=by,
        recorded_at=at,
        irregular=Irregular(irregular) if irregular else None,
        corrects_id=corrects,
        reason=reason,
        counts=None if counts is None else bool(counts),
        decided_at=decided_at,
    )


def _observations() -> Any:
    return (
        sa.select(
            col(SavingsObservation.id),
            col(SavingsObservation.number),
            col(SavingsObservation.link_id),
            col(SavingsObservation.observed_on),
            col(SavingsObservation.currency),
            col(SavingsObservation.balance_minor),
            col(SavingsObservation.deposited_minor),
            col(SavingsObservation.withdrawn_minor),
            col(SavingsObservation.source),
            col(SavingsObservation.observer_id),
            col(SavingsObservation.recorded_by),
            col(SavingsObservation.recorded_at),
            col(SavingsObservation.irregular),
            col(SavingsObservation.corrects_id),
            col(SavingsObservation.reason),
            col(SavingsDecision.counts),
            col(SavingsDecision.decided_at),
        )
        .select_from(SavingsObservation)
        .outerjoin(SavingsDecision, col(SavingsDecision.observation_id) == col(SavingsObservation.id))
        .order_by(
            col(SavingsObservation.link_id),
            col(SavingsObservation.observed_on),
            col(SavingsObservation.recorded_at),
            col(SavingsObservation.id),
        )
    )


OBSERVATION: Final = Query(
    _observation,
    lambda: _observations().where(
        col(SavingsObservation.programme_id) == sa.bindparam("programme"),
        col(SavingsObservation.number) == sa.bindparam("number"),
    ),
)
OBSERVATIONS_OF: Final = Query(
    _observation,
    lambda: _observations().where(col(SavingsObservation.link_id).in_(sa.bindparam("ids", expanding=True))),
)
UNDECIDED: Final = Query(
    _observation,
    lambda: _observations().where(
        col(SavingsObservation.programme_id) == sa.bindparam("programme"),
        col(SavingsObservation.irregular).is_not(None),
        col(SavingsDecision.id).is_(None),
    ),
)
CORRECTED_BY: Final = Query(
    str,
    lambda: sa.select(col(SavingsObservation.number)).where(
        col(SavingsObservation.corrects_id) == sa.bindparam("id")
    ),
)


@dataclass(frozen=True, slots=True)
class UndecidedMeeting:
    """A meeting that waits for a decision."""

    number: str
    held_on: date
    irregular: Irregular


MEETINGS_UNDECIDED: Final = Query(
    lambda number, on, irregular: UndecidedMeeting(number, on, Irregular(irregular)),
    lambda: (
        sa.select(col(SavingsMeeting.number), col(SavingsMeeting.held_on), col(SavingsMeeting.irregular))
        .outerjoin(SavingsDecision, col(SavingsDecision.meeting_id) == col(SavingsMeeting.id))
        .where(
            col(SavingsMeeting.programme_id) == sa.bindparam("programme"),
            col(SavingsMeeting.irregular).is_not(None),
            col(SavingsDecision.id).is_(None),
        )
        .order_by(col(SavingsMeeting.number))
    ),
)


def observation_by_number(reader: Reader, programme: Key, number: str) -> ObservationFacts:
    """An observation by its number, `SO-2026-0001`.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(OBSERVATION, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="savings observation", which=number)
    return found


def observations_of(reader: Reader, links: Sequence[Key]) -> dict[Key, tuple[ObservationFacts, ...]]:
    """Every observation of these accounts in the order of days, those included that count for nothing."""
    found: dict[Key, list[ObservationFacts]] = defaultdict(list)
    for one in reader.among(OBSERVATIONS_OF, "ids", list(dict.fromkeys(links))):
        found[one.link_id].append(one)
    return {link: tuple(found[link]) for link in dict.fromkeys(links)}


def counted_of(
    reader: Reader, links: Sequence[Key], *, known_at: datetime | None = None
) -> dict[Key, tuple[Observed, ...]]:
    """The observations of these accounts that count, in the order of days, as known at an instant (now if none)."""
    return {
        link: tuple(one.observed for one in counting(rows, known_at=known_at))
        for link, rows in observations_of(reader, links).items()
    }


def counting(
    rows: Sequence[ObservationFacts], *, known_at: datetime | None = None
) -> tuple[ObservationFacts, ...]:
    """Those of an account's observations that count: regular or decided to, and corrected by none that counts."""
    known = [one for one in rows if known_at is None or one.recorded_at <= known_at]
    standing = [one for one in known if _stands(one, known_at)]
    corrected = {one.corrects_id for one in standing}
    return tuple(one for one in standing if one.id not in corrected)


def _stands(one: ObservationFacts, known_at: datetime | None) -> bool:
    if one.irregular is None:
        return True
    is_known = one.decided_at is not None and (known_at is None or one.decided_at <= known_at)
    return bool(one.counts) and is_known
