"""Steps that many grants take on one day: committee, awards, agreements, payees, receipts, close-out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from seedfund.cli.demo.cases import Case, Cases
from seedfund.cli.demo.papers import issue_handover
from seedfund.cli.demo.stage import Stage, evidence
from seedfund.documents.content import Finger as PaperFinger
from seedfund.documents.content import SignMethod as PaperMethod
from seedfund.documents.service import IssueAgreementPaper, Signing, issue_agreement_paper
from seedfund.funds.queries import benefit_on
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.queries.payments import payments_of_grants
from seedfund.grants.queries.receipts import place_of, receipts_of
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.states import JUSTIFICATION_LINE_STATES
from seedfund.grants.rules.words import BasisKind, Delivery, Finger, Party, PaymentMethod, SignMethod
from seedfund.grants.service import (
    award_grant,
    draft_agreement,
    record_signature,
    sign_agreement,
)
from seedfund.grants.service.agreements import DraftAgreement
from seedfund.grants.service.awards import AwardGrant
from seedfund.grants.service.close_out import CloseGrant, close_grant
from seedfund.grants.service.handovers import HandedItem, RecordHandover, record_handover
from seedfund.grants.service.payees import ApprovePayee, ProposePayee, approve_payee, propose_payee
from seedfund.grants.service.reviews import ReviewReceipt, review_receipt
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.grants.service.signing import RecordSignature, SignAgreement, Witness
from seedfund.kernel.dates import add_months
from seedfund.kernel.money import parse_decimal, parse_money
from seedfund.kernel.secret import Secret
from seedfund.plans.rules import Choice, Outcome
from seedfund.plans.service import (
    CastVote,
    CloseSession,
    ConveneCommittee,
    DecidePlan,
    DeclareInterest,
    PutMotion,
    cast_vote,
    close_session,
    convene_committee,
    decide_plan,
    declare_interest,
    put_motion,
)
from seedfund.store.work import Work

COMMITTEE: Final = ("comite1", "comite2", "comite3")
SUPPLIER: Final = "Comercial Ejemplo del Norte"
READ_ALOUD: Final = (SignMethod.THUMBPRINT, SignMethod.AT_REQUEST)


def committee(stage: Stage, cases: Cases, events: Iterable[Mapping[str, str]]) -> str:
    """One session: interests, votes, and a decision on each plan; plans taken back are left out."""
    happened = {(event["plan"], event["action"]): event for event in events}
    day = stage.clock.now().date()
    with stage.acting("secretaria1") as work:
        convening = ConveneCommittee(
            key=stage.key("session"),
            call=stage.part("calls", "calls")[0]["call"],
            held_on=day,
            members=COMMITTEE,
            present=COMMITTEE,
            chair="comite1",
        )
        session = convene_committee(work, convening).number
    for case in cases.by_key.values():
        if case.row["outcome"]:
            _decide(stage, case, session, happened)
    with stage.acting("secretaria1") as work:
        close_session(work, CloseSession(key=stage.key("session closed"), session=session))
    return session


def _decide(
    stage: Stage, case: Case, session: str, happened: Mapping[tuple[str, str], Mapping[str, str]]
) -> None:
    interest = happened.get((case.key, "declare_interest"))
    voters = [name for name in COMMITTEE if interest is None or name != interest["actor"]]
    if interest is not None:
        with stage.acting(interest["actor"]) as work:
            declaring = DeclareInterest(
                key=stage.key("interest", case.key),
                session=session,
                member=interest["actor"],
                plan=case.plan,
                reason=interest["reason"],
            )
            declare_interest(work, declaring)
    outcome = Outcome(case.row["outcome"])
    with stage.acting("secretaria1") as work:
        putting = PutMotion(
            key=stage.key("motion", case.key),
            session=session,
            plan=case.plan,
            outcome=outcome,
            amount=case.approved,
        )
        put_motion(work, putting)
    for member in voters:
        with stage.acting(member) as work:
            key = stage.key("vote", case.key, member)
            cast_vote(
                work, CastVote(key=key, session=session, plan=case.plan, member=member, choice=Choice.FOR)
            )
    reason = happened.get((case.key, "decide_reason"))
    with stage.acting("secretaria1") as work:
        deciding = DecidePlan(
            key=stage.key("decision", case.key),
            session=session,
            plan=case.plan,
            outcome=outcome,
            amount=case.approved,
            reasons=(reason["reason"],) if reason else (),
            fund=case.row["fund"] or None,
            line=case.row["line"] or None,
        )
        decide_plan(work, deciding)


def award(stage: Stage, cases: Cases) -> None:
    """Set the approved money aside, grant by grant."""
    for case in cases.by_key.values():
        if case.approved:
            part = AwardPart(fund=case.row["fund"], line=case.row["line"], amount=case.approved)
            with stage.acting("secretaria1") as work:
                awarding = AwardGrant(
                    key=stage.key("award", case.key),
                    benefit="seed_capital",
                    parts=(part,),
                    basis_kind=BasisKind.COMMITTEE_DECISION,
                    basis_ref=case.plan,
                )
                case.grant = award_grant(work, awarding).number


def issue_agreements(stage: Stage, cases: Cases) -> None:
    """Draft each agreement with the benefit's schedule and issue it with its paper."""
    for case in cases.awarded():
        with stage.acting("inclusion1") as work:
            tranches = _in_kind(work, case) if case.row["method"] == PaymentMethod.IN_KIND else ()
            drafting = DraftAgreement(key=stage.key("draft", case.key), grant=case.grant, tranches=tranches)
            draft_agreement(work, drafting)
            issuing = IssueAgreementPaper(
                key=stage.key("issue", case.key),
                grant=case.grant,
                languages=("es",),
                signing=_paper_signing(case),
            )
            case.agreement = issue_agreement_paper(work, issuing).number


