"""The fictional acts that follow an agreement, and the minutes before it."""

from datetime import date
from decimal import Decimal
from typing import Any

from seedfund.documents.content import (
    CloseOutcome,
    CloseOutContent,
    CloseOutLine,
    CloseOutPayment,
    CommitteeCase,
    CommitteeMember,
    CommitteeMinutesContent,
    CommitteeOutcome,
    HandoverContent,
    HandoverItem,
    OfficialReceiptContent,
    Payee,
    PaymentMethod,
    PaymentReceiptContent,
    Signatory,
    SignRole,
)
from tests.documents.samples.common import (
    PARTICIPANT,
    common,
    owner,
    usd,
)


def handover(**changes: Any) -> HandoverContent:
    values: dict[str, Any] = {
        **common(
            "AE-2026-0017",
            (SignRole.DELIVERER, "Ana Muestra Benavides"),
            (SignRole.RECEIVER, PARTICIPANT.name),
        ),
        "witnesses": (Signatory(role=SignRole.WITNESS, name="Rosa Prueba Cuasapaz"),),
        "agreement_number": "SC-2026-0042",
        "agreement_date": date(2026, 11, 22),
        "grant_number": "G-2026-0042",
        "owner": owner(),
        "supplier": "Comercial El Fuego",
        "supplier_document": "RUC 0490000000018",
        "items": (
            HandoverItem(
                description="Horno a gas de dos cámaras",
                quantity=Decimal(1),
                unit="u.",
                mark="Andino H2, serie 00417",
                condition="nuevo",
                unit_value=usd(26000),
                total=usd(26000),
            ),
            HandoverItem(
                description="Harina de trigo, saco de 50 kg",
                quantity=Decimal("1.5"),
                unit="sacos",
                condition="buen estado",
                unit_value=usd(3000),
                total=usd(4500),
            ),
        ),
        "total": usd(30500),
        "is_partial": True,
        "discrepancies": ("Falta medio saco de harina; se entrega en ocho días.",),
        "keep_asset_months": 24,
    }
    return HandoverContent(**{**values, **changes})


def _close_out_details() -> dict[str, Any]:
    return {
        "payments": (
            CloseOutPayment(
                ordinal=1,
                paid_on=date(2026, 12, 4),
                method=PaymentMethod.BANK,
                reference="TR-88120",
                amount=usd(30000),
            ),
            CloseOutPayment(
                ordinal=2,
                paid_on=date(2027, 3, 9),
                method=PaymentMethod.CASH,
                reference="RP-2027-0031",
                amount=usd(20000),
            ),
        ),
        "lines": (
            CloseOutLine(description="Horno a gas", approved=usd(26000), justified=usd(26000), own=usd(1050)),
            CloseOutLine(
                description="Mesa y batidora", approved=usd(18000), justified=usd(16000), own=usd(0)
            ),
            CloseOutLine(description="Harina", approved=usd(6000), justified=usd(4000), own=usd(0)),
        ),
    }


def close_out(**changes: Any) -> CloseOutContent:
    values: dict[str, Any] = {
        **common(
            "CI-2027-0005",
            (SignRole.ORGANISATION, "Lucía Modelo Andrade"),
            (SignRole.PARTICIPANT, PARTICIPANT.name),
            (SignRole.EXPERT, "Ana Muestra Benavides"),
        ),
        "agreement_number": "SC-2026-0042",
        "agreement_date": date(2026, 11, 22),
        "grant_number": "G-2026-0042",
        "owner": owner(),
        "business_name": "Panadería La Esperanza",
        "outcome": CloseOutcome.REFUND_DUE,
        "awarded": usd(50000),
        "committed": usd(50000),
        "disbursed": usd(50000),
        "justified": usd(46000),
        "returned": usd(1500),
        "written_off": usd(0),
        "open_amount": usd(2500),
        "own_planned": usd(12000),
        "own_spent": usd(13050),
        "refund_by": date(2027, 12, 31),
        **_close_out_details(),
        "achievements": "El negocio vende todos los días y emplea a dos personas del hogar.",
        "recommendations": "Separar cada semana el dinero para reponer la harina.",
        "opinion": "El plan se ejecutó; queda un saldo pequeño por reintegrar.",
        "keep_records_years": 7,
    }
    return CloseOutContent(**{**values, **changes})


