"""Who signs where, as boxes. Must not know pages or wording; the labels come with the template."""

from collections.abc import Iterator, Mapping
from typing import Final

from seedfund.documents.content import Content, Person, Signatory, SignMethod, SignRole
from seedfund.documents.rules.signing import PRINTING, witnesses_needed
from seedfund.paper.blocks import SignBox, SignBoxes

Labels = Mapping[str, str]
UNNAMED: Final = "\N{HORIZONTAL ELLIPSIS}" * 12
"""What stands where a name is written by hand."""


def sign_boxes(content: Content, labels: Labels) -> SignBoxes:
    """A box for each signatory, each person who signs for another, and each witness, in that order.

    Who is needed and not named yet has an empty box, to be filled in by hand.
    """
    boxes = [box for one in content.signatories for box in _boxes(one, labels)]
    boxes += [box for one in content.witnesses for box in _boxes(one, labels)]
    lacking = witnesses_needed(content) - len(content.witnesses)
    boxes += [SignBox(role=labels[f"role_{SignRole.WITNESS}"], name=UNNAMED)] * max(lacking, 0)
    return SignBoxes(tuple(boxes))


def _boxes(one: Signatory, labels: Labels) -> Iterator[SignBox]:
    gives_print = one.method in PRINTING
    finger = labels[one.finger or "other_finger"] if gives_print else ""
    yield SignBox(
        role=labels[f"role_{one.role}"],
        name=one.name,
        lines=tuple(line for line in (one.document, *_method_lines(one, labels), one.detail) if line),
        print_label=labels["thumbprint"].format(finger=finger) if gives_print else "",
    )
    if one.method is SignMethod.AT_REQUEST or one.at_request is not None:
        yield _at_request(one.at_request or Person(name=UNNAMED), name=one.name, labels=labels)


def _method_lines(one: Signatory, labels: Labels) -> tuple[str, ...]:
    if one.method is SignMethod.ELECTRONIC:
        return (labels["sign_electronic"],)
    return (labels["sign_scanned"],) if one.method is SignMethod.SCANNED else ()


def _at_request(signer: Person, *, name: str, labels: Labels) -> SignBox:
    return SignBox(
        role=labels["sign_at_request"].format(name=name),
        name=signer.name,
        lines=(signer.document,) if signer.document else (),
    )