def _in_kind(work: Work, case: Case) -> tuple[TrancheAsked, ...]:
    """The benefit's own schedule, each tranche given in goods instead of money."""
    benefit = benefit_on(work.reader(), work.programme.id, "seed_capital", work.today())
    templates = benefit.terms.tranches
    amounts = case.approved.allocate([template.share_bps for template in templates])
    return tuple(
        TrancheAsked(
            amount=amount,
            due_on=add_months(work.today(), template.after_months),
            delivery=Delivery.IN_KIND,
            conditions=template.conditions,
        )
        for template, amount in zip(templates, amounts, strict=True)
    )


def _paper_signing(case: Case) -> Signing:
    method = SignMethod(case.row["signature"])
    helped = method in READ_ALOUD
    known = [item.value for item in PaperMethod]
    return Signing(
        method=PaperMethod(method.value) if method.value in known else PaperMethod.WET,
        finger=PaperFinger(case.row["finger"]) if case.row["finger"] else None,
        at_request=Secret("Hermana Supuesta Prueba") if method is SignMethod.AT_REQUEST else None,
        at_request_document=Secret("EJ-0000001") if method is SignMethod.AT_REQUEST else None,
        read_aloud_by=Secret("Fabiola Supuesta Vera") if helped else None,
        witnesses=(Secret("Testigo Ejemplo Uno"), Secret("Testiga Ejemplo Dos")) if helped else (),
    )


def sign(stage: Stage, cases: Cases, without: frozenset[str]) -> None:
    """Both sides sign; who declined or did not come is left out."""
    day = stage.clock.now().date()
    for case in cases.awarded():
        if case.key in without:
            continue
        with stage.acting("inclusion1") as work:
            record_signature(work, _participant_signs(stage, case, day))
            organisation = RecordSignature(
                key=stage.key("signed for us", case.key),
                agreement=case.agreement,
                party=Party.ORGANISATION,
                method=SignMethod.WET,
                signed_on=day,
                signed_by="firma1",
            )
            record_signature(work, organisation)
            sign_agreement(work, SignAgreement(key=stage.key("in force", case.key), agreement=case.agreement))


def _participant_signs(stage: Stage, case: Case, day: date) -> RecordSignature:
    method = SignMethod(case.row["signature"])
    helped = method in READ_ALOUD
    witnesses = (Witness(handle="familia1"), Witness(name=Secret("Testigo Ejemplo Uno"))) if helped else ()
    filed = method in (SignMethod.SCANNED, SignMethod.OUTSIDE_PAPER, SignMethod.ELECTRONIC)
    return RecordSignature(
        key=stage.key("signed", case.key),
        agreement=case.agreement,
        party=Party.PARTICIPANT,
        method=method,
        signed_on=day,
        finger=Finger(case.row["finger"]) if case.row["finger"] else None,
        signatory=Secret("Hermana Supuesta Prueba") if method is SignMethod.AT_REQUEST else None,
        read_aloud_by=Secret("Fabiola Supuesta Vera") if helped else None,
        witnesses=witnesses,
        evidence_sha256=evidence(f"{case.agreement} {method}") if filed else None,
    )


