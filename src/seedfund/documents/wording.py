"""The words of a paper: finds a template, checks it, fills it with a content's plain data. Must not know layouts.

A template is `templates/<paper>/<language>.md`: front matter in TOML between two lines of `+++` (version, title,
review, labels), then Markdown with fields. Labels that all papers of a language share stand in
`templates/labels/<language>.toml`. A programme's own folder of the same shape comes first, file by file.

Values never pass through Markdown (see `paper.markdown`), and a template can reach nothing but its content's fields.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, Undefined, UndefinedError, nodes, pass_context
from jinja2 import Template as CompiledTemplate
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment

from seedfund.documents.content import WORDINGS, Finger, SignRole
from seedfund.documents.rules import (
    PLACES,
    SIGNATURES,
    TEMPLATE_BROKEN,
    TEMPLATE_FORM_UNKNOWN,
    TEMPLATE_LABEL_MISSING,
    TEMPLATE_MISSING,
    TEMPLATE_PLACE_MISSING,
    TEMPLATE_UNUSED,
    languages_of,
    missing_clauses,
)
from seedfund.documents.vocabulary import FILTERS, LABEL, WORDS, Checker, Loop, money_of
from seedfund.kernel.errors import InvalidInput, Refusal, Refused, refuse
from seedfund.kernel.resources import resource_dir
from seedfund.paper import markdown
from seedfund.paper.blocks import Block, Directive, Heading, PartlyForeign
from seedfund.paper.format import LOCALES, locale_of
from seedfund.paper.text import is_rtl_language, isolate
from seedfund.paper.words import PHRASES, language_of_words, words

FENCE: Final = "+++"
PLACEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "page_of": ("page", "pages"),
    "foot_paper": ("number", "version"),
    "foot_hash": ("hash",),
    "foot_chain": ("chain",),
    "thumbprint": ("finger",),
    "sign_at_request": ("name",),
    "sign_electronic": (),
    "sign_scanned": (),
    **{f"role_{role}": () for role in SignRole},
    **{str(finger): () for finger in Finger},
}
"""The labels that layouts print by themselves, in every language, and what each must leave room for."""
PREVAILS: Final = "text_prevails"
"""The label that marks the text that prevails, where two stand side by side: with room for its language's name."""
WORDS_OF_RECORD: Final = "words_of_record"
"""The label of a language without a rule for amounts: what says in which language the words stand."""
_WORDS_PLACE: Final = "\ue002"
"""A character of the private use area, which no label holds and no font has."""
_PREVAILING: Final = "prevailing_language"
_VALUES: Final = "_values"
_LABELS: Final = "_labels"
_LOOP_PARTS: Final = frozenset(Loop.__dataclass_fields__)


@dataclass(frozen=True, eq=False)
class Template:
    """A paper's wording in one language, checked.

    `version` is the front matter's version and the first 12 digits of the SHA-256 over template and labels;
    `source` and `labels_source` are what to keep beside an issued paper, so that it can be printed again.
    """

    paper: str
    language: str
    version: str
    title: str
    review: str
    labels: Mapping[str, str]
    source: str = field(repr=False)
    labels_source: str = field(repr=False)
    compiled: CompiledTemplate = field(repr=False)

    @property
    def name(self) -> str:
        """Which template it is: `agreement/es`."""
        return f"{self.paper}/{self.language}"

    def blocks(self, content: Mapping[str, Any]) -> tuple[Block, ...]:
        """The paper's text as blocks, every field filled from a content's plain data.

        Raises:
            Refused: `template_broken`, a field the template prints has no value; `template_clause_missing`, a
                condition of the template leaves out what this paper must say.
        """
        values: list[str] = []
        try:
            text = self.compiled.render({**content, _VALUES: values, _LABELS: self.labels})
        except TemplateError as error:
            raise Refused(
                [TEMPLATE_BROKEN(template=self.name, problem=error.message or "no reason")]
            ) from None
        blocks = markdown.blocks(text, values)
        refuse(missing_clauses(_anchors(blocks), template=self.name, paper=self.paper))
        return blocks


