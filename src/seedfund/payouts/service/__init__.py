"""The public commands of payouts: layouts under two persons, results taken in, exceptions ended."""

from typing import Final

from seedfund.payouts.service import exceptions, layouts, results
from seedfund.payouts.service.exceptions import (
    AnswerException,
    DismissException,
    ExceptionEnded,
    ResolveException,
    answer_exception,
    dismiss_exception,
    resolve_exception,
)
from seedfund.payouts.service.files import FileWritten, next_number, write_file
from seedfund.payouts.service.layouts import (
    ApproveLayout,
    DefineLayout,
    LayoutApproved,
    approve_layout,
    define_layout,
)
from seedfund.payouts.service.results import ResultsTaken, RowFate, TakeResults, take_results
from seedfund.payouts.service.rows import ResultRow

COMMANDS: Final = (*layouts.COMMANDS, *results.COMMANDS, *exceptions.COMMANDS)
"""Every verb of this area, in the order of the work."""

__all__ = [
    "COMMANDS",
    "AnswerException",
    "ApproveLayout",
    "DefineLayout",
    "DismissException",
    "ExceptionEnded",
    "FileWritten",
    "LayoutApproved",
    "ResolveException",
    "ResultRow",
    "ResultsTaken",
    "RowFate",
    "TakeResults",
    "answer_exception",
    "approve_layout",
    "define_layout",
    "dismiss_exception",
    "next_number",
    "resolve_exception",
    "take_results",
    "write_file",
]
