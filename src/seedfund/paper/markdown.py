"""Markdown into blocks: the few forms a paper needs, and nothing that could fetch, run or hide anything.

Values a person wrote never pass through Markdown. The text handed in holds a mark (`mark(0)`, `mark(1)` …) where
a value stands; the marks are replaced by the values after parsing, as literal text. So a value can hold stars,
pipes, tags or anything else and is drawn as it was typed. Parsing depends on the wording alone and is remembered.

Must not know templates, fonts or what the values mean.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from seedfund.kernel.errors import InvalidInput
from seedfund.paper.blocks import (
    Align,
    Block,
    Directive,
    Heading,
    Item,
    Paragraph,
    PartlyForeign,
    Span,
    Spans,
    Table,
)

# Two characters of the private use area that no font has: a value that holds them is refused before it is drawn.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_ANCHOR: Final = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}\s*$")
_WITHOUT: Final = (
    "html_block",
    "html_inline",
    "link",
    "image",
    "autolink",
    "reference",
    "code",
    "hr",
    "backticks",
)
_ALIGNS: Final = {"text-align:right": Align.RIGHT, "text-align:center": Align.CENTRE}


def mark(index: int) -> str:
    """The text that stands for the value of that index until the Markdown is parsed."""
    return f"{_OPEN}{index}{_CLOSE}"


def blocks(markdown: str, values: Sequence[str] = ()) -> tuple[Block, ...]:
    """The blocks of a text, its marks replaced by the values.

    Headings (`## Title {#anchor}`), paragraphs, lists, tables, bold, italic, quotes (drawn as small print) and
    fences without content (`~~~ signatures`), which name a place for the layout to fill.

    Raises:
        InvalidInput: the text uses a form that papers do not have.
    """
    return tuple(_filled(block, values) for block in _parsed(markdown))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_WITHOUT))


@lru_cache(maxsize=256)
def _parsed(markdown: str) -> tuple[Block, ...]:
    return tuple(_Reader(_parser().parse(markdown)).read())


class _Reader:
    """Walks the parser's tokens once, from front to back."""

    def __init__(self, tokens: Sequence[Token]):
        self._tokens = tokens
        self._at = 0

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _skip_to(self, kind: str) -> None:
        while self._next().type != kind:
            continue

    def read(self) -> Iterator[Block]:
        while self._at < len(self._tokens):
            token = self._next()
            match token.type:
                case "heading_open":
                    yield _heading(self._next(), level=int(token.tag[1:]))
                    self._skip_to("heading_close")
                case "paragraph_open":
                    yield Paragraph(_spans(self._next()))
                    self._skip_to("paragraph_close")
                case "bullet_list_open" | "ordered_list_open":
                    yield from self._items(token, depth=0)
                case "table_open":
                    yield self._table()
                case "blockquote_open":
                    yield from self._small_print()
                case "fence":
                    yield Directive(token.info.strip())
                case other:
                    raise _unknown(other)

    def _items(self, opening: Token, *, depth: int) -> Iterator[Item]:
        ordered = opening.type == "ordered_list_open"
        number = int(opening.attrGet("start") or 1)
        closing = opening.type.replace("_open", "_close")
        mark_now = ""
        while (token := self._next()).type != closing:
            match token.type:
                case "list_item_open":
                    mark_now = _item_mark(number, ordered=ordered, depth=depth)
                    number += 1
                case "paragraph_open":
                    yield Item(mark_now, _spans(self._next()), depth)
                    mark_now = ""
                case "bullet_list_open" | "ordered_list_open":
                    yield from self._items(token, depth=depth + 1)
                case "paragraph_close" | "list_item_close":
                    continue
                case other:
                    raise _unknown(other)

    def _small_print(self) -> Iterator[Paragraph]:
        while (token := self._next()).type != "blockquote_close":
            if token.type == "paragraph_open":
                yield Paragraph(_spans(self._next()), small=True)
            elif token.type != "paragraph_close":
                raise _unknown(token.type)

    def _table(self) -> Table:
        aligns: list[Align] = []
        rows: list[list[Spans]] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    aligns.append(_ALIGNS.get(str(token.attrGet("style")), Align.LEFT))
                rows[-1].append(_spans(self._next()))
        header, *body = (tuple(row) for row in rows)
        return Table(tuple(aligns), header, tuple(body))


def _item_mark(number: int, *, ordered: bool, depth: int) -> str:
    if not ordered:
        return "•" if depth == 0 else "–"
    return f"{number}." if depth == 0 else f"{chr(96 + number)})" if number <= 26 else f"{number})"


def _heading(inline: Token, *, level: int) -> Heading:
    spans = _spans(inline)
    anchor = ""
    if spans and (match := _ANCHOR.search(spans[-1].text)):
        anchor = match[1]
        spans = (*spans[:-1], spans[-1].with_text(spans[-1].text[: match.start()]))
    return Heading(spans, min(level, 3), anchor)


def _spans(inline: Token) -> Spans:
    spans: list[Span] = []
    bold = italic = 0
    for token in inline.children or ():
        match token.type:
            case "text" | "text_special":
                if token.content:
                    spans.append(Span(token.content, bold > 0, italic > 0))
            case "softbreak" | "hardbreak":
                spans.append(Span(" ", bold > 0, italic > 0))
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case other:
                raise _unknown(other)
    return _joined(spans)


def _joined(spans: Sequence[Span]) -> Spans:
    """Neighbours of one weight become one span, so that a word is never parted by the way it was parsed."""
    result: list[Span] = []
    for span in spans:
        if result and (result[-1].bold, result[-1].italic) == (span.bold, span.italic):
            result[-1] = span.with_text(result[-1].text + span.text)
        else:
            result.append(span)
    return tuple(result)


def _unknown(kind: str) -> InvalidInput:
    return InvalidInput(
        field="markdown",
        problem=f"papers have no form for {kind.replace('_open', '').replace('_', ' ')}",
        remedy="use headings, paragraphs, lists, tables, bold, italic and quotes",
    )


def _filled(block: Block, values: Sequence[str]) -> Block:
    match block:
        case Heading() | Paragraph() | Item():
            spans = _with_values(block.spans, values)
            return block if spans is block.spans else replace(block, spans=spans)
        case Table():
            return replace(
                block,
                header=tuple([_with_values(cell, values) for cell in block.header]),
                rows=tuple([tuple([_with_values(cell, values) for cell in row]) for row in block.rows]),
            )
        case other:
            return other


def _with_values(spans: Spans, values: Sequence[str]) -> Spans:
    for span in spans:
        if _OPEN in span.text:
            return tuple([part for span in spans for part in _parts(span, values)])
    return spans


def _parts(span: Span, values: Sequence[str]) -> Iterator[Span]:
    """The span with its values; words of a value in another language are a span of their own."""
    said, at = "", 0
    for found in _MARK.finditer(span.text):
        said += span.text[at : found.start()]
        at = found.end()
        value = values[int(found[1])]
        if isinstance(value, PartlyForeign):
            yield span.with_text(said + value[: value.start])
            foreign = value[value.start : value.end]
            yield Span(foreign, span.bold, span.italic, language=value.language, link=span.link)
            said = value[value.end :]
        else:
            said += value
    yield span.with_text(said + span.text[at:])
