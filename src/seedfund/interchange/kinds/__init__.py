"""The kinds of files that can be imported, in the order a programme needs them; one module a kind or family."""

from typing import Final

from seedfund.interchange.kinds import (
    accompaniment,
    banking,
    funds,
    grants,
    people,
    plans,
    savings,
    team,
    training,
    visits,
)
from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.rules.folding import fold
from seedfund.kernel.errors import NotFound, with_nearest

KINDS: Final[tuple[Kind, ...]] = (
    *team.KINDS,
    *funds.KINDS,
    *people.KINDS,
    *plans.KINDS,
    *training.KINDS,
    *savings.KINDS,
    *visits.KINDS,
    *accompaniment.KINDS,
    *grants.KINDS,
    *banking.KINDS,
)


def find_kind(name: str) -> Kind:
    """The kind of a name.

    Raises:
        NotFound: there is none.
    """
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise NotFound(
        what="kind of file",
        which=with_nearest(name, (kind.name for kind in KINDS)),
        look="seedfund import --kinds",
    )


def kind_called(name: str) -> Kind:
    """The kind that a person calls so: by its name, or by the Spanish one of its first part (`hogares`).

    Raises:
        NotFound: there is none.
    """
    asked = fold(name)
    return next((kind for kind in KINDS if fold(kind.parts[0].spanish) == asked), None) or find_kind(name)
