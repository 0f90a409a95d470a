"""The public commands of accompaniment: services, referrals, work, activities of a community."""

from typing import Final

from seedfund.accompaniment.service.activities import (
    ActivityMoved,
    ActivityTold,
    Attendee,
    CallOffActivity,
    CorrectActivity,
    FairEmployer,
    Headcount,
    HoldActivity,
    PlanActivity,
    call_off_activity,
    correct_activity,
    hold_activity,
    plan_activity,
)
from seedfund.accompaniment.service.interviews import (
    ArrangeInterview,
    InterviewMoved,
    RecordInterview,
    arrange_interview,
    record_interview,
)
from seedfund.accompaniment.service.monitoring import (
    BusinessTold,
    CorrectMonitoring,
    MonitoringRecorded,
    RecordMonitoring,
    correct_monitoring,
    record_monitoring,
)
from seedfund.accompaniment.service.placements import (
    PlacementMoved,
    RecordPlacement,
    RecordRetention,
    record_placement,
    record_retention,
)
from seedfund.accompaniment.service.referrals import (
    OfferReferral,
    RecordReferralStep,
    ReferralMoved,
    ReferralsRevoked,
    WithdrawFromServices,
    offer_referral,
    record_referral_step,
    withdraw_from_services,
)
from seedfund.accompaniment.service.services import (
    ChangeService,
    ListService,
    ServiceMoved,
    change_service,
    list_service,
)
from seedfund.accompaniment.service.vacancies import (
    CloseVacancy,
    ListVacancy,
    VacancyMoved,
    close_vacancy,
    list_vacancy,
)

COMMANDS: Final = (
    *(list_service, change_service),
    *(offer_referral, record_referral_step, withdraw_from_services),
    *(list_vacancy, close_vacancy, arrange_interview, record_interview),
    *(record_placement, record_retention),
    *(record_monitoring, correct_monitoring),
    *(plan_activity, hold_activity, call_off_activity, correct_activity),
)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "ActivityMoved",
    "ActivityTold",
    "ArrangeInterview",
    "Attendee",
    "BusinessTold",
    "CallOffActivity",
    "ChangeService",
    "CloseVacancy",
    "CorrectActivity",
    "CorrectMonitoring",
    "FairEmployer",
    "Headcount",
    "HoldActivity",
    "InterviewMoved",
    "ListService",
    "ListVacancy",
    "MonitoringRecorded",
    "OfferReferral",
    "PlacementMoved",
    "PlanActivity",
    "RecordInterview",
    "RecordMonitoring",
    "RecordPlacement",
    "RecordReferralStep",
    "RecordRetention",
    "ReferralMoved",
    "ReferralsRevoked",
    "ServiceMoved",
    "VacancyMoved",
    "WithdrawFromServices",
    "arrange_interview",
    "call_off_activity",
    "change_service",
    "close_vacancy",
    "correct_activity",
    "correct_monitoring",
    "hold_activity",
    "list_service",
    "list_vacancy",
    "offer_referral",
    "plan_activity",
    "record_interview",
    "record_monitoring",
    "record_placement",
    "record_referral_step",
    "record_retention",
    "withdraw_from_services",
]
