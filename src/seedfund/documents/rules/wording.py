"""What makes a template of a paper good enough to bind somebody. Pure; must not know files, Jinja or layouts."""

from collections.abc import Mapping, Sequence
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

TEMPLATE_MISSING: Final = RefusalCode(
    "template_missing",
    "There is no wording for the paper {paper} in the language {language}.",
    "Write {template}, or issue the paper in another language.",
)
TEMPLATE_BROKEN: Final = RefusalCode(
    "template_broken",
    "The template {template} cannot be read: {problem}.",
    "Correct the template and run: seedfund doctor.",
)
TEMPLATE_FORM_UNKNOWN: Final = RefusalCode(
    "template_form_unknown",
    "The template {template} uses {form}, which templates of papers do not have.",
    "Use fields, filters, if and for only.",
)
TEMPLATE_FIELD_UNKNOWN: Final = RefusalCode(
    "template_field_unknown",
    "The template {template} asks for the field {field}, which this paper does not have.",
    "Use one of: {known}.",
)
TEMPLATE_FILTER_MISSING: Final = RefusalCode(
    "template_filter_missing",
    "The template {template} prints the field {field} without saying how.",
    "Write it with one of these filters: {filters}.",
)
TEMPLATE_LABEL_MISSING: Final = RefusalCode(
    "template_label_missing",
    "The template {template} has no label for {label}.",
    "Add it to the labels of the template, or of its language.",
)
TEMPLATE_CLAUSE_MISSING: Final = RefusalCode(
    "template_clause_missing",
    "The template {template} lacks the clause {clause}, without which the paper is incomplete.",
    "Add a heading that ends with {{#{clause}}} and the clause under it.",
)
TEMPLATE_PLACE_MISSING: Final = RefusalCode(
    "template_place_missing",
    "The template {template} has no place for {place}.",
    "Add two lines, ~~~ {place} and ~~~, where it belongs.",
)
TEMPLATE_UNUSED: Final = RefusalCode(
    "template_unused",
    "The file {template} in the folder of templates is the wording of no paper, so nothing is printed from it.",
    "Rename it to one of these, or take it away: {known}.",
)
TEMPLATE_CHANGED: Final = RefusalCode(
    "template_changed",
    "The paper {number} was issued with version {issued} of its wording; at hand is version {found}.",
    "Print it with the wording it was issued with.",
)
REFUSALS: Final = (
    *(
        TEMPLATE_MISSING,
        TEMPLATE_BROKEN,
        TEMPLATE_FORM_UNKNOWN,
        TEMPLATE_FIELD_UNKNOWN,
        TEMPLATE_FILTER_MISSING,
    ),
    *(TEMPLATE_LABEL_MISSING, TEMPLATE_CLAUSE_MISSING, TEMPLATE_PLACE_MISSING),
    *(TEMPLATE_UNUSED, TEMPLATE_CHANGED),
)

SIGNATURES: Final = "signatures"
PAGE_BREAK: Final = "page-break"
PLACES: Final = (SIGNATURES, PAGE_BREAK)
"""What a template can ask the layout to put in, by name."""

RECORD_LANGUAGES: Final = ("es", "en")
"""The languages every paper has a wording in."""
PARTICIPANT_LANGUAGES: Final = ("fr", "pt", "qu", "ar", "th", "my")
"""Languages participants speak, for the papers each of them signs alone with the organisation."""
PARTICIPANT_PAPERS: Final = ("agreement", "payment_receipt", "consent")

MANDATORY_CLAUSES: Final[Mapping[str, tuple[str, ...]]] = {
    "agreement": (
        "parties",
        "background",
        "object",
        "annexes",
        "amount",
        "own-contribution",
        "term",
        "conditions",
        "payee",
        "use",
        "purchases",
        "duties-organisation",
        "duties-participant",
        "justification",
        "property",
        "changes",
        "suspension",
        "integrity",
        "no-employment",
        "data",
        "visibility",
        "audit",
        "unforeseen",
        "disputes",
        "signing",
        "annex-plan",
        "annex-schedule",
    ),
    "undertaking": (
        *("parties", "background", "undertaking", "amount", "use", "justification", "property", "suspension"),
        *(
            "integrity",
            "no-employment",
            "data",
            "audit",
            "disputes",
            "signing",
            "annex-plan",
            "annex-schedule",
        ),
    ),
    "consent": ("person", "purposes", "answers", "rights", "signing"),
    "scholarship_agreement": (
        *("parties", "background", "object", "course", "fee", "stipend", "attendance", "certificate"),
        *("excused", "leaving", "kit", "work", "payments", "complaints", "duties-organisation"),
        *("duties-participant", "changes", "suspension", "no-employment", "data", "visibility", "audit"),
        *("unforeseen", "disputes", "signing", "annex-schedule"),
    ),
    "addendum": ("parties", "background", "changes", "schedule", "unchanged", "signing"),
    "handover": ("parties", "background", "goods", "conformity", "duties", "signing"),
    "close_out": ("background", "amounts", "payments", "lines", "opinion", "settlement", "signing"),
    "payment_receipt": ("payment", "statement", "signing"),
    "committee_minutes": ("session", "attendance", "conflicts", "cases", "resolution", "signing"),
    "official_receipt": ("refund", "balance", "signing"),
    "certificate": ("holder", "attendance", "signing"),
    "attendance_register": ("sessions", "signing"),
}
"""The clauses each paper must have, in their order (domain: agreement and acts)."""


def languages_of(paper: str) -> tuple[str, ...]:
    """The languages a paper has to have a wording in."""
    return (*RECORD_LANGUAGES, *(PARTICIPANT_LANGUAGES if paper in PARTICIPANT_PAPERS else ()))


def missing_clauses(anchors: Sequence[str], *, template: str, paper: str) -> tuple[Refusal, ...]:
    """One refusal for each mandatory clause of a paper whose anchor the template does not have."""
    return tuple(
        TEMPLATE_CLAUSE_MISSING(template=template, clause=clause)
        for clause in MANDATORY_CLAUSES[paper]
        if clause not in anchors
    )
