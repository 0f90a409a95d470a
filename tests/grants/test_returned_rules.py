"""What came back to a promise and can be paid again, in tables."""

import pytest

from seedfund.grants.rules.payable import share_returned


@pytest.mark.parametrize(
    ("amounts", "delivered", "committed", "returned"),
    [
        ((300, 200), {}, 500, {}),
        ((300, 200), {1: 300}, 200, {1: 0}),
        ((300, 200), {1: 300, 2: 200}, 150, {1: 0, 2: 150}),
        ((300, 200), {1: 300, 2: 200}, 350, {1: 150, 2: 200}),
        ((300, 200), {1: 450, 2: 200}, 0, {1: 0, 2: 150}),
        ((100,), {1: 400, 2: 200}, 0, {2: 200, 1: 300}),
        ((300, 200), {1: 100}, 0, {1: 0}),
    ],
)
def test_what_came_back_is_promised_again_from_the_last_tranche_back(
    amounts: tuple[int, ...], delivered: dict[int, int], committed: int, returned: dict[int, int]
) -> None:
    assert share_returned(amounts, delivered, committed=committed) == returned