def load_template(paper: str, *, language: str, templates_dir: Path | None = None) -> Template:
    """The wording of a paper in a language, from the programme's folder or else from seedfund's own.

    Raises:
        Refused: `language_without_words`, `template_missing`, or every reason why the template cannot be used.
    """
    locale_of(language)
    found = _source(f"{paper}/{language}.md", templates_dir)
    labels = _source(f"labels/{language}.toml", templates_dir)
    if found is None or labels is None or paper not in WORDINGS:
        name = f"{paper}/{language}.md" if labels is not None else f"labels/{language}.toml"
        raise Refused([TEMPLATE_MISSING(paper=paper, language=language, template=name)])
    template = template_from_source(paper, language=language, source=found, labels_source=labels)
    # Not asked of a wording that was kept: it was complete for the languages papers had on its day.
    unnamed = [one for one in (*LOCALES, PREVAILS) if one not in template.labels]
    refuse([TEMPLATE_LABEL_MISSING(template=template.name, label=one) for one in unnamed])
    return template


@lru_cache(maxsize=64)
def template_from_source(paper: str, *, language: str, source: str, labels_source: str) -> Template:
    """A template from its own text: from a file, or as it was kept beside an issued paper.

    Raises:
        Refused: every reason why it cannot be used (unknown fields, forms and labels, missing clauses).
    """
    name = f"{paper}/{language}"
    front, body = _parts(name, source=source)
    labels = {**_labels(name, source=labels_source), **_texts(front.get("labels", {}))}
    environment = _Environment(language)
    try:
        parsed = environment.parse(body)
    except TemplateError as error:
        raise Refused([TEMPLATE_BROKEN(template=name, problem=error.message or "no reason")]) from None
    blocks = _every_block(name, parsed)
    refuse(
        [
            *Checker(name, WORDINGS[paper], labels).refusals(parsed),
            *_label_refusals(name, labels, language),
            *missing_clauses(_anchors(blocks), template=name, paper=paper),
            *_place_refusals(name, blocks),
        ]
    )
    digits = hashlib.sha256(f"{source}\0{labels_source}".encode()).hexdigest()[:12]
    return Template(
        paper=paper,
        language=language,
        version=f"{front['version']}+{digits}",
        title=front["title"],
        review=front["review"],
        labels=labels,
        source=source,
        labels_source=labels_source,
        compiled=environment.from_string(parsed),
    )


def check_templates(templates_dir: Path | None = None) -> tuple[Refusal, ...]:
    """Every reason why a template cannot be used: of each paper in each language it has to have, and any other found.

    A file in the programme's folder from which nothing would ever be printed is one of them: a misspelt name.
    """
    found: list[Refusal] = []
    for paper in WORDINGS:
        for language in LOCALES:
            is_there = _source(f"{paper}/{language}.md", templates_dir) is not None
            if is_there or language in languages_of(paper):
                try:
                    load_template(paper, language=language, templates_dir=templates_dir)
                except Refused as refused:
                    found.extend(refused.refusals)
    return (*found, *_unused(templates_dir))


def _unused(templates_dir: Path | None) -> Iterator[Refusal]:
    if templates_dir is None:
        return
    known = {f"{paper}/{language}.md" for paper in WORDINGS for language in LOCALES}
    known |= {f"labels/{language}.toml" for language in LOCALES}
    for path in sorted(templates_dir.glob("*/*")):
        name = path.relative_to(templates_dir).as_posix()
        if path.suffix in (".md", ".toml") and name not in known:
            near = [one for one in sorted(known) if one.startswith(f"{path.parent.name}/")]
            yield TEMPLATE_UNUSED(template=name, known=", ".join(near or sorted(WORDINGS)))


def _source(name: str, templates_dir: Path | None) -> str | None:
    own = None if templates_dir is None else _text_of(templates_dir / name)
    return _shipped(name) if own is None else own


@cache
def _shipped(name: str) -> str | None:
    """One of seedfund's own, which do not change while it runs."""
    return _text_of(resource_dir("templates") / name)


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n") if path.is_file() else None


def _parts(name: str, *, source: str) -> tuple[dict[str, Any], str]:
    """Front matter and body."""
    start, _, rest = source.partition(f"{FENCE}\n")
    front_text, found, body = rest.partition(f"\n{FENCE}\n")
    if start or not found:
        raise Refused([TEMPLATE_BROKEN(template=name, problem=f"it does not begin between lines of {FENCE}")])
    front = _toml(name, text=front_text)
    for key in ("version", "title", "review"):
        if not isinstance(front.get(key), str) or not front[key]:
            raise Refused([TEMPLATE_BROKEN(template=name, problem=f"its front matter lacks {key}")])
    return front, body


def _labels(name: str, *, source: str) -> dict[str, str]:
    return _texts(_toml(name, text=source))


