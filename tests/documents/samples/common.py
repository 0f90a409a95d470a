"""What the papers of one fictional programme share."""

from datetime import date
from typing import Any

from seedfund.documents.content import (
    Organisation,
    Owner,
    OwnerKind,
    Person,
    Signatory,
    SignRole,
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
