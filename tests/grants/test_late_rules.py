"""What of the money told as paid was beyond what was held, and is not decided: over the life of a payment."""

import pytest

from seedfund.grants.rules.late import Told, undecided


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([("full", "released", 500)], 0),
        ([("full", "released", 550)], 50),
        ([("failed", "released", 0), ("full", "failed", 500)], 500),
        ([("part", "released", 300), ("full", "part", 200)], 200),
        ([("part", "released", 300), ("full", "part_open", 200)], 0),
        ([("part", "released", 300), ("full", "part_open", 250)], 50),
        ([("full", "released", 550), ("bounced", "delivered", 30)], 20),
        ([("failed", "released", 0), ("full", "failed", 500), ("to_grant", "failed", 200)], 300),
        ([("full", "listed", 500)], 500),
        ([("full", "released", 500), ("bounced", "delivered", 500)], 0),
        ([("full", "released", 500), ("bounced", "delivered", 500), ("full", "bounced", 500)], 500),
        ([("failed", "released", 0), ("full", "failed", 500), ("bounced", "failed", 200)], 300),
        ([("failed", "released", 0), ("full", "failed", 500), ("to_grant", "failed", 500)], 0),
        ([("failed", "released", 0), ("full", "failed", 500), ("not_received", "failed", 500)], 0),
        ([("full", "released", 500), ("bounced", "delivered", 500), ("full", "bounced", 450)], 450),
    ],
)
def test_late_is_what_was_told_beyond_what_was_held_and_did_not_come_back(
    history: list[tuple[str, str, int]], expected: int
) -> None:
    steps = [Told("released", "listed", 500), *(Told(*step) for step in history)]

    assert undecided(500, steps) == expected
