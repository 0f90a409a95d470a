"""Issuing the paper of a certificate of attendance."""

from dataclasses import dataclass

from seedfund.documents.service.acts import FIELD, SEEING, require_new, written
from seedfund.documents.service.agreements import PaperWritten
from seedfund.documents.service.contents.training import certificate_content
from seedfund.documents.service.issuing import ToIssue, write_issued
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class IssueCertificatePaper(Command):
    """The certificate whose paper is issued, and in which language (the programme's if not given)."""

    certificate: str
    language: str = ""
    templates_dir: str = ""


@verb("documents.issue_certificate_paper", roles=(*FIELD, *SEEING))
def issue_certificate_paper(unit: Unit, command: IssueCertificatePaper) -> PaperWritten:
    """Issue the paper of a certificate of attendance, with the figures it was issued on.

    Raises:
        NotFound: there is no such certificate, or its holder was erased.
        NotAllowed: its holder is restricted.
        Refused: `paper_issued_before`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`, `character_without_font`.
    """
    require_new(unit, command.certificate)
    language = command.language or unit.programme.language
    return write_certificate(
        unit, command.certificate, languages=(language,), templates_dir=command.templates_dir
    )


def write_certificate(
    unit: Unit,
    number: str,
    *,
    languages: tuple[str, ...],
    templates_dir: str,
    is_correction: bool = False,
) -> PaperWritten:
    """Issue the paper of a certificate inside a command, sealed for its holder.

    Raises:
        NotFound, NotAllowed, Refused: as `certificate_content` and `write_issued`.
    """
    certified = certificate_content(unit, number, languages=languages)
    to_issue = ToIssue(
        content=certified.content,
        language=languages[0],
        book_ids=(),
        subject_id=certified.participant_id,
        is_correction=is_correction,
        templates_dir=templates_dir,
    )
    return written(write_issued(unit, to_issue), certified.content)
