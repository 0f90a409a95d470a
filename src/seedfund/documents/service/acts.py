"""Issuing the papers of acts: handovers, payments, refunds, closing statements, and a committee's minutes."""

from dataclasses import dataclass, replace
from typing import Final

from seedfund.documents.content import Content
from seedfund.documents.rules.papers import PAPER_ISSUED_BEFORE, REFUND_UNDONE
from seedfund.documents.service.agreements import ISSUERS, PaperWritten
from seedfund.documents.service.contents.acts import (
    handover_content,
    official_receipt_content,
    payment_receipt_content,
)
from seedfund.documents.service.contents.close_out import Opinion, close_out_content
from seedfund.documents.service.contents.minutes import SessionNotes, minutes_content
from seedfund.documents.service.issuing import InLanguages, ToIssue, write_in_languages, write_issued
from seedfund.documents.service.signing import Signing, own
from seedfund.grants.queries.acts import handover_facts, refund_facts
from seedfund.grants.queries.endings import close_out_by_number
from seedfund.grants.queries.grants import GrantRow, grants_by_id, parts_of
from seedfund.grants.queries.payments import payments_by_number
from seedfund.grants.service.close_out import write_close_out_paper
from seedfund.grants.service.handovers import write_handover_paper
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.register.queries import find_paper
from seedfund.register.service import PaperIssued
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

FIELD: Final = (Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER)
MONEY: Final = (Role.CASHIER, Role.FINANCE_OFFICER, Role.RECONCILER, Role.PROGRAMME_MANAGER)
SEEING: Final = (Role.PROTECTION_OFFICER, Role.DIRECTOR)
"""Who may see restricted people, and so issue their papers."""


@dataclass(frozen=True, kw_only=True)
class IssueHandoverPaper(Command):
    """The handover act whose paper is issued, in which language (the programme's if not given), signed how."""

    act: str
    language: str = ""
    signing: Signing | None = None
    templates_dir: str = ""


@verb("documents.issue_handover_paper", roles=(*FIELD, *SEEING))
def issue_handover_paper(unit: Unit, command: IssueHandoverPaper) -> PaperWritten:
    """Issue the acta de entrega-recepción of goods handed over.

    Raises:
        NotFound: there is no such act, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: `paper_issued_before`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`, `character_without_font`, `chain_heads_too_long`.
    """
    row = handover_facts(unit, unit.programme.id, command.act).row
    grant = _grant(unit, row.grant_id)
    require_new(unit, row.number)
    own(unit, grant.participant_id, command.signing)
    content = handover_content(
        unit,
        row.number,
        signing=command.signing or Signing(),
        languages=(command.language or unit.programme.language,),
    )
    paper = write_act(unit, grant, content, templates_dir=command.templates_dir)
    write_handover_paper(unit, row.number, paper_id=paper.paper_id, paper_hash=paper.content_hash)
    return written(paper, content)


@dataclass(frozen=True, kw_only=True)
class IssueCloseOutPaper(Command):
    """The closing statement whose paper is issued, with what who accompanied the participant has to say (sealed)."""

    close_out: str
    opinion: Secret
    achievements: Secret | None = None
    recommendations: Secret | None = None
    language: str = ""
    signing: Signing | None = None
    templates_dir: str = ""


@verb("documents.issue_close_out_paper", roles=ISSUERS)
def issue_close_out_paper(unit: Unit, command: IssueCloseOutPaper) -> PaperWritten:
    """Issue the acta de cierre of a closed grant, with the figures it closed with.

    Raises:
        NotFound: there is no such statement, or its person was erased.
        NotAllowed: its person is restricted.
        Refused: `paper_issued_before`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`, `character_without_font`, `chain_heads_too_long`.
    """
    row = close_out_by_number(unit, unit.programme.id, command.close_out)
    grant = _grant(unit, row.grant_id)
    require_new(unit, row.number)
    opinion = Opinion(
        opinion=command.opinion, achievements=command.achievements, recommendations=command.recommendations
    )
    own(unit, grant.participant_id, command.signing, *opinion.secrets())
    content = close_out_content(
        unit,
        row.number,
        signing=command.signing or Signing(),
        languages=(command.language or unit.programme.language,),
        opinion=opinion,
    )
    paper = write_act(unit, grant, content, templates_dir=command.templates_dir)
    write_close_out_paper(unit, row.number, paper_id=paper.paper_id, paper_hash=paper.content_hash)
    return written(paper, content)


@dataclass(frozen=True, kw_only=True)
class IssuePaymentReceipt(Command):
    """The payment whose receipt is issued, in which languages (the programme's if not given), signed how.

    The first of the languages prevails.
    """

    payment: str
    languages: tuple[str, ...] = ()
    signing: Signing | None = None
    templates_dir: str = ""


