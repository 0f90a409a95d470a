"""Reports by name: each reads its rows as of a day and as known at an instant, and hands them to its book.

`REPORTS` lists them and `make_report` makes one by name; what makes it is loaded then. `money` · `work` · `achieved`.
Nothing here writes.
"""

from seedfund.reports.asked import NOW, Asked
from seedfund.reports.make.named import REPORTS, ReportKind, listed_report, make_report

__all__ = ["NOW", "REPORTS", "Asked", "ReportKind", "listed_report", "make_report"]
