"""A certificate and a register of the fictional programme, let through below the threshold."""

from datetime import date
from decimal import Decimal
from typing import Any

from seedfund.documents.content import (
    CertificateContent,
    Person,
    RegisterContent,
    RegisterSession,
    RegisterSheet,
    SignRole,
)
from tests.documents.samples.common import PARTICIPANT, common


def certificate(**changes: Any) -> CertificateContent:
    values: dict[str, Any] = {
        **common("CF-2026-0007", (SignRole.ORGANISATION, "Lucía Modelo Andrade")),
        "holder": Person(name=PARTICIPANT.name),
        "course": "Cocina básica",
        "provider": "Centro Ejemplo",
        "cohort": "CH-2026-0003",
        "enrolment": "MT-2026-0011",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 11, 20),
        "hours": Decimal("7.5"),
        "attended": 9,
        "possible": 12,
        "rate": Decimal(75),
        "threshold": Decimal(80),
        "waived_by": "Pedro Modelo Rosero",
        "waived_on": date(2026, 11, 21),
        "verification_code": "F8XV-B2EB-C8EN",
    }
    return CertificateContent(**{**values, **changes})


def attendance_register(**changes: Any) -> RegisterContent:
    values: dict[str, Any] = {
        **common("CH-2026-0003", (SignRole.EXPERT, "Sara Muestra Vela")),
        "course": "Cocina básica",
        "provider": "Centro Ejemplo",
        "cohort": "CH-2026-0003",
        "site": "Salón parroquial",
        "facilitator": "Sara Muestra Vela",
        "sheets": (RegisterSheet(sessions=(RegisterSession(number=1, on=date(2026, 11, 22)),)),),
        "people": (Person(name="María Ejemplo Quishpe (PT-2026-0001)"),),
    }
    return RegisterContent(**{**values, **changes})
