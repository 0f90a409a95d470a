"""One household on a page: who they are, what they were promised, got, spent and owe, and what is due next.

The page is the list of chapters in `chapters`. People hidden from the actor stand in none, and nothing says that they
exist.
"""

from collections.abc import Callable

from seedfund.reports.brought import grant_marks
from seedfund.reports.folio.chapters import CHAPTERS, Chapter
from seedfund.reports.folio.home import Home
from seedfund.reports.folio.parts import Found, made
from seedfund.reports.folio.value import Folio
from seedfund.reports.value import Phrase, Word


def household_folio(home: Home) -> Folio:
    """The page of a household as it stands today."""
    row = home.facts.household
    return Folio(
        name="household",
        title=Phrase("Household page"),
        scope=row.number,
        standing=home.scope.standing,
        facts=(
            ("State", Word(row.state)),
            ("Place", row.locality or None),
            ("Phase", row.phase or None),
            ("Registered on", row.registered_on),
        ),
        parts=tuple(made(home.scope, one.key, one.title, _reading(one, home)) for one in CHAPTERS),
        is_tight=True,
        notes=(
            Phrase("What concerns restricted people is shown to named roles only."),
            *grant_marks(home.scope, {owner.grant: owner.grant_id for owner in home.owners}),
        ),
    )


def _reading(chapter: Chapter, home: Home) -> Callable[[], Found]:
    return lambda: chapter.read(home)
