"""A consent form of the fictional programme: one answer of each state."""

from datetime import date
from typing import Any

from seedfund.documents.content import (
    ConsentAnswer,
    ConsentContent,
    ConsentFor,
    ConsentGivenBy,
    ConsentState,
    SignRole,
)
from tests.documents.samples.common import PARTICIPANT, common


def consent(**changes: Any) -> ConsentContent:
    given: dict[str, Any] = {
        "given_on": date(2026, 10, 2),
        "method": ConsentGivenBy.THUMBPRINT,
        "explained_in": "quechua",
        "text_version": "DP-2",
    }
    values: dict[str, Any] = {
        **common(
            "CN-2026-0001",
            (SignRole.ORGANISATION, "Lucía Modelo Andrade"),
            (SignRole.PARTICIPANT, PARTICIPANT.name),
        ),
        "fund": "",
        "donor": "",
        "participant_number": "PT-2026-0001",
        "person": PARTICIPANT,
        "is_minor": True,
        "answers": (
            ConsentAnswer(
                purpose=ConsentFor.REGISTRATION, state=ConsentState.GIVEN, by_guardian=True, **given
            ),
            ConsentAnswer(purpose=ConsentFor.BANK, state=ConsentState.GIVEN, **given),
            ConsentAnswer(purpose=ConsentFor.PARTNERS, state=ConsentState.NONE),
            ConsentAnswer(purpose=ConsentFor.CONTACT, state=ConsentState.NONE),
            ConsentAnswer(
                purpose=ConsentFor.PHOTOS,
                state=ConsentState.WITHDRAWN,
                withdrawn_on=date(2026, 11, 3),
                **given,
            ),
        ),
        "complaints_channel": "quejas@example.org",
        "data_contact": "datos@example.org",
        "keep_records_years": 7,
    }
    return ConsentContent(**{**values, **changes})
