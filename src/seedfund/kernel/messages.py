"""Sentences people read, in their language, from gettext catalogues; English is the message id.

Catalogues stand in `locales/<language>/<area>.po`, one per area, and are read together when the first
sentence is shown, never before. A refusal brings its template and its facts; any other error is raised with an
English sentence in which the facts stand already, and is known again by the templates of the catalogue. Must not know
what any sentence is about.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from re import Pattern
from string import Formatter
from types import MappingProxyType
from typing import Final

from babel.messages.pofile import read_po

from seedfund.kernel.errors import (
    NOT_FOUND,
    NOT_KNOWN,
    InvalidInput,
    NotFound,
    Refusal,
    RefusalCode,
    SeedfundError,
)
from seedfund.kernel.money import restyled

SOURCE_LANGUAGE: Final = "en"
FACT: Final = "fact"
"""The gettext context of single words that stand inside a sentence: states, kinds, names of fields."""
ERROR: Final = "error"
"""The gettext context of what errors say: their templates, and the words of ours that stand in them as facts."""
AS_TYPED: Final = frozenset({"known", "verb", "operation", "book", "thing", "name", "text", "handle"})
"""Facts of an error that the reader has typed or will type: they stand as they are, also where they look like words."""
SENTENCES: Final = frozenset({"problem", "remedy", "reason", "what"})
"""Facts that are what an error says, or what it could not find."""

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
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


def phrase(msgid: str, language: str, *, context: str | None = None) -> str:
    """A phrase that goes into a paper, in any language papers are issued in.

    Spanish and English come from the catalogues of sentences, the others from phrasebooks that hold what papers need
    and no more. A single word (`FACT`) that no phrasebook has stands as it was written: it may be a person's own.

    Raises:
        InvalidInput: there is neither catalogue nor phrasebook of that language, or it lacks the phrase.
    """
    if language in languages():
        return translate(msgid, language, context=context)
    found = _phrasebook(language).get((context, msgid), msgid if context == FACT else None)
    if found is None:
        raise InvalidInput(
            field="language",
            problem=f"the phrase {msgid!r} has no words in the language {language!r}",
            remedy="issue the paper in another language",
        )
    return found


@cache
def _phrasebook(language: str) -> _Messages:
    path = files("seedfund") / "phrasebooks" / f"{language}.po"
    if not path.is_file():
        raise InvalidInput(
            field="language",
            problem=f"there are no phrases in the language {language!r}",
            remedy="issue the paper in another language",
        )
    return MappingProxyType(dict(_read(path, language)))


def sentence(refusal: Refusal, language: str) -> str:
    """What is wrong, in a language.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    return filled(refusal.kind.sentence, refusal.facts, language)


def remedy(refusal: Refusal, language: str) -> str:
    """What to do next, in a language.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    return filled(refusal.kind.remedy, refusal.facts, language)


def told(error: SeedfundError, language: str) -> str:
    """What an error that is no refusal says, in a language.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    if language == SOURCE_LANGUAGE:
        return str(error)
    if isinstance(error, NotFound):
        # A word that somebody typed is said as they typed it, though it be one of ours.
        which = known(error.which, language) if " " in error.which else error.which
        what = known(error.what, language)
        template = translate(NOT_KNOWN if error.look else NOT_FOUND, language, context=ERROR)
        return template.format(what=what, which=which, known=error.look)
    if isinstance(error, InvalidInput):
        places = (("file", error.file), ("row", error.row), ("field", error.field))
        where = ", ".join(
            f"{translate(name, language)} {place}" for name, place in places if place is not None
        )
        return f"{where}: {known(error.problem, language)}; {known(error.remedy, language)}."
    return known(str(error), language)


def known(text: str, language: str) -> str:
    """An English sentence of an error in a language, its facts kept; one that no template fits stays as it is.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    whole = translate(text, language, context=ERROR)
    if whole != text:
        return whole
    for pattern, template in _patterns(language):
        found = pattern.fullmatch(text)
        if found:
            facts = {name: _shown(name, value, language) for name, value in found.groupdict().items()}
            return template.format_map(facts)
    return text


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


def filled(template: str, facts: Mapping[str, str], language: str) -> str:
    """A template in a language with its facts; those that are words or sentences of ours in the language too.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    shown = {name: _fact(name, value, language) for name, value in facts.items()}
    return translate(template, language).format_map(shown)


def _fact(name: str, value: str, language: str) -> str:
    """A fact that is a word of ours, a list of them, an amount or a sentence of an error, as the language has it."""
    amount = restyled(value, language)
    if amount != value:
        return amount
    told = known(value, language) if name in SENTENCES else value
    if told == value:
        told = word_of(value, language, name=name)
    if told != value:
        return told
    return ", ".join(word_of(word, language, name=name) for word in value.split(", "))


def word_of(word: str, language: str, *, name: str) -> str:
    """A word of ours as it is said of what `name` tells: one word can be of several lists (`reason.returned`)."""
    asked = f"{name}.{word}"
    told = translate(asked, language, context=FACT)
    return told if told != asked else translate(word, language, context=FACT)


def _shown(name: str, value: str, language: str) -> str:
    """A fact of an error as it stands in a sentence; what the English has put in quotes is in «» elsewhere."""
    if len(value) > 2 and value[0] == value[-1] == "'":
        return "«" + value[1:-1].replace("', '", "», «") + "»"
    if name in AS_TYPED:
        return value
    word = translate(value, language, context=ERROR)
    return word if word != value else _fact(name, value, language)


@cache
def _messages(language: str) -> _Messages:
    messages: dict[tuple[str | None, str], str] = {}
    for key, text in _entries(language):
        messages.setdefault(key, text)
    return MappingProxyType(messages)


def error_templates(language: str) -> Mapping[str, str]:
    """What errors say, by the English template, in a language.

    Raises:
        InvalidInput: there is no catalogue of that language.
    """
    return {template: text for (context, template), text in _messages(language).items() if context == ERROR}


@cache
def _patterns(language: str) -> tuple[tuple[Pattern[str], str], ...]:
    """What each template of an error fits, and its text in the language; the one with most words of its own first."""
    found = [
        (template, text)
        for template, text in error_templates(language).items()
        if placeholders(template) and re.search(r"[^\W\d_]", _PLACEHOLDER.sub("", template))
    ]
    found.sort(key=lambda pair: (-len(_PLACEHOLDER.sub("", pair[0])), pair[0]))
    return tuple((_pattern(template), text) for template, text in found)


def _pattern(template: str) -> Pattern[str]:
    parts = _PLACEHOLDER.split(template)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if index % 2 else re.escape(part) for index, part in enumerate(parts)),
        re.DOTALL,
    )


def _entries(language: str) -> Iterable[tuple[tuple[str | None, str], str]]:
    if language not in languages():
        raise InvalidInput(
            field="language",
            problem=f"there are no sentences in the language {language!r}",
            remedy="use one of " + ", ".join(languages()),
        )
    if language == SOURCE_LANGUAGE:
        return
    for path in sorted((_folder() / language).iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".po"):
            yield from _read(path, language)


def _read(path: Traversable, language: str) -> Iterable[tuple[tuple[str | None, str], str]]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    for message in catalogue:
        # A fuzzy entry is a guess that nobody has confirmed.
        if isinstance(message.id, str) and message.id and message.string and not message.fuzzy:
            yield (message.context, message.id), str(message.string)


def _folder() -> Traversable:
    return files("seedfund") / "locales"
