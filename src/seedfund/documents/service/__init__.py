"""Issuing, correcting and printing papers.

`terms` what papers say beside the facts · `agreements` papers that bind · `printing` the same bytes again ·
`contents` from facts to contents · `parties` whom a paper names · `signing` who signs how · `issuing` the one way in.
"""

from typing import Final

from seedfund.documents.service.agreements import (
    IssueAgreementPaper,
    PaperOfGrant,
    issue_agreement_paper,
)
from seedfund.documents.service.printing import PaperPrinted, print_paper, printed
from seedfund.documents.service.signing import Signing
from seedfund.documents.service.terms import (
    ApprovePaperTerms,
    ProposePaperTerms,
    approve_paper_terms,
    propose_paper_terms,
)

COMMANDS: Final = (propose_paper_terms, approve_paper_terms, issue_agreement_paper)

__all__ = [
    "COMMANDS",
    "ApprovePaperTerms",
    "IssueAgreementPaper",
    "PaperOfGrant",
    "PaperPrinted",
    "ProposePaperTerms",
    "Signing",
    "approve_paper_terms",
    "issue_agreement_paper",
    "print_paper",
    "printed",
    "propose_paper_terms",
]
