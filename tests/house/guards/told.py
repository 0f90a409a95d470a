"""Guard of what errors say: every sentence of the error family has its Spanish, with as many facts.

The sentences are read out of the syntax: constants, f-strings, sums of both, either branch of a choice, and what
the callers of a helper hand in. What cannot be read so cannot be translated either, and is an offence of its own.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Final

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.house.guards.source import Function, Offence, Source, sources

CONTEXT: Final = "error"
CATALOGUES: Final = "src/seedfund/locales/es"
FAMILY: Final = ("SeedfundError", "NotAllowed", "Conflict", "Busy", "Corrupt", "StorageError", "NotPrepared")
SPOKEN: Final[Mapping[str, tuple[str, ...] | None]] = {
    "InvalidInput": ("problem", "remedy"),
    "NotFound": ("what", "which"),
    "MissingExtra": ("what",),
}
"""The fields of a class that hold words of ours; of any other class it is the sentence it is made with."""
PASSED_ON: Final = frozenset({"self.problem", "self.remedy", "error.problem", "error.remedy"})
"""Parts of an error that was read where it was made."""
ELSEWHERE: Final = frozenset({"Refused"})
"""Its sentences are those of refusal codes, which have a promise of their own."""
FACT: Final = "{}"
LETTER: Final = re.compile(r"[^\W\d_]")
NEXT_STEP: Final = re.compile(r"[;.:] \w")


@dataclass(frozen=True)
class Said:
    """What an error may say at a place, facts unnamed, or None; a whole sentence stands in no field."""

    source: Source
    node: ast.AST
    text: str | None
    field: str = ""

    def offence(self, reason: str) -> Offence:
        """An offence at that place."""
        return self.source.offence(self.node, reason)


def find_untold_errors(tree: Path) -> list[Offence]:
    """What errors say that the Spanish catalogue lacks, or that is put together beyond reading."""
    told = {shape(template) for template in _templates(tree)}
    house = _house(tree)
    found = set()
    for said in (*house.sentences(), *house.words):
        if said.text is None:
            found.add(said.offence("write what it says as one text with its facts in braces"))
        elif LETTER.search(said.text.replace(FACT, "")) and said.text not in told:
            found.add(said.offence(f"has no Spanish in {CATALOGUES}: {said.text!r}"))
    return sorted(found)


def find_errors_without_a_next_step(tree: Path) -> list[Offence]:
    """Sentences of errors that say what is wrong and stop there, and remedies that are empty."""
    house = _house(tree)
    found = set()
    for said in house.sentences():
        text = said.text or ""
        is_bare = said.field == "" and LETTER.search(text.replace(FACT, "")) and not NEXT_STEP.search(text)
        if is_bare or (said.field == "remedy" and said.text == ""):
            found.add(said.offence(f"say after a semicolon what to do next: {text!r}"))
    return sorted(found)


def find_told_errors_nobody_says(tree: Path) -> list[Offence]:
    """Entries of the errors' own catalogue that no source says any more."""
    path = tree / CATALOGUES / "errors.po"
    house = _house(tree)
    said = {one.text for one in house.sentences()} | {one.text for one in house.words}
    return [
        Offence(path.relative_to(tree).as_posix(), message.lineno or 1, f"nothing says this: {message.id!r}")
        for message in (_messages(path) if path.is_file() else ())
        if message.id and shape(str(message.id)) not in said
    ]


def shape(template: str) -> str:
    """A template with its facts unnamed."""
    return re.sub(r"\{\w*\}", FACT, template)


def _templates(tree: Path) -> Iterator[str]:
    for path in sorted((tree / CATALOGUES).glob("*.po")):
        for message in _messages(path):
            is_told = message.context == CONTEXT and message.string and not message.fuzzy
            if is_told and _facts(str(message.id)) == _facts(str(message.string)):
                yield str(message.id)


