"""How a participant is going to sign, as somebody plans it when a paper is issued; the signature itself comes later.

The names around a signature are secrets of the person the paper is about.
"""

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

from seedfund.documents.content import (
    Content,
    Finger,
    Organisation,
    Person,
    Signatory,
    SignMethod,
    SignRole,
)
from seedfund.documents.rules.signing import check_signing
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Signing:
    """By which method the participant signs, with whose help, and before whom.

    `at_request` signs for one who cannot (firma a ruego); `finger` gives the print. `witness_documents` are those of
    the witnesses, in their order.
    """

    method: SignMethod = SignMethod.WET
    finger: Finger | None = None
    at_request: Secret | None = None
    at_request_document: Secret | None = None
    read_aloud_by: Secret | None = None
    interpreter: Secret | None = None
    spoken_language: str = ""
    witnesses: tuple[Secret, ...] = ()
    witness_documents: tuple[Secret, ...] = ()

    def secrets(self) -> tuple[Secret | None, ...]:
        """Every name in it."""
        named = (self.at_request, self.at_request_document, self.read_aloud_by, self.interpreter)
        return (*named, *self.witnesses, *self.witness_documents)

    def refusals(self) -> tuple[Refusal, ...]:
        """Why nobody could sign like this."""
        named = [one for one in (self.at_request, *self.witnesses) if one is not None]
        return check_signing(
            self.method,
            has_finger=self.finger is not None,
            people=[" ".join(one.reveal().casefold().split()) for one in named],
            witnesses=len(self.witnesses),
            documents=len(self.witness_documents),
        )


def own(unit: Unit, subject: Key, signing: Signing | None, *others: Secret | None) -> None:
    """Seal the names of a command's signing, and its other secrets, under the key of the person its paper is about.

    Raises:
        Refused: `finger_missing`, `finger_without_print`, `witness_is_signatory`, `witness_documents_too_many`.
    """
    refuse(signing.refusals() if signing is not None else ())
    unit.owns(subject, *(signing.secrets() if signing is not None else ()), *others)


def signing_fields(organisation: Organisation, participant: Person, signing: Signing) -> dict[str, Any]:
    """The fields of a content both sides sign: the organisation, then the participant, then witnesses."""
    both = (
        organisation_signatory(organisation),
        participant_signatory(participant, signing, role=SignRole.PARTICIPANT),
    )
    return {"signatories": both, **reading_fields(signing)}


def organisation_signatory(organisation: Organisation) -> Signatory:
    """Who signs for the organisation."""
    return Signatory(
        role=SignRole.ORGANISATION,
        name=organisation.representative,
        document=organisation.representative_document,
        detail=organisation.representative_position,
    )


def participant_signatory(person: Person, signing: Signing, *, role: SignRole) -> Signatory:
    """A participant who signs as was planned: by hand, by print, or through another who signs at request."""
    helper = None
    if signing.at_request is not None:
        helper = Person(name=signing.at_request.reveal(), document=_text(signing.at_request_document))
    return Signatory(
        role=role,
        name=person.name,
        document=person.document,
        method=signing.method,
        finger=signing.finger,
        at_request=helper,
    )


def reading_fields(signing: Signing) -> dict[str, Any]:
    """The fields of a content that say who witnessed it, who read it aloud, and who interpreted."""
    return {
        "witnesses": tuple(
            Signatory(role=SignRole.WITNESS, name=name.reveal(), document=_text(document))
            for name, document in zip_longest(signing.witnesses, signing.witness_documents)
        ),
        "read_aloud_by": _text(signing.read_aloud_by),
        "interpreter": _text(signing.interpreter),
        "spoken_language": signing.spoken_language,
    }


_PLANNED: Final = (SignRole.PARTICIPANT, SignRole.RECEIVER, SignRole.PAYEE, SignRole.PAYER)
"""In which capacity the person a paper is about signs it."""


def signing_of(content: Content) -> Signing:
    """The signing a paper was issued with, for its correction."""
    by_other = [one for one in content.signatories if one.role in _PLANNED]
    usual = Signing(
        read_aloud_by=_secret(content.read_aloud_by),
        interpreter=_secret(content.interpreter),
        spoken_language=content.spoken_language,
        witnesses=tuple(Secret(one.name) for one in content.witnesses),
        witness_documents=_documents(content),
    )
    if not by_other:
        return usual
    first, helper = by_other[0], by_other[0].at_request
    return replace(
        usual,
        method=first.method,
        finger=first.finger,
        at_request=_secret(helper.name if helper else ""),
        at_request_document=_secret(helper.document if helper else ""),
    )


def _documents(content: Content) -> tuple[Secret, ...]:
    """The documents of the witnesses as far as any has one."""
    documents = [one.document for one in content.witnesses]
    while documents and not documents[-1]:
        documents.pop()
    return tuple(Secret(one) for one in documents)


def _text(secret: Secret | None) -> str:
    return "" if secret is None else secret.reveal()


def _secret(text: str) -> Secret | None:
    return Secret(text) if text else None
