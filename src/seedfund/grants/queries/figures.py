"""The figures of grants from the ledger: by part and as a whole, with own contributions and what waits. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from seedfund.grants.queries.grants import GrantRow, PartRow, parts_of
from seedfund.grants.queries.receipts import receipts_of, waiting_lines
from seedfund.grants.rules.figures import Figures, contradictions, figures_of
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.moved import PartKey, recipe_sums
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.positions import PartPosition
from seedfund.store.statements import Reader


@dataclass(frozen=True, slots=True)
class PartFigures:
    """A part of a grant in figures, and the identities of its books that do not hold (none when they are sound)."""

    part: PartRow
    position: PartPosition
    figures: Figures
    contradictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GrantFigures:
    """A grant in figures: its parts and their sum.

    `own` is the participant's own contribution in receipts; `unapplied` was accepted and waits for a delivery.
    """

    grant: GrantRow
    parts: tuple[PartFigures, ...]
    own: Money
    unapplied: Money

    @property
    def total(self) -> Figures:
        """All parts added up."""
        first, *others = (part.figures for part in self.parts)
        for other in others:
            first = first + other
        return first

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The identities that do not hold in any part, each by name."""
        return tuple(name for part in self.parts for name in part.contradictions)


def grant_figures(reader: Reader, grants: Sequence[GrantRow]) -> dict[Key, GrantFigures]:
    """The figures of grants, by key."""
    ids = [grant.id for grant in grants]
    rows, stands, sums = parts_of(reader, ids), positions(reader, ids), recipe_sums(reader, ids)
    lines, waiting = receipts_of(reader, ids), waiting_lines(reader, ids)
    result = {}
    for grant in grants:
        at = {(one.part.book_id, one.part.line.line_id): one for one in stands[grant.id]}
        parts = []
        for row in rows[grant.id]:
            moved = sums.get(PartKey(grant.id, row.book_id, row.line_id), {})
            position = at[row.book_id, row.line_id]
            figures = figures_of(moved, position, grant.currency)
            parts.append(PartFigures(row, position, figures, contradictions(moved, position)))
        own = sum(line.own_minor for line in lines[grant.id] if line.state != "withdrawn")
        rest = sum(line.rest for line in waiting.get(grant.id, ()))
        result[grant.id] = GrantFigures(
            grant, tuple(parts), Money(own, grant.currency), Money(rest, grant.currency)
        )
    return result
