"""The wording at hand is complete; a template that is not is refused by name, for every reason at once."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from seedfund.documents import rules
from seedfund.documents.content import WORDINGS
from seedfund.documents.rules import MANDATORY_CLAUSES, RECORD_LANGUAGES, languages_of
from seedfund.documents.vocabulary import fields_told
from seedfund.documents.wording import check_templates, load_template, template_from_source
from seedfund.kernel.errors import RefusalCode, Refused
from seedfund.kernel.messages import untranslated
from seedfund.kernel.resources import resource_dir
from seedfund.paper.blocks import Heading, Paragraph
from tests.documents import samples

TEMPLATES = resource_dir("templates")
RECEIPT = (TEMPLATES / "payment_receipt" / "es.md").read_text(encoding="utf-8")
LABELS = (TEMPLATES / "labels" / "es.toml").read_text(encoding="utf-8")


def reasons(source: str = RECEIPT, *, labels: str = LABELS, paper: str = "payment_receipt") -> list[str]:
    with pytest.raises(Refused) as refused:
        template_from_source(paper, language="es", source=source, labels_source=labels)
    return [str(refusal) for refusal in refused.value.refusals]


def codes(source: str = RECEIPT, *, labels: str = LABELS) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        template_from_source("payment_receipt", language="es", source=source, labels_source=labels)
    return refused.value.codes


def with_text(text: str) -> str:
    return f"{RECEIPT}\n{text}\n"


def test_every_template_at_hand_can_be_used() -> None:
    assert check_templates() == ()


@pytest.mark.parametrize(
    ("paper", "language"), [(paper, language) for paper in WORDINGS for language in languages_of(paper)]
)
def test_each_paper_has_its_wording_and_asks_for_review(paper: str, language: str) -> None:
    template = load_template(paper, language=language)

    who = "A lawyer has" if language in RECORD_LANGUAGES else "A lawyer and a native speaker have"
    assert template.review == f"{who} to review this wording before use."
    assert template.version.startswith("1.")
    assert set(MANDATORY_CLAUSES) == set(WORDINGS)


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.glob("*/*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_no_line_of_a_template_runs_into_the_next(path: Path) -> None:
    """A condition that ends a line takes the line's end with it: the next point would be drawn in this one."""
    lines = path.read_text(encoding="utf-8").splitlines()

    joined = [
        line
        for line, following in pairwise(lines)
        if line.endswith("%}") and not re.fullmatch(r"(\{%[^%]*%\})+", line) and following.strip()
    ]

    assert joined == []


@pytest.mark.parametrize("clause", MANDATORY_CLAUSES["agreement"])
def test_an_agreement_that_lacks_a_clause_is_found(clause: str) -> None:
    source = (TEMPLATES / "agreement" / "es.md").read_text(encoding="utf-8")
    assert f"{{#{clause}}}" in source

    (reason,) = reasons(source.replace(f"{{#{clause}}}", ""), paper="agreement")

    assert f"lacks the clause {clause}," in reason


def test_a_clause_that_a_condition_leaves_out_is_found_when_the_paper_is_made() -> None:
    source = RECEIPT.replace(
        "## Declaración {#statement}", '{% if number == "x" %}\n## D {#statement}\n{% endif %}'
    )
    template = template_from_source("payment_receipt", language="es", source=source, labels_source=LABELS)

    with pytest.raises(Refused) as refused:
        template.blocks(samples.payment_receipt().to_json())

    assert refused.value.codes == ("template_clause_missing",)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{{ colour }}", "colour"),
        ("{{ owner.person.shoe_size }}", "owner.person.shoe_size"),
        ("{{ number.upper }}", "number.upper"),
        ("{% if secret %}x{% endif %}", "secret"),
        ("{% for one in witnesses %}{{ one.colour }}{% endfor %}", "one.colour"),
        ("{% for one in witnesses %}x{% endfor %}{{ one.name }}", "one"),
        ("{{ loop.index }}", "loop"),
        ("{{ organisation.__class__ }}", "organisation.__class__"),
    ],
)
def test_a_field_that_the_paper_does_not_have_is_named(text: str, field: str) -> None:
    (reason,) = reasons(with_text(text))

    assert f"asks for the field {field}," in reason


