"""The list of pairs that may be one person. A pair with a restricted person is listed for named roles only."""

from seedfund.people.queries import names_of
from seedfund.people.queries.likely import list_likely_duplicates
from seedfund.people.rules.likeness.scoring import Reason
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word
from seedfund.store.work import Work


def reason_word(reason: Reason) -> Word:
    """A reason as a person reads it: the field and how it agrees."""
    return word(f"{reason.trait.value}_{reason.alike.value}")


def likely_rows(work: Work) -> list[Row]:
    """Every pair, the likeliest first: both records, how likely in a hundred, why, and what was decided."""
    pairs = list_likely_duplicates(work, only_waiting=False)
    waiting = {pair.id for pair in list_likely_duplicates(work)}
    names = names_of(work, [key for pair in pairs for key in pair.people])
    return [
        {
            "earlier": pair.numbers[0],
            "earlier_name": names[pair.people[0]].printed,
            "later": pair.numbers[1],
            "later_name": names[pair.people[1]].printed,
            "likely_percent": pair.score // 100,
            "reasons": [reason_word(reason) for reason in pair.reasons],
            "state": Word(pair.state),
            "waits": pair.id in waiting,
            "proposed_at": pair.proposed_at,
        }
        for pair in pairs
    ]
