"""seedfund: the grant side of economic-inclusion programmes, as a library.

Names are loaded when they are first used; importing the package loads no database, no paper and no command line.
A host calls `prepare(engine)` once, opens a unit of work with `open_work(...)`, and hands it to a verb of an area
(`seedfund.people.service`, `seedfund.funds.service`, `seedfund.grants.service` …) together with a command.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Assurance",
    "Busy",
    "Clock",
    "Command",
    "Conflict",
    "Corrupt",
    "FoundProgramme",
    "Ids",
    "InvalidInput",
    "KeyRing",
    "ManualClock",
    "Money",
    "NotAllowed",
    "NotFound",
    "NotPrepared",
    "Refusal",
    "Refused",
    "Role",
    "Secret",
    "SeedfundError",
    "StorageError",
    "SystemClock",
    "Work",
    "__version__",
    "found_programme",
    "include_name",
    "load_keyring",
    "new_keyring",
    "open_work",
    "prepare",
    "rewrite_file",
    "run",
    "save_keyring",
    "upgrade",
]

if TYPE_CHECKING:
    from seedfund.kernel.clock import Clock, ManualClock, SystemClock
    from seedfund.kernel.errors import (
        Busy,
        Conflict,
        Corrupt,
        InvalidInput,
        NotAllowed,
        NotFound,
        NotPrepared,
        Refusal,
        Refused,
        SeedfundError,
        StorageError,
    )
    from seedfund.kernel.ids import Ids
    from seedfund.kernel.money import Money
    from seedfund.kernel.roles import Assurance, Role
    from seedfund.kernel.secret import Secret
    from seedfund.schema import include_name, upgrade
    from seedfund.store.commands import Command
    from seedfund.store.hooks import prepare
    from seedfund.store.programmes import FoundProgramme, found_programme
    from seedfund.store.rewriting import rewrite_file
    from seedfund.store.sealing.keyring import KeyRing, load_keyring, new_keyring, save_keyring
    from seedfund.store.work import Work, open_work, run
else:
    import importlib

    _HOMES = {
        "seedfund.kernel.clock": ("Clock", "ManualClock", "SystemClock"),
        "seedfund.kernel.errors": (
            "Busy",
            "Conflict",
            "Corrupt",
            "InvalidInput",
            "NotAllowed",
            "NotFound",
            "NotPrepared",
            "Refusal",
            "Refused",
            "SeedfundError",
            "StorageError",
        ),
        "seedfund.kernel.ids": ("Ids",),
        "seedfund.kernel.money": ("Money",),
        "seedfund.kernel.roles": ("Assurance", "Role"),
        "seedfund.kernel.secret": ("Secret",),
        "seedfund.schema": ("include_name", "upgrade"),
        "seedfund.store.commands": ("Command",),
        "seedfund.store.hooks": ("prepare",),
        "seedfund.store.programmes": ("FoundProgramme", "found_programme"),
        "seedfund.store.rewriting": ("rewrite_file",),
        "seedfund.store.sealing.keyring": ("KeyRing", "load_keyring", "new_keyring", "save_keyring"),
        "seedfund.store.work": ("Work", "open_work", "run"),
    }
    _HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

    def __getattr__(name):
        """Load a public name from its room when it is first used."""
        home = _HOME_OF.get(name)
        if home is None:
            raise AttributeError(f"module 'seedfund' has no attribute {name!r}")
        value = getattr(importlib.import_module(home), name)
        globals()[name] = value
        return value

    def __dir__():
        """The public names."""
        return sorted(__all__)
