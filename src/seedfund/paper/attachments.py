"""A file inside a PDF: what a paper says as data, for whoever wants to check it. Must not know what the data are.

The file is associated with the whole document (ISO 32000-2, 14.13; the relationship of ISO 19005-3), so that readers
list it among the attachments. Same file, same bytes.
"""

import hashlib
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfdoc

from seedfund.paper.streams import reference, set_root, stream


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to enclose: its name (plain ASCII), media type, what it is, its relationship, and its bytes."""

    name: str
    media_type: str
    description: str
    content: bytes = field(repr=False)
    relationship: str = "Data"


def enclose(document: pdfdoc.PDFDocument, attachment: Attachment, *, day: str) -> None:
    """Add a file to a document; `day` is its date as PDF writes dates."""
    sum_of = hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()
    params = f"/Params << /Size {len(attachment.content)} /ModDate ({day}) /CheckSum <{sum_of}> >>"
    kind = attachment.media_type.replace("/", "#2F")
    also = f" /Type /EmbeddedFile /Subtype /{kind} {params}"
    stored = reference(document, stream(attachment.content, also=also.encode("ascii")))
    specification = reference(
        document,
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(attachment.name),
                "UF": pdfdoc.PDFString(attachment.name),
                "Desc": pdfdoc.PDFString(attachment.description),
                "AFRelationship": pdfdoc.PDFName(attachment.relationship),
                "EF": pdfdoc.PDFDictionary({"F": stored, "UF": stored}),
            }
        ),
    )
    listed = pdfdoc.PDFDictionary(
        {"Names": pdfdoc.PDFArray([pdfdoc.PDFString(attachment.name), specification])}
    )
    set_root(
        document,
        Names=pdfdoc.PDFDictionary({"EmbeddedFiles": listed}),
        AF=pdfdoc.PDFArray([specification]),
    )
