"""Funds as activities of the International Aid Transparency Initiative (standard 2.03), with transactions. Reads only.

One activity a fund. Transactions name nobody: what people got is a sum of a month or more, of five grants at least
(`rules.flows`); restricted people are in the sums like everybody else and can be told from none. Written with the
standard library: names of elements and attributes are ours, every text is escaped.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO, Final

from seedfund.funds.queries import FundFacts, fund_facts, list_donors, list_funds
from seedfund.grants.rules.words import OwnerKind
from seedfund.interchange.exports.giving import BROUGHT
from seedfund.interchange.rules.flows import FlowType, Moved, Told, moved_of, told_by_month
from seedfund.interchange.rules.publishing import (
    DONOR_WITHOUT_ID,
    FUND_TOO_FEW,
    LEAST_ALIKE,
    check_country,
    check_organisation,
)
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.messages import SOURCE_LANGUAGE, translate
from seedfund.kernel.money import PLAIN, format_minor
from seedfund.reports.brought import book_marks, of_books
from seedfund.reports.queries.outside import flows_of, grants_of_kind
from seedfund.reports.queries.scope import Scope, open_scope
from seedfund.store.work import Work

VERSION: Final = "2.03"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML can hold, not even escaped (XML 1.0, Char)."""
IMPLEMENTATION: Final = "2"
FINALISATION: Final = "3"
FUNDING: Final = "1"
IMPLEMENTING: Final = "4"
PLANNED_START: Final = "1"
ACTUAL_START: Final = "2"
PLANNED_END: Final = "3"
STANDARD_GRANT: Final = "110"
EMPLOYMENT_CREATION: Final = "16020"
"""The DAC's code of purpose for employment creation, where no other sector is given."""
ABOUT: Final = "Grants, training and accompaniment for refugee, migrant and host households."
WORDS: Final[Mapping[FlowType, str]] = {
    FlowType.INCOMING_FUNDS: "Funds received",
    FlowType.OUTGOING_COMMITMENT: "Agreements with participants, {first} to {last}",
    FlowType.DISBURSEMENT: "Grants to organisations, {first} to {last}",
    FlowType.EXPENDITURE: "Grants to participants and other spending, {first} to {last}",
}


@dataclass(frozen=True, kw_only=True)
class IatiPublisher:
    """Who reports: identifier and type (a code of IATI) of its organisation, those of donors, country and sector.

    `with_commitments` where the policy counts agreements with participants as commitments.
    """

    organisation: str
    organisation_type: str
    country: str
    donors: Mapping[str, str] = field(default_factory=dict)
    sector: str = EMPLOYMENT_CREATION
    with_commitments: bool = False


@dataclass(frozen=True, slots=True)
class _Activity:
    """A fund with the sums that are told of it."""

    fund: FundFacts
    donor: str
    donor_id: str
    told: tuple[Told, ...]
    is_brought_forward: bool
    """Whether earlier books told figures of it; how much and of how many grants is not for everybody."""


def write_iati(
    work: Work,
    out: BinaryIO,
    publisher: IatiPublisher,
    *,
    fund: str = "",
    as_of: date | None = None,
    language: str = SOURCE_LANGUAGE,
) -> int:
    """Write a fund (each of them where none is named) as an activity, with its transactions up to a day; how many.

    Raises:
        Refused: `organisation_id_unreadable` (the reporter's or a donor's), `donor_without_id`, `country_unreadable`,
            `fund_too_few_to_publish`, for every such fund.
        NotFound: there is no such fund.
        NotAllowed: the actor is none of the programme's.
    """
    reader, programme = work.reader(), work.programme.id
    funds = [fund_facts(reader, programme, fund)] if fund else list_funds(reader, programme)
    scope = open_scope(work, book_ids=[one.book_id for one in funds], as_of=as_of)
    refuse(_check(publisher, funds))
    sums = {one.code: told_by_month(_moved(scope, one, publisher), as_of=scope.as_of) for one in funds}
    refuse(
        [FUND_TOO_FEW(fund=code, least=LEAST_ALIKE) for code, (_, is_enough) in sums.items() if not is_enough]
    )
    names = {donor.code: donor.name for donor in list_donors(reader, programme)}
    activities = [
        _Activity(
            one,
            names[one.donor],
            publisher.donors[one.donor],
            tuple(sums[one.code][0]),
            bool(book_marks(of_books(scope, [one.book_id]))),
        )
        for one in funds
    ]
    root = ET.Element("iati-activities", {"version": VERSION})
    for one in activities:
        root.append(_element(work, one, publisher, as_of=scope.as_of, language=language))
    ET.indent(root)
    ET.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    out.write(b"\n")
    return sum(len(one.told) for one in activities)


