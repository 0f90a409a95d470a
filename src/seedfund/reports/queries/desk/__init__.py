"""What the desk looks up: lists by a noun, one thing by its number. Rows are plain; names stay secrets until printed.

`lists` · `things` · `grant` a grant in full. A restricted person stands in no list of those who may not see them.
"""

from typing import TYPE_CHECKING

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.reports.queries.desk.lists import LISTS, list_rows
    from seedfund.reports.queries.desk.thing import Thing
    from seedfund.reports.queries.desk.things import show

__all__ = ["LISTS", "Thing", "list_rows", "show"]

__getattr__ = loader(__name__, {".lists": ["LISTS", "list_rows"], ".thing": ["Thing"], ".things": ["show"]})
