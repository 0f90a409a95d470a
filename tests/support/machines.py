"""How long hypothesis searches: the same cases on every run, or many fresh ones when somebody asks for depth.

`HYPOTHESIS_PROFILE=deep` draws fresh lives, twenty-five times as many, and remembers what failed in `build/hypothesis`.
"""

import os
from typing import Final

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.support.databases import DatabaseServer

CI: Final = "ci"
DEEP: Final = "deep"
DEEPER: Final = 25


def load_profile() -> None:
    """The profile that the environment names, else `ci`; no deadline, which would measure the machine and not us."""
    hypothesis.settings.register_profile(CI, derandomize=True, database=None, deadline=None, print_blob=True)
    hypothesis.settings.register_profile(
        DEEP,
        derandomize=False,
        database=DirectoryBasedExampleDatabase("build/hypothesis"),
        deadline=None,
        print_blob=True,
        max_examples=100 * DEEPER,
    )
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", CI))


class OnServer(RuleBasedStateMachine):
    """A machine whose lives each begin on a database of their own, made by `server`."""

    server: DatabaseServer


def live(
    machine: type[OnServer], server: DatabaseServer, *, lives: int, steps: int, only_find: bool = False
) -> None:
    """Run so many lives of so many steps; deep, twenty-five times as many. `only_find`: what fails is not shrunk."""
    is_deep = os.environ.get("HYPOTHESIS_PROFILE") == DEEP
    settings = hypothesis.settings(
        max_examples=lives * DEEPER if is_deep else lives,
        stateful_step_count=steps,
        phases=[Phase.generate] if only_find else list(Phase),
        report_multiple_bugs=not only_find,
        # A step is a commit on a disk: it is slow, and what it draws is small.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(type(machine.__name__, (machine,), {"server": server}), settings=settings)
