"""What a consent form says: what somebody was asked and answered. Must not know layouts, wording or storage."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from seedfund.documents.content.common import Content, Person, Quiet


class ConsentFor(StrEnum):
    """What was asked; help never depends on the last two."""

    REGISTRATION = "registration"
    BANK = "bank"
    PARTNERS = "partners"
    CONTACT = "contact"
    PHOTOS = "photos"


class ConsentState(StrEnum):
    """How it stands on the day of the paper; nothing on record is no consent."""

    GIVEN = "consent_given"
    WITHDRAWN = "consent_withdrawn"
    NONE = "consent_none"


class ConsentGivenBy(StrEnum):
    """How the answer was given."""

    SIGNATURE = "by_signature"
    THUMBPRINT = "by_thumbprint"
    VERBAL = "by_word"
    ELECTRONIC = "by_device"


@dataclass(frozen=True, kw_only=True, repr=False)
class ConsentAnswer(Quiet):
    """What was answered last for one purpose: when, how, explained in which language, to which version of the text.

    Without a consent on record everything beside the state is empty.
    """

    purpose: ConsentFor
    state: ConsentState
    given_on: date | None = None
    withdrawn_on: date | None = None
    method: ConsentGivenBy | None = None
    explained_in: str = ""
    text_version: str = ""
    by_guardian: bool = False


@dataclass(frozen=True, kw_only=True, repr=False)
class ConsentContent(Content):
    """A consent to the use of personal data as it stands on record (domain: data protection)."""

    paper: ClassVar[str] = "consent"

    participant_number: str
    person: Person
    is_minor: bool = False
    answers: tuple[ConsentAnswer, ...]
    complaints_channel: str
    data_contact: str
    keep_records_years: int
