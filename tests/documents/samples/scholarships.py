"""The agreement on a scholarship of the fictional programme."""

from datetime import date
from decimal import Decimal
from typing import Any

from seedfund.documents.content import (
    CourseModality,
    PaidFor,
    Payee,
    PaymentMethod,
    ScholarshipAgreementContent,
    ScholarshipLine,
    SignRole,
    StipendPeriod,
)
from tests.documents.samples.common import (
    PARTICIPANT,
    PLAN_HASH,
    SCHEDULE_HASH,
    common,
    owner,
    usd,
)


def scholarship_lines() -> tuple[ScholarshipLine, ...]:
    return (
        ScholarshipLine(
            ordinal=1,
            amount=usd(7200),
            due_on=date(2026, 12, 1),
            paid_for=PaidFor.ENROLMENT,
            to_provider=True,
        ),
        ScholarshipLine(
            ordinal=2,
            amount=usd(8000),
            due_on=date(2026, 12, 31),
            paid_for=PaidFor.DAYS,
            to_provider=False,
            since=date(2026, 12, 1),
            until=date(2026, 12, 31),
        ),
        ScholarshipLine(
            ordinal=3,
            amount=usd(4800),
            due_on=date(2027, 1, 15),
            paid_for=PaidFor.PROGRESS,
            to_provider=True,
            threshold=Decimal(80),
        ),
    )


def scholarship_agreement(**changes: Any) -> ScholarshipAgreementContent:
    values: dict[str, Any] = {
        **common(
            "AG-2026-0009",
            (SignRole.ORGANISATION, "Lucía Modelo Andrade"),
            (SignRole.PARTICIPANT, PARTICIPANT.name),
        ),
        "grant_number": "BV-2026-0009",
        "owner": owner(),
        "is_minor": False,
        "decision_number": "EP-2026-0009",
        "decided_on": date(2026, 11, 15),
        "benefit": "beca de formación",
        "occupation": "panadera",
        "course": "Panadería básica",
        "topic": "panadería",
        "provider": "Centro Ejemplo",
        "course_place": "Ibarra",
        "modality": CourseModality.IN_PERSON,
        "hours": Decimal(60),
        "timetable": "lunes a viernes, 9:00 a 11:00",
        "course_starts_on": date(2026, 12, 1),
        "course_ends_on": date(2027, 1, 31),
        "amount": usd(20000),
        "fee": usd(12000),
        "stipend_rate": usd(400),
        "stipend_period": StipendPeriod.MONTH,
        "stipend_days": 20,
        "stipend_excused": 2,
        "attendance": Decimal(80),
        "kit": "delantal y balanza",
        "check_months": (1, 6),
        "starts_on": date(2026, 11, 27),
        "ends_on": date(2027, 11, 26),
        "payee": Payee(person=PARTICIPANT, method=PaymentMethod.CASH),
        "lines": scholarship_lines(),
        "plan_hash": PLAN_HASH,
        "schedule_hash": SCHEDULE_HASH,
        "keep_records_years": 7,
        "cure_days": 15,
        "complaints_channel": "quejas@example.org",
        "data_contact": "datos@example.org",
        "photo_consent": False,
        "dispute_forum": "un centro de mediación de Tulcán",
    }
    return ScholarshipAgreementContent(**{**values, **changes})
