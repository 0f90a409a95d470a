"""Issuing, correcting and printing papers.

`terms` what papers say beside the facts · `agreements` papers that bind · `acts` papers of what happened · `training`
certificates · `consents` consent forms · `snapshots` frozen indicators · `registers` lists to sign · `reissue`
corrections · `printing` the same bytes again · `copies` what was signed · `contents` from facts to contents ·
`parties` whom a paper names · `signing` who signs how · `issuing` the one way in.
"""

from typing import Final

from seedfund.documents.service.acts import (
    IssueCloseOutPaper,
    IssueCommitteeMinutes,
    IssueHandoverPaper,
    IssueOfficialReceipt,
    IssuePaymentReceipt,
    issue_close_out_paper,
    issue_committee_minutes,
    issue_handover_paper,
    issue_official_receipt,
    issue_payment_receipt,
)
from seedfund.documents.service.agreements import (
    IssueAddendumPaper,
    IssueAgreementPaper,
    PaperWritten,
    issue_addendum_paper,
    issue_agreement_paper,
)
from seedfund.documents.service.consents import IssueConsentPaper, issue_consent_paper
from seedfund.documents.service.copies import CopyKept, CopyOpened, keep_copy, open_copy
from seedfund.documents.service.printing import (
    PaperPrinted,
    Setters,
    named,
    print_paper,
    printed,
    printed_together,
)
from seedfund.documents.service.registers import attendance_register
from seedfund.documents.service.reissue import ReissuePaper, reissue_paper
from seedfund.documents.service.signing import Signing
from seedfund.documents.service.snapshots import FreezeIndicators, IndicatorsFrozen, freeze_indicators
from seedfund.documents.service.terms import (
    ApprovePaperTerms,
    ProposePaperTerms,
    approve_paper_terms,
    propose_paper_terms,
)
from seedfund.documents.service.training import IssueCertificatePaper, issue_certificate_paper

COMMANDS: Final = (
    propose_paper_terms,
    approve_paper_terms,
    issue_agreement_paper,
    issue_addendum_paper,
    issue_handover_paper,
    issue_close_out_paper,
    issue_payment_receipt,
    issue_official_receipt,
    issue_committee_minutes,
    issue_certificate_paper,
    issue_consent_paper,
    reissue_paper,
    freeze_indicators,
)

__all__ = [
    "COMMANDS",
    "ApprovePaperTerms",
    "CopyKept",
    "CopyOpened",
    "FreezeIndicators",
    "IndicatorsFrozen",
    "IssueAddendumPaper",
    "IssueAgreementPaper",
    "IssueCertificatePaper",
    "IssueCloseOutPaper",
    "IssueCommitteeMinutes",
    "IssueConsentPaper",
    "IssueHandoverPaper",
    "IssueOfficialReceipt",
    "IssuePaymentReceipt",
    "PaperPrinted",
    "PaperWritten",
    "ProposePaperTerms",
    "ReissuePaper",
    "Setters",
    "Signing",
    "approve_paper_terms",
    "attendance_register",
    "freeze_indicators",
    "issue_addendum_paper",
    "issue_agreement_paper",
    "issue_certificate_paper",
    "issue_close_out_paper",
    "issue_committee_minutes",
    "issue_consent_paper",
    "issue_handover_paper",
    "issue_official_receipt",
    "issue_payment_receipt",
    "keep_copy",
    "named",
    "open_copy",
    "print_paper",
    "printed",
    "printed_together",
    "propose_paper_terms",
    "reissue_paper",
]