def _check(publisher: IatiPublisher, funds: list[FundFacts]) -> list[Refusal]:
    donors = sorted({one.donor for one in funds})
    return [
        *check_organisation(publisher.organisation),
        *(DONOR_WITHOUT_ID(donor=code) for code in donors if not publisher.donors.get(code)),
        *(
            refusal
            for code in donors
            if publisher.donors.get(code)
            for refusal in check_organisation(publisher.donors[code])
        ),
        *check_country(publisher.country),
    ]


def _moved(scope: Scope, fund: FundFacts, publisher: IatiPublisher) -> Iterator[Moved]:
    organisations = grants_of_kind(scope, OwnerKind.ORGANISATION.value)
    for flow in flows_of(scope, fund.book_id):
        yield from moved_of(
            flow.on,
            flow.columns,
            grant=flow.grant_id or "",
            is_of_organisation=flow.grant_id in organisations,
            with_commitments=publisher.with_commitments,
        )


def _element(
    work: Work, one: _Activity, publisher: IatiPublisher, *, as_of: date, language: str
) -> ET.Element:
    """An activity with its elements in the order of the schema."""
    fund, organisation = one.fund, work.programme.organisation
    activity = ET.Element(
        "iati-activity",
        {"default-currency": fund.currency, "{http://www.w3.org/XML/1998/namespace}lang": language},
    )
    identifier = f"{publisher.organisation}-{work.programme.code}-{fund.code}"
    ET.SubElement(activity, "iati-identifier").text = identifier
    reporter = {"ref": publisher.organisation, "type": publisher.organisation_type}
    _told(activity, "reporting-org", organisation, reporter)
    _told(activity, "title", f"{work.programme.name} · {fund.name}")
    brought = translate(BROUGHT, language) if one.is_brought_forward else ""
    _told(activity, "description", f"{translate(ABOUT, language)}{brought}")
    _told(activity, "participating-org", one.donor, {"ref": one.donor_id, "role": FUNDING})
    _told(
        activity,
        "participating-org",
        organisation,
        {"ref": publisher.organisation, "type": publisher.organisation_type, "role": IMPLEMENTING},
    )
    status = IMPLEMENTATION if as_of < fund.ends else FINALISATION
    ET.SubElement(activity, "activity-status", {"code": status})
    for kind, day in _dates(one):
        ET.SubElement(activity, "activity-date", {"type": kind, "iso-date": day.isoformat()})
    ET.SubElement(activity, "recipient-country", {"code": publisher.country})
    ET.SubElement(activity, "sector", {"vocabulary": "1", "code": publisher.sector})
    ET.SubElement(activity, "default-finance-type", {"code": STANDARD_GRANT})
    for told in one.told:
        activity.append(_transaction(told, one, identifier, language))
    return activity


def _dates(one: _Activity) -> Iterator[tuple[str, date]]:
    yield PLANNED_START, one.fund.starts
    if one.told:
        yield ACTUAL_START, one.told[0].first
    yield PLANNED_END, one.fund.ends - timedelta(days=1)


def _transaction(told: Told, one: _Activity, identifier: str, language: str) -> ET.Element:
    day, currency = told.on.isoformat(), one.fund.currency
    transaction = ET.Element("transaction")
    ET.SubElement(transaction, "transaction-type", {"code": told.type.value})
    ET.SubElement(transaction, "transaction-date", {"iso-date": day})
    value = ET.SubElement(transaction, "value", {"value-date": day, "currency": currency})
    value.text = format_minor(told.minor, currency, PLAIN)
    said = translate(WORDS[told.type], language)
    _told(transaction, "description", said.format(first=told.first.isoformat(), last=day))
    if told.type is FlowType.INCOMING_FUNDS:
        _told(transaction, "provider-org", one.donor, {"ref": one.donor_id})
        ET.SubElement(transaction, "receiver-org", {"receiver-activity-id": identifier})
    return transaction


def _told(parent: ET.Element, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    """An element that says something in words."""
    element = ET.SubElement(parent, name, dict(attributes or {}))
    ET.SubElement(element, "narrative").text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
