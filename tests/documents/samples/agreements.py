"""A fictional agreement and its addendum, complete."""

from datetime import date
from decimal import Decimal
from typing import Any

from seedfund.documents.content import (
    AddendumContent,
    AgreementContent,
    AgreementKind,
    Finger,
    FundedBy,
    Payee,
    PaymentMethod,
    Person,
    PlanItem,
    Signatory,
    SignMethod,
    SignRole,
    TrancheLine,
)
from tests.documents.samples.common import (
    PARTICIPANT,
    PLAN_HASH,
    SCHEDULE_HASH,
    common,
    owner,
    usd,
)


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


def _agreement_signing() -> dict[str, Any]:
    return {
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
    }


def _agreement_terms() -> dict[str, Any]:
    return {
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


def agreement(**changes: Any) -> AgreementContent:
    values: dict[str, Any] = {
        **common("SC-2026-0042"),
        **_agreement_signing(),
        **_agreement_terms(),
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
