"""What a template may say: fields of its paper, a handful of filters, `if` and `for`. Checked before it is used.

Must not know files or layouts. A template never calls, imports, assigns or reaches behind a value: whatever is not
in the short list of forms below is refused by name.
"""

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType, UnionType
from typing import Any, Final

from jinja2 import nodes

from seedfund.documents.rules import (
    TEMPLATE_FIELD_UNKNOWN,
    TEMPLATE_FILTER_MISSING,
    TEMPLATE_FORM_UNKNOWN,
    TEMPLATE_LABEL_MISSING,
)
from seedfund.kernel.codec import field_types
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import Money
from seedfund.paper.format import date_text, figures, money_text, number_text, ordinal_text

Filter = Callable[[Any, str], str | int]

_FORMS: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Filter,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
_PLAIN: Final = (str, int)
LABEL: Final = "label"
WORDS: Final = "words"
LOOP: Final = "loop"


@dataclass(frozen=True)
class Loop:
    """What a template knows of the loop it is in."""

    index: int
    first: bool
    last: bool


def money_of(value: Mapping[str, Any]) -> Money:
    """The amount of a content's plain data."""
    return Money(value["minor"], value["currency"])


FILTERS: Final[Mapping[str, Filter]] = MappingProxyType(
    {
        "money": lambda value, language: money_text(money_of(value), language),
        "figures": lambda value, language: figures(money_of(value), language),
        "date": lambda value, language: date_text(date.fromisoformat(value), language),
        "number": lambda value, language: number_text(Decimal(value), language),
        "count": lambda value, language: len(value),
        "ordinal": ordinal_text,
    }
)
"""Filters by name; each gets the value's plain data and the language.

`label` is looked up in the template's own, and `words` also asks which language prevails (`wording`).
"""

TAKES: Final[Mapping[str, tuple[type, ...]]] = {
    "money": (Money,),
    "figures": (Money,),
    WORDS: (Money,),
    "date": (date,),
    "number": (Decimal, int),
    "ordinal": (int,),
    "count": (tuple,),
    LABEL: (Enum, str),
}
"""The kinds of field each filter can print."""


@dataclass(frozen=True)
class FieldTold:
    """A field as templates write it, what it holds, the filters that print it, and whether it may be empty.

    Fields of parts of a list stand behind `[]`: in `{% for one in tranches %}`, `tranches[].amount` is `one.amount`.
    """

    path: str
    kind: str
    filters: tuple[str, ...]
    may_be_empty: bool
    words: tuple[str, ...] = ()


def fields_told(content: type, owner: str = "") -> Iterator[FieldTold]:
    """Every field a template of a content may print, those of its groups and lists behind them."""
    for name, declared in field_types(content).items():
        kind = _bare(declared)
        path = f"{owner}.{name}" if owner else name
        parts = typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None
        filters = tuple(one for one, takes in TAKES.items() if kind is not str and _is_one(kind, takes))
        is_enum = isinstance(kind, type) and issubclass(kind, Enum)
        words = tuple(str(item.value) for item in kind) if is_enum else ()
        yield FieldTold(path, _told(kind), filters, kind != declared, words)
        inner = parts if parts is not None else kind
        if hasattr(inner, "__dataclass_fields__") and inner is not Money:
            yield from fields_told(inner, f"{path}[]" if parts is not None else path)


_KINDS: Final[Mapping[type, str]] = {
    bool: "yes or no",
    int: "whole number",
    Decimal: "number",
    Money: "amount",
    date: "day",
    Enum: "word",
    str: "text",
    tuple: "list",
}
"""What kinds of field are called; the first that fits."""


def _told(kind: Any) -> str:
    return next((name for one, name in _KINDS.items() if _is_one(kind, (one,))), "group")


