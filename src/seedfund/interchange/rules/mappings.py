"""A mapping: how the files of a kind are written, as people declare it in JSON; and one proposed from their headers.

The form, by part of the kind:

    {"survey": "kobo.example/aXb", "form": {...}, "parts": {"members": {"sheet": "miembros", "encoding": "cp1252",
     "delimiter": ";", "widths": [8, 30], "columns": {"Fecha nac.": "birth_date"}, "left_out": ["Foto"],
     "values": {"sex": {"F": "female"}}, "constants": {"country": "EC"}}}}

Nothing else is taken: a word that is not known is a mistake, not a remark.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final

from seedfund.interchange.rules.columns import Part
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import ENCODINGS, Layout, SurveyForm
from seedfund.interchange.rules.surveys import without_itself
from seedfund.interchange.rules.titles import TITLES
from seedfund.kernel.errors import InvalidInput

MAPPING_MAX: Final = 100_000
UNNAMED: Final = "SERVER/FORM"
"""What a proposal says where the server and the form of a survey have to be named; nothing is read with it."""
_PART_WORDS: Final = frozenset(
    {"sheet", "encoding", "delimiter", "widths", "columns", "left_out", "values", "constants", "spread"}
)
_ALIKE_PERCENT: Final = 88
_SHORT: Final = 3
_WORDS: Final = re.compile(r"[^\W_]+")
_SIGNS: Final = (";", ",", "\t", "|")


def read_mapping(text: str, parts: Sequence[Part]) -> dict[str, Layout]:
    """The layout of every part.

    Raises:
        InvalidInput: it is no mapping of these parts, with what is wrong in it.
    """
    if len(text) > MAPPING_MAX:
        raise _misshapen("the whole")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise _misshapen("the whole") from None
    told = _words(told, {"survey", "form", "parts"}, "the mapping")
    by_part = _texts_of(told.get("parts", {}), "parts", dict)
    known = {part.name: part for part in parts}
    for name in by_part:
        if name not in known:
            raise _not_among("parts", list(known))
    survey = _text(told.get("survey", ""), "survey")
    if survey.startswith("SERVER/"):
        raise InvalidInput(
            field="mapping",
            problem="survey does not name the server and the form yet",
            remedy="write them in place of SERVER and FORM, such as kobo.example.org/aXbYc",
        )
    form = _form(told["form"]) if "form" in told else None
    return {part.name: _layout(part, by_part.get(part.name, {}), survey, form) for part in parts}


def _layout(part: Part, told: Mapping[str, Any], survey: str, form: SurveyForm | None) -> Layout:
    words = _words(told, _PART_WORDS, part.name)
    columns = _pairs(words.get("columns", {}), f"{part.name}.columns")
    values = {
        name: {fold(cell): word for cell, word in _pairs(pairs, f"{part.name}.values.{name}").items()}
        for name, pairs in _texts_of(words.get("values", {}), f"{part.name}.values", dict).items()
    }
    constants = _pairs(words.get("constants", {}), f"{part.name}.constants")
    for name in (*columns.values(), *values, *constants):
        if name not in part.by_name:
            raise _not_among(part.name, list(part.by_name))
    encoding = words.get("encoding")
    if encoding is not None and encoding not in ENCODINGS:
        raise _not_among("encoding", ENCODINGS)
    delimiter = words.get("delimiter")
    if delimiter is not None and delimiter not in _SIGNS:
        raise _not_among("delimiter", ("; , | \\t",))
    return Layout(
        delimiter=delimiter,
        encoding=encoding,
        widths=_widths(words.get("widths", [])),
        sheet=_text(words.get("sheet", ""), "sheet"),
        columns=columns,
        left_out=frozenset(_text(one, "left_out") for one in _list(words.get("left_out", []), "left_out")),
        values=values,
        constants=constants,
        survey=survey,
        form=form,
        spread=_spread(part, words.get("spread", {})),
    )


def _spread(part: Part, told: Any) -> dict[str, str]:
    pairs = _pairs(told, f"{part.name}.spread")
    if pairs and part.spreads is None:
        raise InvalidInput(
            field="mapping",
            problem=f"{part.name} is not spread over columns",
            remedy="take spread out, and give a row to each of what stands in its columns",
        )
    return {fold(title): value for title, value in pairs.items()}


def _form(told: Any) -> SurveyForm:
    words = _words(told, {"questions", "choices", "several"}, "form")
    questions = _pairs(words.get("questions", {}), "form.questions")
    choices = _texts_of(words.get("choices", {}), "form.choices", dict)
    several = frozenset(_text(one, "form.several") for one in _list(words.get("several", []), "form.several"))
    return SurveyForm(
        questions={fold(label): name for label, name in questions.items()},
        choices={
            name: {fold(label): code for label, code in _pairs(pairs, "form.choices").items()}
            for name, pairs in choices.items()
        },
        several=several,
    )


def proposed_columns(part: Part, titles: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Columns for the names a file has, in any language known here, and the names nothing was found for.

    A name is proposed once: the exact before the similar, and that before a longer one in which a known name stands.
    """
    exact: dict[str, str] = {}
    for column in part.columns:
        for name in (column.name, column.spanish, *TITLES.get(column.name, ())):
            exact.setdefault(fold(name), column.name)
    left_out = without_itself(titles, Layout())
    wanted = [title for title in titles if title and fold(title) not in left_out]
    found = {title: exact[fold(title)] for title in wanted if fold(title) in exact}
    for title in wanted:
        if title not in found:
            close = get_close_matches(fold(title), exact, n=1, cutoff=_ALIKE_PERCENT / 100)
            if close and exact[close[0]] not in found.values():
                found[title] = exact[close[0]]
    for title in wanted:
        name = exact.get(_said_in(fold(title), exact), "") if title not in found else ""
        if name and name not in found.values():
            found[title] = name
    once = {title: name for title, name in found.items() if list(found.values()).count(name) == 1}
    return once, [title for title in wanted if title not in once]


