"""Names of a package that are loaded when they are first used: who calls one command does not wait for the others.

A package hands over where its names live and keeps what it gets as its `__getattr__`; type checkers read the written
imports beside it. Must not know any package.
"""

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


def loader(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: a name is fetched from its home once, and kept.

    `homes` lists the names by the module they live in, relative to the package (`.releases`).
    """
    home_of = {name: home for home, names in homes.items() for name in names}

    def load(name: str) -> Any:
        home = home_of.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(home, package), name)
        setattr(sys.modules[package], name, value)
        return value

    return load


@dataclass(frozen=True, slots=True)
class Later:
    """A function that is loaded when it is first called: its module, and its name there."""

    module: str
    name: str

    @property
    def target(self) -> Callable[..., Any]:
        """The function itself.

        Raises:
            AttributeError: its module has none of that name.
        """
        found: Callable[..., Any] = getattr(importlib.import_module(self.module), self.name)
        return found

    def __call__(self, *given: Any, **named: Any) -> Any:
        """What the function says to what is given."""
        return self.target(*given, **named)
