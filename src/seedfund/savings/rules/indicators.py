"""Two counts of accounts that are never converted into each other. Must not know rows.

UNHCR core outcome 13.1 counts persons of 15 and over with an account, alone or jointly, at a bank or other formal
institution, or who used mobile money in the last twelve months. A programme's own result counts households in which
somebody has a bank savings account. Neither can be worked out from the other (domain: standard indicators).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.ids import Key
from seedfund.people.rules import Birth, age_on
from seedfund.savings.rules.links import VERIFIED_STATES
from seedfund.savings.rules.words import FORMAL, AccountKind

ADULT_OF_13_1: Final = 15
"""From which age persons are counted (UNHCR core outcome 13.1)."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """An account of a person on a day: its kind, the state its trail had come to, and whether it was used of late."""

    kind: AccountKind
    state: str
    is_used: bool = False

    @property
    def is_formal(self) -> bool:
        """Whether it stands open at a formal institution, and the proof was seen."""
        return self.kind in FORMAL and self.state in VERIFIED_STATES

    @property
    def counts_for_persons(self) -> bool:
        """Whether 13.1 counts it: formal and open, or mobile money that was used."""
        return self.is_formal or (
            self.kind is AccountKind.MOBILE_MONEY and self.state in VERIFIED_STATES and self.is_used
        )


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Whom an indicator counts on a day, of whom; `not_collected` are those of whom nobody knows whether they belong.

    Keys, not numbers alone, so that the count can be disaggregated and each row be listed.
    """

    on: date
    numerator: frozenset[Key]
    denominator: frozenset[Key]
    not_collected: frozenset[Key] = frozenset()


def count_persons(
    births: Mapping[Key, Birth | None], held: Mapping[Key, Iterable[Held]], day: date
) -> Counted:
    """Persons of 15 and over with an account (UNHCR 13.1); whose age is not known is not collected."""
    unknown = frozenset(key for key, birth in births.items() if birth is None)
    of_age = frozenset(
        key for key, birth in births.items() if birth is not None and age_on(birth, day) >= ADULT_OF_13_1
    )
    with_one = frozenset(key for key in of_age if any(one.counts_for_persons for one in held.get(key, ())))
    return Counted(on=day, numerator=with_one, denominator=of_age, not_collected=unknown)


def count_households(
    members: Mapping[Key, Iterable[Key]], held: Mapping[Key, Iterable[Held]], day: date
) -> Counted:
    """Households in which at least one member has a verified, open account at a formal institution."""
    with_one = frozenset(
        household
        for household, people in members.items()
        if any(one.is_formal for person in people for one in held.get(person, ()))
    )
    return Counted(on=day, numerator=with_one, denominator=frozenset(members))