@pytest.mark.parametrize("paper", WORDINGS)
def test_every_field_that_is_told_of_a_paper_can_be_printed_as_told(paper: str) -> None:
    source = (TEMPLATES / paper / "es.md").read_text(encoding="utf-8")
    told = [one for one in fields_told(WORDINGS[paper]) if one.kind not in ("group", "list", "yes or no")]
    lines = []
    for one in told:
        owner, found, last = one.path.rpartition("[].")
        printed = f"each.{last}" if found else one.path
        for way in (*(f" | {name}" for name in one.filters if name != "label"), *([""] * (not one.filters))):
            opened = owner.replace("[].", "_")
            if "[]" not in owner and one.kind != "word":
                loop = f"{{% for each in {opened} %}}{{{{ {printed}{way} }}}}{{% endfor %}}"
                lines.append(loop if found else f"{{{{ {printed}{way} }}}}")

    template = template_from_source(
        paper, language="es", source=source + "\n".join(["", *lines, ""]), labels_source=LABELS
    )

    assert len(lines) > 10
    assert all(line in template.source for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "{{ number.upper() }}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% macro x() %}{% endmacro %}",
        "{% import 'os' as os %}",
        "{{ number ~ place }}",
        "{{ number[0] }}",
        "{{ 1 + 1 }}",
        "{{ number | upper }}",
        "{{ number | safe }}",
        "{{ amount | words(1) }}",
        "{{ paid_on | money }}",
        "{% for letter in number %}x{% endfor %}",
        "{% for one in witnesses if one.name %}x{% endfor %}",
        "{% raw %}x{% endraw %}{{ cycler }}{% filter label %}x{% endfilter %}",
        "~~~ os\n~~~",
    ],
)
def test_what_templates_cannot_do_is_refused(text: str) -> None:
    assert "template_form_unknown" in codes(with_text(text))


@pytest.mark.parametrize("text", ["{% if %}", "{{ number", "{{ number | }}"])
def test_a_template_that_cannot_be_parsed_is_refused(text: str) -> None:
    assert codes(with_text(text)) == ("template_broken",)


@pytest.mark.parametrize(
    ("text", "filters"),
    [("{{ amount }}", "money, figures, words"), ("{{ paid_on }}", "date"), ("{{ payee.method }}", "label")],
)
def test_a_value_printed_without_saying_how_is_refused(text: str, filters: str) -> None:
    (reason,) = reasons(with_text(text))

    assert f"one of these filters: {filters}." in reason


def test_a_label_that_a_value_could_need_is_missed_before_it_is_needed() -> None:
    (reason,) = reasons(labels=LABELS.replace('cheque = "cheque"', ""))

    assert "no label for cheque" in reason


def test_a_label_that_layouts_print_must_be_there_and_leave_room() -> None:
    missing = LABELS.replace('role_witness = "Testigo"', "")
    narrow = LABELS.replace("Página {page} de {pages}", "Página {page}")
    broken = LABELS.replace("Página {page} de {pages}", "Página {page")

    assert codes(labels=missing) == ("template_label_missing",)
    assert codes(labels=narrow) == ("template_broken",)
    assert codes(labels=broken) == ("template_broken",)


def test_a_paper_nobody_could_sign_is_refused() -> None:
    assert codes(RECEIPT.replace("~~~ signatures\n~~~", "")) == ("template_place_missing",)


def test_every_reason_is_given_at_once() -> None:
    source = with_text("{{ colour }} {{ amount }}").replace("{#payment}", "")

    assert codes(source) == ("template_field_unknown", "template_filter_missing", "template_clause_missing")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("# no front matter", "does not begin"),
        ("+++\nversion = 1\n+++\nx", "lacks version"),
        ('+++\nversion = "1"\ntitle = "x"\n+++\nx', "lacks review"),
        ("+++\nversion = \n+++\nx", "cannot be read"),
        (with_text("> > deep"), "no form for blockquote"),
    ],
)
def test_a_template_that_cannot_be_read_is_refused(source: str, problem: str) -> None:
    assert problem in reasons(source)[0]


def test_a_programme_overrides_one_file_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "payment_receipt").mkdir()
    own = RECEIPT.replace("# Recibo de pago", "# Recibo del Programa Frontera")
    (tmp_path / "payment_receipt" / "es.md").write_text(own, encoding="utf-8")

    theirs = load_template("payment_receipt", language="es", templates_dir=tmp_path)
    ours = load_template("payment_receipt", language="es")

    assert "Programa Frontera" in theirs.source
    assert theirs.version != ours.version
    assert (
        load_template("handover", language="es", templates_dir=tmp_path).version
        == load_template("handover", language="es").version
    )
    assert check_templates(tmp_path) == ()