def _toml(name: str, *, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused([TEMPLATE_BROKEN(template=name, problem=str(error))]) from None


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in table.items() if isinstance(value, str)}


def _every_block(name: str, parsed: nodes.Template) -> tuple[Block, ...]:
    """The blocks of a template with every condition open and every value left out."""
    text = "".join(str(data.data) for data in parsed.find_all(nodes.TemplateData))
    try:
        return markdown.blocks(text)
    except InvalidInput as error:
        raise Refused([TEMPLATE_BROKEN(template=name, problem=error.problem)]) from None


def _anchors(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(one.anchor for one in blocks if isinstance(one, Heading) and one.anchor)


def _place_refusals(name: str, blocks: Sequence[Block]) -> Iterator[Refusal]:
    places = [one.name for one in blocks if isinstance(one, Directive)]
    for place in places:
        if place not in PLACES:
            yield TEMPLATE_FORM_UNKNOWN(template=name, form=f"the place {place}")
    if SIGNATURES not in places:
        yield TEMPLATE_PLACE_MISSING(template=name, place=SIGNATURES)


def _label_refusals(name: str, labels: Mapping[str, str], language: str) -> Iterator[Refusal]:
    of_record = {} if language in PHRASES else {WORDS_OF_RECORD: ("words", "language")}
    for label, expected in {**PLACEHOLDERS, **of_record}.items():
        if label not in labels:
            yield TEMPLATE_LABEL_MISSING(template=name, label=label)
            continue
        try:
            found = {part for _, part, _, _ in Formatter().parse(labels[label]) if part is not None}
        except ValueError:
            found = {"?"}
        if found != set(expected):
            shown = " ".join(f"{{{part}}}" for part in expected) or "no placeholder"
            yield TEMPLATE_BROKEN(template=name, problem=f"its label {label} must hold {shown}")


class _Environment(SandboxedEnvironment):
    """Jinja with our filters alone; a dot means a field of the content and nothing else."""

    def __init__(self, language: str):
        super().__init__(
            undefined=StrictUndefined,
            finalize=_place,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            comment_start_string="<!--",
            comment_end_string="-->",
            # Values never enter the Markdown: they replace marks after it is parsed, so there is nothing to escape.
            autoescape=False,
        )
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        for name, apply in FILTERS.items():
            self.filters[name] = _for_language(apply, language)
        self.filters[LABEL] = _label
        self.filters[WORDS] = _in_words(language)
        self.isolates = is_rtl_language(language)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _LOOP_PARTS:
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)


def _for_language(apply: Any, language: str) -> Any:
    return lambda value: apply(_present(value), language)


def _present(value: Any) -> Any:
    """The value, when there is one: an optional field is asked for with `if` before it is printed."""
    if value is None:
        raise UndefinedError("a field that may be empty is printed without asking whether it is there")
    if isinstance(value, Undefined):
        str(value)  # a strict undefined value complains when it is looked at
    return value


def _in_words(language: str) -> Any:
    """An amount in the words of the paper's language; where it has no rule, in those of the language that prevails.

    Then the paper says so, whatever its template says around it.
    """

    @pass_context
    def apply(context: Context, value: Any) -> str:
        spoken = language_of_words(language, context[_PREVAILING])
        text = words(money_of(_present(value)), spoken)
        labels: Mapping[str, str] = context[_LABELS]
        return text if spoken == language else _of_record(labels, text, spoken)

    return apply


def _of_record(labels: Mapping[str, str], text: str, spoken: str) -> str:
    said = labels[WORDS_OF_RECORD].format(words=_WORDS_PLACE, language=labels[spoken])
    before, _, after = said.partition(_WORDS_PLACE)
    return PartlyForeign.around(before, text, after, language=spoken)


@pass_context
def _label(context: Context, value: Any) -> str:
    labels: Mapping[str, str] = context[_LABELS]
    name = str(_present(value))
    if name not in labels:
        raise Refused([TEMPLATE_LABEL_MISSING(template="labels", label=name)])
    return labels[name]


@pass_context
def _place(context: Context, value: Any) -> str:
    """Keep the value aside and leave its mark, so that it meets neither Jinja nor Markdown again.

    In a text that runs from right to left a value is isolated: its own direction does not move its neighbours.
    """
    values: list[str] = context[_VALUES]
    text = _present(value)
    text = text if isinstance(text, PartlyForeign) else str(text)
    isolates = getattr(context.environment, "isolates", False) and text
    values.append(isolate(text, is_name=True) if isolates else text)
    return markdown.mark(len(values) - 1)
