"""The trail of an account at a third party: its states, what each step needs, and how it stood on a day.

The institution decides about the account; we record what happened and when. That it is verified is our decision, by
another person than the one who recorded the opening (domain: savings-account linkage). Must not know rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.states import StateTable
from seedfund.savings.rules.words import FORMAL, AccountKind, Barrier, Holding, Proof, RefusedFor

LINK_STATES: Final = StateTable(
    "savings link",
    "invited",
    {
        "invited": ("documents", "opened", "refused", "closed"),
        "documents": ("opened", "refused", "closed"),
        "opened": ("verified", "closed"),
        "verified": ("active", "dormant", "closed"),
        "active": ("dormant", "closed"),
        "dormant": ("active", "closed"),
        "refused": ("documents", "closed"),
        "closed": (),
    },
)
"""From the invitation to the closing; who was refused may come back with other papers, and the refusal stays."""

OPEN_STATES: Final = ("opened", "verified", "active", "dormant")
"""States in which the account exists at the institution."""
VERIFIED_STATES: Final = ("verified", "active", "dormant")
"""States in which it exists and a second person has seen the proof."""
WAITING_STATES: Final = ("invited", "documents", "opened", "refused")
"""States in which somebody still has to do something before the account counts."""

STEP_BEFORE_LAST: Final = RefusalCode(
    "savings_step_before_last",
    "{link} became {state} on {last}, and this step is said to be of {day}.",
    "Give the day of the step; steps are recorded in the order in which they happened.",
)
ACCOUNT_NUMBER_MISSING: Final = RefusalCode(
    "savings_account_number_missing",
    "No account number is given for {link}, and no payout account either.",
    "Give the number from the certificate, or the key of the payout account it is.",
)
ACCOUNT_NUMBER_TWICE: Final = RefusalCode(
    "savings_account_number_twice",
    "A number and a payout account are given for {link}.",
    "Give one of them: a payout account has its number already.",
)
ACCOUNT_OF_ANOTHER: Final = RefusalCode(
    "savings_account_of_another",
    "The payout account is of {found}, and {link} is of {holder}.",
    "Give a payout account of the holder, or record the link for its owner.",
)
OWN_VERIFICATION: Final = RefusalCode(
    "savings_own_verification",
    "Whoever recorded that the account was opened does not verify it.",
    "Ask a colleague to compare the number with the certificate or the passbook.",
)
BANK_CONSENT_MISSING: Final = RefusalCode(
    "savings_bank_consent_missing",
    "{participant} has not consented to sharing data with a bank or provider.",
    "Ask for the consent and record it, then invite the person.",
)
CO_HOLDER_MISSING: Final = RefusalCode(
    "savings_co_holder_missing",
    "The account is {holding}, and the other person is not named.",
    "Name the other holder, or the adult who manages the child's account.",
)
CO_HOLDER_NOT_EXPECTED: Final = RefusalCode(
    "savings_co_holder_not_expected",
    "The account is the person's own, and another holder is named.",
    "Leave the other holder out, or say that the account is joint.",
)
CO_HOLDER_IS_HOLDER: Final = RefusalCode(
    "savings_co_holder_is_holder",
    "{participant} is named as the holder and as the other holder.",
    "Name somebody else, or say that the account is the person's own.",
)
LINK_TWICE: Final = RefusalCode(
    "savings_link_twice",
    "{participant} has an account at this institution already: {link} is {state}.",
    "Go on with {link}, or close it first.",
)
REFUSALS: Final = (
    *(STEP_BEFORE_LAST, ACCOUNT_NUMBER_MISSING, ACCOUNT_NUMBER_TWICE, ACCOUNT_OF_ANOTHER),
    *(OWN_VERIFICATION, BANK_CONSENT_MISSING, CO_HOLDER_MISSING, CO_HOLDER_NOT_EXPECTED),
    *(CO_HOLDER_IS_HOLDER, LINK_TWICE),
)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What an invitation is judged by; `known` is a link to the same institution that is not closed, and its state."""

    participant: str
    holding: Holding
    co_holder: str | None
    has_consent: bool
    known: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One dated step of a trail; a refusal has its reason and barrier, a verification its proof."""

    state: str
    on: date
    reason: RefusedFor | None = None
    barrier: Barrier | None = None
    proof: Proof | None = None


def check_invitation(asked: Invitation) -> tuple[Refusal, ...]:
    """Why a person is not invited to an account."""
    found = []
    if not asked.has_consent:
        found.append(BANK_CONSENT_MISSING(participant=asked.participant))
    if asked.holding is Holding.OWN and asked.co_holder is not None:
        found.append(CO_HOLDER_NOT_EXPECTED())
    if asked.holding is not Holding.OWN and asked.co_holder is None:
        found.append(CO_HOLDER_MISSING(holding=asked.holding.value))
    if asked.co_holder == asked.participant:
        found.append(CO_HOLDER_IS_HOLDER(participant=asked.participant))
    if asked.known is not None:
        link, state = asked.known
        found.append(LINK_TWICE(participant=asked.participant, link=link, state=state))
    return tuple(found)


def check_step(link: str, state: str, *, last_on: date, on: date) -> tuple[Refusal, ...]:
    """Why a step of a day cannot follow the last one; `LINK_STATES` says which steps there are."""
    return (STEP_BEFORE_LAST(link=link, state=state, last=last_on, day=on),) if on < last_on else ()


def check_number(
    link: str, holder: str, *, has_number: bool, account_holder: str | None
) -> tuple[Refusal, ...]:
    """Why an opening has not told its account; `account_holder` is whose the payout account is, if one is given."""
    found = []
    if has_number and account_holder is not None:
        found.append(ACCOUNT_NUMBER_TWICE(link=link))
    if not has_number and account_holder is None:
        found.append(ACCOUNT_NUMBER_MISSING(link=link))
    if account_holder is not None and account_holder != holder:
        found.append(ACCOUNT_OF_ANOTHER(link=link, holder=holder, found=account_holder))
    return tuple(found)


def state_on(steps: Sequence[Step], day: date) -> Step | None:
    """The step a trail had come to by a day; None where it had not begun. `steps` stand in their order."""
    known = [step for step in steps if step.on <= day]
    return known[-1] if known else None


def is_formal(kind: AccountKind) -> bool:
    """Whether the account is at a supervised institution: a bank, a cooperative, or a basic account at one."""
    return kind in FORMAL


def masked(number: str) -> str:
    """An account number as it may be shown: its last four signs, and never more than half of them."""
    shown = min(4, len(number) // 2)
    return "•" * (len(number) - shown) + number[len(number) - shown :]
