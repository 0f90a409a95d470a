"""The conditions of a tranche as data: what each asks, its plain form, and its sentence. Must not know evidence.

A condition is a small frozen value; `all_of` and `any_of` compose others. The plain form is
`{"code": …, fields}` and is hashed with the schedule, so a signed condition cannot be changed quietly.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Final

from seedfund.grants.rules.words import CLEARANCES, EvidenceKind
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import InvalidInput

WHOLE: Final = 10_000
"""A whole, in basis points."""
ADULT: Final = 18
"""The age at which nobody is asked for school any more."""


class Since(StrEnum):
    """From which day on a visit counts."""

    AGREEMENT = "agreement"
    LAST_DELIVERY = "last_delivery"


@dataclass(frozen=True)
class Phrase:
    """A sentence template with its facts; the template is the message id of the catalogues."""

    template: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(dict(self.facts))


def percent(basis_points: int) -> str:
    """A share as people write it: `80 %`, `66.67 %`."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d} %" if rest else f"{whole} %"


class Condition:
    """What has to be true before a tranche is paid."""

    code: ClassVar[str]

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        raise NotImplementedError


@dataclass(frozen=True)
class AgreementSigned(Condition):
    """Every party has signed."""

    code: ClassVar[str] = "agreement_signed"

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        return Phrase("The agreement is signed by all parties.")


@dataclass(frozen=True)
class AttendanceAtLeast(Condition):
    """The attendance last recorded for a course reaches a share, in basis points of the sessions held."""

    basis_points: int
    course: str = ""
    code: ClassVar[str] = "attendance_at_least"

    def __post_init__(self) -> None:
        _require_share(self.basis_points)

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        facts = {"needed": percent(self.basis_points), "course": self.course}
        if self.course:
            return Phrase("Attendance at {course} reaches {needed}.", facts)
        return Phrase("Attendance at the training reaches {needed}.", facts)


@dataclass(frozen=True)
class AccountLinked(Condition):
    """The payee has a verified account: for payouts, linked at a third party, or recorded as opened."""

    code: ClassVar[str] = "account_linked"

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        return Phrase("An account to be paid into is linked and verified.")


@dataclass(frozen=True)
class PreviousTrancheJustified(Condition):
    """(Justified + returned) of all that was disbursed before reaches a share (accounting: finding 20)."""

    basis_points: int
    code: ClassVar[str] = "previous_tranche_justified_at_least"

    def __post_init__(self) -> None:
        _require_share(self.basis_points)

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        return Phrase(
            "Of what was paid before, {needed} is accounted for with accepted receipts or returned.",
            {"needed": percent(self.basis_points)},
        )


@dataclass(frozen=True)
class VisitDoneSince(Condition):
    """A visit was made since the agreement or the last delivery; if asked, it found the business operating."""

    since: Since = Since.LAST_DELIVERY
    is_operating: bool = False
    code: ClassVar[str] = "visit_done_since"

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        if self.since is Since.AGREEMENT and self.is_operating:
            return Phrase("A monitoring visit after the agreement found the business operating.")
        if self.since is Since.AGREEMENT:
            return Phrase("A monitoring visit was made after the agreement.")
        if self.is_operating:
            return Phrase("A monitoring visit after the last payment found the business operating.")
        return Phrase("A monitoring visit was made after the last payment.")


@dataclass(frozen=True)
class QuotesFiled(Condition):
    """At least so many quotations of suppliers are on file."""

    count: int = 1
    code: ClassVar[str] = "quotes_filed"

    def __post_init__(self) -> None:
        _require_count("count", self.count)

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        return Phrase("Quotations of suppliers on file: {count} or more.", {"count": str(self.count)})


@dataclass(frozen=True)
class DateReached(Condition):
    """A day has come: the one given, or the tranche's own date."""

    on: date | None = None
    code: ClassVar[str] = "date_reached"

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        if self.on is None:
            return Phrase("The date of the tranche has come.")
        return Phrase("The date {day} has come.", {"day": self.on.isoformat()})


ON_FILE: Final[Mapping[tuple[bool, bool], str]] = MappingProxyType(
    {
        (False, False): "Evidence is on file: {kind}.",
        (True, False): "Evidence is on file: {kind} ({topic}).",
        (False, True): "Evidence is on file: {kind}, {least} or more in all.",
        (True, True): "Evidence is on file: {kind} ({topic}), {least} or more in all.",
    }
)
"""The sentence of evidence on file: whether it has a topic, and whether its values have to sum to something."""


ENROLLED: Final[Mapping[tuple[bool, bool], str]] = MappingProxyType(
    {
        (False, False): "Every child of {age_from} to {age_to} years of the household is enrolled in school.",
        (
            False,
            True,
        ): "Every child of {age_from} to {age_to} years of the household is enrolled in school ({term}).",
        (
            True,
            False,
        ): "{least} or more children of {age_from} to {age_to} years of the household are enrolled "
        "in school.",
        (
            True,
            True,
        ): "{least} or more children of {age_from} to {age_to} years of the household are enrolled "
        "in school ({term}).",
    }
)
"""The sentence of children enrolled: whether fewer than all suffice, and whether a term is named."""


