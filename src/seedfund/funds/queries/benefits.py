"""Reads of benefits and eligibility: the version in force on a day, a version by its key, who pays for whom."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.queries.funds import FundFacts, fund_facts
from seedfund.funds.rules.benefits import BenefitTerms
from seedfund.funds.rules.eligibility import EligibilityFacts, payers_for
from seedfund.funds.tables import BenefitType, EligibilityRule, Fund
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class BenefitInForce:
    """A version of a benefit: `id` is what a grant keeps, so that later versions change nothing of it."""

    id: Key
    code: str
    version: int
    series: str
    effective_from: date
    terms_hash: str
    terms: BenefitTerms


@lru_cache(maxsize=128)
def terms_of(text: str) -> BenefitTerms:
    """The terms of a benefit from the text they are stored as."""
    return decode(BenefitTerms, parse_document(text))


def _benefit(*values: Any) -> BenefitInForce:
    row = BenefitInForce(*values)
    return replace(row, terms=terms_of(str(row.terms)))


def _benefits() -> Any:
    return sa.select(
        col(BenefitType.id),
        col(BenefitType.code),
        col(BenefitType.version),
        col(BenefitType.series),
        col(BenefitType.effective_from),
        col(BenefitType.terms_hash),
        col(BenefitType.terms),
    )


_ON_DAY: Final = Query(
    _benefit,
    lambda: (
        _benefits()
        .where(
            col(BenefitType.programme_id) == sa.bindparam("programme"),
            col(BenefitType.code) == sa.bindparam("code"),
            col(BenefitType.effective_from) <= sa.bindparam("on_day", type_=sa.Date),
        )
        .order_by(col(BenefitType.effective_from).desc(), col(BenefitType.version).desc())
        .limit(1)
    ),
)
_BY_ID: Final = Query(_benefit, lambda: _benefits().where(col(BenefitType.id) == sa.bindparam("id")))
_ALL: Final = Query(
    _benefit,
    lambda: (
        _benefits()
        .where(col(BenefitType.programme_id) == sa.bindparam("programme"))
        .order_by(col(BenefitType.code), col(BenefitType.version))
    ),
)
LAST_VERSION: Final = Query(
    lambda version: int(version or 0),
    lambda: sa.select(sa.func.max(col(BenefitType.version))).where(
        col(BenefitType.programme_id) == sa.bindparam("programme"),
        col(BenefitType.code) == sa.bindparam("code"),
    ),
)


def benefit_on(reader: Reader, programme: Key, code: str, day: date) -> BenefitInForce:
    """The version of a benefit in force on a day.

    Raises:
        NotFound: there is none.
    """
    found = reader.first(_ON_DAY, programme=programme, code=code, on_day=day)
    if found is None:
        raise NotFound(what="benefit", which=f"{code} on {day}")
    return found


def benefit_by_id(reader: Reader, benefit_type_id: Key) -> BenefitInForce:
    """The version of a benefit that a grant was awarded under."""
    return reader.one(_BY_ID, id=benefit_type_id)


def list_benefits(reader: Reader, programme: Key) -> list[BenefitInForce]:
    """Every version of every benefit, by code and version."""
    return reader.all(_ALL, programme=programme)


def _rule(*values: Any) -> EligibilityFacts:
    group, benefit, fund, payer, from_day, until_day = values
    return EligibilityFacts(group, benefit, fund or "", payer or "", from_day, until_day)


def _rules() -> Any:
    return (
        sa.select(
            col(EligibilityRule.population_group),
            col(EligibilityRule.benefit_code),
            col(Fund.code),
            col(EligibilityRule.payer),
            col(EligibilityRule.from_day),
            col(EligibilityRule.until_day),
        )
        .select_from(sa.outerjoin(EligibilityRule, Fund, col(EligibilityRule.fund_id) == col(Fund.id)))
        .where(col(EligibilityRule.programme_id) == sa.bindparam("programme"))
    )


_RULES_OF: Final = Query(
    _rule, lambda: _rules().where(col(EligibilityRule.benefit_code) == sa.bindparam("benefit"))
)
_RULES: Final = Query(
    _rule,
    lambda: _rules().order_by(
        col(EligibilityRule.benefit_code),
        col(EligibilityRule.population_group),
        col(EligibilityRule.from_day),
        col(EligibilityRule.id),
    ),
)


@dataclass(frozen=True, slots=True)
class EligiblePayers:
    """Who pays a benefit for a group on a day: our funds whose period holds the day, and payers outside our books."""

    funds: tuple[FundFacts, ...]
    outside: tuple[str, ...]


def eligible_payers(
    reader: Reader, programme: Key, *, population_group: str, benefit: str, day: date
) -> EligiblePayers:
    """Who pays a benefit (by its code) for a population group on a day; a fund outside its period is left out."""
    rules = reader.all(_RULES_OF, programme=programme, benefit=benefit)
    found = payers_for(rules, population_group=population_group, benefit=benefit, day=day)
    funds = [fund_facts(reader, programme, code) for code in found.funds]
    return EligiblePayers(tuple(fund for fund in funds if day in fund.period), found.outside)


def list_eligibility(reader: Reader, programme: Key) -> list[EligibilityFacts]:
    """Every rule ever in force, by benefit, group and day."""
    return reader.all(_RULES, programme=programme)