def _said_in(title: str, known: Iterable[str]) -> str:
    """The longest known name that stands whole in a longer one, as in a question of a form; empty where none does."""
    words = f"_{'_'.join(_WORDS.findall(title))}_"
    return max((name for name in known if len(name) > _SHORT and f"_{name}_" in words), key=len, default="")


def _misshapen(where: str) -> InvalidInput:
    """Something of the mapping has another form than it should."""
    return InvalidInput(
        field="mapping",
        problem=f"{where} has not the form it should have",
        remedy="write it as the example in docs/how-to/import.md",
    )


def _not_among(where: str, known: Sequence[str]) -> InvalidInput:
    """Something of the mapping is none of the words that may stand there."""
    return InvalidInput(
        field="mapping",
        problem=f"{where} holds a word that is not known",
        remedy=f"use one of {', '.join(known)}",
    )


def _words(told: Any, known: frozenset[str] | set[str], where: str) -> Mapping[str, Any]:
    if not isinstance(told, dict) or not set(told) <= known:
        raise _not_among(where, sorted(known))
    return MappingProxyType(told)


def _texts_of(told: Any, where: str, kind: type) -> dict[str, Any]:
    if not isinstance(told, dict) or not all(isinstance(value, kind) for value in told.values()):
        raise _misshapen(where)
    return told


def _pairs(told: Any, where: str) -> dict[str, str]:
    return _texts_of(told, where, str)


def _text(told: Any, where: str) -> str:
    if not isinstance(told, str):
        raise _misshapen(where)
    return told


def _list(told: Any, where: str) -> list[Any]:
    if not isinstance(told, list):
        raise _misshapen(where)
    return told


def _widths(told: Any) -> tuple[int, ...]:
    widths = _list(told, "widths")
    if not all(type(width) is int and 0 < width <= 10_000 for width in widths):
        raise _misshapen("widths")
    return tuple(widths)
