"""Issuing the papers that bind: an agreement or adenda gets its number, its content and its paper in one command."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from seedfund.documents.content import Content
from seedfund.documents.rules.papers import PAPER_ISSUED_BEFORE, PAPER_OF_OTHER_COMMAND
from seedfund.documents.service.contents.agreement import agreement_content
from seedfund.documents.service.issuing import ToIssue, write_issued
from seedfund.documents.service.printing import TRANSLATION
from seedfund.documents.service.signing import Signing, own
from seedfund.grants.queries.agreements import open_agreement
from seedfund.grants.queries.grants import GrantRow, grant_by_number, parts_of
from seedfund.grants.rules.awarding import NO_DRAFT
from seedfund.grants.rules.words import AgreementKind
from seedfund.grants.service import write_agreement_paper
from seedfund.grants.service.agreements import DRAFTERS, write_issue
from seedfund.kernel.errors import Refused
from seedfund.kernel.roles import Role
from seedfund.register.service import PaperIssued
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

ISSUERS: Final = (*DRAFTERS, Role.PROTECTION_OFFICER, Role.DIRECTOR)
"""Who issues agreements; a restricted person's paper is issued by who may see the name."""
Builder = Callable[..., Content]


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


@dataclass(frozen=True, kw_only=True)
class PaperOfGrant:
    """The grant, the paper's number and version, its SHA-256, and the numbers of its translations."""

    grant: str
    number: str
    version: int
    content_hash: str
    translations: tuple[str, ...] = ()


@verb("documents.issue_agreement_paper", roles=ISSUERS)
def issue_agreement_paper(unit: Unit, command: IssueAgreementPaper) -> PaperOfGrant:
    """Issue a grant's agreement with its paper; a draft gets its number in the same step.

    Raises:
        NotFound: there is no such grant, or its person was erased.
        NotAllowed: its person is restricted.
        Refused: `no_draft`, `paper_of_other_command`, `paper_issued_before`, `plan_and_amount_differ`,
            `paper_terms_missing`, `paper_terms_without_language`, `policy_missing`, `language_without_words`,
            `character_without_font`, `chain_heads_too_long`.
    """
    return _issue(unit, command, agreement_content, is_adenda=False)


def _issue(unit: Unit, command: IssueAgreementPaper, build: Builder, *, is_adenda: bool) -> PaperOfGrant:
    grant, number, language = _numbered(unit, command.grant, is_adenda=is_adenda)
    own(unit, grant.participant_id, command.signing)
    return write_agreement(
        unit,
        grant,
        number=number,
        build=build,
        asked=Asked(
            languages=command.languages or (language,),
            signing=command.signing or Signing(),
            templates_dir=command.templates_dir,
        ),
    )


def _numbered(unit: Unit, grant_number: str, *, is_adenda: bool) -> tuple[GrantRow, str, str]:
    """The grant, locked, with the number and language of the agreement that is open; a draft is issued."""
    grant = grant_by_number(unit, unit.programme.id, grant_number, locked=True)
    row = open_agreement(unit, grant.id)
    if row is None:
        raise Refused([NO_DRAFT(number=grant.number)])
    if (row.kind == AgreementKind.ADENDA) != is_adenda:
        verb_name = "documents.issue_agreement_paper" if is_adenda else "documents.issue_addendum_paper"
        raise Refused([PAPER_OF_OTHER_COMMAND(number=grant.number, kind=row.kind, command=verb_name)])
    if row.paper_id is not None:
        raise Refused([PAPER_ISSUED_BEFORE(number=row.shown)])
    number = write_issue(unit, grant.number).number if row.state == "draft" else row.shown
    return grant, number, row.language


@dataclass(frozen=True, kw_only=True)
class Asked:
    """In which languages a paper is issued, how it will be signed, from whose wordings, and what it corrects."""

    languages: tuple[str, ...]
    signing: Signing
    templates_dir: str = ""
    replaces_version: int | None = None


def write_agreement(
    unit: Unit, grant: GrantRow, *, number: str, build: Builder, asked: Asked
) -> PaperOfGrant:
    """Write an agreement's paper, tie the agreement to it, and write its translations beside it."""
    books = tuple(part.book_id for part in parts_of(unit, [grant.id])[grant.id])

    def issue(language: str, shown: str) -> PaperIssued:
        content: Any = build(unit, number, signing=asked.signing, languages=asked.languages, drawn=language)
        return write_issued(
            unit,
            ToIssue(
                content=replace(content, number=shown),
                language=language,
                book_ids=books,
                subject_id=grant.participant_id,
                replaces_version=asked.replaces_version,
                templates_dir=asked.templates_dir,
            ),
        )

    paper = issue(asked.languages[0], number)
    write_agreement_paper(unit, number, paper)
    others = tuple(
        issue(one, TRANSLATION.format(number=number, language=one.upper())).number
        for one in dict.fromkeys(asked.languages[1:])
        if one != asked.languages[0]
    )
    return PaperOfGrant(
        grant=grant.number,
        number=paper.number,
        version=paper.version,
        content_hash=paper.content_hash,
        translations=others,
    )
