"""Correcting a paper: the same number, the next version, from the facts as they are now. Nothing issued is changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from seedfund.approvals.rules.proposals import check_reason
from seedfund.documents.content import (
    AddendumContent,
    AgreementContent,
    CertificateContent,
    CloseOutContent,
    CommitteeMinutesContent,
    ConsentContent,
    Content,
    HandoverContent,
    OfficialReceiptContent,
    PaymentReceiptContent,
    ScholarshipAgreementContent,
    content_from_json,
)
from seedfund.documents.service.acts import (
    Receipt,
    issue_close_out_paper,
    issue_committee_minutes,
    issue_handover_paper,
    issue_official_receipt,
    issue_payment_receipt,
    write_act,
    write_receipt,
    written,
)
from seedfund.documents.service.agreements import (
    Agreement,
    Opened,
    PaperWritten,
    issue_addendum_paper,
    issue_agreement_paper,
    write_agreement,
)
from seedfund.documents.service.consents import issue_consent_paper, write_consent
from seedfund.documents.service.contents.acts import (
    handover_content,
    official_receipt_content,
)
from seedfund.documents.service.contents.addendum import Amendment, addendum_content
from seedfund.documents.service.contents.close_out import Opinion, close_out_content
from seedfund.documents.service.contents.consent import ToConsent, subject_of
from seedfund.documents.service.contents.minutes import SessionNotes, minutes_content
from seedfund.documents.service.contents.scholarship import agreement_of_grant
from seedfund.documents.service.issuing import ToIssue, write_issued
from seedfund.documents.service.signing import Signing, own, signing_of
from seedfund.documents.service.training import issue_certificate_paper, write_certificate
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.service.close_out import write_close_out_paper
from seedfund.grants.service.handovers import write_handover_paper
from seedfund.kernel.errors import InvalidInput, NotAllowed, refuse
from seedfund.kernel.secret import Secret
from seedfund.register.queries import read_paper
from seedfund.register.service import PaperIssued
from seedfund.store.commands import Command, Verb, verb
from seedfund.store.unit import Unit

Act = HandoverContent | CloseOutContent | PaymentReceiptContent | OfficialReceiptContent


@dataclass(frozen=True, kw_only=True)
class ReissuePaper(Command):
    """The paper that is corrected and why (naming nobody).

    The facts are read again; how it is signed and in which languages stays as it was where nothing is given here.
    """

    number: str
    reason: str
    languages: tuple[str, ...] = ()
    signing: Signing | None = None
    templates_dir: str = ""


@dataclass(frozen=True, kw_only=True)
class Before:
    """The paper as it was issued last, and what its correction keeps of it."""

    number: str
    content: Content
    languages: tuple[str, ...]
    signing: Signing
    templates_dir: str


@verb("documents.reissue_paper", roles=())
def reissue_paper(unit: Unit, command: ReissuePaper) -> PaperWritten:
    """Issue the next version of a paper from the facts as they are now; it supersedes the one before.

    Raises:
        NotFound: there is no such paper, or a person it names was erased.
        NotAllowed: a person it names is restricted, or the actor could not have issued it.
        InvalidInput: it is a translation, which is corrected with its paper, or no paper of this area.
        Refused: `reason_missing`, `no_such_step` (a signed agreement is changed by an adenda), and what its kind is
            refused for.
    """
    refuse(check_reason(command.reason))
    paper = read_paper(unit.work, command.number.strip().upper())
    _require_role(unit, paper.row.kind)
    content = content_from_json(paper.values())
    if content.prevailing_language != paper.row.languages:
        raise InvalidInput(
            field="number", problem="it is a translation", remedy="give the number of the paper it translates"
        )
    if paper.row.subject_id is not None:
        own(unit, paper.row.subject_id, command.signing)
    before = Before(
        number=paper.row.number,
        content=content,
        languages=command.languages or content.languages,
        signing=command.signing or signing_of(content),
        templates_dir=command.templates_dir,
    )
    unit.changed(
        "sf_paper", paper.row.number, {"version": paper.row.version}, {"reason": command.reason.strip()}
    )
    return _write(unit, before)


_ISSUED_BY: Final[Mapping[str, Verb[Any, PaperWritten]]] = MappingProxyType(
    {
        AgreementContent.paper: issue_agreement_paper,
        ScholarshipAgreementContent.paper: issue_agreement_paper,
        AddendumContent.paper: issue_addendum_paper,
        HandoverContent.paper: issue_handover_paper,
        CloseOutContent.paper: issue_close_out_paper,
        PaymentReceiptContent.paper: issue_payment_receipt,
        OfficialReceiptContent.paper: issue_official_receipt,
        CommitteeMinutesContent.paper: issue_committee_minutes,
        CertificateContent.paper: issue_certificate_paper,
        ConsentContent.paper: issue_consent_paper,
    }
)


def _require_role(unit: Unit, kind: str) -> None:
    """Who corrects a paper is who might have issued it."""
    issued_by = _ISSUED_BY.get(kind)
    if issued_by is not None and not unit.actor.roles.intersection(issued_by.roles):
        needed = ", ".join(issued_by.roles)
        raise NotAllowed(f"a {kind} is corrected by one of these roles: {needed}. Ask somebody who has one.")


def _write(unit: Unit, before: Before) -> PaperWritten:
    match before.content:
        case AgreementContent() | ScholarshipAgreementContent() | AddendumContent():
            return _agreement(unit, before, before.content)
        case CommitteeMinutesContent():
            return _minutes(unit, before, before.content)
        case CertificateContent():
            return write_certificate(
                unit,
                before.number,
                languages=before.languages,
                templates_dir=before.templates_dir,
                is_correction=True,
            )
        case ConsentContent(participant_number=participant):
            return write_consent(
                unit,
                ToConsent(participant=participant, number=before.number, languages=before.languages),
                signing=before.signing,
                subject=subject_of(unit, participant),
                templates_dir=before.templates_dir,
                is_correction=True,
            )
        case HandoverContent() | CloseOutContent() | PaymentReceiptContent() | OfficialReceiptContent():
            return _act(unit, before, before.content)
    raise InvalidInput(
        field="number", problem="no such paper is corrected here", remedy="correct it at its source"
    )


def _agreement(unit: Unit, before: Before, content: Agreement | AddendumContent) -> PaperWritten:
    grant = grant_by_number(unit, unit.programme.id, content.grant_number, locked=True)
    opened = Opened(grant=grant, number=before.number, language=before.languages[0], is_correction=True)

    def build(language: str) -> Agreement | AddendumContent:
        if not isinstance(content, AddendumContent):
            return agreement_of_grant(
                unit, grant, before.number, signing=before.signing, languages=before.languages, drawn=language
            )
        return addendum_content(
            unit,
            before.number,
            signing=before.signing,
            languages=before.languages,
            amendment=Amendment(
                reason=Secret(content.reason),
                changes=tuple(Secret(one) for one in content.changes),
                ends_on=content.ends_on_after,
            ),
            drawn=language,
        )

    return write_agreement(
        unit, opened, build, languages=before.languages, templates_dir=before.templates_dir
    )


_BUILDERS: Final[Mapping[str, Callable[..., Content]]] = MappingProxyType(
    {
        HandoverContent.paper: handover_content,
        OfficialReceiptContent.paper: official_receipt_content,
    }
)


def _act(unit: Unit, before: Before, content: Act) -> PaperWritten:
    grant = grant_by_number(unit, unit.programme.id, content.grant_number, locked=True)
    if isinstance(content, PaymentReceiptContent):
        again = Receipt(
            payment=before.number,
            languages=before.languages,
            signing=before.signing,
            templates_dir=before.templates_dir,
            is_correction=True,
        )
        return write_receipt(unit, grant, again)
    if isinstance(content, CloseOutContent):
        opinion = Opinion(
            opinion=Secret(content.opinion),
            achievements=Secret(content.achievements),
            recommendations=Secret(content.recommendations),
        )
        corrected: Content = close_out_content(
            unit, before.number, signing=before.signing, languages=before.languages, opinion=opinion
        )
    else:
        corrected = _BUILDERS[content.paper](
            unit, before.number, signing=before.signing, languages=before.languages
        )
    paper = write_act(unit, grant, corrected, templates_dir=before.templates_dir, is_correction=True)
    _tie(unit, content, paper)
    return written(paper, corrected)


def _tie(unit: Unit, content: Act, paper: PaperIssued) -> None:
    if isinstance(content, HandoverContent):
        write_handover_paper(unit, paper.number, paper_id=paper.paper_id, paper_hash=paper.content_hash)
    if isinstance(content, CloseOutContent):
        write_close_out_paper(unit, paper.number, paper_id=paper.paper_id, paper_hash=paper.content_hash)


def _minutes(unit: Unit, before: Before, content: CommitteeMinutesContent) -> PaperWritten:
    notes = SessionNotes(
        available=content.available,
        started_at=content.started_at,
        ended_at=content.ended_at,
        observations=content.observations,
    )
    minutes = minutes_content(unit, before.number, languages=before.languages, notes=notes)
    to_issue = ToIssue(
        content=minutes.content,
        language=before.languages[0],
        book_ids=minutes.book_ids,
        is_correction=True,
        templates_dir=before.templates_dir,
    )
    return written(write_issued(unit, to_issue), minutes.content)
