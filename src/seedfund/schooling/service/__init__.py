"""The public commands of schooling: recording it, its steps, and deciding what of it counts."""

from typing import Final

from seedfund.schooling.service.recording import (
    DecideSchooling,
    RecordSchooling,
    RecordSchoolStep,
    SchoolingRecorded,
    decide_schooling,
    record_school_step,
    record_schooling,
)

COMMANDS: Final = (record_schooling, record_school_step, decide_schooling)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "DecideSchooling",
    "RecordSchoolStep",
    "RecordSchooling",
    "SchoolingRecorded",
    "decide_schooling",
    "record_school_step",
    "record_schooling",
]
