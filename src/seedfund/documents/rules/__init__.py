"""What holds of papers that bind: `wording` templates, `terms` what the programme promises in each, `papers` issuing.

`signing` how a paper can be signed. Pure; must not know files, Jinja, layouts or rows.
"""

from seedfund.documents.rules import papers, signing, terms, wording
from seedfund.documents.rules.terms import PaperTerms, check_paper_terms, said_in
from seedfund.documents.rules.wording import (
    MANDATORY_CLAUSES,
    PAGE_BREAK,
    PARTICIPANT_LANGUAGES,
    PARTICIPANT_PAPERS,
    PLACES,
    RECORD_LANGUAGES,
    SIGNATURES,
    TEMPLATE_BROKEN,
    TEMPLATE_CHANGED,
    TEMPLATE_CLAUSE_MISSING,
    TEMPLATE_FIELD_UNKNOWN,
    TEMPLATE_FILTER_MISSING,
    TEMPLATE_FORM_UNKNOWN,
    TEMPLATE_LABEL_MISSING,
    TEMPLATE_MISSING,
    TEMPLATE_PLACE_MISSING,
    TEMPLATE_UNUSED,
    languages_of,
    missing_clauses,
)

REFUSALS = (*wording.REFUSALS, *terms.REFUSALS, *papers.REFUSALS, *signing.REFUSALS)

__all__ = [
    "MANDATORY_CLAUSES",
    "PAGE_BREAK",
    "PARTICIPANT_LANGUAGES",
    "PARTICIPANT_PAPERS",
    "PLACES",
    "RECORD_LANGUAGES",
    "REFUSALS",
    "SIGNATURES",
    "TEMPLATE_BROKEN",
    "TEMPLATE_CHANGED",
    "TEMPLATE_CLAUSE_MISSING",
    "TEMPLATE_FIELD_UNKNOWN",
    "TEMPLATE_FILTER_MISSING",
    "TEMPLATE_FORM_UNKNOWN",
    "TEMPLATE_LABEL_MISSING",
    "TEMPLATE_MISSING",
    "TEMPLATE_PLACE_MISSING",
    "TEMPLATE_UNUSED",
    "PaperTerms",
    "check_paper_terms",
    "languages_of",
    "missing_clauses",
    "said_in",
]
