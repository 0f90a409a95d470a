"""No text of a person runs in a spreadsheet, and every text comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.reports.render.guard import guarded, is_risky, unguarded

HOSTILE = (
    "=1+1",
    "+593 99 000 0000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=cmd|" /C calc"!A0',
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "﹦1+1",
    "−1",
    "  =1+1",
    '"=1+1',
    "\u200b=1+1",
    "nota;=1+1",
    "nota\n=1+1",
    "nota\t@SUM(A1)",
    "'=1+1",
)
HARMLESS = ("María Ficticia", "a = b", "3-4 gallinas", "pan, -leche", "ana@example.org", "", "0042", "§ 4.2")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_could_run_gets_an_apostrophe_and_comes_back(text: str) -> None:
    kept = guarded(text)

    assert is_risky(text)
    assert "'" in kept
    assert unguarded(kept) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet=st.sampled_from("=+-@'\"; \t\r\n#a1＝−\u2028\u200b"), max_size=12))
def test_the_guard_is_always_reversible_and_nothing_slips_through(text: str) -> None:
    kept = guarded(text)

    assert unguarded(kept) == text
    for separator in ";\t\r\n":
        for part in kept.split(separator):
            assert part.lstrip(' "\u200b')[:1] not in set("=+-@＝−") or part == ""
