"""The page of accounting names a command for each row of the recipes, and no command that is not there."""

import re
from pathlib import Path

from seedfund.cli.catalogue import all_verbs
from seedfund.ledger.rules.recipes import RECIPES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accounting.md"


def entered() -> dict[int, set[str]]:
    """The commands by which each row is entered."""
    section = PAGE.read_text(encoding="utf-8").partition("| rows | entered by |")[2].partition("\n\n")[0]
    found: dict[int, set[str]] = {}
    for line in section.splitlines()[2:]:
        rows, verbs = (cell.strip() for cell in line.strip("|").split("|")[:2])
        for span in rows.split(", "):
            first, _, last = span.partition(" to ")
            for row in range(int(first), int(last or first) + 1):
                found[row] = set(re.findall(r"`([a-z]+\.[a-z_]+)`", verbs))
    return found


def test_each_row_of_the_recipes_is_entered_by_a_command() -> None:
    rows = entered()

    assert {recipe.number for recipe in RECIPES} <= set(rows)
    assert all(rows.values())


def test_no_command_is_named_that_is_not_there() -> None:
    known = {verb.name for verb in all_verbs()}

    assert set().union(*entered().values()) <= known
