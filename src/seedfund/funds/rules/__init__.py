"""The pure rules of funds: days and budgets, benefits as data, eligibility as data, report views. No storage."""

from typing import Final

from seedfund.funds.rules import benefits, budgets, eligibility
from seedfund.kernel.errors import RefusalCode
from seedfund.kernel.states import StateTable

REFUSALS: Final[tuple[RefusalCode, ...]] = (*budgets.REFUSALS, *benefits.REFUSALS, *eligibility.REFUSALS)
STATES: Final[tuple[StateTable, ...]] = ()
