"""The page about scripts and fonts runs as it is written."""

import re
import shutil
from pathlib import Path

import pytest

from seedfund.paper.faces import FOLDER
from seedfund.paper.text import ScriptTypesetter

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "scripts.md"


def test_the_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(FOLDER / "NotoSansThai-Regular.ttf", tmp_path / "CasaSans-Regular.ttf")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}

    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for block in blocks:
        exec(block, names)  # noqa: S102 - our own page

    assert len(blocks) == 2
    assert isinstance(names["setter"], ScriptTypesetter)
