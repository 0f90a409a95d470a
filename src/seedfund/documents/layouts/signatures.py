"""Who signs where, as boxes. Must not know pages or wording; the labels come with the template."""

from collections.abc import Iterator, Mapping

from seedfund.documents.content import Content, Person, Signatory, SignMethod
from seedfund.paper.blocks import SignBox, SignBoxes

Labels = Mapping[str, str]


def sign_boxes(content: Content, labels: Labels) -> SignBoxes:
    """A box for each signatory, each person who signs for another, and each witness, in that order."""
    boxes = [box for one in content.signatories for box in _boxes(one, labels)]
    boxes += [box for one in content.witnesses for box in _boxes(one, labels)]
    return SignBoxes(tuple(boxes))


def _boxes(one: Signatory, labels: Labels) -> Iterator[SignBox]:
    gives_print = one.method in (SignMethod.THUMBPRINT, SignMethod.AT_REQUEST)
    finger = labels[one.finger or "other_finger"] if gives_print else ""
    yield SignBox(
        role=labels[f"role_{one.role}"],
        name=one.name,
        lines=tuple(line for line in (one.document, *_method_lines(one, labels), one.detail) if line),
        print_label=labels["thumbprint"].format(finger=finger) if gives_print else "",
    )
    if one.at_request is not None:
        yield _at_request(one.at_request, name=one.name, labels=labels)


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
