"""Extracts for others: made and logged in one act, handed out as they were logged, and led back to a number on request.

An extract is a paper of the register (`EX-…`): who got it, in which engagement, for what, the day, and of every table
the columns, the number of rows and the SHA-256 of its file. There is no other way to its content than by its number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from seedfund.interchange.exports.extract import (
    FORM,
    GRANT_COLUMNS,
    KIND,
    PAYMENT_COLUMNS,
    PEOPLE_COLUMNS,
    ExtractFile,
    ExtractTerms,
    extract_files,
    numbers_by_token,
)
from seedfund.interchange.rules.extracting import EXTRACT_CHANGED, TOKEN_UNKNOWN
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused, refuse
from seedfund.kernel.roles import Role
from seedfund.people.queries import roles_of, sees_restricted
from seedfund.register.queries import TABLE, read_paper
from seedfund.register.service import NewPaper, write_paper
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.store.work import Work

SERIES: Final = "EX"
CONTROLLERS: Final = (Role.PROGRAMME_MANAGER, Role.DIRECTOR, Role.PROTECTION_OFFICER)
"""Who answers for the data, and so decides who gets some of it and leads a token back."""
_COLUMNS: Final = {
    "people.csv": PEOPLE_COLUMNS,
    "grants.csv": GRANT_COLUMNS,
    "payments.csv": PAYMENT_COLUMNS,
}
_LONGEST: Final = 200


@dataclass(frozen=True, kw_only=True)
class MakeExtract(Command):
    """Who gets an extract, in which engagement, for what, as of which day (today if not given).

    Within an engagement a person keeps their token; another recipient or engagement has others. With restricted people
    only where their data are needed, and only by who may see them.
    """

    recipient: str
    engagement: str
    purpose: str
    as_of: date | None = None
    with_restricted: bool = False


@dataclass(frozen=True, kw_only=True)
class ExtractMade:
    """The extract's number, the day it holds for, how many rows of each table, and the SHA-256 of its log."""

    number: str
    as_of: date
    people: int
    grants: int
    payments: int
    content_hash: str


@verb("interchange.make_extract", roles=CONTROLLERS)
def make_extract(unit: Unit, command: MakeExtract) -> ExtractMade:
    """Make a pseudonymised extract for a recipient and put on the register who gets what of it.

    Raises:
        InvalidInput: recipient, engagement or purpose is empty or too long, or the day is still to come.
        NotAllowed: it is to be made with restricted people, whom the actor does not see.
    """
    today = unit.work.today()
    as_of = command.as_of or today
    if as_of > today:
        raise InvalidInput(
            field="as_of", problem=f"{as_of} lies in the future", remedy="give today or an earlier day"
        )
    told = {name: _said(command, name) for name in ("recipient", "engagement", "purpose")}
    _check_restricted(unit.work, with_restricted=command.with_restricted)
    terms = ExtractTerms(
        number=unit.human_number(SERIES),
        recipient=told["recipient"],
        engagement=told["engagement"],
        as_of=as_of,
        known_at=unit.now,
        with_restricted=command.with_restricted,
    )
    files = extract_files(unit.work, terms)
    paper = write_paper(
        unit,
        NewPaper(
            kind=KIND,
            number=terms.number,
            languages=(),
            content=_log(terms, files, purpose=told["purpose"]),
            template_version=FORM,
            chain_head="",
        ),
    )
    counts = {file.name.removesuffix(".csv"): file.row_count for file in files}
    return ExtractMade(number=terms.number, as_of=as_of, content_hash=paper.content_hash, **counts)


@dataclass(frozen=True, kw_only=True)
class IdentifyTokens(Command):
    """The extract, the tokens that its recipient asks about (of a sample, say), and why."""

    extract: str
    tokens: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class TokenIdentified:
    """A token, what it stands for, and the number that has in the house."""

    token: str
    kind: str
    number: str


