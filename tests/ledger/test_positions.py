"""Where the parts of a grant stand: what is in flight is promised still, and free no more."""

from seedfund.kernel.ids import Key
from seedfund.ledger.rules.accounts import Line, Part
from seedfund.ledger.rules.events.grants import release_remainder, split_payment
from seedfund.ledger.rules.positions import PartPosition, shared


def at(line: str, committed: int, in_payment: int) -> PartPosition:
    """A part of the grant SC-1 on a line."""
    part = Part(Line(1, Key(line), line), Key("g"), "SC-1")
    return PartPosition(part, committed=committed, in_payment=in_payment)


FLYING, RESTING = at("A1", 500, 300), at("A2", 100, 0)


def test_a_payment_is_shared_by_what_no_other_payment_holds() -> None:
    assert (FLYING.committed_free, RESTING.committed_free) == (200, 100)
    assert split_payment([FLYING, RESTING], 150) == (100, 50)


def test_the_end_gives_back_what_is_not_in_flight() -> None:
    assert [row.amount for row in release_remainder([FLYING, RESTING])] == [200, 100]


def test_no_part_gives_more_than_it_has_and_nothing_is_shared_into_nothing() -> None:
    assert shared(1_000, [200, 100]) == (200, 100)
    assert shared(0, [200, 100]) == (0, 0)
    assert shared(50, [0, 0]) == (0, 0)
