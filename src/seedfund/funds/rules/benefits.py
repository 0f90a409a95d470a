"""A benefit as data: its control regime, frozen by version. Pure.

The benefit alone decides whether a payment is an advance (receipts are due) or an expense at once, which steps it has
and what may stand beside it; the fund's basis only maps report columns (accounting: rules of the table).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.funds.rules.words import AGREEMENT_KINDS, BASES, METHODS, BenefitUnit
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

WHOLE: Final = 10_000
_LANGUAGE: Final = re.compile("[a-z]{2,3}")
_OWN_FIELDS: Final = ("es", "en")
_BESIDE_SPANISH: Final = "qu"

BENEFIT_WORD: Final = RefusalCode(
    "benefit_word",
    "The benefit names {word} as its {field}, which is not known.",
    "Use one of: {known}.",
)
BENEFIT_WITHOUT_METHOD: Final = RefusalCode(
    "benefit_without_method",
    "The benefit allows no way of paying.",
    "Name at least one method.",
)
BENEFIT_WITHOUT_BASIS: Final = RefusalCode(
    "benefit_without_basis",
    "The benefit says nothing an award can stand on.",
    "Name at least one basis.",
)
BENEFIT_AMOUNTS: Final = RefusalCode(
    "benefit_amounts",
    "The least amount {least} and the greatest {most} of the benefit do not fit together.",
    "Give amounts of one currency, the least not above the greatest.",
)
BENEFIT_TRANCHES: Final = RefusalCode(
    "benefit_tranches",
    "The tranches of the template make {share} basis points of the grant.",
    "Let them add up to 10000, each above zero, in rising months.",
)
BENEFIT_CONDITION: Final = RefusalCode(
    "benefit_condition",
    "A condition of tranche {position} of the template cannot be read.",
    "Write each as an object with a code and its fields.",
)
BENEFIT_PERIOD: Final = RefusalCode(
    "benefit_period",
    "The benefit keeps the next one away for {months} months.",
    "Give zero for no limit, or a number of months.",
)
BENEFIT_NAME: Final = RefusalCode(
    "benefit_name",
    "The benefit is named {name} in {language}.",
    "Give each other language once, by its two or three small letters, with a name; es and en have their own fields.",
)
REFUSALS: Final = (
    BENEFIT_WORD,
    BENEFIT_WITHOUT_METHOD,
    BENEFIT_WITHOUT_BASIS,
    BENEFIT_AMOUNTS,
    BENEFIT_TRANCHES,
    BENEFIT_CONDITION,
    BENEFIT_PERIOD,
    BENEFIT_NAME,
)


@dataclass(frozen=True, kw_only=True)
class TrancheTemplate:
    """A tranche a grant of the benefit begins with: its share, its month, and its conditions as JSON text.

    `share_bps` are basis points of the grant, `after_months` counts from the agreement, and `conditions` is a JSON
    list of objects with a `code`, which the area of grants reads.
    """

    share_bps: int
    after_months: int = 0
    conditions: str = "[]"


@dataclass(frozen=True, kw_only=True)
class NameIn:
    """What a benefit is called in a language, which is a tag of ISO 639 (`my`)."""

    language: str
    name: str


@dataclass(frozen=True, kw_only=True)
class BenefitTerms:
    """The control regime of a benefit. Months are calendar months, amounts those of one grant.

    `one_per_months` keeps the next award of the benefit away from the same unit (0: no limit). Benefits of one
    `purpose` are never given at the same time. `purpose_code` is the code of a public register of grants. `names` are
    those of further languages, for papers in them.
    """

    name_es: str
    name_en: str
    unit: BenefitUnit
    purpose: str
    methods: tuple[str, ...]
    bases: tuple[str, ...]
    justification_required: bool
    agreement_kind: str = ""
    attendance_tied: bool = False
    one_per_months: int = 0
    purpose_code: str = ""
    amount_min: Money | None = None
    amount_max: Money | None = None
    tranches: tuple[TrancheTemplate, ...] = (TrancheTemplate(share_bps=WHOLE),)
    names: tuple[NameIn, ...] = ()

    def name_in(self, language: str) -> str:
        """What it is called in a language; without a name there, the Spanish one in Kichwa, else the English one."""
        own = {"es": self.name_es, "en": self.name_en} | {one.language: one.name for one in self.names}
        return own.get(language) or own["es" if language == _BESIDE_SPANISH else "en"]


def check_benefit(terms: BenefitTerms) -> list[Refusal]:
    """Everything that makes the terms of a benefit unusable, in the declared order."""
    kinds = [terms.agreement_kind] if terms.agreement_kind else []
    return [
        *_unknown("method", terms.methods, METHODS),
        *_unknown("basis", terms.bases, BASES),
        *_unknown("agreement", kinds, AGREEMENT_KINDS),
        *([] if terms.methods else [BENEFIT_WITHOUT_METHOD()]),
        *([] if terms.bases else [BENEFIT_WITHOUT_BASIS()]),
        *_check_amounts(terms.amount_min, terms.amount_max),
        *_check_tranches(terms.tranches),
        *(
            BENEFIT_CONDITION(position=position)
            for position, one in enumerate(terms.tranches, 1)
            if not _readable(one.conditions)
        ),
        *([BENEFIT_PERIOD(months=terms.one_per_months)] if terms.one_per_months < 0 else []),
        *_check_names(terms.names),
    ]


def _check_names(names: Sequence[NameIn]) -> list[Refusal]:
    languages = [one.language for one in names]
    return [
        BENEFIT_NAME(language=one.language, name=one.name)
        for place, one in enumerate(names)
        if not _LANGUAGE.fullmatch(one.language)
        or one.language in (*_OWN_FIELDS, *languages[:place])
        or not one.name.strip()
    ]


def _unknown(field: str, words: Sequence[str], known: Sequence[str]) -> list[Refusal]:
    return [
        BENEFIT_WORD(field=field, word=word, known=", ".join(known)) for word in words if word not in known
    ]


def _check_amounts(least: Money | None, most: Money | None) -> list[Refusal]:
    given = [one for one in (least, most) if one is not None]
    one_currency = len({one.currency for one in given}) <= 1
    rising = [one.minor for one in given] == sorted(one.minor for one in given)
    if one_currency and rising and all(one.minor > 0 for one in given):
        return []
    return [BENEFIT_AMOUNTS(least=least, most=most)]


def _check_tranches(tranches: Sequence[TrancheTemplate]) -> list[Refusal]:
    share = sum(one.share_bps for one in tranches)
    months = [one.after_months for one in tranches]
    sound = (
        all(one.share_bps > 0 for one in tranches)
        and months == sorted(months)
        and min(months, default=0) >= 0
    )
    return [] if share == WHOLE and sound else [BENEFIT_TRANCHES(share=share)]


def _readable(conditions: str) -> bool:
    try:
        found = json.loads(conditions)
    except ValueError:
        return False
    return isinstance(found, list) and all(isinstance(one, dict) and "code" in one for one in found)
