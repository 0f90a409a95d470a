"""Every kind of finding has its code, is told in Spanish, and is found by some test."""

from collections import Counter
from pathlib import Path

import pytest

from seedfund.assurance.rules import findings, installation, papers
from seedfund.assurance.rules.findings import FindingKind
from seedfund.kernel.messages import placeholders, translate

KINDS = (*findings.KINDS, *installation.KINDS, *papers.KINDS)
TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_finding_is_told_in_spanish_with_the_same_facts(kind: FindingKind) -> None:
    for text in (kind.sentence, kind.remedy):
        spanish = translate(text, "es")

        assert spanish != text or text.startswith("{")
        assert placeholders(spanish) == placeholders(text)


def test_no_code_is_used_twice() -> None:
    assert [code for code, count in Counter(kind.code for kind in KINDS).items() if count > 1] == []


def test_every_declared_kind_is_listed() -> None:
    for module in (findings, installation, papers):
        declared = {value.code for value in vars(module).values() if isinstance(value, FindingKind)}

        assert {kind.code for kind in KINDS} >= declared


def test_every_kind_is_found_by_a_test() -> None:
    texts = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("assurance", "hazards")
        for path in (TESTS / folder).glob("test_*.py")
        if path.name != Path(__file__).name
    )

    assert [kind.code for kind in KINDS if f'"{kind.code}"' not in texts] == []
