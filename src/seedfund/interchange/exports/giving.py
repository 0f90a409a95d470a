"""Grants to individuals in the form of the 360Giving data standard, version 1.4. Reads only.

What is published names nobody: recipients and grants stand as tokens, titles are generic, the reason is that of the
benefit and never what a person told of themselves. Grants that could point at a person are left out (domain.md §9.3,
§10): those of restricted people and of who lives with them, those of which fewer than five are alike, and those of
groups and organisations, which this form is not for. How many were left out is told once for all reasons.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from seedfund.grants.rules.words import OwnerKind
from seedfund.interchange.exports.plainjson import plain_json
from seedfund.interchange.exports.tokens import PUBLIC, Tokens
from seedfund.interchange.rules.publishing import (
    BENEFIT_WITHOUT_PURPOSE_CODE,
    LEAST_ALIKE,
    PURPOSES,
    TOO_FEW_TO_PUBLISH,
    check_organisation,
    check_prefix,
    purpose_code,
    reason_code,
)
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.messages import SOURCE_LANGUAGE, translate
from seedfund.kernel.money import Money
from seedfund.reports.queries.outside import GrantOutside, amounts_by_grant, grants_outside
from seedfund.reports.queries.scope import open_scope
from seedfund.store.work import Work

VERSION: Final = "1.4"
TITLE: Final = "Grant to an individual: {purpose}"
DESCRIPTION: Final = (
    "A grant of an economic inclusion programme. The recipient is not named; the award date is the first day of its"
    " {period}."
)
BROUGHT: Final = " Amounts up to a cut-off day were brought forward from earlier books and not verified here."
RECIPIENT: Final = "Individual recipient"
MONTH: Final = "month"
YEAR: Final = "year"
_FOR_INDIVIDUALS: Final = (OwnerKind.PERSON.value, OwnerKind.HOUSEHOLD.value)


@dataclass(frozen=True, kw_only=True)
class GivingPublisher:
    """Who publishes: the prefix 360Giving gave it, and the identifier its organisation has in a public register."""

    prefix: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Published:
    """How many grants are published, and how many were left out."""

    count: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Dated:
    """A grant with its purpose and the day it is told to be awarded on."""

    grant: GrantOutside
    purpose: str
    day: date
    period: str


def write_giving(
    work: Work,
    out: BinaryIO,
    publisher: GivingPublisher,
    *,
    as_of: date | None = None,
    language: str = SOURCE_LANGUAGE,
) -> Published:
    """Write the grants awarded by a day, with what was delivered of each by then.

    Raises:
        Refused: `giving_prefix_unreadable`, `organisation_id_unreadable`, `benefit_without_purpose_code`,
            `too_few_to_publish`.
        NotAllowed: the actor is none of the programme's.
    """
    scope = open_scope(work, as_of=as_of)
    refusals = [*check_prefix(publisher.prefix), *check_organisation(publisher.organisation)]
    amounts = amounts_by_grant(scope)
    awarded = [one for one in grants_outside(scope) if amounts[one.grant_id]["awarded"] > 0]
    kept = [one for one in awarded if not one.is_restricted and one.owner_kind in _FOR_INDIVIDUALS]
    refuse([*refusals, *_without_purpose(kept)])
    dated = list(_dated(kept))
    if not dated:
        refuse([TOO_FEW_TO_PUBLISH(least=LEAST_ALIKE)])
    told = _Telling(work, publisher, language)
    grants = sorted((told.grant(one, amounts[one.grant.grant_id]) for one in dated), key=_id)
    package = {
        "version": VERSION,
        "title": f"{work.programme.organisation}: {work.programme.name}",
        "issued": scope.as_of.isoformat(),
        "publisher": {"name": work.programme.organisation},
        "grants": grants,
    }
    # Half a character, which no UTF-8 can hold, is written as the escape JSON has for it.
    out.write(plain_json(package).encode("utf-8", errors="backslashreplace"))
    return Published(len(dated), len(awarded) - len(dated))


def _id(grant: Mapping[str, object]) -> str:
    """The order of publication is that of tokens, which says nothing of the order of awards."""
    return str(grant["id"])


def _without_purpose(grants: Sequence[GrantOutside]) -> list[Refusal]:
    lacking = {one.benefit for one in grants if purpose_code(one.purpose_code, one.purpose) is None}
    return [BENEFIT_WITHOUT_PURPOSE_CODE(benefit=benefit) for benefit in sorted(lacking)]


def _dated(grants: Sequence[GrantOutside]) -> Iterator[_Dated]:
    """The grants with enough alike: of the same purpose, currency, country and month, else of the same year."""
    coded = [(one, purpose_code(one.purpose_code, one.purpose) or "") for one in grants]
    months = Counter(_alike(one, code, one.awarded_on.replace(day=1)) for one, code in coded)
    rest: list[tuple[GrantOutside, str]] = []
    for one, code in coded:
        month = one.awarded_on.replace(day=1)
        if months[_alike(one, code, month)] >= LEAST_ALIKE:
            yield _Dated(one, code, month, MONTH)
        else:
            rest.append((one, code))
    years = Counter(_alike(one, code, one.awarded_on.replace(month=1, day=1)) for one, code in rest)
    for one, code in rest:
        year = one.awarded_on.replace(month=1, day=1)
        if years[_alike(one, code, year)] >= LEAST_ALIKE:
            yield _Dated(one, code, year, YEAR)


def _alike(grant: GrantOutside, purpose: str, day: date) -> tuple[str, str, str, date]:
    return purpose, grant.currency, grant.country, day


class _Telling:
    """Writes grants for a publisher, in a language."""

    def __init__(self, work: Work, publisher: GivingPublisher, language: str):
        self._tokens = Tokens(work, PUBLIC)
        self._work, self._publisher, self._language = work, publisher, language

    def grant(self, dated: _Dated, amounts: Counter[str]) -> dict[str, object]:
        """A grant as the standard has it; amounts are plain decimals."""
        one, prefix, programme = dated.grant, self._publisher.prefix, self._work.programme
        told: dict[str, object] = {
            "id": f"{prefix}-{self._tokens.of('grant', one.grant_id)}",
            "title": self._said(TITLE, purpose=translate(PURPOSES[dated.purpose], self._language)),
            "description": self._description(dated),
            "currency": one.currency,
            "amountAwarded": Money(amounts["awarded"], one.currency),
            "amountDisbursed": Money(amounts["disbursed"], one.currency),
            "awardDate": dated.day.isoformat(),
            "recipientIndividual": {
                "id": f"{prefix}-IND-{self._tokens.of('person', one.participant_id)}",
                "name": translate(RECIPIENT, self._language),
            },
            "toIndividualsDetails": {
                "primaryGrantReason": reason_code(dated.purpose),
                "grantPurpose": [dated.purpose],
            },
            "fundingOrganization": [{"id": self._publisher.organisation, "name": programme.organisation}],
            "grantProgramme": [{"code": programme.code, "title": programme.name}],
        }
        if one.country:
            told["beneficiaryLocation"] = [{"countryCode": one.country}]
        return told

    def _description(self, dated: _Dated) -> str:
        told = self._said(DESCRIPTION, period=translate(dated.period, self._language))
        return told + (self._said(BROUGHT) if dated.grant.is_brought_forward else "")

    def _said(self, text: str, **facts: str) -> str:
        return translate(text, self._language).format(**facts)
