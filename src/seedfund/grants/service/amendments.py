"""Adendas: a new schedule, and the money with it, never below what is paid or on the way."""

from dataclasses import dataclass

from seedfund.funds.queries import benefit_by_id
from seedfund.grants.queries.agreements import (
    AgreementRow,
    agreement_parts,
    agreements_of,
    signed_agreement,
)
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.late import late_of
from seedfund.grants.queries.tranches import schedule_of
from seedfund.grants.queries.used import used_now
from seedfund.grants.rules.awarding import (
    AGREEMENT_KIND_STATE,
    RAISE_PAPER,
    check_agreement_kind,
    check_amount_change,
    split_change,
)
from seedfund.grants.rules.late import check_late
from seedfund.grants.rules.schedule import check_amendment, check_cleared, check_schedule
from seedfund.grants.rules.words import AgreementKind
from seedfund.grants.service.agreements import (
    DRAFTERS,
    AgreementChanged,
    NewAgreement,
    check_no_other,
    write_draft,
)
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts, lots
from seedfund.grants.service.limits import check_raise
from seedfund.grants.service.schedules import TrancheAsked, schedule_asked
from seedfund.grants.service.substitutes import died_on
from seedfund.kernel.errors import Corrupt, Refusal, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.register.queries import evidence_by_hash
from seedfund.register.rules import EvidenceKind, missing_evidence, read_sha256
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class AmendAgreement(Command):
    """A new whole schedule for a grant in force; its sum is the new amount.

    A tranche that was touched keeps its place; the schedule may stay as it is where a substitute takes the place of a
    participant who died. A raise names the decision that allows it (`basis_ref`) and the minutes or act of authority
    (`basis_sha256`) that another person filed.
    """

    grant: str
    tranches: tuple[TrancheAsked, ...]
    basis_ref: str = ""
    basis_sha256: str | None = None
    language: str = "es"


@verb("grants.amend_agreement", roles=DRAFTERS)
def amend_agreement(unit: Unit, command: AmendAgreement) -> AgreementChanged:
    """Draft an adenda; it is issued and signed like an agreement, and the money moves when it is signed.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: a condition cannot be read, or an amount is in another currency.
        Refused: `agreement_kind_state`, `agreement_open`, `late_result_waits`, `schedule_unchanged`,
            `tranche_below_paid`, `raise_without_basis`, `lowered_below_used`, what a schedule is refused for, and for
            a raise `raise_paper_missing`, `award_range`, `fund_not_eligible`, `fund_not_open`, `line_not_for` and
            `double_support`.
    """
    grant = load_grant(unit, command.grant)
    before = signed_agreement(agreements_of(unit, [grant.id])[grant.id])
    if before is None or check_agreement_kind(AgreementKind.ADENDA, grant.state):
        raise Refused([AGREEMENT_KIND_STATE(state=grant.state, kind=AgreementKind.ADENDA.value)])
    schedule = schedule_asked(command.tranches)
    amount = schedule.total(grant.currency)
    used = used_now(unit, grant)
    has_basis = bool(command.basis_ref.strip() and command.basis_sha256)
    refuse(
        [
            *check_no_other(unit, grant),
            *check_late(grant.number, late_of(unit, [grant.id])[grant.id]),
            *check_schedule(schedule, amount, start=grant.awarded_on),
            *check_cleared(schedule, is_tied=_is_tied(unit, grant)),
            *check_amendment(
                schedule_of(unit, grant.id, grant.schedule_version),
                schedule,
                used=used,
                is_substitution=died_on(unit, grant) is not None,
            ),
            *check_amount_change(
                before=grant.agreed, after=amount, used=tuple(used.values()), has_basis=has_basis
            ),
            *_check_raise(unit, command, grant, before=before, amount=amount),
        ]
    )
    draft = NewAgreement(
        kind=AgreementKind.ADENDA,
        amount=amount,
        before=grant.agreed,
        schedule=schedule,
        parts=_new_parts(unit, grant, before, amount),
        language=command.language,
        amends=before.id,
        basis_ref=command.basis_ref.strip(),
        basis_hash=_basis_hash(unit, command),
    )
    return write_draft(unit, grant, draft)


