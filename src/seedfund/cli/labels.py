"""Names of fields, words that are values, and values themselves, as the reader's language has them.

What is typed (names of fields, words) is shown as it is typed, with what it means beside it. Must not know commands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from seedfund.kernel.dates import utc
from seedfund.kernel.messages import FACT, SOURCE_LANGUAGE, translate
from seedfund.kernel.money import Money, money_text
from seedfund.kernel.secret import Secret

FIELD: Final = "field"
"""The gettext context of names of fields."""
VALUE: Final = "value"
"""The gettext context of words that fields take; one that several lists have stands there, by list if they differ."""
STATES: Final = frozenset({"state", "outcome"})
"""Fields of results whose text is a word of a closed list."""


def label(name: str, language: str) -> str:
    """What a field is called; in English it is its name."""
    if language == SOURCE_LANGUAGE:
        return name
    spaced = name.replace("_", " ")
    for asked, context in ((name, FIELD), (spaced.capitalize(), None), (spaced, None)):
        found = translate(asked, language, context=context)
        if found != asked:
            return found if found[:2].isupper() else f"{found[:1].lower()}{found[1:]}"
    return spaced


def meaning(word: str, language: str, *, name: str = "") -> str:
    """A word that a field takes, as its list or the field `name` says it; the word itself where there is no other."""
    listed = f"{type(word).__name__}.{word}" if isinstance(word, Enum) else ""
    spaced = word.replace("_", " ")
    if language == SOURCE_LANGUAGE:
        return word
    special = ((listed, VALUE), (f"{name}.{word}", FACT))
    for asked, context in (*special, (word, VALUE), (word, FACT), (spaced, FACT), (spaced, None)):
        found = translate(asked, language, context=context)
        if found != asked:
            return found
    return word


def shown(value: Any, language: str, *, name: str = "") -> str:
    """A value as people read it; a dash where there is nothing. `name` is the field it stands in."""
    match value:
        case None | "":
            return "—"
        case bool():
            return translate("yes" if value else "no", language)
        case Money():
            return money_text(value, language)
        case {"minor": int(minor), "currency": str(currency)} if len(value) == 2:
            return shown(Money(minor, currency), language)
        case datetime():
            return utc(value).strftime("%Y-%m-%d %H:%M UTC")
        case Secret():
            return value.reveal()
        case Enum():
            return meaning(value if isinstance(value, str) else str(value.value), language, name=name)
        case str():
            return meaning(value, language, name=name) if name in STATES else value
        case Mapping():
            return ", ".join(f"{label(key, language)}={shown(item, language)}" for key, item in value.items())
        case Sequence():
            return ", ".join(shown(item, language, name=name) for item in value) or "—"
        case _ if is_dataclass(value):
            return shown({one.name: getattr(value, one.name) for one in fields(value)}, language)
        case _:
            return str(value)
