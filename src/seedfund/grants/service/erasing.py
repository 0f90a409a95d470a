"""Erasing a person: decided here, beside the money, since people below cannot see what is still to be accounted for."""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.grants.queries.held import grants_held_by
from seedfund.grants.rules.receiving import GRANTS_NOT_OVER
from seedfund.kernel.errors import refuse
from seedfund.people.rules import SEE_RESTRICTED, ErasureGround
from seedfund.people.service import ParticipantErased, load_erasable, write_erasure
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class EraseParticipant(Command):
    """A person whose identity is destroyed for good, and on what ground."""

    participant: str
    ground: ErasureGround


@verb("people.erase_participant", roles=SEE_RESTRICTED)
def erase_participant(unit: Unit, command: EraseParticipant) -> ParticipantErased:
    """Destroy a person's data key and digests; the row stays for statistics, with the year of birth alone.

    Every sheet, document, account, paper and audit value sealed under the key is unreadable from then on, also by us.
    Accounts are retired; flags stay with their decision, without digest and reason.
    Totals and the audit chain verify as before. A backup made earlier still opens: let it run out.

    Raises:
        NotFound: there is no such person.
        Refused: `person_erased`, `participation_under_way`, `grants_not_over`.
    """
    person = load_erasable(unit, command.participant)
    held = grants_held_by(unit, person.id)
    refuse([GRANTS_NOT_OVER(participant=person.number, grants=", ".join(held))] if held else [])
    return write_erasure(unit, person, command.ground)


COMMANDS: Final[tuple[Any, ...]] = (erase_participant,)
