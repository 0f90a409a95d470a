"""The rules of payouts: layouts, what a row means for its payment, why it waits, how an exception ends."""

from typing import Final

from seedfund.payouts.rules import layouts, refusals
from seedfund.payouts.rules.fees import fee_due, fee_of_record
from seedfund.payouts.rules.judging import judge, may_be_another, misfits_among, queued
from seedfund.payouts.rules.layouts import LayoutColumn, LayoutTerms, StatusWord, check_layout
from seedfund.payouts.rules.records import LayoutRecord, OwnAccount, RecordCell
from seedfund.payouts.rules.states import EXCEPTION_STATES
from seedfund.payouts.rules.values import Asked, Manner, NewRow, Paid, RowTold, Verdict
from seedfund.payouts.rules.words import (
    Align,
    AmountMeaning,
    DayForm,
    Direction,
    Fate,
    FeesAre,
    FileForm,
    LayoutField,
    Misfit,
    NumberForm,
    RecordItem,
    RecordPlace,
    Told,
)

REFUSALS: Final = (*layouts.REFUSALS, *refusals.REFUSALS)
STATES: Final = (EXCEPTION_STATES,)

__all__ = [
    "EXCEPTION_STATES",
    "REFUSALS",
    "STATES",
    "Align",
    "AmountMeaning",
    "Asked",
    "DayForm",
    "Direction",
    "Fate",
    "FeesAre",
    "FileForm",
    "LayoutColumn",
    "LayoutField",
    "LayoutRecord",
    "LayoutTerms",
    "Manner",
    "Misfit",
    "NewRow",
    "NumberForm",
    "OwnAccount",
    "Paid",
    "RecordCell",
    "RecordItem",
    "RecordPlace",
    "RowTold",
    "StatusWord",
    "Told",
    "Verdict",
    "check_layout",
    "fee_due",
    "fee_of_record",
    "judge",
    "may_be_another",
    "misfits_among",
    "queued",
]
