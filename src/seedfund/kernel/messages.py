"""Sentences people read, in their language, from gettext catalogues; English is the message id.

Catalogues stand in `locales/<language>/<area>.po`, one per area, and are read together when the first
sentence is shown, never before. Must not know what any sentence is about.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from types import MappingProxyType
from typing import Final

from babel.messages.pofile import read_po

from seedfund.kernel.errors import InvalidInput, Refusal, RefusalCode

SOURCE_LANGUAGE: Final = "en"
FACT: Final = "fact"
"""The gettext context of single words that stand inside a sentence: states, kinds, names of fields."""

_Messages = Mapping[tuple[str | None, str], str]


def languages() -> tuple[str, ...]:
    """The languages sentences can be shown in, English first."""
    return SOURCE_LANGUAGE, *sorted(folder.name for folder in _folder().iterdir() if folder.is_dir())


def translate(msgid: str, language: str, *, context: str | None = None) -> str:
    """The text of a message id in a language; the English id itself where the catalogues do not have it.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    return _messages(language).get((context, msgid), msgid)


def sentence(refusal: Refusal, language: str) -> str:
    """What is wrong, in a language.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    return _filled(refusal.kind.sentence, refusal, language)


def remedy(refusal: Refusal, language: str) -> str:
    """What to do next, in a language.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    return _filled(refusal.kind.remedy, refusal, language)


def untranslated(kinds: Iterable[RefusalCode], language: str) -> tuple[str, ...]:
    """The codes whose sentence or remedy a language lacks, or translates with other placeholders; in order.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    messages = _messages(language)
    return tuple(
        kind.code
        for kind in kinds
        if language != SOURCE_LANGUAGE
        and any(
            placeholders(messages.get((None, text), "{missing}")) != placeholders(text)
            for text in (kind.sentence, kind.remedy)
        )
    )


def contradictions(language: str) -> tuple[str, ...]:
    """Message ids that two areas of a language translate differently.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    seen: dict[tuple[str | None, str], str] = {}
    return tuple(key[1] for key, text in _entries(language) if seen.setdefault(key, text) != text)


def placeholders(text: str) -> frozenset[str]:
    """The names of the facts a sentence needs."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _filled(template: str, refusal: Refusal, language: str) -> str:
    facts = {name: _fact(value, language) for name, value in refusal.facts.items()}
    return translate(template, language).format_map(facts)


def _fact(value: str, language: str) -> str:
    """A fact that is a word of ours, or a list of them, in the language; any other as it is."""
    whole = translate(value, language, context=FACT)
    if whole != value:
        return whole
    return ", ".join(translate(word, language, context=FACT) for word in value.split(", "))


@cache
def _messages(language: str) -> _Messages:
    messages: dict[tuple[str | None, str], str] = {}
    for key, text in _entries(language):
        messages.setdefault(key, text)
    return MappingProxyType(messages)


def _entries(language: str) -> Iterable[tuple[tuple[str | None, str], str]]:
    if language not in languages():
        raise InvalidInput(
            field="language",
            problem=f"there are no sentences in {language!r}",
            remedy="use one of " + ", ".join(languages()),
        )
    if language == SOURCE_LANGUAGE:
        return
    for path in sorted((_folder() / language).iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".po"):
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language, abort_invalid=True)
            for message in catalogue:
                # A fuzzy entry is a guess that nobody has confirmed.
                if isinstance(message.id, str) and message.id and message.string and not message.fuzzy:
                    yield (message.context, message.id), str(message.string)


def _folder() -> Traversable:
    return files("seedfund") / "locales"
