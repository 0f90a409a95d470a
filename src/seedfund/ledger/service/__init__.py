"""The ledger's writes: accounts and entries inside another command's unit, and the ledger's own verbs.

A name is loaded when it is first used: who writes an entry does not wait for periods.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.ledger.service.catalogue import COMMANDS
else:
    _HOMES: Final = {".catalogue": ("COMMANDS",)}
    __getattr__ = loader(__name__, _HOMES)

__all__ = ["COMMANDS"]
