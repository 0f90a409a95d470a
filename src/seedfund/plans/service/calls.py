"""Calls: what is asked of plans, how they are scored and how a committee decides, set in force by two persons."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries.policies import policy_on
from seedfund.kernel.canonical import canonical_text, digest
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import NotFound, Refusal, refuse
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.plans.queries import CALL, CALL_IN_FORCE, CallFacts, CallTerms
from seedfund.plans.rules import (
    CALL_BY_ONE_PERSON,
    CALL_VERSION_TAKEN,
    CALL_WITHOUT_SHEET,
    strictest,
)
from seedfund.plans.tables import Call
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

APPROVE: Final = Write(
    lambda: (
        sa.update(Call)
        .where(col(Call.id) == sa.bindparam("this_id"))
        .values(approved_by=sa.bindparam("new_approver"), approved_at=sa.bindparam("new_instant"))
    )
)


@dataclass(frozen=True, kw_only=True)
class ProposeCall(Command):
    """A version of a call's rules; `terms.sheet` may be left out where the committee decides without scores."""

    code: str
    version: str
    terms: CallTerms


@dataclass(frozen=True, kw_only=True)
class CallRecorded:
    """The call's code, its version, and the hash of its rules."""

    code: str
    version: str
    content_hash: str


@verb("plans.propose_call", roles=(Role.PROGRAMME_MANAGER, Role.ECONOMIC_INCLUSION_EXPERT))
def propose_call(unit: Unit, command: ProposeCall) -> CallRecorded:
    """Propose a version of a call's rules; it is in force once a second person approves it.

    Raises:
        Refused: `call_version_taken`, `call_without_sheet`.
    """
    known = unit.first(CALL, programme=unit.programme.id, code=command.code, version=command.version)
    refusals = [CALL_VERSION_TAKEN(code=command.code, version=command.version)] if known else []
    refuse([*refusals, *_sheet_missing(unit, command.code, command.terms)])
    none: list[Secret] = []
    content = canonical_text(encode(command.terms, none))
    content_hash = digest("seedfund.call.v1", content.encode("utf-8"))
    unit.insert(
        Call,
        id=unit.key(),
        programme_id=unit.programme.id,
        code=command.code,
        version=command.version,
        content=content,
        content_hash=content_hash,
        proposed_by=unit.actor.id,
        proposed_at=unit.now,
        approved_by=None,
        approved_at=None,
    )
    unit.created("sf_call", f"{command.code} {command.version}", {"content_hash": content_hash})
    return CallRecorded(code=command.code, version=command.version, content_hash=content_hash)


def _sheet_missing(unit: Unit, code: str, terms: CallTerms) -> list[Refusal]:
    """Without a sheet no plan of the call could ever be given money where the call or the policy asks for scores."""
    policy = policy_on(unit, unit.programme.id, unit.occurred_on)
    asked = strictest(terms.committee_policy, *([] if policy is None else [policy.terms]))
    return [CALL_WITHOUT_SHEET(code=code)] if asked.scoring_required and terms.sheet is None else []


@dataclass(frozen=True, kw_only=True)
class ApproveCall(Command):
    """The version of a call that comes into force; `content_hash` is that of the rules the approver read."""

    code: str
    version: str
    content_hash: str


@verb("plans.approve_call", roles=(Role.DIRECTOR, Role.PROGRAMME_MANAGER))
def approve_call(unit: Unit, command: ApproveCall) -> CallRecorded:
    """Bring a proposed version into force; only somebody who did not propose it can.

    Raises:
        NotFound: no such version with that content was proposed.
        Refused: `call_by_one_person`, `call_without_sheet`.
    """
    call = unit.first(CALL, programme=unit.programme.id, code=command.code, version=command.version)
    if call is None or call.content_hash != command.content_hash:
        raise NotFound(what="proposed call", which=f"{command.code} {command.version}")
    by_one = [CALL_BY_ONE_PERSON(code=command.code)] if call.proposed_by == unit.actor.id else []
    refuse([*by_one, *_sheet_missing(unit, call.code, call.terms)])
    if call.approved_by is None:
        unit.execute(APPROVE, this_id=call.id, new_approver=unit.actor.id, new_instant=unit.now)
        unit.changed("sf_call", f"{call.code} {call.version}", {"in_force": False}, {"in_force": True})
    return CallRecorded(code=call.code, version=call.version, content_hash=call.content_hash)


def call_in_force(unit: Unit, code: str) -> CallFacts:
    """The newest approved version of a call.

    Raises:
        NotFound: none was approved yet.
    """
    found = unit.first(CALL_IN_FORCE, programme=unit.programme.id, code=code)
    if found is None:
        raise NotFound(what="call in force", which=code)
    return found
