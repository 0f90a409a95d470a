"""Graduations whose ground moved, as the exceptions page tells them: the assessment was corrected afterwards."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from seedfund.accompaniment.queries.corrected import Corrected, corrected_graduations
from seedfund.accompaniment.queries.showing import shown_people
from seedfund.kernel.dates import local_date
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity
from seedfund.reports.queries.hidden import HIDDEN
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word

MOVED: Final = "assessment corrected after the graduation was proposed"
UNMET: Final = "criteria not met by today's answers:"
STILL_MET: Final = "every criterion is met by today's answers too"
UNREADABLE: Final = "nobody can open the answers any more"
TOLD: Final = (MOVED, UNMET, STILL_MET, UNREADABLE)
"""Everything the page says about them."""


def graduation_exceptions(scope: Scope, since: date) -> Iterator[ExceptionEntry]:
    """Each such graduation on the day of the correction; a restricted person's without number and finding."""
    found = corrected_graduations(scope.work, scope.known_at)
    shown = shown_people(scope.work, [one.participant_id for one in found])
    for one in found:
        on = local_date(one.corrected_at, scope.work.programme.zone)
        if since <= on <= scope.as_of:
            is_shown = one.participant_id in shown
            yield ExceptionEntry(
                kind=Irregularity.IRREGULAR_FACT,
                on=on,
                number=one.graduation if is_shown else "",
                what=word(MOVED),
                reason=said_of(one) if is_shown else word(HIDDEN),
                decided_by="",
                recorded_by=one.corrected_by,
                state=word(one.state),
            )


def said_of(one: Corrected) -> Word:
    """What the corrected answers find, in a few words."""
    if one.unmet is None:
        return word(UNREADABLE)
    return Word(UNMET, str(one.unmet)) if one.unmet else word(STILL_MET)