@dataclass(frozen=True, kw_only=True)
class TokensIdentified:
    """The numbers behind the tokens, in the order they were asked for."""

    identified: tuple[TokenIdentified, ...]


@verb("interchange.identify_tokens", roles=CONTROLLERS)
def identify_tokens(unit: Unit, command: IdentifyTokens) -> TokensIdentified:
    """Lead tokens of an extract back to the numbers of the house; who asked for which stays in the audit log.

    Raises:
        Refused: `token_unknown`.
        InvalidInput: no reason was given, or no token.
        NotFound: there is no such extract.
        NotAllowed: the extract was made with restricted people, whom the actor does not see.
    """
    reason = _said(command, "reason")
    if not command.tokens:
        raise InvalidInput(field="tokens", problem="no token was given", remedy="give one token at least")
    terms, _ = _terms(unit.work, command.extract)
    _check_restricted(unit.work, with_restricted=terms.with_restricted)
    known = numbers_by_token(unit.work, terms)
    wanted = [token.strip().lower() for token in command.tokens]
    refuse([TOKEN_UNKNOWN(number=terms.number, token=token) for token in wanted if token not in known])
    found = tuple(
        TokenIdentified(token=token, kind=known[token][0], number=known[token][1]) for token in wanted
    )
    unit.changed(TABLE, terms.number, {}, {"identified": list(wanted), "reason": reason})
    return TokensIdentified(identified=found)


def handed_out(work: Work, number: str) -> list[ExtractFile]:
    """The files of an extract that was made, byte for byte as they were logged.

    Raises:
        NotFound: there is no such extract.
        Refused: `extract_changed`.
        NotAllowed: the actor is none of those who hand out extracts, or does not see the restricted people in it.
    """
    if roles_of(work).isdisjoint(CONTROLLERS):
        raise NotAllowed("extracts are handed out by those who make them; ask the programme's manager.")
    terms, logged = _terms(work, number)
    _check_restricted(work, with_restricted=terms.with_restricted)
    files = extract_files(work, terms)
    if {file.name: file.sha256 for file in files} != logged:
        raise Refused([EXTRACT_CHANGED(number=terms.number)])
    return files


def _log(terms: ExtractTerms, files: list[ExtractFile], *, purpose: str) -> dict[str, Any]:
    return {
        "form": FORM,
        "recipient": terms.recipient,
        "engagement": terms.engagement,
        "purpose": purpose,
        "as_of": terms.as_of.isoformat(),
        "known_at": terms.known_at.isoformat(),
        "with_restricted": terms.with_restricted,
        "files": [
            {
                "name": file.name,
                "rows": file.row_count,
                "columns": [column.key for column in _COLUMNS[file.name]],
                "sha256": file.sha256,
            }
            for file in files
        ],
    }


def _terms(work: Work, number: str) -> tuple[ExtractTerms, Mapping[str, str]]:
    """The terms of an extract from the register, and the SHA-256 of each of its files."""
    wanted = number.strip().upper()
    paper = read_paper(work, wanted)
    if paper.row.kind != KIND:
        raise NotFound(what="extract", which=wanted, look="seedfund list papers")
    content = paper.values()
    terms = ExtractTerms(
        number=wanted,
        recipient=content["recipient"],
        engagement=content["engagement"],
        as_of=date.fromisoformat(content["as_of"]),
        known_at=datetime.fromisoformat(content["known_at"]),
        with_restricted=content["with_restricted"],
    )
    return terms, {file["name"]: file["sha256"] for file in content["files"]}


def _check_restricted(work: Work, *, with_restricted: bool) -> None:
    if with_restricted and not sees_restricted(work):
        raise NotAllowed(
            "an extract with restricted people is for who may see them; ask the protection officer."
        )


def _said(command: Command, field: str) -> str:
    text = " ".join(str(getattr(command, field)).split())
    if not text or len(text) > _LONGEST:
        raise InvalidInput(
            field=field, problem="it is empty or too long", remedy=f"say it in up to {_LONGEST} characters"
        )
    return text