def payees(stage: Stage, cases: Cases, without: frozenset[str]) -> None:
    """Who is paid and how, proposed by the field and approved by the coordination."""
    for case in cases.awarded():
        if case.key not in without:
            payee(stage, cases, case, case.row["account"], turn=1)


def payee(stage: Stage, cases: Cases, case: Case, account: str, *, turn: int) -> None:
    """One payee of a grant: the participant, by the scenario's method."""
    with stage.acting("campo1") as work:
        method = PaymentMethod(case.row["method"])
        supplier = SUPPLIER if method is PaymentMethod.IN_KIND else ""
        proposing = ProposePayee(
            key=stage.key("payee", case.key, turn),
            grant=case.grant,
            participant="" if supplier else cases.people[case.key],
            supplier=supplier,
            method=method,
            account=cases.accounts[account] if account else None,
            document_sha256=evidence(f"offer of {supplier}") if supplier else None,
        )
        position = propose_payee(work, proposing).payee
    with stage.acting("coordina1") as work:
        key = stage.key("payee +", case.key, turn)
        approve_payee(work, ApprovePayee(key=key, grant=case.grant, payee=position))


def review_receipts(stage: Stage, cases: Cases, without: frozenset[str], numbers: Mapping[str, str]) -> int:
    """Accept every receipt that waits for a look, but those that an event of the scenario decides."""
    kept = {numbers[key] for key in without if key in numbers}
    reviewed = 0
    for case in cases.awarded():
        with stage.acting("evalua1") as work:
            reader = work.reader()
            grant = grant_by_number(reader, work.programme.id, case.grant)
            for row in receipts_of(reader, [grant.id])[grant.id]:
                place, state = place_of(reader, row.id)
                justification, _, position = place.partition("/")
                if state == JUSTIFICATION_LINE_STATES.start and place not in kept:
                    decision = ReviewReceipt(
                        key=stage.key("review", justification, position),
                        justification=justification,
                        position=int(position),
                        decision=ReviewDecision.ACCEPTED,
                    )
                    review_receipt(work, decision)
                    reviewed += 1
    return reviewed


def close(stage: Stage, cases: Cases, ready: Callable[[Case], bool]) -> list[Case]:
    """Close the grants that are done; returns them."""
    closed = []
    for case in cases.awarded():
        if ready(case):
            with stage.acting("finanzas1") as work:
                closing = CloseGrant(key=stage.key("close", case.key), grant=case.grant)
                case.close_out = close_grant(work, closing).number
            closed.append(case)
    return closed


def hand_over(stage: Stage, cases: Cases, act: str, rows: Sequence[Mapping[str, str]]) -> None:
    """One act of handover: what a supplier was paid for reaches the participant."""
    first = rows[0]
    case = cases.by_key[first["plan"]]
    with stage.acting(first["entrega"]) as work:
        reader = work.reader()
        grant = grant_by_number(reader, work.programme.id, case.grant)
        payments = payments_of_grants(reader, [grant.id])[grant.id]
        handing = RecordHandover(
            key=stage.key(act),
            grant=case.grant,
            receiver=cases.people[case.key],
            items=tuple(_handed(stage, row) for row in rows),
            payment=next(one.number for one in payments if one.position == int(first["desembolso"])),
            delivered_by=first["entrega"],
            witnessed_by=first["testigo"],
            place=first["lugar"],
        )
        number = record_handover(work, handing).number
    case.handovers.append(number)
    issue_handover(stage, number)


def _handed(stage: Stage, row: Mapping[str, str]) -> HandedItem:
    return HandedItem(
        description=row["descripcion"],
        quantity=parse_decimal(row["cantidad"], style=stage.style.numbers, field="cantidad"),
        unit_value=parse_money(
            row["valor_unitario"], stage.currency, style=stage.style.numbers, field="valor_unitario"
        ),
        unit=row["unidad"],
        plan_line=int(row["linea"]),
        serial=row["serie"],
        condition=row["estado"],
    )
