"""Opening sealed contents where the key is there, and saying so where it is not. Keeps few vaults at a time."""

from collections import OrderedDict
from enum import Enum
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context
from seedfund.assurance.rules import findings as kinds
from seedfund.kernel.errors import Corrupt, NotPrepared
from seedfund.kernel.ids import Key
from seedfund.people.tables import DuplicateFlag, LikelyPair, Participant
from seedfund.store.sealing.vault import Place, Vault, unwrap_key
from seedfund.store.statements import Query
from seedfund.store.unit import DATA_KEY

KEPT_MAX: Final = 256


class Closed(Enum):
    """Why a subject's contents were not opened."""

    ERASED = "erased"
    NO_KEYS = "no_keys"
    BROKEN = "broken"


def _erased_of(pairs: type[DuplicateFlag | LikelyPair]) -> Any:
    """The erased ones of the two people of a pair."""
    either = (col(pairs.participant_a), col(pairs.participant_b))
    return (
        sa.select(col(Participant.id))
        .select_from(sa.join(pairs, Participant, col(Participant.id).in_(either)))
        .where(col(pairs.id) == sa.bindparam("subject"), col(Participant.erased_at).is_not(None))
    )


ERASED: Final = Query(
    lambda number: number,
    lambda: (
        sa.select(col(Participant.id))
        .where(col(Participant.id) == sa.bindparam("subject"), col(Participant.erased_at).is_not(None))
        # The reason of a decision about two people has a key of its own, destroyed with either person's.
        .union(_erased_of(DuplicateFlag), _erased_of(LikelyPair))
    ),
)


class Vaults:
    """The vaults of subjects, opened when first asked for; a missing key is told once a subject."""

    def __init__(self, context: Context):
        self._context = context
        self._kept: OrderedDict[Key, Vault | Closed] = OrderedDict()

    def text(self, subject: Key, blob: bytes, place: Place, *, which: str) -> str | Closed:
        """The text of a sealed content, or why it was not opened; what should open and does not is noted.

        What was not opened for want of a key is counted by table, and told by `tell`.
        """
        vault = self._of(subject)
        if isinstance(vault, Closed):
            self._context.closed[place.table, vault.value] += vault is not Closed.BROKEN
            return vault
        try:
            return vault.open(blob, place).reveal()
        except (Corrupt, ValueError, TypeError):
            self._context.report.found(kinds.SEALED_CLOSED, place.table, which)
            return Closed.BROKEN

    def tell(self) -> None:
        """Say how many contents were not opened, table by table."""
        said = {
            Closed.ERASED.value: kinds.NOT_OPENED_ERASED,
            Closed.NO_KEYS.value: kinds.NOT_OPENED_WITHOUT_KEYS,
        }
        for (table, why), count in sorted(self._context.closed.items()):
            if count:
                self._context.report.found(said[why], table, table, count=count)

    def _of(self, subject: Key) -> Vault | Closed:
        found = self._kept.get(subject)
        if found is None:
            found = self._kept[subject] = self._open(subject)
            if len(self._kept) > KEPT_MAX:
                self._kept.popitem(last=False)
        return found

    def _open(self, subject: Key) -> Vault | Closed:
        scan, report = self._context.scan, self._context.report
        stored = scan.first(DATA_KEY, subject=subject)
        if stored is None:
            if scan.first(ERASED, subject=subject) is not None:
                return Closed.ERASED
            report.found(kinds.KEY_MISSING, "sf_data_key", subject)
            return Closed.BROKEN
        if self._context.keyring is None:
            return Closed.NO_KEYS
        try:
            return Vault(unwrap_key(self._context.keyring, stored[0], stored[1], subject))
        except NotPrepared:
            return Closed.NO_KEYS
        except (Corrupt, ValueError):
            report.found(kinds.KEY_BROKEN, "sf_data_key", subject)
            return Closed.BROKEN
