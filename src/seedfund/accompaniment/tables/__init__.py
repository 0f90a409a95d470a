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

__all__ = [
    "Activity",
    "ActivityAttendee",
    "ActivityEmployer",
    "ActivityHeadcount",
    "ActivityReport",
    "ActivityStep",
    "HouseholdScreening",
    "Interview",
    "InterviewStep",
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
]
