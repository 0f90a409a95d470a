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
    *append_only("sf_monitoring_decision", ("monitoring_id",)),
)
HOUSEHOLDS: Final = (
    *append_only("sf_yardstick", ("id",)),
    *kept(
        "sf_household_plan",
        ("household_id", "participant_id", "number"),
        sentence="a plan keeps its household",
    ),
    *kept("sf_household_goal", ("plan_id", "position", "words", "due_on"), sentence="a goal keeps its words"),
    *append_only("sf_household_goal_step", ("goal_id", "position")),
    *append_only("sf_assessment", ("id",)),
    *kept(
        "sf_graduation",
        ("household_id", "assessment_id", "yardstick_id", "found", "proposed_by"),
        sentence="a graduation keeps what it was proposed on",
    ),
    *append_only("sf_graduation_follow_up", ("graduation_id", "months", "version")),
)
SELECTION: Final = (
    *append_only("sf_selection_rules", ("id",)),
    *append_only("sf_household_screening", ("household_id", "version")),
    *kept(
        "sf_selection",
        ("number", "rules_id", "places", "households", "content", "content_hash", "made_on"),
        sentence="a list stays as it was made",
    ),
    *append_only("sf_selection_step", ("selection_id", "position")),
    *kept(
        "sf_selection_entry",
        ("selection_id", "position", "household_id", "screening_version", "outcome"),
        sentence="what was said of a household stays as it was",
    ),
    *append_only("sf_selection_entry_step", ("selection_id", "entry", "position")),
    *append_only("sf_verification_sample", ("selection_id",)),
    *append_only("sf_sampled_household", ("selection_id", "position")),
    *append_only("sf_sample_finding", ("selection_id", "position", "version")),
)
TRIGGERS: Final = (*SERVICES, *WORK, *ACTIVITIES, *MONITORING, *HOUSEHOLDS, *SELECTION)
