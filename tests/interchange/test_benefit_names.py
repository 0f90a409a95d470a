"""A benefit's names in further languages, in a file beside its tranches."""

import json
from pathlib import Path
from typing import Any

from tests.interchange.files import codes, taken
from tests.support.programme import House

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "northern-border"
NAMES = (
    "beneficio;idioma;nombre\nseed_capital;th;ทุนตั้งต้น\nseed_capital;my;မျိုးစေ့ငွေ\nscholarship;ar;منحة دراسية\n"
)


def files(names: str) -> dict[str, str | bytes]:
    """The benefits of the example, with these names."""
    own = {
        name: (EXAMPLE / f"{name}.csv").read_bytes() for name in ("benefit_types", "tranches", "conditions")
    }
    return {**own, "benefit_names": names}


def proposed(house: House) -> list[list[dict[str, Any]]]:
    """The names of every proposed benefit."""
    with house.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT content FROM sf_proposal").scalars().all()
    contents = [json.loads(text) if isinstance(text, str) else text for text in stored]
    return [one["terms"]["names"] for one in contents if "terms" in one]


def test_a_file_names_a_benefit_in_the_languages_of_its_participants(house: House) -> None:
    result = taken(house, "benefit_types", files(NAMES), actor="manager")

    assert codes(result) == []
    assert sorted([one["language"] for one in names] for names in proposed(house) if names) == [
        ["ar"],
        ["th", "my"],
    ]


def test_a_name_in_a_language_that_has_its_own_field_is_refused(house: House) -> None:
    result = taken(
        house, "benefit_types", files("benefit;language;name\nseed_capital;es;Fondo\n"), actor="manager"
    )

    assert "benefit_name" in [code for *_, code in codes(result)]
    assert proposed(house) == []
