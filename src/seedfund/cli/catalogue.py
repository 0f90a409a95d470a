"""Every command by its name, gathered from the areas; an area is imported when one of its commands is asked for."""

import dataclasses
import difflib
import importlib
from collections.abc import Iterator
from typing import Any, Final

from seedfund.kernel.codec import field_types
from seedfund.kernel.errors import NotFound
from seedfund.store.commands import Verb

ROOMS: Final = (
    ("store", "seedfund.store.programmes"),
    ("store", "seedfund.store.pins"),
    ("store", "seedfund.store.rotation"),
    ("ledger", "seedfund.ledger.service"),
    ("approvals", "seedfund.approvals.service"),
    ("register", "seedfund.register.service"),
    ("people", "seedfund.people.service"),
    ("funds", "seedfund.funds.service"),
    ("plans", "seedfund.plans.service"),
    ("grants", "seedfund.grants.service"),
    ("documents", "seedfund.documents.service"),
    ("interchange", "seedfund.interchange.service"),
)
"""Area → the module whose `COMMANDS` tuple lists its verbs."""


def all_verbs() -> Iterator[Verb[Any, Any]]:
    """Every verb, by floor and in the order its area declares."""
    for _, module in ROOMS:
        yield from importlib.import_module(module).COMMANDS


def find_verb(name: str) -> Verb[Any, Any]:
    """The verb of a name such as `grants.award_grant`.

    Raises:
        NotFound: there is none; the message names the nearest.
    """
    area = name.partition(".")[0]
    for home, module in ROOMS:
        if home == area:
            for found in importlib.import_module(module).COMMANDS:
                if found.name == name:
                    verb: Verb[Any, Any] = found
                    return verb
    near = difflib.get_close_matches(name, [verb.name for verb in all_verbs()], n=1, cutoff=0.4)
    raise NotFound(
        what="command",
        which=f"{name} (did you mean {near[0]}?)" if near else name,
        look="seedfund do",
    )


def fields_of(verb: Verb[Any, Any]) -> list[tuple[str, str, bool]]:
    """The fields of a verb's command: name, kind in words, and whether it has to be given."""
    required = {
        item.name
        for item in dataclasses.fields(verb.command)
        if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
    }
    return [(name, kind_words(kind), name in required) for name, kind in field_types(verb.command).items()]


def kind_words(kind: Any) -> str:
    """A field's type as a person reads it."""
    text = kind.__name__ if isinstance(kind, type) and not hasattr(kind, "__args__") else str(kind)
    for long, short in (("seedfund.", ""), ("datetime.", ""), ("typing.", ""), ("<class '", ""), ("'>", "")):
        text = text.replace(long, short)
    return " ".join(part.rsplit(".", 1)[-1] if "[" not in part else part for part in text.split(" "))
