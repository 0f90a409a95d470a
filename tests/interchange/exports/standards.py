"""The published schemas and code lists that exports are held against; tests that need them are skipped without them."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
import xmlschema
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DATA: Final = Path(__file__).resolve().parents[4] / "shared" / "data"
_PLACES: Final = (
    "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/{version}/schema/360-giving-schema.json"
)


FORMATS: Final = FormatChecker(())


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(text: object) -> bool:
    """A date alone is no instant: the standard has a day or an instant, and never what is both."""
    return isinstance(text, str) and "T" in text and datetime.fromisoformat(text).tzinfo is not None


def _at(*parts: str) -> Path:
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the standard's {path.name} is not in shared/data beside the checkout")
    return path


def _schema(name: str) -> Any:
    """A schema of 360Giving; it names its dialect by an address that has never been the dialect's own."""
    found = json.loads(_at("360giving", name).read_text(encoding="utf-8"))
    assert found.pop("$schema") == "http://json-schema.org/draft/2020-12/schema"
    return found


def giving_faults(package: Any) -> list[str]:
    """What 360Giving's schema says against a package."""
    schema, grant = _schema("360-giving-package-schema.json"), _schema("360-giving-schema.json")
    # The package of 1.4.3 names the grant's schema of 1.4.2; both stand for the file at hand.
    places = [
        (_PLACES.format(version=version), DRAFT202012.create_resource(grant))
        for version in ("1.4.2", "1.4.3")
    ]
    registry: Registry[Any] = Registry().with_resources(places)
    validator = Draft202012Validator(schema, registry=registry, format_checker=FORMATS)
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(package)]


def codes_of(name: str) -> set[str]:
    """The codes of a list of 360Giving."""
    with _at("360giving", name).open(encoding="utf-8") as file:
        return {row["Code"] for row in csv.DictReader(file)}


def iati_faults(text: str) -> list[str]:
    """What IATI's schema says against a file of activities."""
    schema = xmlschema.XMLSchema10(str(_at("iati", "iati-activities-schema.xsd")))
    return [f"{error.path}: {error.reason}" for error in schema.iter_errors(text)]
