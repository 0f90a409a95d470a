"""How the accounts of people stood on a day: for tranche conditions, and for the two counts of accounts.

A savings group is no account to be paid into, and a child's account is not its guardian's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from seedfund.kernel.ids import Key
from seedfund.savings.queries.links import LinkFacts, StepFacts, links_of, steps_of
from seedfund.savings.queries.observations import counted_of
from seedfund.savings.rules.indicators import Held
from seedfund.savings.rules.links import VERIFIED_STATES, state_on
from seedfund.savings.rules.observing import used_since
from seedfund.savings.rules.words import AccountKind, Holding
from seedfund.store.statements import Reader


@dataclass(frozen=True, slots=True)
class AccountOnDay:
    """An account a person could be paid into, as its trail had it on a day.

    `since` is the day of the last step, `verified_on` and `verified_by` tell of the verification, `refused_for` why an
    institution said no.
    """

    link: str
    kind: AccountKind
    state: str
    since: date
    verified_on: date | None
    verified_by: Key | None
    refused_for: str

    @property
    def is_linked(self) -> bool:
        """Whether it is open at the institution, and a second person has seen the proof."""
        return self.state in VERIFIED_STATES


def payable_accounts(reader: Reader, people: Sequence[Key], on: date) -> dict[Key, tuple[AccountOnDay, ...]]:
    """The accounts each of these people could be paid into, as they stood on a day; the furthest come first."""
    links = links_of(reader, people)
    trails = steps_of(reader, [link.id for own in links.values() for link in own])
    found: dict[Key, tuple[AccountOnDay, ...]] = {}
    for person, own in links.items():
        accounts = [
            account
            for link in own
            if link.kind is not AccountKind.SAVINGS_GROUP and link.holding is not Holding.CHILD
            if (account := _on_day(link, trails[link.id], on)) is not None
        ]
        found[person] = tuple(sorted(accounts, key=lambda one: (not one.is_linked, one.link)))
    return found


def _on_day(link: LinkFacts, trail: Sequence[StepFacts], on: date) -> AccountOnDay | None:
    known = [one for one in trail if one.step.on <= on]
    if not known:
        return None
    last = known[-1].step
    verified = next((one for one in known if one.step.state == "verified"), None)
    return AccountOnDay(
        link=link.number,
        kind=link.kind,
        state=last.state,
        since=last.on,
        verified_on=None if verified is None else verified.step.on,
        verified_by=None if verified is None else verified.recorded_by,
        refused_for="" if last.reason is None else last.reason.value,
    )


def held_on(
    reader: Reader, people: Sequence[Key], on: date, *, known_at: datetime | None = None
) -> Mapping[Key, tuple[Held, ...]]:
    """The accounts of these people on a day, as far as they had come, of every kind and holding."""
    links = links_of(reader, people)
    every = [link.id for own in links.values() for link in own]
    trails = steps_of(reader, every, known_at=known_at)
    mobile = [link.id for own in links.values() for link in own if link.kind is AccountKind.MOBILE_MONEY]
    seen = counted_of(reader, mobile, known_at=known_at)
    return {
        person: tuple(
            Held(kind=link.kind, state=step.state, is_used=used_since(seen.get(link.id, ()), link.life, on))
            for link in own
            if (step := state_on([one.step for one in trails[link.id]], on)) is not None
        )
        for person, own in links.items()
    }
