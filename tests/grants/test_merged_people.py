"""One person under two numbers is supported once: grants count together, nothing more is paid to the merged number."""

import pytest
import sqlalchemy as sa

from seedfund.assurance.verify import Request, verify
from seedfund.grants.service import EraseParticipant, award_grant, erase_participant
from seedfund.kernel.errors import NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.queries.likely import list_likely_duplicates, search_likely_duplicates
from seedfund.people.rules import ErasureGround, LikelyDecision
from seedfund.people.service import (
    DecideLikelyDuplicate,
    ProposeLikelyDuplicates,
    TwoPeople,
    decide_likely_duplicate,
    propose_likely_duplicates,
)
from tests.grants.paying import payable, wish
from tests.grants.paying import released as released_list
from tests.support.grants import Home, awarded, home, key, prepared, referring
from tests.support.programme import RING, House


def merge(
    house: House, leads: Home, other: Home, decision: LikelyDecision = LikelyDecision.SAME_PERSON
) -> None:
    """Two heads of households were one person all along, or not."""
    two = TwoPeople(first=leads.head, second=other.head)
    with house.work("expert") as work:
        propose_likely_duplicates(work, ProposeLikelyDuplicates(key=key(), pairs=(two,)))
    with house.work("manager") as work:
        decide_likely_duplicate(
            work,
            DecideLikelyDuplicate(
                key=key(),
                first=two.first,
                second=two.second,
                decision=decision,
                reason=Secret("vista con su pasaporte"),
                leads=leads.head if decision is LikelyDecision.SAME_PERSON else None,
            ),
        )


def test_what_stands_under_the_other_number_counts_when_something_is_awarded(house: House) -> None:
    prepared(house)
    leads, other = home(house), home(house)
    before = awarded(house, other).number
    merge(house, leads, other)

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        award_grant(work, referring(leads))
    assert before in str(caught.value)


def test_nothing_is_awarded_to_a_merged_number_and_the_one_that_leads_is_named(house: House) -> None:
    prepared(house)
    leads, other = home(house), home(house)
    merge(house, leads, other)

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        award_grant(work, referring(other))
    assert caught.value.codes == ("household_merged",)
    assert leads.household in str(caught.value)


def test_a_grant_keeps_its_number_and_is_not_paid_on_under_a_merged_one(house: House) -> None:
    prepared(house)
    leads, other = home(house), home(house)
    grant = payable(house, other)
    merge(house, leads, other)

    with pytest.raises(Refused) as caught:
        released_list(house, wish(grant))
    assert {"participation_ended", "household_not_active"} & set(caught.value.codes)
    merge_back = TwoPeople(first=leads.head, second=other.head)
    with house.work("director") as work:
        decide_likely_duplicate(
            work,
            DecideLikelyDuplicate(
                key=key(),
                first=merge_back.first,
                second=merge_back.second,
                decision=LikelyDecision.DIFFERENT_PEOPLE,
                reason=Secret("dos hermanas"),
            ),
        )
    with house.engine.connect() as connection:
        owner = connection.execute(
            sa.text(
                "SELECT p.number FROM sf_grant g JOIN sf_participant p ON p.id = g.participant_id"
                " WHERE g.number = :number"
            ),
            {"number": grant},
        ).scalar_one()
    assert owner == other.head


def test_an_erased_person_takes_the_reason_along_and_the_books_stay_sound(house: House) -> None:
    prepared(house)
    leads, other = home(house), home(house)
    merge(house, leads, other)
    assert verify(house.engine, Request(keyring=RING)).is_sound
    with house.work("protection") as work:
        asked = EraseParticipant(key=key(), participant=other.head, ground=ErasureGround.ENTERED_BY_MISTAKE)
        erase_participant(work, asked)

    found = verify(house.engine, Request(keyring=RING))
    assert found.is_sound
    assert "not_opened_erased" in {finding.code for finding in found.findings}
    with house.work("manager") as work:
        (pair,) = list_likely_duplicates(work, only_waiting=False)
        assert search_likely_duplicates(work).people == 1
    assert pair.state == "erased"
    with house.engine.connect() as connection:
        left = connection.execute(
            sa.text("SELECT count(*) FROM sf_data_key WHERE subject_id = :pair"), {"pair": pair.id}
        ).scalar_one()
    assert left == 0
    with pytest.raises((Refused, NotFound)):
        merge(house, leads, other, LikelyDecision.DIFFERENT_PEOPLE)
