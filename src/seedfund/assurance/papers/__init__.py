"""Is this paper one of ours, and still what was issued? Against the books, or a list that was taken along.

`issued` what is known of issued papers · `stored` from the database · `noted` from a file · `anchored` one against the
other · `added` what follows a paper in its file · `comparing` the file with what is known · `checking` the verdict
"""

from collections.abc import Callable

from seedfund.assurance.papers.anchored import with_anchored
from seedfund.assurance.papers.checking import PaperChecked, check_paper, check_scan, worst
from seedfund.assurance.papers.comparing import LineDiffers
from seedfund.assurance.papers.issued import IssuedPaper, Known
from seedfund.assurance.papers.noted import NotedPapers, lists_papers, load_papers, papers_to_plain
from seedfund.assurance.papers.stored import StoredPapers, open_papers, read_papers

Redraw = Callable[[IssuedPaper], bytes]
"""Draws an issued paper again from the content in the books, for whoever may see it."""

__all__ = [
    "IssuedPaper",
    "Known",
    "LineDiffers",
    "NotedPapers",
    "PaperChecked",
    "Redraw",
    "StoredPapers",
    "check_paper",
    "check_scan",
    "lists_papers",
    "load_papers",
    "open_papers",
    "papers_to_plain",
    "read_papers",
    "with_anchored",
    "worst",
]