class Checker:
    """Walks a parsed template with the fields of its paper and gathers every refusal, each once."""

    def __init__(self, template: str, content: type, labels: Mapping[str, str]):
        self._template, self._content, self._labels = template, content, labels
        self._found: dict[Refusal | tuple[str, ...], Refusal] = {}

    def refusals(self, parsed: nodes.Template) -> tuple[Refusal, ...]:
        """Every reason why the template cannot be used, in the order met."""
        self._walk(parsed, dict(field_types(self._content)))
        return tuple(self._found.values())

    def _refuse(self, refusal: Refusal) -> None:
        self._found.setdefault((refusal.code, *refusal.facts.values()), refusal)

    def _walk(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        if not isinstance(node, _FORMS):
            self._refuse(TEMPLATE_FORM_UNKNOWN(template=self._template, form=type(node).__name__.lower()))
            return
        match node:
            case nodes.For():
                self._walk_loop(node, scope)
            case nodes.Name() | nodes.Getattr() | nodes.Filter():
                self._kind(node, scope)
            case nodes.Output():
                for expression in node.nodes:
                    self._printed(expression, scope)
            case _:
                for child in node.iter_child_nodes():
                    self._walk(child, scope)

    def _walk_loop(self, node: nodes.For, scope: Mapping[str, Any]) -> None:
        kind = self._kind(node.iter, scope)
        inner = typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None
        if inner is None or not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            self._refuse(TEMPLATE_FORM_UNKNOWN(template=self._template, form="a loop over what is no list"))
            return
        for child in [*node.body, *node.else_]:
            self._walk(child, {**scope, node.target.name: inner, LOOP: Loop})

    def _printed(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        """An expression inside braces: text and counts print themselves, everything else needs a filter."""
        if isinstance(node, nodes.TemplateData):
            return
        if not isinstance(node, nodes.Name | nodes.Getattr | nodes.Filter | nodes.Const):
            self._refuse(TEMPLATE_FORM_UNKNOWN(template=self._template, form=type(node).__name__.lower()))
            return
        kind = self._kind(node, scope)
        if kind is not None and kind not in _PLAIN:
            filters = ", ".join(name for name, takes in TAKES.items() if _is_one(kind, takes))
            self._refuse(
                TEMPLATE_FILTER_MISSING(
                    template=self._template,
                    field=_path(node),
                    filters=filters or "none, it is no single value",
                )
            )

    def _kind(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
        """The kind of value a field or a filtered field has; None when it was refused."""
        match node:
            case nodes.Const():
                return type(node.value)
            case nodes.Name():
                return self._field(node.name, scope, path=node.name)
            case nodes.Getattr():
                owner = self._kind(node.node, scope)
                if owner is None:
                    return None
                known = field_types(owner) if hasattr(owner, "__dataclass_fields__") else {}
                return self._field(node.attr, known, path=_path(node))
            case nodes.Filter() if node.node is not None:
                return self._filtered(node, node.node, scope)
            case _:
                self._walk(node, scope)
                return None

    def _field(self, name: str, known: Mapping[str, Any], *, path: str) -> Any:
        if name not in known:
            self._refuse(
                TEMPLATE_FIELD_UNKNOWN(
                    template=self._template, field=path, known=", ".join(known) or "none, it has no parts"
                )
            )
            return None
        return _bare(known[name])

    def _filtered(self, node: nodes.Filter, inner: nodes.Node, scope: Mapping[str, Any]) -> Any:
        kind = self._kind(inner, scope)
        takes = TAKES.get(node.name)
        if takes is None or node.args or node.kwargs:
            self._refuse(TEMPLATE_FORM_UNKNOWN(template=self._template, form=f"the filter {node.name}"))
        elif kind is not None and not _is_one(kind, takes):
            self._refuse(
                TEMPLATE_FORM_UNKNOWN(
                    template=self._template, form=f"the filter {node.name} on the field {_path(inner)}"
                )
            )
        elif node.name == LABEL:
            self._require_labels(inner, kind)
        return int if node.name == "count" else str

    def _require_labels(self, node: nodes.Node, kind: Any) -> None:
        for name in _label_names(node, kind):
            if name not in self._labels:
                self._refuse(TEMPLATE_LABEL_MISSING(template=self._template, label=name))


def _label_names(node: nodes.Node, kind: Any) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from (str(item.value) for item in kind)


def _bare(kind: Any) -> Any:
    """The kind of an optional field when it is there."""
    if typing.get_origin(kind) in (typing.Union, UnionType):
        return next(option for option in typing.get_args(kind) if option is not type(None))
    return kind


def _is_one(kind: Any, takes: tuple[type, ...]) -> bool:
    kind = typing.get_origin(kind) or kind
    return isinstance(kind, type) and issubclass(kind, takes)


def _path(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_path(node.node)}.{node.attr}"
        case nodes.Filter() if node.node is not None:
            return _path(node.node)
        case nodes.Const():
            return str(node.value)
        case _:
            return type(node).__name__.lower()
