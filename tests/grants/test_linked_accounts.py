"""A tranche waits for an account: its link is read as it stood on the day, and says what is missing."""

from datetime import timedelta

from seedfund.grants.queries.why import explain_tranche
from seedfund.grants.rules.conditions import AccountLinked, AllOf, DateReached
from seedfund.grants.rules.facts import Finding
from seedfund.grants.rules.words import EvidenceKind
from seedfund.kernel.messages import sentence
from seedfund.people.queries import participant_by_number
from seedfund.savings.rules.words import RefusedFor
from seedfund.savings.service import (
    AccountStep,
    RecordAccountRefusal,
    open_account,
    record_account_refusal,
)
from tests.grants.asking import WAITING, granted, observed, why
from tests.grants.paying import account
from tests.savings.accounts import Saver, done, invited, later, opening, step, verify
from tests.savings.accounts import key as savings_key
from tests.support.grants import Home
from tests.support.programme import House


def waiting(house: House, grant: str) -> Finding:
    """How the condition stands."""
    return why(house, grant).findings[WAITING]


def missing(house: House, grant: str) -> str:
    """What the condition says is missing."""
    gap = waiting(house, grant).missing
    assert gap is not None
    return gap.code


def person_of(house: House, owner: Home) -> Saver:
    with house.work("field") as work:
        row = participant_by_number(work.reader(), work.programme.id, owner.head)
    return Saver(row.id, row.number, owner.household, row.id)


def test_a_tranche_is_told_what_its_account_lacks_until_another_hand_has_verified_it(house: House) -> None:
    grant, owner = granted(house, AccountLinked())
    who = person_of(house, owner)
    assert missing(house, grant) == "account_not_linked"
    link = invited(house, who)
    assert missing(house, grant) == "account_not_opened"
    done(
        house,
        record_account_refusal,
        RecordAccountRefusal(key=savings_key(), link=link, refused_for=RefusedFor.DOCUMENT_NOT_ACCEPTED),
    )
    assert missing(house, grant) == "account_refused"
    step(house, link, AccountStep.DOCUMENTS)
    done(house, open_account, opening(link))
    assert missing(house, grant) == "account_not_verified"
    verify(house, link)
    found = waiting(house, grant)

    assert (found.holds, found.evidence, found.evaluator) == (True, link, "coach")
    later(house, 1)
    step(house, link, AccountStep.CLOSED)
    assert missing(house, grant) == "account_closed"


def test_the_link_is_read_as_it_stood_on_the_day(house: House) -> None:
    grant, owner = granted(house, AccountLinked())
    who = person_of(house, owner)
    link = invited(house, who)
    day = later(house, 5)
    done(house, open_account, opening(link))
    verify(house, link)

    with house.work("coach") as work:
        then = explain_tranche(work, grant, 1, on=day - timedelta(days=1)).findings[WAITING]
        now = explain_tranche(work, grant, 1, on=day).findings[WAITING]
    assert (then.holds, now.holds) == (False, True)


def test_the_refusal_of_a_bank_is_told_in_spanish_with_its_reason(house: House) -> None:
    grant, owner = granted(house, AccountLinked())
    link = invited(house, person_of(house, owner))
    done(
        house,
        record_account_refusal,
        RecordAccountRefusal(key=savings_key(), link=link, refused_for=RefusedFor.DOCUMENT_NOT_ACCEPTED),
    )
    gap = waiting(house, grant).missing
    assert gap is not None

    assert f"La institución negó la cuenta {link}" in sentence(gap, "es")
    assert "documento no aceptado" in sentence(gap, "es")


def test_evidence_and_payout_accounts_are_still_accepted(house: House) -> None:
    grant, owner = granted(house, AllOf((AccountLinked(), DateReached())))
    invited(house, person_of(house, owner))
    part = waiting(house, grant).parts[0]
    assert part.missing is not None
    assert part.missing.code == "account_not_opened"
    observed(house, owner.household, EvidenceKind.ACCOUNT_LINKED)

    assert waiting(house, grant).parts[0].holds


def test_a_verified_payout_account_needs_no_link(house: House) -> None:
    grant, owner = granted(house, AccountLinked())
    account(house, owner.head)

    assert waiting(house, grant).holds
