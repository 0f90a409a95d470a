"""Papers of a plainly fictional programme, complete, for the tests of documents."""

from datetime import date
from decimal import Decimal
from typing import Any

from seedfund.documents.content import (
    AddendumContent,
    AgreementContent,
    AgreementKind,
    CloseOutcome,
    CloseOutContent,
    CloseOutLine,
    CloseOutPayment,
    CommitteeCase,
    CommitteeMember,
    CommitteeMinutesContent,
    CommitteeOutcome,
    Content,
    Finger,
    FundedBy,
    HandoverContent,
    HandoverItem,
    OfficialReceiptContent,
    Organisation,
    Owner,
    OwnerKind,
    Payee,
    PaymentMethod,
    PaymentReceiptContent,
    Person,
    PlanItem,
    Signatory,
    SignMethod,
    SignRole,
    TrancheLine,
)
from seedfund.kernel.money import Money

PLAN_HASH = "3f1c" * 16
SCHEDULE_HASH = "9ab0" * 16
CHAIN_HEAD = "c0de" * 16
PARTICIPANT = Person(
    name="María Ejemplo Quishpe",
    document="cédula de identidad 0400000000",
    address="barrio La Laguna, Tulcán",
)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def common(number: str, *roles: tuple[SignRole, str]) -> dict[str, Any]:
    return {
        "number": number,
        "place": "Tulcán",
        "dated_on": date(2026, 11, 22),
        "programme": "Inclusión económica en la frontera norte",
        "fund": "Fondo Semilla 2026",
        "donor": "Agencia Ejemplo de Cooperación",
        "organisation": Organisation(
            name="Fundación Puente Ejemplo",
            tax_id="0490000000001",
            address="calle Sucre 10-20, Tulcán",
            representative="Lucía Modelo Andrade",
            representative_document="cédula de identidad 0400000018",
            representative_position="directora ejecutiva",
            authority="nombramiento inscrito el 4 de enero de 2026",
        ),
        "signatories": tuple(
            Signatory(role=role, name=name, document="cédula de identidad 0400000026") for role, name in roles
        ),
    }


def owner() -> Owner:
    return Owner(kind=OwnerKind.HOUSEHOLD, person=PARTICIPANT, name="Hogar Ejemplo Quishpe")


def plan_items() -> tuple[PlanItem, ...]:
    lines = (
        ("Horno a gas de dos cámaras", "1", "u.", 26000, 26000, FundedBy.GRANT, "Comercial El Fuego"),
        ("Mesa de acero inoxidable", "1", "u.", 9500, 9500, FundedBy.GRANT, "Metales del Norte"),
        ("Batidora industrial de 10 litros", "1", "u.", 8500, 8500, FundedBy.GRANT, "Comercial El Fuego"),
        ("Harina de trigo, saco de 50 kg", "2", "sacos", 3000, 6000, FundedBy.GRANT, ""),
        ("Moldes y latas para pan", "12", "u.", 450, 5400, FundedBy.OWN, ""),
        ("Adecuación del local", "1", "global", 6600, 6600, FundedBy.OWN, ""),
    )
    return tuple(
        PlanItem(
            description=description,
            quantity=Decimal(quantity),
            unit=unit,
            unit_price=usd(price),
            total=usd(total),
            funded_by=funded_by,
            supplier=supplier,
        )
        for description, quantity, unit, price, total, funded_by, supplier in lines
    )


def tranches() -> tuple[TrancheLine, ...]:
    return (
        TrancheLine(
            ordinal=1,
            amount=usd(30000),
            due_on=date(2026, 12, 1),
            conditions=(
                "convenio firmado",
                "asistencia de al menos 80 % a la capacitación",
                "cuenta verificada",
            ),
        ),
        TrancheLine(
            ordinal=2,
            amount=usd(20000),
            conditions=("1.er desembolso justificado en al menos 80 %", "visita al negocio en marcha"),
        ),
    )


