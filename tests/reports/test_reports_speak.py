"""Every word of the house that a report, a list or a thing prints is told in Spanish."""

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from seedfund.accompaniment.rules import (
    activities,
    employment,
    referrals,
    services,
)
from seedfund.banking.rules import words as banking_words
from seedfund.cli.docs import state_tables
from seedfund.funds.rules import words as fund_words
from seedfund.grants.rules import words as grant_words
from seedfund.grants.rules.conditions import CODES
from seedfund.kernel.messages import translate
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import HOLDERS, KINDS
from seedfund.payouts.rules import Misfit
from seedfund.people.rules import (
    DuplicateDecision,
    DuplicateKind,
    LikelyDecision,
    PopulationGroup,
    Relationship,
    Sex,
)
from seedfund.people.rules.likeness.alike import POINTS
from seedfund.reports.make import REPORTS
from seedfund.reports.make.money import BASES
from seedfund.reports.queries.accompaniment_due import TOLD
from seedfund.reports.queries.desk import LISTS
from seedfund.reports.queries.exceptions import OVERRIDDEN
from seedfund.reports.queries.graduations import TOLD as GRADUATIONS_TOLD
from seedfund.reports.queries.hidden import HIDDEN
from seedfund.reports.queries.likeness import TOLD as LIKENESS_TOLD
from seedfund.reports.queries.reconciliation import TOLD as BANK_TOLD
from seedfund.reports.queries.selection_due import TOLD as SELECTION_TOLD
from seedfund.reports.queries.week import _STEPS as STEPS
from seedfund.schooling.rules import words as schooling_words

SOURCE = Path(__file__).resolve().parents[2] / "src" / "seedfund"
SAME_IN_BOTH = frozenset(
    {"error", "alias", "sector", "total", "convenio", "adenda", "cheque", "director", "roles", "verbal"}
)


def untold(words: Iterable[str]) -> list[str]:
    """The words Spanish lacks, as they are printed."""
    spaced = {word.replace("_", " ") for word in words}
    return sorted(word for word in spaced if word not in SAME_IN_BOTH and translate(word, "es") == word)


def enumerated(module: object) -> list[str]:
    """The words of every enumeration of a module."""
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return [member.value for kind in kinds for member in kind]


def events() -> list[str]:
    """Every event a service posts an entry for."""
    found: set[str] = set()
    for path in SOURCE.rglob("service/*.py"):
        found |= set(re.findall(r'\bevent="([a-z_]+)"', path.read_text(encoding="utf-8")))
        found |= set(
            re.findall(
                r'_(?:entry|post|record)\(\s*unit,(?: \w+,)? "([a-z_]+)"', path.read_text(encoding="utf-8")
            )
        )
    return sorted(found)


def test_the_events_of_entries_are_found() -> None:
    assert {"award_decided", "payments_released", "charge_paid", "evidence_accepted"} <= set(events())


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(events(), id="events"),
        pytest.param([state for table in state_tables().values() for state in table.states], id="states"),
        pytest.param([role.value for role in Role], id="roles"),
        pytest.param(enumerated(fund_words), id="funds"),
        pytest.param(enumerated(grant_words), id="grants"),
        pytest.param([item.value for kind in (Relationship, Sex, PopulationGroup) for item in kind], id="people"),
        pytest.param([*KINDS, *HOLDERS], id="accounts"),
        pytest.param(list(CODES), id="conditions"),
        pytest.param([kind.title for kind in REPORTS.values()], id="reports"),
        pytest.param([*BASES.values()], id="bases"),
        pytest.param(list(LISTS), id="lists"),
        pytest.param(list(OVERRIDDEN.values()), id="overrides"),
        pytest.param([f"shared_{kind.value}" for kind in DuplicateKind], id="duplicates"),
        pytest.param([decision.value for decision in DuplicateDecision], id="decisions"),
        pytest.param([f"{trait}_{alike}" for trait, alike in POINTS], id="likeness"),
        pytest.param([*LIKENESS_TOLD, *LikelyDecision], id="likely duplicates"),
        pytest.param([what for _, _, what, _ in STEPS], id="week"),
        pytest.param([*TOLD, HIDDEN], id="accompaniment"),
        pytest.param([*SELECTION_TOLD], id="selection"),
        pytest.param([*GRADUATIONS_TOLD], id="graduations"),
        pytest.param(enumerated(referrals), id="referrals"),
        pytest.param(enumerated(services), id="services"),
        pytest.param(enumerated(employment), id="employment"),
        pytest.param(enumerated(activities), id="activities"),
        pytest.param(enumerated(schooling_words), id="schooling"),
        pytest.param([item.value for item in Misfit], id="payouts"),
        pytest.param([*enumerated(banking_words), *BANK_TOLD], id="banking"),
    ],
)  # fmt: skip
def test_every_word_is_told_in_spanish(words: list[str]) -> None:
    assert untold(words) == []


def test_a_word_without_spanish_is_found() -> None:
    assert untold(["never_said"]) == ["never said"]
