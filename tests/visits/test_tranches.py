"""A tranche that waits for a visit reads the visits, names the one that is missing, and still takes evidence."""

from datetime import date, timedelta

from seedfund.grants.rules.conditions import Since, VisitDoneSince
from seedfund.grants.rules.words import EvidenceKind
from seedfund.visits.rules import VisitMode
from tests.grants.asking import WAITING, granted, observed, why
from tests.support.programme import House
from tests.visits.visiting import STARTS, dropped_in, held, planned

AFTER_SIGNING = VisitDoneSince(Since.AGREEMENT, is_operating=True)


def test_a_tranche_names_the_visit_that_is_owed_and_since_when(house: House) -> None:
    grant, owner = granted(house, AFTER_SIGNING)
    planned(house, owner.head)

    missing = why(house, grant).missing[0].missing

    assert missing is not None
    assert missing.code == "visit_owed"
    assert (missing.facts["visit"], missing.facts["due"]) == ("VS-2026-0001", str(STARTS))
    assert missing.facts["since"] == "2026-01-05"


def test_a_tranche_is_open_once_the_visit_found_the_business_at_work(house: House) -> None:
    grant, owner = granted(house, AFTER_SIGNING)
    planned(house, owner.head)
    held(house, "VS-2026-0001")

    finding = why(house, grant).findings[WAITING]

    assert finding.holds
    assert finding.evidence == "VS-2026-0001"


def test_a_call_by_telephone_and_an_irregular_visit_open_nothing(house: House) -> None:
    grant, owner = granted(house, AFTER_SIGNING)
    dropped_in(house, owner.head, mode=VisitMode.PHONE)
    assert dropped_in(house, owner.head).irregularity is not None

    missing = why(house, grant).missing[0].missing

    assert missing is not None
    assert missing.code == "no_visit_since"


def test_a_visit_that_did_not_look_at_the_business_does_not_undo_one_that_did(house: House) -> None:
    grant, owner = granted(house, AFTER_SIGNING)
    first = dropped_in(house, owner.head)
    house.clock.advance(timedelta(days=1))
    dropped_in(house, owner.head, is_operating=None)

    assert why(house, grant).findings[WAITING].evidence == first.number


def test_a_visit_on_file_as_evidence_is_still_taken(house: House) -> None:
    grant, owner = granted(house, AFTER_SIGNING)
    recorded = observed(house, owner.head, EvidenceKind.VISIT, 1, on=date(2026, 1, 5))

    assert why(house, grant).findings[WAITING].evidence == recorded.number
