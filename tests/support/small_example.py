"""A smaller cut of the example: its first households with all that hangs on them, and the first phase alone."""

import csv
import re
import shutil
from collections.abc import Callable, Container
from pathlib import Path
from typing import Final

HOUSEHOLDS: Final = 75
FIRST_PHASE_ENDS: Final = "2025-08-01"
_OF_A_HOUSEHOLD: Final = re.compile(r"\b(?:H|M|C|T|SL|RF)-(\d{3})\b")
_OF_A_PLAN: Final = re.compile(r"\b[PSRJ]\d?-(\d{3})\b")


def cut_down(example: Path, into: Path, *, households: Container[int] = range(HOUSEHOLDS + 1)) -> Path:
    """Copy the example without the rows of later households, or of all but these; returns the folder."""

    def is_far(text: str) -> bool:
        return any(int(found) not in households for found in _OF_A_HOUSEHOLD.findall(text))

    shutil.copytree(example, into)
    plans = {row["plan"]: row["hogar"] for row in _read(into / "plans.csv")}
    far = {plan.removeprefix("P-") for plan, household in plans.items() if is_far(household)}
    for path in into.glob("*.csv"):
        _keep(path, lambda row: not any(is_far(cell) for cell in row.values()))
        _keep(path, lambda row: far.isdisjoint(_OF_A_PLAN.findall(" ".join(row.values()))))
    trained = {row["cohort"] for row in _read(into / "enrolments.csv")}
    _keep(into / "cohorts.csv", lambda row: row["cohort"] in trained)
    _keep(into / "calendar.csv", lambda row: row["on"] < FIRST_PHASE_ENDS)
    _keep(into / "visit_plans.csv", lambda row: not row["suffix"])
    return into


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file, delimiter=";")]


def _keep(path: Path, wanted: Callable[[dict[str, str]], bool]) -> None:
    rows = _read(path)
    kept = [row for row in rows if wanted(row)]
    if len(kept) < len(rows):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
