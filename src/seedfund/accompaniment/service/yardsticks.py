"""Instruments and criteria: proposed by one person, brought into force as a further version by another."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.accompaniment.queries.households import yardstick_on
from seedfund.accompaniment.queries.statements import LAST_YARDSTICK
from seedfund.accompaniment.queries.yardsticks import instrument_in
from seedfund.accompaniment.rules import graduation, scoring
from seedfund.accompaniment.rules.graduation import GraduationTerms
from seedfund.accompaniment.rules.scoring import Instrument
from seedfund.accompaniment.rules.words import YardstickKind
from seedfund.accompaniment.service.common import DECIDE, MANAGE
from seedfund.accompaniment.tables.yardsticks import Yardstick
from seedfund.approvals.service import approved_content, write_proposal
from seedfund.approvals.service.proposals import ProposalMade
from seedfund.kernel.canonical import canonical_bytes, canonical_text, digest
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import InvalidInput, Refusal
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "yardstick"
HASH_DOMAIN: Final = "seedfund.yardstick.v1"
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}", flags=re.ASCII)


@dataclass(frozen=True, kw_only=True)
class DefineInstrument(Command):
    """An instrument's code, its questions, and from when they are asked (today if not given)."""

    code: str
    terms: Instrument
    effective_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class DefineGraduation(Command):
    """The code of criteria of graduation, what they are, and from when they hold (today if not given)."""

    code: str
    terms: GraduationTerms
    effective_from: date | None = None


@verb("accompaniment.define_instrument", roles=MANAGE)
def define_instrument(unit: Unit, command: DefineInstrument) -> ProposalMade:
    """Propose an instrument, or a further version of one; a second person approves.

    Raises:
        InvalidInput: the code cannot be used.
        Refused: `instrument_empty`, `question_repeated`, `question_options`, `question_weight`,
            `proposal_backdated`.
    """
    refusals = scoring.check_instrument(command.code, command.terms)
    return _propose(unit, YardstickKind.INSTRUMENT, command, refusals)


@verb("accompaniment.define_graduation", roles=MANAGE)
def define_graduation(unit: Unit, command: DefineGraduation) -> ProposalMade:
    """Propose criteria of graduation, or a further version of them; a second person approves.

    Raises:
        InvalidInput: the code cannot be used.
        NotFound: the instrument they look at is not in force.
        Refused: `graduation_requires_nothing`, `graduation_criterion_repeated`, `graduation_bar`,
            `graduation_on_no_question`, `graduation_on_no_dimension`, `proposal_backdated`.
    """
    instrument = instrument_in(
        yardstick_on(
            unit,
            unit.programme.id,
            (YardstickKind.INSTRUMENT, command.terms.instrument),
            command.effective_from or unit.work.today(),
        )
    )
    refusals = graduation.check_terms(command.code, command.terms, instrument)
    return _propose(unit, YardstickKind.GRADUATION, command, refusals)


def _propose(
    unit: Unit,
    kind: YardstickKind,
    command: DefineInstrument | DefineGraduation,
    refusals: list[Refusal],
) -> ProposalMade:
    if not _CODE.fullmatch(command.code):
        raise InvalidInput(
            field="code",
            problem=f"{command.code!r} is not a code",
            remedy="use small letters, digits and underscores, such as seed_capital",
        )
    return write_proposal(
        unit,
        KIND,
        content={"kind": kind.value, "code": command.code, "terms": encode(command.terms, [])},
        effective_from=command.effective_from or unit.work.today(),
        also=refusals,
    )


@dataclass(frozen=True, kw_only=True)
class ApproveYardstick(Command):
    """The proposed instrument or criteria."""

    number: str


@dataclass(frozen=True, kw_only=True)
class YardstickApproved:
    """What is in force: its kind, its code, the version now known, and from which day it holds."""

    kind: YardstickKind
    code: str
    version: int
    effective_from: date


@verb("accompaniment.approve_yardstick", roles=DECIDE)
def approve_yardstick(unit: Unit, command: ApproveYardstick) -> YardstickApproved:
    """Bring an instrument or criteria into force as the second person; what was measured before keeps its version.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`.
    """
    proposal = approved_content(unit, command.number, kind=KIND)
    content = proposal.content
    kind, code = YardstickKind(content["kind"]), str(content["code"])
    version = unit.one(LAST_YARDSTICK, programme=unit.programme.id, kind=kind.value, code=code) + 1
    effective_from = max(proposal.effective_from, unit.work.today())
    content_hash = digest(HASH_DOMAIN, canonical_bytes(content["terms"]))
    unit.insert(
        Yardstick,
        id=unit.key(),
        programme_id=unit.programme.id,
        kind=kind.value,
        code=code,
        version=version,
        content=canonical_text(content["terms"]),
        content_hash=content_hash,
        effective_from=effective_from,
        proposal_id=proposal.id,
        proposed_by=proposal.proposed_by,
        approved_by=unit.actor.id,
    )
    unit.created(
        "sf_yardstick", f"{kind.value} {code} v{version}", {"content_hash": content_hash, "version": version}
    )
    return YardstickApproved(kind=kind, code=code, version=version, effective_from=effective_from)
