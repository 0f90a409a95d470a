"""Asking in tests why a tranche is not paid: a grant whose only tranche waits, what was observed, and the answer."""

from datetime import date

from seedfund.grants.queries.why import TrancheExplained, explain_tranche
from seedfund.grants.rules.conditions import (
    Condition,
)
from seedfund.grants.rules.words import EvidenceKind, SubjectKind
from seedfund.grants.service import record_evidence
from seedfund.grants.service.evidence import (
    EvidenceRecorded,
    Observation,
    RecordEvidence,
)
from seedfund.register.rules import EvidenceKind as FileKind
from tests.grants.accounting_for import filed
from tests.grants.paying import payee
from tests.support.grants import (
    TODAY,
    Home,
    agreed,
    home,
    key,
    prepared,
    tranche,
    usd,
)
from tests.support.programme import House

DUE = date(2026, 4, 1)
PAPER = "ab" * 32
"""The paper of an authority that waivers stand on."""
WAITING = 5
"""Where a tranche's own conditions begin, after those that hold for every tranche."""


def granted(house: House, *conditions: Condition) -> tuple[str, Home]:
    """A grant in force with its payee, whose only tranche waits for these."""
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(500), *conditions, due_on=DUE), owner=owner)
    payee(house, grant, owner.head)
    filed(house, PAPER, FileKind.AUTHORITY)
    return grant, owner


def why(house: House, grant: str, position: int = 1) -> TrancheExplained:
    """How a tranche stands, as a coach asks."""
    with house.work("coach") as work:
        return explain_tranche(work, grant, position)


def observed(
    house: House,
    subject: str,
    kind: EvidenceKind,
    value: int | None = None,
    *,
    on: date = TODAY,
    file: str | None = None,
) -> EvidenceRecorded:
    """Something the coach observed of a grant, a household or a person."""
    kinds = {"HH": SubjectKind.HOUSEHOLD, "PT": SubjectKind.PARTICIPANT}
    observation = Observation(
        subject_kind=kinds.get(subject[:2], SubjectKind.GRANT),
        subject=subject,
        kind=kind,
        observed_on=on,
        source="signed register",
        value=value,
        file_sha256=file,
    )
    with house.work("coach") as work:
        return record_evidence(work, RecordEvidence(key=key(), observation=observation))
