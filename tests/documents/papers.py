"""Terms of papers in force, grants up to their agreement, and what a PDF says: for tests of issued papers."""

import re
from dataclasses import replace
from typing import Any, Final

import pypdfium2

from seedfund.documents.rules.terms import PaperTerms
from seedfund.documents.service import (
    ApprovePaperTerms,
    IssueAgreementPaper,
    PaperWritten,
    ProposePaperTerms,
    approve_paper_terms,
    issue_agreement_paper,
    print_paper,
    propose_paper_terms,
)
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.people.rules import DocumentKind
from tests.people.samples import document, head, identity, person, register
from tests.support.grants import Home, awarded_on_plan, drafted, key, may_receive, prepared, usd
from tests.support.programme import House

TERMS: Final = PaperTerms(
    tax_id="0490000000001",
    address="calle Ficticia 10-20, Tulcán",
    place="Tulcán",
    representative="Lucía Modelo Andrade",
    representative_document="cédula de identidad 0400000018",
    representative_position={"es": "directora ejecutiva", "en": "executive director"},
    authority={"es": "nombramiento inscrito el 4 de enero de 2026"},
    complaints_channel={"es": "quejas@example.org", "en": "complaints@example.org"},
    data_contact={"es": "datos@example.org", "en": "data@example.org"},
    dispute_forum={"es": "un centro de mediación de Tulcán", "en": "a mediation centre in Tulcán"},
    training={"es": "capacitación en gestión de negocios", "en": "training in running a business"},
    visits={"es": "una visita al mes", "en": "a visit each month"},
    agreement_months=12,
    start_business_days=60,
    keep_asset_months=24,
    keep_records_years=7,
    cure_days=15,
    quotes_count=2,
    quotes_from=usd(200),
)


def terms(house: House, **changes: Any) -> None:
    """The terms of papers in force from today on."""
    with house.work("manager") as work:
        asked = ProposePaperTerms(key=key(), terms=replace(TERMS, **changes))
        number = propose_paper_terms(work, asked).number
    with house.work("director") as work:
        approve_paper_terms(work, ApprovePaperTerms(key=key(), number=number))


def ready(house: House) -> None:
    """A programme with money, rules and the terms of papers."""
    prepared(house)
    terms(house)


def home_of(house: House, given: str = "María Luisa", family: str = "Ejemplo Quishpe") -> Home:
    """A household whose head has this name and a passport."""
    sheet = identity(given, family, "+593 99 7770001")
    entry = person(sheet, document("EJ777001", DocumentKind.PASSPORT))
    found = register(house, head(replace(entry, language="es")))
    participant = found.members[0].participant
    may_receive(house, participant)
    return Home(found.household, participant)


def draft(house: House, owner: Home | None = None, *tranches: TrancheAsked) -> str:
    """The number of a grant on a committee's decision, with a draft of its agreement."""
    grant = awarded_on_plan(house, owner).number
    drafted(house, grant, *tranches)
    return grant


def issued_paper(house: House, grant: str, **changes: Any) -> PaperWritten:
    """The paper of a grant's draft, issued by the expert."""
    with house.work("expert") as work:
        return issue_agreement_paper(work, IssueAgreementPaper(key=key(), grant=grant, **changes))


def text_of(pdf: bytes) -> str:
    """All that a PDF says, blanks made one."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u00a0", " ").replace("\ufffe", "-"))


def read(house: House, number: str, actor: str = "expert") -> str:
    """What an issued paper says when it is printed."""
    with house.work(actor) as work:
        return text_of(print_paper(work, number))
