"""The closing line of a test run: which Python ran, and how many tests ran on which database.

It counts what really ran, not what was planned, so that a run without PostgreSQL cannot look like one
with it. Workers report to the controlling process, and only that one counts and prints.
"""

import platform
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pytest

PROPERTY: Final = "database"
POSTGRESQL: Final = "PostgreSQL"


@dataclass
class Tally:
    """How many tests ran on each database, by the database's label; the empty label means without one."""

    ran: Counter[str] = field(default_factory=Counter)
    postgres_missing: str = ""

    def add(self, report: pytest.TestReport) -> None:
        """Count one report: the test itself, not its set-up, and only when it was not skipped."""
        if report.when == "call" and not report.skipped:
            labels = [str(value) for name, value in report.user_properties if name == PROPERTY]
            self.ran.update(labels or [""])

    def has_run_on(self, product: str) -> bool:
        """Whether any test ran on this product, such as PostgreSQL."""
        return any(label.startswith(f"{product} ") for label in self.ran)

    def line(self) -> str:
        """The closing line, in words."""
        parts = [f"{count} tests on {label}" for label, count in sorted(self.ran.items()) if label]
        parts.append(f"{self.ran['']} without a database")
        line = f"Ran on Python {platform.python_version()}: {', '.join(parts)}."
        if self.postgres_missing and not self.has_run_on(POSTGRESQL):
            line += f" PostgreSQL did not run: {self.postgres_missing}."
        return line


class ClosingLine:
    """The pytest plugin of the controlling process: it tallies reports and prints the line last of all."""

    def __init__(self, config: pytest.Config, *, postgres_missing: str, is_postgres_required: bool) -> None:
        self._config = config
        self._tally = Tally(postgres_missing=postgres_missing)
        self._is_postgres_required = is_postgres_required

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note on which database a test ran."""
        self._tally.add(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Let everybody else finish, then print; fail a run that had to meet PostgreSQL and did not."""
        unmet = self._is_postgres_required and not self._tally.has_run_on(POSTGRESQL)
        if unmet and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        result = yield
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            if unmet:
                terminal.write_line("FAILED: PostgreSQL is required and no test ran on it.", red=True)
            terminal.write_line(self._tally.line())
        return result


def is_postgres_required(*, option: bool, environment: Mapping[str, str]) -> bool:
    """Whether a run without PostgreSQL fails: when asked to, and always in continuous integration."""
    return option or environment.get("CI", "").lower() not in {"", "0", "false", "no"}
