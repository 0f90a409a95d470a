"""Issuing the papers that bind: an agreement or adenda gets its number, its content and its paper in one command."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

from seedfund.documents.content import AddendumContent, AgreementContent, ScholarshipAgreementContent
from seedfund.documents.rules.papers import PAPER_ISSUED_BEFORE, PAPER_OF_OTHER_COMMAND
from seedfund.documents.service.contents.addendum import Amendment, addendum_content
from seedfund.documents.service.contents.scholarship import agreement_of_grant
from seedfund.documents.service.issuing import InLanguages, ToIssue, WrittenInLanguages, write_in_languages
from seedfund.documents.service.signing import Signing, own
from seedfund.grants.queries.agreements import open_agreement
from seedfund.grants.queries.grants import GrantRow, grant_by_number, parts_of
from seedfund.grants.rules.awarding import NO_DRAFT
from seedfund.grants.rules.words import AgreementKind
from seedfund.grants.service import write_agreement_paper
from seedfund.grants.service.agreements import DRAFTERS, write_issue
from seedfund.kernel.errors import Refused
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

ISSUERS: Final = (*DRAFTERS, Role.PROTECTION_OFFICER, Role.DIRECTOR)
"""Who issues agreements; a restricted person's paper is issued by who may see the name."""
Agreement = AgreementContent | ScholarshipAgreementContent
"""What a first agreement says: of a plan, or of a course."""
Build = Callable[[str], Agreement | AddendumContent]
"""The content of an agreement in one of its languages."""


@dataclass(frozen=True, kw_only=True)
class PaperWritten:
    """A paper on the register: its number, kind, version and SHA-256, and the numbers of its translations."""

    number: str
    kind: str
    version: int
    content_hash: str
    translations: tuple[str, ...] = ()

    @classmethod
    def of(cls, issued: WrittenInLanguages) -> Self:
        """A paper in its languages as commands answer it."""
        return cls(
            number=issued.paper.number,
            kind=issued.kind,
            version=issued.paper.version,
            content_hash=issued.paper.content_hash,
            translations=issued.translations,
        )


@dataclass(frozen=True, kw_only=True)
class IssueAgreementPaper(Command):
    """The grant whose agreement is issued, how the participant will sign, and in which languages.

    The first of the languages prevails (the agreement's own where none is given). `templates_dir` is the programme's
    own folder of wordings.
    """

    grant: str
    languages: tuple[str, ...] = ()
    signing: Signing | None = None
    templates_dir: str = ""


@verb("documents.issue_agreement_paper", roles=ISSUERS)
def issue_agreement_paper(unit: Unit, command: IssueAgreementPaper) -> PaperWritten:
    """Issue a grant's agreement with its paper; a draft gets its number in the same step.

    Raises:
        NotFound: there is no such grant, or its person was erased.
        NotAllowed: its person is restricted.
        Refused: `no_draft`, `paper_of_other_command`, `paper_issued_before`, `plan_and_amount_differ`,
            `paper_terms_missing`, `paper_terms_without_language`, `policy_missing`, `language_without_words`,
            `character_without_font`, `chain_heads_too_long`.
    """
    opened = _numbered(unit, command.grant, is_adenda=False)
    own(unit, opened.grant.participant_id, command.signing)
    languages = command.languages or (opened.language,)
    signing = command.signing or Signing()

    def build(language: str) -> Agreement:
        return agreement_of_grant(
            unit, opened.grant, opened.number, signing=signing, languages=languages, drawn=language
        )

    return write_agreement(unit, opened, build, languages=languages, templates_dir=command.templates_dir)


@dataclass(frozen=True, kw_only=True)
class IssueAddendumPaper(Command):
    """The grant whose adenda is issued, why it was drafted, and what else it changes beside schedule and money.

    Without `ends_on` the agreement runs as long as before, or until its last tranche. The words are sealed.
    """

    grant: str
    reason: Secret
    changes: tuple[Secret, ...] = ()
    ends_on: date | None = None
    languages: tuple[str, ...] = ()
    signing: Signing | None = None
    templates_dir: str = ""


@verb("documents.issue_addendum_paper", roles=ISSUERS)
def issue_addendum_paper(unit: Unit, command: IssueAddendumPaper) -> PaperWritten:
    """Issue a grant's adenda with its paper; a draft gets its number in the same step.

    Raises:
        NotFound: there is no such grant, or its person was erased.
        NotAllowed: its person is restricted.
        Refused: `no_draft`, `paper_of_other_command`, `paper_issued_before`, `paper_terms_missing`,
            `paper_terms_without_language`, `language_without_words`, `character_without_font`, `chain_heads_too_long`.
    """
    opened = _numbered(unit, command.grant, is_adenda=True)
    amendment = Amendment(reason=command.reason, changes=command.changes, ends_on=command.ends_on)
    own(unit, opened.grant.participant_id, command.signing, *amendment.secrets())
    languages = command.languages or (opened.language,)
    signing = command.signing or Signing()

    def build(language: str) -> AddendumContent:
        return addendum_content(
            unit, opened.number, signing=signing, languages=languages, amendment=amendment, drawn=language
        )

    return write_agreement(unit, opened, build, languages=languages, templates_dir=command.templates_dir)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A locked grant with the number and language of the agreement under way."""

    grant: GrantRow = field(repr=False)
    number: str
    language: str
    is_correction: bool = False


def _numbered(unit: Unit, grant_number: str, *, is_adenda: bool) -> Opened:
    """The agreement that is open; a draft is issued."""
    grant = grant_by_number(unit, unit.programme.id, grant_number, locked=True)
    row = open_agreement(unit, grant.id)
    if row is None:
        raise Refused([NO_DRAFT(number=grant.number)])
    if (row.kind == AgreementKind.ADENDA) != is_adenda:
        other = "documents.issue_agreement_paper" if is_adenda else "documents.issue_addendum_paper"
        raise Refused([PAPER_OF_OTHER_COMMAND(number=grant.number, kind=row.kind, command=other)])
    if row.paper_id is not None:
        raise Refused([PAPER_ISSUED_BEFORE(number=row.shown)])
    number = write_issue(unit, grant.number).number if row.state == "draft" else row.shown
    return Opened(grant=grant, number=number, language=row.language)


def write_agreement(
    unit: Unit, opened: Opened, build: Build, *, languages: tuple[str, ...], templates_dir: str = ""
) -> PaperWritten:
    """Write an agreement's paper, tie the agreement to it, and write its translations beside it.

    Raises:
        Refused: `character_without_font`, `chain_heads_too_long`, or what the wording is refused for.
    """
    grant = opened.grant
    books = tuple(part.book_id for part in parts_of(unit, [grant.id])[grant.id])

    def issue(language: str, number: str) -> ToIssue:
        return ToIssue(
            content=replace(build(language), number=number),
            language=language,
            book_ids=books,
            subject_id=grant.participant_id,
            is_correction=opened.is_correction,
            templates_dir=templates_dir,
        )

    issued = write_in_languages(unit, InLanguages(issue, number=opened.number, languages=languages))
    write_agreement_paper(unit, opened.number, issued.paper)
    return PaperWritten.of(issued)
