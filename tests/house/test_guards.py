"""The house keeps its rules, and every guard that says so can fail."""

from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from tests.house.guards import bans, imports, shape, tables, told, words
from tests.house.samples import BROKEN, SOUND, Guard, Sample

ROOT: Final = Path(__file__).resolve().parents[2]
MODULES: Final[tuple[ModuleType, ...]] = (shape, bans, imports, tables, told, words)
GUARDS: Final[dict[str, Guard]] = {
    name: getattr(module, name) for module in MODULES for name in dir(module) if name.startswith("find_")
}


@pytest.mark.parametrize("name", GUARDS)
def test_the_house_keeps_the_rule(name: str) -> None:
    offences = GUARDS[name](ROOT)

    if offences:
        pytest.fail("\n".join(map(str, offences)), pytrace=False)


@pytest.mark.parametrize("sample", BROKEN, ids=str)
def test_a_guard_finds_what_was_broken_on_purpose(sample: Sample, tmp_path: Path) -> None:
    sample.write(tmp_path)

    assert sample.guard(tmp_path) != []


@pytest.mark.parametrize("sample", SOUND, ids=str)
def test_a_guard_lets_pass_what_is_in_order(sample: Sample, tmp_path: Path) -> None:
    sample.write(tmp_path)

    assert sample.guard(tmp_path) == []


def test_no_guard_goes_untried() -> None:
    tried = {sample.guard.__name__ for sample in BROKEN}

    assert tried == set(GUARDS)
