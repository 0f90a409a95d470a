"""The tutorial's grant in a currency without decimals and in one with three: every answer, in its money."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pypdfium2
import pytest

from tests.support import pages
from tests.support.pages import Reader

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
ANSWER: Final = re.compile(r"(^```text\n.*?^```$)", flags=re.M | re.S)
TYPED: Final = re.compile(r"(?<![\w.-])(\d+)\.(\d\d)(?![\w.]|-\d)")
SHOWN: Final = re.compile(r"(?<![\w.-])(\d{1,3}(?:,\d{3})*)\.(\d\d)(?![\w.]|-\d)")
ROUNDED: Final = {"75.50": "75", "445.50": "445", "4.50": "5", "2,554.50": "2,555", "4,554.50": "4,555"}
"""What was spent is a little less and what came back a little more, so that they are the whole again."""


def _of_whole_pesos(found: re.Match[str]) -> str:
    if found[0] in ROUNDED:
        return ROUNDED[found[0]]
    return found[1] if found[2] == "00" else str(int(found[1]) + 1)


def _of_dinars(found: re.Match[str]) -> str:
    """The same count of minor units, which are thousandths."""
    minor = int(f"{found[1]}{found[2]}".replace(",", ""))
    grouped = f"{minor // 1000:,}" if "," in found[1] else str(minor // 1000)
    return f"{grouped}.{minor % 1000:03d}"


@pytest.mark.parametrize(
    ("currency", "amount", "quotes_from", "in_words"),
    [
        ("CLP", _of_whole_pesos, 100, "cuatrocientos cincuenta pesos chilenos"),
        ("JOD", _of_dinars, 10_000, "cuarenta y cinco con 000/1000 dinares jordanos"),
    ],
)
def test_a_grant_runs_from_start_to_end_in_a_currency_with_other_decimals(
    currency: str,
    amount: Callable[[re.Match[str]], str],
    quotes_from: int,
    in_words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    # Columns are as wide as what stands in them.
    masked = pages._masked
    monkeypatch.setattr(pages, "_masked", lambda text: re.sub(r"[ ─]+", " ", masked(text)))
    page = tmp_path / "page.md"
    pieces = ANSWER.split(PAGE.read_text(encoding="utf-8"))
    text = "".join((SHOWN if one.startswith("```text") else TYPED).sub(amount, one) for one in pieces)
    text = text.replace('"minor": 10000', f'"minor": {quotes_from}').replace("USD", currency)
    page.write_text(text, encoding="utf-8")

    assert Reader(monkeypatch).follow(page) > 60
    agreement = pypdfium2.PdfDocument(tmp_path / "AG-2026-0001.pdf")
    printed = " ".join(one.get_textpage().get_text_bounded() for one in agreement)
    assert in_words in re.sub(r"\s+", " ", printed)
