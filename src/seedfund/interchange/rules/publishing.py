"""What may be published of grants, and every reason why something may not. Pure.

Sources: domain.md §8.3 (360Giving's codes of purpose and reason, IATI's types of transactions), §9.3 (counts below five
point at a person), §10 (an identifier is never made from an official number).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode

LEAST_ALIKE: Final = 5
"""As many grants have to look alike before one of them is published; fewer could point at a person."""

ORGANISATION_ID_UNREADABLE: Final = RefusalCode(
    "organisation_id_unreadable",
    "{identifier} is not the identifier of an organisation.",
    "Give the code of a register and the number in it, such as EC-RUC-1790000000001; org-id.guide lists the registers.",
)
GIVING_PREFIX_UNREADABLE: Final = RefusalCode(
    "giving_prefix_unreadable",
    "{prefix} is not a prefix of a publisher of 360Giving.",
    "Give the one the standard's helpdesk gave you, such as 360G-example.",
)
DONOR_WITHOUT_ID: Final = RefusalCode(
    "donor_without_id",
    "The donor {donor} has no identifier that others know.",
    "Give it with --donor {donor}=IDENTIFIER.",
)
BENEFIT_WITHOUT_PURPOSE_CODE: Final = RefusalCode(
    "benefit_without_purpose_code",
    "The benefit {benefit} has no purpose that a public register of grants knows.",
    "Propose a version of it with one of the codes GTIP010 to GTIP170 as its purpose code.",
)
TOO_FEW_TO_PUBLISH: Final = RefusalCode(
    "too_few_to_publish",
    "Fewer than {least} grants are alike, and each of them could point at a person.",
    "Publish them later, together with others.",
)
FUND_TOO_FEW: Final = RefusalCode(
    "fund_too_few_to_publish",
    "What moved in the fund {fund} is of fewer than {least} grants, and each of them could point at a person.",
    "Publish the other funds, each with --fund, and this one later.",
)
COUNTRY_UNREADABLE: Final = RefusalCode(
    "country_unreadable", "{country} is not the code of a country.", "Give two letters, such as EC."
)
REFUSALS: Final = (
    *(GIVING_PREFIX_UNREADABLE, ORGANISATION_ID_UNREADABLE, DONOR_WITHOUT_ID, COUNTRY_UNREADABLE),
    *(BENEFIT_WITHOUT_PURPOSE_CODE, TOO_FEW_TO_PUBLISH, FUND_TOO_FEW),
)
"""In the order in which a publication is checked."""

PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GTIP010": "unrestricted support",
        "GTIP020": "furniture and appliances",
        "GTIP030": "equipment and home adaptations",
        "GTIP040": "devices and digital access",
        "GTIP050": "utilities",
        "GTIP060": "housing costs",
        "GTIP070": "food and essential items",
        "GTIP080": "clothing",
        "GTIP090": "debt",
        "GTIP100": "travel and transport",
        "GTIP110": "activities",
        "GTIP120": "health, care and wellbeing",
        "GTIP130": "education and training",
        "GTIP140": "employment and work",
        "GTIP150": "creative activities",
        "GTIP160": "community projects",
        "GTIP170": "exceptional costs",
    }
)
"""360Giving's codes of purpose with the words of a title that fits every grant of the code."""
_OF_PURPOSE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "seed_capital": "GTIP140",
        "training": "GTIP130",
        "scholarship": "GTIP130",
        "cash_transfer": "GTIP070",
        "household_support": "GTIP070",
        "consumption": "GTIP070",
    }
)
LIVELIHOOD: Final = "GTIR070"
OPPORTUNITY: Final = "GTIR110"
HARDSHIP: Final = "GTIR010"
_REASONS: Final[Mapping[str, str]] = MappingProxyType({"GTIP140": LIVELIHOOD, "GTIP130": OPPORTUNITY})
"""Why a grant is given, by its purpose; what a person told of themselves is never a reason to publish."""
_ORGANISATION: Final = re.compile(r"[A-Z]{2}-[A-Z0-9_]{2,20}-[A-Za-z0-9._/-]{1,60}", flags=re.ASCII)
_PREFIX: Final = re.compile(r"360G-[A-Za-z0-9_]{2,40}", flags=re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}", flags=re.ASCII)


def purpose_code(declared: str, purpose: str) -> str | None:
    """The code that a benefit's terms declare where 360Giving knows it, else that of its purpose, else none."""
    return declared if declared in PURPOSES else _OF_PURPOSE.get(purpose)


def reason_code(purpose: str) -> str:
    """The reason that goes with a code of purpose: livelihood, development opportunity, or financial hardship."""
    return _REASONS.get(purpose, HARDSHIP)


def check_organisation(identifier: str) -> list[Refusal]:
    """Whether it has the form of an organisation's identifier: register and number in it (org-id.guide)."""
    if _ORGANISATION.fullmatch(identifier):
        return []
    return [ORGANISATION_ID_UNREADABLE(identifier=identifier or "—")]


def check_prefix(prefix: str) -> list[Refusal]:
    """Whether it has the form of a 360Giving publisher's prefix."""
    return [] if _PREFIX.fullmatch(prefix) else [GIVING_PREFIX_UNREADABLE(prefix=prefix or "—")]


def check_country(country: str) -> list[Refusal]:
    """Whether it has the form of a country's code (ISO 3166-1)."""
    return [] if _COUNTRY.fullmatch(country) else [COUNTRY_UNREADABLE(country=country or "—")]
