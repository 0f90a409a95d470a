"""Where the policy asks for it, only households that hold a place in a selection are awarded."""

from dataclasses import replace

import pytest

from seedfund.accompaniment.rules.criteria import Criterion, CriterionKind
from seedfund.approvals.rules.policy import Profile
from seedfund.approvals.rules.presets import preset
from seedfund.approvals.service.policies import (
    ApprovePolicy,
    ProposePolicy,
    approve_policy,
    propose_policy,
)
from seedfund.grants.rules.facts import EvidenceFact
from seedfund.grants.rules.words import PLACE, EvidenceKind, SubjectKind
from seedfund.grants.service.evidence import Observation, RecordEvidence, record_evidence
from seedfund.kernel.errors import Refused
from seedfund.kernel.messages import remedy, sentence
from tests.accompaniment.selecting import left, promoted, ruled, screened, selected
from tests.grants.test_condition_rules import FACTS
from tests.support.grants import TODAY, Home, awarded, home, key, prepared
from tests.support.programme import House


def asking(house: House, *, asks: bool = True) -> None:
    """A further version of the policy, which asks for a place in a selection."""
    terms = replace(preset(Profile.SMALL), awards_need_selection=asks)
    with house.work("manager") as work:
        number = propose_policy(work, ProposePolicy(key=key(), terms=terms)).number
    with house.work("director") as work:
        approve_policy(work, ApprovePolicy(key=key(), number=number))


def two_homes(house: House) -> tuple[Home, Home, str]:
    """Two households, the first of which holds the one place of a selection; and the selection's number."""
    prepared(house)
    first, second = home(house), home(house)
    ruled(house, criteria=(Criterion(kind=CriterionKind.SCORE_AT_MOST, number=50_000),), places=1)
    screened(house, first.household, 20_000)
    screened(house, second.household, 30_000)
    return first, second, selected(house).number


def refused(house: House, owner: Home) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        awarded(house, owner)
    return caught.value.codes


def test_without_the_policy_an_award_needs_no_selection(house: House) -> None:
    _, second, _ = two_homes(house)

    assert awarded(house, second).number


def test_a_household_without_a_place_is_not_awarded_and_one_with_a_place_is(house: House) -> None:
    first, second, _ = two_homes(house)
    asking(house)

    assert refused(house, second) == ("award_needs_selection",)
    assert awarded(house, first).number


def test_the_refusal_names_the_household_and_a_way_out_in_spanish(house: House) -> None:
    _, second, _ = two_homes(house)
    asking(house)

    with pytest.raises(Refused) as caught:
        awarded(house, second)

    (refusal,) = caught.value.refusals
    assert second.household in sentence(refusal, "es")
    assert "lista de espera" in remedy(refusal, "es")


def test_a_place_given_up_passes_to_who_is_promoted(house: House) -> None:
    first, second, number = two_homes(house)
    asking(house)
    left(house, number, first.household)
    promoted(house, number)

    assert refused(house, first) == ("award_needs_selection",)
    assert awarded(house, second).number


def test_leaving_the_waiting_list_takes_no_place_away(house: House) -> None:
    first, second, number = two_homes(house)
    asking(house)
    left(house, number, second.household)

    assert awarded(house, first).number
    assert refused(house, second) == ("award_needs_selection",)


def test_a_place_told_by_hand_counts_for_nothing(house: House) -> None:
    _, second, number = two_homes(house)
    asking(house)
    told = Observation(
        subject_kind=SubjectKind.HOUSEHOLD,
        subject=second.household,
        kind=EvidenceKind.OTHER,
        topic=PLACE.format(number),
        value=1,
        observed_on=TODAY,
        source="list",
    )
    with house.work("manager") as work:
        assert record_evidence(work, RecordEvidence(key=key(), observation=told)).is_irregular

    assert refused(house, second) == ("award_needs_selection",)


def test_a_policy_that_no_longer_asks_lets_everybody_be_awarded(house: House) -> None:
    _, second, _ = two_homes(house)
    asking(house)
    asking(house, asks=False)

    assert awarded(house, second).number


def test_a_place_meets_no_condition_that_asks_for_other_evidence() -> None:
    place = EvidenceFact(
        ref="EV-1",
        kind=EvidenceKind.OTHER,
        topic=PLACE.format("SE-1"),
        value=1,
        observed_on=TODAY,
        recorded_by="coach",
    )
    facts = replace(FACTS, on=TODAY, awarded_on=TODAY, evidence=(place,))

    assert facts.known(EvidenceKind.OTHER) == []
    assert facts.known(EvidenceKind.OTHER, PLACE.format("SE-1")) == [place]
