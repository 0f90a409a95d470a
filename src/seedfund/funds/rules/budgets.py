"""What a fund allows on a day and with a budget line. Pure; floors of money are the ledger's."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from seedfund.funds.rules.words import LineKind
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money

DONOR_EXISTS: Final = RefusalCode(
    "donor_exists", "There is a donor {code} already.", "Use that donor, or choose another code."
)
FUND_EXISTS: Final = RefusalCode(
    "fund_exists", "There is a fund {code} already.", "Use that fund, or choose another code."
)
LINE_EXISTS: Final = RefusalCode(
    "line_exists",
    "The fund {fund} has a budget line {code} already.",
    "Use that line, or choose another code.",
)
BANK_ACCOUNT_EXISTS: Final = RefusalCode(
    "bank_account_exists",
    "There is an account {code} already.",
    "Use that account, or choose another code.",
)
FUND_NOT_OPEN: Final = RefusalCode(
    "fund_not_open",
    "The fund {fund} runs from {start} to {last}; {day} lies outside.",
    "Choose a day within its period, or another fund.",
)
FUND_OTHER_CURRENCY: Final = RefusalCode(
    "fund_other_currency",
    "The fund {fund} is kept in {kept} and the amount is in {given}.",
    "Give the amount in {kept}; an amount in another currency is kept beside it with its rate.",
)
BANK_OTHER_CURRENCY: Final = RefusalCode(
    "bank_account_other_currency",
    "The account {code} is kept in {kept}, the fund {fund} in {wanted}.",
    "Choose an account in {wanted}.",
)
AMOUNT_NOT_ABOVE_ZERO: Final = RefusalCode(
    "amount_not_above_zero",
    "The amount {amount} is not above zero.",
    "Give an amount above zero; what is taken away has its own command.",
)
DONOR_AMOUNT_INCOMPLETE: Final = RefusalCode(
    "donor_amount_incomplete",
    "The donor's own amount, its rate and the source of the rate are given only in part.",
    "Give all three, or none when the instalment came in the fund's currency.",
)
INSTALMENT_RECORDED: Final = RefusalCode(
    "instalment_recorded",
    "The instalment {number} of the fund {fund} is recorded already.",
    "Give the next number; if the money was entered twice, take one of them back.",
)
LINE_NOT_FOR: Final = RefusalCode(
    "line_not_for",
    "The budget line {line} of {fund} is for {kind}, not for {wanted}.",
    "Choose a line for {wanted}.",
)
SAME_LINE: Final = RefusalCode(
    "same_line", "A revision moves budget from {line} to itself.", "Choose two different lines."
)
SAME_ACCOUNT: Final = RefusalCode(
    "same_account_moved", "Cash moves from {account} to itself.", "Name another account to move it to."
)
SAME_FUND: Final = RefusalCode("same_fund", "The fund {fund} lends to itself.", "Choose two different funds.")
FUND_MOVE_AUTHORITY: Final = RefusalCode(
    "fund_move_authority",
    "{amount} would leave the fund {fund}, above this person's authority of {ceiling}.",
    "Ask somebody with a higher ceiling.",
)
EXCHANGE_SAME_CURRENCY: Final = RefusalCode(
    "exchange_same_currency",
    "The funds {source} and {target} are both kept in {currency}.",
    "Between funds of one currency cash is lent: seedfund do funds.propose_loan.",
)
EXCHANGE_OTHER_DONOR: Final = RefusalCode(
    "exchange_other_donor",
    "The funds {source} and {target} are of different donors.",
    "Exchange between two funds of one donor; another donor's money is lent, in its own currency.",
)
REFUSALS: Final = (
    DONOR_EXISTS,
    FUND_EXISTS,
    LINE_EXISTS,
    BANK_ACCOUNT_EXISTS,
    FUND_NOT_OPEN,
    FUND_OTHER_CURRENCY,
    BANK_OTHER_CURRENCY,
    AMOUNT_NOT_ABOVE_ZERO,
    DONOR_AMOUNT_INCOMPLETE,
    INSTALMENT_RECORDED,
    LINE_NOT_FOR,
    SAME_LINE,
    SAME_ACCOUNT,
    SAME_FUND,
    FUND_MOVE_AUTHORITY,
    EXCHANGE_SAME_CURRENCY,
    EXCHANGE_OTHER_DONOR,
)


def check_period(fund: str, period: DateRange, day: date) -> list[Refusal]:
    """A fund pays, and is awarded, within its period only (half-open)."""
    if day in period:
        return []
    return [FUND_NOT_OPEN(fund=fund, start=period.start, last=period.last_day, day=day)]


def check_amount(fund: str, kept: str, amount: Money) -> list[Refusal]:
    """An amount of a fund is above zero and in the fund's currency."""
    refusals = [] if amount.minor > 0 else [AMOUNT_NOT_ABOVE_ZERO(amount=amount)]
    if amount.currency != kept:
        refusals.append(FUND_OTHER_CURRENCY(fund=fund, kept=kept, given=amount.currency))
    return refusals


def check_bank(fund: str, wanted: str, *, code: str, kept: str) -> list[Refusal]:
    """Money of a fund lies in accounts of its currency."""
    return [] if kept == wanted else [BANK_OTHER_CURRENCY(code=code, kept=kept, fund=fund, wanted=wanted)]


def check_authority(fund: str, amount: Money, *, ceiling: Money) -> list[Refusal]:
    """Money leaves a fund by the decision of somebody whose ceiling reaches."""
    return [] if amount <= ceiling else [FUND_MOVE_AUTHORITY(amount=amount, fund=fund, ceiling=ceiling)]


def check_exchange(source: tuple[str, str, str], target: tuple[str, str, str]) -> list[Refusal]:
    """Money is exchanged between two funds of one donor in two currencies; each is a code, a donor and a currency."""
    refusals = []
    if source[2] == target[2]:
        refusals.append(EXCHANGE_SAME_CURRENCY(source=source[0], target=target[0], currency=source[2]))
    if source[1] != target[1]:
        refusals.append(EXCHANGE_OTHER_DONOR(source=source[0], target=target[0]))
    return refusals


def check_donor_amount(amount: Money | None, rate: str, source: str) -> list[Refusal]:
    """The donor's own amount comes with its rate and the rate's source, or not at all."""
    given = (amount is not None, bool(rate.strip()), bool(source.strip()))
    return [] if all(given) or not any(given) else [DONOR_AMOUNT_INCOMPLETE()]


def check_line_kind(fund: str, line: str, kind: LineKind, *, wanted: Sequence[LineKind]) -> list[Refusal]:
    """Each kind of spending has its own lines: charges never eat what is for grants."""
    if kind in wanted:
        return []
    return [LINE_NOT_FOR(line=line, fund=fund, kind=kind, wanted=" / ".join(wanted))]