def agreement(**changes: Any) -> AgreementContent:
    values: dict[str, Any] = {
        **common("SC-2026-0042"),
        "signatories": (
            Signatory(
                role=SignRole.ORGANISATION,
                name="Lucía Modelo Andrade",
                document="cédula de identidad 0400000018",
            ),
            Signatory(
                role=SignRole.PARTICIPANT,
                name=PARTICIPANT.name,
                document=PARTICIPANT.document,
                method=SignMethod.AT_REQUEST,
                finger=Finger.RIGHT_THUMB,
                at_request=Person(name="José Muestra Chulde", document="cédula de identidad 0400000034"),
            ),
        ),
        "witnesses": (
            Signatory(
                role=SignRole.WITNESS, name="Rosa Prueba Cuasapaz", document="cédula de identidad 0400000042"
            ),
        ),
        "read_aloud_by": "Ana Muestra Benavides",
        "kind": AgreementKind.AGREEMENT,
        "grant_number": "G-2026-0042",
        "owner": owner(),
        "call": "Semilla 2026-II",
        "decision_number": "AC-2026-007",
        "decided_on": date(2026, 11, 10),
        "benefit": "capital semilla",
        "business_name": "Panadería La Esperanza",
        "business_activity": "panadería",
        "business_place": "el barrio La Laguna, Tulcán",
        "plan_version": 3,
        "plan_hash": PLAN_HASH,
        "schedule_hash": SCHEDULE_HASH,
        "amount": usd(50000),
        "own_contribution": usd(12000),
        "own_contribution_form": "dinero y adecuación del local",
        "other_contribution": usd(0),
        "investment_total": usd(62000),
        "starts_on": date(2026, 11, 22),
        "ends_on": date(2027, 11, 21),
        "start_business_by": date(2027, 1, 15),
        "payee": Payee(
            person=PARTICIPANT, method=PaymentMethod.BANK, account="cuenta de ahorros terminada en 4321"
        ),
        "items": plan_items(),
        "tranches": tranches(),
        "justify_within_days": 30,
        "quotes_count": 2,
        "quotes_from": usd(20000),
        "declaration_cap": usd(5000),
        "tolerance_percent": 10,
        "training": "capacitación en gestión de negocios",
        "visits": "una visita al mes",
        "keep_asset_months": 24,
        "keep_records_years": 7,
        "cure_days": 15,
        "complaints_channel": "quejas@example.org o el buzón de la oficina de Tulcán",
        "data_contact": "datos@example.org",
        "photo_consent": False,
        "dispute_forum": "un centro de mediación de Tulcán y, si no hay acuerdo, a los jueces del cantón Tulcán",
    }
    return AgreementContent(**{**values, **changes})


def addendum(**changes: Any) -> AddendumContent:
    values: dict[str, Any] = {
        **common(
            "SC-2026-0042-A1",
            (SignRole.ORGANISATION, "Lucía Modelo Andrade"),
            (SignRole.PARTICIPANT, PARTICIPANT.name),
        ),
        "ordinal": 1,
        "agreement_number": "SC-2026-0042",
        "agreement_date": date(2026, 11, 22),
        "grant_number": "G-2026-0042",
        "owner": owner(),
        "decision_number": "AC-2027-002",
        "decided_on": date(2027, 2, 3),
        "reason": "El proveedor del horno dejó de atender y el nuevo precio es mayor.",
        "changes": ("El horno se compra a otro proveedor.", "Se añade un tercer desembolso."),
        "amount_before": usd(50000),
        "amount_after": usd(60000),
        "ends_on_before": date(2027, 11, 21),
        "ends_on_after": date(2028, 2, 21),
        "plan_version": 4,
        "plan_hash": PLAN_HASH,
        "schedule_hash": SCHEDULE_HASH,
        "tranches": (*tranches(), TrancheLine(ordinal=3, amount=usd(10000), due_on=date(2027, 9, 1))),
    }
    return AddendumContent(**{**values, **changes})


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
        "score_maximum": Decimal(100),
        "pass_mark": Decimal(60),
        "available": usd(500000),
        "requested": usd(130000),
        "granted": usd(95000),
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


def all_papers() -> tuple[Content, ...]:
    return (
        agreement(),
        addendum(),
        handover(),
        close_out(),
        payment_receipt(),
        committee_minutes(),
        official_receipt(),
    )
