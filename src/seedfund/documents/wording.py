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
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, Undefined, UndefinedError, nodes, pass_context
from jinja2 import Template as CompiledTemplate
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment

from seedfund.documents.content import CONTENTS, Finger, SignRole
from seedfund.documents.rules import (
    PLACES,
    SIGNATURES,
    TEMPLATE_BROKEN,
    TEMPLATE_FORM_UNKNOWN,
    TEMPLATE_LABEL_MISSING,
    TEMPLATE_MISSING,
    TEMPLATE_PLACE_MISSING,
    missing_clauses,
)
from seedfund.documents.vocabulary import FILTERS, LABEL, Checker, Loop
from seedfund.kernel.errors import InvalidInput, Refusal, Refused, refuse
from seedfund.kernel.resources import resource_dir
from seedfund.paper import markdown
from seedfund.paper.blocks import Block, Directive, Heading
from seedfund.paper.format import LOCALES, locale_of

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
    if found is None or labels is None or paper not in CONTENTS:
        name = f"{paper}/{language}.md" if labels is not None else f"labels/{language}.toml"
        raise Refused([TEMPLATE_MISSING(paper=paper, language=language, template=name)])
    return template_from_source(paper, language=language, source=found, labels_source=labels)


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
            *Checker(name, CONTENTS[paper], labels).refusals(parsed),
            *_label_refusals(name, labels),
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
    """Every reason why a template cannot be used: of each paper in each language, the programme's own first."""
    found: list[Refusal] = []
    for paper in CONTENTS:
        for language in LOCALES:
            try:
                load_template(paper, language=language, templates_dir=templates_dir)
            except Refused as refused:
                found.extend(refused.refusals)
    return tuple(found)


def _source(name: str, templates_dir: Path | None) -> str | None:
    folders = (
        [resource_dir("templates")] if templates_dir is None else [templates_dir, resource_dir("templates")]
    )
    for folder in folders:
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return None


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


def _label_refusals(name: str, labels: Mapping[str, str]) -> Iterator[Refusal]:
    for label, expected in PLACEHOLDERS.items():
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


@pass_context
def _label(context: Context, value: Any) -> str:
    labels: Mapping[str, str] = context[_LABELS]
    name = str(_present(value))
    if name not in labels:
        raise Refused([TEMPLATE_LABEL_MISSING(template="labels", label=name)])
    return labels[name]


@pass_context
def _place(context: Context, value: Any) -> str:
    """Keep the value aside and leave its mark, so that it meets neither Jinja nor Markdown again."""
    values: list[str] = context[_VALUES]
    values.append(str(_present(value)))
    return markdown.mark(len(values) - 1)
