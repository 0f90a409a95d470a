"""Issuing consent forms: what a person agreed to, purpose by purpose, as the record has it on that day."""

from dataclasses import dataclass, replace
from typing import Final

from seedfund.documents.service.acts import FIELD, SEEING
from seedfund.documents.service.agreements import PaperWritten
from seedfund.documents.service.contents.consent import ToConsent, consent_content, subject_of
from seedfund.documents.service.issuing import InLanguages, ToIssue, write_in_languages
from seedfund.documents.service.signing import Signing, own
from seedfund.kernel.ids import Key
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "CN"


@dataclass(frozen=True, kw_only=True)
class IssueConsentPaper(Command):
    """The person whose consents are put on paper, in which languages (the programme's if not given), signed how.

    The first of the languages prevails.
    """

    participant: str
    languages: tuple[str, ...] = ()
    signing: Signing | None = None
    templates_dir: str = ""


@verb("documents.issue_consent_paper", roles=(*FIELD, *SEEING))
def issue_consent_paper(unit: Unit, command: IssueConsentPaper) -> PaperWritten:
    """Issue a consent form with the answers on record; later answers are put on a form of their own.

    Raises:
        NotFound: there is no such person, or it was erased.
        NotAllowed: the person is restricted.
        Refused: `no_consent_recorded`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`, `character_without_font`.
    """
    subject = subject_of(unit, command.participant)
    own(unit, subject, command.signing)
    asked = ToConsent(
        participant=command.participant,
        number="",
        languages=command.languages or (unit.programme.language,),
    )
    signing = command.signing or Signing()
    consent_content(unit, asked, signing=signing)  # a number is taken by what can be issued alone
    asked = replace(asked, number=unit.human_number(SERIES))
    return write_consent(unit, asked, signing=signing, subject=subject, templates_dir=command.templates_dir)


def write_consent(
    unit: Unit,
    asked: ToConsent,
    *,
    signing: Signing,
    subject: Key,
    templates_dir: str = "",
    is_correction: bool = False,
) -> PaperWritten:
    """Write a consent form and its translations inside a command.

    Raises:
        NotFound, NotAllowed, Refused: as `consent_content` and `write_issued`.
    """

    def build(language: str, number: str) -> ToIssue:
        return ToIssue(
            content=consent_content(unit, replace(asked, drawn=language, number=number), signing=signing),
            language=language,
            book_ids=(),
            subject_id=subject,
            is_correction=is_correction,
            templates_dir=templates_dir,
        )

    return PaperWritten.of(
        write_in_languages(unit, InLanguages(build, number=asked.number, languages=asked.languages))
    )
