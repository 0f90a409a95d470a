"""What of accompaniment is only ever appended. Must not know why a row is written."""

from typing import Final

from seedfund.store.triggers import append_only, kept

SERVICES: Final = (
    *kept(
        "sf_service",
        ("number", "name", "provider", "provider_kind", "kind", "locality"),
        sentence="who offers what where stays as recorded",
    ),
    *append_only("sf_service_step", ("service_id", "position")),
    *kept(
        "sf_referral",
        ("number", "participant_id", "service_id", "consent", "offered_on"),
        sentence="who was referred where, on what ground, stays as recorded",
    ),
    *append_only("sf_referral_step", ("referral_id", "position")),
)
WORK: Final = (
    *kept(
        "sf_vacancy",
        ("number", "employer", "posts", "currency"),
        sentence="what was offered stays as recorded",
    ),
    *append_only("sf_vacancy_step", ("vacancy_id", "position")),
    *kept("sf_interview", ("number", "participant_id"), sentence="who was to be seen stays as recorded"),
    *append_only("sf_interview_step", ("interview_id", "position")),
    *kept(
        "sf_placement",
        ("number", "participant_id", "kind", "starts_on"),
        sentence="who began to work where stays as recorded",
    ),
    *append_only("sf_retention_check", ("placement_id", "position")),
)
ACTIVITIES: Final = (
    *kept("sf_activity", ("number", "kind"), sentence="what was planned stays as recorded"),
    *append_only("sf_activity_step", ("activity_id", "position")),
    *append_only("sf_activity_report", ("activity_id", "version")),
    *append_only("sf_activity_attendee", ("activity_id", "version", "position")),
    *append_only("sf_activity_headcount", ("activity_id", "version", "position")),
    *append_only("sf_activity_employer", ("activity_id", "version", "position")),
)
MONITORING: Final = (
    *kept(
        "sf_monitoring",
        ("number", "plan_id", "plan", "participant_id", "visited_on"),
        sentence="which business was looked at when stays as recorded",
    ),
    *append_only("sf_monitoring_report", ("monitoring_id", "version")),
)
TRIGGERS: Final = (*SERVICES, *WORK, *ACTIVITIES, *MONITORING)
