"""The tables of accompaniment. Schema only; importing it defines all of them."""

from seedfund.accompaniment.tables.activities import (
    Activity,
    ActivityAttendee,
    ActivityEmployer,
    ActivityHeadcount,
    ActivityReport,
    ActivityStep,
)
from seedfund.accompaniment.tables.employment import (
    Interview,
    InterviewStep,
    Placement,
    RetentionCheck,
    Vacancy,
    VacancyStep,
)
from seedfund.accompaniment.tables.households import (
    Assessment,
    GoalStep,
    Graduation,
    GraduationFollowUp,
    HouseholdGoal,
    HouseholdPlan,
)
from seedfund.accompaniment.tables.monitoring import Monitoring, MonitoringDecision, MonitoringReport
from seedfund.accompaniment.tables.referrals import Referral, ReferralStep, Service, ServiceStep
from seedfund.accompaniment.tables.selection import (
    HouseholdScreening,
    SampledHousehold,
    SampleFinding,
    Selection,
    SelectionEntry,
    SelectionEntryStep,
    SelectionRules,
    SelectionStep,
    VerificationSample,
)
from seedfund.accompaniment.tables.yardsticks import Yardstick

__all__ = [
    "Activity",
    "ActivityAttendee",
    "ActivityEmployer",
    "ActivityHeadcount",
    "ActivityReport",
    "ActivityStep",
    "Assessment",
    "GoalStep",
    "Graduation",
    "GraduationFollowUp",
    "HouseholdGoal",
    "HouseholdPlan",
    "HouseholdScreening",
    "Interview",
    "InterviewStep",
    "Monitoring",
    "MonitoringDecision",
    "MonitoringReport",
    "Placement",
    "Referral",
    "ReferralStep",
    "RetentionCheck",
    "SampleFinding",
    "SampledHousehold",
    "Selection",
    "SelectionEntry",
    "SelectionEntryStep",
    "SelectionRules",
    "SelectionStep",
    "Service",
    "ServiceStep",
    "Vacancy",
    "VacancyStep",
    "VerificationSample",
    "Yardstick",
]
