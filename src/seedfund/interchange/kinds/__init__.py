"""The kinds of files that can be imported, in the order a programme needs them; one module a kind or family."""

import difflib
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
from seedfund.kernel.errors import NotFound

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
    near = difflib.get_close_matches(name, [kind.name for kind in KINDS], n=1)
    raise NotFound(
        what="kind of file",
        which=f"{name} (did you mean {near[0]}?)" if near else name,
        look="seedfund import --kinds",
    )