def test_a_broken_override_is_found_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "handover").mkdir()
    (tmp_path / "handover" / "en.md").write_text("nothing", encoding="utf-8")

    (refusal,) = check_templates(tmp_path)

    assert refusal.code == "template_broken"
    assert refusal.facts["template"] == "handover/en"


def test_a_file_from_which_nothing_would_be_printed_is_found_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "agrement").mkdir()
    (tmp_path / "agrement" / "es.md").write_text(RECEIPT, encoding="utf-8")
    (tmp_path / "handover").mkdir()
    (tmp_path / "handover" / "xx.md").write_text(RECEIPT, encoding="utf-8")
    (tmp_path / "README.md").write_text("ours", encoding="utf-8")

    found = check_templates(tmp_path)

    assert [(one.code, one.facts["template"]) for one in found] == [
        ("template_unused", "agrement/es.md"),
        ("template_unused", "handover/xx.md"),
    ]
    assert "handover/es.md" in str(found[1])


def test_an_own_wording_in_a_language_nobody_asks_for_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "handover").mkdir()
    (tmp_path / "handover" / "fr.md").write_text("nothing", encoding="utf-8")

    (refusal,) = check_templates(tmp_path)

    assert (refusal.code, refusal.facts["template"]) == ("template_broken", "handover/fr")


def test_labels_that_do_not_name_every_language_are_missed_before_a_paper_needs_them(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "es.toml").write_text(LABELS.replace('th = "tailandés"', ""), encoding="utf-8")

    found = check_templates(tmp_path)

    assert {(one.code, one.facts.get("label")) for one in found} == {("template_label_missing", "th")}


def test_a_changed_label_is_another_version_of_the_wording() -> None:
    first = template_from_source("payment_receipt", language="es", source=RECEIPT, labels_source=LABELS)
    other = LABELS.replace('"Testigo"', '"Testigo presencial"')

    second = template_from_source("payment_receipt", language="es", source=RECEIPT, labels_source=other)

    assert first.version != second.version


def test_line_ends_of_another_system_make_no_other_version(tmp_path: Path) -> None:
    (tmp_path / "payment_receipt").mkdir()
    (tmp_path / "payment_receipt" / "es.md").write_bytes(RECEIPT.replace("\n", "\r\n").encode())

    assert (
        load_template("payment_receipt", language="es", templates_dir=tmp_path).version
        == load_template("payment_receipt", language="es").version
    )


def test_a_paper_or_language_without_wording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as no_paper:
        load_template("poem", language="es")
    with pytest.raises(Refused) as no_language:
        load_template("agreement", language="xx")

    assert no_paper.value.codes == ("template_missing",)
    assert no_language.value.codes == ("language_without_words",)


def test_a_field_without_a_value_is_refused_and_never_left_blank() -> None:
    data = samples.payment_receipt().to_json()
    del data["organisation"]["tax_id"]

    with pytest.raises(Refused) as refused:
        load_template("payment_receipt", language="es").blocks(data)

    assert refused.value.codes == ("template_broken",)


def test_an_empty_optional_field_is_refused_and_never_printed_as_none() -> None:
    source = with_text("{{ justify_by | date }}")
    template = template_from_source("payment_receipt", language="es", source=source, labels_source=LABELS)

    with pytest.raises(Refused) as refused:
        template.blocks(samples.payment_receipt(justify_by=None).to_json())

    assert refused.value.codes == ("template_broken",)
    assert "may be empty" in str(refused.value)


def test_a_template_meets_values_as_text_only() -> None:
    data = {**samples.payment_receipt().to_json(), "place": "{{ number }} {% include 'x' %} **x** {#x}"}

    blocks = load_template("payment_receipt", language="es").blocks(data)

    texts = [
        "".join(span.text for span in one.spans) for one in blocks if isinstance(one, Paragraph | Heading)
    ]
    assert any("en {{ number }} {% include 'x' %} **x** {#x}, el" in text for text in texts)


def test_every_refusal_of_documents_is_read_in_spanish() -> None:
    kinds = [value for value in vars(rules).values() if isinstance(value, RefusalCode)]

    assert len(kinds) == 10
    assert untranslated(kinds, "es") == ()
