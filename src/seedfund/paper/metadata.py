"""What a file says of itself: title, author, languages, day, its colours. Must not know pages or what a paper is.

The same facts stand in the old list (`Info`) and as XMP (ISO 16684-1), word for word. What no check here shows, such as
a level of PDF/A or PDF/UA, is not claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from seedfund.paper.attachments import Attachment
from seedfund.paper.colour import NAME, srgb_profile
from seedfund.paper.streams import PackedStream, PlainStream, Raw, packed, reference, set_root

PRODUCER: Final = "seedfund"
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself: title, author, language tag (`es-EC`), day, and an identity for its ID.

    `attachment` is a file it carries inside, such as its content as data.
    """

    title: str
    author: str
    language: str
    day: date
    identity: str
    attachment: Attachment | None = None


def describe(document: pdfdoc.PDFDocument, about: About, *, languages: Sequence[str]) -> None:
    """Say of a document what it is, in which languages, that readers show its title, and what its colours mean."""
    document.setTitle(about.title)
    document.setAuthor(about.author)
    document.setSubject(about.title)
    document.setCreator(PRODUCER)
    document.setProducer(PRODUCER)
    day = pdf_day(about.day)
    document.setDateFormatter(lambda *instant: day)
    profile = reference(document, PackedStream(_packed_profile(), also=b" /N 3"))
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString(NAME),
            "Info": pdfdoc.PDFString(NAME),
            "DestOutputProfile": profile,
        }
    )
    set_root(
        document,
        Metadata=PlainStream(_packet(about, languages), also=b" /Type /Metadata /Subtype /XML"),
        OutputIntents=pdfdoc.PDFArray([intent]),
        ViewerPreferences=Raw("/DisplayDocTitle true"),
    )


@cache
def _packed_profile() -> bytes:
    return packed(srgb_profile())


def pdf_day(day: date) -> str:
    """A day as PDF writes dates."""
    return f"D:{day.isoformat().replace('-', '')}000000Z"


def _packet(about: About, languages: Sequence[str]) -> bytes:
    said = dict.fromkeys((about.language, *languages))
    return _PACKET.format(
        title=escape(about.title),
        author=escape(about.author),
        languages="".join(f"<rdf:li>{escape(language)}</rdf:li>" for language in said),
        producer=PRODUCER,
        day=about.day.isoformat(),
    ).encode("utf-8")
