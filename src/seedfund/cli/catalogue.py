"""Every command by its name, gathered from the areas; an area is imported when one of its commands is asked for."""

import dataclasses
import difflib
import importlib
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType, UnionType
from typing import Any, Final

from seedfund.kernel.codec import field_types
from seedfund.kernel.errors import NotFound
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
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
    ("training", "seedfund.training.service"),
    ("savings", "seedfund.savings.service"),
    ("visits", "seedfund.visits.service"),
    ("schooling", "seedfund.schooling.service"),
    ("grants", "seedfund.grants.service"),
    ("accompaniment", "seedfund.accompaniment.service"),
    ("scholarships", "seedfund.scholarships.service"),
    ("payouts", "seedfund.payouts.service"),
    ("banking", "seedfund.banking.service"),
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
    # Its own area first; one that has to look into higher areas, such as erasing a person, lives there.
    for _, module in sorted(ROOMS, key=lambda room: room[0] != area):
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


@dataclass(frozen=True, slots=True)
class FieldTold:
    """A field as a person is asked for it: its path, what it takes, whether it has to be given, and which words."""

    field: str
    kind: str
    required: bool
    values: tuple[str, ...] = ()


EXAMPLES: Final[Mapping[Any, str]] = MappingProxyType(
    {
        str: "text",
        Secret: "text, kept sealed",
        int: "whole number",
        bool: "true or false",
        Money: "amount, such as USD 125.00",
        date: "day, such as 2026-12-31",
        datetime: "instant, such as 2026-11-22T05:00:00Z",
        Decimal: "number, such as 2.5",
    }
)
LIST: Final = "list of: {kind}"
MAPPING: Final = "names, each with: {kind}"
WORD: Final = "one of the words"
GROUP: Final = "the fields below"
KINDS: Final = (*EXAMPLES.values(), LIST, MAPPING, WORD, GROUP)
"""How kinds of value are called; the catalogues have each of them."""
TYPED: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({"store.set_pin": {"verifier": "pin"}})
"""What is typed for a field at the command line, which makes it of that and asks for what is not given."""
MANY: Final = "[]"
"""Follows the name of a field that takes a list."""


def fields_of(verb: Verb[Any, Any]) -> list[FieldTold]:
    """The fields of a verb's command, and of the groups of fields in it, each with what it takes.

    Where the command line makes a field of another, the one that is typed stands before it, and neither has to be.
    """
    typed = TYPED.get(verb.name, {})
    fields: list[FieldTold] = []
    for one in _told(verb.command, path="", above=()):
        names = (typed[one.field], one.field) if one.field in typed else ()
        fields += [FieldTold(name, one.kind, required=False) for name in names] or [one]
    return fields


def _told(command: type, *, path: str, above: tuple[type, ...]) -> Iterator[FieldTold]:
    required = {
        item.name
        for item in dataclasses.fields(command)
        if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
    }
    for name, kind in field_types(command).items():
        inner, words = _kind(kind)
        here = f"{path}{name}"
        yield FieldTold(here, words, name in required, _words_of(inner))
        if _is_group(inner) and inner not in above:
            many = MANY if words != GROUP else ""
            yield from _told(inner, path=f"{here}{many}.", above=(*above, inner))


def _kind(kind: Any) -> tuple[Any, str]:
    """The kind at the bottom of a list or an optional field, and what the field takes in words."""
    origin, options = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, UnionType):
        return _kind(next(option for option in options if option is not type(None)))
    if origin is not None:
        inner, words = _kind(options[0] if origin is tuple else options[1])
        return inner, (LIST if origin is tuple else MAPPING).format(kind=words)
    if isinstance(kind, typing.NewType):
        return _kind(kind.__supertype__)
    if kind in EXAMPLES:
        return kind, EXAMPLES[kind]
    return kind, GROUP if dataclasses.is_dataclass(kind) else WORD


def _is_group(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind) and kind not in EXAMPLES


def _words_of(kind: Any) -> tuple[str, ...]:
    return tuple(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()


def summary_of(verb: Verb[Any, Any]) -> str:
    """What a verb does, in the sentence its docstring begins with."""
    return (verb.__doc__ or "").strip().splitlines()[0]


def results_of(verb: Verb[Any, Any]) -> list[str]:
    """The names of what a verb answers."""
    return list(field_types(verb.result))
