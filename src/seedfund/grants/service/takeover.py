"""Taking over a running grant from books that are not ours: award, agreement, schedule and history in one act.

A programme never begins on day one. What others awarded, agreed and paid is entered as they told it, under the numbers
it has there; nothing of it was verified here, and that stands on the exceptions page and beside every figure of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.funds.queries import BenefitInForce, benefit_on
from seedfund.grants.queries.agreements import agreement_by_number
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.history import UNDER_AGREEMENT
from seedfund.grants.rules.awarding import check_parts
from seedfund.grants.rules.schedule import Schedule, check_schedule
from seedfund.grants.rules.takeover import (
    TakeoverIrregularity,
    against,
)
from seedfund.grants.rules.words import AgreementKind, BasisKind
from seedfund.grants.service.agreements import NewAgreement, write_draft, write_issue, write_paper_hash
from seedfund.grants.service.awards import (
    Basis,
    check_award,
    check_owner_of,
    share_of,
    write_grant,
    write_parts,
)
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts, lots, move_grant
from seedfund.grants.service.history import (
    KIND,
    BringForward,
    BroughtForwardDone,
    EarlierPayment,
    write_history,
)
from seedfund.grants.service.limits import Share
from seedfund.grants.service.owners import Owner, owner_asked
from seedfund.grants.service.schedules import write_schedule
from seedfund.grants.service.signing import AGREE, SIGN
from seedfund.grants.service.told import (
    TakeOverGrant,
    check_history,
    check_outside,
    check_shares,
    check_told,
    schedule_told,
)
from seedfund.grants.tables.history import GrantTakenOver
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import Money, total, zero
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import read_sha256
from seedfund.store.commands import verb
from seedfund.store.unit import Unit

REASON: Final = "taken over from earlier books; not verified here"


@dataclass(frozen=True, kw_only=True)
class GrantTakenOverDone:
    """The grant and agreement as we number them, and the amounts as told; `agreement` is empty where none is needed.

    `irregular` are the rules it is against; each stands on the exceptions page.
    """

    grant: str
    agreement: str
    approved: Money
    paid: Money
    justified: Money
    returned: Money
    irregular: tuple[TakeoverIrregularity, ...] = ()


@verb("grants.take_over", roles=(Role.FINANCE_APPROVER, Role.DIRECTOR))
def take_over(unit: Unit, command: TakeOverGrant) -> GrantTakenOverDone:
    """Enter a running grant as in force, with its gross history; awarding and signing were done elsewhere.

    What a new award of it would be refused for (range, eligibility, other support on the day of its approval …), a
    payment before the agreement and an agreement that stands for two grants keep it out of nothing; they stand on the
    exceptions page, rule by rule.

    Raises:
        NotFound: there is no such benefit, fund, line, household or participant.
        InvalidInput: a number is empty or too long, days do not follow one another, a tranche has a payment without its
            day, an amount is negative or in another currency, or the SHA-256 is none.
        Refused: `award_amount`, `award_currencies`, `line_twice`, `takeover_twice`, `takeover_agreement`,
            `takeover_no_agreement`, `takeover_tied`, `takeover_paid_before`, `history_paper`, `takeover_own_paper`,
            `owner_kind`, `household_needed`, `population_group_unknown`, `fund_other_currency`, `line_not_for`, what
            a schedule is refused for, `history_above_tranche`, `history_unbalanced`, `history_no_receipts`, and what
            the ledger refuses (`available_too_low`, `period_closed`).
    """
    refuse(check_parts(command.parts))
    check_told(unit, command)
    benefit = benefit_on(unit, unit.programme.id, command.benefit, unit.occurred_on)
    shares = [share_of(unit, part) for part in command.parts]
    amount = total((part.amount for part in command.parts), command.parts[0].amount.currency)
    schedule, owner = schedule_told(benefit, command), owner_asked(unit, command)
    refuse(
        [
            *check_outside(unit, command, benefit),
            *check_owner_of(benefit, owner),
            *check_shares(shares),
            *check_schedule(schedule, amount, start=command.approved_on),
            *check_history(command, benefit, amount.currency),
        ]
    )
    irregular = _irregular(
        unit, command, check_award(unit, benefit, owner, amount, shares=shares, on=command.approved_on)
    )
    grant = _write_grant(unit, command, amount, benefit=benefit, owner=owner, shares=shares)
    agreement = _bind(unit, command, grant, benefit=benefit, schedule=schedule)
    _write_taken_over(unit, command, grant)
    _write_irregular(unit, grant, irregular)
    history = _write_history(unit, command, grant)
    nothing = zero(amount.currency)
    return GrantTakenOverDone(
        grant=grant.number,
        agreement=agreement,
        approved=amount,
        paid=history.paid if history else nothing,
        justified=history.justified if history else nothing,
        returned=history.returned if history else nothing,
        irregular=tuple(irregular),
    )


def _write_grant(
    unit: Unit,
    command: TakeOverGrant,
    amount: Money,
    *,
    benefit: BenefitInForce,
    owner: Owner,
    shares: Sequence[Share],
) -> GrantRow:
    number, grant_id = unit.human_number(benefit.series), unit.key()
    outside = command.outside_number.strip()
    basis = Basis(
        BasisKind.EARLIER_BOOKS, outside, None, read_sha256(command.evidence_sha256), None, None, ()
    )
    write_grant(
        unit, (grant_id, number, amount), benefit=benefit, owner=owner, basis=basis, on=command.approved_on
    )
    parts = write_parts(unit, grant_id, number, shares)
    draft = EntryDraft(
        event="award_decided", subject=number, postings=recipes.award(parts), reason=f"{outside}: {REASON}"
    )
    write_entry(unit, draft)
    unit.created(
        "sf_grant",
        number,
        {"benefit": benefit.code, "amount": str(amount), "basis": basis.ref, "group": owner.group},
    )
    return load_grant(unit, number)


def _bind(
    unit: Unit, command: TakeOverGrant, grant: GrantRow, *, benefit: BenefitInForce, schedule: Schedule
) -> str:
    """Bring it into force, with the agreement it has if its benefit asks for one; returns our number of that."""
    parts = load_parts(unit, grant)
    if not benefit.terms.agreement_kind:
        version = write_schedule(unit, grant.id, schedule, grant.awarded)
        unit.execute(AGREE, this_id=grant.id, new_agreed=grant.awarded_minor, new_version=version)
        move_grant(unit, grant, "in_force", reason="earlier books")
        _commit(unit, parts, event="award_committed", subject=grant.number)
        return ""
    number = _write_agreement(
        unit, command, grant, parts, schedule=schedule, kind=benefit.terms.agreement_kind
    )
    move_grant(unit, grant, "in_force", reason=f"agreement {number}")
    _commit(unit, parts, event="agreement_signed", subject=number)
    return number


def _write_agreement(
    unit: Unit,
    command: TakeOverGrant,
    grant: GrantRow,
    parts: Sequence[LoadedPart],
    *,
    schedule: Schedule,
    kind: str,
) -> str:
    """The agreement that was signed elsewhere: its paper is the statement, its signatures are not ours to tell."""
    sha256 = read_sha256(command.evidence_sha256)
    draft = NewAgreement(
        kind=AgreementKind(kind),
        amount=grant.awarded,
        before=zero(grant.currency),
        schedule=schedule,
        parts={item.row.id: Money(item.row.awarded_minor, grant.currency) for item in parts},
        language="es",
        basis_ref=command.agreement_number.strip(),
        basis_hash=sha256,
    )
    write_draft(unit, grant, draft)
    number = write_issue(unit, grant.number).number
    agreement = agreement_by_number(unit, unit.programme.id, number)
    write_paper_hash(unit, agreement, paper_id=None, paper_hash=sha256)
    unit.execute(SIGN, this_id=agreement.id, new_on=command.agreed_on, new_by=unit.actor.id)
    unit.execute(
        AGREE, this_id=grant.id, new_agreed=agreement.amount_minor, new_version=agreement.schedule_version
    )
    signed = {"state": "signed", "on": str(command.agreed_on), "outside": draft.basis_ref}
    unit.changed("sf_agreement", number, {"state": "issued"}, signed)
    return number


def _commit(unit: Unit, parts: Sequence[LoadedPart], *, event: str, subject: str) -> None:
    rows = recipes.sign(lots(parts, [item.position.awarded for item in parts]))
    write_entry(unit, EntryDraft(event=event, subject=subject, postings=rows))


def _write_taken_over(unit: Unit, command: TakeOverGrant, grant: GrantRow) -> None:
    outside = command.outside_number.strip()
    facts = {"approved": str(grant.awarded), "outside": outside}
    exception = write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind=KIND,
        subject_number=grant.number,
        reason=REASON,
        facts=facts,
    )
    taken = unit.key()
    unit.insert(
        GrantTakenOver,
        id=taken,
        programme_id=unit.programme.id,
        grant_id=grant.id,
        outside_number=outside,
        approved_on=command.approved_on,
        approved_minor=grant.awarded_minor,
        agreement_number=command.agreement_number.strip(),
        agreed_on=command.agreed_on,
        cut_off=command.cut_off,
        evidence_sha256=read_sha256(command.evidence_sha256),
        exception_id=exception,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_grant_taken_over", taken, {"grant": grant.number, **facts})


def _irregular(
    unit: Unit, command: TakeOverGrant, refusals: Sequence[Refusal]
) -> dict[TakeoverIrregularity, Mapping[str, str]]:
    """The rules it is against, with the facts of each."""
    found: dict[TakeoverIrregularity, Mapping[str, str]] = {
        rule: {"code": one.code, **one.facts} for rule, one in against(refusals).items()
    }
    agreement, agreed_on = command.agreement_number.strip(), command.agreed_on
    early = [day for day in command.paid_on.values() if agreed_on is not None and day < agreed_on]
    if early:
        found[TakeoverIrregularity.PAID_UNAGREED] = {"paid_on": str(min(early)), "agreed_on": str(agreed_on)}
    same = unit.all(UNDER_AGREEMENT, programme=unit.programme.id, agreement=agreement) if agreement else []
    if same:
        found[TakeoverIrregularity.SAME_AGREEMENT] = {"agreement": agreement, "grants": ", ".join(same)}
    return found


def _write_irregular(
    unit: Unit, grant: GrantRow, found: Mapping[TakeoverIrregularity, Mapping[str, str]]
) -> None:
    """What it is against stands on the exceptions page, for whoever decides whether it goes on."""
    for irregularity, facts in found.items():
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="grant_taken_over",
            subject_number=grant.number,
            reason=irregularity.value,
            facts=facts,
        )


def _write_history(unit: Unit, command: TakeOverGrant, grant: GrantRow) -> BroughtForwardDone | None:
    """What was paid, justified and returned, as far as anything was."""
    paid = tuple(
        EarlierPayment(tranche=place, amount=one.paid, paid_on=one.paid_on)
        for place, one in enumerate(command.tranches, start=1)
        if one.paid is not None and one.paid_on is not None
    )
    if not paid:
        return None
    told = BringForward(
        key=command.key,
        grant=grant.number,
        outside_number=command.outside_number,
        cut_off=command.cut_off,
        paid=paid,
        evidence_sha256=command.evidence_sha256,
        justified=command.justified,
        returned=command.returned,
    )
    return write_history(unit, told)


COMMANDS: Final[tuple[Any, ...]] = (take_over,)
