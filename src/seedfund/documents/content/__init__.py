"""What each paper says: frozen values that hold every figure, name and date it prints.

Must not know layouts, wording or storage.
"""

from collections.abc import Mapping
from typing import Any, Final

from seedfund.documents.content.acts import (
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
    PaymentReceiptContent,
)
from seedfund.documents.content.agreement import (
    AddendumContent,
    AgreementContent,
    AgreementKind,
    FundedBy,
    PlanItem,
    TrancheLine,
)
from seedfund.documents.content.common import (
    Content,
    Finger,
    Organisation,
    Owner,
    OwnerKind,
    Payee,
    PaymentMethod,
    Person,
    Signatory,
    SignMethod,
    SignRole,
    content_hash,
)
from seedfund.documents.content.consent import (
    ConsentAnswer,
    ConsentContent,
    ConsentFor,
    ConsentGivenBy,
    ConsentState,
)
from seedfund.documents.content.scholarship import (
    CourseModality,
    PaidFor,
    ScholarshipAgreementContent,
    ScholarshipLine,
    StipendPeriod,
)
from seedfund.documents.content.training import (
    CertificateContent,
    RegisterContent,
    RegisterSession,
    RegisterSheet,
)
from seedfund.kernel.errors import InvalidInput

__all__ = [
    "CONTENTS",
    "WORDINGS",
    "AddendumContent",
    "AgreementContent",
    "AgreementKind",
    "CertificateContent",
    "CloseOutContent",
    "CloseOutLine",
    "CloseOutPayment",
    "CloseOutcome",
    "CommitteeCase",
    "CommitteeMember",
    "CommitteeMinutesContent",
    "CommitteeOutcome",
    "ConsentAnswer",
    "ConsentContent",
    "ConsentFor",
    "ConsentGivenBy",
    "ConsentState",
    "Content",
    "CourseModality",
    "Finger",
    "FundedBy",
    "HandoverContent",
    "HandoverItem",
    "OfficialReceiptContent",
    "Organisation",
    "Owner",
    "OwnerKind",
    "PaidFor",
    "Payee",
    "PaymentMethod",
    "PaymentReceiptContent",
    "Person",
    "PlanItem",
    "RegisterContent",
    "RegisterSession",
    "RegisterSheet",
    "ScholarshipAgreementContent",
    "ScholarshipLine",
    "SignMethod",
    "SignRole",
    "Signatory",
    "StipendPeriod",
    "TrancheLine",
    "content_from_json",
    "content_hash",
]

CONTENTS: Final[Mapping[str, type[Content]]] = {
    kind.paper: kind
    for kind in (
        AgreementContent,
        AddendumContent,
        ScholarshipAgreementContent,
        HandoverContent,
        CloseOutContent,
        PaymentReceiptContent,
        CommitteeMinutesContent,
        OfficialReceiptContent,
        CertificateContent,
        RegisterContent,
        ConsentContent,
    )
}
"""Every paper by the name its content carries."""
WORDINGS: Final[Mapping[str, type[Content]]] = {
    **CONTENTS,
    str(AgreementKind.UNDERTAKING): AgreementContent,
}
"""The content of every template, by the name of its folder: a paper of several kinds has one for each."""


def content_from_json(data: Mapping[str, Any]) -> Content:
    """The content of plain data, whichever paper it is of.

    Raises:
        InvalidInput: the paper is unknown, or a field is missing, unknown or of another kind.
    """
    kind = CONTENTS.get(str(data.get("paper")))
    if kind is None:
        raise InvalidInput(
            field="paper", problem="there is no such paper", remedy="use one of " + ", ".join(CONTENTS)
        )
    return kind.from_json(data)
