"""Folios by name: `programme`, and `household` of a number. Nothing here writes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.people.queries import sees_restricted
from seedfund.reports.folio.home import open_home
from seedfund.reports.folio.household import household_folio
from seedfund.reports.folio.programme import programme_folio
from seedfund.reports.folio.value import Folio
from seedfund.reports.make import Asked
from seedfund.reports.queries.scope import open_scope
from seedfund.store.work import Work


def programme(work: Work, asked: Asked, language: str) -> Folio:
    """What the programme did by a day, in any `language`: its words come later.

    Raises:
        InvalidInput: an earlier knowledge is asked for.
        NotAllowed: the actor is none of the programme's.
    """
    del language
    _refuse_knowledge(asked)
    sees_restricted(work)
    return programme_folio(open_scope(work, as_of=asked.as_of), is_shared=asked.is_shared)


def household(work: Work, asked: Asked, language: str) -> Folio:
    """One household as it stands today; what keeps a tranche waiting is said in `language`.

    Raises:
        NotFound: there is no such household.
        InvalidInput: no number was given, it has not the form of one, or another day is asked for.
        NotAllowed: the actor is none of the programme's.
    """
    _refuse_knowledge(asked)
    if asked.as_of not in (None, work.today()):
        raise InvalidInput(
            field="as_of",
            problem="the page of a household tells what stands today",
            remedy="leave it out; the ledger of a household has another day: `report participant-grant-ledger --as-of`",
        )
    if not asked.number:
        raise InvalidInput(
            field="number",
            problem="the report household is made for one, and none was named",
            remedy="name it: `report household HH-2026-0001`",
        )
    return household_folio(open_home(open_scope(work), asked.number, language))


def _refuse_knowledge(asked: Asked) -> None:
    if asked.as_known is not None:
        raise InvalidInput(
            field="as_known",
            problem="this report is told from what is known now",
            remedy="leave it out; ledgers can be asked for what was known",
        )


@dataclass(frozen=True, slots=True)
class FolioKind:
    """A folio by its name: its title (a message id), what of `Asked` has to be given, and how it is made."""

    name: str
    title: str
    needs: tuple[str, ...]
    make: Callable[[Work, Asked, str], Folio]


FOLIOS: Final[Mapping[str, FolioKind]] = MappingProxyType(
    {
        one.name: one
        for one in (
            FolioKind("programme", "Programme report", (), programme),
            FolioKind("household", "Household page", ("number",), household),
        )
    }
)
