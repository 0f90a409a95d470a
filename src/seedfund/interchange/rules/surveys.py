"""What an export of a survey brings about itself, pure: names of columns that are no answers. Must not know rows."""

import re
from collections.abc import Sequence
from typing import Final

from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import Layout

KEY: Final = "@key"
PARENT: Final = "@parent"
ROOT: Final = "@root"
"""Columns that joining adds: the row's own key, that of the row it belongs to, and that of the submission."""
_ABOUT_ITSELF: Final = frozenset(
    {
        *(
            "start",
            "end",
            "today",
            "deviceid",
            "subscriberid",
            "simserial",
            "simid",
            "phonenumber",
            "username",
        ),
        *("email", "audit", "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"),
        *("_submitted_by", "__version__", "_version_", "_tags", "_index", "_parent_index", "_attachments"),
        *("_parent_table_name", "_geolocation", "_xform_id_string", "formhub/uuid", "instanceid", "key"),
        *("parent_key", "submissiondate", "submitterid", "submittername", "attachmentspresent", "status"),
        *(
            "attachmentsexpected",
            "reviewstate",
            "edits",
            "formversion",
            "rootuuid",
            "_rootuuid",
            "instancename",
        ),
        *(KEY, PARENT, ROOT),
    }
)
"""Who held which telephone where and when: not taken over unless a mapping asks for it by name."""
_ABOUT_ITSELF_TOO: Final = re.compile(
    r"(?:meta[/-]|_submission__|set-of-).*|_.+_(?:latitude|longitude|altitude|precision)"
)
_POINT: Final = re.compile(r"_(.+)_latitude")


_SIGNS: Final = (
    *(frozenset({"_parent_index"}), frozenset({"parent_key"}), frozenset({"_index", "_id"})),
    *(
        frozenset({"_index", "_uuid"}),
        frozenset({"_id", "_submission_time"}),
        frozenset({"key", "submissiondate"}),
    ),
)
"""Any of these together are what Kobo and ODK put beside answers, and nobody else."""


def is_survey(titles: Sequence[str]) -> bool:
    """Whether a table is headed as an export of Kobo or ODK is."""
    present = {fold(title) for title in titles}
    return any(sign <= present for sign in _SIGNS)


def without_itself(titles: Sequence[str], layout: Layout) -> frozenset[str]:
    """The columns an export brings about itself and that nobody asked for; of points, what names a place."""
    asked = {fold(title) for title in layout.columns}
    points = {fold(match[1]) for title in titles if (match := _POINT.fullmatch(title))}
    present = {fold(title) for title in titles}
    return frozenset(
        folded
        for folded in present
        if folded not in asked
        and (
            folded in _ABOUT_ITSELF
            or folded in points
            or _ABOUT_ITSELF_TOO.fullmatch(folded)
            or any(folded.startswith(f"{one}/") for one in present)
        )
    )
