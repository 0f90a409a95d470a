"""What lists and things look like to people, value by value."""

import pytest

from seedfund.cli.rendering import cell
from seedfund.reports.value import Rate


@pytest.mark.parametrize(
    ("rate", "language", "expected"),
    [
        (Rate(11, 12), "es", "11/12 (91,7 %)"),
        (Rate(11, 12), "en", "11/12 (91.7 %)"),
        (Rate(0, 0), "en", "0/0 (nothing to compare with)"),
    ],
)
def test_a_rate_is_both_its_counts_and_the_percentage(rate: Rate, language: str, expected: str) -> None:
    assert cell(rate, language) == expected
