"""A run says what it ran on, and cannot pass for one on PostgreSQL when it was not."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.support.closing import Tally, is_postgres_required

ROOT = Path(__file__).resolve().parents[2]


def test_the_line_counts_tests_by_the_database_they_ran_on() -> None:
    tally = Tally(ran=Counter({"SQLite 3.40.1": 3, "PostgreSQL 15.18": 2, "": 7}))

    line = tally.line()

    assert line.endswith("2 tests on PostgreSQL 15.18, 3 tests on SQLite 3.40.1, 7 without a database.")
    assert line.startswith("Ran on Python 3.")


def test_the_line_says_why_postgresql_did_not_run() -> None:
    tally = Tally(ran=Counter({"SQLite 3.40.1": 3}), postgres_missing="no server found")

    assert tally.line().endswith("PostgreSQL did not run: no server found.")


@pytest.mark.parametrize(
    ("option", "environment", "expected"),
    [
        (False, {}, False),
        (False, {"CI": ""}, False),
        (False, {"CI": "false"}, False),
        (False, {"CI": "true"}, True),
        (False, {"CI": "1"}, True),
        (True, {}, True),
    ],
)
def test_postgresql_is_required_when_asked_for_and_in_continuous_integration(
    option: bool, environment: dict[str, str], expected: bool
) -> None:
    assert is_postgres_required(option=option, environment=environment) is expected


def test_a_run_that_must_meet_postgresql_fails_when_no_test_met_it() -> None:
    test = f"{__file__}::test_the_line_says_why_postgresql_did_not_run"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"CI": "true"}, capture_output=True, text=True, timeout=120
    )

    assert done.returncode != 0
    assert "PostgreSQL is required" in done.stdout + done.stderr
