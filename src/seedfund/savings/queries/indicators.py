"""Persons with an account (UNHCR 13.1), and households with a bank savings account: two counts, never converted.

Whoever asks gives the people or households, by batch, and gets keys back: the count can be disaggregated and its rows
listed. Restricted people are counted, because a count without them would be wrong; no name is read here.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from seedfund.kernel.ids import Key
from seedfund.people.queries import participant_facts
from seedfund.people.queries.membership import members_on
from seedfund.savings.queries.accounts import held_on
from seedfund.savings.rules.indicators import Counted, count_households, count_persons
from seedfund.store.statements import Reader


def persons_with_account(
    reader: Reader, people: Sequence[Key], on: date, *, known_at: datetime | None = None
) -> Counted:
    """UNHCR core outcome 13.1 among these persons on a day: 15 and over, with an account alone or jointly.

    Whose age is not known is `not_collected`, and in neither the numerator nor the denominator.
    """
    births = {key: person.birth for key, person in participant_facts(reader, people).items()}
    return count_persons(births, held_on(reader, list(births), on, known_at=known_at), on)


def households_with_savings_account(
    reader: Reader, households: Sequence[Key], on: date, *, known_at: datetime | None = None
) -> Counted:
    """Of these households, those in which somebody had a verified, open bank savings account on a day.

    Members are those of the day, not of today.
    """
    members: Mapping[Key, Sequence[Key]] = members_on(reader, households, on)
    people = [person for own in members.values() for person in own]
    return count_households(members, held_on(reader, people, on, known_at=known_at), on)