@verb("documents.issue_payment_receipt", roles=(*MONEY, *FIELD[:1], *SEEING))
def issue_payment_receipt(unit: Unit, command: IssuePaymentReceipt) -> PaperWritten:
    """Issue the receipt a payee signs for a payment that is on its way or was delivered.

    Raises:
        NotFound: there is no such payment, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: `paper_issued_before`, `payment_not_paid`, `paper_terms_missing`, `paper_terms_without_language`,
            `policy_missing`, `language_without_words`, `character_without_font`, `chain_heads_too_long`.
    """
    (payment,) = payments_by_number(unit, unit.programme.id, [command.payment]).values()
    grant = _grant(unit, payment.grant_id)
    require_new(unit, payment.number)
    own(unit, grant.participant_id, command.signing)
    asked = Receipt(
        payment=payment.number,
        languages=command.languages or (unit.programme.language,),
        signing=command.signing or Signing(),
        templates_dir=command.templates_dir,
    )
    return write_receipt(unit, grant, asked)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A receipt about to be issued, or corrected."""

    payment: str
    languages: tuple[str, ...]
    signing: Signing
    templates_dir: str = ""
    is_correction: bool = False


def write_receipt(unit: Unit, grant: GrantRow, asked: Receipt) -> PaperWritten:
    """Write the receipt of a payment and its translations inside a command, sealed for who stands for its owner.

    Raises:
        NotFound, NotAllowed, Refused: as `payment_receipt_content` and `write_in_languages`.
    """

    def build(language: str, number: str) -> ToIssue:
        content = payment_receipt_content(
            unit, asked.payment, signing=asked.signing, languages=asked.languages, drawn=language
        )
        return ToIssue(
            content=replace(content, number=number),
            language=language,
            book_ids=tuple(part.book_id for part in parts_of(unit, [grant.id])[grant.id]),
            subject_id=grant.participant_id,
            is_correction=asked.is_correction,
            templates_dir=asked.templates_dir,
        )

    return PaperWritten.of(
        write_in_languages(unit, InLanguages(build, number=asked.payment, languages=asked.languages))
    )


@dataclass(frozen=True, kw_only=True)
class IssueOfficialReceipt(Command):
    """The refund whose official receipt is issued, in which language (the programme's if not given), signed how."""

    refund: str
    language: str = ""
    signing: Signing | None = None
    templates_dir: str = ""


@verb("documents.issue_official_receipt", roles=(*MONEY, *SEEING))
def issue_official_receipt(unit: Unit, command: IssueOfficialReceipt) -> PaperWritten:
    """Issue the official receipt of money that came back: what was owed before, what came, what is owed still.

    Raises:
        NotFound: there is no such refund, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: `paper_issued_before`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`, `character_without_font`, `chain_heads_too_long`, `refund_undone`.
    """
    facts = refund_facts(unit, unit.programme.id, command.refund)
    row = facts.row
    refuse([REFUND_UNDONE(number=row.number, entry=facts.undone_by)] if facts.undone_by else [])
    grant = _grant(unit, row.grant_id)
    require_new(unit, row.number)
    own(unit, grant.participant_id, command.signing)
    content = official_receipt_content(
        unit,
        row.number,
        signing=command.signing or Signing(),
        languages=(command.language or unit.programme.language,),
    )
    return written(write_act(unit, grant, content, templates_dir=command.templates_dir), content)


@dataclass(frozen=True, kw_only=True)
class IssueCommitteeMinutes(Command):
    """The closed session whose minutes are issued, the money there was, hours, and remarks that name nobody."""

    session: str
    available: Money
    started_at: str = ""
    ended_at: str = ""
    observations: tuple[str, ...] = ()
    language: str = ""
    templates_dir: str = ""


@verb("documents.issue_committee_minutes", roles=(Role.COMMITTEE_SECRETARY, Role.PROGRAMME_MANAGER))
def issue_committee_minutes(unit: Unit, command: IssueCommitteeMinutes) -> PaperWritten:
    """Issue a session's minutes; they name the committee, and participants by number alone.

    Raises:
        NotFound: there is no such session.
        InvalidInput: more was granted than was available.
        Refused: `paper_issued_before`, `session_not_closed`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`, `character_without_font`, `chain_heads_too_long`.
    """
    require_new(unit, command.session)
    notes = SessionNotes(
        available=command.available,
        started_at=command.started_at,
        ended_at=command.ended_at,
        observations=command.observations,
    )
    language = command.language or unit.programme.language
    minutes = minutes_content(unit, command.session, languages=(language,), notes=notes)
    to_issue = ToIssue(
        content=minutes.content,
        language=language,
        book_ids=minutes.book_ids,
        templates_dir=command.templates_dir,
    )
    return written(write_issued(unit, to_issue), minutes.content)


def require_new(unit: Unit, number: str) -> None:
    """Refuse a paper that was issued before; it is corrected by superseding it.

    Raises:
        Refused: `paper_issued_before`.
    """
    found = find_paper(unit, unit.programme.id, number.strip().upper())
    refuse([PAPER_ISSUED_BEFORE(number=found.number)] if found is not None else [])


def write_act(
    unit: Unit, grant: GrantRow, content: Content, *, templates_dir: str, is_correction: bool = False
) -> PaperIssued:
    """Issue the paper of an act of a grant, sealed for who stands for its owner."""
    return write_issued(
        unit,
        ToIssue(
            content=content,
            language=content.prevailing_language,
            book_ids=tuple(part.book_id for part in parts_of(unit, [grant.id])[grant.id]),
            subject_id=grant.participant_id,
            is_correction=is_correction,
            templates_dir=templates_dir,
        ),
    )


def written(paper: PaperIssued, content: Content) -> PaperWritten:
    """A paper as commands answer it."""
    return PaperWritten(
        number=paper.number, kind=content.paper, version=paper.version, content_hash=paper.content_hash
    )


def _grant(unit: Unit, grant_id: Key) -> GrantRow:
    return grants_by_id(unit, [grant_id])[grant_id]
