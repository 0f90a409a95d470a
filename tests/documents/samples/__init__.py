"""Papers of a plainly fictional programme, complete, for the tests of documents."""

from seedfund.documents.content import Content
from tests.documents.samples.acts import (
    close_out,
    committee_minutes,
    handover,
    official_receipt,
    payment_receipt,
)
from tests.documents.samples.agreements import addendum, agreement, plan_items, tranches
from tests.documents.samples.common import CHAIN_HEAD, PARTICIPANT, owner, usd
from tests.documents.samples.consents import consent
from tests.documents.samples.scholarships import scholarship_agreement
from tests.documents.samples.training import attendance_register, certificate

__all__ = [
    "CHAIN_HEAD",
    "PARTICIPANT",
    "addendum",
    "agreement",
    "all_papers",
    "attendance_register",
    "certificate",
    "close_out",
    "committee_minutes",
    "consent",
    "handover",
    "official_receipt",
    "owner",
    "payment_receipt",
    "plan_items",
    "scholarship_agreement",
    "tranches",
    "usd",
]


def all_papers() -> tuple[Content, ...]:
    return (
        agreement(),
        addendum(),
        scholarship_agreement(),
        handover(),
        close_out(),
        payment_receipt(),
        committee_minutes(),
        official_receipt(),
        certificate(),
        attendance_register(),
        consent(),
    )
