"""The commands of scholarships, in the order of the work."""

from typing import Any, Final

from seedfund.scholarships.service import (
    applying,
    awarding,
    billing,
    complaints,
    confirming,
    netting,
    placing,
    planning,
)
from seedfund.scholarships.service.applying import (
    ApplicationMoved,
    ApplyForScholarship,
    CloseApplication,
    InterviewApplicant,
    apply_for_scholarship,
    close_application,
    interview_applicant,
)
from seedfund.scholarships.service.awarding import (
    AwardScholarship,
    DraftScholarship,
    EndScholarship,
    ProveEnrolment,
    ScholarshipEnded,
    ScholarshipMoved,
    award_scholarship,
    draft_scholarship,
    end_scholarship,
    prove_enrolment,
)
from seedfund.scholarships.service.billing import (
    BillLineAsked,
    BillMoved,
    DecideBill,
    RecordBill,
    decide_bill,
    record_bill,
)
from seedfund.scholarships.service.complaints import (
    CloseComplaint,
    ComplaintMoved,
    OpenComplaint,
    close_complaint,
    open_complaint,
)
from seedfund.scholarships.service.confirming import (
    ConfirmTranche,
    CorrectConfirmation,
    TrancheDecided,
    confirm_tranche,
    correct_confirmation,
)
from seedfund.scholarships.service.netting import BillNetted, NetProviderBill, net_bill
from seedfund.scholarships.service.placing import (
    Answer,
    CheckPlacement,
    CorrectPlacement,
    PlacementChecked,
    check_work,
    correct_placement,
)
from seedfund.scholarships.service.planning import (
    ApproveEmploymentPlan,
    EmploymentPlanned,
    PlanEmployment,
    approve_plan,
    plan_employment,
)

COMMANDS: Final[tuple[Any, ...]] = (
    *applying.COMMANDS,
    *planning.COMMANDS,
    *awarding.COMMANDS,
    *confirming.COMMANDS,
    *billing.COMMANDS,
    *netting.COMMANDS,
    *complaints.COMMANDS,
    *placing.COMMANDS,
)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "Answer",
    "ApplicationMoved",
    "ApplyForScholarship",
    "ApproveEmploymentPlan",
    "AwardScholarship",
    "BillLineAsked",
    "BillMoved",
    "BillNetted",
    "CheckPlacement",
    "CloseApplication",
    "CloseComplaint",
    "ComplaintMoved",
    "ConfirmTranche",
    "CorrectConfirmation",
    "CorrectPlacement",
    "DecideBill",
    "DraftScholarship",
    "EmploymentPlanned",
    "EndScholarship",
    "InterviewApplicant",
    "NetProviderBill",
    "OpenComplaint",
    "PlacementChecked",
    "PlanEmployment",
    "ProveEnrolment",
    "RecordBill",
    "ScholarshipEnded",
    "ScholarshipMoved",
    "TrancheDecided",
    "apply_for_scholarship",
    "approve_plan",
    "award_scholarship",
    "check_work",
    "close_application",
    "close_complaint",
    "confirm_tranche",
    "correct_confirmation",
    "correct_placement",
    "decide_bill",
    "draft_scholarship",
    "end_scholarship",
    "interview_applicant",
    "net_bill",
    "open_complaint",
    "plan_employment",
    "prove_enrolment",
    "record_bill",
]
