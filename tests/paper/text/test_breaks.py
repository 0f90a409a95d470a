"""Lines end where UAX #14 and the readers of each script let them; Unicode's own cases run where they are at hand."""

import os
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.paper.text.breaks import opportunities
from seedfund.paper.text.breaks.classes import class_of
from seedfund.paper.text.breaks.rules import breaks_after

DATA = Path(os.environ.get("SEEDFUND_UNICODE_DATA", "/usr/share/unicode")) / "auxiliary" / "LineBreakTest.txt"
UNPRINTED = {"H2", "H3", "JL", "JV", "JT", "EB", "EM"}


def parts(text: str) -> list[str]:
    return [text[start:stop] for start, stop in pairwise((0, *opportunities(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El monto es USD\u00a0500,00.", ["El ", "monto ", "es ", "USD\u00a0500,00."]),
        ("Convenio SC-2026-0042", ["Convenio ", "SC-2026-0042"]),
        ("entrega-recepción y/o", ["entrega-", "recepción ", "y/", "o"]),
        ("22/11/2026 (tres)", ["22/11/2026 ", "(tres)"]),
        ("«Ana» dijo: sí", ["«Ana» ", "dijo: ", "sí"]),
        ("مبلغ ١٬٢٥٠٫٥٠ دينار", ["مبلغ ", "١٬٢٥٠٫٥٠ ", "دينار"]),
        ("هاتف \u2066+962 79 000 0000\u2069 هنا", ["هاتف ", "\u2066+962 79 000 0000\u2069 ", "هنا"]),
        ("a\u200bb", ["a\u200b", "b"]),
        ("", []),
    ],
)
def test_a_line_ends_where_a_reader_expects_it(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_thai_is_parted_between_words() -> None:
    text = "ผู้รับทุนตกลงที่จะใช้เงินทุนเพื่อซื้ออุปกรณ์"

    assert "|".join(parts(text)) == "ผู้|รับ|ทุนตกลง|ที่|จะ|ใช้|เงินทุน|เพื่อ|ซื้อ|อุปกรณ์"


def test_burmese_is_parted_between_syllables_and_never_inside_a_stack() -> None:
    text = "ငွေကြေးထောက်ပံ့မှုသဘောတူညီချက်။"

    assert "|".join(parts(text)) == "ငွေ|ကြေး|ထောက်|ပံ့|မှု|သ|ဘော|တူ|ညီ|ချက်။"
    assert parts("သင်္ဘောဆိပ်") == ["သင်္ဘော", "ဆိပ်"]
    assert parts("ပတ္တမြား") == ["ပတ္တ", "မြား"]
    assert parts(unicodedata.normalize("NFC", "မြန်မာစာဖြင့်တော့")) == ["မြန်", "မာ", "စာ", "ဖြင့်", "တော့"]


@given(st.text(st.sampled_from("กขคเแใาำะัี่้์ๆฯ "), max_size=40))
def test_no_thai_line_starts_with_a_mark_or_leaves_a_vowel_behind(text: str) -> None:
    for start in opportunities(text)[:-1]:
        if text[start - 1] != " " and text[start] != " ":
            assert text[start] not in "าำะัี่้์ๆฯ"
            assert text[start - 1] not in "เแใ"


@given(st.text(max_size=60))
def test_every_text_is_parted_into_itself(text: str) -> None:
    assert "".join(parts(text)) == text


@pytest.mark.skipif(
    not DATA.exists(), reason=f"Unicode's test data is not here ({DATA}): apt-get install unicode-data"
)
def test_every_case_of_unicode_in_the_scripts_we_print_is_parted_as_it_says() -> None:
    wrong, count = [], 0
    for row in DATA.read_text(encoding="utf-8").splitlines():
        bare = row.partition("#")[0].split()
        if not bare:
            continue
        text = "".join(chr(int(code, 16)) for code in bare[1::2])
        classes = tuple(class_of(character) for character in text)
        is_wide = any(unicodedata.east_asian_width(character) in "FWH" for character in text)
        if is_wide or any(character > "\u30ff" for character in text) or UNPRINTED.intersection(classes):
            continue
        found = breaks_after(classes)
        if found != tuple(mark == "÷" for mark in bare[2::2]):
            wrong.append(row)
        count += 1
    assert wrong == []
    assert count > 3_500
