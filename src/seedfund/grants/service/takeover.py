"""Taking over a running grant from books that are not ours: award, agreement, schedule and history in one act.

A programme never begins on day one. What others awarded, agreed and paid is entered as they told it, under the numbers
it has there; nothing of it was verified here, and that stands on the exceptions page and beside every figure of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.funds.queries import BenefitInForce, benefit_on
from seedfund.funds.rules.budgets import check_amount, check_line_kind
from seedfund.funds.rules.words import LineKind
from seedfund.grants.queries.agreements import agreement_by_number
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.history import TAKEN_AS
from seedfund.grants.rules.awarding import AwardPart, check_parts
from seedfund.grants.rules.history import HISTORY_NO_RECEIPTS, HISTORY_PAPER, check_amounts
from seedfund.grants.rules.schedule import Schedule, TrancheTerms, check_schedule, conditions_from_text
from seedfund.grants.rules.takeover import TAKEOVER_OWN_PAPER, check_takeover, days_in_order
from seedfund.grants.rules.words import AgreementKind, BasisKind, Delivery, OwnerKind
from seedfund.grants.service.agreements import NewAgreement, write_draft, write_issue, write_paper_hash
from seedfund.grants.service.awards import Basis, check_owner_of, share_of, write_grant, write_parts
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts, lots, move_grant
from seedfund.grants.service.history import (
    KIND,
    BringForward,
    BroughtForwardDone,
    EarlierPayment,
    papers_of,
    write_history,
)
from seedfund.grants.service.limits import Share
from seedfund.grants.service.owners import Owner, owner_asked
from seedfund.grants.service.schedules import write_schedule
from seedfund.grants.service.signing import AGREE, SIGN
from seedfund.grants.tables.history import GrantTakenOver
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.money import Money, total, zero
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import read_sha256
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

NUMBER_MAX: Final = 60
REASON: Final = "taken over from earlier books; not verified here"


@dataclass(frozen=True, kw_only=True)
class EarlierTranche:
    """A tranche of a running grant: its amount, the day it is or was planned for, what of it was paid and when last."""

    amount: Money
    due_on: date | None = None
    paid: Money | None = None
    paid_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TakeOverGrant(Command):
    """A running grant as the earlier books tell it at a cut-off date: approved, paid, justified, returned.

    `parts` are the lines it was approved from, `tranches` its schedule with what was paid of each. The owner is a
    `household`, a `participant`, or a group or organisation (`owner_name`, with the participant who represents it).
    `outside_number` and `agreement_number` are kept as they were; `evidence_sha256` is the signed statement of the
    earlier books, filed by another hand. Conditions of what is left are those of the benefit, by place.
    """

    benefit: str
    parts: tuple[AwardPart, ...]
    tranches: tuple[EarlierTranche, ...]
    outside_number: str
    approved_on: date
    cut_off: date
    evidence_sha256: str
    owner_kind: OwnerKind = OwnerKind.HOUSEHOLD
    owner_name: str = ""
    participant: str = ""
    household: str = ""
    agreement_number: str = ""
    agreed_on: date | None = None
    justified: Money | None = None
    returned: Money | None = None


@dataclass(frozen=True, kw_only=True)
class GrantTakenOverDone:
    """The grant and agreement as we number them, and the amounts as told; `agreement` is empty where none is needed."""

    grant: str
    agreement: str
    approved: Money
    paid: Money
    justified: Money
    returned: Money


@verb("grants.take_over", roles=(Role.FINANCE_APPROVER, Role.DIRECTOR))
def take_over(unit: Unit, command: TakeOverGrant) -> GrantTakenOverDone:
    """Enter a running grant as in force, with its gross history; awarding and signing were done elsewhere.

    Raises:
        NotFound: there is no such benefit, fund, line, household or participant.
        InvalidInput: a number is empty or too long, days do not follow one another, a tranche has a payment without its
            day, an amount is negative or in another currency, or the SHA-256 is none.
        Refused: `award_amount`, `award_currencies`, `line_twice`, `takeover_twice`, `takeover_agreement`,
            `takeover_no_agreement`, `takeover_tied`, `history_paper`, `takeover_own_paper`, `owner_kind`,
            `household_needed`, `population_group_unknown`, `fund_other_currency`, `line_not_for`, what a schedule is
            refused for, `history_above_tranche`, `history_unbalanced`, `history_no_receipts`, and what the ledger
            refuses (`available_too_low`, `period_closed`).
    """
    refuse(check_parts(command.parts))
    _check_told(unit, command)
    benefit = benefit_on(unit, unit.programme.id, command.benefit, unit.occurred_on)
    shares = [share_of(unit, part) for part in command.parts]
    amount = total((part.amount for part in command.parts), command.parts[0].amount.currency)
    schedule, owner = _schedule(benefit, command), owner_asked(unit, command)
    refuse(
        [
            *_check_outside(unit, command, benefit),
            *check_owner_of(benefit, owner),
            *_check_shares(shares),
            *check_schedule(schedule, amount, start=command.approved_on),
            *_check_history(command, benefit, amount.currency),
        ]
    )
    grant = _write_grant(unit, command, amount, benefit=benefit, owner=owner, shares=shares)
    agreement = _bind(unit, command, grant, benefit=benefit, schedule=schedule)
    _write_taken_over(unit, command, grant)
    history = _write_history(unit, command, grant)
    nothing = zero(amount.currency)
    return GrantTakenOverDone(
        grant=grant.number,
        agreement=agreement,
        approved=amount,
        paid=history.paid if history else nothing,
        justified=history.justified if history else nothing,
        returned=history.returned if history else nothing,
    )


def _check_told(unit: Unit, command: TakeOverGrant) -> None:
    for field, number in (
        ("outside_number", command.outside_number.strip()),
        ("agreement_number", command.agreement_number.strip() or "-"),
    ):
        if not 0 < len(number) <= NUMBER_MAX:
            raise InvalidInput(
                field=field,
                problem="it is empty or too long",
                remedy=f"give the number in the earlier books, up to {NUMBER_MAX} characters",
            )
    if command.cut_off > unit.work.today() or not days_in_order(
        approved_on=command.approved_on, agreed_on=command.agreed_on, cut_off=command.cut_off
    ):
        raise InvalidInput(
            field="cut_off",
            problem="it lies in the future, or before the approval or the agreement",
            remedy="give the day up to which the earlier books were kept",
        )
    for one in command.tranches:
        if (one.paid is None) != (one.paid_on is None) or (one.paid is not None and one.paid.minor <= 0):
            raise InvalidInput(
                field="paid",
                problem="it is not above zero, or has no day",
                remedy="give the amount and its day",
            )


def _schedule(benefit: BenefitInForce, command: TakeOverGrant) -> Schedule:
    """The tranches as told; each waits for what the benefit's own of its place waits for, or the benefit's last."""
    templates = [one.conditions for one in benefit.terms.tranches]
    delivery = Delivery.IN_KIND if benefit.terms.methods == ("in_kind",) else Delivery.MONEY
    return Schedule(
        tranches=tuple(
            TrancheTerms(
                amount=one.amount,
                due_on=one.due_on or one.paid_on,
                delivery=delivery,
                conditions=conditions_from_text(templates[min(place, len(templates) - 1)]),
            )
            for place, one in enumerate(command.tranches)
        )
    )


def _check_outside(unit: Unit, command: TakeOverGrant, benefit: BenefitInForce) -> list[Refusal]:
    outside = command.outside_number.strip()
    taken = unit.first(TAKEN_AS, programme=unit.programme.id, outside=outside)
    papers = papers_of(unit, command.evidence_sha256)
    own = papers and all(row.recorded_by == unit.actor.id for row in papers)
    return [
        *check_takeover(
            outside,
            taken_as=taken or "",
            benefit=benefit.code,
            needs_agreement=bool(benefit.terms.agreement_kind),
            has_agreement=bool(command.agreement_number.strip() and command.agreed_on),
            is_tied=benefit.terms.attendance_tied,
        ),
        *([] if papers else [HISTORY_PAPER(number=outside)]),
        *([TAKEOVER_OWN_PAPER(outside=outside)] if own else []),
    ]


def _check_shares(shares: Sequence[Share]) -> list[Refusal]:
    refusals: list[Refusal] = []
    for share in shares:
        fund, line = share.fund, share.line
        refusals += check_amount(fund.code, fund.currency, share.amount)
        refusals += check_line_kind(fund.code, line.code, line.kind, wanted=(LineKind.GRANTS,))
    return refusals


def _paid(command: TakeOverGrant) -> dict[int, Money]:
    return {place: one.paid for place, one in enumerate(command.tranches, 1) if one.paid is not None}


def _check_history(command: TakeOverGrant, benefit: BenefitInForce, currency: str) -> list[Refusal]:
    outside, nothing = command.outside_number.strip(), zero(currency)
    justified, returned = command.justified or nothing, command.returned or nothing
    paid = _paid(command)
    used = [justified, returned, *paid.values()]
    if {one.currency for one in used} != {currency} or any(one.minor < 0 for one in used):
        raise InvalidInput(
            field="paid", problem="it is negative or in another currency", remedy=f"give it in {currency}"
        )
    has_receipts = benefit.terms.justification_required
    return [
        *([HISTORY_NO_RECEIPTS(number=outside)] if justified and not has_receipts else []),
        *check_amounts(
            outside,
            paid=paid,
            tranches={place: one.amount for place, one in enumerate(command.tranches, 1)},
            justified=justified,
            returned=returned,
        ),
    ]


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
        BasisKind.ELIGIBILITY_LIST, outside, None, read_sha256(command.evidence_sha256), None, None, ()
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
