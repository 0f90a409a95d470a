"""Reading a PDF back: what it carries inside, what its pages say, and where each of its revisions ends.

Made for the papers drawn here, also after another program wrote them again; it is no general reader, and what it
cannot read it says. A file is taken as hostile: sizes, depths and counts are bounded, and nothing in it is run.

`tokens` the words of a PDF · `objects` the file · `text` what pages say · `revisions` where the file was added to
"""

from seedfund.paper.reading.objects import PdfSource
from seedfund.paper.reading.revisions import revision_hashes
from seedfund.paper.reading.text import page_lines
from seedfund.paper.reading.tokens import Unreadable

__all__ = ["PdfSource", "Unreadable", "page_lines", "revision_hashes"]
