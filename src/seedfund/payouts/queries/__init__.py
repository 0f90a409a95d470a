"""Reads of payouts: layouts, files out and in, the queue of rows that wait, payments as a provider's row finds them."""

from seedfund.payouts.queries.exceptions import (
    ExceptionRow,
    ExceptionShown,
    cells_place,
    exception_by_number,
    exceptions_met,
    list_exceptions,
    open_cells,
    payments_of,
    rows_met,
)
from seedfund.payouts.queries.files import (
    FileRow,
    IntakeRow,
    file_by_number,
    layout_of_intake,
    list_files,
    list_intakes,
)
from seedfund.payouts.queries.layouts import (
    LayoutRow,
    layout_by_id,
    layout_in_force,
    layout_versions,
    list_layouts,
    terms_hash,
)
from seedfund.payouts.queries.paid import PaidRow, list_numbers, lock_payments, paid_rows
from seedfund.payouts.queries.telling import ANSWERING, PAYMENTS, Telling, commands_about

__all__ = [
    "ANSWERING",
    "PAYMENTS",
    "ExceptionRow",
    "ExceptionShown",
    "FileRow",
    "IntakeRow",
    "LayoutRow",
    "PaidRow",
    "Telling",
    "cells_place",
    "commands_about",
    "exception_by_number",
    "exceptions_met",
    "file_by_number",
    "layout_by_id",
    "layout_in_force",
    "layout_of_intake",
    "layout_versions",
    "list_exceptions",
    "list_files",
    "list_intakes",
    "list_layouts",
    "list_numbers",
    "lock_payments",
    "open_cells",
    "paid_rows",
    "payments_of",
    "rows_met",
    "terms_hash",
]
