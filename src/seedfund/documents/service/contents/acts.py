"""What handover acts and receipts of money say, from the facts of a grant. Must not write."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from seedfund.approvals.queries import current_policy
from seedfund.documents.content import (
    Content,
    HandoverContent,
    HandoverItem,
    OfficialReceiptContent,
    Owner,
    Payee,
    PaymentMethod,
    PaymentReceiptContent,
    Person,
    Signatory,
    SignRole,
)
from seedfund.documents.rules.papers import PAYMENT_NOT_PAID
from seedfund.documents.service.contents.common import Frame, common_fields, frame_of
from seedfund.documents.service.parties import in_words, owner_of, payee_printed, person_of
from seedfund.documents.service.signing import Signing, participant_signatory, reading_fields
from seedfund.funds.queries import FundFacts, benefit_by_id, funds_by_id, line_refs
from seedfund.grants.queries.acts import HandoverItemRow, handover_facts, payer_of, refund_facts
from seedfund.grants.queries.agreements import AgreementRow, agreements_of
from seedfund.grants.queries.figures import grant_figures
from seedfund.grants.queries.grants import GrantRow, grants_by_id, parts_of
from seedfund.grants.queries.payees import payees_of
from seedfund.grants.queries.payment_lists import list_payment_lists
from seedfund.grants.queries.payments import PaymentRow, payments_by_number
from seedfund.grants.queries.tranches import schedule_of
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.programmes import list_actors
from seedfund.store.unit import Unit

PAID: Final = ("released", "delivered", "part", "part_open")
"""States a receipt can be signed in: on the way, because cash is signed for as it is handed over, or delivered."""


@dataclass(frozen=True, kw_only=True)
class ActOf:
    """What every act of a grant says before its own matter."""

    grant: GrantRow
    frame: Frame
    person: Person
    owner: Owner
    fields: dict[str, Any]


def act_of(unit: Unit, grant: GrantRow, *, number: str, languages: tuple[str, ...], drawn: str = "") -> ActOf:
    """The frame of an act of a grant, under the agreement it was first given by; `drawn` as in `frame_of`.

    Raises:
        NotFound: the person of the grant was erased.
        NotAllowed: the person is restricted.
        Refused: `paper_terms_missing`, `paper_terms_without_language`, `language_without_words`.
    """
    frame = frame_of(unit, languages, drawn=drawn)
    funds = funds_of(unit, grant)
    person = person_of(unit.work, grant.participant_id, frame.language)
    owner = owner_of(unit.work, grant, person)
    signed = [row for row in agreements_of(unit, [grant.id])[grant.id] if row.state == "signed"]
    fields = common_fields(unit, frame, number=number, funds=[(fund.name, fund.donor) for fund in funds])
    fields |= {"grant_number": grant.number, "owner": owner}
    if signed:
        fields |= _agreement(signed[0])
    return ActOf(grant=grant, frame=frame, person=person, owner=owner, fields=fields)


def _agreement(row: AgreementRow) -> dict[str, Any]:
    """The agreement by the day printed on it, and the day it was signed where that is another."""
    issued_on = row.signed_on if row.is_elsewhere else row.issued_on or row.signed_on
    return {
        "agreement_number": row.printed,
        "agreement_date": issued_on,
        "agreement_signed_on": row.signed_on if row.signed_on != issued_on else None,
    }


def funds_of(unit: Unit, grant: GrantRow) -> list[FundFacts]:
    """The funds a grant is paid from, in the order of its parts."""
    parts = parts_of(unit, [grant.id])[grant.id]
    found = funds_by_id(unit, list(dict.fromkeys(part.fund_id for part in parts)))
    return [found[key] for key in dict.fromkeys(part.fund_id for part in parts)]


def names_of_actors(unit: Unit) -> dict[Key, str]:
    """The names papers print of the team, by key."""
    return {actor.id: actor.display_name for actor in list_actors(unit.work)}


def handover_content(unit: Unit, number: str, *, signing: Signing, languages: tuple[str, ...]) -> Content:
    """The content of a handover act.

    Raises:
        NotFound: there is no such act, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: what `act_of` refuses.
    """
    facts = handover_facts(unit, unit.programme.id, number)
    row = facts.row
    act = act_of(
        unit, grants_by_id(unit, [row.grant_id])[row.grant_id], number=row.number, languages=languages
    )
    receiver = person_of(unit.work, row.receiver_id, act.frame.language)
    team = names_of_actors(unit)
    reading = reading_fields(signing)
    if row.witnessed_by is not None:
        witness = Signatory(role=SignRole.WITNESS, name=team[row.witnessed_by])
        reading["witnesses"] = (witness, *reading["witnesses"])
    fields = act.fields | reading | {"dated_on": row.handed_on, "place": row.place or act.frame.terms.place}
    return HandoverContent(
        **fields,
        signatories=(
            Signatory(role=SignRole.DELIVERER, name=team[row.delivered_by]),
            participant_signatory(receiver, signing, role=SignRole.RECEIVER),
        ),
        supplier=facts.supplier,
        items=tuple(_item(item, row.currency) for item in facts.items),
        total=Money(row.total_minor, row.currency),
        discrepancies=(row.discrepancy,) if row.discrepancy else (),
        keep_asset_months=act.frame.terms.keep_asset_months,
    )


def _item(item: HandoverItemRow, currency: str) -> HandoverItem:
    return HandoverItem(
        description=item.description,
        quantity=Decimal(item.quantity_thousandths).scaleb(-3).normalize(),
        unit=item.unit,
        mark=item.serial,
        condition=item.condition,
        unit_value=Money(item.unit_value_minor, currency),
        total=Money(item.total_minor, currency),
    )


def payment_receipt_content(
    unit: Unit, number: str, *, signing: Signing, languages: tuple[str, ...], drawn: str = ""
) -> PaymentReceiptContent:
    """The content of the receipt of a payment in one of its languages: what was delivered, or is about to be.

    Raises:
        NotFound: there is no such payment, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: `payment_not_paid`, `policy_missing`, and what `act_of` refuses.
    """
    (payment,) = payments_by_number(unit, unit.programme.id, [number]).values()
    refuse([] if payment.state in PAID else [PAYMENT_NOT_PAID(number=number, state=payment.state)])
    grant = grants_by_id(unit, [payment.grant_id])[payment.grant_id]
    act = act_of(unit, grant, number=payment.number, languages=languages, drawn=drawn)
    payee = _payee(unit, act, payment)
    paid_on = payment.delivered_on or unit.occurred_on
    lists = {row.id: row.number for row in list_payment_lists(unit, unit.programme.id)}
    lines = line_refs(unit, [part.line_id for part in parts_of(unit, [grant.id])[grant.id]])
    return PaymentReceiptContent(
        **(act.fields | reading_fields(signing)),
        signatories=(
            participant_signatory(payee.person, signing, role=SignRole.PAYEE),
            Signatory(role=SignRole.CASHIER, name=unit.actor.display_name),
        ),
        payee=payee,
        tranche=payment.position,
        tranches=len(schedule_of(unit, grant.id, grant.schedule_version).tranches),
        amount=Money(payment.delivered_minor or payment.amount_minor, grant.currency),
        paid_on=paid_on,
        payment_list=lists[payment.list_id],
        budget_line=", ".join(sorted(line.code for line in lines.values())),
        justify_by=_justify_by(unit, act, paid_on),
    )


def _payee(unit: Unit, act: ActOf, payment: PaymentRow) -> Payee:
    (row,) = (one for one in payees_of(unit, [act.grant.id])[act.grant.id] if one.id == payment.payee_id)
    return payee_printed(unit.work, row, act.person, language=act.frame.language)


def _justify_by(unit: Unit, act: ActOf, paid_on: date) -> date | None:
    if not benefit_by_id(unit, act.grant.benefit_type_id).terms.justification_required:
        return None
    days = act.frame.terms.justify_within_days
    if days is None:
        days = current_policy(unit, unit.programme.id, unit.occurred_on).overdue_days
    return paid_on + timedelta(days=days)


def official_receipt_content(
    unit: Unit, number: str, *, signing: Signing, languages: tuple[str, ...]
) -> Content:
    """The content of the official receipt of a refund: what was owed before it and is owed after it.

    Raises:
        NotFound: there is no such refund, or a person it names was erased.
        NotAllowed: a person it names is restricted.
        Refused: what `act_of` refuses.
    """
    facts = refund_facts(unit, unit.programme.id, number)
    row = facts.row
    grant = grants_by_id(unit, [row.grant_id])[row.grant_id]
    act = act_of(unit, grant, number=row.number, languages=languages)
    payer = payer_of(unit.work, row)
    giver = act.person if payer is None else Person(name=payer.reveal())
    owed_after = grant_figures(unit, [grant])[grant.id].total.refund_due + facts.answered_later
    beyond = row.amount - facts.answered
    reason = "money that was asked back" if facts.answered.minor else "money given back unasked"
    return OfficialReceiptContent(
        **(act.fields | reading_fields(signing)),
        signatories=(
            Signatory(role=SignRole.CASHIER, name=names_of_actors(unit)[row.received_by]),
            participant_signatory(giver, signing, role=SignRole.PAYER),
        ),
        received_from=giver,
        received_on=row.received_on,
        method=PaymentMethod(row.method),
        reason=in_words(reason, act.frame.language),
        amount=row.amount,
        owed_before=owed_after + facts.answered,
        owed_after=owed_after,
        not_owed=beyond if beyond.minor else None,
    )