def _messages(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return list(read_po(file, locale="es"))


def _facts(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


class _House:
    """The sources together: which classes are errors, who calls which helper, and what stands around a node."""

    def __init__(self, files: Sequence[Source]):
        self.files = files
        self.parents: dict[ast.AST, ast.AST] = {}
        self.calls: dict[str, list[tuple[Source, ast.Call]]] = defaultdict(list)
        self.functions: dict[str, list[tuple[Source, Function]]] = defaultdict(list)
        self.words: list[Said] = []
        for source in files:
            for node in ast.walk(source.module):
                self.parents |= dict.fromkeys(ast.iter_child_nodes(node), node)
                if isinstance(node, ast.Call):
                    self.calls[_last_name(node.func)].append((source, node))
                elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    self.functions[node.name].append((source, node))

    @cached_property
    def errors(self) -> dict[str, tuple[str, ...] | None]:
        """Every class of the family by name, with the fields that speak; None where its sentence does."""
        bases = {
            node.name: [_last_name(base) for base in node.bases]
            for source in self.files
            for node in ast.walk(source.module)
            if isinstance(node, ast.ClassDef)
        }
        family = dict.fromkeys(FAMILY) | dict(SPOKEN)
        while fresh := {
            name: SPOKEN.get(name, family[base])
            for name, above in bases.items()
            for base in above
            if name not in family and base in family and name not in ELSEWHERE
        }:
            family |= fresh
        return family

    def sentences(self) -> Iterator[Said]:
        """Everything errors say; the words of ours in it are kept in `words`."""
        for name, fields in self.errors.items():
            for source, call in self.calls[name]:
                for field, node in _spoken(call, fields):
                    texts = self._read(source, node, frozenset())
                    if field == "which":
                        texts = self._looked_for(source, node)
                    yield from (Said(source, node, text, field) for text in texts)
        for source, call in self.calls["__init__"]:
            if self._class_of(call) in self.errors and call.args:
                for text in self._read(source, call.args[0], frozenset()):
                    yield Said(source, call, text)

    def _looked_for(self, source: Source, node: ast.expr) -> list[str | None]:
        """What is looked for is mostly a fact alone, a number or a code; where it is put together it is read."""
        function = self._function_of(node)
        given = _assigned(function, node.id) if function and isinstance(node, ast.Name) else [node]
        put_together = [one for one in given if isinstance(one, ast.JoinedStr | ast.BinOp | ast.IfExp)]
        return [text or FACT for text in self._either(source, put_together, frozenset())]

    def _class_of(self, node: ast.AST) -> str:
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, ast.ClassDef):
                return node.name
        return ""

    def _function_of(self, node: ast.AST) -> Function | None:
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                return node
        return None

    def _read(self, source: Source, node: ast.expr, seen: frozenset[ast.AST]) -> list[str | None]:
        """What a node may say, facts unnamed; None where it cannot be told."""
        if node in seen:
            return []
        seen |= {node}
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) else []
        if isinstance(node, ast.JoinedStr):
            return _joined([self._part(source, part, seen) for part in node.values])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined([self._part(source, side, seen) for side in (node.left, node.right)])
        if isinstance(node, ast.IfExp):
            return self._either(source, (node.body, node.orelse), seen)
        if isinstance(node, ast.BoolOp):
            return self._either(source, node.values, seen)
        if isinstance(node, ast.Name):
            return self._named(source, node, seen)
        if isinstance(node, ast.Call):
            return self._returned(source, node, seen)
        return [FACT] if ast.unparse(node) in PASSED_ON else [None]

    def _either(
        self, source: Source, nodes: Sequence[ast.expr], seen: frozenset[ast.AST]
    ) -> list[str | None]:
        return [said for node in nodes for said in self._read(source, node, seen)]

    def _part(self, source: Source, node: ast.expr, seen: frozenset[ast.AST]) -> list[str | None]:
        """A part of a sentence: text, or a fact; the words of ours that a fact may be are kept for themselves."""
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            return self._read(source, node, seen)
        if isinstance(node, ast.IfExp) and _is_text(node.body):
            return self._read(source, node, seen)
        value = node.value if isinstance(node, ast.FormattedValue) else node
        function = self._function_of(node)
        if isinstance(value, ast.Name) and function is not None:
            value = next(iter(_assigned(function, value.id)), value)
        choices = (value.body, value.orelse) if isinstance(value, ast.IfExp) else getattr(value, "values", ())
        self.words += [
            Said(source, one, one.value)
            for one in choices
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        return [FACT]

    def _named(self, source: Source, node: ast.Name, seen: frozenset[ast.AST]) -> list[str | None]:
        """What a name holds: what the function or the module gives it, or what callers hand in."""
        function = self._function_of(node)
        if function is not None:
            given = _assigned(function, node.id)
            if given:
                return self._either(source, given, seen)
            names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
            if node.id in (*names, *(one.arg for one in function.args.kwonlyargs)):
                return self._handed_in(source, function, node.id, seen)
        given = _assigned(source.module, node.id)
        return self._either(source, given, seen) if given else [None]

    def _handed_in(
        self, source: Source, function: Function, name: str, seen: frozenset[ast.AST]
    ) -> list[str | None]:
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        skipped = 1 if names[:1] in (["self"], ["cls"]) else 0
        found: list[str | None] = []
        for place, call in self.calls[function.name]:
            if function.name.startswith("_") and place.path != source.path:
                continue
            values = [keyword.value for keyword in call.keywords if keyword.arg == name]
            position = names.index(name) - skipped if name in names else len(call.args)
            for value in (*values, *call.args[position : position + 1]):
                found += self._read(place, value, seen)
        return found or [None]

    def _returned(self, source: Source, call: ast.Call, seen: frozenset[ast.AST]) -> list[str | None]:
        """What a template says once filled in, or what a helper of the same file answers."""
        name = _last_name(call.func)
        if name == "format" and isinstance(call.func, ast.Attribute):
            return [said and shape(said) for said in self._read(source, call.func.value, seen)]
        found: list[str | None] = []
        for place, function in self.functions[name]:
            if place.path == source.path:
                for node in ast.walk(function):
                    if isinstance(node, ast.Return) and node.value is not None:
                        found += self._read(place, node.value, seen)
        return found or [None]


def _spoken(call: ast.Call, fields: tuple[str, ...] | None) -> Iterator[tuple[str, ast.expr]]:
    if fields is None:
        yield from (("", node) for node in call.args[:1])
        return
    yield from (
        (keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg and keyword.arg in fields
    )


@cache
def _house(tree: Path) -> _House:
    return _House(list(sources(tree)))


def _joined(parts: Sequence[Sequence[str | None]]) -> list[str | None]:
    return [None if None in row else "".join(text or "" for text in row) for row in product(*parts)]


def _assigned(scope: ast.AST, name: str) -> list[ast.expr]:
    """The values a function or a module gives a name."""
    nodes = ast.walk(scope) if not isinstance(scope, ast.Module) else iter(scope.body)
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == name
    ]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
