"""The condition of children at school in the files of benefits: its term in `topic`, its least in `count`."""

import json
from pathlib import Path
from typing import Any

from seedfund.grants.rules.conditions import ChildrenEnrolled, condition_from_plain
from tests.interchange.files import codes, taken
from tests.support.programme import House

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "northern-border"
CONDITIONS = (
    "beneficio;desembolso;orden;condicion;porcentaje;cantidad;desde;curso;tema;en_funcionamiento\n"
    "seed_capital;1;1;children_enrolled;;2;;;2026-2027;\n"
    "seed_capital;2;1;children_enrolled;;;;;;\n"
)


def conditions(value: Any) -> list[Any]:
    """Every condition that stands somewhere in a proposal, whether as data or as its text."""
    if isinstance(value, str) and "children_enrolled" in value and value[:1] in "[{":
        return conditions(json.loads(value))
    if isinstance(value, dict):
        own = [value] if value.get("code") == "children_enrolled" else []
        return own + [one for inner in value.values() for one in conditions(inner)]
    return [one for inner in value for one in conditions(inner)] if isinstance(value, list) else []


def test_a_file_of_benefits_asks_for_children_at_school(house: House) -> None:
    files = {
        name: (EXAMPLE / f"{name}.csv").read_text(encoding="utf-8") for name in ("benefit_types", "tranches")
    }
    result = taken(house, "benefit_types", {**files, "conditions": CONDITIONS}, actor="manager")
    assert codes(result) == []

    with house.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT content FROM sf_proposal").scalars().all()

    found = [condition_from_plain(one) for text in stored for one in conditions(text)]
    assert found == [ChildrenEnrolled("2026-2027", least=2), ChildrenEnrolled()]