@dataclass(frozen=True)
class EvidenceOnFile(Condition):
    """Evidence of a kind is recorded; with `least`, its values sum to that much (the kind's own unit)."""

    kind: EvidenceKind
    least: int = 0
    topic: str = ""
    code: ClassVar[str] = "evidence_on_file"

    def __post_init__(self) -> None:
        if self.least < 0:
            raise InvalidInput(field="least", problem="it is negative", remedy="give 0 or more")

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        facts = {"kind": self.kind.value}
        if self.topic:
            facts["topic"] = self.topic
        if self.least:
            facts["least"] = str(self.least)
        return Phrase(ON_FILE[bool(self.topic), bool(self.least)], facts)


@dataclass(frozen=True)
class ChildrenEnrolled(Condition):
    """Children of school age of the owner's household are enrolled in a term: all of them, or `least` of them.

    Ages are completed years on the day; without a term's name, the term that runs on the day is meant.
    """

    term: str = ""
    least: int = 0
    age_from: int = 5
    age_to: int = 17
    code: ClassVar[str] = "children_enrolled"

    def __post_init__(self) -> None:
        if self.least < 0:
            raise InvalidInput(field="least", problem="it is negative", remedy="give 0 or more")
        if not 0 <= self.age_from <= self.age_to < ADULT:
            raise InvalidInput(
                field="age_from",
                problem=f"{self.age_from} to {self.age_to} is no school age",
                remedy=f"give completed years from 0 to {ADULT - 1}, the lower first",
            )

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        facts = {
            "age_from": str(self.age_from),
            "age_to": str(self.age_to),
            "least": str(self.least),
            "term": self.term,
        }
        return Phrase(ENROLLED[bool(self.least), bool(self.term)], facts)


@dataclass(frozen=True)
class AllOf(Condition):
    """Each of several conditions."""

    conditions: tuple[Condition, ...]
    code: ClassVar[str] = "all_of"

    def __post_init__(self) -> None:
        _require_count("conditions", len(self.conditions))

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        return Phrase("All of these: {parts}", {"parts": _joined(self.conditions)})


@dataclass(frozen=True)
class AnyOf(Condition):
    """At least one of several conditions."""

    conditions: tuple[Condition, ...]
    code: ClassVar[str] = "any_of"

    def __post_init__(self) -> None:
        _require_count("conditions", len(self.conditions))

    def phrase(self) -> Phrase:
        """The sentence that stands in the agreement."""
        return Phrase("At least one of these: {parts}", {"parts": _joined(self.conditions)})


LEAVES: Final[Mapping[str, type[Condition]]] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            *(AgreementSigned, AttendanceAtLeast, AccountLinked, PreviousTrancheJustified),
            *(VisitDoneSince, QuotesFiled, DateReached, EvidenceOnFile, ChildrenEnrolled),
        )
    }
)
COMPOSITES: Final[Mapping[str, type[AllOf] | type[AnyOf]]] = MappingProxyType(
    {AllOf.code: AllOf, AnyOf.code: AnyOf}
)
CODES: Final = (*LEAVES, *COMPOSITES)


def condition_to_plain(condition: Condition) -> dict[str, Any]:
    """The plain form of a condition, for JSON and hashes."""
    if isinstance(condition, AllOf | AnyOf):
        return {
            "code": condition.code,
            "conditions": [condition_to_plain(part) for part in condition.conditions],
        }
    return {"code": condition.code, **encode(condition, [])}


def condition_from_plain(data: Any, *, field: str = "condition") -> Condition:
    """The condition of a plain form.

    Raises:
        InvalidInput: the code is unknown, or a field is missing, unknown or out of range; names its path.
    """
    code = data.get("code") if isinstance(data, Mapping) else None
    if code not in CODES:
        raise InvalidInput(
            field=f"{field}.code",
            problem=f"{code!r} is no condition",
            remedy="use one of " + ", ".join(CODES),
        )
    fields = {name: value for name, value in data.items() if name != "code"}
    if code in COMPOSITES:
        parts = fields.get("conditions")
        if not isinstance(parts, Sequence) or isinstance(parts, str) or set(fields) != {"conditions"}:
            raise InvalidInput(
                field=f"{field}.conditions",
                problem="it is no list",
                remedy="list the conditions it is made of",
            )
        inner = (
            condition_from_plain(part, field=f"{field}.conditions[{place}]")
            for place, part in enumerate(parts)
        )
        return COMPOSITES[code](tuple(inner))
    return decode(LEAVES[code], fields, field=field)


def is_clearance(leaf: Condition) -> bool:
    """Whether a condition waits for a decision of another area, such as the confirmation of an enrolment."""
    if not isinstance(leaf, EvidenceOnFile):
        return False
    return leaf.kind is EvidenceKind.ENROLMENT and leaf.topic.startswith(CLEARANCES)


def leaves_of(condition: Condition) -> tuple[Condition, ...]:
    """The condition itself, or all simple ones a composed one is made of, in order."""
    if isinstance(condition, AllOf | AnyOf):
        return tuple(leaf for part in condition.conditions for leaf in leaves_of(part))
    return (condition,)


def _joined(conditions: Sequence[Condition]) -> str:
    return " / ".join(str(condition.phrase()).rstrip(".") for condition in conditions)


def _require_share(basis_points: int) -> None:
    if not 0 < basis_points <= WHOLE:
        raise InvalidInput(
            field="basis_points",
            problem=f"{basis_points} is not between 1 and {WHOLE}",
            remedy="give basis points: 8000 for 80 %",
        )


def _require_count(field: str, count: int) -> None:
    if count < 1:
        raise InvalidInput(field=field, problem="there is none", remedy="give at least one")
