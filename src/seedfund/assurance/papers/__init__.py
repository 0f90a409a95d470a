"""Is this paper one of ours, and still what was issued? Against the books, or a list that was taken along.

`issued` what is known of issued papers · `stored` from the database · `noted` from a file · `added` what follows one
in its file · `comparing` the file against what is known · `checking` the verdict
"""

from collections.abc import Callable

from seedfund.assurance.papers.checking import PaperChecked, check_paper, check_scan, worst
from seedfund.assurance.papers.comparing import LineDiffers
from seedfund.assurance.papers.issued import IssuedPaper, Known
from seedfund.assurance.papers.noted import NotedPapers, load_papers, papers_to_plain
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
    "load_papers",
    "open_papers",
    "papers_to_plain",
    "read_papers",
    "worst",
]