def payment_receipt(**changes: Any) -> PaymentReceiptContent:
    values: dict[str, Any] = {
        **common(
            "RP-2026-0031",
            (SignRole.PAYEE, PARTICIPANT.name),
            (SignRole.CASHIER, "Pedro Modelo Rosero"),
        ),
        "agreement_number": "SC-2026-0042",
        "agreement_date": date(2026, 11, 22),
        "grant_number": "G-2026-0042",
        "owner": owner(),
        "payee": Payee(person=PARTICIPANT, method=PaymentMethod.CASH),
        "tranche": 1,
        "tranches": 2,
        "amount": usd(30000),
        "paid_on": date(2026, 12, 4),
        "reference": "sobre 118",
        "payment_list": "LP-2026-0009",
        "budget_line": "2.1 Capital semilla",
        "justify_by": date(2027, 1, 3),
    }
    return PaymentReceiptContent(**{**values, **changes})


def _committee_members() -> dict[str, Any]:
    return {
        "members": (
            CommitteeMember(name="Lucía Modelo Andrade", position="directora ejecutiva"),
            CommitteeMember(name="Pedro Modelo Rosero", position="finanzas"),
            CommitteeMember(
                name="Elena Prueba Mafla",
                position="cámara de la producción",
                conflict="parentesco con una postulante",
                recused_from=("PN-2026-0051",),
            ),
            CommitteeMember(name="Jorge Muestra Erazo", position="municipio", present=False),
        ),
    }


def _committee_cases() -> dict[str, Any]:
    return {
        "cases": (
            CommitteeCase(
                plan_number="PN-2026-0050",
                owner="Hogar Ejemplo Quishpe",
                business="Panadería La Esperanza",
                requested=usd(50000),
                score=Decimal("82.5"),
                outcome=CommitteeOutcome.APPROVED,
                granted=usd(50000),
                votes_for=3,
                votes_against=0,
                abstentions=0,
                reason="experiencia y clientela comprobadas",
            ),
            CommitteeCase(
                plan_number="PN-2026-0051",
                owner="Hogar Muestra Tapia",
                business="Taller de bicicletas",
                requested=usd(80000),
                score=Decimal("67"),
                outcome=CommitteeOutcome.LOWER_AMOUNT,
                granted=usd(45000),
                votes_for=2,
                votes_against=0,
                abstentions=0,
                reason="se retira la moto, que es de uso particular",
            ),
        ),
    }


def committee_minutes(**changes: Any) -> CommitteeMinutesContent:
    values: dict[str, Any] = {
        **common(
            "AC-2026-007",
            (SignRole.CHAIR, "Lucía Modelo Andrade"),
            (SignRole.SECRETARY, "Pedro Modelo Rosero"),
            (SignRole.MEMBER, "Elena Prueba Mafla"),
        ),
        "session": "7",
        "started_at": "09:00",
        "ended_at": "11:30",
        "quorum": 3,
        **_committee_members(),
        "score_maximum": Decimal(100),
        "pass_mark": Decimal(60),
        "available": usd(500000),
        "requested": usd(130000),
        "granted": usd(95000),
        **_committee_cases(),
        "observations": ("Se pide a finanzas el saldo del fondo antes de cada sesión.",),
    }
    return CommitteeMinutesContent(**{**values, **changes})


def official_receipt(**changes: Any) -> OfficialReceiptContent:
    values: dict[str, Any] = {
        **common(
            "RO-2027-0003",
            (SignRole.CASHIER, "Pedro Modelo Rosero"),
            (SignRole.PAYER, PARTICIPANT.name),
        ),
        "agreement_number": "SC-2026-0042",
        "agreement_date": date(2026, 11, 22),
        "grant_number": "G-2026-0042",
        "owner": owner(),
        "received_from": PARTICIPANT,
        "received_on": date(2027, 6, 1),
        "method": PaymentMethod.CASH,
        "reason": "saldo no gastado en la compra de la mesa",
        "amount": usd(1500),
        "owed_before": usd(4000),
        "owed_after": usd(2500),
    }
    return OfficialReceiptContent(**{**values, **changes})
