"""What a PDF says of itself in XMP, as facts that can be compared however they are written. Must not know papers."""

from typing import Final
from xml.etree import ElementTree

from seedfund.paper.reading.tokens import Unreadable

PACKET_MOST: Final = 200_000
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def facts_of(packet: bytes) -> frozenset[tuple[str, ...]]:
    """Each property with its values: `{http://purl.org/dc/elements/1.1/}title`, `x-default`, `Convenio`.

    An attribute and an element of the same name say the same.

    Raises:
        Unreadable: it is no XML, larger than any paper's, or declares entities, which could grow without end.
    """
    if len(packet) > PACKET_MOST or b"<!" in packet:
        raise Unreadable("what it says of itself is more than a paper says")
    try:
        root = ElementTree.fromstring(packet)  # noqa: S314 - no entities can be declared, and its size is bounded
    except ElementTree.ParseError:
        raise Unreadable("what it says of itself is damaged") from None
    found: set[tuple[str, ...]] = set()
    for told in root.iter(f"{_RDF}Description"):
        found.update((name, value) for name, value in told.attrib.items() if not name.startswith(_RDF))
        for fact in told:
            said: list[str] = []
            for item in fact.iter(f"{_RDF}li"):
                language = item.get(_LANGUAGE)
                said += [item.text or ""] if language is None else [language, item.text or ""]
            found.add((fact.tag, *(said or [(fact.text or "").strip()])))
    return frozenset(found)
