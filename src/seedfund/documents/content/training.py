"""What a certificate of attendance says, and the register that people sign in.

Must not know layouts, wording or storage.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from seedfund.documents.content.common import Content, Person, Quiet
from seedfund.kernel.errors import InvalidInput


@dataclass(frozen=True, kw_only=True, repr=False)
class CertificateContent(Content):
    """A certificate of attendance: the figures it was issued on, and the exception it leans on where it needed one.

    `attended` of `possible` are sessions, or minutes where `is_minutes`; `rate` and `threshold` are per cent. Why the
    threshold was waived stays in the programme: the paper is shown to employers.

    Raises `InvalidInput` when more was attended than was possible, or the rate is below the threshold unwaived.
    """

    paper: ClassVar[str] = "certificate"

    holder: Person
    course: str
    provider: str
    cohort: str
    enrolment: str
    starts_on: date
    ends_on: date
    hours: Decimal
    attended: int
    possible: int
    is_minutes: bool = False
    rate: Decimal
    threshold: Decimal
    waived_by: str = ""
    waived_on: date | None = None
    verification_code: str

    def __post_init__(self) -> None:
        if not 0 <= self.attended <= self.possible or not self.possible:
            raise InvalidInput(
                field="attended",
                problem="more was attended than was possible",
                remedy="correct the marks",
            )
        if self.rate < self.threshold and not self.waived_by:
            raise InvalidInput(
                field="rate",
                problem="it is below the threshold, which nobody waived",
                remedy="have the threshold waived",
            )


@dataclass(frozen=True, kw_only=True, repr=False)
class RegisterSession(Quiet):
    """A column of a register: the place of the session in its cohort, and its day."""

    number: int
    on: date


@dataclass(frozen=True, kw_only=True, repr=False)
class RegisterSheet(Quiet):
    """The sessions that stand beside one another on a page."""

    sessions: tuple[RegisterSession, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class RegisterContent(Content):
    """A register to be signed: a row a person, a column a session; whoever may not be named stands as a number."""

    paper: ClassVar[str] = "attendance_register"

    course: str
    provider: str
    cohort: str
    site: str
    facilitator: str
    sheets: tuple[RegisterSheet, ...]
    people: tuple[Person, ...]
