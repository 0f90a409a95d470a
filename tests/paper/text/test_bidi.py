"""Text written both ways stands in the order UAX #9 gives it; Unicode's own cases run where they are at hand."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.paper.text.bidi import resolve, resolve_classes, visual_order
from seedfund.paper.text.items import TURNING

DATA = Path(os.environ.get("SEEDFUND_UNICODE_DATA", "/usr/share/unicode"))
_REASON = "Unicode's test data is not here: apt-get install unicode-data, or name its folder in SEEDFUND_UNICODE_DATA"


def shown(text: str, base: int | None = None) -> str:
    """The characters from left to right, hidden marks left out."""
    return "".join(
        text[index]
        for index in visual_order(resolve(text, base)[1])
        if text[index] not in "\u2066\u2067\u2068\u2069"
    )


@pytest.mark.parametrize(
    ("text", "base", "left_to_right"),
    [
        ("Ana ganó 500", None, "Ana ganó 500"),
        ("سلام", None, "مالس"),
        ("سلام Ana", None, "Ana مالس"),
        ("Ana سلام fin", None, "Ana مالس fin"),
        ("عدد 1250 دولار", None, "رالود 1250 ددع"),
        ("رقم SC-2026-0042 هنا", None, "انه SC-2026-0042 مقر"),
        ("هاتف +962 79", None, "79 962+ فتاه"),
        ("هاتف \u2066+962 79\u2069 هنا", None, "انه +962 79 فتاه"),
        ("يوم \u206622/11/2026\u2069", None, "22/11/2026 موي"),
        ("(سلام)", None, ")مالس("),
        ("١٬٢٥٠٫٥٠ دينار", None, "رانيد ١٬٢٥٠٫٥٠"),
        ("Ana", 1, "Ana"),
        ("Ana.", 1, ".Ana"),
        ("", None, ""),
    ],
)
def test_a_line_stands_in_the_order_a_reader_expects(text: str, base: int | None, left_to_right: str) -> None:
    assert shown(text, base) == left_to_right


@pytest.mark.parametrize(
    ("text", "level"),
    [("1250", 0), ("1250 سلام", 1), ("\u2067سلام\u2069 Ana", 0), ("\u2066Ana\u2069 سلام", 1)],
)
def test_a_paragraph_runs_as_its_first_letter_outside_isolates_says(text: str, level: int) -> None:
    assert resolve(text)[0] == level


def test_an_isolate_that_nothing_ends_reaches_no_further_than_its_paragraph() -> None:
    assert shown("Ana \u2067سلام") == "Ana مالس"


def test_embeddings_deeper_than_the_rules_allow_still_give_every_character_a_place() -> None:
    text = "\u202b" * 200 + "a" + "\u202c" * 200

    base, levels = resolve(text)

    assert base == 0
    assert [level for level in levels if level is not None] == [125 + 1]


@given(
    st.text(
        st.sampled_from("aب1٢ ,-()\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u0301$"), max_size=60
    )
)
def test_no_character_is_lost_or_doubled_by_the_order(text: str) -> None:
    levels = resolve(text)[1]

    assert sorted(visual_order(levels)) == [index for index, level in enumerate(levels) if level is not None]


def _rows(name: str) -> Iterator[str]:
    with (DATA / name).open(encoding="utf-8") as lines:
        for line in lines:
            bare = line.partition("#")[0].strip()
            if bare:
                yield bare


@pytest.mark.skipif(not (DATA / "BidiCharacterTest.txt").exists(), reason=_REASON)
def test_every_character_case_of_unicode_is_resolved_and_ordered_as_it_says() -> None:
    count, wrong = 0, []
    for row in _rows("BidiCharacterTest.txt"):
        codes, asked, paragraph, levels, order = row.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        found_base, found = resolve(text, {"0": 0, "1": 1, "2": None}[asked])
        expected = [None if level == "x" else int(level) for level in levels.split()]
        places = [int(place) for place in order.split()]
        if (found_base, found, visual_order(found)) != (int(paragraph), expected, places):
            wrong.append(row)
        count += 1
    assert wrong == []
    assert count > 90_000


@pytest.mark.skipif(not (DATA / "BidiTest.txt").exists(), reason=_REASON)
def test_every_class_case_of_unicode_is_resolved_and_ordered_as_it_says() -> None:
    levels: list[int | None] = []
    order: list[int] = []
    count, wrong = 0, []
    for row in _rows("BidiTest.txt"):
        if row.startswith("@Levels:"):
            levels = [None if one == "x" else int(one) for one in row.split()[1:]]
        elif row.startswith("@Reorder:"):
            order = [int(one) for one in row.split()[1:]]
        elif not row.startswith("@"):
            names, bits = row.split(";")
            classes = names.split()
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits, 16) & bit:
                    found = resolve_classes(classes, base=base)[1]
                    count += 1
                    if (found, visual_order(found)) != (levels, order):
                        wrong.append((row, base))
    assert wrong == []
    assert count > 700_000


def test_the_short_way_for_text_that_runs_one_way_misses_no_letter_that_turns_it() -> None:
    turning = {"R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}

    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.bidirectional(character) in turning:
            assert TURNING.search(character), f"U+{code:04X}"
