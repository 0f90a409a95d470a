"""What of training is only ever appended, and what of a row stays as it was. Must not know why one is written."""

from typing import Final

from seedfund.store.triggers import PREFIX, append_only, kept, refusing

_KEPT: Final = {
    "sf_course": "code minutes fee_minor currency unit threshold_bps excused excused_most",
    "sf_cohort": "number course_id capacity",
    "sf_training_session": "cohort_id position kind minutes",
    "sf_enrolment": "number cohort_id participant_id enrolled_on",
    "sf_attendance_mark": "session_id participant_id",
}


TRIGGERS: Final = (
    *(
        trigger
        for table, columns in _KEPT.items()
        for trigger in kept(table, columns.split(), sentence="what was set down is never changed")
    ),
    refusing(
        f"{PREFIX}attendance_mark_kept_before",
        "sf_attendance_mark",
        when="BEFORE UPDATE",
        sentence="what a mark was is kept before it changes",
        condition="NEW.version <> OLD.version + 1 OR NOT EXISTS (SELECT 1 FROM sf_attendance_history h "
        "WHERE h.session_id = OLD.session_id AND h.participant_id = OLD.participant_id "
        "AND h.version = OLD.version AND h.mark = OLD.mark)",
    ),
    *append_only("sf_attendance_history", ("session_id", "participant_id", "version")),
    *append_only("sf_threshold_waiver", ("id",)),
    *append_only("sf_certificate", ("id",)),
)