def _is_tied(unit: Unit, grant: GrantRow) -> bool:
    return benefit_by_id(unit, grant.benefit_type_id).terms.attendance_tied


def _check_raise(
    unit: Unit, command: AmendAgreement, grant: GrantRow, *, before: AgreementRow, amount: Money
) -> list[Refusal]:
    """Why the grant is not raised; a schedule of the same amount or less is asked for none of it."""
    if amount <= grant.agreed:
        return []
    now, after = agreement_parts(unit, before.id), _new_parts(unit, grant, before, amount)
    more = {part: whole.minor - now.get(part, 0) for part, whole in after.items()}
    return [*_check_paper(unit, command), *check_raise(unit, grant, amount, more)]


def _check_paper(unit: Unit, command: AmendAgreement) -> list[Refusal]:
    """A raise is decided like an award: its minutes, or the act of authority, were filed by another hand."""
    if not (command.basis_ref.strip() and command.basis_sha256):
        return []
    sha256 = read_sha256(command.basis_sha256)
    filed = evidence_by_hash(unit, unit.programme.id, [sha256]).values()
    kinds = [EvidenceKind(row.kind) for row in filed if row.recorded_by != unit.actor.id]
    return [RAISE_PAPER(basis=command.basis_ref.strip())] if missing_evidence("award", kinds) else []


def _basis_hash(unit: Unit, command: AmendAgreement) -> str:
    if command.basis_sha256 is None:
        return ""
    filed = write_evidence_file(
        unit,
        read_sha256(command.basis_sha256),
        kind=EvidenceKind.AUTHORITY,
        description=f"decision {command.basis_ref.strip()}",
    )
    return filed.sha256


def _new_parts(unit: Unit, grant: GrantRow, before: AgreementRow, amount: Money) -> dict[Key, Money]:
    """The new whole of each part: raised by what was promised, lowered by what is promised and still free."""
    parts, promised = load_parts(unit, grant), agreement_parts(unit, before.id)
    old = [Money(promised.get(item.row.id, 0), grant.currency) for item in parts]
    free = [Money(item.position.committed_free, grant.currency) for item in parts]
    changes = split_change(old if amount > grant.agreed else free, before=grant.agreed, after=amount)
    return {item.row.id: was + change for item, was, change in zip(parts, old, changes, strict=True)}


def post_amendment(unit: Unit, grant: GrantRow, adenda: AgreementRow) -> None:
    """Move the money of a signed adenda (accounting: row 14), checked against what happened since it was drafted.

    Raises:
        Refused: `late_result_waits`, `tranche_below_paid`, `lowered_below_used`, what limits a raise, or what the
            ledger refuses.
    """
    if adenda.amends_id is None:
        raise Corrupt("an adenda amends no agreement; run: seedfund audit verify")
    used = used_now(unit, grant)
    schedule = schedule_of(unit, grant.id, adenda.schedule_version)
    amount = Money(adenda.amount_minor, grant.currency)
    changed = check_amendment(
        schedule_of(unit, grant.id, grant.schedule_version),
        schedule,
        used=used,
        is_substitution=died_on(unit, grant) is not None,
    )
    parts = load_parts(unit, grant)
    deltas = _deltas(parts, agreement_parts(unit, adenda.amends_id), agreement_parts(unit, adenda.id))
    more = {item.row.id: delta for item, delta in zip(parts, deltas, strict=True)}
    refuse(
        [
            *check_late(grant.number, late_of(unit, [grant.id])[grant.id]),
            *changed,
            *check_amount_change(
                before=grant.agreed, after=amount, used=tuple(used.values()), has_basis=True
            ),
            *(check_raise(unit, grant, amount, more) if amount > grant.agreed else []),
        ]
    )
    raised = recipes.raise_agreement(lots(parts, [max(delta, 0) for delta in deltas]))
    lowered = recipes.lower_agreement(lots(parts, [max(-delta, 0) for delta in deltas]))
    if raised or lowered:
        draft = EntryDraft(event="agreement_amended", subject=adenda.shown, postings=(*lowered, *raised))
        write_entry(unit, draft)


def _deltas(parts: list[LoadedPart], before: dict[Key, int], after: dict[Key, int]) -> list[int]:
    return [after.get(item.row.id, 0) - before.get(item.row.id, 0) for item in parts]
