"""A file inside a PDF: what a paper says as data, for whoever wants to check it. Must not know what the data are.

The file is associated with the whole document (ISO 32000-2, 14.13; the relationship of ISO 19005-3), so that readers
list it among the attachments. Same file, same bytes.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc


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
    stream = pdfdoc.PDFStream(content=attachment.content, filters=[pdfdoc.PDFZCompress])
    stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
    stream.dictionary["Subtype"] = pdfdoc.PDFName(attachment.media_type.replace("/", "#2F"))
    stream.dictionary["Params"] = pdfdoc.PDFDictionary(
        {
            "Size": len(attachment.content),
            "ModDate": pdfdoc.PDFString(day),
            "CheckSum": f"<{hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()}>",
        }
    )
    stored = _reference(document, stream)
    specification = _reference(
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
    catalog = _catalog(document)
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": listed})
    catalog.AF = pdfdoc.PDFArray([specification])
    # ReportLab writes only the entries it knows; this list is the document's own from here on.
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]


def _catalog(document: Any) -> Any:
    """The root of a document, which the stubs do not know."""
    return document.Catalog


def _reference(document: pdfdoc.PDFDocument, thing: object) -> Any:
    return document.Reference(thing)  # type: ignore[no-untyped-call]  # the stubs leave it untyped
