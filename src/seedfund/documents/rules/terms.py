"""What a programme's papers say beside the facts: who signs for it, where to complain, how long things are kept. Pure.

Changed under two persons like a policy. The representative signs in public for the organisation; nothing here names a
participant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode, Refused
from seedfund.kernel.money import Money

PAPER_TERMS_MISSING: Final = RefusalCode(
    "paper_terms_missing",
    "No terms of papers are in force on {day}.",
    "Propose who signs, where to complain and the terms of papers, and let a second person approve them.",
)
PAPER_TERMS_EMPTY: Final = RefusalCode(
    "paper_terms_empty",
    "The terms of papers say nothing for {field}.",
    "Write it; papers print it.",
)
PAPER_TERMS_FIGURE: Final = RefusalCode(
    "paper_terms_figure",
    "The figure {field} of the terms of papers is out of range.",
    "Give a whole number above zero.",
)
PAPER_TERMS_WITHOUT_LANGUAGE: Final = RefusalCode(
    "paper_terms_without_language",
    "The terms of papers have no {field} in the language {language}.",
    "Propose terms with that text, or issue the paper in another language.",
)
REFUSALS: Final = (PAPER_TERMS_MISSING, PAPER_TERMS_EMPTY, PAPER_TERMS_FIGURE, PAPER_TERMS_WITHOUT_LANGUAGE)

Said = Mapping[str, str]
"""A text in each language papers are issued in: `{"es": …, "en": …}`."""


@dataclass(frozen=True, kw_only=True)
class PaperTerms:
    """What papers say beside the facts; texts that differ by language stand under its two letters.

    `place` is the town papers are issued in. `agreement_months` is how long an agreement runs, `start_business_days`
    when a new business has to begin, `justify_within_days` when receipts are due (None: the policy's overdue days).
    From `quotes_from` on, `quotes_count` quotes are asked for each purchase; 0 asks for none.
    """

    tax_id: str
    address: str
    place: str
    representative: str
    representative_document: str
    representative_position: Said
    complaints_channel: Said
    data_contact: Said
    dispute_forum: Said
    authority: Said = field(default_factory=dict)
    training: Said = field(default_factory=dict)
    visits: Said = field(default_factory=dict)
    agreement_months: int
    start_business_days: int
    keep_asset_months: int
    keep_records_years: int
    cure_days: int
    justify_within_days: int | None = None
    quotes_count: int = 0
    quotes_from: Money | None = None
    copies: int = 2


_TEXTS: Final = ("tax_id", "address", "place", "representative", "representative_document")
_SAID: Final = ("representative_position", "complaints_channel", "data_contact", "dispute_forum")
_MAY_BE_ZERO: Final = ("quotes_count", "justify_within_days")


def check_paper_terms(terms: PaperTerms) -> list[Refusal]:
    """Everything that makes terms unusable, in the order of their fields."""
    empty = [name for name in _TEXTS if not getattr(terms, name).strip()]
    empty += [name for name in _SAID if not any(text.strip() for text in getattr(terms, name).values())]
    return [
        *(PAPER_TERMS_EMPTY(field=name) for name in empty),
        *(PAPER_TERMS_FIGURE(field=name) for name in _figures_out_of_range(terms)),
    ]


def _figures_out_of_range(terms: PaperTerms) -> list[str]:
    wrong = []
    for item in fields(PaperTerms):
        value = getattr(terms, item.name)
        if type(value) is int and value < (0 if item.name in _MAY_BE_ZERO else 1):
            wrong.append(item.name)
    return wrong


def said_in(terms: PaperTerms, language: str) -> dict[str, str]:
    """Every text of the terms that differs by language, in one language; what is optional may be empty.

    Raises:
        Refused: `paper_terms_without_language`, for each text that has to be there.
    """
    missing = [name for name in _SAID if not getattr(terms, name).get(language, "").strip()]
    if missing:
        raise Refused([PAPER_TERMS_WITHOUT_LANGUAGE(field=name, language=language) for name in missing])
    return {
        name: getattr(terms, name).get(language, "") for name in (*_SAID, "authority", "training", "visits")
    }
